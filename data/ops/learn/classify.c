/* classify.c - classify and proba: what was predicted for a row before its label was learned. */
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/learn/classifier.h"

static void
copy_lane(const struct op *op, const struct run *run, int lane, double *out)
{
	if (run->n > 0)
		memcpy(out, op->in[0] + (ptrdiff_t)lane * BLOCK_ROWS, (size_t)run->n * sizeof *out);
}

static void
classify_step(struct op *op, const struct run *run, double *out)
{
	copy_lane(op, run, CLASSIFIER_SAID, out);
}

static void
classify_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	explain_line(out, "made");
	text_add(out, "from the features alone, before the label was learned\n");
}

static const struct param classify_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	CLASSIFIER_PARAMS,
	{ 0 },
};

const struct op_class op_classify = {
	.name = "classify",
	.family = "learning",
	.help = "the label predicted from the features x, before the row is learned; missing "
		"label: predicted only",
	.params = classify_params,
	.part = &op_classifier,
	.result = RESULT_AS_INPUT,
	.step = classify_step,
	.explain = classify_explain,
};

/* --- proba ------------------------------------------------------------------------------------ */

struct proba {
	int lane; /* of the classifier's outputs; -1: of two labels the later one, else the best */
};

static int
proba_init(struct op *op, struct error *err)
{
	struct proba *s = op->state;

	s->lane = -1;
	if (op->args == NULL || !op_given(op, "value"))
		return 0; /* only checked: no classifier yet */
	s->lane = classifier_ask(op->args[0], op_value(op, "value")->text, err);
	return s->lane < 0 ? -1 : 0;
}

static void
proba_step(struct op *op, const struct run *run, double *out)
{
	const struct proba *s = op->state;

	copy_lane(op, run, s->lane >= 0 ? s->lane : CLASSIFIER_POSITIVE, out);
}

static void
proba_explain(const struct op *op, struct text *out)
{
	const struct classifier *c = classifier_of(op);

	explain_result(op, out);
	if (op_given(op, "value") || c == NULL)
		return;
	explain_line(out, "of");
	if (c->positive >= 0) {
		classifier_print_label(c, c->positive, out);
		text_add(out, ", the later one of two labels (value= asks for another)\n");
	} else {
		text_add(out, "the label that was predicted (value= asks for another)\n");
	}
}

static const struct param proba_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL,
	    "the label whose chance is told; left out: of two the later in order, else the one "
	    "predicted" },
	CLASSIFIER_PARAMS,
	{ 0 },
};

const struct op_class op_proba = {
	.name = "proba",
	.family = "learning",
	.help = "the chance given to the label value=, before the row is learned",
	.params = proba_params,
	.part = &op_classifier,
	.size = sizeof(struct proba),
	.init = proba_init,
	.step = proba_step,
	.unsaved = true,
	.explain = proba_explain,
};
