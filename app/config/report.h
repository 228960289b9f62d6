/* report.h - what went wrong, on standard error. */
#ifndef WEIR_REPORT_H
#define WEIR_REPORT_H

#include "app/config/config.h"
#include "data/base/error.h"

/* One line; of an error at a place in the dashboard file (NULL: there is none) also the line that
 * it points at. */
void report(const struct error *, const struct config *);

#endif
