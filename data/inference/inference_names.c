/* inference_names.c - how many columns there are, and what they are called. */
#include <stdlib.h>
#include <string.h>

#include "data/base/text.h"
#include "data/inference/inference_parts.h"
#include "data/rows/look.h"

/* --- widths ----------------------------------------------------------------------------------- */

struct widths { /* of the rows of the sample */
	int usual, widest;
};

/* The most frequent of them, the larger of two alike. */
static int
most_frequent(const int *widths, int n)
{
	int best = 0, many = 0;

	for (int i = 0; i < n; i++) {
		int same = 0;

		for (int j = 0; j < n; j++)
			same += widths[j] == widths[i];
		if (same > many || (same == many && widths[i] > best)) {
			best = widths[i];
			many = same;
		}
	}
	return best;
}

static struct widths
widths_of(const struct inference *inference)
{
	int *widths = memory_new((size_t)inference->rows + 1, sizeof *widths);
	struct widths found = { 0 };
	struct entry entry;
	int n = 0, cells = 0;

	for (size_t at = inference->head;
	     at < inference->enough && record_log_next(&inference->tape, &at, &entry);) {
		if (entry.kind == ENTRY_CELL)
			cells = entry.column + 1;
		if (entry.kind == ENTRY_RECORD)
			widths[n++] = cells;
		if (cells > found.widest)
			found.widest = cells;
	}
	found.usual = most_frequent(widths, n);
	free(widths);
	return found;
}

/* --- names ------------------------------------------------------------------------------------ */

static char **
names_told(const char *list, int *n)
{
	char **names = NULL;

	for (*n = 0;; list++) {
		size_t len = strcspn(list, ",");

		names = memory_grow(names, (size_t)*n + 1, sizeof *names);
		names[(*n)++] = memory_text(list, len);
		list += len;
		if (*list == '\0')
			return names;
	}
}

static char **
names_of_keys(const struct inference *inference, int *n)
{
	char **names;

	*n = inference->nkeys;
	names = memory_new((size_t)*n, sizeof *names);
	for (int i = 0; i < *n; i++)
		names[i] = memory_text(inference->keys.names[i], strlen(inference->keys.names[i]));
	return names;
}

static const char *
head_cell(const struct heads *heads, int row, int column, size_t *n)
{
	const char *s = column >= 0 && column < heads->width[row] ? heads->cells[row][column] : "";

	if (*s == HEAD_CLOCK)
		s = "time";
	*n = strlen(s);
	return look_trim(s, n);
}

/* The cell of an upper line of the header; an empty one belongs to the name on its left that spans
 * several columns, if a lower line names it. */
static const char *
spanning_cell(const struct heads *heads, int row, int rows, int column, size_t *n)
{
	const char *s = head_cell(heads, row, column, n);
	size_t below;

	if (*n > 0 || row == rows - 1)
		return s;
	head_cell(heads, rows - 1, column, &below);
	while (*n == 0 && column > 0 && below > 0)
		s = head_cell(heads, row, --column, n);
	return s;
}

/* The lines of the header, joined. */
static char *
header_name(const struct heads *heads, int rows, int column)
{
	struct text name = { 0 };
	char *copy;

	for (int i = 0; i < rows; i++) {
		size_t n;
		const char *s = spanning_cell(heads, i, rows, column, &n);

		if (n > 0 && name.len > 0)
			text_addc(&name, ' ');
		text_addn(&name, s, n);
	}
	copy = memory_text(text_get(&name), name.len);
	text_done(&name);
	return copy;
}

/* Of cells by position: as many columns as the widest row or header line has; empty ones behind
 * them are none, unless one of the names told is for them. */
static int
table_columns(const struct inference *inference, int widest, int told, struct row_map *map)
{
	const struct dialect *dialect = inference->dialect;
	const struct heads *heads = &inference->heads;
	int columns = widest;

	for (int i = 0; i < dialect->header && i < heads->n; i++)
		if (heads->width[i] + dialect->row_names - (dialect->gap > 0) > columns)
			columns = heads->width[i] + dialect->row_names - (dialect->gap > 0);
	if (dialect->empty_tail > 0 && columns == dialect->columns + dialect->empty_tail &&
	    told <= dialect->columns) {
		map->tail = dialect->empty_tail;
		columns = dialect->columns;
	}
	return columns;
}

/* What the header says of so many columns. */
static char **
names_of_header(const struct inference *inference, int columns)
{
	const struct dialect *dialect = inference->dialect;
	int rows = dialect->header < inference->heads.n ? dialect->header : inference->heads.n;
	char **names = memory_new((size_t)columns, sizeof *names);

	for (int i = 0; i < columns; i++) {
		bool behind = dialect->gap > 0 && i >= dialect->gap - 1;

		names[i] = header_name(&inference->heads, rows, i - dialect->row_names + behind);
	}
	return names;
}

/* Columns behind those that names were told for have none. */
static char **
names_widen(char **names, int *n, int columns)
{
	if (columns <= *n)
		return names;
	names = memory_grow(names, (size_t)columns, sizeof *names);
	while (*n < columns)
		names[(*n)++] = memory_text("", 0);
	return names;
}

void
inference_name(const struct inference *inference, struct row_map *map)
{
	const char *told = inference->options->columns;
	char **names = NULL;
	int n = 0;

	if (told != NULL)
		names = names_told(told, &n);
	else if (inference->named)
		names = names_of_keys(inference, &n);
	if (!inference->named) {
		struct widths widths = widths_of(inference);
		int columns = table_columns(inference, widths.widest, n, map);

		map->width = widths.usual;
		if (told != NULL) {
			names = names_widen(names, &n, columns);
		} else {
			names = names_of_header(inference, columns);
			n = columns;
		}
	}
	row_map_name(map, names, n);
}

int
inference_left_out(const struct inference *inference, const struct row_map *map, struct text *names)
{
	enum { SHOWN = 5 };
	int n = 0;

	for (int i = 0; map->told && inference->named && i < inference->keys.n; i++) {
		const char *key = inference->keys.names[i];

		if (name_index_find(&map->keys, key, strlen(key)) >= 0)
			continue;
		if (n < SHOWN)
			text_addf(names, "%s%.60s", n > 0 ? ", " : "", key);
		n++;
	}
	if (n > SHOWN)
		text_addf(names, " and %d more", n - SHOWN);
	return n;
}
