/* redis_parts.h - what the files of the source redis: share; nobody else includes it.
 *
 * redis.c        the source, and its thread: connected, set up, read
 * redis_stream.c a stream read without a group
 * redis_group.c  a member of a consumer group: what it was given, what it has to acknowledge
 * redis_entry.c  entries of a stream as messages */
#ifndef WEIR_REDIS_PARTS_H
#define WEIR_REDIS_PARTS_H

#include <hiredis/hiredis.h>

#include "data/base/text.h"
#include "data/base/thread.h"
#include "data/net/brokers/broker_address.h"
#include "data/sources/brokers/mailbox.h"
#include "data/sources/brokers/start_at.h"
#include "data/sources/brokers/stamp.h"

struct redis_id { /* of an entry: "1700000000000-0" */
	uint64_t ms, n;
};

enum { REDIS_NEW = 1, REDIS_CLAIMED = 2, REDIS_LANES }; /* lanes */

struct redis_given { /* ids of a lane that were given and are not acknowledged, in turn */
	struct redis_id *ids;
	size_t at, n, room;
};

struct redis {
	struct mailbox *box;
	struct broker_address address;
	struct start_at start;
	char *group, *member;              /* NULL: none */
	int64_t claim_ms;                  /* entries that others left so long are claimed */
	bool chosen;                       /* member is a name that no one else has */
	redisContext *context;             /* NULL: not connected */
	struct text json, what;            /* of an entry; why it was lost */
	struct redis_id behind;            /* the last entry that was read, */
	bool placed;                       /* ... if there is one */
	bool counted;                      /* without a group: entries read since, */
	int64_t read, added;               /* ... and how many the stream had been given by then */
	struct redis_id went[REDIS_LANES]; /* processed before a state was saved */
	bool resumed[REDIS_LANES];
	struct redis_given given[REDIS_LANES];
	int64_t next_claim; /* clock, ms */
	struct text cursor; /* of the claims */
	bool failed;        /* for good */
};

bool redis_id_read(const char *, size_t, struct redis_id *);
int redis_id_compare(const struct redis_id *, const struct redis_id *);

/* One command, its words given with their lengths; NULL: the connection is lost, or it was answered
 * by an error, which r->what has. */
redisReply *redis_ask(struct redis *, int n, const char *const *words);
bool redis_says(const struct redis *, const char *code); /* the error begins so */

/* Puts the entries of a reply ([id, [field, value ...]] ...) into the mailbox, but those that
 * `wanted` does not want. Returns how many there were, -1: it is no such reply. */
int redis_put(struct redis *, uint32_t lane, const redisReply *entries,
    bool (*wanted)(struct redis *, uint32_t lane, const struct redis_id *));

/* Each 0, or -1 when the connection is lost or something fails: r->what. */
int redis_stream_look(struct redis *); /* where it stands: at first, and each second */
int redis_stream_read(struct redis *, int block_ms);
int redis_group_begin(struct redis *);
int redis_group_read(struct redis *, int block_ms);
int redis_acknowledge(struct redis *); /* what was processed */
void redis_group_done(struct redis *);

#endif
