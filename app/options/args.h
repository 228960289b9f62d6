/* args.h - the command line: one table of options, from which come parsing, checks and --help. */
#ifndef WEIR_ARGS_H
#define WEIR_ARGS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/params/params.h"
#include "data/base/text.h"
#include "data/input/feed.h"

struct query;

struct arg_list { /* of an option that may be repeated; the texts are those of argv */
	const char **s;
	int n;
};

struct arg_size {
	int columns, rows;
};

struct arg_keep {
	int64_t age, bytes; /* ns; one of them is 0 */
};

struct args {
	struct arg_list sources;
	bool headless, help, version, manual, default_config;
	const char *config;
	double rate, speed; /* 0: not said; INFINITY: max */
	const char *start, *stop;
	bool loop;
	const char *format, *columns, *time, *by, *types;
	const char *encoding, *missing, *dates, *time_format, *zone;
	char delimiter, quote, comment, decimal;
	int skip; /* -1: not said */
	bool no_header;
	int max_keys, horizon, fps;
	struct span window;
	int64_t lateness, poll;
	bool sort, follow, with_rotated, no_actions;
	struct arg_list derive, kpis, alerts;
	const char *truth; /* where it was odd */
	unsigned emit;     /* enum event_type, or-ed; 0: not said */
	struct span every;
	const char *store;
	bool resume;
	struct span checkpoint;
	struct arg_keep keep;
	int64_t rewind_memory; /* bytes; 0: not said */
	int argc;              /* all of it, as it was given */
	char *const *argv;
	const char *out, *out_format, *fail_on, *snapshot, *cast;
	int64_t max_bytes;
	struct arg_size size;
	const char *serve, *token, *token_file;
	const char *motion, *color, *theme;
	bool ascii, no_mouse;
};

/* -1 with err: wrong usage. args_done also after that. */
int args_parse(struct args *, int argc, char **argv, struct error *);
void args_done(struct args *);

/* A KPI that goes beside the default ones, "+EXPR" or "+NAME: EXPR": what follows the sign; else
 * the text itself. */
const char *args_kpi(const char *text, bool *beside);

unsigned args_emit(const struct args *); /* types of events to write: the default where not said */

/* How all sources are read; -f and --poll, which are for some of them, are left to the caller. */
struct feed_options args_feed_options(const struct args *);
/* Asks for what -d, -k and -a say. -1 with err: which of them is wrong, and where. */
int args_ask(struct query *, const struct args *, struct error *);

void args_usage(struct text *); /* the short one */
void args_help(struct text *);  /* all of it, from the table */

#endif
