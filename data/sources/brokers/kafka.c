/* kafka.c - kafka://BROKERS/TOPIC: messages of a topic of Kafka, of all its partitions.
 *
 * Without a group all partitions are read, and nothing is stored at the brokers: a saved state has
 * the offsets. With one, partitions are shared among its members, and offsets are stored when the
 * rows before them were processed. librdkafka reads ahead on threads of its own; ours takes
 * messages from it, and asks what has to be waited for. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/sources/brokers/kafka_parts.h"

enum { TURN_MS = 100, LOOK_MS = 500, MORE_MS = 30000, DOUBT_MS = 10000 };

enum { PARAM_GROUP, PARAM_FROM };
static const struct param params[] = {
	[PARAM_GROUP] = { .name = "group",
	    .type = PARAM_TEXT,
	    .fallback = "",
	    .help = "consumer group to be a member of" },
	[PARAM_FROM] = START_AT_PARAM,
	{ 0 },
};
static const struct tag_column tags[] = { { "key", COLUMN_TEXT }, { "partition", COLUMN_NUMBER },
	{ "time", COLUMN_TIME }, { 0 } };

struct kafka_source {
	struct kafka *kafka; /* of the mailbox, once there is one */
	struct mailbox *box; /* NULL: nothing was read yet */
};

/* --- set up ----------------------------------------------------------------------------------- */

/* A broker that goes may say so before it is gone, and librdkafka says the same but once in a
 * while: for a moment it is looked again and again. */
static void
on_error(rd_kafka_t *rk, int code, const char *reason, void *self)
{
	struct kafka *k = self;

	(void)rk;
	if (code == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN || code == RD_KAFKA_RESP_ERR__TRANSPORT ||
	    code == RD_KAFKA_RESP_ERR__RESOLVE) {
		k->doubt_until = thread_clock() + DOUBT_MS;
		k->next_look = 0;
	} else if (code == RD_KAFKA_RESP_ERR__FATAL || code == RD_KAFKA_RESP_ERR__AUTHENTICATION) {
		k->final = true;
		snprintf(k->why, sizeof k->why, "%s", reason);
	}
}

static rd_kafka_conf_t *
settings(struct kafka *k)
{
	static const char *const all[][2] = { { "client.id", "weir" },
		{ "enable.auto.offset.store", "false" }, { "auto.offset.reset", "error" },
		{ "allow.auto.create.topics", "false" }, { "queued.max.messages.kbytes", "16384" },
		{ "reconnect.backoff.max.ms", "1000" }, { "session.timeout.ms", "10000" },
		{ "auto.commit.interval.ms", "500" },
		{ "topic.metadata.refresh.interval.ms", "30000" },
		{ "socket.keepalive.enable", "true" } };
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[160];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		rd_kafka_conf_set(conf, all[i][0], all[i][1], why, sizeof why);
	rd_kafka_conf_set(conf, "bootstrap.servers", k->address.host, why, sizeof why);
	rd_kafka_conf_set(
	    conf, "enable.auto.commit", k->group != NULL ? "true" : "false", why, sizeof why);
	rd_kafka_conf_set_log_cb(conf, NULL);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_opaque(conf, k);
	if (k->group == NULL)
		return conf;
	rd_kafka_conf_set(conf, "group.id", k->group, why, sizeof why);
	rd_kafka_conf_set_rebalance_cb(conf, kafka_on_rebalance);
	return conf;
}

static int
join(struct kafka *k)
{
	rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
	rd_kafka_resp_err_t code;

	rd_kafka_topic_partition_list_add(topics, k->address.name, RD_KAFKA_PARTITION_UA);
	rd_kafka_poll_set_consumer(k->rk);
	code = rd_kafka_subscribe(k->rk, topics);
	rd_kafka_topic_partition_list_destroy(topics);
	snprintf(k->why, sizeof k->why, "%s", rd_kafka_err2str(code));
	return code == RD_KAFKA_RESP_ERR_NO_ERROR ? 0 : -1;
}

/* What librdkafka does not take it does not take later. */
static int
begin(struct kafka *k)
{
	rd_kafka_conf_t *conf = settings(k);

	k->rk = rd_kafka_new(RD_KAFKA_CONSUMER, conf, k->why, sizeof k->why);
	if (k->rk == NULL) {
		rd_kafka_conf_destroy(conf);
		return -1;
	}
	k->topic = rd_kafka_topic_new(k->rk, k->address.name, NULL);
	if (k->topic == NULL) {
		snprintf(k->why, sizeof k->why, "%s", rd_kafka_err2str(rd_kafka_last_error()));
		return -1;
	}
	k->queue = rd_kafka_queue_new(k->rk);
	return k->group != NULL ? join(k) : 0;
}

/* --- the thread ------------------------------------------------------------------------------- */

static void
tell_there(struct kafka *k)
{
	int n = 0;

	for (int i = 0; i < k->npartitions; i++)
		n += k->partitions[i].started;
	if (n > 0 || k->group == NULL || mailbox_is_lost(k->box))
		mailbox_there(k->box, n);
}

