/* classifier.c - the shared learner of a label: each row is read, predicted, judged, and then
 * learned, at once or when its label is known. */
#include "data/ops/learn/classifier_parts.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/features/shares.h"

enum { NOTE_FULL = 1, NOTE_CHANGED };

/* --- begin and end ---------------------------------------------------------------------------- */

static void
judge_begin(struct classifier *c)
{
	struct fields f = { .what = FIELDS_MEASURE };

	judge_fields(&c->judge, &f);
	c->judge_memory = memory_zero(1, f.at);
	f = (struct fields){ .what = FIELDS_LAY_OUT, .memory = c->judge_memory };
	judge_fields(&c->judge, &f);
	judge_init(&c->judge);
}

/* Numbers first, then texts, each in the order in which they were written. order[i]: where input i
 * goes; of a text -1 - that. */
static void
find_order(struct classifier *c, const struct op *op)
{
	int at = 0;

	c->order = memory_new((size_t)c->inputs, sizeof *c->order);
	for (int i = 0; i < c->inputs; i++)
		if (op->args[i + 1]->node->result != RESULT_TEXT)
			c->order[i] = at++;
	for (int i = 0; i < c->inputs; i++)
		if (op->args[i + 1]->node->result == RESULT_TEXT)
			c->order[i] = -1 - at++;
}

static const struct method *
find_method(const char *name)
{
	const struct method *m = methods;

	while (strcmp(m->name, name) != 0)
		m++;
	return m;
}

size_t
classifier_waiting_size(const struct classifier *c)
{
	return (size_t)c->inputs + WAITING_OWN + models_row_size(c->models);
}

static int
classifier_init(struct op *op, struct error *err)
{
	struct classifier *c = op->state;
	double ahead = op_number(op, "ahead");
	struct span delay = op_span(op, "delay");

	c->method = find_method(op_value(op, "method")->text);
	c->ahead = isnan(ahead) ? 0 : (int)ahead;
	if (c->ahead > 0 && delay.unit != SPAN_NONE)
		return error_set(err,
		    "ahead=%d beside delay= (one of them: a label that is known "
		    "later, or one of a later row)",
		    c->ahead);
	if (delay.unit == SPAN_ROWS && delay.n >= WAITING_MOST)
		return error_set(err, "delay=%lld (expected fewer than %d rows)",
		    (long long)delay.n, WAITING_MOST);
	if (op->args == NULL)
		return 0; /* only checked */
	c->inputs = op->node->ninputs - 1;
	c->text = op->args[0]->node->result == RESULT_TEXT;
	c->names = op->node->names;
	c->compact = op->node->compact;
	c->seed = (uint64_t)op_number(op, "seed");
	c->said = c->positive = -1;
	find_order(c, op);
	c->models = classifier_models(c, 2);
	c->kept_most = c->compact ? 128 : c->models->shape.rows;
	c->past = memory_new((size_t)c->kept_most * (size_t)(c->inputs + 1), sizeof *c->past);
	c->x = memory_zero((size_t)c->inputs, sizeof *c->x);
	c->p = memory_zero(CLASSES_MOST + 1, sizeof *c->p);
	waiting_begin(&c->waiting, c->ahead > 0 ? (struct span){ SPAN_ROWS, c->ahead } : delay,
	    classifier_waiting_size(c));
	judge_begin(c);
	return 0;
}

static void
classifier_done(struct op *op)
{
	struct classifier *c = op->state;

	for (int i = 0; i < c->classes && c->text; i++)
		names_release(c->names, c->label[i]);
	free(c->models);
	free(c->order);
	free(c->past);
	waiting_done(&c->waiting);
	free(c->judge_memory);
	free(c->x);
	free(c->p);
}

static size_t
classifier_held(const struct op *op)
{
	const struct classifier *c = op->state;
	struct fields f = { .what = FIELDS_MEASURE };
	struct judge judge = c->judge;

	judge_fields(&judge, &f);
	return c->models->held + f.at + waiting_held(&c->waiting) +
	       sizeof(double) * ((size_t)c->kept_most * (size_t)(c->inputs + 1) +
				    (size_t)c->inputs + CLASSES_MOST + 1);
}

/* --- what is asked for ------------------------------------------------------------------------ */

int
classifier_ask(const struct op *op, const char *value, struct error *err)
{
	struct classifier *c = op->state;
	double v;

	if (c->text)
		v = names_hash(value, strlen(value));
	else if (number_cell(value, strlen(value), &v) != CELL_NUMBER)
		return error_set(err, "value=%s (labels are numbers)", value);
	for (int i = 0; i < c->asked; i++)
		if (!(c->value[i] < v) && !(c->value[i] > v))
			return CLASSIFIER_ANSWERS + i;
	if (c->asked == CLASSIFIER_ASKED)
		return error_set(
		    err, "value=%s (at most %d values of one classifier)", value, CLASSIFIER_ASKED);
	c->value[c->asked] = v;
	return CLASSIFIER_ANSWERS + c->asked++;
}

const struct classifier *
classifier_of(const struct op *op)
{
	if (op->node->class != &op_classifier && op->node->ninputs > 0)
		op = op->args[0];
	return op->node->class == &op_classifier ? op->state : NULL;
}

/* --- a row ------------------------------------------------------------------------------------ */

static void
gather(struct classifier *c, const double *const *in, int row)
{
	for (int i = 0; i < c->inputs; i++)
		c->x[c->order[i] >= 0 ? c->order[i] : -1 - c->order[i]] = in[i + 1][row];
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

static void
classifier_step(struct op *op, const struct run *run, double *out)
{
	struct classifier *c = op->state;

	c->nremarks = 0;
	c->lanes = out;
	for (int i = 0; i < run->n; i++)
		step_row(op, run, i, out);
}

static int
classifier_remarks(const struct op *op, const struct op_remark **remarks)
{
	const struct classifier *c = op->state;

	*remarks = c->remark;
	return c->nremarks;
}

static void
classifier_remark_print(const struct op *op, const struct op_remark *r, struct text *out)
{
	const struct classifier *c = op->state;

	text_addf(out, "classify of %s: ", op->args[0]->node->key);
	if (r->what == NOTE_FULL)
		text_addf(out, "more than %d labels: later ones are \"other\"", c->method->classes);
	else
		text_add(out, "errors are more than before: what the features tell has changed");
}

static bool
classifier_score(const struct op *op, struct op_score *s)
{
	const struct classifier *c = op->state;
	const struct course_point *all = &c->judge.course.all;

	*s = (struct op_score){ .method = c->method->name,
		.n = all->n,
		.own = 1 - all->own / all->n,
		.plain = 1 - all->plain / all->n,
		.last = 1 - all->last / all->n };
	return all->n > 0;
}

static const struct param params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	CLASSIFIER_PARAMS,
	{ 0 },
};

const struct op_class op_classifier = {
	.name = ".classifier",
	.help = "a learner of a label, shared",
	.params = params,
	.gathers = true,
	.result = RESULT_AS_INPUT,
	.lanes = CLASSIFIER_LANES,
	.size = sizeof(struct classifier),
	.init = classifier_init,
	.step = classifier_step,
	.save = classifier_save,
	.load = classifier_load,
	.explain = classifier_explain,
	.done = classifier_done,
	.held = classifier_held,
	.remarks = classifier_remarks,
	.remark_print = classifier_remark_print,
	.score = classifier_score,
};
