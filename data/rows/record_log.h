/* record_log.h - what a format gave its sink, kept as bytes and read again in the same order: a
 * cell costs its text and a few bytes more. */
#ifndef WEIR_RECORD_LOG_H
#define WEIR_RECORD_LOG_H

#include <stdbool.h>

#include "data/base/text.h"
#include "data/rows/record_sink.h"

enum entry_kind { ENTRY_CELL, ENTRY_RECORD, ENTRY_DROP, ENTRY_FAULT, ENTRY_DOCUMENT, ENTRY_TAG };

struct entry { /* one call of the sink */
	enum entry_kind kind;
	int column;            /* ENTRY_CELL: position, or number of the key; ENTRY_TAG: number */
	struct field field;    /* ENTRY_CELL, ENTRY_TAG; else its text is what stood there */
	const char *what;      /* ENTRY_DROP, ENTRY_FAULT */
	struct position after; /* ENTRY_RECORD, ENTRY_DROP: where it ends */
};

struct record_log { /* zeroed: empty */
	struct text bytes;
};

void record_log_cell(struct record_log *, int column, const struct field *);
void record_log_record(struct record_log *, const struct position *after);
void record_log_drop(
    struct record_log *, const char *what, const char *s, size_t n, const struct position *after);
void record_log_fault(struct record_log *, const char *what, const char *s, size_t n);
void record_log_document(struct record_log *);
void record_log_tag(struct record_log *, int number, const struct field *);

/* The entry at *at, which becomes where the next one stands; false behind the last. Its texts stay
 * until the log is added to. */
bool record_log_next(const struct record_log *, size_t *at, struct entry *);
void record_log_cut(struct record_log *, size_t at); /* forgets what stands from there on */
void record_log_done(struct record_log *);

#endif
