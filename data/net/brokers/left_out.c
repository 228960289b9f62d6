/* left_out.c - couriers that this build was made without. */
#include "data/net/brokers/courier.h"

#ifdef WITHOUT_kafka
const struct courier_class courier_kafka = { .scheme = "kafka://", .lacks = "librdkafka-dev" };
#endif

#ifdef WITHOUT_mqtt
const struct courier_class courier_mqtt = { .scheme = "mqtt://", .lacks = "libmosquitto-dev" };
#endif

#ifdef WITHOUT_redis
const struct courier_class courier_redis = { .scheme = "redis://", .lacks = "libhiredis-dev" };
#endif
