/* time_texts.h - times as texts, guessed at and read as a column's cells are. */
#ifndef WEIR_TESTS_TIME_TEXTS_H
#define WEIR_TESTS_TIME_TEXTS_H

#include "data/base/times/time_form.h"

#define NEW_YEAR INT64_C(1767225600) /* 2026-01-01T00:00:00Z */

/* What n texts, at most 128, are taken for. */
struct time_guess time_text_guess(const char *const *, int n, const struct time_told *);
/* A reader of the form that a text alone is taken for. */
struct time_reader time_text_reader(const char *, const struct time_told *);
/* Reads a copy without a NUL, so that sanitizers see who reads on; *ns: TIME_NONE where it says
 * nothing. */
enum time_result time_text_read(struct time_reader *, const char *, int64_t *ns);

#endif
