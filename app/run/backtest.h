/* backtest.h - `weir backtest FILE --truth WHERE -a RULE...`: which rule would have told, how early,
 * at what price. */
#ifndef WEIR_BACKTEST_H
#define WEIR_BACKTEST_H

#include "app/options/args.h"

/* Replays the recording at full speed and appends the table: the exit status; what went wrong was
 * printed. A rule with ? in it is tried with quantiles of what it compares with it. */
struct text;
int backtest(const struct args *, struct text *out);

#endif
