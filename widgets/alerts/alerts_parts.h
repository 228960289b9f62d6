/* alerts_parts.h - what the files of the alerts share; nobody else includes it.
 *
 * alerts.c          the widget: which of the two it shows
 * alert_lines.c     the rules, each with its state
 * alert_episodes.c  what fired, from its beginning to its end */
#ifndef WEIR_ALERTS_PARTS_H
#define WEIR_ALERTS_PARTS_H

#include "widgets/widget.h"

enum {
	ALERT_FIRES = 0x25cf,
	ALERT_RESTS = 0x25cb,
	ALERT_DRIFT = 0x25c7,
	EPISODES_W = 60 /* cells: in less there is no room for their columns */
};

/* of: what the pane is of; "" names all. */
bool alerts_has_rule(const struct view *, const char *of, int rule);
bool alerts_has_mark(const struct view *, const char *of, const struct mark *);
/* A newer mark tells of the same thing. */
bool mark_is_outdated(const struct view *, int mark);
/* What a rule asks for, "9.95 < 10" with a value that is not missing; of a rule without a name of
 * its own, which is called by what it asks for, the value alone. */
void alert_numbers(const struct view *, int rule, double value, char *out, size_t size);
/* The series that a rule has its threshold on; NULL: it has none. */
const struct series *alert_series(const struct view *, int rule);
/* Where time stands for rules of a source that still fire: in a live one it goes on while no row
 * comes. TIME_NONE: its rows have none. */
int64_t alert_now(const struct view *, int source);

int alert_lines_count(const struct view *, const char *of, int w); /* that they can fill */
void alert_lines_draw(const struct view *, const char *of, const struct canvas *);
int alert_lines_mark(const struct view *, const char *of, int w, int h, int y); /* in line y; -1 */

void episodes_draw(const struct view *, const char *of, const struct canvas *);
int episodes_mark(const struct view *, const char *of, int w, int h, int y);

#endif
