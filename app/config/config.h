/* config.h - a dashboard file: read, checked and kept, with the place of each expression in it.
 *
 * Tables say what a file may hold (config_tables.c); reading, checks, the example that
 * --default-config writes, and the end of it all are read off them. An error is one line,
 * "FILE:LINE:COLUMN: what (what was expected)". Loading again gives a new struct config: nothing
 * else is touched. */
#ifndef WEIR_CONFIG_H
#define WEIR_CONFIG_H

#include <stdbool.h>
#include <stdint.h>

#include "app/actions/action.h"
#include "app/config/yaml.h"
#include "data/base/params/params.h"
#include "data/base/text.h"
#include "data/engine/engine.h"
#include "widgets/widget.h"

struct config_text {          /* what errors may have to point into */
	char *s;              /* NULL: left out */
	struct yaml_place at; /* of its first character */
	bool exact; /* it stands there letter by letter, so a place in it is a place in the file */
};

struct config_source {
	struct yaml_place at;
	char *name;              /* NULL: the source names itself */
	struct config_text uri;  /* a relative path was made one from the folder of the file */
	struct config_text time; /* and the rest as in struct dialect_options */
	char *format, *delimiter, *columns, *types;
	char *ack; /* NULL */
	char *encoding, *quote, *comment, *decimal, *missing, *dates, *time_format, *zone;
	int skip;
	struct yaml_place format_at, types_at, follow_at, speed_at;
	bool skip_told; /* else found */
	bool no_header, follow, with_rotated, loop, sort;
	bool sound;   /* nothing in it is wrong, and its path is placed */
	int64_t poll; /* ns; 0: none */
	/* Of the replay, which is one for all sources: config_load leaves them as written, and what
	 * the sources say together stands in struct config. */
	double rate, speed;
	struct config_text start, stop;
};

struct config_named { /* a derived column or a KPI */
	struct yaml_place at;
	struct yaml_place name_at;
	char *name; /* KPIs: NULL: its expression */
	struct config_text expr;
	char *unit; /* NULL */
};

struct config_column { /* how a column is shown; NULL and NaN: not said */
	struct yaml_place at;
	char *name, *unit, *label;
	double min, max;
};

struct config_action {
	struct yaml_place at;
	struct action action;
};

struct config_alert {
	struct yaml_place at;
	char *name; /* NULL: its condition */
	struct config_text when, clear;
	struct span lasting;    /* `for` */
	int64_t keep, cooldown; /* ns */
	enum severity severity;
	unsigned on; /* states in which they are done: 1 << enum alert_state, or-ed; 0: firing */
	struct config_action *actions;
	int nactions;
};

struct config_note {
	struct yaml_place at;
	int row;            /* `at`: of the first source, from 1; ascending */
	char *text, *title; /* title: NULL */
};

struct config_key { /* a key bound to a command line of the prompt */
	struct yaml_place at;
	char *key;
	struct config_text line;
};

struct config_pane {
	struct yaml_place at;
	const struct widget_class *class;
	struct value *values; /* of class->params, all: what was not written has its default */
	char *title;          /* NULL: the widget's own */
	char *of, *kpis;      /* as written, "a, b"; NULL. Among values too if the class has them */
	struct yaml_place of_at, kpis_at;
	int width; /* weight in its row; 1 when not said */
};

enum { CONFIG_PANES_MAX = 32 }; /* in all rows together */

struct config_row {
	struct yaml_place at;
	int height; /* weight; 1 when not said */
	struct config_pane *panes;
	int npanes;
};

struct config {
	char *path;  /* of the file, as errors call it */
	char *bytes; /* what stands in it */
	size_t len;
	char *about; /* one line, for lists; NULL */
	struct config_source *sources;
	int nsources;
	struct config_text by;
	struct span window;    /* SPAN_NONE: not said */
	int max_keys, horizon; /* 0: not said */
	int64_t lateness;      /* ns */
	struct config_named *derive, *kpis;
	int nderive, nkpis;
	struct config_column *columns;
	int ncolumns;
	struct config_alert *alerts;
	int nalerts;
	struct config_note *notes;
	int nnotes;
	struct config_row *layout; /* none: the overview */
	int nlayout;
	struct config_key *keys;
	int nkeys;
	/* of the replay, from the sources */
	double rate, speed;       /* 0: not said; INFINITY: max */
	const char *start, *stop; /* NULL */
	bool loop;
};

/* A NAME without '/' and without ".yaml" is $XDG_CONFIG_HOME/weir/NAME.yaml (~/.config), else the
 * installed demo of that name; anything else is a path. config_done also after -1. */
int config_load(struct config *, const char *name, struct error *);
/* While rows go: what is no file, such as a pipe, is not waited for. */
int config_load_again(struct config *, const char *name, struct error *);
/* Goes on behind each mistake; -1 with all of them. What is wrong is left out of the config. */
int config_load_all(struct config *, const char *name, struct errors *);
void config_done(struct config *);
void config_free(struct config *); /* one on the heap; NULL */

/* What the file says for the engine (config_query.c). The options' texts are the config's. */
void config_options(const struct config *, struct engine_options *);
int config_add_sources(const struct config *, struct engine *, struct error *);
/* Derived columns, KPIs and alerts, in this order. */
int config_add_asked(const struct config *, struct query *, struct error *);

/* All that is wrong with sources, or that keeps them from being added; -1: the columns cannot be
 * known. */
int config_check_sources(const struct config *, struct engine *, struct errors *);
/* All that is wrong with expressions and the names in panes: of, the engine's query, knows the
 * columns of the sources. */
void config_check_query(const struct config *, const struct query *of, struct errors *);

/* An error of the engine about something that stands in the file becomes one of the file. Left
 * alone when it is about nothing in the file. */
void config_locate(const struct config *, struct error *);
/* Adds the line of the file that an error points at, and a line with a caret; else nothing. */
void config_excerpt(const struct config *, const struct error *, struct text *);

/* A source whose name is wrong whatever comes later, such as synth:NAME without such a NAME. */
int config_source_check(const char *uri, struct error *);
/* Do two files say the same of their sources? */
bool config_same_sources(const struct config *, const struct config *);

/* How a column is shown; NULL when the file does not say. unit: of columns, derived ones and KPIs.
 */
const struct config_column *config_column(const struct config *, const char *name);
const char *config_unit(const struct config *, const char *name);

/* A commented example of all that a file may hold. */
void config_example(struct text *);

#endif
