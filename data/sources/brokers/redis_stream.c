/* redis_stream.c - a stream that is read without a group: from an id on. What was trimmed before it
 * was read is counted, by how many entries the stream was given. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/sources/brokers/redis_parts.h"

enum { COUNT = 1000 };

/* The value of a name in XINFO STREAM, as an id; false: there is none. */
static bool
info_id(const redisReply *info, const char *name, struct redis_id *id)
{
	for (size_t i = 0; i + 1 < info->elements; i += 2) {
		const redisReply *key = info->element[i], *value = info->element[i + 1];

		if (key->type == REDIS_REPLY_STRING && strcmp(key->str, name) == 0 &&
		    value->type == REDIS_REPLY_STRING)
			return redis_id_read(value->str, value->len, id);
	}
	return false;
}

/* A count in it; -1: a server before 7.0 does not tell it. */
static int64_t
info_count(const redisReply *info, const char *name)
{
	for (size_t i = 0; i + 1 < info->elements; i += 2)
		if (info->element[i]->type == REDIS_REPLY_STRING &&
		    strcmp(info->element[i]->str, name) == 0 &&
		    info->element[i + 1]->type == REDIS_REPLY_INTEGER)
			return info->element[i + 1]->integer;
	return -1;
}

/* Where all was read, what the stream was given since it was looked at last was read, too, or is
 * gone. */
static void
count_gaps(struct redis *r, const redisReply *info, const struct redis_id *last)
{
	int64_t added = info_count(info, "entries-added"), lost = added - r->added - r->read;

	if (added < 0 || redis_id_compare(last, &r->behind) != 0)
		return;
	if (r->counted && lost > 0) {
		mailbox_drop(r->box, (uint64_t)lost, "entries were trimmed before they were read");
		mailbox_note(
		    r->box, "%" PRId64 " entries were trimmed before they were read", lost);
	}
	r->counted = true;
	r->added = added;
	r->read = 0;
}

static void
begin_anew(struct redis *r)
{
	mailbox_note(r->box, "the stream begins anew: its ids lie before those read");
	r->behind = (struct redis_id){ 0 };
	r->counted = false;
}

/* From where it is read, by what the server says of it; it is not there yet: from its begin. */
static void
begin_at(struct redis *r, const redisReply *info, const struct redis_id *last)
{
	if (r->start.kind == START_END)
		r->behind = *last;
	else if (r->start.kind == START_TIME && r->start.ms > 0)
		r->behind = (struct redis_id){ (uint64_t)r->start.ms - 1, UINT64_MAX };
	r->placed = true;
	if (r->start.kind != START_BEGIN || info == NULL || info_count(info, "entries-added") < 0)
		return;
	r->counted = true;
	r->added = info_count(info, "entries-added") - info_count(info, "length");
}

/* Where the stream stands, and whether what was to come next is still there. */
int
redis_stream_look(struct redis *r)
{
	const char *words[] = { "XINFO", "STREAM", r->address.name };
	redisReply *info = redis_ask(r, 3, words);
	struct redis_id last = { 0 };

	if (info == NULL && !redis_says(r, "ERR no such key"))
		return -1;
	if (info != NULL && !info_id(info, "last-generated-id", &last))
		last = (struct redis_id){ 0 };
	if (!r->placed)
		begin_at(r, info, &last);
	else if (redis_id_compare(&last, &r->behind) < 0)
		begin_anew(r);
	if (info != NULL) {
		count_gaps(r, info, &last);
		freeReplyObject(info);
	}
	return 0;
}

static bool
any(struct redis *r, uint32_t lane, const struct redis_id *id)
{
	(void)r, (void)lane, (void)id;
	return true;
}

int
redis_stream_read(struct redis *r, int block_ms)
{
	char block[16], count[16], id[48];
	const char *words[] = { "XREAD", "COUNT", count, "BLOCK", block, "STREAMS", r->address.name,
		id };
	redisReply *reply;

	snprintf(block, sizeof block, "%d", block_ms);
	snprintf(count, sizeof count, "%d", COUNT);
	snprintf(id, sizeof id, "%" PRIu64 "-%" PRIu64, r->behind.ms, r->behind.n);
	reply = redis_ask(r, 8, words);
	if (reply == NULL)
		return -1;
	if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 &&
	    reply->element[0]->type == REDIS_REPLY_ARRAY && reply->element[0]->elements == 2)
		redis_put(r, REDIS_NEW, reply->element[0]->element[1], any);
	freeReplyObject(reply);
	return 0;
}
