/* kafka_mock.c - brokers of Kafka for tests: librdkafka's mock cluster, ordered about by its input.
 *
 * Prints where it is, then does what each line says, and answers "ok":
 *     topic NAME PARTITIONS
 *     put TOPIC PARTITION KEY VALUE      (KEY - for none; VALUE to the end of the line)
 *     many TOPIC COUNT                   {"n":0} ..., to partitions in turn
 *     down, up                           all brokers
 * The end of its input ends it. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BROKERS = 1, FLUSH_MS = 20000 };

static rd_kafka_t *
kafka_new(const char *servers)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	char why[200];
	rd_kafka_t *rk;

	rd_kafka_conf_set_log_cb(conf, NULL);
	rd_kafka_conf_set(conf, "linger.ms", "5", why, sizeof why);
	rd_kafka_conf_set(conf, "reconnect.backoff.max.ms", "200", why, sizeof why);
	if (servers != NULL)
		rd_kafka_conf_set(conf, "bootstrap.servers", servers, why, sizeof why);
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (rk == NULL) {
		fprintf(stderr, "kafka_mock: %s\n", why);
		exit(1);
	}
	return rk;
}

static void
put(rd_kafka_t *rk, const char *topic, int partition, const char *key, char *value)
{
	const char *keyed = strcmp(key, "-") != 0 ? key : NULL;
	size_t nkey = keyed != NULL ? strlen(keyed) : 0, n = strlen(value);
	rd_kafka_resp_err_t code;

	do {
		code =
		    rd_kafka_producev(rk, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_PARTITION(partition),
			RD_KAFKA_V_KEY(keyed, nkey), RD_KAFKA_V_VALUE(value, n),
			RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_END);
		rd_kafka_poll(rk, code == RD_KAFKA_RESP_ERR__QUEUE_FULL ? 10 : 0);
	} while (code == RD_KAFKA_RESP_ERR__QUEUE_FULL);
}

static void
obey(rd_kafka_t *rk, rd_kafka_mock_cluster_t *cluster, char *line)
{
	char topic[100], key[100], value[100];
	int n, at = 0;

	line[strcspn(line, "\n")] = '\0';
	if (sscanf(line, "topic %99s %d", topic, &n) == 2)
		rd_kafka_mock_topic_create(cluster, topic, n, 1);
	else if (sscanf(line, "put %99s %d %99s %n", topic, &n, key, &at) == 3 && at > 0)
		put(rk, topic, n, key, line + at);
	else if (sscanf(line, "many %99s %d", topic, &n) == 2)
		for (int i = 0; i < n; i++) {
			snprintf(value, sizeof value, "{\"n\":%d}", i);
			put(rk, topic, RD_KAFKA_PARTITION_UA, "-", value);
		}
	for (int i = 1; i <= BROKERS; i++)
		if (strcmp(line, "down") == 0)
			rd_kafka_mock_broker_set_down(cluster, i);
		else if (strcmp(line, "up") == 0)
			rd_kafka_mock_broker_set_up(cluster, i);
	if (strcmp(line, "down") != 0)
		rd_kafka_flush(rk, FLUSH_MS);
	puts("ok");
	fflush(stdout);
}

int
main(void)
{
	static char line[1 << 16];
	rd_kafka_t *host = kafka_new(NULL);
	rd_kafka_mock_cluster_t *cluster = rd_kafka_mock_cluster_new(host, BROKERS);
	rd_kafka_t *rk = kafka_new(rd_kafka_mock_cluster_bootstraps(cluster));

	puts(rd_kafka_mock_cluster_bootstraps(cluster));
	fflush(stdout);
	while (fgets(line, sizeof line, stdin) != NULL)
		obey(rk, cluster, line);
	rd_kafka_destroy(rk);
	rd_kafka_mock_cluster_destroy(cluster);
	rd_kafka_destroy(host);
	return 0;
}
