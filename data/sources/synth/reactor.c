/* reactor.c - a jacketed vessel that runs batch after batch, as its two probes see it.
 *
 * A heater with a thermostat warms the jacket, the jacket warms the vessel: two first-order lags in
 * a row, so that the temperature overshoots both switching points. A batch is filled cold, reacts
 * with heat and acid, is held while the acid is buffered, and drained. The wall fouls slowly and is
 * cleaned now and then. One step of the model is one row, whatever the interval of the stamps. */
#include "data/sources/synth/synth.h"

#include <stdbool.h>

#include "data/base/times/times.h"

enum phase { FILL, REACT, HOLD, DRAIN, PHASES };

static const struct {
	const char *name;
	int rows;     /* about */
	double ph;    /* towards which the contents go */
	double haste; /* share of the way in a row */
} phases[PHASES] = {
	[FILL] = { "fill", 40, 5.75, 0.05 },
	[REACT] = { "react", 150, 4.1, 0.012 },
	[HOLD] = { "hold", 80, 5.1, 0.03 },
	[DRAIN] = { "drain", 20, 5.2, 0.02 },
};

enum fault { FAULT_NONE, FAULT_STUCK, FAULT_HEATER, FAULT_PH_LOST, FAULTS };

enum { FAULT_EVERY = 350, SPIKE_EVERY = 700, CLEAN_EVERY = 6 /* batches */ };

static const double heater_on_below = 10.3, heater_off_above = 11.3;
static const double jacket_hot = 16.5, jacket_cold = 7.4, feed = 8;

struct reactor {
	double vessel, jacket, ph; /* as they are */
	double reactant;           /* 1 when filled, 0 when used up */
	double fouling;            /* share of the heat transfer that is lost */
	bool heating;
	enum phase phase;
	int left; /* rows of the phase */
	int batches;
	enum fault fault;
	int fault_left;
	double shown; /* what the temperature probe says */
};

static void
reactor_start(struct synth *s)
{
	struct reactor *r = s->state;

	*r = (struct reactor){
		/* in the midst of a batch */
		.vessel = 10.4,
		.jacket = 12,
		.ph = 5.1,
		.reactant = 0.6,
		.heating = true,
		.phase = REACT,
		.left = 90,
		.shown = 10.4,
	};
}

static void
step_phase(struct synth *s, struct reactor *r)
{
	if (r->left-- > 0)
		return;
	r->phase = (enum phase)((r->phase + 1) % PHASES);
	r->left = phases[r->phase].rows + synth_below(s, phases[r->phase].rows / 4);
	if (r->phase == FILL && ++r->batches % CLEAN_EVERY == 0)
		r->fouling = 0;
}

static void
step_fault(struct synth *s, struct reactor *r)
{
	if (r->fault_left > 0 && --r->fault_left == 0)
		r->fault = FAULT_NONE;
	if (r->fault != FAULT_NONE || synth_below(s, FAULT_EVERY) != 0)
		return;
	r->fault = (enum fault)(1 + synth_below(s, FAULTS - 1));
	r->fault_left = r->fault == FAULT_HEATER ? 25 + synth_below(s, 20) : 8 + synth_below(s, 10);
}

/* The thermostat knows what the probe says, not what is. */
static void
step_heat(struct reactor *r)
{
	double transfer = 0.11 * (1 - r->fouling), target, reaction = 0;

	if (r->shown < heater_on_below)
		r->heating = true;
	else if (r->shown > heater_off_above)
		r->heating = false;
	target = r->heating && r->fault != FAULT_HEATER ? jacket_hot : jacket_cold;
	r->jacket += 0.22 * (target - r->jacket);
	if (r->phase == FILL) {
		r->reactant += 0.04 * (1 - r->reactant);
		r->vessel += 0.02 * (feed - r->vessel);
	} else if (r->phase == REACT) {
		reaction = 0.02 * r->reactant * (1 + 0.2 * (r->vessel - 10));
		r->reactant -= reaction;
	}
	r->vessel += transfer * (r->jacket - r->vessel) + 4 * reaction;
	r->fouling = synth_between(r->fouling + 1.0 / 6000, 0, 0.4);
}

static void
reactor_row(struct synth *s)
{
	struct reactor *r = s->state;
	double spike;

	step_phase(s, r);
	step_fault(s, r);
	step_heat(r);
	r->ph += phases[r->phase].haste * (phases[r->phase].ph - r->ph) + 0.015 * synth_normal(s);
	r->ph = synth_between(r->ph, 4, 6.5);
	if (r->fault != FAULT_STUCK)
		r->shown = r->vessel + 0.06 * synth_normal(s);
	spike = synth_below(s, SPIKE_EVERY) == 0 ? 1.5 + synth_uniform(s) : 0;
	synth_number(s, r->shown + spike, 2);
	if (r->fault == FAULT_PH_LOST)
		synth_missing(s);
	else
		synth_number(s, synth_between(r->ph + 0.03 * synth_normal(s), 4, 6.5), 2);
	synth_word(s, phases[r->phase].name);
}

const struct generator generator_reactor = {
	.name = "reactor",
	.help =
	    "a heated vessel: temperature, pH and phase of its batches, with a fault now and then",
	.columns = "temperature,pH,phase",
	.interval = TIME_SECOND,
	.size = sizeof(struct reactor),
	.start = reactor_start,
	.row = reactor_row,
};
