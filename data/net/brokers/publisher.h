/* publisher.h - messages to brokers: nothing is waited for, and those to one address keep their
 * order. */
#ifndef WEIR_PUBLISHER_H
#define WEIR_PUBLISHER_H

#include <stddef.h>

#include "data/base/error.h"

struct letter;
struct publisher;
struct uv_loop_s;

/* Is it kafka://HOST:PORT/TOPIC, mqtt://HOST:PORT/TOPIC or redis://HOST:PORT/STREAM, of a kind that
 * this build has? -1 with err. */
int publisher_check(const char *address, struct error *);

struct publisher *publisher_new(struct uv_loop_s *);
/* What is under way ends untold; the loop closes handles later. NULL is fine. */
void publisher_free(struct publisher *);

/* Copies both. told: once, from the loop: the broker has it; what: it has not, one line. NULL with
 * err. */
struct letter *publisher_send(struct publisher *, const char *address, const char *body, size_t n,
    void (*told)(void *self, const char *what), void *self, struct error *);
/* Nobody is told any more; what was not yet begun is not sent. */
void publisher_forget(struct letter *);

#endif
