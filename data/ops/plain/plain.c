/* plain.c - functions of the same row: their parameters, and how they tell what they did. */
#include "data/ops/plain/plain.h"

#include <string.h>

#include "data/graph/explain.h"

const struct param plain_x[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ 0 },
};

const struct param plain_a_b[] = {
	{ "a", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ "b", PARAM_INPUT, NULL, 0, 0, NULL, "a number" },
	{ 0 },
};

void
plain_explain_sign(const struct op *op, struct text *out)
{
	text_add(out, " = ");
	op_print(op, 0, op->ends->in_last[0], out);
	text_addf(out, " %s ", op->node->class->name);
	if (op->ends->in_last[1] < 0)
		explain_operand(out, op->ends->in_last[1]);
	else
		op_print(op, 1, op->ends->in_last[1], out);
	explain_result(op, out);
}

void
plain_explain_call(const struct op *op, struct text *out)
{
	const char *name = op->node->class->name;

	text_addf(out, " = %s(", strcmp(name, "neg") == 0 ? "-" : name);
	for (int i = 0; i < op->node->ninputs && i < 4; i++) {
		text_add(out, i > 0 ? ", " : "");
		op_print(op, i, op->ends->in_last[i], out);
	}
	text_addc(out, ')');
	explain_result(op, out);
}
