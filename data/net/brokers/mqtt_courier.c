/* mqtt_courier.c - messages to an MQTT broker, at QoS 1: it says that it has them. */
#include <errno.h>
#include <mosquitto.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/thread.h"
#include "data/net/brokers/courier.h"
#include "data/net/brokers/mqtt_library.h"

enum { PORT = 1883, KEEP_ALIVE_S = 60, TURN_MS = 100 };

struct mqtt_connection {
	struct mosquitto *m;
	char *topic;
	bool connected;
	int refused;     /* why the broker does not take us in; 0 */
	int had, wanted; /* the last message that it has, the one that it should */
};

static void
on_connect(struct mosquitto *m, void *self, int code)
{
	struct mqtt_connection *c = self;

	(void)m;
	c->connected = code == 0;
	c->refused = code;
}

static void
on_publish(struct mosquitto *m, void *self, int id)
{
	(void)m;
	((struct mqtt_connection *)self)->had = id;
}

static int
lost(int code, struct error *err)
{
	char why[MQTT_WORDS];

	return error_set(err, "%s", mqtt_failure(code, why));
}

/* Until it is connected, and the broker has what it should. */
static int
turn(struct mqtt_connection *c, struct error *err)
{
	int64_t until = thread_clock() + COURIER_MS / 2;
	char why[MQTT_WORDS];

	while (!c->connected || c->had != c->wanted) {
		int code = mosquitto_loop(c->m, TURN_MS, 1);

		if (c->refused != 0)
			return error_set(err, "%s", mqtt_refusal(c->refused, why));
		if (code != MOSQ_ERR_SUCCESS)
			return lost(code, err);
		if (thread_clock() > until)
			return error_set(err, "no answer");
	}
	return 0;
}

static void
mqtt_close(void *self)
{
	struct mqtt_connection *c = self;

	if (c->m != NULL) {
		mosquitto_disconnect(c->m);
		mosquitto_destroy(c->m);
	}
	free(c->topic);
	free(c);
}

static void *
mqtt_open(const struct broker_address *address, struct error *err)
{
	struct mqtt_connection *c = memory_zero(1, sizeof *c);
	int code = MOSQ_ERR_NOMEM;

	c->topic = memory_text(address->name, strlen(address->name));
	mqtt_library_begin();
	c->m = mosquitto_new(NULL, true, c);
	if (c->m != NULL) {
		mosquitto_username_pw_set(c->m, address->user, address->password);
		mosquitto_connect_callback_set(c->m, on_connect);
		mosquitto_publish_callback_set(c->m, on_publish);
		code = mosquitto_connect(c->m, address->host, address->port, KEEP_ALIVE_S);
	}
	if (code != MOSQ_ERR_SUCCESS)
		lost(code, err);
	else if (turn(c, err) == 0)
		return c;
	mqtt_close(c);
	return NULL;
}

static int
mqtt_send(void *self, const char *body, size_t n, struct error *err)
{
	struct mqtt_connection *c = self;
	int code = mosquitto_publish(c->m, &c->wanted, c->topic, (int)n, body, 1, false);

	return code != MOSQ_ERR_SUCCESS ? lost(code, err) : turn(c, err);
}

static bool
is_topic(const char *name)
{
	return mosquitto_pub_topic_check(name) == MOSQ_ERR_SUCCESS;
}

const struct courier_class courier_mqtt = {
	.scheme = "mqtt://",
	.form = "mqtt://HOST:PORT/TOPIC",
	.port = PORT,
	.is_name = is_topic,
	.open = mqtt_open,
	.send = mqtt_send,
	.close = mqtt_close,
};
