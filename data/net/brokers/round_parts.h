/* round_parts.h - what the publisher and its rounds share; nobody else includes it.
 *
 * publisher.c  addresses, and letters to them
 * round.c      one address: the thread that brings its letters */
#ifndef WEIR_ROUND_PARTS_H
#define WEIR_ROUND_PARTS_H

#include <pthread.h>

#include "data/net/brokers/courier.h"
#include "data/net/brokers/publisher.h"

struct post_bell;

struct letter {
	struct letter *next;
	struct round *round;
	char *body;
	size_t n;
	bool begun, failed;
	struct error why;
	void (*told)(void *, const char *); /* NULL: nobody is any more */
	void *self;
};

struct round { /* of one address */
	struct round *next;
	const struct courier_class *class;
	char *text;
	struct broker_address address;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	int owners; /* thread and publisher */
	bool ending;
	struct post_bell *bell;
	struct letter *first, *last; /* to be brought */
	struct letter *under_way;
	struct letter *done; /* to be told */
	void *connection;    /* of the thread; NULL: none */
};

/* Takes the address. NULL with err: there is no thread for it. */
struct round *round_new(struct uv_loop_s *, const struct courier_class *, const char *text,
    struct broker_address *, struct error *);
/* Waits for its thread for a moment; one that hangs in a broker is left to itself. */
void round_end(struct round *);
void round_add(struct round *, struct letter *);
/* Nobody is told of it; what was not begun is not sent. */
void round_forget(struct letter *);

#endif
