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

#include "data/base/error.h"
#include "data/sources/brokers/redis_parts.h"

enum { PORT = 6379, BLOCK_MS = 200, ANSWER_S = 5, CONNECT_S = 3 };

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
	int64_t looked = thread_clock();

	if (dial(r) != 0 || (r->group != NULL ? redis_group_begin(r) : redis_stream_look(r)) != 0)
		return;
	mailbox_there(r->box, 1);
	while (!mailbox_ending(r->box)) {
		if ((r->group != NULL ? redis_group_read(r, BLOCK_MS)
				      : redis_stream_read(r, BLOCK_MS)) != 0)
			return;
		mailbox_send(r->box);
		if (redis_acknowledge(r) != 0)
			return;
		if (r->group == NULL && thread_clock() - looked >= 1000) {
			if (redis_stream_look(r) != 0)
				return;
			looked = thread_clock();
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
