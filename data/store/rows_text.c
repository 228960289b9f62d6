/* rows_text.c - rows of a store as CSV and as NDJSON.
 *
 * Cells are written as SQLite has them, whatever the type of their column: numbers with the fewest
 * digits that read back, what is missing empty. */
#include <string.h>

#include "data/base/csv_text.h"
#include "data/base/numbers/number.h"
#include "data/store/store_rows_parts.h"

bool
store_rows_wide(const struct store_rows *r)
{
	return r->wide;
}

/* A line that is empty is no row: the one cell of a row shows that it is there. */
static void
end_line(struct text *t, size_t from)
{
	text_add(t, t->len == from ? "\"\"\n" : "\n");
}

void
store_rows_csv_header(const struct store_rows *r, struct text *t)
{
	size_t from = t->len;

	for (int i = 0; i < r->schema.n; i++) {
		if (i > 0)
			text_addc(t, ',');
		csv_text_cell(t, r->schema.columns[i].name, strlen(r->schema.columns[i].name));
	}
	end_line(t, from);
}

static void
add_number(struct text *t, double v)
{
	if (isfinite(v))
		text_number(t, v);
}

void
store_rows_csv(const struct store_rows *r, struct text *t)
{
	size_t from = t->len;

	for (int i = 0; i < r->schema.n; i++) {
		int at = cell_place(i), type = sqlite3_column_type(r->select, at);

		if (i > 0)
			text_addc(t, ',');
		if (type == SQLITE_FLOAT || type == SQLITE_INTEGER) {
			add_number(t, sqlite3_column_double(r->select, at));
		} else if (type != SQLITE_NULL) {
			const char *s = (const char *)sqlite3_column_text(r->select, at);

			if (s != NULL)
				csv_text_cell(t, s, (size_t)sqlite3_column_bytes(r->select, at));
		}
	}
	end_line(t, from);
}

static void
add_json(const struct store_rows *r, int column, struct text *t)
{
	int at = cell_place(column), type = sqlite3_column_type(r->select, at);
	const char *s;

	if (type == SQLITE_NULL)
		return;
	if (t->len > 0 && t->s[t->len - 1] != '{')
		text_addc(t, ',');
	text_json(t, r->schema.columns[column].name, strlen(r->schema.columns[column].name));
	text_addc(t, ':');
	if (type == SQLITE_FLOAT || type == SQLITE_INTEGER) {
		double v = sqlite3_column_double(r->select, at);

		text_number(t, isfinite(v) ? v : NAN);
		return;
	}
	s = (const char *)sqlite3_column_text(r->select, at);
	text_json(
	    t, s != NULL ? s : "", (size_t)(s != NULL ? sqlite3_column_bytes(r->select, at) : 0));
}

/* A wide row is JSON already; a line end in it, which no store of ours has, would end the record.
 */
static void
add_wide(const struct store_rows *r, struct text *t)
{
	const char *s = (const char *)sqlite3_column_text(r->select, cell_place(0));
	size_t n = s != NULL ? (size_t)sqlite3_column_bytes(r->select, cell_place(0)) : 0;

	if (n == 0)
		text_add(t, "{}");
	for (size_t i = 0; i < n; i++)
		text_addc(t, s[i] == '\n' || s[i] == '\r' ? ' ' : s[i]);
}

void
store_rows_ndjson(const struct store_rows *r, struct text *t)
{
	if (r->wide) {
		add_wide(r, t);
	} else {
		text_addc(t, '{');
		for (int i = 0; i < r->schema.n; i++)
			add_json(r, i, t);
		text_addc(t, '}');
	}
	text_addc(t, '\n');
}
