/* explain_target.h - what can be explained: the user's own KPIs, the rules, and the default KPIs. */
#ifndef WEIR_EXPLAIN_TARGET_H
#define WEIR_EXPLAIN_TARGET_H

#include "widgets/widget.h"

struct subject { /* one of the two; the other is -1 */
	int kpi, rule;
};

int subject_count(const struct view *);
struct subject subject_at(const struct view *, int i);
const char *subject_name(const struct view *, struct subject);
int subject_source(const struct view *, struct subject);
/* Moves the view's subject to one of the selected series, unless it is one already. */
void subject_follow(struct view *);

#endif
