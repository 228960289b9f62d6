/* redis.c - redis://HOST:PORT/STREAM: a stream of a Redis server, each entry a row.
 *
 * Without a group it is read from an id on, which is remembered across losses of the connection and
 * in saved state. With one, entries are shared among its members; see redis_group.c. What was
 * trimmed before it was read is told. The thread waits in short reads, so that it can acknowledge
 * between them. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "data/base/error.h"
#include "data/sources/brokers/redis_parts.h"

enum { PORT = 6379, BLOCK_MS = 200, ANSWER_S = 5, CONNECT_S = 3, COUNT = 1000 };

enum { PARAM_GROUP, PARAM_CLIENT, PARAM_CLAIM, PARAM_FROM };
static const struct param params[] = {
	[PARAM_GROUP] = { .name = "group",
	    .type = PARAM_TEXT,
	    .fallback = "",
	    .help = "consumer group to be a member of" },
	[PARAM_CLIENT] = { .name = "client",
	    .type = PARAM_TEXT,
	    .fallback = "",
	    .help = "name of the member (weir, or weir-2 ... where that is taken)" },
	[PARAM_CLAIM] = { .name = "claim",
	    .type = PARAM_DURATION,
	    .fallback = "1m",
	    .help = "what other members leave pending for so long is taken over" },
	[PARAM_FROM] = START_AT_PARAM,
	{ 0 },
};
static const struct tag_column tags[] = { { "time", COLUMN_TIME }, { 0 } };

struct redis_source {
	struct redis *redis; /* of the mailbox, once there is one */
	struct mailbox *box; /* NULL: nothing was read yet */
};

int64_t
redis_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- asking ----------------------------------------------------------------------------------- */

redisReply *
redis_ask(struct redis *r, int n, const char *const *words)
{
	const char **copy = memory_new((size_t)n, sizeof *copy);
	redisReply *reply;

	memcpy(copy, words, (size_t)n * sizeof *copy);
	reply = redisCommandArgv(r->context, n, copy, NULL);
	free(copy);
	text_clear(&r->what);
	if (reply == NULL) {
		text_add(&r->what, r->context->errstr[0] != '\0' ? r->context->errstr : "lost");
		return NULL;
	}
	if (reply->type != REDIS_REPLY_ERROR)
		return reply;
	text_addn(&r->what, reply->str, reply->len < 140 ? reply->len : 140);
	freeReplyObject(reply);
	return NULL;
}

bool
redis_says(const struct redis *r, const char *code)
{
	return strncmp(text_get(&r->what), code, strlen(code)) == 0;
}

/* Errors that asking again does not mend. */
static bool
is_final(const struct redis *r)
{
	static const char *const codes[] = { "WRONGTYPE", "NOAUTH", "WRONGPASS", "NOPERM",
		"ERR AUTH", "ERR invalid password", "ERR unknown command" };

	if (r->context == NULL || r->context->err != 0)
		return false;
	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (redis_says(r, codes[i]))
			return true;
	return false;
}

static int
log_in(struct redis *r)
{
	const struct broker_address *a = &r->address;
	const char *words[] = { "AUTH", a->user != NULL ? a->user : a->password, a->password };
	redisReply *reply;

	if (a->password == NULL)
		return 0;
	reply = redis_ask(r, a->user != NULL ? 3 : 2, words);
	if (reply == NULL)
		return -1;
	freeReplyObject(reply);
	return 0;
}

static int
dial(struct redis *r)
{
	struct timeval patience = { CONNECT_S, 0 }, answer = { ANSWER_S, 0 };

	r->context = redisConnectWithTimeout(r->address.host, r->address.port, patience);
	text_clear(&r->what);
	if (r->context == NULL || r->context->err != 0) {
		text_add(&r->what, r->context != NULL ? r->context->errstr : "no memory");
		return -1;
	}
	redisSetTimeout(r->context, answer);
	redisEnableKeepAlive(r->context);
	return log_in(r);
}

/* --- without a group -------------------------------------------------------------------------- */

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
static int
look_at_stream(struct redis *r)
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

static int
read_stream(struct redis *r, int block_ms)
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

/* --- the thread ------------------------------------------------------------------------------- */

static void
hang_up(struct redis *r)
{
	if (r->context != NULL)
		redisFree(r->context);
	r->context = NULL;
}

