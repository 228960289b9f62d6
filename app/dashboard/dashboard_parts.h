/* dashboard_parts.h - what the files of the dashboard share; nobody else includes it.
 *
 * dashboard.c        made, told what happens, steered by keys
 * dashboard_frame.c  drawn frame by frame
 * series_list.c      what there is to see: columns and KPIs
 * panes.c            the views' widgets
 * borders.c          what stands in their borders
 * message.c          what is said for a moment
 * notes.c            the notes of a dashboard file
 * commands/          what commands do, a family each */
#ifndef WEIR_DASHBOARD_PARTS_H
#define WEIR_DASHBOARD_PARTS_H

#include "app/dashboard/borders.h"
#include "app/dashboard/dashboard.h"
#include "app/dashboard/filter.h"
#include "app/dashboard/keymap.h"
#include "app/dashboard/layout.h"
#include "app/dashboard/prompt.h"
#include "app/views/custom.h"
#include "app/views/view.h"

#define REST INT64_C(1000000000) /* ns, of statistics where bytes are scarce */

/* Series that there are lines of; of those beyond BANDS_MAX the band of what is expected begins
 * when one is looked at: a line costs 128 KiB. */
enum { SERIES_MAX = 1000, BANDS_MAX = 64, MESSAGE_CHARS = 512 };

struct placed { /* a pane of a view, as long as the dashboard lives */
	struct widget widget;
	struct value *values; /* of its parameters; NULL: they are a dashboard file's */
};

struct dashboard {
	struct engine *engine;
	struct history *history;
	struct view view; /* what widgets see; view_point() points it into the members below */
	struct series *series;
	struct own_kpi *own;
	uint64_t *frozen;            /* a row for each source */
	bool freezing;               /* the picture stands there */
	int kpis;                    /* of the engine, when series and own were made; -1: not yet */
	const struct config *config; /* NULL: no dashboard file */
	struct custom custom;        /* its view */
	uint64_t *holds;             /* the rows of its notes */
	const char **notes;          /* their texts, the config's */
	int note_away;               /* the one that was put away, from 1; 0: none */
	bool alert_chosen;           /* the focus went to an alert last, not to a series */
	struct placed **placed;      /* for each view, its panes */
	int shown, back;             /* the view, and the one that Esc goes back to */
	struct keymap keymap;
	struct filter filter, key_filter;
	struct filter *filtering;  /* the one that keys go to, while it is open; NULL */
	struct prompt prompt;      /* behind ':' */
	const struct theme *theme; /* asked for there; NULL */
	char *save_path;           /* likewise; NULL: none yet */
	char *source;              /* likewise: to be added; NULL */
	char message[MESSAGE_CHARS];
	int64_t message_until;         /* INT64_MIN: none */
	bool boxed;                    /* the message is too long for a line */
	int64_t told_at;               /* statistics were last told; they rest until then again */
	int stopper;                   /* the rule that has just paused the replay; -1 */
	struct text told;              /* notes that are to be said */
	struct text dialects;          /* what of the sources' dialects is not the plain case */
	bool bell;                     /* a rule asks for it */
	int64_t bell_at;               /* when it was last rung; INT64_MIN: never */
	struct rect rects[PANES_MAX];  /* where the panes of the last frame stand */
	struct rect inners[PANES_MAX]; /* and what is in their frames */
	struct tabs tabs;              /* of the views, where they stand in it */
	int click_x, click_y;          /* the cell of the last key, when that was of the mouse */
	int drawn;                     /* the view of that frame; -1: none yet */
};

int view_count(void);
const struct view_class *view_shown(const struct dashboard *);
/* The one of that number: the first is the dashboard file's, when that has a layout. */
const struct view_class *view_at(const struct dashboard *, int view);

/* panes.c */
void view_open(struct dashboard *, int view);
void view_close(struct dashboard *, int view);
int pane_count(const struct view_class *);

/* series_list.c: all there is to see, found anew; the focus stays on the series of that name. */
void series_find(struct dashboard *);
/* The series with the focus has its band from now on. */
void series_look(struct dashboard *);
/* What the view points into may have moved: it points there again. Nobody else sets its series,
 * own, hints and frozen. */
void view_point(struct dashboard *);

/* message.c: what is to be said now, and where; then over the picture. */
void message_follow(struct dashboard *, const struct canvas *, int64_t now);
void message_draw(const struct dashboard *, const struct canvas *);

/* notes.c */
void notes_init(struct dashboard *);
/* Finds the note that is told at the row of the picture. */
void notes_follow(struct dashboard *);
/* Puts the note away that is on the screen, or takes it out again; it comes back with the next one
 * anyway. False: there is none to be seen in this view. */
bool notes_put_away(struct dashboard *);
/* Over the lower lines of a picture that has no pane for notes, while the replay is held for one.
 */
void notes_draw(const struct dashboard *, const struct canvas *);

/* commands/line.c: a key while the prompt, or the filter, is open. */
enum outcome prompt_type(struct dashboard *, const struct input *, int64_t now);
enum outcome filter_type(struct dashboard *, const struct input *);

/* commands/view.c: shows that one. */
void view_go(struct dashboard *, int view);

/* keys_looked.c: with --by. Keys are listed on the screen, and arrows go through them. */
bool keys_are_listed(const struct dashboard *);
bool keys_are_there(const struct dashboard *); /* some source has a column for them */
/* The key so named is looked at, by all sources that know it; how many do. */
int key_look(struct dashboard *, const char *key, size_t n);
/* Before a frame: some key is looked at. */
void keys_follow(struct dashboard *);
/* All is about the key that is looked at, or about all of them again. */
void key_choose(struct dashboard *, bool one);
void key_move(struct dashboard *, int by);

/* commands/focus.c: the focus goes so many series down, or up, among those that the filter lets
 * pass. */
void focus_series(struct dashboard *, int by);

/* commands/replay.c: all rows are read, and that this is so is said. */
bool replay_has_ended(const struct dashboard *);
enum outcome replay_say_ended(struct dashboard *, int64_t now);

/* commands/rewind.c: back by so many rows; to a row, or to a time, as engine_seek_back() has them.
 */
enum outcome replay_back(struct dashboard *, uint64_t rows, int64_t now);
enum outcome replay_back_to(struct dashboard *, uint64_t row, int64_t time, int64_t now);
/* commands/place.c: to that share of the rows. */
enum outcome replay_go_to_share(struct dashboard *, double share, int64_t now);

/* commands/dialect.c: how rows are written, in brief, found anew. */
void dialects_find(struct dashboard *);

/* commands/source.c: is there a source of that name, or one whose columns are not known yet? It
 * ends; the names of all. */
bool source_is_there(const struct dashboard *, const char *name);
enum outcome source_drop(struct dashboard *, const char *name, int64_t now, struct error *);
struct completion;
void source_complete(const struct dashboard *, const struct completion *);

/* commands/charts.c: a number of rows, or of a row, from 1. */
int command_rows(const char *argument, uint64_t *rows, struct error *);

#endif
