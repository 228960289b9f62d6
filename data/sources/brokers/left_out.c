/* left_out.c - brokers that this build was made without, so that asking for one says what is
 * missing. */
#include <string.h>

#include "data/base/error.h"
#include "data/sources/source.h"

#if defined WITHOUT_kafka || defined WITHOUT_mqtt || defined WITHOUT_redis
static int
left_out(const struct source *source, const char *package, struct error *err)
{
	return error_set(err,
	    "%s: this build was made without %.*s (install %s and build weir anew)", source->spec,
	    (int)strlen(source->class->scheme) - 3, source->class->scheme, package);
}
#endif

#ifdef WITHOUT_kafka
static int
no_kafka(const struct source *source, struct error *err)
{
	return left_out(source, "librdkafka-dev", err);
}

const struct source_class source_kafka = {
	.scheme = "kafka://",
	.form = "kafka://...",
	.help = "left out of this build: it needs librdkafka-dev",
	.live = true,
	.check = no_kafka,
};
#endif

#ifdef WITHOUT_mqtt
static int
no_mqtt(const struct source *source, struct error *err)
{
	return left_out(source, "libmosquitto-dev", err);
}

const struct source_class source_mqtt = {
	.scheme = "mqtt://",
	.form = "mqtt://...",
	.help = "left out of this build: it needs libmosquitto-dev",
	.live = true,
	.check = no_mqtt,
};
#endif

#ifdef WITHOUT_redis
static int
no_redis(const struct source *source, struct error *err)
{
	return left_out(source, "libhiredis-dev", err);
}

const struct source_class source_redis = {
	.scheme = "redis://",
	.form = "redis://...",
	.help = "left out of this build: it needs libhiredis-dev",
	.live = true,
	.check = no_redis,
};
#endif
