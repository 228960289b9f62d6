/* dial.c - sources that go to the other end themselves. What fails or is lost is tried again, each
 * time after a longer pause, a part of which is left to chance: many that lost the same server do
 * not come back in one moment. See dial.h. */
#include "data/sources/sockets/dial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/alarm.h"
#include "data/sources/sockets/peers.h"

enum { PAUSE_FIRST = 100, PAUSE_MOST = 10000, PATIENCE = 10000 /* ms */ };

struct dial {
	struct source *source;
	const struct dial_way *way;
	struct peers *peers;
	struct alarm *alarm; /* tries again, or gives up one that takes too long */
	int pause;           /* ms; the next one */
	int attempts;
	uint32_t lanes; /* connections so far: each has a header of its own */
	bool there, was_there, trying, told;
	bool for_good;
	unsigned seed;
};

static void
try_again(struct dial *d)
{
	d->trying = true;
	alarm_set(d->alarm, PATIENCE);
	d->way->try(d, d->source);
}

static void
on_alarm(void *arg)
{
	struct dial *d = arg;

	if (d->there || d->for_good)
		return;
	if (!d->trying) {
		try_again(d);
		return;
	}
	peers_give_up(d->peers);
	dial_failed(d, "no answer", false);
}

void
dial_failed(struct dial *d, const char *what, bool for_good)
{
	struct source_report *report = &d->source->report;
	int jitter = (int)((unsigned)rand_r(&d->seed) % (unsigned)(d->pause / 2 + 1));

	d->trying = d->there = false;
	d->for_good = for_good && !d->was_there;
	d->attempts++;
	report->doing = SOURCE_RETRIES;
	report->attempts++;
	report->lanes = 0;
	strncpy(report->what, what, sizeof report->what - 1);
	if (!d->told && !d->for_good)
		source_trouble(d->source,
		    "%s: %s (tried again until it is there, at least every %d s)", d->source->name,
		    what, PAUSE_MOST / 1000);
	d->told = true;
	alarm_set(d->alarm, d->pause / 2 + jitter);
	d->pause = d->pause * 2 < PAUSE_MOST ? d->pause * 2 : PAUSE_MOST;
	d->source->ready(d->source->ready_arg);
}

static void
arrive(struct dial *d)
{
	struct source_report *report = &d->source->report;

	if (d->told)
		source_trouble(
		    d->source, "%s: it is there%s", d->source->name, d->was_there ? " again" : "");
	d->there = d->was_there = true;
	d->trying = d->told = false;
	d->attempts = 0;
	report->doing = SOURCE_READS;
	report->attempts = 0;
	report->lanes = 1;
}

static void
on_opened(void *self, int error)
{
	struct dial *d = self;

	if (error == 0) {
		arrive(d);
		return;
	}
	d->lanes--; /* it never was one */
	dial_failed(d, strerror(error), false);
}

static void
on_gone(void *self, int error)
{
	dial_failed(self, error != 0 ? strerror(error) : "the other end has closed", false);
}

struct dial *
dial_new(struct source *source, const struct dial_way *way, struct error *err)
{
	struct dial *d = memory_zero(1, sizeof *d);
	struct peers_hooks hooks = { .opened = on_opened, .gone = on_gone, .self = d };

	d->source = source;
	d->way = way;
	d->pause = PAUSE_FIRST;
	d->seed = (unsigned)getpid();
	d->peers = peers_new(source, &hooks, err);
	if (d->peers == NULL) {
		free(d);
		return NULL;
	}
	d->alarm = alarm_new(source->loop, on_alarm, d);
	source->report.doing = SOURCE_WAITS;
	try_again(d);
	return d;
}

void
dial_free(struct dial *d)
{
	peers_free(d->peers);
	alarm_free(d->alarm);
	free(d);
}

int
dial_attempts(const struct dial *d)
{
	return d->attempts;
}

void
dial_got(struct dial *d, int fd, bool opening)
{
	if (peers_add(d->peers, fd, ++d->lanes, d->source->name, opening) < 0)
		dial_failed(d, strerror(errno), false);
	else if (!opening)
		arrive(d);
}

long
dial_read(struct dial *d, char *buf, size_t cap, struct error *err)
{
	long n;

	if (d->for_good)
		return error_set(err, "%s: %s (is the address right?)", d->source->spec,
		    d->source->report.what);
	n = peers_read(d->peers, buf, cap);
	if (n > 0)
		d->pause = PAUSE_FIRST; /* who takes us in and says nothing is not asked at once */
	return n;
}

int
dial_reply(struct dial *d, const char *bytes, size_t n, struct error *err)
{
	return peers_reply(d->peers, d->lanes, bytes, n, err);
}