/* While it is there; returns when it is lost, fails or ends. */
static void
speak(struct redis *r)
{
	int64_t looked = redis_clock();

	if (dial(r) != 0 || (r->group != NULL ? redis_group_begin(r) : look_at_stream(r)) != 0)
		return;
	mailbox_there(r->box, 1);
	while (!mailbox_ending(r->box)) {
		if ((r->group != NULL ? redis_group_read(r, BLOCK_MS) : read_stream(r, BLOCK_MS)) !=
		    0)
			return;
		mailbox_send(r->box);
		if (redis_acknowledge(r) != 0)
			return;
		if (r->group == NULL && redis_clock() - looked >= 1000) {
			if (look_at_stream(r) != 0)
				return;
			looked = redis_clock();
		}
	}
	redis_acknowledge(r);
}

static void
run(void *self, struct mailbox *box)
{
	struct redis *r = self;

	r->box = box;
	while (!mailbox_ending(box)) {
		speak(r);
		if (mailbox_ending(box))
			break;
		if (is_final(r))
			mailbox_fail(box, "redis://%s:%d/%s: %s (is the address right?)",
			    r->address.host, r->address.port, r->address.name, text_get(&r->what));
		hang_up(r);
		if (!mailbox_ending(box))
			mailbox_lost(box, text_get(&r->what));
	}
	hang_up(r);
}

static void
redis_free(void *self)
{
	struct redis *r = self;

	broker_address_done(&r->address);
	redis_group_done(r);
	text_done(&r->json);
	text_done(&r->what);
	free(r);
}

/* --- the source ------------------------------------------------------------------------------- */

static int
redis_check(const struct source *source, struct error *err)
{
	struct broker_address address = { 0 };
	struct start_at start;
	struct error why;

	if (broker_address_read(&address, source->rest, PORT, &why) != 0)
		return error_set(
		    err, "%s: %s (write redis://HOST:PORT/STREAM)", source->spec, why.text);
	broker_address_done(&address);
	if (start_at_read(&start, &source->values[PARAM_FROM], err) != 0)
		return error_at(err, "%s", source->spec);
	return 0;
}

static char *
copy(const char *s)
{
	return s != NULL ? memory_text(s, strlen(s)) : NULL;
}

static int
redis_open(struct source *source, struct error *err)
{
	struct redis_source *s = source->state;
	struct redis *r;

	if (source->loop == NULL)
		return error_set(err, "%s: cannot be read here (open it with weir)", source->spec);
	r = s->redis = memory_zero(1, sizeof *r);
	if (broker_address_read(&r->address, source->rest, PORT, err) != 0 ||
	    start_at_read(&r->start, &source->values[PARAM_FROM], err) != 0) {
		redis_free(r);
		return -1;
	}
	r->group = copy(source->values[PARAM_GROUP].text);
	r->member = copy(source->values[PARAM_CLIENT].text);
	r->claim_ms = source->values[PARAM_CLAIM].span.n / 1000000;
	return 0;
}

/* The thread begins with the first read: a state may be loaded before. */
static long
redis_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct redis_source *s = source->state;
	struct mailbox_hooks hooks = { run, redis_free, s->redis };

	if (s->box == NULL) {
		s->box = mailbox_new(source, &hooks, err);
		s->redis = NULL;
		if (s->box == NULL)
			return SOURCE_FAIL;
	}
	return mailbox_read(s->box, buf, cap, err);
}

static void
redis_processed(struct source *source, const struct position *place)
{
	struct redis_source *s = source->state;

	if (s->box != NULL)
		mailbox_processed(s->box, place);
}

static void
redis_resume(struct source *source, const struct position *places, int n)
{
	struct redis *r = ((struct redis_source *)source->state)->redis;

	for (int i = 0; i < n; i++) {
		uint32_t lane = places[i].lane;

		if (lane == 0 || lane >= REDIS_LANES)
			continue;
		r->went[lane] = (struct redis_id){ places[i].offset, places[i].line };
		r->resumed[lane] = true;
	}
	if (r->resumed[REDIS_NEW]) {
		r->behind = r->went[REDIS_NEW];
		r->placed = true;
	}
}

static void
redis_close(struct source *source)
{
	struct redis_source *s = source->state;

	if (s->box != NULL)
		mailbox_close(s->box);
	else if (s->redis != NULL)
		redis_free(s->redis);
}

const struct source_class source_redis = {
	.scheme = "redis://",
	.form = "redis://HOST:PORT/STREAM?group=G",
	.help = "a Redis stream, each entry a row; column time; acknowledged when processed",
	.params = params,
	.size = sizeof(struct redis_source),
	.live = true,
	.kind = SOURCE_LANES | SOURCE_MESSAGES,
	.tags = tags,
	.check = redis_check,
	.open = redis_open,
	.read = redis_read,
	.processed = redis_processed,
	.resume = redis_resume,
	.close = redis_close,
};
