/* op.c - what operators share: how they are written, the values of their parameters by name. */
#include "data/graph/op.h"

#include <assert.h>
#include <string.h>

const struct op_class *
op_class_find(const char *name)
{
	for (int i = 0; op_classes[i] != NULL; i++)
		if (strcmp(op_classes[i]->name, name) == 0)
			return op_classes[i];
	return NULL;
}

void
op_form_print(const struct op_class *class, struct text *out)
{
	bool sign =
	    strspn(class->name, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(class->name);

	text_add(out, class->name);
	if (sign)
		return;
	text_addc(out, '(');
	for (const struct param *p = class->params; p != NULL && p->name != NULL; p++)
		text_addf(out, param_takes_many(p->type) ? "%s%s1, ..." : "%s%s",
		    p > class->params ? ", " : "", p->name);
	text_addc(out, ')');
}

const struct value *
op_value(const struct op *op, const char *name)
{
	const struct param *params = op->node->class->params;
	int i = 0;

	while (strcmp(params[i].name, name) != 0) {
		i++;
		assert(params[i].name != NULL);
	}
	return &op->node->values[i];
}

double
op_number(const struct op *op, const char *name)
{
	return op_value(op, name)->number;
}

struct span
op_span(const struct op *op, const char *name)
{
	return op_value(op, name)->span;
}

bool
op_choice(const struct op *op, const char *name, const char *word)
{
	const char *text = op_value(op, name)->text;

	return text != NULL && strcmp(text, word) == 0;
}

bool
op_given(const struct op *op, const char *name)
{
	const struct value *v = op_value(op, name);

	return v->text != NULL || v->span.unit != SPAN_NONE || !isnan(v->number);
}

void
op_remark_print(const struct op *op, const struct op_remark *remark, struct text *out)
{
	if (op->node->class->remark_print != NULL)
		op->node->class->remark_print(op, remark, out);
	else
		text_add(out, op->node->key);
}
