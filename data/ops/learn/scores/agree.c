/* agree.c - kappa and f1 over a window of labels and predictions, and with fading. */
#include <string.h>

#include "data/base/times/clock.h"
#include "data/graph/explain.h"
#include "data/ops/learn/scores/agreement.h"
#include "data/ops/window/over.h"

struct agree {
	double (*score)(const struct agree *); /* kappa or f1 */
	double value;                          /* of f1: the class; NaN: all */
	struct agreement sums;
	struct over_value over;
	double unit;  /* with fading: the weight of the next row ... */
	int64_t last; /* ... which grows with rows, or with time since this one */
};

static double
kappa_of(const struct agree *a)
{
	return agreement_kappa(&a->sums);
}

static double
f1_of(const struct agree *a)
{
	return agreement_f1(&a->sums, a->value);
}

static void
begin(struct agree *a, double (*score)(const struct agree *))
{
	a->score = score;
	a->value = a->over.now = NAN;
	a->unit = 1;
	a->last = INT64_MIN;
}

static int
kappa_init(struct op *op, struct error *err)
{
	(void)err;
	begin(op->state, kappa_of);
	return 0;
}

static int
f1_init(struct op *op, struct error *err)
{
	struct agree *a = op->state;
	const char *value = op_value(op, "value")->text;

	begin(a, f1_of);
	if (op->args == NULL || value == NULL)
		return 0;
	if (op->args[0]->node->result == RESULT_TEXT)
		a->value = names_hash(value, strlen(value));
	else if (number_cell(value, strlen(value), &a->value) != CELL_NUMBER)
		return error_set(err, "value=%s (labels are numbers)", value);
	return 0;
}

static void
take(struct agree *a, const struct op *op, uint64_t row, double weight)
{
	double label = window_x(op_window_of(op, 0), row);
	double said = window_x(op_window_of(op, 1), row);

	if (!number_missing(label) && !number_missing(said))
		agreement_add(&a->sums, label, said, weight);
}

static void
follow(struct op *op, struct range r)
{
	struct agree *a = op->state;

	if (r.lo >= a->over.hi) {
		a->sums = (struct agreement){ .n = 0 };
		a->over.lo = a->over.hi = r.lo;
	}
	while (a->over.hi < r.hi)
		take(a, op, a->over.hi++, 1);
	while (a->over.lo < r.lo)
		take(a, op, a->over.lo++, -1);
	a->over.now = a->score(a);
}

static void
agree_step(struct op *op, const struct run *run, double *out)
{
	const struct agree *a = op->state;

	over_value_step(op, run, out, &a->over, follow);
}

static void
agree_save(const struct op *op, struct buffer *out)
{
	const struct agree *a = op->state;

	agreement_save(&a->sums, out);
	buffer_u64(out, a->over.lo);
	buffer_u64(out, a->over.hi);
	buffer_double(out, a->unit);
	buffer_i64(out, a->last);
	buffer_double(out, a->over.now);
}

static int
agree_load(struct op *op, struct reader *r)
{
	struct agree *a = op->state;

	if (agreement_load(&a->sums, r) < 0 || reader_u64(r, &a->over.lo) < 0 ||
	    reader_u64(r, &a->over.hi) < 0 || reader_double(r, &a->unit) < 0 ||
	    reader_i64(r, &a->last) < 0 || reader_double(r, &a->over.now) < 0)
		return -1;
	if (op->node->class->part == NULL)
		return 0;
	return over_value_check(op, &a->over);
}

static void
agree_explain(const struct op *op, struct text *out)
{
	const struct agree *a = op->state;

	text_add(out, "agreement");
	explain_result(op, out);
	explain_line(out, "kept");
	text_addf(out, "%.6g rows, %.6g of them right, of %d labels\n", a->sums.n / a->unit,
	    a->sums.hits / a->unit, a->sums.labels);
}

/* --- with fading ------------------------------------------------------------------------------ */

/* Rows do not get lighter: the next one weighs more, until that has to be scaled back. */
static void
grow_unit(struct agree *a, const struct op *op, int64_t time)
{
	struct span h = op_span(op, "halflife");
	double steps = 1;

	if (h.unit == SPAN_TIME)
		steps = a->last == INT64_MIN ? 0 : elapsed_ns(a->last, time);
	a->unit *= exp2(fmin(900, steps / (double)h.n));
	a->last = time;
	if (a->unit < 1e100)
		return;
	agreement_scale(&a->sums, 1 / a->unit);
	a->unit = 1;
}

static void
fading_step(struct op *op, const struct run *run, double *out)
{
	struct agree *a = op->state;

	for (int i = 0; i < run->n; i++) {
		double label = op->in[0][i], said = op->in[1][i];

		if (!number_missing(label) && !number_missing(said)) {
			grow_unit(a, op, run->time[i]);
			agreement_add(&a->sums, label, said, a->unit);
			a->over.now = a->score(a);
		}
		out[i] = a->over.now;
	}
}

/* --- tables ----------------------------------------------------------------------------------- */

#define LABELS_SAID                                                                                \
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },                                        \
	{                                                                                          \
		"said", PARAM_ANY, NULL, 0, 0, NULL, "predictions"                                 \
	}

static const struct param kappa_window[] = {
	LABELS_SAID,
	WINDOW_PARAMS,
	{ 0 },
};

static const struct param kappa_fading[] = {
	LABELS_SAID,
	{ "halflife", PARAM_SPAN, NULL, 0, 0, NULL, "rows, or a duration" },
	{ 0 },
};

static const struct param f1_window[] = {
	LABELS_SAID,
	WINDOW_PARAMS,
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "one class" },
	{ 0 },
};

static const struct param f1_fading[] = {
	LABELS_SAID,
	{ "halflife", PARAM_SPAN, NULL, 0, 0, NULL, "rows, or a duration" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "one class" },
	{ 0 },
};

#define AGREEMENT                                                                                  \
	.size = sizeof(struct agree), .save = agree_save, .load = agree_load,                      \
	.explain = agree_explain
#define OVER_WINDOW AGREEMENT, .part = &op_window, .step = agree_step
#define FADING AGREEMENT, .step = fading_step

const struct op_class op_kappa_window = {
	.name = ".kappa",
	.help = "kappa over a window",
	.params = kappa_window,
	.init = kappa_init,
	OVER_WINDOW,
};

const struct op_class op_f1_window = {
	.name = ".f1",
	.help = "f1 over a window",
	.params = f1_window,
	.init = f1_init,
	OVER_WINDOW,
};

const struct op_class op_kappa_fading = {
	.name = ".kappa_fading",
	.help = "kappa with fading",
	.params = kappa_fading,
	.init = kappa_init,
	FADING,
};

const struct op_class op_f1_fading = {
	.name = ".f1_fading",
	.help = "f1 with fading",
	.params = f1_fading,
	.init = f1_init,
	FADING,
};
