/* zone.c - time zones: what the clocks of a place showed, against UTC.
 *
 * The C library knows zones only through TZ, one for the whole process; sources have each their
 * own. So the system's tz data is read here (RFC 9636, "The Time Zone Information Format"), whole,
 * into a list of the instants at which clocks were set and what they showed from then on; years
 * beyond the listed ones follow from the rule at the file's end and stand in the same list, up to
 * the last year that times have. Nothing is looked for twice where times come in order: the stretch
 * between two changes is remembered. */
#include "data/base/times/zone.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/times/civil.h"
#include "data/base/times/zone_rule.h"

enum {
	ZONE_BYTES = 1 << 18, /* the longest files have 4 kB */
	FIRST_YEAR = 1677,
	LAST_YEAR = 2263, /* beyond what times can say */
	DAY = DAY_SECONDS /* no clock is further from UTC */
};
#define FIRST_SECOND INT64_C(-10000000000) /* before the earliest time */

struct zone {
	struct zone_change *changes; /* by time; the first one is FIRST_SECOND */
	int n;
	int64_t from, until; /* wall times in which `east` alone holds */
	int east;
};

static void
add_change(struct zone *z, int64_t at, int east)
{
	if (z->n > 0 && z->changes[z->n - 1].east == east)
		return;
	z->changes = memory_grow(z->changes, (size_t)z->n + 1, sizeof *z->changes);
	z->changes[z->n++] = (struct zone_change){ at, east };
}

/* The years of a rule that come after what is listed, of which the last was at that time. */
static void
add_rule(struct zone *z, const struct zone_rule *rule, int64_t listed)
{
	struct zone_change year[2];

	if (z->n == 0)
		add_change(z, FIRST_SECOND, rule->east);
	if (!rule->summer)
		return;
	for (int y = FIRST_YEAR; y <= LAST_YEAR; y++) {
		zone_rule_year(rule, y, year);
		for (int i = 0; i < 2; i++)
			if (year[i].at > listed)
				add_change(z, year[i].at, year[i].east);
	}
}

/* --- the file --------------------------------------------------------------------------------- */

struct tzif { /* one of the two parts of a file */
	const unsigned char *times, *kinds, *types, *end;
	uint32_t ntimes, ntypes, nleaps;
	int width; /* bytes of a time */
};

