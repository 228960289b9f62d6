/* prometheus.c - the text that services show to be scraped: name{label="value",...} value [time].
 *
 * A row is a page, a column is a metric with its labels as they are written. A page ends at its end
 * of file mark, where the source ends it, or before a series that stands in it already: so pages
 * one behind the other, as a loop of curl writes them, are rows one after the other. Where samples
 * have times, `timestamp` is the latest of the page.
 *
 * What says what a metric means (# HELP, # TYPE) is passed over, and so are exemplars. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/error.h"
#include "data/base/name_index.h"
#include "data/base/numbers/number.h"
#include "data/formats/lines.h"

struct prometheus {
	struct lines lines;
	struct name_index series; /* met so far, at most RECORD_MAX bytes of names */
	uint64_t *pages;          /* the page in which each of them came last */
	size_t cap;               /* of pages */
	size_t bytes;             /* of all names */
	uint64_t page;            /* the number of the page under way */
	uint64_t dropped;         /* lines over the limit, each with the page under way */
	size_t width;             /* bytes of the names in it */
	bool begun;               /* a sample of it was given */
	bool passing;             /* it is too long: told at its end */
	struct text stamp;        /* the time of its latest sample; empty: none has one */
	double time;              /* the same */
};

struct sample {
	const char *name, *value, *time; /* time: NULL where there is none */
	size_t nname, nvalue, ntime;
};

/* --- a line ----------------------------------------------------------------------------------- */

static bool
is_name(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == ':';
}

static const char *
skip_blanks(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t'))
		s++;
	return s;
}

/* Behind the } of the labels that begin at s; NULL: there is none. */
static const char *
labels_end(const char *s, const char *end)
{
	bool quoted = false;

	for (; s < end; s++) {
		if (quoted && *s == '\\')
			s++;
		else if (*s == '"')
			quoted = !quoted;
		else if (*s == '}' && !quoted)
			return s + 1;
	}
	return NULL;
}

static const char *
take_word(const char *s, const char *end, const char **word, size_t *n)
{
	*word = s;
	while (s < end && *s != ' ' && *s != '\t')
		s++;
	*n = (size_t)(s - *word);
	return skip_blanks(s, end);
}

/* What Go writes as a number: also NaN, +Inf and the like. */
static bool
is_value(const char *s, size_t n)
{
	double ignored;

	if (number_cell(s, n, &ignored) != CELL_BAD)
		return n > 0;
	if (n > 0 && (*s == '+' || *s == '-'))
		s++, n--;
	return (n == 3 || n == 8) &&
	       (strncasecmp(s, "inf", n) == 0 || strncasecmp(s, "infinity", n) == 0);
}

/* Reads the name with its labels; {} is none. Returns what stands behind; NULL: it is no name. */
static const char *
read_name(const char *s, const char *end, struct sample *sample)
{
	const char *at = s, *labels;

	while (at < end && is_name(*at))
		at++;
	if (at == s || isdigit((unsigned char)*s))
		return NULL;
	sample->name = s;
	sample->nname = (size_t)(at - s);
	labels = skip_blanks(at, end);
	if (labels == end || *labels != '{')
		return at;
	at = labels_end(labels + 1, end);
	if (at != NULL && skip_blanks(labels + 1, end) != at - 1)
		sample->nname = (size_t)(at - s);
	return at;
}

static bool
read_sample(const char *s, size_t n, struct sample *sample)
{
	const char *end = s + n;
	double ignored;

	*sample = (struct sample){ .name = NULL };
	s = read_name(skip_blanks(s, end), end, sample);
	if (s == NULL || s == skip_blanks(s, end))
		return false;
	s = take_word(skip_blanks(s, end), end, &sample->value, &sample->nvalue);
	if (!is_value(sample->value, sample->nvalue))
		return false;
	if (s == end || *s == '#')
		return true;
	s = take_word(s, end, &sample->time, &sample->ntime);
	return number_cell(sample->time, sample->ntime, &ignored) == CELL_NUMBER &&
	       (s == end || *s == '#');
}

/* --- a page ----------------------------------------------------------------------------------- */

/* The place behind the page is that of the line that is looked at: where the next one begins. */
static void
tell_page(struct format *f)
{
	struct prometheus *p = f->state;
	const struct field stamp = { text_get(&p->stamp), p->stamp.len };
	struct position after = f->sink->after;

	f->sink->after = f->at;
	if (p->passing) {
		format_drop(f, "a page with over 1 MiB of names, ended (scrape fewer)", NULL, 0);
	} else {
		if (stamp.n > 0)
			f->sink->named(f->sink->self, "timestamp", 9, &stamp);
		f->sink->record(f->sink->self);
	}
	f->sink->after = after;
}

