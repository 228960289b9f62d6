/* params.c - values read and checked by their tables. */
#include "data/base/params/params.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"

/* Counts stay where doubles still hold every whole number. */
#define COUNT_MAX 1e15

/* A limit as people read it: 1,000,000. */
static void
limit_print(double v, struct text *out)
{
	char digits[NUMBER_CHARS + 1] = "";
	size_t n = (size_t)number_format(v, digits), first = v < 0;
	bool whole = strspn(digits + first, "0123456789") == n - first;

	for (size_t i = 0; i < n; i++) {
		if (whole && i > first && (n - i) % 3 == 0)
			text_addc(out, ',');
		text_addc(out, digits[i]);
	}
}

static int
out_of_range(const struct param *p, const char *text, const char *kind, struct error *err)
{
	struct text min = { 0 }, max = { 0 };

	limit_print(p->min, &min);
	limit_print(p->max, &max);
	error_set(err, "'%s' (expected %s from %s to %s)", text, kind, min.s, max.s);
	text_done(&min);
	text_done(&max);
	return -1;
}

static int
number_parse(double *v, const struct param *p, const char *text, struct error *err)
{
	bool whole = p->type == PARAM_COUNT, any = p->min == 0 && p->max == 0;
	const char *kind = whole ? "a whole number" : "a number";
	enum cell_kind cell = number_cell(text, strlen(text), v);

	if (cell != CELL_NUMBER || (whole && (*v != floor(*v) || fabs(*v) > COUNT_MAX)))
		return error_set(err, "'%s' (expected %s)", text, kind);
	if (!any && !(*v >= p->min && *v <= p->max))
		return out_of_range(p, text, kind, err);
	return 0;
}

/* The index of text among the words of "a|b|c", or -1. */
static int
choice_find(const char *choices, const char *text)
{
	size_t n = strlen(text);
	int i = 0;

	for (const char *p = choices; p != NULL; i++) {
		const char *end = strchrnul(p, '|');

		if ((size_t)(end - p) == n && memcmp(p, text, n) == 0)
			return i;
		p = *end == '|' ? end + 1 : NULL;
	}
	return -1;
}

static int
rows_parse(const char *text, struct span *span)
{
	double v;

	if (number_cell(text, strlen(text), &v) != CELL_NUMBER || v != floor(v) || v < 1 ||
	    v > COUNT_MAX)
		return -1;
	*span = (struct span){ SPAN_ROWS, (int64_t)v };
	return 0;
}

static int
time_span_parse(const char *text, struct span *span)
{
	size_t n = strlen(text);
	int64_t ns;

	if (n == 0 || duration_parse(text, n, &ns) != n || ns <= 0)
		return -1;
	*span = (struct span){ SPAN_TIME, ns };
	return 0;
}

int
span_parse(const char *text, struct span *span, struct error *err)
{
	*span = (struct span){ SPAN_NONE, 0 };
	if (strcmp(text, "all") == 0)
		span->unit = SPAN_ALL;
	else if (rows_parse(text, span) != 0 && time_span_parse(text, span) != 0)
		return error_set(
		    err, "'%s' (expected rows such as 60, a duration such as 5m, or all)", text);
	return 0;
}

static int
value_span_parse(struct span *span, const struct param *p, const char *text, struct error *err)
{
	switch (p->type) {
	case PARAM_WINDOW:
		return span_parse(text, span, err);
	case PARAM_DURATION:
		if (time_span_parse(text, span) != 0)
			return error_set(err,
			    "'%s' (expected a duration above 0 such as 500ms, 5s or 1h30m)", text);
		return 0;
	default:
		if (rows_parse(text, span) != 0 && time_span_parse(text, span) != 0)
			return error_set(
			    err, "'%s' (expected rows such as 60 or a duration such as 5m)", text);
		return 0;
	}
}

int
value_parse(struct value *value, const struct param *p, const char *text, struct error *err)
{
	*value = (struct value){ .number = NAN, .span = { SPAN_NONE, 0 }, .text = NULL };
	if (text[0] == '\0') {
		if (p->fallback == NULL)
			return error_set(err, "nothing (a value must be given)");
		return 0;
	}
	switch (p->type) {
	case PARAM_INPUT:
	case PARAM_ANY:
	case PARAM_INPUTS:
	case PARAM_ANYS:
		break; /* expressions are compiled, not read here */
	case PARAM_NUMBER:
	case PARAM_COUNT:
		return number_parse(&value->number, p, text, err);
	case PARAM_WINDOW:
	case PARAM_DURATION:
	case PARAM_SPAN:
		return value_span_parse(&value->span, p, text, err);
	case PARAM_CHOICE: {
		int i = choice_find(p->choices, text);

		if (i < 0)
			return error_set(err, "'%s' (expected %s)", text, p->choices);
		value->number = i;
		value->text = memory_text(text, strlen(text));
		return 0;
	}
	case PARAM_TEXT:
		value->text = memory_text(text, strlen(text));
		return 0;
	}
	return 0;
}

void
span_print(struct span span, struct text *out)
{
	char s[TIME_CHARS];

	switch (span.unit) {
	case SPAN_NONE:
		break;
	case SPAN_ROWS:
		text_addf(out, "%lld", (long long)span.n);
		break;
	case SPAN_TIME:
		text_addn(out, s, (size_t)duration_format(span.n, s));
		break;
	case SPAN_ALL:
		text_add(out, "all");
		break;
	}
}

void
value_print(const struct value *value, const struct param *p, struct text *out)
{
	switch (p->type) {
	case PARAM_INPUT:
	case PARAM_ANY:
	case PARAM_INPUTS:
	case PARAM_ANYS:
		break;
	case PARAM_NUMBER:
	case PARAM_COUNT:
		if (!isnan(value->number))
			text_number(out, value->number);
		break;
	case PARAM_WINDOW:
	case PARAM_DURATION:
	case PARAM_SPAN:
		span_print(value->span, out);
		break;
	case PARAM_CHOICE:
	case PARAM_TEXT:
		if (value->text != NULL)
			text_add(out, value->text);
		break;
	}
}

bool
param_is_input(enum param_type type)
{
	return type == PARAM_INPUT || type == PARAM_ANY || param_takes_many(type);
}

bool
param_takes_many(enum param_type type)
{
	return type == PARAM_INPUTS || type == PARAM_ANYS;
}

bool
value_given(const struct value *v, enum param_type type)
{
	switch (type) {
	case PARAM_NUMBER:
	case PARAM_COUNT:
		return !isnan(v->number);
	case PARAM_WINDOW:
	case PARAM_SPAN:
	case PARAM_DURATION:
		return v->span.unit != SPAN_NONE;
	default:
		return v->text != NULL;
	}
}

void
value_done(struct value *value)
{
	free(value->text);
	value->text = NULL;
}