static int64_t
big_endian(const unsigned char *p, int bytes)
{
	uint64_t v = (p[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return (int64_t)v;
}

/* Where the parts of a block stand: nothing lies outside the n bytes. */
static bool
tzif_read(struct tzif *t, const unsigned char *p, size_t n, int width)
{
	enum { HEADER = 44 };
	uint64_t count[6], bytes;

	if (n < HEADER || memcmp(p, "TZif", 4) != 0)
		return false;
	for (int i = 0; i < 6; i++)
		count[i] = (uint64_t)big_endian(p + 20 + 4 * i, 4) & UINT32_MAX;
	bytes = count[3] * (uint64_t)(width + 1) + count[4] * 6 + count[5] +
		count[2] * (uint64_t)(width + 4) + count[1] + count[0];
	if (count[4] == 0 || bytes > n - HEADER)
		return false;
	t->ntimes = (uint32_t)count[3];
	t->ntypes = (uint32_t)count[4];
	t->nleaps = (uint32_t)count[2];
	t->width = width;
	t->times = p + HEADER;
	t->kinds = t->times + count[3] * (uint64_t)width;
	t->types = t->kinds + count[3];
	t->end = p + HEADER + bytes;
	return true;
}

static bool
take_changes(struct zone *z, const struct tzif *t)
{
	int first = (int)big_endian(t->types, 4);

	add_change(z, FIRST_SECOND, first);
	for (uint32_t i = 0; i < t->ntimes; i++) {
		int64_t at = big_endian(t->times + i * (uint32_t)t->width, t->width);
		int64_t east;

		if (t->kinds[i] >= t->ntypes)
			return false;
		east = big_endian(t->types + 6 * t->kinds[i], 4);
		if (east <= -DAY || east >= DAY || (z->n > 1 && at <= z->changes[z->n - 1].at))
			return false;
		if (at <= FIRST_SECOND)
			z->changes[0].east = (int)east;
		else
			add_change(z, at, (int)east);
	}
	return first > -DAY && first < DAY;
}

static bool
take_file(struct zone *z, const unsigned char *p, size_t n)
{
	const unsigned char *end = p + n, *newline;
	struct zone_rule rule;
	struct tzif t;
	int64_t listed;

	if (!tzif_read(&t, p, n, 4))
		return false;
	if (p[4] >= '2' && !tzif_read(&t, t.end, (size_t)(end - t.end), 8))
		return false;
	if (t.nleaps > 0 || !take_changes(z, &t)) /* leap seconds: not the time of POSIX */
		return false;
	if (p[4] < '2' || t.end == end || *t.end != '\n')
		return true;
	newline = memchr(t.end + 1, '\n', (size_t)(end - t.end - 1));
	if (newline == NULL)
		return false;
	listed = t.ntimes > 0 ? big_endian(t.kinds - t.width, t.width) : FIRST_SECOND;
	if (zone_rule_parse(&rule, (const char *)t.end + 1, (size_t)(newline - t.end - 1)))
		add_rule(z, &rule, listed);
	return true;
}

static size_t
read_file(const char *path, unsigned char *bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	size_t n = 0;
	ssize_t got;

	if (fd < 0)
		return 0;
	while (n < ZONE_BYTES && (got = read(fd, bytes + n, ZONE_BYTES - n)) > 0)
		n += (size_t)got;
	close(fd);
	return n;
}

static bool
open_file(struct zone *z, const char *path)
{
	unsigned char *bytes = memory_new(ZONE_BYTES, 1);
	size_t n = read_file(path, bytes);
	bool ok = n > 0 && n < ZONE_BYTES && take_file(z, bytes, n);

	free(bytes);
	if (!ok)
		z->n = 0;
	return ok;
}

/* --- the name --------------------------------------------------------------------------------- */

/* +02, +0200, +02:00 */
static bool
open_offset(struct zone *z, const char *s)
{
	int hours, minutes = 0, n = 0;
	size_t len = strlen(s);

	if ((*s != '+' && *s != '-') || strspn(s + 1, "0123456789:") != len - 1 ||
	    (sscanf(s + 1, "%2d:%2d%n", &hours, &minutes, &n) != 2 &&
		sscanf(s + 1, "%2d%2d%n", &hours, &minutes, &n) != 2 &&
		sscanf(s + 1, "%2d%n", &hours, &n) != 1) ||
	    (size_t)n + 1 != len || hours > 23 || minutes > 59)
		return false;
	add_change(z, FIRST_SECOND, (*s == '-' ? -1 : 1) * (hours * 3600 + minutes * 60));
	return true;
}

static bool
open_rule(struct zone *z, const char *name)
{
	struct zone_rule rule;

	if (!zone_rule_parse(&rule, name, strlen(name)))
		return false;
	add_rule(z, &rule, FIRST_SECOND);
	return true;
}

static const char *
data_folder(void)
{
	const char *folder = getenv("TZDIR");

	return folder != NULL && *folder != '\0' ? folder : "/usr/share/zoneinfo";
}

static bool
open_name(struct zone *z, const char *name)
{
	char path[512];
	int n = snprintf(path, sizeof path, "%s/%s", data_folder(), name);

	if (*name == '\0' || *name == '/' || strstr(name, "..") != NULL || n >= (int)sizeof path)
		return false;
	return open_file(z, path);
}

static bool
open_local(struct zone *z)
{
	const char *name = getenv("TZ");

	if (name == NULL)
		return open_file(z, "/etc/localtime");
	if (*name == ':')
		name++;
	return *name == '/' ? open_file(z, name) : open_name(z, name) || open_rule(z, name);
}

struct zone *
zone_open(const char *name, struct error *err)
{
	struct zone *z = memory_zero(1, sizeof *z);
	bool local = strcmp(name, "local") == 0;

	/* Without tz data, and with a TZ that is none, clocks show UTC, as for the C library. */
	if (strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 || (local && !open_local(z)))
		add_change(z, FIRST_SECOND, 0);
	else if (!local && !open_offset(z, name) && !open_name(z, name) && !open_rule(z, name)) {
		zone_close(z);
		error_set(err,
		    access(data_folder(), R_OK) == 0
			? "no time zone \"%s\" (UTC, local, an offset as +02:00, or a name as "
			  "Europe/Berlin)"
			: "no time zone \"%s\" (names need the package tzdata; or give an offset "
			  "as +02:00)",
		    name);
		return NULL;
	}
	return z;
}

void
zone_close(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->changes);
	free(z);
}

/* --- asking ----------------------------------------------------------------------------------- */

/* The last change at or before an instant; 0 before all. */
static int
change_at(const struct zone *z, int64_t utc)
{
	int low = 0, high = z->n - 1;

	while (low < high) {
		int middle = low + (high - low + 1) / 2;

		if (z->changes[middle].at <= utc)
			low = middle;
		else
			high = middle - 1;
	}
	return low;
}

int
zone_east(const struct zone *z, int64_t utc)
{
	return z->changes[change_at(z, utc)].east;
}

static int64_t
max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Wall times that only the stretch from change i on has shown: at a change clocks show two times at
 * once, and what lies between these came twice, or never. */
static void
remember(struct zone *z, int i)
{
	const struct zone_change *c = &z->changes[i];

	z->east = c->east;
	z->from = i == 0 ? INT64_MIN : c->at + max(c->east, c[-1].east);
	z->until = i == z->n - 1 ? INT64_MAX : c[1].at - max(-c->east, -c[1].east);
}

enum zone_fit
zone_utc(struct zone *z, int64_t wall, int64_t *utc)
{
	int fits = 0, i;

	if (wall >= z->from && wall < z->until) {
		*utc = wall - z->east;
		return ZONE_ONCE;
	}
	/* Each stretch that may have shown it, from the earliest. */
	for (i = change_at(z, wall - DAY); i < z->n && z->changes[i].at <= wall + DAY; i++) {
		int64_t t = wall - z->changes[i].east;

		if ((i > 0 && t < z->changes[i].at) || (i < z->n - 1 && t >= z->changes[i + 1].at))
			continue;
		if (fits++ == 0) {
			*utc = t;
			remember(z, i);
		}
	}
	if (fits > 0)
		return fits > 1 ? ZONE_TWICE : ZONE_ONCE;
	/* Never shown: as if the clocks had not yet been set ahead. */
	for (i = change_at(z, wall - DAY); i < z->n - 1; i++)
		if (wall - z->changes[i + 1].east < z->changes[i + 1].at)
			break;
	*utc = wall - z->changes[i].east;
	z->from = z->until = 0;
	return ZONE_SKIPPED;
}

void
zone_stretch(const struct zone *z, int64_t *from, int64_t *until)
{
	*from = z->from;
	*until = z->until;
}
