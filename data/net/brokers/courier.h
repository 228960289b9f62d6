/* courier.h - what brings messages to one kind of broker. Each is called on a thread of its own,
 * and may wait. */
#ifndef WEIR_COURIER_H
#define WEIR_COURIER_H

#include <stdbool.h>
#include <stddef.h>

#include "data/base/error.h"
#include "data/net/brokers/broker_address.h"

enum { COURIER_MS = 9000 }; /* for one message, with all that it needs */

struct courier_class {
	const char *scheme; /* "redis://" */
	const char *form;   /* as it is to be written */
	const char *lacks;  /* the package that this build was made without; NULL: none */
	int port;           /* where none is written; 0: the host is a list */
	bool (*is_name)(const char *); /* can it be published to? NULL: any can */
	/* Connects; NULL with err. */
	void *(*open)(const struct broker_address *, struct error *);
	/* Returns when the broker has it; -1 with err. */
	int (*send)(void *, const char *body, size_t n, struct error *);
	void (*close)(void *);
};

extern const struct courier_class courier_kafka, courier_mqtt, courier_redis;

#endif
