/* json_columns.c - a table written by columns, as services of weather and of prices answer:
 *
 *     {"hourly": {"time": ["2026-01-31T00:00", ...], "temperature": [1.2, ...]}}
 *     {"metric": {"job": "node"}, "values": [[1435781430, "1"], ...]}
 *
 * The arrays may stand in objects and in arrays of one object. Those of the length that the most of
 * them have are the columns, and the items at the same place of each are a row. What stands beside
 * them are labels. A row can be gone on from: it is counted from where its object begins. */
#include "data/formats/json/json_columns.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/formats/json/json_columns_parts.h"

enum { DEEPEST = 8 };

/* A value of any kind. */
static bool
skip_value(struct json_walk *w)
{
	int depth = 0;

	do {
		if (!json_skip_blanks(w))
			return false;
		if (*w->s == '{' || *w->s == '[' || *w->s == '}' || *w->s == ']') {
			depth += *w->s == '{' || *w->s == '[' ? 1 : -1;
			w->s++;
		} else if (*w->s == ',' || *w->s == ':') {
			w->s++;
		} else if (!json_skip_scalar(w)) {
			return false;
		}
	} while (depth > 0);
	return depth == 0;
}

static void
add_column(struct json_columns *c, const char *at, size_t items, bool grid)
{
	struct json_column column = {
		.path = c->paths.len, .npath = c->path.len, .at = at, .items = items, .grid = grid
	};

	if (c->n == c->cap) {
		c->cap = c->cap > 0 ? 2 * c->cap : 16;
		c->columns = memory_grow(c->columns, (size_t)c->cap, sizeof *c->columns);
	}
	text_addn(&c->paths, text_get(&c->path), c->path.len);
	c->columns[c->n++] = column;
}

static bool walk_value(struct json_walk *w, int depth);

/* An array from its first item on, which is an object: when it is the only one, its members are
 * looked at as if there were no array; else each item is a cell. */
static bool
walk_only(struct json_walk *w, int depth)
{
	const char *from = w->s;
	int before = w->c->n;
	size_t items = 1;

	if (!walk_value(w, depth + 1))
		return false;
	if (json_take(w, ']'))
		return true;
	w->c->n = before;
	for (; json_take(w, ','); items++)
		if (!skip_value(w))
			return false;
	add_column(w->c, from, items, false);
	return json_take(w, ']');
}

static bool
walk_array(struct json_walk *w, int depth)
{
	const char *from = ++w->s;
	size_t items = 0;
	bool grid, more = true;

	if (!json_skip_blanks(w))
		return false;
	if (*w->s == '{')
		return walk_only(w, depth);
	if (json_take(w, ']'))
		return true;
	grid = *w->s == '[';
	for (; more; items++) {
		/* of some that are no arrays each is a cell */
		grid = grid && json_skip_blanks(w) && *w->s == '[';
		if (!skip_value(w) || !json_skip_blanks(w)) {
			add_column(w->c, from, items, grid);
			return false;
		}
		more = *w->s++ == ',';
	}
	add_column(w->c, from, items, grid);
	return w->s[-1] == ']';
}

static bool
walk_members(struct json_walk *w, int depth)
{
	size_t path = w->c->path.len;

	w->s++;
	if (json_take(w, '}'))
		return true;
	do {
		const char *key;

		if (!json_skip_blanks(w) || *w->s != '"')
			return false;
		key = w->s + 1;
		if (!json_skip_text(w))
			return false;
		if (path > 0)
			text_addc(&w->c->path, '.');
		text_addn(&w->c->path, key, (size_t)(w->s - 1 - key));
		if (!json_take(w, ':') || !walk_value(w, depth + 1))
			return false;
		w->c->path.len = path;
	} while (json_take(w, ','));
	return json_take(w, '}');
}

static bool
walk_value(struct json_walk *w, int depth)
{
	if (!json_skip_blanks(w))
		return false;
	if (depth > DEEPEST)
		return skip_value(w);
	if (*w->s == '{')
		return walk_members(w, depth);
	if (*w->s == '[')
		return walk_array(w, depth);
	add_column(w->c, w->s, 0, false);
	return json_skip_scalar(w);
}

/* --- which of them are the table -------------------------------------------------------------- */

/* The length that the most arrays have, the larger of two alike. */
static size_t
usual_items(const struct json_columns *c)
{
	size_t best = 0;
	int most = 0;

	for (int i = 0; i < c->n; i++) {
		size_t items = c->columns[i].items;
		int same = 0;

		for (int k = 0; k < c->n && items > 0; k++)
			same += c->columns[k].items == items ? 1 + c->columns[k].grid : 0;
		if (items > 0 && (same > most || (same == most && items > best))) {
			best = items;
			most = same;
		}
	}
	return most > 1 ? best : 0;
}

