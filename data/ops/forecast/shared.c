/* shared.c - ".forecaster", the one forecaster of a column that all operators on it read.
 *
 * What was forecast for a row goes out in lanes, so that expected, lower, upper and outside cost
 * next to nothing beside it. Forecasts further ahead are made only for those leads that some
 * operator asked for. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/forecast/forecaster.h"
#include "data/ops/forecast/notes.h"
#include "data/ops/forecast/score_history.h"

enum { WANTS = 16, SEASON_MOST = SEASON_LONGEST / 2 };

struct shared {
	struct forecaster forecaster;
	struct forecast_note *notes; /* of the last step */
	struct op_remark *remarks;   /* as all operators tell theirs: `what` is the note's place */
	int nnotes, notes_cap;
	int want[WANTS]; /* leads asked for */
	int nwants, farthest;
	double *wanted;              /* [number][row of the run] */
	struct score_history *trail; /* NULL: compact */
};

static const struct forecast_method *const methods[] = { &forecast_auto, &forecast_naive,
	&forecast_seasonal, &forecast_ses, &forecast_holt, &forecast_hw, &forecast_ar,
	&forecast_theta };

static const struct param params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	FORECAST_PARAMS,
	{ 0 },
};

/* "auto", "none", "24" or "24,168" */
static int
read_season(const char *text, struct forecaster_options *o, struct error *err)
{
	int used = 0, n;
	bool ok;

	o->told = strcmp(text, "auto") != 0;
	if (!o->told || strcmp(text, "none") == 0)
		return 0;
	n = sscanf(text, "%d%n ,%d%n", &o->seasons.m, &used, &o->seasons.M, &used);
	ok = n >= 1 && text[used] == '\0' && o->seasons.m >= 1;
	if (!ok || (n == 2 && o->seasons.M <= o->seasons.m))
		return error_set(err,
		    "season=%s (expected rows such as 24, two such as \"24,168\" with "
		    "the longer one second, none or auto)",
		    text);
	if (o->seasons.m > SEASON_MOST || o->seasons.M > 2 * SEASON_MOST)
		return error_set(err, "season=%s is too long (%d rows at most, %d for the second)",
		    text, SEASON_MOST, 2 * SEASON_MOST);
	if (o->seasons.m == 1)
		o->seasons = (struct seasons){ 0, 0 };
	return 0;
}

static int
shared_init(struct op *op, struct error *err)
{
	struct shared *s = op->state;
	struct forecaster_options o = {
		.horizon = op->node->compact || op->node->horizon < 1 ? 1 : op->node->horizon,
		.compact = op->node->compact,
		.timed = op->node->timed,
		.alpha = op_number(op, "alpha"),
		.beta = op_number(op, "beta"),
		.gamma = op_number(op, "gamma")
	};
	size_t i;

	for (i = 0; i < sizeof methods / sizeof *methods; i++)
		if (op_choice(op, "method", methods[i]->name))
			o.method = methods[i];
	if (read_season(op_value(op, "season")->text, &o, err) != 0)
		return -1;
	if (o.horizon > HORIZON_MAX)
		o.horizon = HORIZON_MAX;
	forecaster_init(&s->forecaster, &o);
	if (!o.compact)
		s->trail = score_history_new();
	return 0;
}

static void
shared_done(struct op *op)
{
	struct shared *s = op->state;

	if (s->forecaster.options.method != NULL)
		forecaster_done(&s->forecaster);
	free(s->wanted);
	free(s->trail);
	free(s->notes);
	free(s->remarks);
}

static void
note(struct shared *s, uint64_t row)
{
	const struct forecaster *f = &s->forecaster;

	if (f->happened == FORECAST_NOTHING)
		return;
	if (s->nnotes == s->notes_cap) {
		s->notes_cap = s->notes_cap * 2 + 1; /* seldom more than one, but each row may */
		s->notes = memory_grow(s->notes, (size_t)s->notes_cap, sizeof *s->notes);
		s->remarks = memory_grow(s->remarks, (size_t)s->notes_cap, sizeof *s->remarks);
	}
	s->remarks[s->nnotes] = (struct op_remark){ row, REMARK_NOTE, s->nnotes };
	s->notes[s->nnotes++] = (struct forecast_note){ f->happened, f->seasons.m, f->seasons.M };
}

static void
look_ahead(struct shared *s, int row)
{
	double path[HORIZON_MAX];
	int i;

	if (s->nwants == 0)
		return;
	forecaster_ahead(&s->forecaster, s->farthest, path);
	for (i = 0; i < s->nwants; i++)
		s->wanted[i * BLOCK_ROWS + row] = path[s->want[i] - 1];
}

static void
shared_step(struct op *op, const struct run *run, double *out)
{
	struct shared *s = op->state;
	struct forecaster *f = &s->forecaster;
	int i, k;

	s->nnotes = 0;
	for (i = 0; i < run->n; i++) {
		forecaster_time(f, run->time[i]);
		out[i + FORECAST_EXPECTED * BLOCK_ROWS] = f->next;
		for (k = 0; k < LEVELS; k++)
			out[i + (FORECAST_WIDTHS + k) * BLOCK_ROWS] = f->widths[k];
		out[i + FORECAST_LEAST * BLOCK_ROWS] = f->series.lo >= 0 ? 0 : -HUGE_VAL;
		out[i + FORECAST_X * BLOCK_ROWS] = op->in[0][i];
		if (s->trail != NULL)
			score_history_row(s->trail, f, op->in[0][i]);
		forecaster_value(f, op->in[0][i]);
		look_ahead(s, i);
		note(s, run->first + (uint64_t)i);
	}
}

