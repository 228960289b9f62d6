/* mailbox_parts.h - what the files of the mailbox share; nobody else includes it.
 *
 * mailbox.c         what the source calls, on its loop
 * mailbox_thread.c  what the thread calls */
#ifndef WEIR_MAILBOX_PARTS_H
#define WEIR_MAILBOX_PARTS_H

#include <pthread.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/thread.h"
#include "data/sources/brokers/mailbox.h"

enum {
	BATCH = 1 << 16,        /* bytes that are sent together, at least */
	ROOM = 16 << 20,        /* that wait in all */
	MESSAGE_MAX = 16 << 20, /* of one message */
	NEWS_MAX = 256,
	PAUSE_FIRST = 100,
	PAUSE_MOST = 5000,
	END_MS = 3000, /* for a thread to end */
};

struct batch { /* of messages: a struct head, the ends of their tags, their tags, their bytes */
	struct batch *next;
	char *data;
	size_t len, cap, at;
	size_t done; /* bytes given so far of the message at `at` */
};

struct head {
	struct position before, place;
	uint32_t lane;
	size_t tags, n; /* bytes of each */
};

struct news { /* what NULL: a note */
	const char *what;
	bool trouble; /* a note of it */
	struct text text;
};

struct bell { /* closes later than the rest */
	uv_async_t async;
	struct source *source; /* NULL: it is closed */
};

struct mailbox {
	struct mailbox_hooks hooks;
	int ntags;
	char *name;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int owners; /* thread and source, as far as they are there */
	bool ending, over;

	/* under the lock */
	struct bell *bell; /* NULL: the source is closed */
	struct batch *first, *last, *spare;
	size_t waiting; /* bytes */
	struct news news[NEWS_MAX];
	int nnews;
	uint64_t dropped;
	struct source_report report; /* as far as the thread knows */
	bool failed, anew;           /* anew: there is something else than messages to be read */
	struct error why;
	struct position *processed; /* one a lane */
	int nprocessed, next_processed;

	/* of the thread */
	struct batch *filling;
	bool was_there, told, drop_told;
	int pause;
	unsigned seed;

	/* of the source */
	struct source *source;
	struct batch *reading;
	struct field *tags;
};

#endif
