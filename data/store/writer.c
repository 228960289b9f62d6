/* writer.c - the thread that writes batches, and the queue to it. */
#include "data/store/writer.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "data/base/thread.h"

enum {
	WAITING = 2,     /* batches beyond which no more rows should go */
	ROOM = 64 << 20, /* bytes of those that may wait while the disk fails */
	RETRY_MS = 1000,
	END_MS = 200, /* for a thread that was not asked to end before */
};

struct writer {
	struct store *store; /* the thread's alone */
	pthread_t thread;
	pthread_mutex_t lock;
	pthread_cond_t changed; /* of what follows */
	struct batch *first, *last, *spare;
	int nspare;
	size_t bytes; /* of those that wait */
	struct writer_status status;
	bool ending, ended;
	void (*news)(void *);
	void *arg;
};

/* The batch at the head is written, or not: it stays there till it is. */
static void
take_result(struct writer *w, struct batch *b, int status, const struct error *err)
{
	w->status.failed = status != 0;
	w->status.bytes = store_bytes(w->store);
	if (status != 0) {
		w->status.err = *err;
		return;
	}
	w->first = b->next;
	if (w->first == NULL)
		w->last = NULL;
	w->bytes -= batch_size(b);
	w->status.waiting--;
	w->status.rows += b->rows;
	w->status.batches++;
	if (b->checkpoint)
		w->status.saved = b->now;
	batch_clear(b);
	if (w->nspare >= WAITING) { /* the disk failed, and more of them were made than are used */
		batch_free(b);
		return;
	}
	b->next = w->spare;
	w->spare = b;
	w->nspare++;
}

/* Asks to end are answered when all is written; while the disk fails, at once. */
static void
pause_or_end(struct writer *w)
{
	struct timespec until = thread_in_ms(RETRY_MS);

	if (w->ending)
		w->ended = true;
	else
		pthread_cond_timedwait(&w->changed, &w->lock, &until);
}

static void *
run(void *arg)
{
	struct writer *w = arg;
	struct error err;

	pthread_mutex_lock(&w->lock);
	while (!w->ended) {
		struct batch *b = w->first;
		int status;

		if (b == NULL && w->ending) {
			w->ended = true;
		} else if (b == NULL) {
			pthread_cond_wait(&w->changed, &w->lock);
		} else {
			pthread_mutex_unlock(&w->lock);
			status = store_write(w->store, b, &err);
			pthread_mutex_lock(&w->lock);
			take_result(w, b, status, &err);
			pthread_cond_broadcast(&w->changed);
			if (w->news != NULL)
				w->news(w->arg);
			if (status != 0)
				pause_or_end(w);
		}
	}
	pthread_cond_broadcast(&w->changed);
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

struct writer *
writer_new(struct store *store, void (*news)(void *), void *arg)
{
	struct writer *w = memory_zero(1, sizeof *w);

	w->store = store;
	w->news = news;
	w->arg = arg;
	thread_lock_init(&w->lock, &w->changed);
	if (thread_begin(&w->thread, run, w) != 0)
		w->ended = true;
	return w;
}

struct batch *
writer_batch(struct writer *w)
{
	struct batch *b;

	pthread_mutex_lock(&w->lock);
	b = w->spare;
	if (b != NULL) {
		w->spare = b->next;
		w->nspare--;
	}
	pthread_mutex_unlock(&w->lock);
	if (b == NULL)
		b = memory_zero(1, sizeof *b);
	batch_clear(b);
	return b;
}

bool
writer_put(struct writer *w, struct batch *b)
{
	bool taken;

	pthread_mutex_lock(&w->lock);
	taken = !w->ended && !w->ending && !(w->status.failed && w->bytes > ROOM);
	if (taken) {
		b->next = NULL;
		if (w->last != NULL)
			w->last->next = b;
		else
			w->first = b;
		w->last = b;
		w->bytes += batch_size(b);
		w->status.waiting++;
		pthread_cond_broadcast(&w->changed);
	}
	pthread_mutex_unlock(&w->lock);
	return taken;
}

bool
writer_full(struct writer *w)
{
	bool full;

	pthread_mutex_lock(&w->lock);
	full = w->status.waiting >= WAITING && !w->status.failed && !w->ended;
	pthread_mutex_unlock(&w->lock);
	return full;
}

struct writer_status
writer_status(struct writer *w)
{
	struct writer_status status;

	pthread_mutex_lock(&w->lock);
	status = w->status;
	status.memory = w->bytes + (size_t)store_memory();
	pthread_mutex_unlock(&w->lock);
	return status;
}

int
writer_end(struct writer *w, int patience, struct error *err)
{
	struct timespec until = thread_in_ms(patience);
	int code = 0, status = 0;

	pthread_mutex_lock(&w->lock);
	w->ending = true;
	pthread_cond_broadcast(&w->changed);
	while (!w->ended && code != ETIMEDOUT)
		code = pthread_cond_timedwait(&w->changed, &w->lock, &until);
	if (w->first != NULL) {
		*err = w->status.err;
		if (!w->status.failed)
			error_set(err, "the disk is too slow (give another one)");
		status = -1;
	}
	pthread_mutex_unlock(&w->lock);
	return status;
}

static void
free_batches(struct batch *b)
{
	while (b != NULL) {
		struct batch *next = b->next;

		batch_free(b);
		b = next;
	}
}

void
writer_free(struct writer *w)
{
	struct error err;
	bool ended;

	if (w == NULL)
		return;
	pthread_mutex_lock(&w->lock);
	w->news = NULL;
	pthread_mutex_unlock(&w->lock);
	writer_end(w, END_MS, &err);
	pthread_mutex_lock(&w->lock);
	ended = w->ended;
	pthread_mutex_unlock(&w->lock);
	if (!ended) {
		pthread_detach(w->thread);
		return;
	}
	pthread_join(w->thread, NULL);
	free_batches(w->first);
	free_batches(w->spare);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->changed);
	store_close(w->store);
	free(w);
}
