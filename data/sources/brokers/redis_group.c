/* redis_group.c - a member of a consumer group.
 *
 * An entry that was given to a member stays pending until it is acknowledged, here when its rows
 * were processed. Whoever comes again under the same name first reads what is pending for it; what
 * others left for long is claimed. So nothing is lost by a kill. A member's name is one that no
 * connection has: the server lists those. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/sources/brokers/redis_parts.h"

enum { COUNT = 1000, ACKS = 512, MEMBERS = 1000, CLAIMS = 100 };

/* --- what was given --------------------------------------------------------------------------- */

static void
given_add(struct redis_given *g, const struct redis_id *id)
{
	if (g->n == g->room && g->at > g->n / 2) {
		g->n -= g->at;
		memmove(g->ids, g->ids + g->at, g->n * sizeof *g->ids);
		g->at = 0;
	}
	if (g->n == g->room) {
		g->room = g->room > 0 ? 2 * g->room : 1024;
		g->ids = memory_grow(g->ids, g->room, sizeof *g->ids);
	}
	g->ids[g->n++] = *id;
}

static bool
given_has(const struct redis_given *g, const struct redis_id *id)
{
	for (size_t i = g->at; i < g->n; i++)
		if (redis_id_compare(&g->ids[i], id) == 0)
			return true;
	return false;
}

static int
send_acks(struct redis *r, const struct redis_id *ids, size_t n)
{
	const char *words[3 + ACKS] = { "XACK", r->address.name, r->group };
	char texts[ACKS][44];
	redisReply *reply;

	for (size_t i = 0; i < n; i++) {
		snprintf(texts[i], sizeof texts[i], "%" PRIu64 "-%" PRIu64, ids[i].ms, ids[i].n);
		words[3 + i] = texts[i];
	}
	reply = redis_ask(r, (int)(3 + n), words);
	if (reply == NULL)
		return -1;
	freeReplyObject(reply);
	return 0;
}

/* Up to that entry: what stands before it was given before it. */
static int
acknowledge(struct redis *r, struct redis_given *g, const struct redis_id *id)
{
	size_t end = g->at;

	while (end < g->n && redis_id_compare(&g->ids[end], id) != 0)
		end++;
	if (end == g->n)
		return 0; /* it was acknowledged already */
	for (end++; g->at < end;) {
		size_t n = end - g->at < ACKS ? end - g->at : ACKS;

		if (send_acks(r, &g->ids[g->at], n) != 0)
			return -1;
		g->at += n;
	}
	return 0;
}

int
redis_acknowledge(struct redis *r)
{
	struct position place;
	struct redis_id id;

	while (mailbox_next_processed(r->box, &place)) {
		if (r->group == NULL || place.lane == 0 || place.lane >= REDIS_LANES)
			continue;
		id = (struct redis_id){ place.offset, place.line };
		if (acknowledge(r, &r->given[place.lane], &id) != 0)
			return -1;
	}
	return 0;
}

/* --- a name ----------------------------------------------------------------------------------- */

/* Is there a connection of that name? Who may not list them is not told, and takes the first. */
static bool
is_taken(const char *clients, const char *name)
{
	char want[400];
	const char *at;
	int n = snprintf(want, sizeof want, " name=%s ", name);

	if (n < 0 || (size_t)n >= sizeof want)
		return false;
	at = strstr(clients, want);
	return at != NULL;
}

static void
connection_name(const struct redis *r, char out[300])
{
	snprintf(out, 300, "weir/%.80s/%.80s/%.80s", r->address.name, r->group, r->member);
	for (char *c = out; *c != '\0'; c++)
		if (*c <= ' ' || *c > '~')
			*c = '_';
}

static int
choose_member(struct redis *r)
{
	static const char *const list[] = { "CLIENT", "LIST" };
	redisReply *reply = redis_ask(r, 2, list);
	char name[300], first[100];

	if (reply == NULL && r->context->err != 0)
		return -1;
	snprintf(first, sizeof first, "%s", r->member != NULL ? r->member : "weir");
	for (int i = 1; !r->chosen && i < MEMBERS; i++) {
		char member[120];

		snprintf(member, sizeof member, i == 1 ? "%s" : "%s-%d", first, i);
		free(r->member);
		r->member = memory_text(member, strlen(member));
		connection_name(r, name);
		r->chosen = reply == NULL || reply->str == NULL || !is_taken(reply->str, name);
	}
	if (reply != NULL)
		freeReplyObject(reply);
	return 0;
}

static int
introduce(struct redis *r)
{
	char name[300];
	const char *words[] = { "CLIENT", "SETNAME", name };
	redisReply *reply;

	connection_name(r, name);
	reply = redis_ask(r, 3, words);
	if (reply == NULL)
		return r->context->err != 0 ? -1 : 0;
	freeReplyObject(reply);
	return 0;
}

/* --- the group -------------------------------------------------------------------------------- */

