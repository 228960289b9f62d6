/* mqtt.c - mqtt://HOST:PORT/TOPIC: messages of an MQTT broker, of one topic or many ("a/+", "#").
 *
 * With a client name the broker keeps the session, and what was published meanwhile at QoS 1 comes
 * when we are back. libmosquitto acknowledges a message as soon as it has it, so what a kill finds
 * between there and the store is lost. Where rows go too slowly, messages of QoS 0 are dropped and
 * counted; others stay with the broker. */
#include <errno.h>
#include <mosquitto.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/net/brokers/broker_address.h"
#include "data/net/brokers/mqtt_library.h"
#include "data/sources/brokers/mailbox.h"

enum { PORT = 1883, KEEP_ALIVE_S = 30, TURN_MS = 200, REFUSED = 128 };

enum { PARAM_CLIENT, PARAM_QOS };
static const struct param params[] = {
	[PARAM_CLIENT] = { .name = "client",
	    .type = PARAM_TEXT,
	    .fallback = "",
	    .help = "name under which the broker keeps what comes meanwhile" },
	[PARAM_QOS] = { .name = "qos",
	    .type = PARAM_COUNT,
	    .fallback = "0",
	    .max = 2,
	    .help = "0 at most once, 1 at least once, 2 once" },
	{ 0 },
};
static const struct tag_column tags[] = { { "topic", COLUMN_TEXT }, { 0 } };

struct mqtt { /* of the thread */
	struct mailbox *box;
	struct broker_address address;
	char *client;
	int qos;
	struct mosquitto *m;
	uint64_t messages;
	bool connected; /* the broker took us in */
	bool final;     /* it never will */
	char why[160];
};

struct mqtt_source {
	struct mqtt *mqtt;   /* of the mailbox, once there is one */
	struct mailbox *box; /* NULL: nothing was read yet */
};

/* --- what the broker says --------------------------------------------------------------------- */

static void
fail(struct mqtt *q, const char *why)
{
	snprintf(q->why, sizeof q->why, "%s", why);
	q->final = true;
}

/* A session that is there has its subscription: what is retained does not come again. */
static void
on_connect(struct mosquitto *m, void *self, int code, int flags)
{
	struct mqtt *q = self;
	bool session = (flags & 1) != 0;

	char why[MQTT_WORDS];

	if (code == 1 || code == 2 || code == 4 || code == 5) {
		fail(q, mqtt_refusal(code, why));
	} else if (code != 0) {
		snprintf(q->why, sizeof q->why, "%s", mqtt_refusal(code, why));
	} else if (!session || q->messages == 0) {
		mosquitto_subscribe(m, NULL, q->address.name, q->qos);
	} else {
		q->connected = true;
		mailbox_there(q->box, 1);
	}
}

static void
on_subscribe(struct mosquitto *m, void *self, int id, int n, const int *granted)
{
	struct mqtt *q = self;

	(void)m, (void)id;
	if (n > 0 && granted[0] >= REFUSED) {
		fail(q, "the topic is refused");
		return;
	}
	q->connected = true;
	mailbox_there(q->box, 1);
}

static void
on_message(struct mosquitto *m, void *self, const struct mosquitto_message *message)
{
	struct mqtt *q = self;
	struct field topic = { message->topic, strlen(message->topic) };
	struct mail mail = { .lane = 1,
		.before = { .offset = q->messages },
		.place = { .offset = q->messages + 1 },
		.bytes = message->payload,
		.n = (size_t)message->payloadlen,
		.tags = &topic };

	(void)m;
	q->messages++;
	if (message->qos == 0 && mailbox_full(q->box))
		mailbox_drop(q->box, 1, "messages were dropped: they came too fast");
	else
		mailbox_put(q->box, &mail);
}

/* --- the thread ------------------------------------------------------------------------------- */

static struct mosquitto *
session_new(struct mqtt *q)
{
	struct mosquitto *m;

	mqtt_library_begin();
	m = mosquitto_new(q->client, q->client == NULL, q);
	if (m == NULL)
		return NULL;
	mosquitto_username_pw_set(m, q->address.user, q->address.password);
	mosquitto_connect_with_flags_callback_set(m, on_connect);
	mosquitto_subscribe_callback_set(m, on_subscribe);
	mosquitto_message_callback_set(m, on_message);
	return m;
}

