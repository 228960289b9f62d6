/* round.c - the letters to one address: a thread brings them one after the other.
 *
 * The connection stays while letters come, and a while longer. Where one that was kept turns out to
 * be dead, it is made anew, once for a letter. */
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "data/base/thread.h"
#include "data/net/brokers/round_parts.h"

enum { IDLE_MS = 10000, END_MS = 500 };

struct post_bell { /* closes later than the rest */
	uv_async_t async;
	struct round *round; /* NULL: the publisher is gone */
};

static void
letter_free(struct letter *letter)
{
	free(letter->body);
	free(letter);
}

static void
letters_free(struct letter *letter)
{
	while (letter != NULL) {
		struct letter *next = letter->next;

		letter_free(letter);
		letter = next;
	}
}

/* Unlocks it; who leaves last frees it. */
static void
leave(struct round *r)
{
	bool last = --r->owners == 0;

	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
	if (!last)
		return;
	letters_free(r->first);
	letters_free(r->done);
	broker_address_done(&r->address);
	pthread_mutex_destroy(&r->lock);
	pthread_cond_destroy(&r->changed);
	free(r->text);
	free(r);
}

static void
hang_up(struct round *r)
{
	if (r->connection != NULL)
		r->class->close(r->connection);
	r->connection = NULL;
}

static void
bring(struct round *r, struct letter *letter)
{
	bool kept = r->connection != NULL;

	for (;;) {
		if (r->connection == NULL)
			r->connection = r->class->open(&r->address, &letter->why);
		letter->failed =
		    r->connection == NULL ||
		    r->class->send(r->connection, letter->body, letter->n, &letter->why) != 0;
		if (!letter->failed)
			return;
		hang_up(r);
		if (!kept)
			return;
		kept = false;
	}
}

/* The next letter, under the lock; NULL: it ends. Where none comes for long the connection ends. */
static struct letter *
next_letter(struct round *r)
{
	struct letter *letter;

	while (r->first == NULL && !r->ending) {
		struct timespec until = thread_in_ms(IDLE_MS);

		if (r->connection == NULL)
			pthread_cond_wait(&r->changed, &r->lock);
		else if (pthread_cond_timedwait(&r->changed, &r->lock, &until) != 0)
			hang_up(r);
	}
	if (r->ending)
		return NULL;
	letter = r->first;
	r->first = letter->next;
	if (r->first == NULL)
		r->last = NULL;
	letter->next = NULL;
	letter->begun = true;
	return letter;
}

static void *
run(void *arg)
{
	struct round *r = arg;
	struct letter *letter;

	pthread_mutex_lock(&r->lock);
	while ((letter = next_letter(r)) != NULL) {
		pthread_mutex_unlock(&r->lock);
		bring(r, letter);
		pthread_mutex_lock(&r->lock);
		letter->next = r->done;
		r->done = letter;
		if (r->bell != NULL)
			uv_async_send(&r->bell->async);
	}
	pthread_mutex_unlock(&r->lock);
	hang_up(r);
	pthread_mutex_lock(&r->lock);
	leave(r);
	return NULL;
}

/* --- the loop --------------------------------------------------------------------------------- */

/* The done ones stand the last one first. Whoever is told may send and forget others. */
static void
on_bell(uv_async_t *async)
{
	struct post_bell *bell = async->data;
	struct round *r = bell->round;
	struct letter *done, *turned = NULL, *next;

	if (r == NULL)
		return;
	pthread_mutex_lock(&r->lock);
	done = r->done;
	r->done = NULL;
	pthread_mutex_unlock(&r->lock);
	for (; done != NULL; done = next) {
		next = done->next;
		done->next = turned;
		turned = done;
	}
	for (; turned != NULL; turned = next) {
		next = turned->next;
		if (turned->told != NULL)
			turned->told(turned->self, turned->failed ? turned->why.text : NULL);
		letter_free(turned);
	}
}

static void
on_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static int
start(struct round *r)
{
	pthread_t thread;

	if (thread_begin(&thread, run, r) != 0)
		return -1;
	pthread_detach(thread);
	return 0;
}

void
round_end(struct round *r)
{
	struct timespec until = thread_in_ms(END_MS);
	int code = 0;

	pthread_mutex_lock(&r->lock);
	r->ending = true;
	pthread_cond_broadcast(&r->changed);
	while (r->owners > 1 && code == 0)
		code = pthread_cond_timedwait(&r->changed, &r->lock, &until);
	r->bell->round = NULL;
	uv_close((uv_handle_t *)&r->bell->async, on_closed);
	r->bell = NULL;
	leave(r);
}

struct round *
round_new(struct uv_loop_s *loop, const struct courier_class *class, const char *text,
    struct broker_address *address, struct error *err)
{
	struct round *r = memory_zero(1, sizeof *r);

	r->class = class;
	r->text = memory_text(text, strlen(text));
	r->address = *address;
	thread_lock_init(&r->lock, &r->changed);
	r->bell = memory_zero(1, sizeof *r->bell);
	r->bell->round = r;
	uv_async_init(loop, &r->bell->async, on_bell);
	uv_unref((uv_handle_t *)&r->bell->async);
	r->bell->async.data = r->bell;
	r->owners = 2;
	if (start(r) == 0)
		return r;
	r->owners = 1;
	round_end(r);
	error_set(err, "no thread for it (stop some programs first)");
	return NULL;
}

void
round_add(struct round *r, struct letter *letter)
{
	pthread_mutex_lock(&r->lock);
	if (r->last != NULL)
		r->last->next = letter;
	else
		r->first = letter;
	r->last = letter;
	pthread_cond_broadcast(&r->changed);
	pthread_mutex_unlock(&r->lock);
}

void
round_forget(struct letter *letter)
{
	struct round *r = letter->round;
	struct letter **at, *before = NULL;

	pthread_mutex_lock(&r->lock);
	letter->told = NULL;
	if (!letter->begun) {
		for (at = &r->first; *at != letter; at = &(*at)->next)
			before = *at;
		*at = letter->next;
		if (r->last == letter)
			r->last = before;
		letter_free(letter);
	}
	pthread_mutex_unlock(&r->lock);
}
