/* csv_parts.h - what the files that read csv share; nobody else includes it.
 *
 * csv.c         lines, and records without quotes
 * csv_plain.c   ... and many of these at once, with csv_scan.c
 * csv_quoted.c  records with quotes, by libcsv
 * csv_cells.c   ... and those whose quotes are wrong */
#ifndef WEIR_CSV_PARTS_H
#define WEIR_CSV_PARTS_H

#include <csv.h>

#include "data/formats/csv/csv_cells.h"
#include "data/formats/csv/csv_scan.h"
#include "data/formats/format.h"

struct csv {
	struct text held;      /* the record under way, as far as it came */
	uint32_t blanks;       /* blank lines since the last record */
	struct position blank; /* where the first of them begins */
	struct csv_cells cells;

	/* a block of records without quotes */
	const struct csv_scan *scan; /* NULL: they come one by one */
	struct csv_marks marks;
	struct field *fields; /* of the record under way */
	int room;

	/* the record with quotes under way */
	struct csv_parser parser;
	struct csv_cells trial; /* of a line read in other ways */
	size_t given;           /* its bytes that libcsv has got; 0: there is none under way */
	size_t mark;            /* bytes at its start that are no part of its cells */
	size_t first;           /* its first line without its end ... */
	char first_end;         /* ... and that; 0: it has none */
	uint64_t lines;         /* given */
	bool whole;             /* it ended with the last of them */
	bool strays;            /* there were quotes that end nothing */
	bool escaped;           /* the last byte was an escape */
};

void csv_open(struct format *);
void csv_close(struct format *);

/* A record begins that ends there: blank lines before it turn out to be rows or not. */
void csv_begin(struct format *, const struct position *after);
void csv_end(struct format *, int cells); /* its cells were given */
void csv_give_cells(struct format *, const struct csv_cells *);
/* The place so many bytes and lines behind the record under way, the last byte being `end`. */
struct position csv_behind(const struct format *, size_t used, uint64_t lines, char end);

struct field csv_trimmed(const char *s, const char *end, const struct dialect *);

/* Takes whole records without quotes from a place where a record begins on. Returns how many bytes
 * were used; 0: there is none, or it is not for here. */
size_t csv_take_plain(struct format *, const char *s, size_t n);
/* A line that begins a record, of len bytes without its end. Returns how many bytes were used; 0:
 * more are needed. */
size_t csv_take_line(struct format *, const char *s, size_t n, size_t len, bool final);

/* How many bytes stand before the first line end; n: there is none. */
size_t csv_line(const char *s, size_t n);

/* A record with quotes begins at s, or goes on: csv->given. mark: bytes that are no part of its
 * cells. final: nothing comes behind the n bytes. Returns how many were used; 0: more are
 * needed. */
size_t csv_take_quoted(struct format *, const char *s, size_t n, size_t mark, bool final);

#endif
