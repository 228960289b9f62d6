/* source_news.h - what a source has to say that is yet to be told: see source_note, source_bad. */
#ifndef WEIR_SOURCE_NEWS_H
#define WEIR_SOURCE_NEWS_H

struct source_news;
void source_news_free(struct source_news *);

#endif
