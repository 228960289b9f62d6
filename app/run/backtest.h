/* backtest.h - `weir backtest FILE --truth WHERE -a RULE...`: which rule would have told, and how
 * early. */
#ifndef WEIR_BACKTEST_H
#define WEIR_BACKTEST_H

#include "app/options/args.h"
#include "data/base/text.h"

/* Replays the recording at full speed and appends the table: the exit status; what went wrong was
 * printed. screen: it is seen as it goes, with the table beside the chart. A rule with ? in it is
 * tried with quantiles of what it compares with it. */
int backtest(const struct args *, bool screen, struct text *out);

#endif
