/* widget.h - something to look at. One widget = one file with one const struct widget_class, and
 * one line in list.h. A widget draws from const data; what it computes is where things go, no more.
 *
 * A frame has two passes: every widget is updated, then every widget is drawn from const. What is
 * remembered from frame to frame (ranges that shrink late, widths that only grow) changes in
 * update; draw allocates nothing. */
#ifndef WEIR_WIDGET_H
#define WEIR_WIDGET_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/metric.h"
#include "data/base/params/params.h"
#include "data/engine/engine_view.h"
#include "data/history/history.h"
#include "data/trial/trials.h"
#include "widgets/draw/canvas.h"
#include "widgets/draw/plot.h"

enum { SERIES_KPIS = 16 };
struct series { /* one number column of one source, with the tracks that the screen keeps of it */
	int source, column; /* column -1: a KPI of the user's own */
	char *name;         /* "column", or "source.column" where two share it */
	const char *label;  /* how a dashboard file calls it; NULL */
	const char *unit;   /* as it says, else as the cells have it; NULL: none */
	/* what its axis spans there; NaN: what its values do */
	double min, max;
	int kpi_of;                          /* the KPI that it is; of a column -1 */
	int track;                           /* its values */
	int expected, lower, upper, anomaly; /* tracks; -1 */
	int kpi[SERIES_KPIS];                /* its default KPIs in the engine's order; -1 */
};

struct own_kpi { /* one of the user's own */
	int kpi;
	int track;        /* -1: its values are texts */
	const char *unit; /* NULL */
};

struct hint { /* what a key does, for the help and the line of keys */
	const char *keys,
	    *ascii;        /* "↑/↓", and how that is written in ASCII where it differs; NULL */
	const char *brief; /* for the line; NULL: not in the line */
	const char *help;
	int line;          /* its place in the line, from 1 */
	int rank;          /* how important it is there: 1 is left out last */
	const char *group; /* what it stands under in the help */
};

struct key_list; /* see keys/key_list.h */

struct view { /* all that a widget may look at */
	const struct engine *engine;
	const struct history *history;
	const struct pacer *pacer;
	/* nseries columns, behind them the own KPIs that are numbers */
	const struct series *series;
	int nseries, nlines; /* nlines: of these KPIs */
	const struct own_kpi *own;
	int nown;
	const struct hint *hints;
	int nhints;
	int selected;      /* series that has the focus */
	int selected_mark; /* in lists of marks: the one that has the focus */
	int subject;       /* KPI or rule that explain tells; see subject.h */
	uint64_t window;   /* rows that a chart shows; 0: as many as fit */
	bool window_told;  /* by who looks at it: also where a chart has its own */
	enum motion motion;
	int step;               /* columns by which charts move at least; 0 is 1 */
	bool rests;             /* bytes are scarce: statistics stand as in the last frame */
	enum glyphs glyphs;     /* what the screen can show: how fine the dots are */
	int scroll;             /* first line, for lists */
	int side;               /* first column, for the rows as they came */
	const char *filter;     /* show only series whose name contains it; NULL */
	const char *key_filter; /* likewise of keys */
	struct key_list *keys;  /* of --by, as they are listed */
	bool one_key;           /* one was chosen, and all is about it; else it is one of all */
	int64_t now;            /* clock of the frame */
	/* rows go on, the picture of each source stands at its row; NULL */
	const uint64_t *frozen;
	const char *dialect;           /* how rows are written, in brief; "" in the plain case */
	const char *message;           /* said for a moment in the place of the keys; NULL */
	const char *note, *note_title; /* what a demo tells at this row, or told last; NULL */
	bool note_fresh;               /* at this very row: the replay is held for it */
	bool note_away;                /* it was read, and is to leave its room to the others */
	const char *const *notes;      /* all that it tells in turn */
	uint64_t first_note;           /* the row of the first of them */
	int nnotes;
	const struct trials *trials; /* rules against the truth; NULL: it is not told */
	bool tried;      /* that is what the run is for: its table is printed at the end */
	int more_series; /* that are not followed: there are too many */
	const struct metric *metrics; /* how the program itself is; n 0: not yet looked at */
	int nmetrics;
	const char *trouble; /* why nothing is recorded though it should be; NULL */
	int left_out;        /* columns that found no room on this screen */
	int panes_left_out;  /* and panes */
};

struct widget {
	const struct widget_class *class;
	void *state;                /* class->size bytes, given zeroed */
	const struct value *values; /* of class->params */
	const char *title;          /* NULL: its own */
};

enum { LINES_ANY = 1000 }; /* of a widget that can fill as many as it is given */

struct heading { /* of a frame */
	char title[96];
	char note[96];
	char keys[24]; /* words of the note that are keys, between blanks: they are lit */
};

/* What a pane's of: or kpis: may name; a comma stands between names. */
enum naming {
	NAMES_NONE,       /* the option means nothing to it */
	NAMES_LINE,       /* one number column, or a KPI that is a number */
	NAMES_LINES,      /* several of these */
	NAMES_PAIR,       /* two of these */
	NAMES_SERIES,     /* one number column */
	NAMES_SERIESES,   /* several */
	NAMES_COLUMNS,    /* columns of any type, of one source */
	NAMES_TEXT,       /* one column; where there are kpis: too, what these are of */
	NAMES_RULES,      /* columns that rules read, or rules */
	NAMES_SUBJECT,    /* a KPI, a rule, or a number column */
	NAMES_STATISTIC,  /* one statistic of what of: names, or a KPI */
	NAMES_STATISTICS, /* several */
	NAMES_WORDS       /* some of the parameter's choices */
};

