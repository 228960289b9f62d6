/* anomaly.h - what others know of the scores of anomalies. */
#ifndef WEIR_ANOMALY_H
#define WEIR_ANOMALY_H

#include "data/graph/op.h"

extern const struct op_class op_anomaly;

/* A line each: name and what it does. */
void anomaly_methods_print(struct text *out);

#endif
