/* regressor.c - the shared learner of a number: each row is read, predicted, judged, then learned.
 *
 * Intervals are by the sizes of the last residuals (conformal prediction, Vovk et al. 2005), at a
 * level that moves by what was covered (Gibbs and Candes 2021), so that they keep their word when
 * errors change. */
#include "data/ops/learn/regressor_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/inputs.h"

static const double level_step = 0.02, level_most = 0.999;

static void
course_begin(struct regressor *m)
{
	struct fields f = { .what = FIELDS_MEASURE };

	course_fields(&m->course, &f);
	m->course_memory = memory_zero(1, f.at);
	f = (struct fields){ .what = FIELDS_LAY_OUT, .memory = m->course_memory };
	course_fields(&m->course, &f);
	course_init(&m->course);
}

static int
regressor_init(struct op *op, struct error *err)
{
	struct regressor *m = op->state;
	struct span delay = op_span(op, "delay");
	int plain;

	if (delay.unit == SPAN_ROWS && delay.n >= WAITING_MOST)
		return error_set(err, "delay=%lld (expected fewer than %d rows)",
		    (long long)delay.n, WAITING_MOST);
	m->method = number_methods;
	while (strcmp(m->method->name, op_value(op, "method")->text) != 0)
		m->method++;
	m->said = NAN;
	if (op->args == NULL)
		return 0; /* only checked */
	m->inputs = op->node->ninputs - 1;
	m->order = memory_new((size_t)m->inputs, sizeof *m->order);
	m->x = memory_zero((size_t)m->inputs, sizeof *m->x);
	plain = inputs_order(op, m->order);
	m->numbers = numbers_new(m->method, plain, m->inputs - plain,
	    (uint64_t)op_number(op, "seed"), op->node->compact);
	waiting_begin(&m->waiting, delay, WAITING_OWN + numbers_row_size(m->numbers));
	course_begin(m);
	return 0;
}

static void
regressor_done(struct op *op)
{
	struct regressor *m = op->state;

	free(m->order);
	free(m->x);
	free(m->numbers);
	free(m->course_memory);
	waiting_done(&m->waiting);
}

static size_t
regressor_held(const struct op *op)
{
	const struct regressor *m = op->state;
	struct fields f = { .what = FIELDS_MEASURE };
	struct course course = m->course;

	course_fields(&course, &f);
	return m->numbers->held + f.at + waiting_held(&m->waiting) +
	       2 * (size_t)m->inputs * sizeof(double);
}

const struct regressor *
regressor_of(const struct op *op)
{
	if (op->node->class != &op_regressor && op->node->ninputs > 0)
		op = op->args[0];
	return op->node->class == &op_regressor ? op->state : NULL;
}

/* --- intervals -------------------------------------------------------------------------------- */

int
regressor_ask(const struct op *op, double c, struct error *err)
{
	struct regressor *m = op->state;

	for (int i = 0; i < m->asked; i++)
		if (!(m->coverage[i].c < c) && !(m->coverage[i].c > c))
			return REGRESSOR_WIDTHS + i;
	if (m->asked == REGRESSOR_ASKED)
		return error_set(
		    err, "c=%g (at most %d coverages of one predict)", c, REGRESSOR_ASKED);
	m->coverage[m->asked] = (struct coverage){ c, c };
	return REGRESSOR_WIDTHS + m->asked++;
}

static void
learn_widths(struct regressor *m, double e)
{
	for (int i = 0; i < m->asked; i++) {
		struct coverage *c = &m->coverage[i];
		double width = residuals_width(&m->residuals, c->level);

		if (!number_missing(width))
			c->level += level_step * (c->c - (e <= width));
		c->level = fmax(c->c / 2, fmin(level_most, c->level));
	}
	residuals_add(&m->residuals, e);
}

/* --- a row ------------------------------------------------------------------------------------ */

static void
remark(struct regressor *m, uint64_t row)
{
	if (m->nremarks < REGRESSOR_REMARKS)
		m->remark[m->nremarks++] = (struct op_remark){ row, REMARK_NOTE, 0 };
}

