/* mqtt_library.c - libmosquitto is begun, and what it says is made words for an error. It is never
 * ended: a thread may still hang in it. */
#include "data/net/brokers/mqtt_library.h"

#include <errno.h>
#include <mosquitto.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void
begin(void)
{
	mosquitto_lib_init();
}

void
mqtt_library_begin(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, begin);
}

static const char *
unended(const char *sentence, char *out)
{
	size_t n = strlen(sentence);

	while (n > 0 && sentence[n - 1] == '.')
		n--;
	snprintf(out, MQTT_WORDS, "%.*s", (int)n, sentence);
	return out;
}

const char *
mqtt_failure(int code, char *out)
{
	return unended(code == MOSQ_ERR_ERRNO ? strerror(errno) : mosquitto_strerror(code), out);
}

const char *
mqtt_refusal(int code, char *out)
{
	return unended(mosquitto_connack_string(code), out);
}
