/* record_log.h - what a format gave its sink, kept as bytes and read again in the same order: a cell
 * costs its text and a few bytes more. */
#ifndef WEIR_RECORD_LOG_H
#define WEIR_RECORD_LOG_H

#include <stdbool.h>

#include "data/base/text.h"
#include "data/formats/format.h"

enum entry_kind { ENTRY_CELL, ENTRY_RECORD, ENTRY_DROP, ENTRY_FAULT };

struct entry { /* one call of the sink */
	enum entry_kind kind;
	int column;         /* ENTRY_CELL: position, or number of the key */
	struct field field; /* ENTRY_CELL; else its text is what stood there */
	const char *what;   /* ENTRY_DROP, ENTRY_FAULT */
};

struct tape { /* zeroed: empty */
	struct text bytes;
};

void tape_cell(struct tape *, int column, const struct field *);
void tape_record(struct tape *);
void tape_words(struct tape *, enum entry_kind, const char *what, const char *s, size_t n);

/* The entry at *at, which becomes where the next one stands; false behind the last. Its texts stay
 * until the tape is added to. */
bool tape_next(const struct tape *, size_t *at, struct entry *);
void tape_cut(struct tape *, size_t at); /* forgets what stands from there on */
void tape_append(struct tape *, const struct tape *);
void tape_done(struct tape *);

#endif
