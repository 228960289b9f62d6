/* alert.h - alert rules and their state machine: inactive, pending, firing, resolved.
 *
 * Time is the rows' own. A rule is evaluated at every row from two truth values, its condition and
 * its clearing condition; nothing but these and the stamps decides, so a replay at any pace gives
 * the same transitions. */
#ifndef WEIR_ALERT_H
#define WEIR_ALERT_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/error.h"
#include "data/base/params/params.h"

enum severity { SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_CRITICAL };
enum alert_state { ALERT_INACTIVE, ALERT_PENDING, ALERT_FIRING, ALERT_RESOLVED };

struct alert_rule {
	char *name;          /* its own, else the condition */
	char *when;          /* the condition, canonically spaced */
	char *clear;         /* hysteresis: fires until this holds; NULL: no hysteresis */
	struct span lasting; /* `for`: SPAN_NONE, rows or time */
	int64_t keep;        /* ns that it goes on firing after the condition ended */
	int64_t cooldown;    /* ns after resolving in which it does not fire again */
	enum severity severity;
	bool pause; /* the replay pauses at the row at which it begins to fire */
};

/* Reads "[NAME: ]EXPR [for DUR|N rows] [severity WORD]", the suffixes in any order. */
int alert_rule_parse(struct alert_rule *, const char *text, struct error *);
void alert_rule_done(struct alert_rule *);
const char *severity_name(enum severity);
int severity_parse(const char *word, enum severity *);
const char *alert_state_name(enum alert_state);

struct alert { /* the state of one rule, for one key; zeroed: inactive */
	enum alert_state state;
	uint64_t since_row; /* rows in a row that the condition was true */
	int64_t since;      /* time of the first of these */
	int64_t until;      /* firing: when the condition last held; later: when it was resolved */
	uint64_t fired;     /* how often it fired */
};

/* As fields, see bytes.h. -1: no state that an alert can be in. */
void alert_save(const struct alert *, struct buffer *);
int alert_load(struct alert *, struct reader *);

/* One row. Returns true when the alert began to fire or was resolved: see its state. */
bool alert_step(struct alert *, const struct alert_rule *, bool when, bool clear, int64_t time);
/* Time has gone on and no row came: as alert_step, but rules that count rows count none. */
bool alert_tick(struct alert *, const struct alert_rule *, bool when, bool clear, int64_t time);
/* When, after `after`, something may change by time alone, while its condition stays as it is: the
 * end of its `for`, of keep, of cooldown. INT64_MAX: never. */
int64_t alert_edge(const struct alert *, const struct alert_rule *, int64_t after);

#endif