/* A batch is over when nothing more is there to be read. */
static bool
more_comes(struct mosquitto *m)
{
	int n = 0;

	return ioctl(mosquitto_socket(m), FIONREAD, &n) == 0 && n > 0;
}

/* While it is there; returns when it is lost, fails or ends. */
static void
speak(struct mqtt *q)
{
	int code = mosquitto_connect(q->m, q->address.host, q->address.port, KEEP_ALIVE_S);
	char why[MQTT_WORDS];

	q->connected = false;
	q->why[0] = '\0';
	while (code == MOSQ_ERR_SUCCESS && !q->final && !mailbox_ending(q->box)) {
		code = mosquitto_loop(q->m, TURN_MS, 1);
		if (code != MOSQ_ERR_SUCCESS || !more_comes(q->m))
			mailbox_send(q->box);
	}
	if (q->why[0] != '\0')
		return;
	snprintf(q->why, sizeof q->why, "%s", mqtt_failure(code, why));
}

static void
run(void *self, struct mailbox *box)
{
	struct mqtt *q = self;

	q->box = box;
	q->m = session_new(q);
	if (q->m == NULL)
		fail(q, strerror(errno));
	while (!q->final && !mailbox_ending(box)) {
		speak(q);
		if (!q->final && !mailbox_ending(box))
			mailbox_lost(box, q->why);
	}
	if (q->final)
		mailbox_fail(box, "mqtt://%s:%d/%s: %s (is the address right?)", q->address.host,
		    q->address.port, q->address.name, q->why);
	if (q->m == NULL)
		return;
	mosquitto_disconnect(q->m);
	mosquitto_destroy(q->m);
}

static void
mqtt_free(void *self)
{
	struct mqtt *q = self;

	broker_address_done(&q->address);
	free(q->client);
	free(q);
}

/* --- the source ------------------------------------------------------------------------------- */

static int
mqtt_check(const struct source *source, struct error *err)
{
	struct broker_address address = { 0 };
	struct error why;
	int code;

	if (broker_address_read(&address, source->rest, PORT, &why) != 0)
		return error_set(
		    err, "%s: %s (write mqtt://HOST:PORT/TOPIC)", source->spec, why.text);
	code = mosquitto_sub_topic_check(address.name);
	broker_address_done(&address);
	if (code == MOSQ_ERR_SUCCESS)
		return 0;
	return error_set(err, "%s: is no topic (+ stands for a whole level, # for all at the end)",
	    source->spec);
}

static int
mqtt_open(struct source *source, struct error *err)
{
	struct mqtt_source *s = source->state;
	const char *client = source->values[PARAM_CLIENT].text;
	struct mqtt *q;

	if (source->loop == NULL)
		return error_set(err, "%s: cannot be read here (open it with weir)", source->spec);
	q = s->mqtt = memory_zero(1, sizeof *q);
	q->qos = (int)source->values[PARAM_QOS].number;
	q->client = client != NULL ? memory_text(client, strlen(client)) : NULL;
	if (broker_address_read(&q->address, source->rest, PORT, err) == 0)
		return 0;
	mqtt_free(q);
	return -1;
}

static long
mqtt_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct mqtt_source *s = source->state;
	struct mailbox_hooks hooks = { run, mqtt_free, s->mqtt };

	if (s->box == NULL) {
		s->box = mailbox_new(source, &hooks, err);
		s->mqtt = NULL;
		if (s->box == NULL)
			return SOURCE_FAIL;
	}
	return mailbox_read(s->box, buf, cap, err);
}

static void
mqtt_close(struct source *source)
{
	struct mqtt_source *s = source->state;

	if (s->box != NULL)
		mailbox_close(s->box);
	else if (s->mqtt != NULL)
		mqtt_free(s->mqtt);
}

const struct source_class source_mqtt = {
	.scheme = "mqtt://",
	.form = "mqtt://HOST:PORT/TOPIC?client=C&qos=1",
	.help = "messages of an MQTT broker, + and # in the topic; column topic",
	.params = params,
	.size = sizeof(struct mqtt_source),
	.live = true,
	.kind = SOURCE_LANES | SOURCE_MESSAGES,
	.tags = tags,
	.check = mqtt_check,
	.open = mqtt_open,
	.read = mqtt_read,
	.close = mqtt_close,
};
