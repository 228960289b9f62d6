/* dashboard.h - the views on an engine: which is shown, what has the focus, and what keys do.
 *
 * It knows nothing of the terminal: keys come in, frames go to a canvas. Clocks are nanoseconds as
 * uv_hrtime gives them, passed in by the caller. */
#ifndef WEIR_DASHBOARD_H
#define WEIR_DASHBOARD_H

#include "app/config/config.h"
#include "app/dashboard/outcome.h"
#include "app/screen/input.h"
#include "widgets/draw/theme.h"
#include "widgets/widget.h"

struct dashboard;

/* Before the engine runs: it listens for the columns, and starts the tracks that its views draw. */
struct dashboard *dashboard_new(struct engine *, struct history *, enum motion);
void dashboard_free(struct dashboard *);
/* Its layout in the place of the overview, its notes, and how columns are shown; in the place of
 * those of another file that it used. The file outlives the dashboard, or that it uses another. */
void dashboard_use(struct dashboard *, const struct config *);

/* How its charts move from now on, and by how many columns at a time. */
void dashboard_move(struct dashboard *, enum motion, int step);

/* A key was pressed: what is to be done now. */
enum outcome dashboard_input(struct dashboard *, const struct input *, int64_t now);

const struct theme *dashboard_theme(const struct dashboard *);
/* The file that OUTCOME_SAVE names; until the next. */
const char *dashboard_save_path(const struct dashboard *);

/* The source that OUTCOME_SOURCE names; until the next. */
const char *dashboard_source(const struct dashboard *);

/* The next frame, on a cleared canvas. */
void dashboard_frame(struct dashboard *, const struct canvas *, int64_t now);
/* When a frame is due though nothing happened (a message ends); INT64_MAX: never. */
int64_t dashboard_wake(const struct dashboard *);
/* Says something for a moment in the place of the line of keys; warn: for a longer one. */
void dashboard_say(struct dashboard *, int64_t now, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void dashboard_warn(struct dashboard *, int64_t now, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Why nothing is recorded though it should be, in two words, as long as that lasts; NULL. */
void dashboard_trouble(struct dashboard *, const char *what);
/* Does anything show how the program itself is? Then it is told from time to time: n numbers, which
 * outlive the next. */
bool dashboard_shows_health(const struct dashboard *);
void dashboard_health(struct dashboard *, const struct metric *, int n);
/* Rules are on trial; NULL: they are not. It outlives the dashboard. alone: that is what the run is
 * for, charts show all rows that are kept, and what comes of it is printed at the end. */
void dashboard_trials(struct dashboard *, const struct trials *, bool alone);
/* The bell is asked for; to be rung now, at most once a second. */
void dashboard_ring(struct dashboard *);
bool dashboard_bell(struct dashboard *, int64_t now);

#endif
