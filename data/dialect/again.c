/* again.c - does the same table stand in the text twice?
 *
 * A header that comes again is skipped, and the rows behind it go on: tables that were put together
 * are one stream. But where the rows behind it are those that went before, cell for cell and at the
 * same times, they were written twice, perhaps with a column more or less: counted twice, they
 * would be wrong in every sum. Rows without times are let alone: what a program prints each second
 * may stay the same. */
#include <string.h>

#include "data/base/text.h"
#include "data/dialect/dialect_parts.h"

enum { ALIKE = 3 /* rows that come again, at least */ };

/* A cell as the format will give it, without the blanks around it. */
static uint64_t
hash_cell(const struct finding *finding, const struct span *span, uint64_t before)
{
	const struct dialect *dialect = finding->dialect;
	const char *s = span->s, *end = s + span->n;
	struct text plain = { 0 };
	uint64_t hash;

	if (!span->quoted || memchr(s, dialect->quote, (size_t)span->n) == NULL)
		return dialect_hash(before, s, (size_t)span->n);
	for (; s < end; s++) {
		bool escape = *s == dialect->quote || (*s == dialect->escape && *s != '\0');

		if (escape && s + 1 < end && s[1] == dialect->quote)
			s++;
		text_addc(&plain, *s);
	}
	hash = dialect_hash(before, text_get(&plain), plain.len);
	text_done(&plain);
	return hash;
}

static uint64_t
hash_record(const struct finding *finding, const struct record *record, int cells)
{
	uint64_t hash = 0;

	for (int i = 0; i < cells; i++)
		hash = hash_cell(finding, sample_cell(&finding->sample, record, i), hash);
	return hash;
}

/* Do the cells of both agree as far as both have some? */
static int
common_cells(const struct table *table, const struct record *a, const struct record *b)
{
	int n = a->n < b->n ? a->n : b->n;

	for (int i = 0; i < n; i++)
		if (!same_cell(sample_cell(table->sample, a, i), sample_cell(table->sample, b, i)))
			return 0;
	return n;
}

/* Has one of the first cells times in each of these rows, another one from row to row? */
static bool
has_times(const struct table *table, int from, int cells)
{
	for (int j = 0; j < cells; j++) {
		bool times = true;

		for (int i = from; i < from + ALIKE && times; i++) {
			const struct record *record = table->records[i];

			times = sample_look(table->sample, record, j) == LOOK_TIME &&
				(i == from ||
				    !same_cell(sample_cell(table->sample, record, j),
					sample_cell(table->sample, table->records[i - 1], j)));
		}
		if (times)
			return true;
	}
	return false;
}

/* Do the rows behind record `at` begin as those from record `rows` on? */
static bool
rows_again(const struct finding *finding, const struct table *table, int rows, int at, int cells)
{
	if (at + ALIKE >= table->n || rows + ALIKE > at)
		return false;
	for (int i = 0; i < ALIKE; i++) {
		const struct record *a = table->records[rows + i], *b = table->records[at + 1 + i];

		if (a->n < cells || b->n < cells ||
		    hash_record(finding, a, cells) != hash_record(finding, b, cells))
			return false;
	}
	return has_times(table, rows, cells);
}

static void
keep_rows(struct finding *finding, const struct table *table, int header, int at, int cells)
{
	struct dialect_again *again = &finding->dialect->again;

	again->line = table->records[at]->line + finding->dialect->skip;
	again->lines = table->records[at]->line - table->records[header]->line;
	again->cells = cells;
	for (int i = header; i < at; i++)
		if (table->records[i]->n >= cells)
			again->rows[again->n++] = hash_record(finding, table->records[i], cells);
}

void
find_again(struct finding *finding, struct table *table, int header, int rows)
{
	for (int at = rows + ALIKE; at < table->n; at++) {
		int cells = common_cells(table, table->records[header], table->records[at]);

		if (cells < 2 || !rows_again(finding, table, rows, at, cells))
			continue;
		keep_rows(finding, table, header, at, cells);
		table->n = at; /* what stands behind tells nothing of its own */
		return;
	}
}
