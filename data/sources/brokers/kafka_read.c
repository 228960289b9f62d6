/* kafka_read.c - messages of partitions to the mailbox, and what was processed to the group. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/base/error.h"
#include "data/sources/brokers/kafka_parts.h"
#include "data/sources/brokers/stamp.h"

enum { BATCH = 1000 };

struct partition *
kafka_partition(struct kafka *k, int32_t id)
{
	struct partition *p;

	if (k->npartitions > 0 && k->partitions[k->recent].id == id)
		return &k->partitions[k->recent];
	for (int i = 0; i < k->npartitions; i++)
		if (k->partitions[i].id == id)
			return &k->partitions[k->recent = i];
	k->partitions =
	    memory_grow(k->partitions, (size_t)k->npartitions + 1, sizeof *k->partitions);
	k->recent = k->npartitions++;
	p = &k->partitions[k->recent];
	*p = (struct partition){ .id = id, .resumed = -1 };
	return p;
}

/* --- gaps ------------------------------------------------------------------------------------- */

/* A partition whose offset was refused stands still: it is begun anew, with a group all of them
 * are, each where it is. */
static void
begin_anew(struct kafka *k, int32_t id)
{
	const struct partition *p = kafka_partition(k, id);
	rd_kafka_topic_partition_list_t *all;

	if (k->group == NULL) {
		rd_kafka_consume_stop(k->topic, id);
		rd_kafka_consume_start_queue(k->topic, id, p->next, k->queue);
		return;
	}
	if (rd_kafka_assignment(k->rk, &all) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return;
	for (int i = 0; i < all->cnt; i++) {
		p = kafka_partition(k, all->elems[i].partition);
		all->elems[i].offset = p->known ? p->next : RD_KAFKA_OFFSET_INVALID;
	}
	rd_kafka_assign(k->rk, all);
	rd_kafka_topic_partition_list_destroy(all);
}

static void
tell_gap(struct kafka *k, const struct partition *p, int64_t low)
{
	if (p->next < low) {
		mailbox_drop(k->box, (uint64_t)(low - p->next),
		    "messages were deleted before they were read");
		mailbox_note(k->box,
		    "partition %" PRId32 ": %" PRId64 " messages from offset %" PRId64
		    " on are gone, it goes on at %" PRId64,
		    p->id, low - p->next, p->next, low);
	} else {
		mailbox_note(k->box,
		    "partition %" PRId32 ": there is no offset %" PRId64
		    " any more, it goes on at %" PRId64,
		    p->id, p->next, low);
	}
}

/* The offset that was asked for is none: deleted, of a topic made anew, or never stored. */
static void
start_over(struct kafka *k, int32_t id)
{
	struct partition *p = kafka_partition(k, id);
	int64_t low, high;

	if (!p->known) {
		if (kafka_find_start(k, id, &low) != 0)
			return;
	} else if (rd_kafka_query_watermark_offsets(k->rk, k->address.name, id, &low, &high,
		       KAFKA_ASK_MS) != RD_KAFKA_RESP_ERR_NO_ERROR) {
		return;
	} else {
		tell_gap(k, p, low);
	}
	p->next = p->done = low;
	p->known = true;
	begin_anew(k, id);
}

/* --- messages --------------------------------------------------------------------------------- */

static void
put(struct kafka *k, const rd_kafka_message_t *m)
{
	struct partition *p = kafka_partition(k, m->partition);
	char number[16], time[STAMP_CHARS];
	rd_kafka_timestamp_type_t type;
	int64_t ms = rd_kafka_message_timestamp(m, &type);
	struct field tags[3] = { { m->key != NULL ? m->key : "", m->key_len }, { number, 0 },
		{ time, 0 } };
	struct mail mail = { .lane = (uint32_t)m->partition + 1,
		.before = { .offset = (uint64_t)m->offset },
		.place = { .offset = (uint64_t)m->offset + 1 },
		.bytes = m->payload,
		.n = m->len,
		.tags = tags };

	if (p->known && m->offset < p->next) /* it was given before the partition came back */
		return;
	k->taken++;
	tags[1].n = (size_t)snprintf(number, sizeof number, "%" PRId32, m->partition);
	if (type != RD_KAFKA_TIMESTAMP_NOT_AVAILABLE)
		tags[2].n = stamp_print(ms, time);
	mailbox_put(k->box, &mail);
	if (mail.n > 0)
		p->next = m->offset + 1;
	p->known = true;
}

static void
take(struct kafka *k, const rd_kafka_message_t *m)
{
	switch (m->err) {
	case RD_KAFKA_RESP_ERR_NO_ERROR:
		put(k, m);
		break;
	case RD_KAFKA_RESP_ERR__PARTITION_EOF:
		break;
	case RD_KAFKA_RESP_ERR__AUTO_OFFSET_RESET:
	case RD_KAFKA_RESP_ERR_OFFSET_OUT_OF_RANGE:
		start_over(k, m->partition);
		break;
	default:
		snprintf(k->why, sizeof k->why, "%s", rd_kafka_err2str(m->err));
		if (m->err == RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED ||
		    m->err == RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED)
			k->final = true;
		else if (m->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
			mailbox_note(k->box, "%s", k->why);
	}
}

void
kafka_hold(struct kafka *k, bool held)
{
	rd_kafka_topic_partition_list_t *all;

	if (held == k->held || rd_kafka_assignment(k->rk, &all) != RD_KAFKA_RESP_ERR_NO_ERROR)
		return;
	if (held)
		rd_kafka_pause_partitions(k->rk, all);
	else
		rd_kafka_resume_partitions(k->rk, all);
	k->held = held;
	rd_kafka_topic_partition_list_destroy(all);
}

/* One by one: a batch of a group may have messages of partitions that just went. */
static bool
take_of_group(struct kafka *k, int wait_ms)
{
	int n = 0;

	kafka_hold(k, mailbox_full(k->box));
	for (; n < BATCH && (n == 0 || !mailbox_full(k->box)); n++) {
		rd_kafka_message_t *m = rd_kafka_consumer_poll(k->rk, n == 0 ? wait_ms : 0);

		if (m == NULL)
			break;
		take(k, m);
		rd_kafka_message_destroy(m);
	}
	return n > 0;
}

static bool
take_of_queue(struct kafka *k, int wait_ms)
{
	rd_kafka_message_t *all[BATCH];
	ssize_t n = rd_kafka_consume_batch_queue(k->queue, wait_ms, all, BATCH);

	for (ssize_t i = 0; i < n; i++) {
		take(k, all[i]);
		rd_kafka_message_destroy(all[i]);
	}
	return n > 0;
}

bool
kafka_take(struct kafka *k, int wait_ms)
{
	bool some = k->group != NULL ? take_of_group(k, wait_ms) : take_of_queue(k, wait_ms);

	if (k->group == NULL)
		rd_kafka_poll(k->rk, 0); /* for what it says of brokers */
	mailbox_send(k->box);
	return some;
}

void
kafka_store_processed(struct kafka *k)
{
	rd_kafka_topic_partition_list_t *list;
	struct position place;

	if (!mailbox_next_processed(k->box, &place))
		return;
	list = rd_kafka_topic_partition_list_new(8);
	do {
		struct partition *p = kafka_partition(k, (int32_t)place.lane - 1);

		if (place.lane == 0 || (int64_t)place.offset < p->done)
			continue;
		p->done = (int64_t)place.offset;
		rd_kafka_topic_partition_list_add(list, k->address.name, p->id)->offset = p->done;
	} while (mailbox_next_processed(k->box, &place));
	if (k->group != NULL)
		rd_kafka_offsets_store(k->rk, list);
	rd_kafka_topic_partition_list_destroy(list);
}
