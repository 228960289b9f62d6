/* trials_print.c - what came of rules and detectors on trial, as a table. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/trial/trials_parts.h"

enum { NAME_WIDTH = 60, CELL = 16 };

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

static void
print_number(char out[CELL], int digits, double v)
{
	if (isnan(v))
		snprintf(out, CELL, "-");
	else
		snprintf(out, CELL, "%.*g", digits, v);
}

void
trials_print(const struct trials *t, struct text *out)
{
	int width = name_width(t);

	text_addf(out, "%-*s  %7s %7s %7s %9s %6s %7s %7s\n", width, "NAME", "alerts", "true",
	    "false", "found/of", "missed", "delay", "per_day");
	for (int i = 0; i < t->n; i++) {
		const struct trial *trial = &t->all[i];
		struct trial_score score = trials_score(t, trial);
		char delay[CELL], per_day[CELL], found_of[2 * CELL];

		if (!is_told(t, trial))
			continue;
		print_number(delay, 4, score.delay);
		print_number(per_day, 3, score.per_day);
		snprintf(found_of, sizeof found_of, "%d/%d", score.found, t->truth.n);
		text_addf(out, "%-*s  %7llu %7llu %7llu %9s %6d %7s %7s\n", width, trial->name,
		    (unsigned long long)trial->alerts, (unsigned long long)trial->right,
		    (unsigned long long)(trial->alerts - trial->right), found_of, score.missed,
		    delay, per_day);
	}
}
