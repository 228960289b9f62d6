/* redis_courier.c - messages into a Redis stream: an entry each, of one field. */
#include <hiredis/hiredis.h>
#include <stdlib.h>
#include <string.h>

#include "data/net/brokers/courier.h"

enum { PORT = 6379 };

struct redis_connection {
	redisContext *context;
	char *stream;
};

static void
redis_close(void *self)
{
	struct redis_connection *c = self;

	if (c->context != NULL)
		redisFree(c->context);
	free(c->stream);
	free(c);
}

/* Takes the reply. */
static int
answered(struct redis_connection *c, redisReply *reply, struct error *err)
{
	int status = 0;

	if (reply == NULL)
		return error_set(err, "%s", c->context->errstr);
	if (reply->type == REDIS_REPLY_ERROR)
		status = error_set(err, "%.160s", reply->str);
	freeReplyObject(reply);
	return status;
}

static int
log_in(struct redis_connection *c, const struct broker_address *a, struct error *err)
{
	const char *words[] = { "AUTH", a->user != NULL ? a->user : a->password, a->password };

	if (a->password == NULL)
		return 0;
	return answered(c, redisCommandArgv(c->context, a->user != NULL ? 3 : 2, words, NULL), err);
}

static void *
redis_open(const struct broker_address *address, struct error *err)
{
	struct redis_connection *c = memory_zero(1, sizeof *c);
	struct timeval patience = { COURIER_MS / 2000, 0 };

	c->context = redisConnectWithTimeout(address->host, address->port, patience);
	c->stream = memory_text(address->name, strlen(address->name));
	if (c->context != NULL && c->context->err == 0) {
		redisSetTimeout(c->context, patience);
		if (log_in(c, address, err) == 0)
			return c;
	} else {
		error_set(err, "%s", c->context != NULL ? c->context->errstr : "no memory");
	}
	redis_close(c);
	return NULL;
}

static int
redis_send(void *self, const char *body, size_t n, struct error *err)
{
	struct redis_connection *c = self;
	const char *words[] = { "XADD", c->stream, "*", "event", body };
	size_t lengths[] = { 4, strlen(c->stream), 1, 5, n };

	return answered(c, redisCommandArgv(c->context, 5, words, lengths), err);
}

const struct courier_class courier_redis = {
	.scheme = "redis://",
	.form = "redis://HOST:PORT/STREAM",
	.port = PORT,
	.open = redis_open,
	.send = redis_send,
	.close = redis_close,
};
