/* source_words.c - how a source is, in words. See source_words.h. */
#include "widgets/source_words.h"

#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"

static const int64_t quiet = 2 * TIME_SECOND; /* that is no news yet */

/* "waits for a datagram", "waits: no such file yet" */
static void
say_waits(const char *what, char *out, size_t size)
{
	if (what[0] == '\0')
		what = "for rows";
	snprintf(out, size, strncmp(what, "for ", 4) == 0 ? "waits %s" : "waits: %s", what);
}

static void
say_silent(int64_t silent, char *out, size_t size)
{
	long long seconds = silent / TIME_SECOND;

	if (seconds < 120)
		snprintf(out, size, "silent %lld s", seconds);
	else if (seconds < 7200)
		snprintf(out, size, "silent %lld min", seconds / 60);
	else
		snprintf(out, size, "silent %lld h", seconds / 3600);
}

bool
source_says(const struct source_now *now, bool opening, struct source_words *w)
{
	unsigned long long attempt = (unsigned long long)now->report.attempts + 1;

	w->rest = "";
	if (now->lost) {
		strcpy(w->brief, "failed");
		w->rest = now->err;
		snprintf(w->whole, sizeof w->whole, "failed: %s", now->err);
	} else if (!now->live || now->ended) {
		return false;
	} else if (now->report.retries) {
		snprintf(w->brief, sizeof w->brief, "try %llu", attempt);
		w->rest = now->report.what;
		snprintf(w->whole, sizeof w->whole, "%s, try %llu", now->report.what, attempt);
	} else if (now->report.waits && (opening || now->silent >= quiet)) {
		strcpy(w->brief, "waits");
		w->rest = now->report.what;
		say_waits(now->report.what, w->whole, sizeof w->whole);
	} else if (now->silent >= quiet) {
		say_silent(now->silent, w->brief, sizeof w->brief);
		strcpy(w->whole, w->brief);
	} else {
		return false;
	}
	return true;
}
