/* regressor.c - the shared learner of a number: each row is read, predicted, judged, then learned.
 *
 * Intervals are by the sizes of the last residuals (conformal prediction, Vovk et al. 2005), at a
 * level that moves by what was covered (Gibbs and Candes 2021), so that they keep their word when
 * errors change. */
#include "data/ops/learn/regressor.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"

enum { VERSION = 2, WIDTHS_FROM = 10, SHARES = 3, TERMS = 4, NAME_BYTES = 18 };
static const double level_step = 0.02, level_most = 0.999;

enum { /* of a row that waits */
	WAITING_TARGET,
	WAITING_SAID,
	WAITING_MEAN, /* what the baselines said */
	WAITING_LAST,
	WAITING_OWN
};

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
	int texts = 0, at = 0;

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
	for (int i = 0; i < m->inputs; i++)
		if (op->args[i + 1]->node->result != RESULT_TEXT)
			m->order[i] = at++;
		else
			texts++;
	for (int i = 0; i < m->inputs; i++)
		if (op->args[i + 1]->node->result == RESULT_TEXT)
			m->order[i] = at++;
	m->numbers = numbers_new(m->method, m->inputs - texts, texts,
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

static int
residuals_kept(const struct residuals *r)
{
	return r->n < RESIDUALS ? (int)r->n : RESIDUALS;
}

static int
place(const struct residuals *r, int n, double e)
{
	int lo = 0;

	while (lo < n) {
		int mid = lo + (n - lo) / 2;

		if (r->sorted[mid] < e)
			lo = mid + 1;
		else
			n = mid;
	}
	return lo;
}

static void
residuals_add(struct residuals *r, double e)
{
	int n = residuals_kept(r), at;

	if (n == RESIDUALS) {
		at = place(r, n, r->row[r->n % RESIDUALS]);
		at = at < n ? at : n - 1;
		n--;
		memmove(r->sorted + at, r->sorted + at + 1, (size_t)(n - at) * sizeof *r->sorted);
	}
	at = place(r, n, e);
	memmove(r->sorted + at + 1, r->sorted + at, (size_t)(n - at) * sizeof *r->sorted);
	r->sorted[at] = e;
	r->row[r->n++ % RESIDUALS] = e;
}

static double
width_at(const struct residuals *r, double level)
{
	int n = residuals_kept(r), at = (int)ceil((n + 1) * level) - 1;

	if (n < WIDTHS_FROM)
		return NAN;
	return r->sorted[at < 0 ? 0 : at < n ? at : n - 1];
}

static void
learn_widths(struct regressor *m, double e)
{
	for (int i = 0; i < m->asked; i++) {
		struct coverage *c = &m->coverage[i];
		double width = width_at(&m->residuals, c->level);

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
		    width_at(&m->residuals, m->coverage[w].level);
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

/* --- state ------------------------------------------------------------------------------------ */

static void
regressor_fields(struct regressor *m, struct fields *f)
{
	fields_double(f, &m->said);
	fields_double(f, &m->wild);
	course_fields(&m->course, f);
	fields_u64(f, &m->residuals.n);
	for (int i = 0; i < RESIDUALS; i++) {
		fields_double(f, &m->residuals.row[i]);
		fields_double(f, &m->residuals.sorted[i]);
	}
}

static void
regressor_save(const struct op *op, struct buffer *out)
{
	struct regressor *m = op->state;
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	buffer_u32(out, VERSION);
	buffer_u32(out, (uint32_t)m->asked);
	for (int i = 0; i < m->asked; i++) {
		buffer_double(out, m->coverage[i].c);
		buffer_double(out, m->coverage[i].level);
	}
	regressor_fields(m, &f);
	numbers_save(m->numbers, out);
	waiting_save(&m->waiting, out);
}

/* Coverages are found again by what they are, in whatever order they were asked for. */
static int
load_coverages(struct regressor *m, struct reader *r)
{
	uint32_t n;

	if (reader_below(r, REGRESSOR_ASKED, &n) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		struct coverage saved;

		if (reader_double(r, &saved.c) < 0 || reader_double(r, &saved.level) < 0 ||
		    !(saved.level > 0 && saved.level < 1))
			return -1;
		for (int k = 0; k < m->asked; k++)
			if (!(m->coverage[k].c < saved.c) && !(m->coverage[k].c > saved.c))
				m->coverage[k].level = saved.level;
	}
	return 0;
}

static int
regressor_load(struct op *op, struct reader *r)
{
	struct regressor *m = op->state;
	struct fields f = { .what = FIELDS_LOAD, .in = r };
	uint32_t version;

	if (reader_u32(r, &version) < 0 || version != VERSION || load_coverages(m, r) < 0)
		return -1;
	regressor_fields(m, &f);
	if (f.status < 0 || !course_check(&m->course) || numbers_load(m->numbers, r) < 0)
		return -1;
	return waiting_load(&m->waiting, WAITING_OWN + numbers_row_size(m->numbers), r);
}

/* --- explain ---------------------------------------------------------------------------------- */

static void
explain_shares(const struct regressor *m, struct text *out)
{
	double share[NUMBERS_MIXED];

	numbers_shares(m->numbers, share);
	explain_line(out, "by");
	for (int i = 0; i < SHARES; i++) {
		int best = 0;

		for (int k = 1; k < NUMBERS_MIXED; k++)
			best = share[k] > share[best] ? k : best;
		text_addf(
		    out, "%s%s %.1f %%", i > 0 ? ", " : "", number_names[best], 100 * share[best]);
		share[best] = -1;
	}
	text_addc(out, '\n');
}

static void
explain_sum(const struct op *op, struct text *out)
{
	const struct regressor *m = op->state;
	const struct numbers *k = m->numbers;

	explain_line(out, "sum");
	explain_number(out, k->first + k->linear.w[0]);
	for (int i = 0; i < m->inputs && i < TERMS; i++) {
		int j = m->order[i];

		if (j < k->plain) {
			text_add(out, ", ");
			explain_input(op, i + 1, NAME_BYTES, out);
			text_addf(out, " %+.4g", k->linear.w[1 + j] * k->z[1 + j]);
		}
	}
	text_add(out, m->inputs > TERMS ? ", ...\n" : "\n");
}

static void
regressor_explain(const struct op *op, struct text *out)
{
	const struct regressor *m = op->state;
	const struct course_point *all = &m->course.all;

	text_addf(out, "regressor of %.40s: %s, %d feature%s\n", op->args[0]->node->key,
	    m->method->name, m->inputs, m->inputs == 1 ? "" : "s");
	if (m->course.rows == 0)
		return;
	if (m->method->answers == NUMBER_MEMBERS)
		explain_shares(m, out);
	if (m->method->needs >> NUMBER_LINEAR & 1)
		explain_sum(op, out);
	explain_line(out, "error");
	text_addf(out, "mean of |y - predicted| = %.4g of %.0f rows\n", all->own / all->n, all->n);
	explain_line(out, "baselines");
	text_addf(
	    out, "mean so far %.4g, value before %.4g\n", all->plain / all->n, all->last / all->n);
	if (m->wild > 0) {
		explain_line(out, "wild");
		text_addf(out, "%.0f rows far beyond all others, not learned\n", m->wild);
	}
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
