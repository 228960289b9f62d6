/* kafka_parts.h - what the files of the source kafka: share; nobody else includes it.
 *
 * kafka.c        the source, and its thread
 * kafka_read.c   messages taken, offsets stored, gaps told
 * kafka_start.c  where partitions are read from, with a group or without */
#ifndef WEIR_KAFKA_PARTS_H
#define WEIR_KAFKA_PARTS_H

#include <librdkafka/rdkafka.h>

#include "data/base/thread.h"
#include "data/net/brokers/broker_address.h"
#include "data/sources/brokers/mailbox.h"
#include "data/sources/brokers/start_at.h"

struct partition {
	int32_t id;
	bool started;    /* without a group: it is read */
	bool known;      /* `next` is */
	int64_t next;    /* offset behind the last message that was given to the loop */
	int64_t done;    /* ... that was processed */
	int64_t resumed; /* where a saved state goes on; -1: it says nothing */
};

struct kafka { /* of the thread */
	struct mailbox *box;
	struct broker_address address; /* brokers, and the topic as its name */
	struct start_at start;
	char *group; /* NULL: none */
	rd_kafka_t *rk;
	rd_kafka_topic_t *topic;
	rd_kafka_queue_t *queue; /* without a group: of all partitions */
	struct partition *partitions;
	int npartitions, recent; /* recent: asked for last */
	bool held;               /* with a group: nothing is fetched, there is no room for it */
	uint64_t taken;          /* messages so far */
	int64_t next_look;       /* clock, ms: are the brokers back, are there more partitions? */
	int64_t doubt_until;     /* clock: some broker was lost, so it is looked often */
	bool final;              /* it never will */
	char why[160];
};

enum { KAFKA_ASK_MS = 2000, KAFKA_LOOK_MS = 1000 }; /* for one answer; whether a broker is there */

struct partition *kafka_partition(struct kafka *, int32_t id); /* a new one, if need be */

/* Without a group: begins to read the partitions that are not yet. -1: k->why. */
int kafka_start_all(struct kafka *);
/* The offset to start at, where nothing is stored; -1: k->why. */
int kafka_find_start(struct kafka *, int32_t id, int64_t *offset);
/* With a group: of partitions that come and go. */
void kafka_on_rebalance(
    rd_kafka_t *, rd_kafka_resp_err_t, rd_kafka_topic_partition_list_t *, void *self);

/* Takes what there is, for at most so long; false: nothing came. */
bool kafka_take(struct kafka *, int wait_ms);
/* With a group: while there is no room for messages, none are fetched; what the group has to say is
 * heard all the same: it waits for each of its members. */
void kafka_hold(struct kafka *, bool held);
void kafka_store_processed(struct kafka *); /* offsets, with a group */

#endif
