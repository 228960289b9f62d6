/* feed_hints.c - texts that are lines of something known, but of no format: what they look like,
 * and what takes rows out of them. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "data/input/feed_parts.h"
#include "data/rows/look.h"

/* cpu,host=a usage=3.2,idle=9i 1769854500000000000 */
static bool
is_influx(const char *s, size_t n)
{
	const char *fields = memchr(s, ' ', n), *end = s + n, *stamp;

	if (fields == NULL || fields == s || !isalpha((unsigned char)*s))
		return false;
	stamp = memchr(fields + 1, ' ', (size_t)(end - fields - 1));
	if (stamp == NULL || memchr(fields, '=', (size_t)(stamp - fields)) == NULL ||
	    end - stamp != 20)
		return false;
	for (const char *p = stamp + 1; p < end; p++)
		if (!isdigit((unsigned char)*p))
			return false;
	return true;
}

/* Jan 31 10:15:00 host program[12]: ... */
static bool
is_syslog(const char *s, size_t n)
{
	return n > 20 && isupper((unsigned char)s[0]) && islower((unsigned char)s[1]) &&
	       islower((unsigned char)s[2]) && s[3] == ' ' && isdigit((unsigned char)s[5]) &&
	       s[6] == ' ' && s[9] == ':' && s[12] == ':' && s[15] == ' ' &&
	       look_is_time(s + 7, 8) && memchr(s + 16, ':', n - 16) != NULL;
}

static bool
is_arff(const char *s, size_t n)
{
	return n > 10 && strncasecmp(s, "@relation ", 10) == 0;
}

static const struct hint {
	bool (*fits)(const char *, size_t); /* the first line, without its end */
	const char *what;
} hints[] = {
	{ is_influx, "lines as Influx takes them, each of whose fields is to be named (-F "
		     "'regex:[ ,]usage=(?<usage>[-+0-9.e]+)' takes one out)" },
	{ is_syslog, "a log whose times have no year (journalctl -o json has it, or -F "
		     "'regex:^(?<time>.{15}) (?<host>\\S+) (?<text>.*)')" },
	{ is_arff,
	    "ARFF, whose header is not read (--comment @ --no-header passes over it, --columns "
	    "a,b,c names the columns)" },
};

void
feed_hint(struct feed *feed, const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);
	size_t len = end != NULL ? (size_t)(end - s) : n;

	if (feed->class != NULL)
		return; /* told: so it is known what it is */
	len -= len > 0 && s[len - 1] == '\r';
	for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
		if (hints[i].fits(s, len))
			feed_add_doubt(feed, "looks like %s", hints[i].what);
}
