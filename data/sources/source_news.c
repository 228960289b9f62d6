/* source_news.c - what sources have to say between their rows. Nobody waits for it to be told: when
 * there is much of it, what comes last is counted alone. */
#include "data/sources/source_news.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/sources/source.h"

enum { NEWS_MOST = 256, NEWS_TEXT = 120 };

struct news { /* NULL what: a note */
	const char *what;
	char *text;
	size_t n;
};

struct source_news {
	struct news queue[NEWS_MOST];
	int n;
	uint64_t left_out;
	char *told; /* the text last given out */
};

static void
add(struct source *source, const char *what, char *text, size_t n)
{
	struct source_news *news = source->news;

	if (news == NULL)
		news = source->news = memory_zero(1, sizeof *news);
	if (news->n == NEWS_MOST) {
		news->left_out++;
		free(text);
		return;
	}
	news->queue[news->n++] = (struct news){ what, text, n };
}

void
source_note(struct source *source, const char *format, ...)
{
	struct text text = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&text, format, args);
	va_end(args);
	add(source, NULL, memory_text(text_get(&text), text.len), text.len);
	text_done(&text);
}

void
source_bad(struct source *source, const char *what, const char *s, size_t n)
{
	n = n > NEWS_TEXT ? NEWS_TEXT : n;
	add(source, what, memory_text(s != NULL ? s : "", n), n);
}

/* The oldest note, or the oldest that is none; false: there is no such. */
static bool
take(struct source_news *news, bool note, struct news *taken)
{
	int i = 0;

	while (i < news->n && (news->queue[i].what == NULL) != note)
		i++;
	if (i == news->n)
		return false;
	*taken = news->queue[i];
	memmove(
	    &news->queue[i], &news->queue[i + 1], (size_t)(news->n - i - 1) * sizeof *news->queue);
	news->n--;
	free(news->told);
	news->told = taken->text;
	return true;
}

/* How much was left out is a note behind the others. */
static const char *
tell_left_out(struct source *source)
{
	uint64_t left_out = source->news->left_out;

	if (left_out == 0 || source->news->n > 0)
		return NULL;
	source->news->left_out = 0;
	source_note(source, "%s: %llu more notes were left out", source->name,
	    (unsigned long long)left_out);
	return source_next_note(source);
}

const char *
source_next_note(struct source *source)
{
	struct news taken;

	if (source->news == NULL)
		return NULL;
	return take(source->news, true, &taken) ? taken.text : tell_left_out(source);
}

bool
source_next_bad(struct source *source, const char **what, const char **s, size_t *n)
{
	struct news taken;

	if (source->news == NULL || !take(source->news, false, &taken))
		return false;
	*what = taken.what;
	*s = taken.text;
	*n = taken.n;
	return true;
}

void
source_news_free(struct source_news *news)
{
	if (news == NULL)
		return;
	for (int i = 0; i < news->n; i++)
		free(news->queue[i].text);
	free(news->told);
	free(news);
}
