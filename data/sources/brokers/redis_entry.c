/* redis_entry.c - entries of a stream as messages: their fields as one JSON object, the time of
 * their id beside it. An entry of one field that is such an object itself is that object. */
#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/sources/brokers/redis_parts.h"

bool
redis_id_read(const char *s, size_t n, struct redis_id *id)
{
	char text[48], *end;

	if (n == 0 || n >= sizeof text || !isdigit((unsigned char)s[0]))
		return false;
	memcpy(text, s, n);
	text[n] = '\0';
	id->ms = strtoull(text, &end, 10);
	id->n = 0;
	if (*end == '-')
		id->n = strtoull(end + 1, &end, 10);
	return *end == '\0';
}

int
redis_id_compare(const struct redis_id *a, const struct redis_id *b)
{
	if (a->ms != b->ms)
		return a->ms < b->ms ? -1 : 1;
	return a->n < b->n ? -1 : a->n > b->n;
}

static bool
is_object(const redisReply *value)
{
	const char *s = value->str;
	size_t n = value->len;

	while (n > 0 && isspace((unsigned char)*s)) {
		s++;
		n--;
	}
	return n > 1 && *s == '{';
}

static bool
is_map(const redisReply *fields)
{
	if (fields->type != REDIS_REPLY_ARRAY || fields->elements % 2 != 0 || fields->elements == 0)
		return false;
	for (size_t i = 0; i < fields->elements; i++)
		if (fields->element[i]->type != REDIS_REPLY_STRING)
			return false;
	return true;
}

static void
put_object(struct text *out, const redisReply *fields)
{
	text_clear(out);
	if (fields->elements == 2 && is_object(fields->element[1])) {
		text_addn(out, fields->element[1]->str, fields->element[1]->len);
		return;
	}
	for (size_t i = 0; i < fields->elements; i++) {
		text_addc(out, i == 0 ? '{' : i % 2 == 0 ? ',' : ':');
		text_json(out, fields->element[i]->str, fields->element[i]->len);
	}
	text_add(out, "}\n");
}

/* Of ids that are read behind it this is the first. */
static struct position
id_before(const struct redis_id *id)
{
	if (id->n > 0)
		return (struct position){ .offset = id->ms, .line = id->n - 1 };
	return (struct position){ .offset = id->ms > 0 ? id->ms - 1 : 0,
		.line = id->ms > 0 ? UINT64_MAX : 0 };
}

static void
put(struct redis *r, uint32_t lane, const struct redis_id *id, const redisReply *fields)
{
	char time[STAMP_CHARS];
	struct field tag = { time, 0 };
	struct mail mail = { .lane = lane,
		.before = id_before(id),
		.place = { .offset = id->ms, .line = id->n },
		.tags = &tag };

	tag.n = id->ms < INT64_MAX ? stamp_print((int64_t)id->ms, time) : 0;
	put_object(&r->json, fields);
	mail.bytes = text_get(&r->json);
	mail.n = r->json.len;
	mailbox_put(r->box, &mail);
}

int
redis_put(struct redis *r, uint32_t lane, const redisReply *entries,
    bool (*wanted)(struct redis *, uint32_t lane, const struct redis_id *))
{
	if (entries->type != REDIS_REPLY_ARRAY)
		return -1;
	for (size_t i = 0; i < entries->elements; i++) {
		const redisReply *entry = entries->element[i];
		struct redis_id id;

		if (entry->type != REDIS_REPLY_ARRAY || entry->elements != 2 ||
		    entry->element[0]->type != REDIS_REPLY_STRING ||
		    !redis_id_read(entry->element[0]->str, entry->element[0]->len, &id))
			continue; /* claimed, and deleted meanwhile */
		if (lane == REDIS_NEW) {
			r->behind = id;
			r->placed = true;
			r->read++;
		}
		if (!wanted(r, lane, &id))
			continue;
		if (is_map(entry->element[1]))
			put(r, lane, &id, entry->element[1]);
		else
			mailbox_drop(r->box, 1, "entries were deleted before they were read");
	}
	return (int)entries->elements;
}
