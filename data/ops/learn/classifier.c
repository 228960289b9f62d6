/* classifier.c - the shared learner of a label, as an operator: what it is made of, what it is
 * asked for, and what it tells. */
#include "data/ops/learn/classifier_parts.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/ops/learn/inputs.h"

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
	c->order = memory_new((size_t)c->inputs, sizeof *c->order);
	c->numbers = inputs_order(op, c->order);
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

/* --- what is told ----------------------------------------------------------------------------- */

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
