/* error.h - what went wrong, in one line, with what to do about it. */
#ifndef WEIR_ERROR_H
#define WEIR_ERROR_H

#include <stddef.h>

struct error {
	char text[512]; /* "WHERE: WHAT (WHAT TO DO)", no newline; empty when nothing is wrong */
};

/* Fills err (unless NULL) like printf, control bytes made harmless. Always returns -1, so that
 * "return error_set(err, ...)" reports and fails in one statement. */
int error_set(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "WHERE: " before what err says. Returns -1. */
int error_at(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Allocation that cannot fail: out of memory ends the program through the hook below, which
 * app/ sets to restore the terminal first. memory_zero() clears. */
void *memory_new(size_t n, size_t size);
void *memory_zero(size_t n, size_t size);
void *memory_grow(void *p, size_t n, size_t size);
char *memory_text(const char *s, size_t n); /* a copy with a NUL behind it */
void memory_on_failure(void (*hook)(void));

#endif
