/* mailbox_thread.c - what the thread that speaks with a broker calls. See mailbox.h. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/sources/brokers/mailbox_parts.h"

static void
ring(struct mailbox *box)
{
	box->anew = true;
	if (box->bell != NULL)
		uv_async_send(&box->bell->async);
}

static struct batch *
batch_take(struct mailbox *box)
{
	struct batch *b = box->spare;

	if (b == NULL)
		return memory_zero(1, sizeof *b);
	box->spare = b->next;
	b->next = NULL;
	b->len = b->at = b->done = 0;
	return b;
}

static void
batch_add(struct batch *b, const void *bytes, size_t n)
{
	if (b->len + n > b->cap) {
		b->cap = b->cap * 2 > b->len + n ? b->cap * 2 : b->len + n + BATCH;
		b->data = memory_grow(b->data, b->cap, 1);
	}
	if (n > 0)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
}

/* Takes one without its text, which is copied. */
static void
add_news(struct mailbox *box, struct news one, const char *s, size_t n)
{
	pthread_mutex_lock(&box->lock);
	if (box->nnews < NEWS_MAX) {
		struct news *news = &box->news[box->nnews++];

		*news = one;
		text_addn(&news->text, s, n < 400 ? n : 400);
	}
	ring(box);
	pthread_mutex_unlock(&box->lock);
}

void
mailbox_put(struct mailbox *box, const struct mail *mail)
{
	struct head head = { mail->before, mail->place, mail->lane, 0, mail->n };

	if (mail->n == 0)
		return;
	if (mail->n > MESSAGE_MAX) {
		add_news(box, (struct news){ .what = "a message of more than 16 MiB" }, mail->bytes,
		    mail->n);
		return;
	}
	if (box->filling == NULL) {
		pthread_mutex_lock(&box->lock);
		box->filling = batch_take(box);
		pthread_mutex_unlock(&box->lock);
	}
	for (int i = 0; i < box->ntags; i++)
		head.tags += mail->tags[i].n;
	batch_add(box->filling, &head, sizeof head);
	for (int i = 0; i < box->ntags; i++)
		batch_add(box->filling, &mail->tags[i].n, sizeof mail->tags[i].n);
	for (int i = 0; i < box->ntags; i++)
		batch_add(box->filling, mail->tags[i].s, mail->tags[i].n);
	batch_add(box->filling, mail->bytes, mail->n);
	if (box->filling->len >= BATCH)
		mailbox_send(box);
}

void
mailbox_send(struct mailbox *box)
{
	struct batch *b = box->filling;

	if (b == NULL || b->len == 0)
		return;
	pthread_mutex_lock(&box->lock);
	while (box->waiting > ROOM && !box->ending)
		pthread_cond_wait(&box->changed, &box->lock);
	if (box->last != NULL)
		box->last->next = b;
	else
		box->first = b;
	box->last = b;
	box->waiting += b->len;
	box->filling = NULL;
	ring(box);
	pthread_mutex_unlock(&box->lock);
}

void
mailbox_forget(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	while (box->first != NULL) {
		struct batch *b = box->first;

		box->first = b->next;
		box->waiting -= b->len;
		b->next = box->spare;
		box->spare = b;
	}
	box->last = NULL;
	pthread_mutex_unlock(&box->lock);
}

bool
mailbox_full(struct mailbox *box)
{
	bool full;

	pthread_mutex_lock(&box->lock);
	full = box->waiting > ROOM;
	pthread_mutex_unlock(&box->lock);
	return full;
}

bool
mailbox_ending(struct mailbox *box)
{
	bool ending;

	pthread_mutex_lock(&box->lock);
	ending = box->ending || box->failed;
	pthread_mutex_unlock(&box->lock);
	return ending;
}

void
mailbox_pause(struct mailbox *box, int ms)
{
	struct timespec until = thread_in_ms(ms);
	int code = 0;

	pthread_mutex_lock(&box->lock);
	while (!box->ending && code == 0)
		code = pthread_cond_timedwait(&box->changed, &box->lock, &until);
	pthread_mutex_unlock(&box->lock);
}

bool
mailbox_next_processed(struct mailbox *box, struct position *place)
{
	bool some = false;

	pthread_mutex_lock(&box->lock);
	if (box->next_processed < box->nprocessed) {
		*place = box->processed[box->next_processed++];
		some = true;
	} else {
		box->nprocessed = box->next_processed = 0;
	}
	pthread_mutex_unlock(&box->lock);
	return some;
}

void
mailbox_note(struct mailbox *box, const char *format, ...)
{
	struct text text = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&text, format, args);
	va_end(args);
	add_news(box, (struct news){ 0 }, text_get(&text), text.len);
	text_done(&text);
}

void
mailbox_drop(struct mailbox *box, uint64_t n, const char *what)
{
	if (!box->drop_told)
		add_news(box, (struct news){ .what = what }, NULL, 0);
	box->drop_told = true;
	pthread_mutex_lock(&box->lock);
	box->dropped += n;
	ring(box);
	pthread_mutex_unlock(&box->lock);
}

static void
set_report(
    struct mailbox *box, enum source_doing doing, const char *what, uint64_t attempts, int lanes)
{
	pthread_mutex_lock(&box->lock);
	box->report.doing = doing;
	box->report.attempts = attempts;
	box->report.lanes = lanes;
	snprintf(box->report.what, sizeof box->report.what, "%s", what);
	ring(box);
	pthread_mutex_unlock(&box->lock);
}

static void tell_trouble(struct mailbox *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
tell_trouble(struct mailbox *box, const char *format, ...)
{
	struct text text = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&text, format, args);
	va_end(args);
	add_news(box, (struct news){ .trouble = true }, text_get(&text), text.len);
	text_done(&text);
}

void
mailbox_there(struct mailbox *box, int lanes)
{
	if (box->told)
		tell_trouble(box, "%s: it is there%s", box->name, box->was_there ? " again" : "");
	box->was_there = true;
	box->told = false;
	box->pause = PAUSE_FIRST;
	set_report(box, SOURCE_READS, "", 0, lanes);
}

void
mailbox_lost(struct mailbox *box, const char *why)
{
	int jitter = (int)((unsigned)rand_r(&box->seed) % (unsigned)(box->pause / 2 + 1));

	set_report(box, SOURCE_RETRIES, why, box->report.attempts + 1, 0);
	if (!box->told)
		tell_trouble(box, "%s: %s (tried again until it is there, at least every %d s)",
		    box->name, why, PAUSE_MOST / 1000);
	box->told = true;
	mailbox_pause(box, box->pause / 2 + jitter);
	box->pause = box->pause * 2 < PAUSE_MOST ? box->pause * 2 : PAUSE_MOST;
}

bool
mailbox_is_lost(struct mailbox *box)
{
	return box->told;
}

void
mailbox_fail(struct mailbox *box, const char *format, ...)
{
	struct text text = { 0 };
	va_list args;

	va_start(args, format);
	text_addv(&text, format, args);
	va_end(args);
	pthread_mutex_lock(&box->lock);
	error_set(&box->why, "%s", text_get(&text));
	box->failed = true;
	ring(box);
	pthread_mutex_unlock(&box->lock);
	text_done(&text);
}