/* Are the brokers back, and are there partitions that are not yet read? */
static void
look(struct kafka *k)
{
	bool lost = mailbox_is_lost(k->box) || k->npartitions == 0;

	if (thread_clock() < k->next_look)
		return;
	if (kafka_start_all(k) != 0) {
		mailbox_lost(k->box, k->why);
		k->next_look = thread_clock() + LOOK_MS;
		return;
	}
	if (lost)
		tell_there(k);
	k->next_look = thread_clock() + (thread_clock() < k->doubt_until ? LOOK_MS : MORE_MS);
}

static void
end(struct kafka *k)
{
	if (k->group != NULL && k->rk != NULL)
		rd_kafka_consumer_close(k->rk);
	for (int i = 0; i < k->npartitions; i++)
		if (k->group == NULL && k->partitions[i].started)
			rd_kafka_consume_stop(k->topic, k->partitions[i].id);
	if (k->queue != NULL)
		rd_kafka_queue_destroy(k->queue);
	if (k->topic != NULL)
		rd_kafka_topic_destroy(k->topic);
	if (k->rk != NULL)
		rd_kafka_destroy(k->rk);
}

static void
run(void *self, struct mailbox *box)
{
	struct kafka *k = self;
	uint64_t taken;

	k->box = box;
	k->final = begin(k) != 0;
	while (!k->final && !mailbox_ending(box)) {
		look(k);
		taken = k->taken;
		kafka_take(k, TURN_MS);
		if (k->taken > taken && mailbox_is_lost(box))
			tell_there(k); /* sooner than we looked */
		kafka_store_processed(k);
	}
	kafka_store_processed(k);
	if (k->final)
		mailbox_fail(box, "kafka://%s/%s: %s (is the address right?)", k->address.host,
		    k->address.name, k->why);
	end(k);
}

static void
kafka_free(void *self)
{
	struct kafka *k = self;

	broker_address_done(&k->address);
	free(k->partitions);
	free(k->group);
	free(k);
}

/* --- the source ------------------------------------------------------------------------------- */

static int
kafka_check(const struct source *source, struct error *err)
{
	struct broker_address address = { 0 };
	struct start_at start;
	struct error why;

	if (broker_address_read_list(&address, source->rest, &why) != 0)
		return error_set(
		    err, "%s: %s (write kafka://HOST:PORT/TOPIC)", source->spec, why.text);
	broker_address_done(&address);
	if (start_at_read(&start, &source->values[PARAM_FROM], err) != 0)
		return error_at(err, "%s", source->spec);
	return 0;
}

static int
kafka_open(struct source *source, struct error *err)
{
	struct kafka_source *s = source->state;
	const char *group = source->values[PARAM_GROUP].text;
	struct kafka *k;

	if (source->loop == NULL)
		return error_set(err, "%s: cannot be read here (open it with weir)", source->spec);
	k = s->kafka = memory_zero(1, sizeof *k);
	k->group = group != NULL ? memory_text(group, strlen(group)) : NULL;
	if (broker_address_read_list(&k->address, source->rest, err) == 0 &&
	    start_at_read(&k->start, &source->values[PARAM_FROM], err) == 0)
		return 0;
	kafka_free(k);
	return -1;
}

/* The thread begins with the first read: a state may be loaded before. */
static long
kafka_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct kafka_source *s = source->state;
	struct mailbox_hooks hooks = { run, kafka_free, s->kafka };

	if (s->box == NULL) {
		s->box = mailbox_new(source, &hooks, err);
		s->kafka = NULL;
		if (s->box == NULL)
			return SOURCE_FAIL;
	}
	return mailbox_read(s->box, buf, cap, err);
}

static void
kafka_processed(struct source *source, const struct position *place)
{
	struct kafka_source *s = source->state;

	if (s->box != NULL)
		mailbox_processed(s->box, place);
}

static void
kafka_resume(struct source *source, const struct position *places, int n)
{
	struct kafka *k = ((struct kafka_source *)source->state)->kafka;

	for (int i = 0; i < n; i++)
		if (places[i].lane > 0)
			kafka_partition(k, (int32_t)(places[i].lane - 1))->resumed =
			    (int64_t)places[i].offset;
}

static void
kafka_close(struct source *source)
{
	struct kafka_source *s = source->state;

	if (s->box != NULL)
		mailbox_close(s->box);
	else if (s->kafka != NULL)
		kafka_free(s->kafka);
}

const struct source_class source_kafka = {
	.scheme = "kafka://",
	.form = "kafka://HOST:PORT/TOPIC?group=G",
	.help = "a topic of Kafka; columns key, partition and time",
	.params = params,
	.size = sizeof(struct kafka_source),
	.live = true,
	.kind = SOURCE_LANES | SOURCE_MESSAGES,
	.tags = tags,
	.check = kafka_check,
	.open = kafka_open,
	.read = kafka_read,
	.processed = kafka_processed,
	.resume = kafka_resume,
	.close = kafka_close,
};
