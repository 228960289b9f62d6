/* seasonal.c - the load of an electric grid, hour by hour: a day with two peaks, a week with its
 * weekend, a year, a slow growth, and the weather that much of it follows. */
#include "data/sources/synth/synth.h"

#include "data/base/times/times.h"

enum { DAY = 24, WEEK = 7 * DAY, FIRST_HOUR = 3 * DAY /* 2026-01-01 is a Thursday */ };

static const double year = 365.25 * DAY;

struct weather {
	double warmth; /* of these days beyond the season */
	double load;   /* what else moves the load */
};

static void
seasonal_row(struct synth *s)
{
	struct weather *w = s->state;
	double hours = (double)s->row;
	double day = hours / DAY;
	int of_week = (int)((s->row + FIRST_HOUR) % WEEK);
	double temperature, load;

	w->warmth = 0.98 * w->warmth + 0.5 * synth_normal(s);
	w->load = 0.8 * w->load + 6 * synth_normal(s);
	temperature =
	    9 - 10 * synth_sine(hours / year + 0.22) - 4 * synth_sine(day + 0.15) + w->warmth;
	load = 620 + 90 * synth_sine(day - 0.3) + 55 * synth_sine(2 * day - 0.2) + 0.002 * hours;
	if (of_week >= 5 * DAY)
		load -= of_week >= 6 * DAY ? 110 : 70;
	load += 5 * synth_between(14 - temperature, 0, 30) + w->load;
	synth_number(s, load, 1);
	synth_number(s, temperature, 1);
}

const struct generator generator_seasonal = {
	.name = "seasonal",
	.help = "hourly load of a grid and the temperature: seasons of a day, a week and a year",
	.columns = "load,temperature",
	.interval = 3600 * TIME_SECOND,
	.size = sizeof(struct weather),
	.row = seasonal_row,
};
