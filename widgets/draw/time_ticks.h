/* time_ticks.h - instants as people read them on an axis: at round seconds, hours, days, months. */
#ifndef WEIR_TIME_TICKS_H
#define WEIR_TIME_TICKS_H

#include <stdint.h>

struct time_step {
	int64_t ns; /* below a month */
	int months;
};
enum { TIME_LABEL = 16 };

struct time_step time_step_for(int64_t span, int n);         /* at most n steps */
struct time_step time_step_finer(struct time_step);          /* the next; the same: of a second */
int64_t time_step_next(struct time_step, int64_t t);         /* the first at or after t */
int time_step_label(struct time_step, int64_t t, char *out); /* "12:03:20"; the date at midnight */
int time_step_width(struct time_step);                       /* of its labels */
double time_step_length(struct time_step);                   /* ns; of months their mean */

#endif
