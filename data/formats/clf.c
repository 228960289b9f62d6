/* clf.c - logs of web servers, in the common and the combined format of Apache and nginx:
 *
 * host ident user [17/May/2015:10:05:03 +0000] "GET /path HTTP/1.1" status bytes "referer" "agent"
 *
 * A - stands for what is not known: it is missing. ident is a column only where it is known, vhost
 * where a host with its port stands before the line, and extra is what stands behind it. A request
 * that is none (scanners send anything) is all path. Escapes in quotes stay as they are written. */
#include <ctype.h>
#include <string.h>

#include "data/formats/lines.h"

struct clf {
	struct lines lines;
};

struct part {
	const char *s;
	size_t n;
};

struct entry {
	struct part vhost, host, ident, user, time, method, path, status, bytes;
	struct part referer, agent, extra;
	bool combined;
};

static bool
is_unknown(struct part part)
{
	return part.n == 0 || (part.n == 1 && *part.s == '-');
}

/* What stands up to the next blank, which is passed over. */
static bool
take_word(const char **at, const char *end, struct part *part)
{
	const char *stop = memchr(*at, ' ', (size_t)(end - *at));

	if (stop == NULL)
		stop = end;
	*part = (struct part){ *at, (size_t)(stop - *at) };
	*at = stop < end ? stop + 1 : end;
	return part->n > 0;
}

/* What stands in quotes; \" is no end of it. A blank behind it is passed over. */
static bool
take_quoted(const char **at, const char *end, struct part *part)
{
	const char *s = *at + 1;

	if (*at == end || **at != '"')
		return false;
	*part = (struct part){ .s = s };
	for (;; s += 2) {
		while (s < end && *s != '"' && *s != '\\')
			s++;
		if (s >= end)
			return false;
		if (*s == '"')
			break;
	}
	part->n = (size_t)(s - part->s);
	*at = s + 1;
	if (*at < end && **at == ' ')
		++*at;
	return true;
}

static bool
has_port(struct part part)
{
	const char *colon = memrchr(part.s, ':', part.n);
	size_t n = colon != NULL ? part.n - (size_t)(colon + 1 - part.s) : 0;

	for (size_t i = 0; i < n; i++)
		if (!isdigit((unsigned char)colon[i + 1]))
			return false;
	return n > 0;
}

/* host ident user, before the bracket at `open`; a user may have blanks in it. */
static bool
take_who(const char *s, const char *open, struct entry *e)
{
	const char *at = s, *end = open - 1, *rest;

	if (open == s || *end != ' ')
		return false;
	if (!take_word(&at, end, &e->host) || !take_word(&at, end, &e->ident) || at == end)
		return false;
	rest = at;
	if (has_port(e->host) && take_word(&at, end, &e->user) && at < end) {
		e->vhost = e->host;
		e->host = e->ident;
		e->ident = e->user;
		rest = at;
	}
	e->user = (struct part){ rest, (size_t)(end - rest) };
	return true;
}

static bool
take_time(const char **at, const char *end, struct entry *e)
{
	const char *close = memchr(*at, ']', (size_t)(end - *at));

	if (close == NULL)
		return false;
	e->time = (struct part){ *at + 1, (size_t)(close - *at - 1) };
	*at = close + 1;
	if (*at == end || **at != ' ')
		return false;
	++*at;
	return true;
}

/* GET /path HTTP/1.1: a method in capitals, and a version that is left out. */
static void
split_request(struct part request, struct entry *e)
{
	const char *at = request.s, *end = request.s + request.n, *version;
	size_t n = 0;

	e->path = request;
	while (n < request.n && request.s[n] >= 'A' && request.s[n] <= 'Z')
		n++;
	if (n == 0 || n + 1 >= request.n || request.s[n] != ' ')
		return;
	e->method = (struct part){ at, n };
	at += n + 1;
	version = memrchr(at, ' ', (size_t)(end - at));
	if (version != NULL && end - version > 5 && memcmp(version + 1, "HTTP", 4) == 0)
		end = version;
	e->path = (struct part){ at, (size_t)(end - at) };
}

static bool
is_count(struct part part)
{
	for (size_t i = 0; i < part.n; i++)
		if (!isdigit((unsigned char)part.s[i]))
			return part.n == 1 && *part.s == '-';
	return part.n > 0;
}

static bool
read_entry(const char *s, size_t n, struct entry *e)
{
	const char *end = s + n, *at = memchr(s, '[', n);
	struct part request;

	*e = (struct entry){ .combined = false };
	if (at == NULL || !take_who(s, at, e) || !take_time(&at, end, e) ||
	    !take_quoted(&at, end, &request) || !take_word(&at, end, &e->status) ||
	    !is_count(e->status) || !take_word(&at, end, &e->bytes) || !is_count(e->bytes))
		return false;
	split_request(request, e);
	e->combined = take_quoted(&at, end, &e->referer);
	if (e->combined && !take_quoted(&at, end, &e->agent))
		return false;
	e->extra = (struct part){ at, (size_t)(end - at) };
	return true;
}

static void
give(struct format *f, const char *name, struct part part)
{
	struct field field = { .s = "" };

	if (!is_unknown(part))
		field = (struct field){ .s = part.s, .n = part.n };
	f->sink->named(f->sink->self, name, strlen(name), &field);
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	struct entry e;

	if (!read_entry(s, n, &e)) {
		format_drop(f, "no line of a web log", s, n);
		return;
	}
	if (e.vhost.n > 0)
		give(f, "vhost", e.vhost);
	give(f, "host", e.host);
	if (!is_unknown(e.ident))
		give(f, "ident", e.ident);
	give(f, "user", e.user);
	give(f, "time", e.time);
	give(f, "method", e.method);
	give(f, "path", e.path);
	give(f, "status", e.status);
	give(f, "bytes", e.bytes);
	if (e.combined) {
		give(f, "referer", e.referer);
		give(f, "agent", e.agent);
	}
	if (e.extra.n > 0)
		give(f, "extra", e.extra);
	f->sink->record(f->sink->self);
}

static void
clf_open(struct format *f)
{
	(void)f;
}

static void
clf_feed(struct format *f, const char *s, size_t n)
{
	struct clf *clf = f->state;

	lines_feed(&clf->lines, f, s, n, take_line);
}

static void
clf_finish(struct format *f)
{
	struct clf *clf = f->state;

	lines_finish(&clf->lines, f, take_line);
}

static void
clf_close(struct format *f)
{
	struct clf *clf = f->state;

	lines_done(&clf->lines);
}

/* A line is one, of the first few that are whole: others may be broken. */
static bool
clf_fits(const char *first, size_t n, bool whole)
{
	enum { LINES = 5 };
	const char *end = first + n;
	struct entry e;

	for (int i = 0; i < LINES && first < end; i++) {
		const char *stop = memchr(first, '\n', (size_t)(end - first));
		size_t len = (size_t)((stop != NULL ? stop : end) - first);

		if (stop == NULL && !whole && i > 0)
			return false;
		if (len > 0 && first[len - 1] == '\r')
			len--;
		if (read_entry(first, len, &e))
			return true;
		first = stop != NULL ? stop + 1 : end;
	}
	return false;
}

const struct format_class format_clf = {
	.name = "clf",
	.help = "logs of web servers, common or combined: host, user, time, method, path, ...",
	.named = true,
	.size = sizeof(struct clf),
	.open = clf_open,
	.feed = clf_feed,
	.finish = clf_finish,
	.close = clf_close,
	.fits = clf_fits,
};