const char *
json_column_path(const struct json_columns *c, int i)
{
	return text_get(&c->paths) + c->columns[i].path;
}

/* The last part of a path is name enough where no other column has it. */
static void
name_columns(struct json_columns *c)
{
	for (int i = 0; i < c->n; i++) {
		struct json_column *column = &c->columns[i];
		const char *path = json_column_path(c, i), *dot;
		bool alone = true;

		column->name = 0;
		dot = memrchr(path, '.', column->npath);
		if (dot == NULL || column->items == 0)
			continue;
		column->name = (size_t)(dot + 1 - path);
		for (int k = 0; k < c->n && alone; k++) {
			size_t n = column->npath - column->name, other = c->columns[k].npath;

			/* labels have their whole names */
			alone =
			    k == i || other < n || (c->columns[k].items == 0 && other > n) ||
			    (other > n && json_column_path(c, k)[other - n - 1] != '.') ||
			    memcmp(json_column_path(c, k) + other - n, path + column->name, n) != 0;
		}
		column->name = alone ? column->name : 0;
	}
}

void
json_columns_collect(struct json_columns *c, const char *s, const char *end)
{
	struct json_walk w = { c, s, end };

	c->n = 0;
	c->rows = 0;
	c->paths.len = c->path.len = 0;
	c->end = end;
	walk_value(&w, 0);
}

size_t
json_columns_read(struct json_columns *c, const char *s, const char *end)
{
	json_columns_collect(c, s, end);
	c->rows = usual_items(c);
	for (int i = 0, kept = c->n, k = c->n = 0; k < kept; k++) {
		if (c->columns[k].items != 0 && c->columns[k].items != c->rows)
			continue;
		c->columns[i++] = c->columns[k];
		c->n = i;
	}
	name_columns(c);
	return c->rows;
}

/* --- the rows --------------------------------------------------------------------------------- */

/* The cell at s; returns what stands behind. An array or an object is its text. */
static const char *
give_cell(struct json_columns *c, struct json_object *o, struct format *f, const char *key,
    size_t nkey, const char *s)
{
	struct json_slice value = { .s = s };
	struct json_walk w = { c, s, c->end };
	struct field field;

	json_skip_blanks(&w);
	o->built.len = 0;
	if (*w.s == '{' || *w.s == '[') {
		value.s = w.s;
		skip_value(&w);
		value.n = (size_t)(w.s - value.s);
	} else {
		w.s = json_plain_read(o, w.s, true, &value);
		assert(w.s != NULL); /* the object was read before */
	}
	field.s = value.s != NULL ? value.s : text_get(&o->built) + value.at;
	field.n = value.n;
	f->sink->named(f->sink->self, key, nkey, &field);
	json_skip_blanks(&w);
	return w.s;
}

/* An array's next item, whose cells are called NAME.0, NAME.1 ... */
static const char *
give_item(struct json_columns *c, struct json_object *o, struct format *f, const char *name,
    size_t n, const char *s)
{
	struct json_walk w = { c, s, c->end };

	json_take(&w, '[');
	for (unsigned i = 0; json_skip_blanks(&w) && *w.s != ']'; i++) {
		char digits[16];

		c->path.len = 0;
		text_addn(&c->path, name, n);
		text_addn(&c->path, digits, (size_t)snprintf(digits, sizeof digits, ".%u", i));
		w.s = give_cell(c, o, f, text_get(&c->path), c->path.len, w.s);
		json_take(&w, ',');
	}
	json_take(&w, ']');
	json_skip_blanks(&w);
	return w.s;
}

void
json_columns_give(struct json_columns *c, struct json_object *o, struct format *f,
    const struct position *after, bool labels)
{
	const struct position from = f->at;

	o->end = c->end;
	for (size_t row = 0; row < c->rows; row++) {
		f->sink->after = from;
		f->sink->after.passed = (uint32_t)(row + 1);
		if (row + 1 == c->rows)
			f->sink->after = *after;
		for (int i = 0; i < c->n; i++) {
			struct json_column *column = &c->columns[i];
			const char *name = json_column_path(c, i) + column->name;
			size_t n = column->npath - column->name;

			if (column->items == 0 && labels)
				give_cell(c, o, f, name, n, column->at);
			if (column->items == 0)
				continue;
			column->at = column->grid ? give_item(c, o, f, name, n, column->at)
						  : give_cell(c, o, f, name, n, column->at);
			column->at += *column->at == ',';
		}
		f->sink->record(f->sink->self);
	}
}

void
json_columns_done(struct json_columns *c)
{
	free(c->columns);
	text_done(&c->paths);
	text_done(&c->path);
	*c = (struct json_columns){ 0 };
}
