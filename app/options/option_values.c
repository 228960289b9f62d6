/* option_values.c - the values of options, each by its type. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/options/args_parts.h"
#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/engine/event.h"
#include "data/formats/format.h"

static int
wrong(struct error *err, const char *text, const char *expected)
{
	return error_set(err, "'%s' does not fit (expected %s)", text, expected);
}

static bool
number_of(const char *s, size_t n, double *v)
{
	return number_cell(s, n, v) == CELL_NUMBER;
}

static int
read_rate(void *field, const struct option *o, const char *text, struct error *err)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = { { "", 1 }, { "/s", 1 }, { "/m", 60 }, { "/h", 3600 } };
	size_t n = strcspn(text, "/");
	double *rate = field;

	(void)o;
	if (strcmp(text, "max") == 0) {
		*rate = INFINITY;
		return 0;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(text + n, units[i].unit) == 0 && number_of(text, n, rate) && *rate > 0) {
			*rate /= units[i].seconds;
			return 0;
		}
	*rate = 0;
	return wrong(err, text, "rows a second above 0 such as 10, 600/m, 3600/h, or max");
}

static int
read_speed(void *field, const struct option *o, const char *text, struct error *err)
{
	double *speed = field;

	(void)o;
	if (strcmp(text, "max") == 0)
		*speed = INFINITY;
	else if (!number_of(text, strlen(text), speed) || *speed <= 0)
		return wrong(err, text, "a number above 0 such as 1, 60 or 0.5, or max");
	return 0;
}

static int
read_char(void *field, const struct option *o, const char *text, struct error *err)
{
	char *c = field;

	*c = *text;
	if (strcmp(text, "\\t") == 0 || strcmp(text, "tab") == 0)
		*c = '\t';
	else if (strcmp(text, "  ") == 0 && strcmp(o->param.name, "delimiter") == 0)
		*c = DELIMITER_RUNS;
	else if (strlen(text) != 1 || strchr("\r\n", *c) != NULL || (unsigned char)*c >= 0x80 ||
		 (*c == '"' && strcmp(o->param.name, "delimiter") == 0))
		return wrong(err, text, "one ASCII character such as ; or |, or \\t");
	return 0;
}

static int
read_bytes(void *field, const struct option *o, const char *text, struct error *err)
{
	size_t n = strlen(text);
	bool kilo = n > 0 && (text[n - 1] == 'k' || text[n - 1] == 'K');
	int64_t *bytes = field;
	double v;

	(void)o;
	if (!number_of(text, n - kilo, &v) || v < 1 || v > 1e12 || v != floor(v))
		return wrong(err, text, "bytes a second such as 20k or 60000");
	*bytes = (int64_t)(kilo ? 1000 * v : v);
	return 0;
}

/* "64M", "2GB": the number and what stands for thousands; false: it is none. */
static bool
size_of(const char *text, int64_t *bytes)
{
	static const char units[] = "kMGT";
	size_t n = strspn(text, "0123456789.");
	const char *unit = text[n] != '\0' ? strchr(units, text[n] == 'K' ? 'k' : text[n]) : NULL;
	double v;

	if (!number_of(text, n, &v) || !(v > 0))
		return false;
	text += n;
	for (const char *u = units; unit != NULL && u <= unit; u++)
		v *= 1000;
	text += unit != NULL;
	if (strcmp(text, "B") == 0)
		text++;
	if (*text != '\0' || v < 1 || v > 1e15)
		return false;
	*bytes = (int64_t)v;
	return true;
}

static int
read_size_bytes(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	return size_of(text, field) ? 0 : wrong(err, text, "bytes such as 64M or 1GB");
}

static int
read_keep(void *field, const struct option *o, const char *text, struct error *err)
{
	struct arg_keep *keep = field;
	size_t n = strlen(text);

	(void)o;
	*keep = (struct arg_keep){ 0 };
	if ((n > 0 && duration_parse(text, n, &keep->age) == n && keep->age > 0) ||
	    size_of(text, &keep->bytes))
		return 0;
	*keep = (struct arg_keep){ 0 };
	return wrong(err, text, "a duration such as 7d, or a size such as 2GB");
}

