/* mailbox.c - messages from the thread of a broker to the loop. See mailbox.h.
 *
 * Messages travel in batches, so that a lock is taken for many of them. The thread owns the batch
 * that it fills, the loop the one that it reads; what is between is under the lock. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/sources/brokers/mailbox_parts.h"

/* --- both ------------------------------------------------------------------------------------- */

static void
batches_free(struct batch *b)
{
	while (b != NULL) {
		struct batch *next = b->next;

		free(b->data);
		free(b);
		b = next;
	}
}

static void
box_free(struct mailbox *box)
{
	box->hooks.done(box->hooks.self);
	batches_free(box->first);
	batches_free(box->spare);
	batches_free(box->filling);
	batches_free(box->reading);
	for (int i = 0; i < box->nnews; i++)
		text_done(&box->news[i].text);
	free(box->processed);
	free(box->tags);
	free(box->name);
	pthread_mutex_destroy(&box->lock);
	pthread_cond_destroy(&box->changed);
	free(box);
}

/* Unlocks it; who leaves last frees it. */
static void
leave(struct mailbox *box)
{
	bool last = --box->owners == 0;

	pthread_cond_broadcast(&box->changed);
	pthread_mutex_unlock(&box->lock);
	if (last)
		box_free(box);
}

static void *
run(void *arg)
{
	struct mailbox *box = arg;

	box->hooks.run(box->hooks.self, box);
	mailbox_send(box);
	pthread_mutex_lock(&box->lock);
	box->over = true;
	leave(box);
	return NULL;
}

/* --- of the source ---------------------------------------------------------------------------- */

static void
on_bell(uv_async_t *async)
{
	struct bell *bell = async->data;

	if (bell->source != NULL)
		bell->source->ready(bell->source->ready_arg);
}

static void
on_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static int
start(struct mailbox *box)
{
	pthread_t thread;

	if (thread_begin(&thread, run, box) != 0)
		return -1;
	pthread_detach(thread);
	return 0;
}

struct mailbox *
mailbox_new(struct source *source, const struct mailbox_hooks *hooks, struct error *err)
{
	struct mailbox *box = memory_zero(1, sizeof *box);

	box->hooks = *hooks;
	box->source = source;
	box->ntags = source_tags(source);
	box->tags = memory_zero((size_t)box->ntags, sizeof *box->tags);
	box->name = memory_text(source->name, strlen(source->name));
	box->pause = PAUSE_FIRST;
	box->seed = (unsigned)getpid();
	box->report.doing = SOURCE_WAITS;
	box->report.what[0] = '\0';
	thread_lock_init(&box->lock, &box->changed);
	box->bell = memory_zero(1, sizeof *box->bell);
	box->bell->source = source;
	uv_async_init(source->loop, &box->bell->async, on_bell);
	box->bell->async.data = box->bell;
	box->owners = 2;
	if (start(box) == 0)
		return box;
	box->owners = 1;
	mailbox_close(box);
	error_set(err, "%s: no thread for it (stop some programs first)", source->spec);
	return NULL;
}

/* All but the messages. */
static void
take_news(struct mailbox *box)
{
	struct source *source = box->source;
	struct source_report *report = &source->report;

	for (int i = 0; i < box->nnews; i++) {
		struct news *news = &box->news[i];

		if (news->what != NULL)
			source_bad(source, news->what, text_get(&news->text), news->text.len);
		else if (news->trouble)
			source_trouble(source, "%s", text_get(&news->text));
		else
			source_note(source, "%s", text_get(&news->text));
		text_done(&news->text);
	}
	box->nnews = 0;
	report->dropped = box->dropped;
	report->doing = box->report.doing;
	report->attempts = box->report.attempts;
	report->lanes = box->report.lanes;
	memcpy(report->what, box->report.what, sizeof report->what);
	box->anew = false;
}

/* The next batch, and what else is new; false: no batch is there. */
static bool
next_batch(struct mailbox *box)
{
	pthread_mutex_lock(&box->lock);
	if (box->reading != NULL) {
		box->reading->next = box->spare;
		box->spare = box->reading;
	}
	box->reading = box->first;
	if (box->first != NULL) {
		box->first = box->first->next;
		if (box->first == NULL)
			box->last = NULL;
		box->reading->next = NULL;
		box->waiting -= box->reading->len;
		pthread_cond_broadcast(&box->changed);
	}
	if (box->anew)
		take_news(box);
	pthread_mutex_unlock(&box->lock);
	return box->reading != NULL;
}

/* Bytes of the message at box->reading->at, with its tags. */
static long
give(struct mailbox *box, char *buf, size_t cap)
{
	struct source *source = box->source;
	struct batch *b = box->reading;
	const char *at = b->data + b->at, *tag;
	struct head head;
	size_t n;

	memcpy(&head, at, sizeof head);
	at += sizeof head;
	tag = at + (size_t)box->ntags * sizeof n;
	for (int i = 0; i < box->ntags; i++, at += sizeof n) {
		memcpy(&n, at, sizeof n);
		box->tags[i] = (struct field){ tag, n };
		tag += n;
	}
	n = head.n - b->done < cap ? head.n - b->done : cap;
	memcpy(buf, tag + b->done, n);
	b->done += n;
	source->lane = head.lane;
	source->tags = box->tags;
	source->before = head.before;
	source->report.bytes += n;
	if (b->done == head.n) {
		source->message = true;
		source->place = head.place;
		source->place.lane = head.lane;
		b->at = (size_t)(tag - b->data) + head.n;
		b->done = 0;
	}
	return (long)n;
}

long
mailbox_read(struct mailbox *box, char *buf, size_t cap, struct error *err)
{
	bool failed;

	if (box->reading != NULL && box->reading->at < box->reading->len)
		return give(box, buf, cap);
	if (next_batch(box))
		return give(box, buf, cap);
	pthread_mutex_lock(&box->lock);
	failed = box->failed && box->first == NULL;
	pthread_mutex_unlock(&box->lock);
	if (!failed)
		return SOURCE_AGAIN;
	*err = box->why;
	return SOURCE_FAIL;
}

/* Of places that the thread has not yet taken the last one of a lane counts. */
void
mailbox_processed(struct mailbox *box, const struct position *place)
{
	int i;

	pthread_mutex_lock(&box->lock);
	for (i = box->next_processed; i < box->nprocessed; i++)
		if (box->processed[i].lane == place->lane)
			break;
	if (i == box->nprocessed) {
		box->processed = memory_grow(
		    box->processed, (size_t)box->nprocessed + 1, sizeof *box->processed);
		box->nprocessed++;
	}
	box->processed[i] = *place;
	pthread_mutex_unlock(&box->lock);
}

void
mailbox_close(struct mailbox *box)
{
	struct timespec until = thread_in_ms(END_MS);
	int code = 0;

	pthread_mutex_lock(&box->lock);
	box->ending = true;
	pthread_cond_broadcast(&box->changed);
	while (box->owners > 1 && code == 0)
		code = pthread_cond_timedwait(&box->changed, &box->lock, &until);
	box->bell->source = NULL;
	uv_close((uv_handle_t *)&box->bell->async, on_closed);
	box->bell = NULL;
	leave(box);
}
