/* kafka_courier.c - messages to a topic of Kafka. The broker has one when its report says so. */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/net/brokers/courier.h"

struct kafka_connection {
	rd_kafka_t *rk;
	rd_kafka_topic_t *topic;
	rd_kafka_resp_err_t result; /* of the last message */
	char reason[160];           /* why no broker is there; "" */
};

static void
on_report(rd_kafka_t *rk, const rd_kafka_message_t *message, void *self)
{
	(void)rk;
	((struct kafka_connection *)self)->result = message->err;
}

static void
on_error(rd_kafka_t *rk, int code, const char *reason, void *self)
{
	struct kafka_connection *c = self;

	(void)rk, (void)code;
	snprintf(c->reason, sizeof c->reason, "%s", reason);
}

static void
kafka_close(void *self)
{
	struct kafka_connection *c = self;

	if (c->topic != NULL)
		rd_kafka_topic_destroy(c->topic);
	if (c->rk != NULL) {
		rd_kafka_purge(c->rk, RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT);
		rd_kafka_destroy(c->rk);
	}
	free(c);
}

static void *
kafka_open(const struct broker_address *address, struct error *err)
{
	struct kafka_connection *c = memory_zero(1, sizeof *c);
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[160], limit[16];

	snprintf(limit, sizeof limit, "%d", COURIER_MS);
	rd_kafka_conf_set(conf, "bootstrap.servers", address->host, why, sizeof why);
	rd_kafka_conf_set(conf, "client.id", "weir", why, sizeof why);
	rd_kafka_conf_set(conf, "message.timeout.ms", limit, why, sizeof why);
	rd_kafka_conf_set(conf, "enable.idempotence", "true", why, sizeof why);
	rd_kafka_conf_set(conf, "linger.ms", "0", why, sizeof why);
	rd_kafka_conf_set_log_cb(conf, NULL);
	rd_kafka_conf_set_error_cb(conf, on_error);
	rd_kafka_conf_set_dr_msg_cb(conf, on_report);
	rd_kafka_conf_set_opaque(conf, c);
	c->rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (c->rk == NULL)
		rd_kafka_conf_destroy(conf);
	else
		c->topic = rd_kafka_topic_new(c->rk, address->name, NULL);
	if (c->topic != NULL)
		return c;
	error_set(err, "%s", c->rk == NULL ? why : rd_kafka_err2str(rd_kafka_last_error()));
	kafka_close(c);
	return NULL;
}

static int
kafka_send(void *self, const char *body, size_t n, struct error *err)
{
	struct kafka_connection *c = self;
	char *copy = memory_text(body, n);
	rd_kafka_resp_err_t code = RD_KAFKA_RESP_ERR_NO_ERROR;

	if (rd_kafka_produce(
		c->topic, RD_KAFKA_PARTITION_UA, RD_KAFKA_MSG_F_COPY, copy, n, NULL, 0, NULL) != 0)
		code = rd_kafka_last_error();
	free(copy);
	c->reason[0] = '\0';
	c->result = RD_KAFKA_RESP_ERR__TIMED_OUT;
	if (code == RD_KAFKA_RESP_ERR_NO_ERROR) {
		rd_kafka_flush(c->rk, COURIER_MS);
		code = c->result;
	}
	if (code == RD_KAFKA_RESP_ERR_NO_ERROR)
		return 0;
	return error_set(err, "%s", c->reason[0] != '\0' ? c->reason : rd_kafka_err2str(code));
}

const struct courier_class courier_kafka = {
	.scheme = "kafka://",
	.form = "kafka://HOST:PORT/TOPIC",
	.open = kafka_open,
	.send = kafka_send,
	.close = kafka_close,
};
