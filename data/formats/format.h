/* format.h - what bytes mean: bytes, cut anywhere, to records of cells.
 *
 * One format = one const struct format_class in its own file in formats/ and one line in list.h.
 * A format knows nothing of types and names: it hands each cell to a sink as it stood there, by
 * position (csv, tsv; their header is a record like any other) or by key (ndjson, logfmt). The
 * same bytes give the same calls, however they are cut.
 *
 * Where each record ends is told with it (sink->after), so that reading can go on from there with a
 * fresh format: lines.h does it for formats with one record a line.
 *
 * Memory is bounded: a record, and so each cell in it, is at most RECORD_MAX bytes long; a longer
 * one is dropped with one fault, and reading goes on after the next line end. */
#ifndef WEIR_FORMAT_H
#define WEIR_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/rows/dialect.h"
#include "data/rows/record_sink.h"

struct format {
	const struct format_class *class;
	void *state;                   /* class->size bytes, given zeroed */
	struct record_sink *sink;      /* may be changed between two records */
	const struct dialect *dialect; /* how its rows are written, as far as was found */
	/* Where the record under way began, and what is to be known there: see POSITION_CR ... */
	struct position at;
};

struct format_class {
	const char *name, *help;
	const char *endings; /* of files, apart by blanks; NULL: has none of its own */
	/* -F name:PARAMETER: how help calls it, and whether it is one; NULL: the format has none */
	const char *parameter;
	int (*check)(const char *parameter, struct error *);
	bool named; /* cells come by key */
	size_t size;
	void (*open)(struct format *);
	void (*feed)(struct format *, const char *, size_t);
	void (*finish)(struct format *); /* no more bytes: a last line without its end counts */
	void (*close)(struct format *);
	/* Could the first bytes of a source be of this format? whole: they are all there is. */
	bool (*fits)(const char *, size_t, bool whole);
	/* Does a line among them say what the columns are, as in a log of the W3C? Such are read as
	 * they are: no dialect is looked for. Optional. */
	bool (*names_columns)(const char *, size_t);
};

/* In the order in which they are tried; the last one that fits anything is csv. Ends with NULL. */
extern const struct format_class *const format_classes[];
const struct format_class *format_find(const char *name); /* NULL: none */
/* The format of "NAME" or "NAME:PARAMETER", as -F has it; NULL with err: there is none, or its
 * parameter is wrong. *parameter: where it stands in the text; NULL. */
const struct format_class *format_told(const char *, const char **parameter, struct error *);
/* Appends "csv", "regex:PATTERN". */
void format_name(const struct format_class *, struct text *);
/* Appends the names of all, with their parameters and `auto`. */
void format_names(struct text *, const char *between);
/* By the first bytes; where they tell nothing, by the ending of the path. */
const struct format_class *format_guess(const char *path, const char *first, size_t n, bool whole);

size_t format_mark(const char *first, size_t n); /* bytes of a byte order mark of UTF-8: 3 or 0 */

/* The dialect outlives it. */
void format_open(
    struct format *, const struct format_class *, const struct dialect *, struct record_sink *);
/* ... to go on from a place where a record ended. */
void format_open_at(struct format *, const struct format_class *, const struct dialect *,
    struct record_sink *, const struct position *);
void format_close(struct format *);

/* For formats: drops the record under way, or faults it, telling the line and what stood there. */
void format_drop(struct format *, const char *what, const char *s, size_t n);
void format_fault(struct format *, const char *what, const char *s, size_t n);
/* Drops the record under way and all that was taken for it: so many lines, because of what stands
 * in the line that is `inside` lines behind the one where it began. */
void format_drop_lines(
    struct format *, const char *what, uint64_t inside, uint64_t lines, const char *s, size_t n);

#endif
