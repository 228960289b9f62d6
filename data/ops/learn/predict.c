/* predict.c - predict and its interval: a number as it was predicted before its row was learned. */
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/learn/regressor.h"

static const struct param params[] = {
	{ "y", PARAM_INPUT, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	REGRESSOR_PARAMS,
	{ 0 },
};

static const struct param interval_params[] = {
	{ "y", PARAM_INPUT, NULL, 0, 0, NULL, "what is to be predicted" },
	{ "x", PARAM_ANYS, NULL, 0, 0, NULL, "features: numbers or texts" },
	{ "c", PARAM_NUMBER, "0.95", 0.5, 0.99, NULL, "coverage: the share of values inside" },
	REGRESSOR_PARAMS,
	{ 0 },
};

static void
predict_step(struct op *op, const struct run *run, double *out)
{
	if (run->n > 0)
		memcpy(out, op->in[0], (size_t)run->n * sizeof *out);
}

static void
predict_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	explain_line(out, "made");
	text_add(out, "from the features alone, before the row was learned\n");
}

const struct op_class op_predict = {
	.name = "predict",
	.family = "learning",
	.help = "y predicted from the features x, before the row is learned; missing y: predicted "
		"only",
	.params = params,
	.part = &op_regressor,
	.step = predict_step,
	.explain = predict_explain,
};

struct side {
	int lane;
};

static int
side_init(struct op *op, struct error *err)
{
	struct side *s = op->state;

	if (op->args == NULL)
		return 0; /* only checked: no regressor yet */
	s->lane = regressor_ask(op->args[0], op_number(op, "c"), err);
	return s->lane < 0 ? -1 : 0;
}

static void
side_step(struct op *op, const struct run *run, double *out, double sign)
{
	const struct side *s = op->state;
	const double *width = op->in[0] + (ptrdiff_t)s->lane * BLOCK_ROWS;

	for (int i = 0; i < run->n; i++)
		out[i] = op->in[0][i] + sign * width[i];
}

static void
lower_step(struct op *op, const struct run *run, double *out)
{
	side_step(op, run, out, -1);
}

static void
upper_step(struct op *op, const struct run *run, double *out)
{
	side_step(op, run, out, 1);
}

static void
side_explain(const struct op *op, struct text *out)
{
	explain_result(op, out);
	explain_line(out, "made");
	text_addf(out, "of the sizes of the last errors, at coverage %g\n", op_number(op, "c"));
}

const struct op_class op_predict_lower = {
	.name = "predict_lower",
	.family = "learning",
	.help = "lower end of the interval of predict at coverage c, by its own residuals",
	.params = interval_params,
	.part = &op_regressor,
	.size = sizeof(struct side),
	.init = side_init,
	.step = lower_step,
	.unsaved = true,
	.explain = side_explain,
};

const struct op_class op_predict_upper = {
	.name = "predict_upper",
	.family = "learning",
	.help = "upper end of the interval of predict at coverage c, by its own residuals",
	.params = interval_params,
	.part = &op_regressor,
	.size = sizeof(struct side),
	.init = side_init,
	.step = upper_step,
	.unsaved = true,
	.explain = side_explain,
};
