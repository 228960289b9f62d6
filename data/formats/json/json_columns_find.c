/* json_columns_find.c - is a text a table written by columns?
 *
 * Arrays of the same length are not enough: readings side by side are a row of many cells. A table
 * has an axis of times. */
#include "data/base/numbers/number.h"
#include "data/formats/json/json_columns_parts.h"
#include "data/rows/look.h"

enum { LEAST = 3 /* rows */ };

/* Seconds or milliseconds since 1970, from 1990 to 2100. */
static bool
is_epoch(const char *s, const char *end)
{
	double v;

	while (end > s && strchr(" \t\r\n,]", end[-1]) != NULL)
		end--;
	if (number_cell(s, (size_t)(end - s), &v) != CELL_NUMBER)
		return false;
	v = v > 1e11 ? v / 1000 : v;
	return v > 631152000 && v < 4102444800;
}

/* Are the first items times: texts that look so, or epochs under a name that says so? */
static bool
has_times(const struct json_columns *c, int i)
{
	const struct json_column *column = &c->columns[i];
	struct json_walk w = { NULL, column->at, c->end };
	const char *name = json_column_path(c, i) + column->name;
	size_t n = column->npath - column->name;

	if (column->items == 0)
		return false;
	while (column->grid && json_take(&w, '['))
		;
	if (!json_skip_blanks(&w))
		return false;
	if (*w.s == '"') {
		const char *from = w.s + 1;

		return json_skip_text(&w) && look_is_time(from, (size_t)(w.s - 1 - from));
	}
	if (!column->grid &&
	    (n < 4 || (memcmp(name, "time", 4) != 0 && memcmp(name + n - 4, "time", 4) != 0)))
		return false;
	name = w.s;
	return json_skip_scalar(&w) && is_epoch(name, w.s);
}

static bool
is_table(const struct json_columns *c)
{
	if (c->rows < LEAST)
		return false;
	for (int i = 0; i < c->n; i++)
		if (has_times(c, i))
			return true;
	return false;
}

/* An object that goes on behind what was looked at: the first of its arrays, seen whole or not, is
 * long, as no reading is. */
static bool
goes_on_as_table(struct json_columns *c, const char *s, const char *end)
{
	enum { MANY = 100 };

	json_columns_collect(c, s, end);
	for (int i = 0; i < c->n; i++)
		c->rows = c->columns[i].items > c->rows ? c->columns[i].items : c->rows;
	return c->rows >= MANY && is_table(c);
}

bool
json_columns_fit(const char *s, size_t n, bool whole)
{
	struct json_walk w = { NULL, s, s + n };
	struct json_columns c = { 0 };
	struct json_object o = { 0 };
	bool fits = false;

	if (!json_skip_blanks(&w) || *w.s != '{')
		return false;
	s = w.s;
	w.s = json_object_read(&o, s, (size_t)(w.end - s));
	if (w.s == NULL) {
		fits = o.cut && !whole && goes_on_as_table(&c, s, w.end);
	} else if (whole && !json_skip_blanks(&w)) {
		json_columns_read(&c, s, w.s);
		fits = is_table(&c);
	}
	json_columns_done(&c);
	json_object_done(&o);
	return fits;
}

bool
json_columns_fit_each(const char *s, size_t n)
{
	struct json_columns c = { 0 };
	struct json_object o = { 0 };
	const char *end;
	bool fits = false;
	int grids = 0;

	while (n > 0 && *s != '{') {
		s++;
		n--;
	}
	end = json_object_read(&o, s, n);
	if (end != NULL) {
		json_columns_read(&c, s, end);
		for (int i = 0; i < c.n; i++) {
			grids += c.columns[i].grid;
			fits = fits || (c.columns[i].grid && has_times(&c, i));
		}
		fits = fits && grids == 1;
	}
	json_columns_done(&c);
	json_object_done(&o);
	return fits;
}
