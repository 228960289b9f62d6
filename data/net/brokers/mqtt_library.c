/* mqtt_library.c - libmosquitto is begun. It is never ended: a thread may still hang in it. */
#include "data/net/brokers/mqtt_library.h"

#include <mosquitto.h>
#include <pthread.h>

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
