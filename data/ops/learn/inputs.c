/* inputs.c - in which order models take the features of a learner. */
#include "data/ops/learn/inputs.h"

static bool
is_text(const struct op *op, int feature)
{
	return op->args[feature + 1]->node->result == RESULT_TEXT;
}

int
inputs_order(const struct op *op, int *order)
{
	int n = op->node->ninputs - 1, at = 0, numbers;

	for (int i = 0; i < n; i++)
		if (!is_text(op, i))
			order[i] = at++;
	numbers = at;
	for (int i = 0; i < n; i++)
		if (is_text(op, i))
			order[i] = at++;
	return numbers;
}
