/* truth.c - where a recording is known to be odd, from an argument or a file. */
#include "data/trial/truth.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"

#define FORMS "(rows 700 or 700-740, times FROM/TO, with commas between, or a CSV file of them)"

static bool
read_row(const char *s, size_t n, int64_t *row)
{
	char digits[20];

	if (n == 0 || n >= sizeof digits || strspn(s, "0123456789") < n)
		return false;
	memcpy(digits, s, n);
	digits[n] = '\0';
	*row = strtoll(digits, NULL, 10);
	return *row > 0;
}

/* FROM and TO, of one kind. */
static bool
read_pair(struct truth_range *r, const char *from, size_t nfrom, const char *to, size_t nto)
{
	r->by_time = false;
	if (read_row(from, nfrom, &r->from) && read_row(to, nto, &r->to))
		return true;
	r->by_time = true;
	return time_parse(from, nfrom, false, &r->from) && time_parse(to, nto, false, &r->to);
}

static bool
read_range(struct truth_range *r, const char *s, size_t n)
{
	const char *slash = memchr(s, '/', n), *dash = memchr(s, '-', n);

	/* a time of one kind holds slashes, one of another dashes: what is no pair is a single one
	 */
	if (slash != NULL &&
	    read_pair(r, s, (size_t)(slash - s), slash + 1, n - (size_t)(slash - s) - 1))
		return true;
	if (dash != NULL &&
	    read_pair(r, s, (size_t)(dash - s), dash + 1, n - (size_t)(dash - s) - 1) &&
	    !r->by_time)
		return true;
	r->single = true;
	return read_pair(r, s, n, s, n);
}

/* A single one lasts for the window behind it. Where one is of times and the other of rows, only
 * the recording can tell: a minute stands for a window of rows. */
static void
lengthen(struct truth_range *r, struct span window)
{
	bool timed = window.unit == SPAN_TIME;

	if (!r->single)
		return;
	if (window.unit == SPAN_ALL)
		r->to = INT64_MAX;
	else if (r->by_time)
		r->to += timed ? window.n : 60 * TIME_SECOND;
	else
		r->to += timed ? 60 : window.n;
}

static int
add(struct truth *t, struct truth_range r, struct span window, const char *text, struct error *err)
{
	if (r.to < r.from)
		return error_set(err, "--truth: %s ends before it begins (give FROM first)", text);
	lengthen(&r, window);
	t->ranges = memory_grow(t->ranges, (size_t)t->n + 1, sizeof *t->ranges);
	t->ranges[t->n++] = r;
	return 0;
}

static char *
trim(char *s)
{
	size_t n;

	s += strspn(s, " \t\"");
	n = strlen(s);
	while (n > 0 && strchr(" \t\r\n\"", s[n - 1]) != NULL)
		n--;
	s[n] = '\0';
	return s;
}

/* A line of a file: FROM, FROM,TO or a range as in an argument. The first may be a header. */
static int
read_line(struct truth *t, char *line, const char *path, int number, struct span window,
    struct error *err)
{
	char *first = trim(line), *comma = strchr(first, ','), *second = NULL;
	struct truth_range r = { 0 };
	bool ok;

	if (*first == '\0' || *first == '#')
		return 0;
	if (comma != NULL) {
		*comma = '\0';
		second = trim(comma + 1);
		second[strcspn(second, ",")] = '\0';
		second = trim(second);
		first = trim(first);
	}
	ok = second != NULL && *second != '\0'
		 ? read_pair(&r, first, strlen(first), second, strlen(second))
		 : read_range(&r, first, strlen(first));
	if (!ok && number == 1)
		return 0;
	if (!ok)
		return error_set(err, "--truth: %s:%d: '%.40s' is no row and no time " FORMS, path,
		    number, first);
	return add(t, r, window, first, err);
}

static int
read_file(struct truth *t, FILE *f, const char *path, struct span window, struct error *err)
{
	char line[512];
	int status = 0;

	for (int number = 1; status == 0 && fgets(line, sizeof line, f) != NULL; number++)
		status = read_line(t, line, path, number, window, err);
	return status;
}

static int
read_list(struct truth *t, const char *text, struct span window, struct error *err)
{
	for (const char *s = text; *s != '\0';) {
		struct truth_range r = { 0 };
		size_t n = strcspn(s, ",");
		char word[80];

		snprintf(word, sizeof word, "%.*s", (int)(n < 79 ? n : 79), s);
		if (!read_range(&r, s, n))
			return error_set(
			    err, "--truth: '%s' is no row, no time and no file " FORMS, word);
		if (add(t, r, window, word, err) < 0)
			return -1;
		s += n + (s[n] == ',');
	}
	return 0;
}

static int
by_start(const void *a, const void *b)
{
	const struct truth_range *x = a, *y = b;

	if (x->by_time != y->by_time)
		return x->by_time ? 1 : -1;
	return (x->from > y->from) - (x->from < y->from);
}

int
truth_parse(struct truth *t, const char *text, struct span window, struct error *err)
{
	FILE *f = fopen(text, "r");
	int status;

	*t = (struct truth){ 0 };
	if (window.unit == SPAN_NONE)
		window = (struct span){ SPAN_ROWS, 60 };
	if (f != NULL) {
		status = read_file(t, f, text, window, err);
		fclose(f);
	} else if (strlen(text) > 4 && strcmp(text + strlen(text) - 4, ".csv") == 0) {
		status = error_set(err, "--truth: %s: %s (name a CSV file of rows or times)", text,
		    strerror(errno));
	} else {
		status = read_list(t, text, window, err);
	}
	if (status == 0 && t->n == 0)
		status = error_set(err, "--truth: %s tells no range " FORMS, text);
	if (status == 0)
		qsort(t->ranges, (size_t)t->n, sizeof *t->ranges, by_start);
	return status;
}

void
truth_done(struct truth *t)
{
	free(t->ranges);
}

bool
truth_reached(const struct truth_range *r, uint64_t row, int64_t time)
{
	return r->by_time ? time != TIME_NONE && time >= r->from : row >= (uint64_t)r->from;
}

bool
truth_holds(const struct truth_range *r, uint64_t row, int64_t time)
{
	return truth_reached(r, row, time) && (r->by_time ? time <= r->to : row <= (uint64_t)r->to);
}
