/* kafka_start.c - where partitions are read from.
 *
 * An offset is always told in numbers: "the end" is looked up once, so that a broker that goes and
 * comes back changes nothing. With a group the committed offset counts, or that of a saved state
 * where it is later: offsets are committed behind its checkpoints. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/sources/brokers/kafka_parts.h"

enum { SETTLE_MS = 3000, SETTLE_STEP_MS = 10 };

static int
failed(struct kafka *k, rd_kafka_resp_err_t code)
{
	bool alone = code == RD_KAFKA_RESP_ERR__TRANSPORT || code == RD_KAFKA_RESP_ERR__TIMED_OUT ||
		     code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN;

	snprintf(k->why, sizeof k->why, "%s",
	    alone ? "no broker can be reached" : rd_kafka_err2str(code));
	return -1;
}

static int
find_time(struct kafka *k, int32_t id, int64_t *offset)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_topic_partition_t *p =
	    rd_kafka_topic_partition_list_add(list, k->address.name, id);
	rd_kafka_resp_err_t code;

	p->offset = k->start.ms;
	code = rd_kafka_offsets_for_times(k->rk, list, KAFKA_ASK_MS);
	if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
		code = p->err;
	*offset = p->offset;
	rd_kafka_topic_partition_list_destroy(list);
	return code == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : failed(k, code);
}

int
kafka_find_start(struct kafka *k, int32_t id, int64_t *offset)
{
	rd_kafka_resp_err_t code;
	int64_t low, high;

	if (k->start.kind == START_TIME && find_time(k, id, offset) != 0)
		return -1;
	if (k->start.kind == START_TIME && *offset >= 0)
		return 0;
	code =
	    rd_kafka_query_watermark_offsets(k->rk, k->address.name, id, &low, &high, KAFKA_ASK_MS);
	if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
		return failed(k, code);
	*offset = k->start.kind == START_BEGIN ? low : high;
	return 0;
}

static void
begin_at(struct partition *p, int64_t offset)
{
	p->next = p->done = offset;
	p->known = true;
	p->resumed = -1;
}

/* --- without a group -------------------------------------------------------------------------- */

static int
start_one(struct kafka *k, int32_t id)
{
	struct partition *p = kafka_partition(k, id);
	int64_t offset = p->resumed;

	if (p->started)
		return 0;
	if (p->known)
		offset = p->next;
	else if (offset < 0 && kafka_find_start(k, id, &offset) != 0)
		return -1;
	begin_at(p, offset);
	if (rd_kafka_consume_start_queue(k->topic, id, offset, k->queue) != 0)
		return failed(k, rd_kafka_last_error());
	p->started = true;
	return 0;
}

int
kafka_start_all(struct kafka *k)
{
	const struct rd_kafka_metadata *all;
	rd_kafka_resp_err_t code = rd_kafka_metadata(k->rk, 0, k->topic, &all, KAFKA_LOOK_MS);
	int status = 0;

	if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
		return failed(k, code);
	if (all->topic_cnt != 1 || all->topics[0].err != RD_KAFKA_RESP_ERR_NO_ERROR ||
	    all->topics[0].partition_cnt == 0) {
		code = all->topic_cnt == 1 ? all->topics[0].err : RD_KAFKA_RESP_ERR_NO_ERROR;
		status = failed(k, code != RD_KAFKA_RESP_ERR_NO_ERROR
				       ? code
				       : RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
	}
	for (int i = 0; status == 0 && k->group == NULL && i < all->topics[0].partition_cnt; i++)
		status = start_one(k, all->topics[0].partitions[i].id);
	rd_kafka_metadata_destroy(all);
	return status;
}

/* --- with a group ----------------------------------------------------------------------------- */

/* Where nothing can be found out now it is left to the broker, and to kafka_take when that says no.
 */
static void
place(struct kafka *k, rd_kafka_topic_partition_t *at)
{
	struct partition *p = kafka_partition(k, at->partition);

	if (at->err != RD_KAFKA_RESP_ERR_NO_ERROR)
		at->offset = RD_KAFKA_OFFSET_INVALID;
	if (at->offset >= 0 && p->resumed > at->offset)
		at->offset = p->resumed;
	else if (at->offset < 0 && p->resumed >= 0)
		at->offset = p->resumed;
	else if (at->offset < 0 && kafka_find_start(k, at->partition, &at->offset) != 0)
		at->offset = RD_KAFKA_OFFSET_INVALID;
	p->known = false;
	if (at->offset >= 0)
		begin_at(p, at->offset);
	p->started = true;
}

static void
assign(struct kafka *k, rd_kafka_topic_partition_list_t *list)
{
	rd_kafka_resp_err_t code = rd_kafka_committed(k->rk, list, 2 * KAFKA_ASK_MS);

	for (int i = 0; i < list->cnt; i++) {
		if (code != RD_KAFKA_RESP_ERR_NO_ERROR)
			list->elems[i].offset = RD_KAFKA_OFFSET_INVALID;
		place(k, &list->elems[i]);
	}
	rd_kafka_assign(k->rk, list);
	mailbox_there(k->box, list->cnt);
}

static bool
all_done(const struct kafka *k)
{
	for (int i = 0; i < k->npartitions; i++)
		if (k->partitions[i].started && k->partitions[i].known &&
		    k->partitions[i].done < k->partitions[i].next)
			return false;
	return true;
}

/* What was given is processed first, and its offsets are committed: whoever gets the partitions
 * next goes on there. Not for ever: then what nobody has looked at is left to them. */
static void
revoke(struct kafka *k)
{
	int64_t until = thread_clock() + SETTLE_MS;

	mailbox_send(k->box);
	kafka_store_processed(k);
	while (!all_done(k) && thread_clock() < until && !mailbox_ending(k->box)) {
		mailbox_pause(k->box, SETTLE_STEP_MS);
		kafka_store_processed(k);
	}
	if (!all_done(k))
		mailbox_forget(k->box);
	for (int i = 0; i < k->npartitions; i++)
		k->partitions[i].started = false;
	kafka_hold(k, false); /* or it would stay so for whoever has them next, us too */
	rd_kafka_assign(k->rk, NULL);
}

void
kafka_on_rebalance(
    rd_kafka_t *rk, rd_kafka_resp_err_t code, rd_kafka_topic_partition_list_t *list, void *self)
{
	struct kafka *k = self;

	if (code == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS)
		assign(k, list);
	else if (code == RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS)
		revoke(k);
	else
		rd_kafka_assign(rk, NULL);
}
