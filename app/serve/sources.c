/* sources.c - how each source is, for /state and /metrics: also one that has no rows yet, or cannot
 * be reached. */
#include "app/serve/serve_parts.h"
#include "data/base/times/times.h"

static const int64_t quiet = 2 * TIME_SECOND; /* that is no silence yet */

int
served_sources(const struct engine *e)
{
	int n = engine_joining(e);

	for (int i = 0; i < engine_sources(e); i++)
		n += !engine_source_now(e, i).gone;
	return n;
}

struct served_source
served_source(const struct engine *e, int i)
{
	for (int s = 0; s < engine_sources(e); s++)
		if (!engine_source_now(e, s).gone && i-- == 0)
			return (struct served_source){ engine_source_name(e, s), s,
				engine_source_now(e, s) };
	return (struct served_source){ engine_joining_name(e, i), -1, engine_joining_now(e, i) };
}

const char *
served_state(const struct source_now *now)
{
	if (now->lost)
		return "failed";
	if (now->ended)
		return "ended";
	if (!now->live)
		return "recording";
	if (now->report.retries)
		return "retries";
	if (now->silent >= quiet)
		return "silent";
	return now->report.waits ? "waits" : "live";
}

const char *
served_reason(const struct source_now *now)
{
	if (now->lost)
		return now->err;
	return now->live && !now->ended && (now->report.retries || now->report.waits)
		   ? now->report.what
		   : "";
}