static int
read_size(void *field, const struct option *o, const char *text, struct error *err)
{
	size_t n = strcspn(text, "xX");
	struct arg_size *size = field;
	double w, h;

	(void)o;
	if (text[n] == '\0' || !number_of(text, n, &w) ||
	    !number_of(text + n + 1, strlen(text + n + 1), &h) || w != floor(w) || h != floor(h) ||
	    w < 1 || h < 1 || w > 1000 || h > 1000)
		return wrong(err, text, "COLSxROWS such as 120x36, each from 1 to 1000");
	*size = (struct arg_size){ (int)w, (int)h };
	return 0;
}

static const struct {
	const char *name;
	unsigned types;
} event_names[] = {
	{ "start", EVENT_START },
	{ "rows", EVENT_ROW },
	{ "alerts", EVENT_ALERT },
	{ "drift", EVENT_DRIFT },
	{ "forecast", EVENT_FORECAST },
	{ "bad", EVENT_BAD },
	{ "note", EVENT_NOTE | EVENT_DOUBT },
	{ "summary", EVENT_SUMMARY },
	{ "all", ~0U },
};

static unsigned
event_named(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof event_names / sizeof *event_names; i++)
		if (strlen(event_names[i].name) == n && memcmp(event_names[i].name, s, n) == 0)
			return event_names[i].types;
	return 0;
}

static int
read_events(void *field, const struct option *o, const char *text, struct error *err)
{
	unsigned *emit = field;

	*emit = 0;
	for (const char *s = text;; s++) {
		size_t n = strcspn(s, ",");
		unsigned types = event_named(s, n);

		if (types == 0)
			return error_set(err, "'%.*s' is no type of event (expected %s)", (int)n, s,
			    o->param.help);
		*emit |= types;
		s += n;
		if (*s == '\0')
			return 0;
	}
}

/* "0", also with a unit. */
static bool
is_no_time(const char *text)
{
	int64_t ns;

	return strcmp(text, "0") == 0 ||
	       (*text != '\0' && duration_parse(text, strlen(text), &ns) == strlen(text) &&
		   ns == 0);
}

/* Those that the tables of parameters know as well. */
static int
read_value(void *field, const struct option *o, const char *text, struct error *err)
{
	struct param p = o->param;
	struct value value = { 0 };

	p.name = "the value";
	p.type = o->type == OPTION_COUNT      ? PARAM_COUNT
		 : o->type == OPTION_CHOICE   ? PARAM_CHOICE
		 : o->type == OPTION_DURATION ? PARAM_DURATION
		 : o->type == OPTION_WINDOW   ? PARAM_WINDOW
					      : PARAM_SPAN;
	if (*text == '\0')
		return wrong(err, text, "a value");
	if (o->type == OPTION_DURATION && is_no_time(text)) {
		*(int64_t *)field = 0;
		return 0;
	}
	if (value_parse(&value, &p, text, err) != 0)
		return -1;
	if (o->type == OPTION_COUNT)
		*(int *)field = (int)value.number;
	else if (o->type == OPTION_CHOICE)
		*(const char **)field = text;
	else if (o->type == OPTION_DURATION)
		*(int64_t *)field = value.span.n;
	else
		*(struct span *)field = value.span;
	value_done(&value);
	return 0;
}

static int
read_text(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	if (*text == '\0')
		return wrong(err, text, "a text that is not empty");
	*(const char **)field = text;
	return 0;
}

static int
read_list(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	(void)err;
	arg_list_add(field, text);
	return 0;
}

static int
read_format(void *field, const struct option *o, const char *text, struct error *err)
{
	const char *parameter;

	if (strcmp(text, "auto") != 0 && format_told(text, &parameter, err) == NULL)
		return -1;
	return read_text(field, o, text, err);
}

static int (*const readers[])(void *, const struct option *, const char *, struct error *) = {
	[OPTION_TEXT] = read_text,
	[OPTION_FORMAT] = read_format,
	[OPTION_LIST] = read_list,
	[OPTION_CHOICE] = read_value,
	[OPTION_COUNT] = read_value,
	[OPTION_SPAN] = read_value,
	[OPTION_WINDOW] = read_value,
	[OPTION_DURATION] = read_value,
	[OPTION_RATE] = read_rate,
	[OPTION_SPEED] = read_speed,
	[OPTION_CHAR] = read_char,
	[OPTION_BYTES] = read_bytes,
	[OPTION_SIZE] = read_size,
	[OPTION_KEEP] = read_keep,
	[OPTION_SIZE_BYTES] = read_size_bytes,
	[OPTION_EVENTS] = read_events,
};

int
option_read(void *field, const struct option *o, const char *text, struct error *err)
{
	return readers[o->type](field, o, text, err);
}
