/* trials.c - rules on trial.
 *
 * An alert is true from the start of a range to its end. A range is found by the first alert in it,
 * or with delay 0 by a rule that fires already when it begins; delays are in rows. */
#include "app/run/trials.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times.h"
#include "data/rows/block.h"

enum { NAME_WIDTH = 60 };

void
trials_init(struct trials *t, struct truth *truth, int rules)
{
	*t = (struct trials){ .n = rules, .truth = truth, .first = TIME_NONE, .last = TIME_NONE };
	t->all = memory_new((size_t)rules, sizeof *t->all);
	for (int i = 0; i < rules; i++) {
		t->all[i] = (struct trial){ 0 };
		t->all[i].delay = memory_new((size_t)truth->n, sizeof *t->all[i].delay);
		for (int k = 0; k < truth->n; k++)
			t->all[i].delay[k] = -1;
	}
}

void
trials_done(struct trials *t)
{
	for (int i = 0; i < t->n; i++) {
		free(t->all[i].name);
		free(t->all[i].delay);
	}
	free(t->all);
}

void
trials_name(struct trials *t, int rule, const char *name)
{
	t->all[rule].name = memory_text(name, strlen(name));
}

/* Ranges that begin at this row: whoever fires has found them. */
static void
begin_ranges(struct trials *t, uint64_t row, int64_t time)
{
	for (int k = 0; k < t->truth->n; k++) {
		struct truth_range *r = &t->truth->ranges[k];

		if (r->begun || !truth_reached(r, row, time))
			continue;
		r->begun = true;
		r->first_row = row;
		for (int i = 0; i < t->n; i++)
			if (t->all[i].firing > 0 && truth_holds(r, row, time))
				t->all[i].delay[k] = 0;
	}
}

static void
take_alert(struct trials *t, struct trial *trial, const struct event *e)
{
	bool right = false;

	trial->firing++;
	trial->alerts++;
	for (int k = 0; k < t->truth->n; k++) {
		struct truth_range *r = &t->truth->ranges[k];

		if (!truth_holds(r, e->row, e->time))
			continue;
		right = true;
		if (trial->delay[k] < 0)
			trial->delay[k] = (int64_t)(e->row - r->first_row);
	}
	trial->right += right;
}

static void
take(void *self, const struct event *e)
{
	struct trials *t = self;

	begin_ranges(t, e->row, e->time);
	if (e->type == EVENT_ROW) {
		t->rows = e->row;
		t->first = t->first == TIME_NONE ? e->time : t->first;
		t->last = e->time;
	} else if (e->state == ALERT_FIRING) {
		take_alert(t, &t->all[e->rule], e);
	} else if (e->state == ALERT_RESOLVED) {
		t->all[e->rule].firing--;
	}
}

void
trials_listen(struct trials *t, struct engine *e)
{
	engine_listen(
	    e, &(struct listener){ .wants = EVENT_ROW | EVENT_ALERT, .event = take, .self = t });
}

static void
print_delay(const struct trials *t, const struct trial *trial, int *found, struct text *out)
{
	double sum = 0;

	*found = 0;
	for (int k = 0; k < t->truth->n; k++)
		if (trial->delay[k] >= 0) {
			sum += (double)trial->delay[k];
			++*found;
		}
	if (*found > 0)
		text_addf(out, "%.4g", sum / *found);
	else
		text_addc(out, '-');
}

static void
print_per_day(const struct trials *t, const struct trial *trial, struct text *out)
{
	double seconds = t->first != TIME_NONE && t->last != TIME_NONE
			     ? time_seconds(t->last) - time_seconds(t->first)
			     : 0;

	if (seconds > 0)
		text_addf(out, "%.3g", (double)trial->alerts / (seconds / 86400));
	else
		text_addc(out, '-');
}

static int
name_width(const struct trials *t)
{
	int width = 4;

	for (int i = 0; i < t->n; i++)
		if ((int)strlen(t->all[i].name) > width)
			width = (int)strlen(t->all[i].name);
	return width < NAME_WIDTH ? width : NAME_WIDTH;
}

void
trials_print(const struct trials *t, struct text *out)
{
	int width = name_width(t);

	text_addf(out, "%-*s  %7s %7s %7s %9s %6s %7s %7s\n", width, "NAME", "alerts", "true",
	    "false", "found/of", "missed", "delay", "per_day");
	for (int i = 0; i < t->n; i++) {
		const struct trial *trial = &t->all[i];
		struct text delay = { 0 }, per_day = { 0 };
		char found_of[32];
		int found;

		print_delay(t, trial, &found, &delay);
		print_per_day(t, trial, &per_day);
		snprintf(found_of, sizeof found_of, "%d/%d", found, t->truth->n);
		text_addf(out, "%-*s  %7llu %7llu %7llu %9s %6d %7s %7s\n", width, trial->name,
		    (unsigned long long)trial->alerts, (unsigned long long)trial->right,
		    (unsigned long long)(trial->alerts - trial->right), found_of,
		    t->truth->n - found, text_get(&delay), text_get(&per_day));
		text_done(&delay);
		text_done(&per_day);
	}
}
