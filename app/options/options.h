/* options.h - the table of options: all that is known about each, as data. */
#ifndef WEIR_OPTIONS_H
#define WEIR_OPTIONS_H

#include <stddef.h>

#include "data/base/params/params.h"
#include "data/base/text.h"

enum option_type {         /* and the type of the field in struct args */
	OPTION_FLAG,       /* bool */
	OPTION_TEXT,       /* const char * */
	OPTION_LIST,       /* struct arg_list */
	OPTION_CHOICE,     /* const char *: one of param.choices */
	OPTION_FORMAT,     /* const char *: one of the table of formats, see format_told */
	OPTION_COUNT,      /* int in [param.min, param.max] */
	OPTION_SPAN,       /* struct span: rows or a duration */
	OPTION_WINDOW,     /* struct span: rows, a duration or all */
	OPTION_DURATION,   /* int64_t, ns */
	OPTION_RATE,       /* double, rows a second */
	OPTION_SPEED,      /* double */
	OPTION_CHAR,       /* char */
	OPTION_BYTES,      /* int64_t */
	OPTION_SIZE,       /* struct arg_size */
	OPTION_KEEP,       /* struct arg_keep */
	OPTION_SIZE_BYTES, /* int64_t */
	OPTION_EVENTS      /* unsigned, enum event_type */
};

struct option {
	char letter;          /* 0: none */
	const char *argument; /* as help names it; NULL: a flag */
	enum option_type type;
	size_t field;       /* in struct args */
	struct param param; /* name without dashes, default as text, range, choices, help */
	const char *absent; /* not NULL: this build cannot; what to do instead */
	const char *group;  /* the first of a group in --help: its heading */
};

/* Appends ": a|b|c", what the option may be; nothing where it may be anything. */
void option_choices(const struct option *, struct text *);

extern const struct option options[]; /* ends with a NULL name */

#endif
