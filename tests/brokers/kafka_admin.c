/* kafka_admin.c - for the test against a real Kafka, at BROKERS: makes a topic of so many
 * partitions, or deletes what stands before an offset in one of them. */
#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 20000 };

static int
fail(const char *why)
{
	fprintf(stderr, "kafka_admin: %s\n", why);
	return 1;
}

static void
make_topic(rd_kafka_t *rk, rd_kafka_queue_t *queue, char **words)
{
	char why[200];
	rd_kafka_NewTopic_t *topic =
	    rd_kafka_NewTopic_new(words[0], atoi(words[1]), 1, why, sizeof why);

	rd_kafka_CreateTopics(rk, &topic, 1, NULL, queue);
	rd_kafka_NewTopic_destroy(topic);
}

static void
delete_records(rd_kafka_t *rk, rd_kafka_queue_t *queue, char **words)
{
	rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
	rd_kafka_DeleteRecords_t *records;

	rd_kafka_topic_partition_list_add(list, words[0], atoi(words[1]))->offset = atoll(words[2]);
	records = rd_kafka_DeleteRecords_new(list);
	rd_kafka_DeleteRecords(rk, &records, 1, NULL, queue);
	rd_kafka_DeleteRecords_destroy(records);
	rd_kafka_topic_partition_list_destroy(list);
}

int
main(int argc, char **argv)
{
	rd_kafka_conf_t *conf = rd_kafka_conf_new();
	rd_kafka_queue_t *queue;
	rd_kafka_event_t *event;
	rd_kafka_t *rk;
	char why[200];
	int status = 0;

	if (argc < 5)
		return fail("BROKERS (topic NAME PARTITIONS | delete NAME PARTITION OFFSET)");
	rd_kafka_conf_set(conf, "bootstrap.servers", argv[1], why, sizeof why);
	rk = rd_kafka_new(RD_KAFKA_PRODUCER, conf, why, sizeof why);
	if (rk == NULL)
		return fail(why);
	queue = rd_kafka_queue_new(rk);
	if (strcmp(argv[2], "topic") == 0)
		make_topic(rk, queue, &argv[3]);
	else if (argc > 5)
		delete_records(rk, queue, &argv[3]);
	event = rd_kafka_queue_poll(queue, PATIENCE_MS);
	if (event == NULL || rd_kafka_event_error(event) != RD_KAFKA_RESP_ERR_NO_ERROR)
		status = fail(event != NULL ? rd_kafka_event_error_string(event) : "no answer");
	if (event != NULL && rd_kafka_event_DeleteRecords_result(event) != NULL) {
		const rd_kafka_DeleteRecords_result_t *result =
		    rd_kafka_event_DeleteRecords_result(event);
		const rd_kafka_topic_partition_t *p =
		    &rd_kafka_DeleteRecords_result_offsets(result)->elems[0];

		if (p->err != RD_KAFKA_RESP_ERR_NO_ERROR)
			status = fail(rd_kafka_err2str(p->err));
	}
	if (event != NULL)
		rd_kafka_event_destroy(event);
	rd_kafka_queue_destroy(queue);
	rd_kafka_destroy(rk);
	return status;
}
