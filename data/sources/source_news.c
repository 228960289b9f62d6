/* source_news.c - what sources have to say between their rows. Nobody waits for it to be told: when
 * there is much of it, what comes last is counted alone. */
#include "data/sources/source_news.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"

enum { NEWS_MOST = 256, NEWS_TEXT = 120 };

struct news { /* NULL what: a note */
	const char *what;
	bool trouble; /* a note of it */
	char *text;
	size_t n;
};

struct source_news {
	struct news queue[NEWS_MOST];
	int n;
	uint64_t left_out;
	char *told; /* the text last given out */
};

/* Takes the text. */
static void
add(struct source_news **at, const struct news *one)
{
	struct source_news *news = *at;

	if (news == NULL)
		news = *at = memory_zero(1, sizeof *news);
	if (news->n == NEWS_MOST) {
		news->left_out++;
		free(one->text);
		return;
	}
	news->queue[news->n++] = *one;
}

void
source_news_note(struct source_news **news, bool trouble, const char *format, va_list args)
{
	struct text text = { 0 };

	text_addv(&text, format, args);
	add(news, &(struct news){ .trouble = trouble,
		      .text = memory_text(text_get(&text), text.len),
		      .n = text.len });
	text_done(&text);
}

void
source_news_bad(struct source_news **news, const char *what, const char *s, size_t n)
{
	n = n > NEWS_TEXT ? NEWS_TEXT : n;
	add(news,
	    &(struct news){ .what = what, .text = memory_text(s != NULL ? s : "", n), .n = n });
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
tell_left_out(struct source_news *news, const char *name)
{
	struct text text = { 0 };

	if (news->left_out == 0 || news->n > 0)
		return NULL;
	text_addf(
	    &text, "%s: %llu more notes were left out", name, (unsigned long long)news->left_out);
	news->left_out = 0;
	free(news->told);
	news->told = memory_text(text_get(&text), text.len);
	text_done(&text);
	return news->told;
}

const char *
source_news_next_note(struct source_news *news, const char *name, bool *trouble)
{
	struct news taken;

	*trouble = false;
	if (news == NULL)
		return NULL;
	if (!take(news, true, &taken))
		return tell_left_out(news, name);
	*trouble = taken.trouble;
	return taken.text;
}

bool
source_news_next_bad(struct source_news *news, const char **what, const char **s, size_t *n)
{
	struct news taken;

	if (news == NULL || !take(news, false, &taken))
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
