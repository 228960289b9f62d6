/* explain_target.h - what can be explained: the user's own KPIs, the rules, and the default
 * KPIs. */
#ifndef WEIR_EXPLAIN_TARGET_H
#define WEIR_EXPLAIN_TARGET_H

#include "widgets/widget.h"

struct explain_target { /* one of the two; the other is -1 */
	int kpi, rule;
};

int explain_target_count(const struct view *);
struct explain_target explain_target_at(const struct view *, int i);
const char *explain_target_name(const struct view *, struct explain_target);
int explain_target_source(const struct view *, struct explain_target);
/* Moves the view's subject to one of the selected series, unless it is one already. */
void explain_target_follow(struct view *);
/* Moves it to the rule of the alert that has the focus; false: there is none. */
bool explain_target_alert(struct view *);

#endif
