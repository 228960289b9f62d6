/* sine.c - a wave, the same under noise, and one whose swing comes and goes. */
#include "data/sources/synth/synth.h"

#include "data/base/times/times.h"

static void
sine_row(struct synth *s)
{
	double turns = (double)s->row / 60;

	synth_number(s, 10 + 5 * synth_sine(turns), 3);
	synth_number(s, 10 + 5 * synth_sine(turns) + 0.8 * synth_normal(s), 3);
	synth_number(s, 10 + 5 * synth_sine(turns) * synth_sine(turns / 10), 3);
}

const struct generator generator_sine = {
	.name = "sine",
	.help = "a wave of 60 rows, the same with noise, and one that beats every 300 rows",
	.columns = "sine,noisy,beat",
	.interval = TIME_SECOND,
	.row = sine_row,
};
