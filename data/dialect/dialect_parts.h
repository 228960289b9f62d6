/* dialect_parts.h - what the files that find a dialect share; nobody else includes it.
 *
 * find.c     the steps, one after the other
 * writing.c  delimiter and quote
 * escape.c   ... and what escapes the quote
 * table.c    the table as a whole: its first row, its width
 * titles.c   what stands before it
 * header.c   which records are its header, and which of units
 * columns.c  which of its columns have values */
#ifndef WEIR_DIALECT_PARTS_H
#define WEIR_DIALECT_PARTS_H

#include "data/dialect/sample.h"
#include "data/rows/dialect.h"

struct finding { /* under way */
	const struct dialect_options *options;
	struct dialect *dialect;
	const char *text; /* in UTF-8, without its mark */
	size_t len;
	bool whole;     /* it is all there is */
	char delimiter; /* told, by an option, the format or a sep= line; 0: not */
	struct sample sample;
};

enum {
	HEADERS = 6,  /* no header has more */
	COLUMNS = 500 /* so many tell what a header is */
};

struct table { /* records that are no comments */
	const struct sample *sample;
	const struct record *records[SAMPLE_RECORDS];
	int at[SAMPLE_RECORDS]; /* where in the sample each one stands */
	int filled[SAMPLE_RECORDS];
	int n;
	int width;
	char delimiter, quote;
	bool mended;         /* its header is written in another way than its rows */
	bool typed[COLUMNS]; /* as seen from the first record of the table */
	int ntyped;
};

struct cells { /* of a record, in the typed columns */
	int values, texts, marks;
};

/* Types the columns by the records behind the header, which begins at record `from`. */
void type_columns(struct table *, int from);
struct cells typed_cells(const struct table *, const struct record *);
bool same_cell(const struct span *, const struct span *);
bool same_record(const struct table *, const struct record *, const struct record *);

/* How many records from this one on are the header, and how many behind them units. */
int header_rows(const struct table *, int from, int *units);
/* How many records stand before the table. */
int count_titles(struct table *);
void keep_titles(const struct table *, int from, char titles[TITLES_MAX]);
/* The comment right above the record that may be the header; NULL. */
const struct record *comment_header(const struct table *, int from);
/* Is the record above the first row its header, though it looks like a title? */
bool header_in_title(const struct table *, int from);
/* The most frequent of n numbers, the larger of two alike, not counting those below `least`. */
int most_usual(const int *values, int n, int least);

void find_writing(struct finding *);
void find_escape(struct finding *);
void find_table(struct finding *); /* the sample was taken in the way of writing found */

#endif
