/* random_walk.c - steps that nobody can forecast better than by the last value, and the same pulled
 * back to where they began (an autoregression). */
#include "data/sources/synth/synth.h"

#include "data/base/times/times.h"

struct walk {
	double free, pulled;
};

static void
walk_row(struct synth *s)
{
	struct walk *w = s->state;

	w->free += synth_normal(s);
	w->pulled = 0.9 * w->pulled + synth_normal(s);
	synth_number(s, 100 + w->free, 2);
	synth_number(s, 100 + w->pulled, 2);
}

const struct generator generator_random_walk = {
	.name = "random-walk",
	.help = "a random walk, and one that is pulled back to 100",
	.columns = "walk,pulled",
	.interval = TIME_SECOND,
	.size = sizeof(struct walk),
	.row = walk_row,
};