static void
end_page(struct format *f)
{
	struct prometheus *p = f->state;

	if (p->begun && p->dropped == p->lines.dropped)
		tell_page(f);
	p->dropped = p->lines.dropped;
	if (p->bytes > RECORD_MAX) { /* names that come and go, as of containers */
		name_index_done(&p->series);
		p->bytes = 0;
	}
	text_clear(&p->stamp);
	p->begun = p->passing = false;
	p->width = 0;
	p->page++;
}

/* Does the series stand in the page already? It does from now on, if the page is not too long. */
static bool
meet_series(struct prometheus *p, const char *name, size_t n)
{
	int i = name_index_find(&p->series, name, n);

	if (i >= 0 && p->begun && p->pages[i] == p->page)
		return true;
	if (p->passing)
		return false;
	if (i < 0) {
		i = name_index_add(&p->series, name, n);
		if ((size_t)i >= p->cap) {
			p->cap = p->cap > 0 ? 2 * p->cap : 64;
			p->pages = memory_grow(p->pages, p->cap, sizeof *p->pages);
		}
		p->bytes += n;
	}
	p->pages[i] = p->page;
	return false;
}

/* The latest time of the page, as it is written. */
static void
note_time(struct prometheus *p, const struct sample *sample)
{
	double time;

	if (sample->time == NULL)
		return;
	number_cell(sample->time, sample->ntime, &time);
	if (p->stamp.len > 0 && time <= p->time)
		return;
	p->time = time;
	text_clear(&p->stamp);
	text_addn(&p->stamp, sample->time, sample->ntime);
}

static void
take_sample(struct format *f, const struct sample *sample)
{
	struct prometheus *p = f->state;
	const struct field field = { sample->value, sample->nvalue };

	if (meet_series(p, sample->name, sample->nname)) {
		end_page(f);
		meet_series(p, sample->name, sample->nname);
	}
	p->begun = true;
	p->width += sample->nname;
	p->passing = p->passing || p->width > RECORD_MAX;
	if (p->passing)
		return;
	note_time(p, sample);
	f->sink->named(f->sink->self, sample->name, sample->nname, &field);
}

static bool
is_end(const char *s, size_t n)
{
	return n == 5 && memcmp(s, "# EOF", 5) == 0;
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	struct prometheus *p = f->state;
	struct sample sample;

	if (is_end(s, n) || p->dropped != p->lines.dropped)
		end_page(f);
	if (*s == '#')
		return;
	if (read_sample(s, n, &sample))
		take_sample(f, &sample);
	else if (!p->begun)
		format_drop(f, "no metric and its value", s, n);
	else if (!p->passing)
		format_fault(f, "no metric and its value", s, n);
}

static void
prometheus_open(struct format *f)
{
	(void)f;
}

static void
prometheus_feed(struct format *f, const char *s, size_t n)
{
	struct prometheus *p = f->state;

	lines_feed(&p->lines, f, s, n, take_line);
}

static void
prometheus_finish(struct format *f)
{
	struct prometheus *p = f->state;

	lines_finish(&p->lines, f, take_line);
	end_page(f);
}

static void
prometheus_close(struct format *f)
{
	struct prometheus *p = f->state;

	lines_done(&p->lines);
	name_index_done(&p->series);
	text_done(&p->stamp);
	free(p->pages);
}

/* It says what a metric means, or the first line is a sample with labels. */
static bool
prometheus_fits(const char *first, size_t n, bool whole)
{
	const char *end = first + n, *stop;
	struct sample sample;

	(void)whole;
	while (first < end && isspace((unsigned char)*first))
		first++;
	n = (size_t)(end - first);
	if (n > 7 && (memcmp(first, "# HELP ", 7) == 0 || memcmp(first, "# TYPE ", 7) == 0))
		return true;
	stop = memchr(first, '\n', n);
	n = (size_t)((stop != NULL ? stop : end) - first);
	if (n > 0 && first[n - 1] == '\r')
		n--;
	return read_sample(first, n, &sample) && sample.name[sample.nname - 1] == '}';
}

const struct format_class format_prometheus = {
	.name = "prometheus",
	.help = "metrics as services show them: a row a page, a column a metric{labels}",
	.endings = "prom",
	.named = true,
	.size = sizeof(struct prometheus),
	.open = prometheus_open,
	.feed = prometheus_feed,
	.finish = prometheus_finish,
	.close = prometheus_close,
	.fits = prometheus_fits,
};
