/* asked.h - what tests ask of an engine. */
#ifndef WEIR_TESTS_ASKED_H
#define WEIR_TESTS_ASKED_H

#include "data/query/query.h"

enum { ASKED_MOST = 12 };

struct asked { /* each list ends with NULL */
	const char *derive[ASKED_MOST], *kpis[ASKED_MOST], *alerts[ASKED_MOST];
};

void asked_add(struct query *, const struct asked *); /* each must fit */

#endif
