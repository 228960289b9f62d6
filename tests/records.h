/* records.h - what a format or a feed gave, as text to compare. */
#ifndef WEIR_TESTS_RECORDS_H
#define WEIR_TESTS_RECORDS_H

#include <stddef.h>

#include "data/base/text.h"
#include "data/input/feed.h"
#include "data/formats/format.h"

/* Feeds a format, as -F has it, the bytes in pieces of `piece` (0: all at once) and appends the
 * calls that the sink got: "1|2|x" a record, "k=1|s=x" one with keys, "!what: text" dropped,
 * "?what: text" faulted. A NUL reads ~, a line end inside a cell /. */
void format_transcript(
    struct text *, const char *format, char delimiter, const char *bytes, size_t n, size_t piece);

/* The same from a place on, and behind each record, made whole or dropped, a line with where it
 * ends: "@offset:line:flags:passed". Records that the place passes over are left out. */
void format_positions(struct text *, const char *format, char delimiter, const char *bytes,
    size_t n, size_t piece, const struct position *from);

/* Appends "name: a=number b=text, time b". */
void schema_transcript(struct text *, const struct schema *);
/* Appends the rows and faults of all blocks that the feed has now: "1: 2|x", "1?column what: text".
 * Times are "@seconds". */
void rows_transcript(struct text *, struct feed *);
/* Appends the faults of a row of a block, told as above, then the row where there is one. */
void row_transcript(struct text *, const struct block *, int row);
/* Opens the source, reads it to its end and tells schema, rows and the failure if it has one. */
void feed_transcript(struct text *, const char *source, const struct feed_options *);

/* Appends a CSV table of n rows with all that may go wrong in it. */
void records_table(struct text *, int n);

/* A temporary file with these bytes: its path, valid until the next call. */
const char *file_with(const char *name, const void *bytes, size_t n);
void file_remove(const char *name);

#endif
