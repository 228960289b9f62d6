/* config_parts.h - what the files of the dashboard file share; nobody else includes it.
 *
 * config_tables.c    what a file may hold: the whole and its smaller parts
 * config_source.c    ... sources
 * config_alert.c     ... alerts
 * config_action.c    ... what they do
 * config_layout.c    ... rows of panes
 * config_fill.c      a YAML tree into structs, by the tables
 * config_fields.c    one value by its type
 * config_same.c      ... given back, and compared with another
 * config_example.c   the tables as a commented example
 * config.c           finds, reads and checks a file
 * config_query.c     hands it to the engine
 * config_locate.c    errors of the engine at their place in the file */
#ifndef WEIR_CONFIG_PARTS_H
#define WEIR_CONFIG_PARTS_H

#include "app/config/config.h"

enum field_type {       /* and the type of the member */
	FIELD_TEXT,     /* char * */
	FIELD_PLACED,   /* struct config_text */
	FIELD_EXPR,     /* struct config_text: an expression, its syntax checked */
	FIELD_NAMES,    /* char *: "a, b", or a list of words */
	FIELD_NUMBER,   /* double */
	FIELD_COUNT,    /* int in [min, max] */
	FIELD_FLAG,     /* bool */
	FIELD_DURATION, /* int64_t, ns */
	FIELD_WINDOW,   /* struct span: rows, a duration or all */
	FIELD_LASTING,  /* struct span: "3 rows" or a duration */
	FIELD_RATE,     /* double, rows a second */
	FIELD_SPEED,    /* double */
	FIELD_SEVERITY, /* enum severity */
	FIELD_STATES,   /* unsigned: firing and resolved, 1 << enum alert_state, or-ed */
	FIELD_WORDS,    /* char **, and an int that counts them */
	FIELD_LIST,     /* an array of what table says, and an int that counts them */
	FIELD_WIDGET    /* const struct widget_class * */
};

struct table;

struct field {
	const char *key; /* NULL ends a table */
	enum field_type type;
	size_t offset;    /* of the member */
	const char *help; /* one line */
	const char *example;
	bool aside;  /* the example shows it as a comment */
	bool absent; /* this build cannot: the example does not show it */
	bool required;
	int min, max;           /* FIELD_COUNT; FIELD_LIST: max */
	size_t count;           /* offset of the int that counts */
	const struct table *of; /* FIELD_LIST */
};

struct loading { /* a file on its way in */
	const struct yaml_report *report;
	const char *folder;  /* of the file, with its '/'; "" when there is none */
	const char *written; /* where actions write: there too, but for dashboards of weir's own */
};

struct table {            /* one mapping; the struct of an item of a list begins with its place */
	const char *what; /* "a source" */
	size_t size;
	const void *blank; /* what it holds when nothing is said; NULL: zeroes */
	const struct field *fields;
	/* in the place of fields, and of what stands below for them; NULL: the fields tell all */
	int (*fill)(void *item, const struct yaml *, const struct loading *);
	void (*example)(struct text *, int indent);
	/* a text in the place of an item is the value of this key; NULL: there is no such key */
	const char *alone;
	/* a mapping in the place of a list: each key is the first field, its value that of this
	 * key; NULL: it is a list */
	const char *pair;
	bool open;   /* keys that are no field are left to check */
	bool unique; /* `name`, the first field, is given once */
	/* What a table cannot say. */
	int (*check)(void *item, const struct yaml *, const struct loading *);
	void (*done)(void *item);
};

extern const struct table config_table, source_table, alert_table, action_table, row_table;

int table_fill(const struct table *, void *item, const struct yaml *, const struct loading *);
void table_done(const struct table *, void *item);
/* Do the two items say the same? Lists within them are not looked at. */
bool table_same(const struct table *, const void *a, const void *b);
const struct field *table_find(const struct table *, const char *key);
/* "unknown key 'colour' (did you mean ...)": more names keys beside the table's; may be NULL. */
int table_unknown(
    const struct table *, const struct param *more, const struct yaml *key, const struct loading *);

/* A value that is no list of mappings. */
int field_fill(const struct field *, void *item, const struct yaml *, const struct loading *);
void field_done(const struct field *, void *item);
bool field_same(const struct field *, const void *a, const void *b);
const char *field_expected(enum field_type);
/* Where the value of a key stands; the mapping itself when it is not there. */
struct yaml_place place_of_key(const struct yaml *mapping, const char *key);

/* What is wrong with a text of the file becomes an error of the file, at the place in the text
 * where err knows one. Returns -1. */
int text_wrong(const struct yaml_report *, const struct config_text *, const struct error *);

/* config_example.c: ends a line with what is said of it. line: where in the text it begins. */
void example_help(struct text *, size_t line, const char *help);

#endif