static int
create_group(struct redis *r)
{
	char id[48] = "$";
	const char *words[] = { "XGROUP", "CREATE", r->address.name, r->group, id, "MKSTREAM" };
	redisReply *reply;

	if (r->start.kind == START_BEGIN || r->placed)
		strcpy(id, "0");
	else if (r->start.kind == START_TIME)
		snprintf(id, sizeof id, "%" PRId64 "-18446744073709551615", r->start.ms - 1);
	reply = redis_ask(r, 6, words);
	if (reply == NULL)
		return redis_says(r, "BUSYGROUP") ? 0 : -1;
	freeReplyObject(reply);
	return 0;
}

/* Of what was pending for this member: not what it still has, nor what went before. */
static bool
is_pending(struct redis *r, uint32_t lane, const struct redis_id *id)
{
	if (given_has(&r->given[REDIS_NEW], id) || given_has(&r->given[REDIS_CLAIMED], id))
		return false;
	if ((r->resumed[REDIS_NEW] && redis_id_compare(id, &r->went[REDIS_NEW]) <= 0) ||
	    (r->resumed[REDIS_CLAIMED] && redis_id_compare(id, &r->went[REDIS_CLAIMED]) == 0)) {
		send_acks(r, id, 1);
		return false;
	}
	given_add(&r->given[lane], id);
	return true;
}

static bool
is_new(struct redis *r, uint32_t lane, const struct redis_id *id)
{
	given_add(&r->given[lane], id);
	return true;
}

/* XREADGROUP from an id on: ">" for what no one was given yet, else what is pending. Returns how
 * many entries came; -1. */
static int
read_group(struct redis *r, const char *id, int block_ms,
    bool (*wanted)(struct redis *, uint32_t, const struct redis_id *))
{
	char block[16], count[16];
	const char *words[] = { "XREADGROUP", "GROUP", r->group, r->member, "COUNT", count, "BLOCK",
		block, "STREAMS", r->address.name, id };
	redisReply *reply;
	int n = 0;

	snprintf(block, sizeof block, "%d", block_ms);
	snprintf(count, sizeof count, "%d", COUNT);
	reply = redis_ask(r, 11, words);
	if (reply == NULL)
		return -1;
	if (reply->type == REDIS_REPLY_ARRAY && reply->elements == 1 &&
	    reply->element[0]->type == REDIS_REPLY_ARRAY && reply->element[0]->elements == 2)
		n = redis_put(r, REDIS_NEW, reply->element[0]->element[1], wanted);
	freeReplyObject(reply);
	return n < 0 ? 0 : n;
}

static int
read_pending(struct redis *r)
{
	struct redis_id from = { 0 };
	char id[48];
	int n;

	do {
		snprintf(id, sizeof id, "%" PRIu64 "-%" PRIu64, from.ms, from.n);
		n = read_group(r, id, 1, is_pending);
		from = r->behind;
		mailbox_send(r->box);
	} while (n == COUNT && !mailbox_ending(r->box));
	return n < 0 ? -1 : 0;
}

int
redis_group_begin(struct redis *r)
{
	if (create_group(r) != 0 || (!r->chosen && choose_member(r) != 0) || introduce(r) != 0)
		return -1;
	r->next_claim = thread_clock() + r->claim_ms / 2;
	return read_pending(r);
}

/* --- claims ----------------------------------------------------------------------------------- */

static bool
is_stale(struct redis *r, uint32_t lane, const struct redis_id *id)
{
	if (given_has(&r->given[REDIS_NEW], id) || given_has(&r->given[REDIS_CLAIMED], id))
		return false; /* it is ours, and was not yet processed */
	given_add(&r->given[lane], id);
	return true;
}

static int
claim(struct redis *r)
{
	char idle[24], count[16];
	const char *words[] = { "XAUTOCLAIM", r->address.name, r->group, r->member, idle,
		r->cursor.len > 0 ? r->cursor.s : "0-0", "COUNT", count };
	redisReply *reply;

	snprintf(idle, sizeof idle, "%" PRId64, r->claim_ms);
	snprintf(count, sizeof count, "%d", CLAIMS);
	reply = redis_ask(r, 8, words);
	if (reply == NULL) /* a server before 6.2 has no such command */
		return redis_says(r, "ERR unknown command") ? 0 : -1;
	text_clear(&r->cursor);
	if (reply->type == REDIS_REPLY_ARRAY && reply->elements >= 2 &&
	    reply->element[0]->type == REDIS_REPLY_STRING) {
		redis_put(r, REDIS_CLAIMED, reply->element[1], is_stale);
		text_addn(&r->cursor, reply->element[0]->str, reply->element[0]->len);
	}
	freeReplyObject(reply);
	if (r->cursor.len == 0 || strcmp(r->cursor.s, "0-0") == 0)
		r->next_claim = thread_clock() + r->claim_ms / 2;
	return 0;
}

int
redis_group_read(struct redis *r, int block_ms)
{
	if (thread_clock() >= r->next_claim && claim(r) != 0)
		return -1;
	if (read_group(r, ">", block_ms, is_new) < 0) {
		if (!redis_says(r, "NOGROUP"))
			return -1;
		mailbox_note(r->box, "the stream or its group was deleted: it begins anew");
		return create_group(r);
	}
	return 0;
}

void
redis_group_done(struct redis *r)
{
	for (int i = 0; i < REDIS_LANES; i++)
		free(r->given[i].ids);
	text_done(&r->cursor);
	free(r->group);
	free(r->member);
}