static void
shared_save(const struct op *op, struct buffer *b)
{
	const struct shared *s = op->state;

	forecaster_save(&s->forecaster, b);
	if (s->trail != NULL)
		score_history_save(s->trail, b);
}

static int
shared_load(struct op *op, struct reader *r)
{
	struct shared *s = op->state;

	if (forecaster_load(&s->forecaster, r) != 0)
		return -1;
	return s->trail != NULL ? score_history_load(s->trail, r) : 0;
}

static size_t
shared_held(const struct op *op)
{
	const struct shared *s = op->state;

	return forecaster_held(&s->forecaster) - sizeof s->forecaster +
	       (size_t)s->nwants * BLOCK_ROWS * sizeof *s->wanted +
	       (s->trail != NULL ? sizeof *s->trail : 0);
}

const struct forecaster *
forecaster_of(const struct op *op)
{
	const struct shared *s = op->state;

	return &s->forecaster;
}

int
forecaster_want(const struct op *op, int h)
{
	struct shared *s = op->state;
	struct forecaster_options o = s->forecaster.options;
	int i;

	for (i = 0; i < s->nwants; i++)
		if (s->want[i] == h)
			return i;
	if (s->nwants == WANTS)
		return -1;
	s->want[s->nwants++] = h;
	if (h > s->farthest)
		s->farthest = h;
	s->wanted = memory_grow(s->wanted, (size_t)s->nwants * BLOCK_ROWS, sizeof *s->wanted);
	if (h > o.horizon && !o.compact && s->forecaster.series.n == 0) {
		o.horizon = h;
		forecaster_done(&s->forecaster);
		forecaster_init(&s->forecaster, &o);
	}
	return s->nwants - 1;
}

const double *
forecaster_wanted(const struct op *op, int number)
{
	const struct shared *s = op->state;

	return s->wanted + number * BLOCK_ROWS;
}

void
forecaster_path(const struct op *op, int h, double c, double *mean, double *lower, double *upper)
{
	struct shared *s = op->state;
	double widths[LEVELS], width, least = s->forecaster.series.lo >= 0 ? 0 : -HUGE_VAL;
	int i;

	forecaster_ahead(&s->forecaster, h, mean);
	for (i = 0; i < h; i++) {
		forecaster_widths(&s->forecaster, i + 1, widths);
		width = widths_at(widths, 1, c);
		if (lower != NULL)
			lower[i] = mean[i] - width < least ? least : mean[i] - width;
		if (upper != NULL)
			upper[i] = mean[i] + width;
	}
}

struct forecast_scores
forecaster_scores(const struct op *op)
{
	const struct forecaster *f = forecaster_of(op);

	return (struct forecast_scores){
		.n = (uint64_t)f->n,
		.mae = number_finite(f->absolute / f->n),
		.rmse = number_finite(sqrt(f->square / f->n)),
		.mase = number_finite(f->absolute / f->naive),
		.coverage = number_finite(f->covered / f->judged),
	};
}

static int
shared_remarks(const struct op *op, const struct op_remark **remarks)
{
	const struct shared *s = op->state;

	*remarks = s->remarks;
	return s->nnotes;
}

static void
shared_remark_print(const struct op *op, const struct op_remark *remark, struct text *out)
{
	const struct shared *s = op->state;

	forecast_note_print(op, &s->notes[remark->what], out);
}

int
forecaster_experts(const struct op *op, struct forecast_expert *out, int most)
{
	const struct forecaster *f = forecaster_of(op);

	if (f->options.method->experts != NULL)
		return f->options.method->experts(f->self, out, most);
	if (most < 1)
		return 0;
	out[0] = (struct forecast_expert){
		.name = f->options.method->help, .weight = 1, .error = f->n > 0 ? f->error : NAN
	};
	return 1;
}

struct forecast_state
forecaster_state(const struct op *op)
{
	const struct forecaster *f = forecaster_of(op);

	return (struct forecast_state){ .method = f->options.method->name,
		.season = f->seasons.m,
		.long_season = f->seasons.M,
		.told = f->options.told,
		.from_step = f->from_step,
		.error = f->n > 0 ? f->error : NAN,
		.naive_error = f->n > 0 ? f->naive_error : NAN,
		.next = f->next,
		.width = f->widths[2] };
}

const struct score_history *
forecaster_trail(const struct op *op)
{
	const struct shared *s = op->state;

	return s->trail;
}

void
forecast_methods_print(struct text *out)
{
	size_t i;

	for (i = 0; i < sizeof methods / sizeof *methods; i++)
		text_addf(out, "%-10s %s\n", methods[i]->name, methods[i]->help);
}

const struct op_class op_forecaster = {
	.name = ".forecaster",
	.family = "parts",
	.help = "one forecaster, shared by all operators on the same x",
	.params = params,
	.lanes = FORECAST_LANES,
	.size = sizeof(struct shared),
	.init = shared_init,
	.step = shared_step,
	.save = shared_save,
	.load = shared_load,
	.explain = forecaster_explain,
	.done = shared_done,
	.held = shared_held,
	.remarks = shared_remarks,
	.remark_print = shared_remark_print,
};