/* The row that numbers hold: what was said of it, also by the baselines. False: it is wild. */
static bool
learn(struct regressor *m, double y, double said, double mean, double last, uint64_t row)
{
	if (!numbers_learn(m->numbers, y)) {
		m->wild++;
		return false;
	}
	if (number_missing(said))
		return true;
	if (course_row(&m->course, fabs(y - said), fabs(y - mean), fabs(y - last)))
		remark(m, row);
	learn_widths(m, fabs(y - said));
	return true;
}

static void
wait_for_target(struct regressor *m, double y, int64_t time)
{
	double *row = waiting_add(&m->waiting, time);

	row[WAITING_TARGET] = y;
	row[WAITING_SAID] = m->said;
	row[WAITING_MEAN] = m->numbers->mean;
	row[WAITING_LAST] = m->numbers->last;
	numbers_row_keep(m->numbers, row + WAITING_OWN);
	numbers_pass(m->numbers);
}

/* Before a row is predicted, the targets that are known by now are learned. */
static void
learn_due(struct regressor *m, int64_t time, uint64_t now)
{
	const double *row;

	while ((row = waiting_due(&m->waiting, time)) != NULL) {
		numbers_row_recall(m->numbers, row + WAITING_OWN);
		learn(m, row[WAITING_TARGET], row[WAITING_SAID], row[WAITING_MEAN],
		    row[WAITING_LAST], now);
		waiting_next(&m->waiting);
	}
}

static void
step_row(struct op *op, const struct run *run, int i, double *out)
{
	struct regressor *m = op->state;
	const struct numbers *k = m->numbers;
	double y = op->in[0][i];
	uint64_t now = run->first + (uint64_t)i;

	if (m->waiting.cap > 0)
		learn_due(m, run->time[i], now);
	for (int j = 0; j < m->inputs; j++)
		m->x[m->order[j]] = op->in[j + 1][i];
	m->said = numbers_predict(m->numbers, m->x);
	out[i] = m->said;
	for (int w = 0; w < m->asked; w++)
		out[(REGRESSOR_WIDTHS + w) * BLOCK_ROWS + i] =
		    residuals_width(&m->residuals, m->coverage[w].level);
	if (number_missing(y))
		return;
	if (m->waiting.cap > 0)
		wait_for_target(m, y, run->time[i]);
	else if (learn(m, y, m->said, k->mean, k->last, now))
		numbers_pass(m->numbers);
}

static void
regressor_step(struct op *op, const struct run *run, double *out)
{
	struct regressor *m = op->state;

	m->nremarks = 0;
	for (int i = 0; i < run->n; i++)
		step_row(op, run, i, out);
}

static int
regressor_remarks(const struct op *op, const struct op_remark **remarks)
{
	const struct regressor *m = op->state;

	*remarks = m->remark;
	return m->nremarks;
}

static void
regressor_remark_print(const struct op *op, const struct op_remark *r, struct text *out)
{
	(void)r;
	text_addf(out,
	    "predict of %s: errors are more than before: what the features tell has changed",
	    op->args[0]->node->key);
}

static bool
regressor_score(const struct op *op, struct op_score *s)
{
	const struct regressor *m = op->state;
	const struct course_point *all = &m->course.all;

	*s = (struct op_score){ .method = m->method->name,
		.numbers = true,
		.n = all->n,
		.own = all->own / all->n,
		.plain = all->plain / all->n,
		.last = all->last / all->n };
	return all->n > 0;
}

static const struct param params[] = {
	{ "y", PARAM_INPUT, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	REGRESSOR_PARAMS,
	{ 0 },
};

const struct op_class op_regressor = {
	.name = ".regressor",
	.help = "a learner of a number, shared",
	.params = params,
	.gathers = true,
	.lanes = REGRESSOR_LANES,
	.size = sizeof(struct regressor),
	.init = regressor_init,
	.step = regressor_step,
	.save = regressor_save,
	.load = regressor_load,
	.explain = regressor_explain,
	.done = regressor_done,
	.held = regressor_held,
	.remarks = regressor_remarks,
	.remark_print = regressor_remark_print,
	.score = regressor_score,
};
