/* list.c - the operators of list.h as a table. */
#include "data/graph/op.h"

#define X(name) extern const struct op_class op_##name;
#include "data/ops/list.h"
#undef X

const struct op_class *const op_classes[] = {
#define X(name) &op_##name,
#include "data/ops/list.h"
#undef X
	NULL,
};
