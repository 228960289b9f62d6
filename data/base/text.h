/* text.h - a string that grows. */
#ifndef WEIR_TEXT_H
#define WEIR_TEXT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *s; /* NUL-terminated once anything was added; NULL when zeroed */
	size_t len, cap;
};

void text_add(struct text *, const char *s);
void text_addn(struct text *, const char *s, size_t n);
void text_addc(struct text *, char c);
void text_addv(struct text *, const char *format, va_list) __attribute__((format(printf, 2, 0)));
void text_addf(struct text *, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_number(struct text *, double v);  /* fewest digits that read back; missing: "null" */
void text_count(struct text *, uint64_t n); /* 12,345 */
enum { SIZE_CHARS = 16 };
void size_print(double bytes, char out[SIZE_CHARS]);    /* "64.2 MB" */
void text_size(struct text *, uint64_t bytes);          /* 74 kB, of 1000 bytes each */
void text_json(struct text *, const char *s, size_t n); /* "quoted"; invalid UTF-8 as U+FFFD */
/* Length of the UTF-8 character at s (RFC 3629: shortest form, no surrogates); 0: there is none. */
size_t text_utf8_length(const char *s, size_t n);
const char *text_get(const struct text *); /* never NULL */
void text_clear(struct text *);            /* keeps the memory */
void text_done(struct text *);

#endif
