/* dialect.h - how the rows of a source are written: what is told of it, and what was found. */
#ifndef WEIR_DIALECT_H
#define WEIR_DIALECT_H

#include <stdbool.h>

#include "data/base/bytes.h"

/* The signs behind each cell and each record of dialect.titles. */
enum { TITLES_MAX = 512, TITLE_CELL = 0x1f, TITLE_RECORD = 0x1e };

/* In the place of a delimiter: two blanks at least, or a tab, part words; one is a part of them. */
enum { DELIMITER_RUNS = 0x01 };

struct dialect_options {      /* what is told of it; zeroed: all is found */
	const char *format;   /* as -F has it; NULL: auto */
	const char *encoding; /* as iconv names it; NULL: found */
	char delimiter;       /* 0: found */
	char quote;           /* 0: found */
	char comment;         /* 0: # */
	char decimal;         /* the sign before decimals, . or ,; 0: found, by column */
	bool skip_told;       /* skip counts */
	int skip;             /* lines before the header or, where there is none, the first row */
	bool no_header;
	const char *columns; /* "a,b,c": names told; NULL */
	const char *missing; /* "a,b": texts that are missing cells besides the usual ones; NULL */
	const char *dates;   /* dmy, mdy or ymd; NULL: found */
	const char *time_format; /* of times, as of strptime; NULL: found */
	const char *zone;        /* of times without one; NULL: UTC */
	const char *types;       /* "a=number,b=text"; NULL */
	const char *time;        /* the time column; NULL: found */
};

/* The copy owns its texts. */
struct dialect_options dialect_options_copy(const struct dialect_options *);
void dialect_options_done(struct dialect_options *); /* of a copy */

/* One way of writing that was thought of, and what spoke for it. */
struct dialect_candidate {
	char delimiter, quote;
	bool words;  /* any number of blanks is one delimiter */
	int width;   /* cells of most records */
	float share; /* of the records, those of that width */
	float known; /* of their cells, those that look like a value or a word */
	float score;
};
enum { DIALECT_CANDIDATES = 16 };

enum json_shape {
	JSON_ROWS,   /* each object is a row */
	JSON_GRID,   /* each array is, its cells having no names */
	JSON_COLUMNS /* each object is a table: see json_columns.h */
};

struct dialect {               /* of rows in plain text; zeroed: nothing was found */
	const char *format;    /* csv, tsv or words; NULL: there is nothing to be found in */
	const char *parameter; /* of the format, as told; NULL */
	char encoding[32];     /* as iconv names it; "UTF-8" is the plain case */
	int mark;              /* bytes of the byte order mark */
	char delimiter;
	char quote;
	char escape;  /* a quote behind it is none; 0: quotes are doubled */
	char comment; /* lines that begin with it are none of the table */
	bool sep;     /* the first line was sep=; as spreadsheets write it */
	bool blanks;  /* those behind delimiters are no part of the cells */
	int skip;     /* lines before the header or the first row: titles, comments, blank ones */
	/* The records right before the header, as far as there is room: so they are known when they
	 * come again. */
	char titles[TITLES_MAX];
	int header;          /* records that name the columns, their texts joined; 0: none */
	bool header_comment; /* the header stands behind a comment sign */
	int units;           /* records of units below it */
	int width;           /* cells of most rows */
	int columns;         /* of the widest record of the sample, without empty_tail */
	int empty_tail;      /* cells behind these: without a name, empty in all of the sample */
	int wrapped; /* of JSON: its rows are an array so many objects deep; 0: they are not */
	enum json_shape shape;
	/* of the forms of its columns, where one at least is written so */
	char decimal;      /* , ; 0: a point */
	char group;        /* between thousands; 0: nothing */
	const char *time;  /* "date+clock", two columns that are one time; NULL: there are none */
	const char *dates; /* dmy or mdy; NULL: years come first, or there are none */
	int gap; /* the how-manieth name of the header is empty and of no column; 0: none is */
	bool row_names; /* rows have one cell more than the header: the first names the row */
	/* the way taken is the first */
	struct dialect_candidate candidates[DIALECT_CANDIDATES];
	int ncandidates;
};

/* What is needed to read on, but the format; loaded into one that is zeroed. -1: damaged. */
void dialect_save(const struct dialect *, struct buffer *);
int dialect_load(struct dialect *, struct reader *);

#endif
