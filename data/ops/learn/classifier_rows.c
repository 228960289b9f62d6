/* classifier_rows.c - a classifier at work: each row is read, predicted, judged, and then learned,
 * at once or when its label is known. */
#include "data/ops/learn/classifier_parts.h"

#include <math.h>
#include <string.h>

#include "data/ops/learn/features/shares.h"

/* --- predict ---------------------------------------------------------------------------------- */

static void
gather(struct classifier *c, const double *const *in, int row)
{
	for (int i = 0; i < c->inputs; i++)
		c->x[c->order[i]] = in[i + 1][row];
}

/* A class that no label has had yet has no chance that is worth telling. */
static double
chance_of(const struct classifier *c, int class)
{
	return class >= 0 && c->classes > 0 ? c->p[class] : class < 0 && c->classes > 0 ? 0 : NAN;
}

/* What a label got that may be a new one: then of the class that has no label yet. */
static double
chance_given(const struct classifier *c, double label)
{
	int class = classifier_class(c, label);

	if (class < 0 && c->classes > 0 && c->classes < c->models->shape.k)
		class = c->classes;
	return chance_of(c, class);
}

static double
label_of(const struct classifier *c, int class)
{
	if (class < 0)
		return NAN;
	if (class < c->classes)
		return c->label[class];
	return c->text ? names_id(c->names, "other", 5) : NAN;
}

static void
predict(struct classifier *c)
{
	int known = c->classes;

	models_predict(c->models, c->p);
	if (c->others > 0 && c->method->classes < c->models->shape.k)
		known = c->models->shape.k;
	c->said = c->classes > 0 ? shares_best(c->p, known) : -1;
}

static void
answer(const struct classifier *c, double label, double *out)
{

	out[CLASSIFIER_SAID * BLOCK_ROWS] = label_of(c, c->said);
	out[CLASSIFIER_SURE * BLOCK_ROWS] = c->said >= 0 ? c->p[c->said] : NAN;
	out[CLASSIFIER_TRUE * BLOCK_ROWS] = number_missing(label) ? NAN : chance_given(c, label);
	out[CLASSIFIER_POSITIVE * BLOCK_ROWS] = c->positive >= 0 ? c->p[c->positive]
						: c->classes > 2 ? c->p[c->said]
								 : NAN;
	out[CLASSIFIER_WHICH * BLOCK_ROWS] = label_of(c, c->positive);
	for (int i = 0; i < c->asked; i++)
		out[(CLASSIFIER_ANSWERS + i) * BLOCK_ROWS] =
		    chance_of(c, classifier_class(c, c->value[i]));
}

/* --- learn ------------------------------------------------------------------------------------ */

static void
remark(struct classifier *c, uint64_t row, int what)
{
	if (c->nremarks < CLASSIFIER_REMARKS)
		c->remark[c->nremarks++] = (struct op_remark){ row, REMARK_NOTE, what };
}

/* The row in x and in the models, whose class is told: what was said of it, and what the baselines
 * guessed then. */
static void
learn(struct classifier *c, int said, struct judge_guess guess, int class, uint64_t row)
{
	if (c->others > 0 && !c->full_told) {
		c->full_told = true;
		remark(c, row, NOTE_FULL);
	}
	if (said >= 0 && judge_row(&c->judge, said, guess, class))
		remark(c, row, NOTE_CHANGED);
	judge_learn(&c->judge, class);
	models_learn(c->models, class);
	classifier_keep(c, class);
}

/* --- labels that come later ------------------------------------------------------------------- */

static void
wait_for_label(struct classifier *c, double label, int64_t time)
{
	double *row = waiting_add(&c->waiting, time);

	memcpy(row, c->x, (size_t)c->inputs * sizeof *row);
	row += c->inputs;
	row[WAITING_LABEL] = label;
	row[WAITING_SAID] = c->said;
	row[WAITING_MAJORITY] = c->judge.now.majority;
	row[WAITING_LAST] = c->judge.now.last;
	models_row_keep(c->models, row + WAITING_OWN);
	models_pass(c->models);
}

/* A class out of bytes that may be anything. */
static int
class_in(const struct classifier *c, double v)
{
	return v >= 0 && v < c->models->shape.k ? (int)v : -1;
}

/* The oldest row that waits is learned, as it was read when it came. */
static void
learn_waiting(struct classifier *c, double label, uint64_t now)
{
	int class = classifier_meet(c, label); /* what waits is elsewhere, when models grew */
	const double *row = waiting_row(&c->waiting, c->waiting.first);

	memcpy(c->x, row, (size_t)c->inputs * sizeof *row);
	row += c->inputs;
	models_row_recall(c->models, row + WAITING_OWN);
	models_predict(c->models, c->p);
	learn(c, class_in(c, row[WAITING_SAID]),
	    (struct judge_guess){
		class_in(c, row[WAITING_MAJORITY]), class_in(c, row[WAITING_LAST]) },
	    class, now);
}

/* Before a row is predicted, the labels that are known by now are learned. */
static void
learn_due(struct classifier *c, double label, int64_t time, uint64_t now)
{
	const double *row;

	while ((row = waiting_due(&c->waiting, time)) != NULL) {
		double known = c->ahead > 0 ? label : row[c->inputs + WAITING_LABEL];

		if (!number_missing(known))
			learn_waiting(c, known, now);
		waiting_next(&c->waiting);
	}
}

/* The label came with its row. */
static void
learn_at_once(struct classifier *c, double label, uint64_t now)
{
	const struct models *before = c->models;
	int said = c->said, class = classifier_meet(c, label);

	if (c->models != before) { /* they grew, and have not read the row */
		models_read(c->models, c->x);
		models_predict(c->models, c->p);
	}
	learn(c, said, c->judge.now, class, now);
	models_pass(c->models);
}

/* --- the operator ----------------------------------------------------------------------------- */

static void
step_row(struct op *op, const struct run *run, int i, double *out)
{
	struct classifier *c = op->state;
	double label = op->in[0][i];
	uint64_t now = run->first + (uint64_t)i;

	if (c->waiting.cap > 0)
		learn_due(c, label, run->time[i], now);
	gather(c, op->in, i);
	models_read(c->models, c->x);
	predict(c);
	answer(c, label, out + i);
	if (c->waiting.cap == 0 && !number_missing(label))
		learn_at_once(c, label, now);
	else if (c->ahead > 0 || (c->waiting.cap > 0 && !number_missing(label)))
		wait_for_label(c, label, run->time[i]);
}

void
classifier_step(struct op *op, const struct run *run, double *out)
{
	struct classifier *c = op->state;

	c->nremarks = 0;
	c->lanes = out;
	for (int i = 0; i < run->n; i++)
		step_row(op, run, i, out);
}
