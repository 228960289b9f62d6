/* scores.c - how good predictions were, each made before its row was learned: definitions in the
 * language itself. With halflife= the rows fade instead of leaving a window. */
#include "data/ops/window/window.h"

static const struct param label_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "said", PARAM_ANY, NULL, 0, 0, NULL, "what was predicted, such as classify(label, x)" },
	WINDOW_PARAMS,
	{ "halflife", PARAM_SPAN, "", 0, 0, NULL, "rows fade, in the place of a window" },
	{ 0 },
};

static const struct param value_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "said", PARAM_ANY, NULL, 0, 0, NULL, "what was predicted, such as classify(label, x)" },
	WINDOW_PARAMS,
	{ "halflife", PARAM_SPAN, "", 0, 0, NULL, "rows fade, in the place of a window" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "one class; left out: the mean of all" },
	{ 0 },
};

static const struct param auc_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "chances, such as proba(label, x)" },
	WINDOW_PARAMS,
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "the class that p is the chance of" },
	{ 0 },
};

static const struct param loss_params[] = {
	{ "label", PARAM_ANY, NULL, 0, 0, NULL, "labels" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "chances, such as proba(label, x)" },
	WINDOW_PARAMS,
	{ "halflife", PARAM_SPAN, "", 0, 0, NULL, "rows fade, in the place of a window" },
	{ "value", PARAM_TEXT, "", 0, 0, NULL, "the class that p is the chance of" },
	{ 0 },
};

static const struct param number_params[] = {
	{ "y", PARAM_INPUT, NULL, 0, 0, NULL, "values" },
	{ "p", PARAM_INPUT, NULL, 0, 0, NULL, "what was predicted, such as predict(y, x)" },
	WINDOW_PARAMS,
	{ "halflife", PARAM_SPAN, "", 0, 0, NULL, "rows fade, in the place of a window" },
	{ 0 },
};

const struct op_class op_accuracy = {
	.name = "accuracy",
	.family = "learning",
	.help = "share of rows whose label was predicted, of those with both",
	.params = label_params,
	.means = "mean(.hit(.due_label(label, said), .due(said, said)), w)",
	.fading = "ewma(.hit(.due_label(label, said), .due(said, said)))",
};

const struct op_class op_kappa = {
	.name = "kappa",
	.family = "learning",
	.help = "Cohen's kappa: (accuracy - that of chance) / (1 - that of chance)",
	.params = label_params,
	.means = ".kappa(.due_label(label, said), .due(said, said), w)",
	.fading = ".kappa_fading(.due_label(label, said), .due(said, said))",
};

const struct op_class op_f1 = {
	.name = "f1",
	.family = "learning",
	.help = "2 hits / (rows of the class + rows said to be): of value=, else the mean over "
		"classes",
	.params = value_params,
	.means = ".f1(.due_label(label, said), .due(said, said), w)",
	.fading = ".f1_fading(.due_label(label, said), .due(said, said))",
};

const struct op_class op_auc = {
	.name = "auc",
	.family = "learning",
	.help = "chance that a row of the class had a greater p than one of another; `all`: exact "
		"up to 65,536 rows",
	.params = auc_params,
	.means = ".auc(.due_label(.is(label, p), p), .due(p, p), w)",
};

const struct op_class op_logloss = {
	.name = "logloss",
	.family = "learning",
	.help = "mean of -ln(the chance that was given to the label), at least 1e-15",
	.params = loss_params,
	.means = "mean(.due(.surprise(label, p), p), w)",
	.fading = "ewma(.due(.surprise(label, p), p))",
};

const struct op_class op_mae = {
	.name = "mae",
	.family = "learning",
	.help = "mean of |y - p|",
	.params = number_params,
	.means = "mean(abs(.due_label(y, p) - .due(p, p)), w)",
	.fading = "ewma(abs(.due_label(y, p) - .due(p, p)))",
};

const struct op_class op_rmse = {
	.name = "rmse",
	.family = "learning",
	.help = "root of the mean of (y - p)^2",
	.params = number_params,
	.means = "sqrt(mean((.due_label(y, p) - .due(p, p)) ^ 2, w))",
	.fading = "sqrt(ewma((.due_label(y, p) - .due(p, p)) ^ 2))",
};

/* The variance is of rows with both, whose number is that of the errors. */
const struct op_class op_r2 = {
	.name = "r2",
	.family = "learning",
	.help = "1 - mean of (y - p)^2 / mean of (y - mean y)^2, of rows with both",
	.params = number_params,
	.means = "1 - mean((.due_label(y, p) - .due(p, p)) ^ 2, w)"
		 " / (var(.due_label(y, p) + 0 * .due(p, p), w)"
		 " * (1 - 1 / count(.due_label(y, p) + 0 * .due(p, p), w)))",
	.fading = "1 - ewma((.due_label(y, p) - .due(p, p)) ^ 2)"
		  " / ewsd(.due_label(y, p) + 0 * .due(p, p)) ^ 2",
};
