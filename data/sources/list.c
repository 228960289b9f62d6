/* list.c - the table of sources. */
#include "data/sources/source.h"

#define SOURCE(name) extern const struct source_class source_##name;
#include "data/sources/list.h"
#undef SOURCE

const struct source_class *const source_classes[] = {
#define SOURCE(name) &source_##name,
#include "data/sources/list.h"
#undef SOURCE
	NULL
};
