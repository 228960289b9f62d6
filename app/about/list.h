/* list.h - `weir list`: what there is, from the tables in the code. */
#ifndef WEIR_LIST_H
#define WEIR_LIST_H

#include "data/base/error.h"
#include "data/base/text.h"

/* -1 with err: there is no such list. */
int list_print(const char *what, struct text *, struct error *);

/* One operator with its parameters, their defaults and choices; -1 with err: there is none. */
int list_op(const char *name, struct text *, struct error *);

/* What the methods of forecasts, anomalies and drift are, a line each under a heading. */
void list_models(struct text *);

#endif