enum hit_kind {
	HIT_NOTHING,
	HIT_SERIES,
	HIT_MARK,
	HIT_SUBJECT,
	HIT_SHARE,
	HIT_KEY,   /* a line of the list of keys */
	HIT_COLUMN /* of those that keys are sorted by */
};
enum { HIT_WHOLE = 10000 }; /* of a share */

struct hit { /* what stands in a cell */
	enum hit_kind kind;
	int index;
};

struct widget_class {
	const char *name, *help;
	const struct param *params; /* among them "of" and "kpis" where they mean something */
	enum naming of, kpis;
	size_t size;
	bool bare;        /* never has a frame */
	bool whole;       /* of use only with all its lines: it is given them, if it can be */
	int min_w, min_h; /* without frame; smaller than this it is left out */
	/* the same on a screen that is too small for frames; 0: no other */
	int small_w, small_h;
	int weight; /* who is left out first when there is no room: the lightest */
	int (*init)(struct widget *, const struct view *, struct error *);
	/* w x h cells are there, without the frame. Returns how many columns it has to leave out.
	 */
	int (*update)(struct widget *, const struct view *, int w, int h);
	void (*heading)(const struct widget *, const struct view *, struct heading *);
	/* Lines that it can fill, w columns wide; 0: it has nothing to show. NULL: any. */
	int (*lines)(const struct widget *, const struct view *, int w);
	void (*draw)(const struct widget *, const struct view *, const struct canvas *);
	/* What a click in cell x, y of its w x h takes the focus to, as it was last drawn. NULL:
	 * nothing. */
	struct hit (*at)(const struct widget *, const struct view *, int w, int h, int x, int y);
	void (*done)(struct widget *);
};

extern const struct widget_class *const widget_classes[]; /* ends with NULL */
const struct widget_class *widget_class_find(const char *name);

/* Rows of a source that the picture shows, from 0: what came after view->frozen is not there yet.
 */
uint64_t view_end(const struct view *, int source);
/* Rows that charts and trends show: view->window, or all of a shorter recording. 0: as many as fit.
 */
uint64_t view_window(const struct view *, int source);
/* No column has numbers, and some have texts: what widgets of series have no lines for. */
bool view_texts_alone(const struct view *);
/* Lines of a widget that can fill any number; 0 where there is no series for it. */
int view_series_lines(const struct view *);
/* Why there is nothing to draw. */
const char *view_emptiness(const struct view *);
/* The same where a pane is of: something, which may be a text: "state is text". */
enum { REASON_CHARS = 96 };
void view_reason(const struct view *, const char *of, char out[REASON_CHARS]);
bool view_shows(const struct view *, int series); /* the filter lets it pass */
/* With --by: the key of a source that is looked at, though it may be forgotten, n bytes and an end;
 * NULL: it has none. */
const char *view_key(const struct view *, int source, size_t *n);
const struct series *view_selected(const struct view *); /* NULL when there is no series */
/* The forecaster of the selected series, for forecast.h to tell of; NULL: it has none. */
const struct op *view_forecaster(const struct view *);
/* The column or KPI of that name (n bytes); NULL when there is none. */
const struct series *view_line(const struct view *, const char *name, size_t n);
/* What the widget's parameter i names; left out: the selected series. NULL: there is none. */
const struct series *widget_series(const struct view *, const struct widget *, int i);
/* The rows that a window of the series' source spans, from first to end; false when there are none.
 */
bool view_span(const struct view *, const struct series *, uint64_t *first, uint64_t *end);
/* The value of a series' track at the last row of the picture; missing before any. */
double view_last(const struct view *, int source, int track);
/* The user knows when its rows were: the stamps of a source without a time column tell nothing. */
bool view_has_times(const struct view *, int source);
bool view_rule_reads(const struct view *, int rule, const struct series *);
/* Is the condition of a rule "this series < number", or the like? Then the number. */
bool view_threshold(const struct view *, int rule, const struct series *, double *at);
/* The same of the condition that ends it, where there is one. */
bool view_clears(const struct view *, int rule, const struct series *, double *at);

/* What a series is called: its label, and its unit behind it. */
enum { TITLE_CHARS = 80 };
void series_title(const struct series *, char out[TITLE_CHARS]);
/* The title of the widget's own, else of the series, else the fallback. */
void heading_title(
    struct heading *, const struct widget *, const struct series *, const char *fallback);

/* What a key of n bytes is called, in at most `size` bytes with the end: a row may have none. */
enum { KEY_CHARS = 64 };
void key_label(const char *key, size_t n, size_t size, char *out);
/* Behind the title, with --by: whose it is. */
void heading_key(struct heading *, const struct view *, int source);
/* With --by, while all keys are looked at. */
bool view_all_keys(const struct view *, int source);
/* With --by: it is of the key that is looked at; without, all are. */
bool mark_is_looked_at(const struct view *, const struct mark *);

/* The rows of a track that came since the last time, of very many the last. */
struct figures;
void view_see(const struct view *, struct figures *, int source, int track);

enum style severity_style(enum severity);
/* When a mark was: "12:04:20", with the date where that is another day, or "row 401". */
enum { WHEN_CHARS = 40 };
void mark_when(const struct view *, const struct mark *, char *out);
/* What a rule asks for, with the mark's value where that says it all: "9 < 10". */
void mark_condition(const struct view *, const struct mark *, char *out, size_t size);

#endif
