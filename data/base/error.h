/* error.h - what went wrong, in one line, with what to do about it, and where. */
#ifndef WEIR_ERROR_H
#define WEIR_ERROR_H

#include <stddef.h>

enum error_subject { /* the part of what was asked for that is wrong */
	ERROR_NOTHING,
	ERROR_DERIVED, /* an expression: a derived column, a KPI, a rule, or its clear: */
	ERROR_KPI,
	ERROR_RULE,
	ERROR_CLEAR,
	ERROR_DERIVED_NAME, /* what one of them is called */
	ERROR_KPI_NAME,
	ERROR_RULE_NAME,
	ERROR_SOURCE, /* a source: the whole, or one of its options */
	ERROR_TIME,
	ERROR_TYPES,
	ERROR_FORMAT,
	ERROR_FOLLOW,
	ERROR_SPEED,
	ERROR_BY, /* one for all sources */
	ERROR_START,
	ERROR_STOP,
	ERROR_STATE, /* a saved state itself, whatever is asked for */
	ERROR_FILE /* a place in a file: line and column */
};

struct error {
	char text[512]; /* "WHERE: WHAT (WHAT TO DO)", no newline; empty when nothing is wrong */
	int what;       /* where in text WHAT begins */
	enum error_subject subject;
	int index;  /* which of these, as asked for from 0; -1: unknown */
	int line;   /* ERROR_FILE: from 1 */
	int column; /* in characters, from 1: in the expression, or in the line; 0: none */
};

/* Fills err (unless NULL) like printf, control bytes made harmless. Always returns -1, so that
 * "return error_set(err, ...)" reports and fails in one statement. */
int error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of a place in an expression: the text begins with "column 6: ". */
int error_column(struct error *err, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same of a place in a file: "PATH:LINE:COLUMN: WHAT"; line 0: "PATH: WHAT". */
int error_file(struct error *err, const char *path, int line, int column, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* Puts "WHERE: " before what err says. Returns -1. */
int error_at(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Puts the option of the subject before what err says, and quoted (NULL: nothing) behind that:
 * "-k: 'mean(x)': column 6: WHAT". Of a long quoted text the middle is left out, so that WHAT is
 * told as a whole. What err knew of a column stays. Returns -1. */
int error_subject(struct error *err, enum error_subject, int index, const char *quoted);
/* WHAT alone, without the places before it. */
const char *error_what(const struct error *err);

struct errors { /* all that is wrong, in the order in which it was found; zeroed: nothing */
	struct error *all;
	int n;
};
/* Once for each place in a file, and for each text. */
void errors_add(struct errors *, const struct error *);
void errors_done(struct errors *);

/* Allocation that cannot fail: out of memory ends the program through the hook below, which
 * app/ sets to restore the terminal first. memory_zero() clears. */
void *memory_new(size_t n, size_t size);
void *memory_zero(size_t n, size_t size);
void *memory_grow(void *p, size_t n, size_t size);
char *memory_text(const char *s, size_t n); /* a copy with a NUL behind it */
void memory_on_failure(void (*hook)(void));

#endif
