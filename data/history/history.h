/* history.h - what charts need of the past: the last HISTORY_ROWS values of chosen KPIs and
 * columns.
 *
 * A listener of the engine. A track is one line that somebody draws; it starts when it is asked
 * for. */
#ifndef WEIR_HISTORY_H
#define WEIR_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "data/engine/engine_view.h"

enum { HISTORY_ROWS = 16384, HISTORY_MARKS = 256 };

struct history;

struct history *history_new(struct engine *); /* listens; before the engine runs */
void history_free(struct history *);          /* NULL is fine */
uint64_t history_bytes(const struct history *);

/* The track of a number column of a source, or of a KPI; the same one for the same asker's wish. */
int history_column(struct history *, int source, int column);
int history_kpi(struct history *, int kpi);

/* Another key is looked at, see engine_look_at(): its lines begin here, with the rows of columns
 * that its windows hold. */
void history_begin_anew(struct history *, int source);

/* Rows of a source (with --by: of the key that is looked at): how many were seen in all; only the
 * last HISTORY_ROWS of them are kept. */
uint64_t history_end(const struct history *, int source);
uint64_t history_begin(const struct history *, int source);
double history_at(const struct history *, int track, uint64_t row); /* row begin..end-1; from 0 */
int64_t history_time(const struct history *, int source, uint64_t row);
/* Least and greatest value of rows [from, to); false when all are missing or none is kept. */
bool history_extent(
    const struct history *, int track, uint64_t from, uint64_t to, double *min, double *max);

struct mark {                 /* something happened at a row */
	enum event_type type; /* EVENT_ALERT, EVENT_DRIFT, EVENT_BAD */
	int source, rule;
	enum alert_state state;
	uint64_t row;    /* from 0, as above; UINT64_MAX: of a key that was not looked at */
	uint64_t number; /* as the user counts, from 1 */
	int64_t time;
	double value; /* of the first column that the rule reads */
	char what[96];
	char key[48]; /* with --by: whose row it was, cut; "" */
	bool seen;    /* acknowledged */
};
/* The last marks, newest first; n of them. */
int history_marks(const struct history *);
const struct mark *history_mark(const struct history *, int i);
void history_acknowledge(struct history *, int i);

/* The last raw rows as they came, newest last, for the rows view: text of each cell, and whether it
 * was bad. Kept: HISTORY_RAW rows, fewer of very many columns. */
enum { HISTORY_RAW = 512, HISTORY_RAW_CELL = 64 };
int history_raw(const struct history *, int source);
/* NULL: the cell is missing. Valid until the next one is asked for; cut to HISTORY_RAW_CELL
 * bytes. */
const char *history_raw_cell(const struct history *, int source, int i, int column, bool *bad);
uint64_t history_raw_number(const struct history *, int source, int i);

#endif
