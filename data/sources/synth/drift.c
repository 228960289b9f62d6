/* drift.c - a stream whose laws change: every PERIOD rows, in turn at once and over FADE rows.
 *
 * value is noise around a level. label says whether x + y is beyond a bound (the SEA concepts of
 * Street and Kim, 2001), with one label in twenty wrong. During a fade each row follows the old or
 * the new law by chance, more and more the new. */
#include "data/sources/synth/synth.h"

#include "data/base/times/times.h"

enum { PERIOD = 500, FADE = 250, CONCEPTS = 4, WRONG_EVERY = 20 };

static const struct {
	double level, noise, bound;
} concepts[CONCEPTS] = {
	{ 10, 1, 8 },
	{ 13, 1, 12 },
	{ 12, 2, 6 },
	{ 8, 1, 10 },
};

static int
concept_of(struct synth *s)
{
	int period = (int)(s->row / PERIOD % (2 * CONCEPTS)), into = (int)(s->row % PERIOD);
	int now = period % CONCEPTS;

	/* the changes into odd periods are gradual */
	if (period % 2 == 1 && into < FADE && synth_below(s, FADE) >= into)
		now = (now + CONCEPTS - 1) % CONCEPTS;
	return now;
}

static void
drift_row(struct synth *s)
{
	int concept = concept_of(s);
	double x = 10 * synth_uniform(s), y = 10 * synth_uniform(s);
	int beyond = x + y > concepts[concept].bound;

	synth_number(s, concepts[concept].level + concepts[concept].noise * synth_normal(s), 3);
	synth_number(s, x, 3);
	synth_number(s, y, 3);
	if (synth_below(s, WRONG_EVERY) == 0)
		beyond = !beyond;
	synth_word(s, beyond ? "yes" : "no");
	synth_number(s, concept, 0);
}

const struct generator generator_drift = {
	.name = "drift",
	.help =
	    "a level and a label whose laws change every 500 rows, at once and gradually in turn",
	.columns = "value,x,y,label,concept",
	.interval = TIME_SECOND,
	.row = drift_row,
};
