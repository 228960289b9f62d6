/* history_parts.h - what the files of the history share; nobody else includes it.
 *
 * history.c      tracks, stamps and marks
 * history_raw.c  the last rows as they came
 * history_key.c  another key is looked at
 * history_back.c all of it goes back */
#ifndef WEIR_HISTORY_PARTS_H
#define WEIR_HISTORY_PARTS_H

#include "data/history/history.h"

struct track {
	int source, index; /* column or KPI */
	bool is_kpi;
	double *values; /* ring; row r stands at r & ROW_MASK */
};

struct raw_cell {
	enum { RAW_MISSING, RAW_NUMBER, RAW_TIME, RAW_TEXTUAL } kind;
	bool bad;
	uint8_t len;
	union {
		double number;
		int64_t time;
		uint32_t at; /* in the row's bytes */
	} v;
};

struct raw_row {
	uint64_t number;
	struct raw_cell *cells;
	char *bytes;
	uint32_t len, cap;
};

struct lane {                                /* of one source */
	uint64_t end;                        /* rows seen */
	uint64_t most;                       /* ... ever, before it went back */
	uint64_t low;                        /* what was before is not in the rings any more */
	uint64_t from;                       /* those before are of another key */
	uint32_t looks;                      /* how often another one was looked at */
	bool begun;                          /* by going back; its marks are to be placed */
	int64_t *time;                       /* ring */
	uint64_t base;                       /* end before the run just seen ... */
	int at;                              /* ... which stood there in its block */
	struct raw_row *raw;                 /* ring */
	int nraw, columns;                   /* the ring is twice as long as what is shown */
	uint64_t raw_end, raw_most, raw_low; /* as of the others */
};

struct history {
	const struct engine *engine;
	struct lane *lanes;
	int nlanes;
	struct track *tracks;
	int ntracks;
	struct mark marks[HISTORY_MARKS]; /* ring */
	uint64_t nmarks;                  /* ever made */
	char *text;                       /* the cell last asked for */
};

/* Rows of a ring: those that are shown, and as many before them, which are shown when it goes back.
 */
enum { RING_ROWS = 2 * HISTORY_ROWS, ROW_MASK = RING_ROWS - 1 };

/* history_key.c: what is kept of the rows before is of another key: it begins with what the one
 * that is looked at now holds itself. */
void lane_begin(struct history *, int source);
void lane_place_marks(struct history *, int source); /* then: at which of its rows they are */

/* history_back.c: as struct listener has them. */
void history_save(const void *self, struct buffer *);
bool history_holds(const void *self, struct reader);
int history_go_back(void *self, struct reader *);

enum { RAW_CHARS = 160 }; /* room for a cell as text */

/* Keeps the rows at .. at+n-1 of the block. */
void raw_keep(struct lane *, const struct block *, int at, int n);
/* The columns have other numbers; see query_column_was(). */
void raw_renew(struct lane *, const struct engine *, int source);
void raw_done(struct lane *);

#endif
