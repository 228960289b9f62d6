/* rig.h - a dashboard on an engine that reads a text, one row at a time, drawn as text. */
#ifndef WEIR_TESTS_RIG_H
#define WEIR_TESTS_RIG_H

#include "app/dashboard/dashboard.h"
#include "app/run/session.h"

struct rig {
	struct session session;
	struct args args;
	struct engine *engine;   /* the session's */
	struct history *history; /* likewise */
	struct dashboard *dashboard;
	struct text picture;
	char path[64];
	struct config *config; /* NULL: no dashboard file */
	int64_t now;           /* ns; a tenth of a second for each row */
};

struct rig_options {
	enum motion motion;
	bool default_kpis;
	const char *kpis[4], *alerts[4]; /* end with NULL */
	const char *by;                  /* as -b has it; NULL */
	int max_keys;                    /* 0: the default */
	const char *truth;               /* as --truth has it; NULL */
};

extern const char rig_seed[]; /* a recording of 15 rows: temperature and pH */

/* Paused before the first row. */
void rig_open(struct rig *, const char *csv, const struct rig_options *);
/* The same of a dashboard file with this text, as -c opens it; -1 with err: it is wrong. Its
 * columns are known then, and no row went. */
int rig_open_file(struct rig *, const char *yaml, struct error *);
/* Another text in that file, read again as ^R does; -1 with err: it is wrong. */
int rig_reload(struct rig *, const char *yaml, struct error *);
void rig_close(struct rig *);
/* Lets n rows go; each is drawn, at w x h, when w is not 0. */
void rig_rows(struct rig *, int n, int w, int h);
/* Until it is where it went back to. */
void rig_arrive(struct rig *);
/* Until the engine says that all rows are read. */
void rig_end(struct rig *);
/* Keys by their characters; '\t' Tab, '\r' Enter, '\033' Esc, '\b' backspace, 1..4 the arrows up,
 * down, left, right as characters \1 .. \4. */
enum outcome rig_keys(struct rig *, const char *keys);
/* The lines of the screen, blanks at their ends cut off. Valid until the next. */
const char *rig_picture(struct rig *, int w, int h, enum glyphs);
/* The last line of that, written into out. */
const char *rig_bottom(struct rig *, int w, char *out, size_t size);
/* It is said in the lowest line, or above it while the prompt is open. */
void rig_says(struct rig *, const char *text);
void rig_press(struct rig *, uint32_t code);

struct rig_step { /* keys, and what is seen of them; NULL: not asked */
	const char *keys;
	const char *line;  /* the lowest line, the whole of it */
	const char *shows; /* stands on the screen; "!text": the text does not */
};
/* On a screen of w x h cells. */
void rig_steps(struct rig *, int w, int h, const struct rig_step *, size_t n);

#endif
