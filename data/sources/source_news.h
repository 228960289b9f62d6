/* source_news.h - what a source has to say that is yet to be told: see source_note, source_bad. */
#ifndef WEIR_SOURCE_NEWS_H
#define WEIR_SOURCE_NEWS_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct source_news;

/* Makes *news where there is none yet. */
void source_news_note(struct source_news **news, bool trouble, const char *format, va_list)
    __attribute__((format(printf, 3, 0)));
void source_news_bad(struct source_news **news, const char *what, const char *s, size_t n);
/* Of NULL, too: there is nothing. name: of the source. */
const char *source_news_next_note(struct source_news *, const char *name, bool *trouble);
bool source_news_next_bad(struct source_news *, const char **what, const char **s, size_t *n);
void source_news_free(struct source_news *);

#endif
