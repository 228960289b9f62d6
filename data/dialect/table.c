/* table.c - where among the records the table begins, and how wide it is.
 *
 * What a header is, the rows below tell: a column whose cells are mostly values is typed, and a
 * record without values in the typed columns names them. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/dialect/dialect_parts.h"
#include "data/rows/row_map.h"

/* The most frequent of them, the larger of two alike, not counting those below `least`. */
int
most_usual(const int *values, int n, int least)
{
	int best = 0, many = 0;

	for (int i = 0; i < n; i++) {
		int same = 0;

		for (int j = 0; j < n; j++)
			same += values[j] == values[i];
		if (values[i] >= least && (same > many || (same == many && values[i] > best))) {
			best = values[i];
			many = same;
		}
	}
	return best;
}

static int
usual_width(const struct table *table, int from)
{
	int widths[SAMPLE_RECORDS], n = 0;

	for (int i = from; i < table->n; i++)
		widths[n++] = table->records[i]->n;
	return most_usual(widths, n, 0);
}

static void
gather(struct table *table, const struct sample *sample)
{
	table->sample = sample;
	for (int i = 0; i < sample->n; i++) {
		if (sample->records[i].comment)
			continue;
		table->at[table->n] = i;
		table->filled[table->n] = sample_filled(sample, &sample->records[i]);
		table->records[table->n++] = &sample->records[i];
	}
	table->width = usual_width(table, 0);
}

/* Is the column nothing but what delimiters at the ends of lines make: without a name, empty in all
 * rows, and in all of them or in the header too? */
static bool
is_tail(const struct table *table, int from, const struct record *header, int column)
{
	bool everywhere = true;

	if (table->mended) /* its names are not known here */
		return false;
	if (sample_look(table->sample, header, column) != LOOK_EMPTY)
		return false;
	for (int i = from; i < table->n; i++) {
		if (sample_look(table->sample, table->records[i], column) != LOOK_EMPTY)
			return false;
		everywhere = everywhere && table->records[i]->n > column;
	}
	return column < header->n || everywhere;
}

/* The empty name in a header that has one name more than all rows have cells: a delimiter too many
 * stands there. From 1; 0: there is none. */
static int
find_gap(const struct table *table, int from, const struct record *header)
{
	int gap = 0;

	if (table->n - from < 2 || header->n < 3)
		return 0;
	for (int i = from; i < table->n; i++)
		if (table->records[i]->n != header->n - 1)
			return 0;
	for (int i = 0; i < header->n; i++) {
		if (sample_look(table->sample, header, i) != LOOK_EMPTY)
			continue;
		if (gap > 0)
			return 0;
		gap = i + 1;
	}
	return gap < header->n ? gap : 0;
}

/* Do all rows end in a date and its clock? Where blanks part cells, these are two for one name. */
static bool
ends_in_time(const struct table *table, int from)
{
	for (int i = from; i < table->n; i++) {
		const struct record *record = table->records[i];
		const struct span *clock = sample_cell(table->sample, record, record->n - 1);

		if (record->n < 3 ||
		    sample_look(table->sample, record, record->n - 2) != LOOK_TIME ||
		    sample_look(table->sample, record, record->n - 1) != LOOK_TIME ||
		    memchr(clock->s, ':', (size_t)clock->n) == NULL)
			return false;
	}
	return table->delimiter == ' ';
}

/* Columns and width of the rows, which begin at record `from`; header: the last of its records;
 * NULL. */
static void
find_width(
    const struct table *table, int from, const struct record *header, struct dialect *dialect)
{
	int widest = header != NULL ? header->n : 0;

	for (int i = from; i < table->n; i++)
		if (table->records[i]->n > widest)
			widest = table->records[i]->n;
	dialect->columns = widest;
	dialect->width = from < table->n ? usual_width(table, from) : widest;
	if (header == NULL || from >= table->n)
		return;
	if (dialect->header == 1 && dialect->units == 0)
		dialect->gap = find_gap(table, from, header);
	dialect->columns -= dialect->gap > 0;
	while (dialect->columns > 1 && is_tail(table, from, header, dialect->columns - 1)) {
		dialect->empty_tail++;
		dialect->columns--;
	}
	for (int i = from; i < table->n; i++)
		if (table->records[i]->n != header->n + 1)
			return;
	dialect->row_names = dialect->empty_tail == 0 && !ends_in_time(table, from);
}

/* Blanks behind delimiters are none of the cells where most cells have them. */
static bool
led_by_blanks(const struct sample *sample)
{
	int led = 0, cells = 0;

	for (int i = 0; i < sample->n; i++)
		for (int j = 1; j < sample->records[i].n; j++) {
			const struct span *span = sample_cell(sample, &sample->records[i], j);

			/* a quoted cell has them before its quote */
			led += span->quoted ? span->s[-2] == ' ' : span->n > 0 && span->s[0] == ' ';
			cells += span->n > 0;
		}
	return cells > 0 && led * 10 >= cells * 6;
}

/* The header of the table that begins at record *from: the last of its records, NULL where there is
 * none, and it may turn out to be the title above. */
static const struct record *
find_header(struct finding *finding, struct table *table, int *from)
{
	const struct dialect_options *options = finding->options;
	struct dialect *dialect = finding->dialect;
	const struct record *comment = NULL;

	if (options->no_header)
		return NULL;
	dialect->header = header_rows(table, *from, &dialect->units);
	if (options->columns != NULL && table->ntyped == 0) /* what is named may have no header */
		dialect->header = 0;
	if (dialect->header == 0 || table->ntyped == 0)
		comment = comment_header(table, *from);
	if (comment != NULL) {
		dialect->header = 1;
		dialect->units = 0;
		dialect->header_comment = true;
		return comment;
	}
	if (dialect->header == 0 && header_in_title(table, *from)) {
		dialect->header = 1;
		table->mended = true;
		--*from;
	}
	return dialect->header > 0 ? table->records[*from + dialect->header - 1] : NULL;
}

/* The header of another table, behind the first of ours, ends it: see heads_other. */
static void
cut_other(struct table *table, int from, const struct record *header)
{
	for (int i = from; i < table->n; i++) {
		const struct record *record = table->records[i];
		int same = 0;

		while (same < record->n && same_cell(sample_cell(table->sample, header, same),
					       sample_cell(table->sample, record, same)))
			same++;
		if (record->n != table->width && heads_other_names(same, header->n, record->n))
			table->n = i;
	}
}

void
find_table(struct finding *finding)
{
	struct table *table = memory_zero(1, sizeof *table);
	struct dialect *dialect = finding->dialect;
	const struct record *header;
	int from, rows;

	gather(table, &finding->sample);
	table->delimiter = dialect->delimiter;
	table->quote = dialect->quote;
	dialect->blanks = dialect->delimiter != ' ' && dialect->delimiter != DELIMITER_RUNS &&
			  led_by_blanks(&finding->sample);
	if (table->n == 0) {
		free(table);
		return;
	}
	from = finding->options->skip_told ? 0 : count_titles(table);
	type_columns(table, from);
	header = find_header(finding, table, &from);
	rows = from + dialect->units + (dialect->header_comment ? 0 : dialect->header);
	if (header != NULL)
		cut_other(table, rows, header);
	if (header != NULL)
		keep_titles(table, from, dialect->titles);
	dialect->skip += dialect->header_comment ? header->line : table->records[from]->line;
	find_width(table, rows, header, dialect);
	free(table);
}
