/* sample.h - the first records of a source, cut into cells in one way of writing. */
#ifndef WEIR_DIALECT_SAMPLE_H
#define WEIR_DIALECT_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "data/rows/look.h"

enum { SAMPLE_RECORDS = 100, SAMPLE_BYTES = 1 << 16 };

struct writing {
	char delimiter;
	bool words;  /* any number of blanks and tabs is one delimiter */
	char quote;  /* 0: none */
	char escape; /* 0: a quote in a cell is doubled */
	char comment;
};

struct span { /* a cell; in quotes: what stands between them, as it stood there */
	const char *s;
	int n;
	bool quoted;
};

struct record {
	int first, n;    /* its cells */
	int line, lines; /* the one it begins in, from 0, and how many it takes */
	bool comment;    /* it began with the comment sign, which is no part of its cells */
};

struct sample { /* zeroed: empty; the bytes outlive it */
	struct span *cells;
	int ncells, cap;
	struct record records[SAMPLE_RECORDS];
	int n;
	int lines;    /* in all of these records and before them */
	int comments; /* of the records */
};

/* Cuts the first records of the n bytes, which replace those it had. Blank lines are none. A quote
 * left open opens nothing: then its line is cut as if there were no quotes. whole: the last line
 * counts even without its end. */
void sample_take(struct sample *, const char *s, size_t n, bool whole, const struct writing *);
void sample_done(struct sample *);

const struct span *sample_cell(const struct sample *, const struct record *, int column); /* NULL */
enum look sample_look(const struct sample *, const struct record *, int column);
int sample_filled(const struct sample *, const struct record *); /* cells that are not empty */

#endif
