/* trials_print.c - what came of rules and detectors on trial, as a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/trial/trials_parts.h"

enum { NAME_WIDTH = 60, CELL = 24, COLUMNS = 7 };
#define WHOLE_FROM 1000

/* Asked for as a rule as well, it stands there. */
static bool
is_told(const struct trials *t, const struct trial *trial)
{
	for (int i = 0; i < t->n && trial->drift; i++)
		if (!t->all[i].drift && strcmp(t->all[i].name, trial->name) == 0)
			return false;
	return true;
}

static int
name_width(const struct trials *t)
{
	int width = 4;

	for (int i = 0; i < t->n; i++)
		if (is_told(t, &t->all[i]) && (int)strlen(t->all[i].name) > width)
			width = (int)strlen(t->all[i].name);
	return width < NAME_WIDTH ? width : NAME_WIDTH;
}

/* Whole where its digits behind the point tell nothing, never as a power of ten. */
static void
print_number(char out[CELL], double v)
{
	if (isnan(v))
		snprintf(out, CELL, "-");
	else if (fabs(v) >= WHOLE_FROM)
		snprintf(out, CELL, "%.0f", fmin(v, 1e15));
	else
		snprintf(out, CELL, "%.3g", v);
}

static void
print_count(char out[CELL], uint64_t n)
{
	snprintf(out, CELL, "%llu", (unsigned long long)n);
}

struct row { /* of the table: what stands behind a name */
	char cells[COLUMNS][CELL];
};

static struct row
row_of(const struct trials *t, const struct trial *trial)
{
	struct trial_score score = trials_score(t, trial);
	struct row row = { 0 };

	print_count(row.cells[0], trial->alerts);
	print_count(row.cells[1], trial->right);
	print_count(row.cells[2], trial->alerts - trial->right);
	snprintf(row.cells[3], CELL, "%d/%d", score.found, t->truth.n);
	print_count(row.cells[4], (uint64_t)score.missed);
	print_number(row.cells[5], score.delay);
	print_number(row.cells[6], score.per_day);
	return row;
}

static void
print_row(struct text *out, const char *name, int width, const struct row *row, const int *widths)
{
	text_addf(out, "%-*s ", width, name);
	for (int c = 0; c < COLUMNS; c++)
		text_addf(out, " %*s", widths[c], row->cells[c]);
	text_add(out, "\n");
}

/* Columns as wide as what stands in them, for a terminal of 80 columns. */
void
trials_print(const struct trials *t, struct text *out)
{
	static const struct row head = { { "alerts", "true", "false", "found/of", "missed", "delay",
	    "per_day" } };
	int width = name_width(t), widths[COLUMNS] = { 0 };

	for (int i = -1; i < t->n; i++) {
		struct row row = i < 0 ? head : row_of(t, &t->all[i]);

		for (int c = 0; c < COLUMNS; c++)
			if ((int)strlen(row.cells[c]) > widths[c])
				widths[c] = (int)strlen(row.cells[c]);
	}
	print_row(out, "NAME", width, &head, widths);
	for (int i = 0; i < t->n; i++) {
		struct row row = row_of(t, &t->all[i]);

		if (is_told(t, &t->all[i]))
			print_row(out, t->all[i].name, width, &row, widths);
	}
}
