/* config_fields.c - one value of a dashboard file, read by its type. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/config/config_parts.h"
#include "data/base/numbers/number.h"
#include "data/base/params/suggest.h"
#include "data/expr/expr.h"

const char *
field_expected(enum field_type type)
{
	static const char *const expected[] = {
		[FIELD_TEXT] = "text",
		[FIELD_PLACED] = "text",
		[FIELD_EXPR] = "an expression such as mean(temperature, 60)",
		[FIELD_NAMES] = "names such as \"a, b\"",
		[FIELD_NUMBER] = "a number",
		[FIELD_COUNT] = "a whole number",
		[FIELD_FLAG] = "true or false",
		[FIELD_DURATION] = "a duration such as 5s or 1h30m",
		[FIELD_WINDOW] = "a window such as 60, 5m or all",
		[FIELD_LASTING] = "a duration such as 5s, or 3 rows",
		[FIELD_RATE] = "rows a second such as 10, 90/m, or max",
		[FIELD_SPEED] = "a number of times such as 60, or max",
		[FIELD_SEVERITY] = "info, warning or critical",
		[FIELD_STATES] = "firing, resolved, or [firing, resolved]",
		[FIELD_WORDS] = "a list of words such as [./heater, \"on\"]",
		[FIELD_LIST] = "a list",
		[FIELD_WIDGET] = "a widget",
	};

	return expected[type];
}

struct yaml_place
place_of_key(const struct yaml *mapping, const char *key)
{
	const struct yaml *value = yaml_get(mapping, key);

	return value != NULL ? value->at : mapping->at;
}

int
text_wrong(const struct yaml_report *r, const struct config_text *text, const struct error *err)
{
	struct yaml_place at = text->at;

	if (err->column > 0 && !text->exact)
		return yaml_wrong(
		    r, at, "column %d of the expression: %s", err->column, error_what(err));
	if (err->column > 0)
		at.column += err->column - 1;
	return yaml_wrong(r, at, "%s", error_what(err));
}

static char *
copy(const struct yaml *y)
{
	return memory_text(y->text, strlen(y->text));
}

static int
wrong_value(const struct field *f, const struct yaml *y, const struct loading *l)
{
	static const char *const kinds[] = {
		[YAML_LIST] = "a list",
		[YAML_MAPPING] = "a mapping",
	};

	if (y->kind != YAML_SCALAR)
		return yaml_wrong(l->report, y->at, "'%s' is %s (expected %s)", f->key,
		    kinds[y->kind], field_expected(f->type));
	return yaml_wrong(l->report, y->at, "'%s' is '%.60s' (expected %s)", f->key, y->text,
	    field_expected(f->type));
}

/* What a table of parameters can read is read as there, with the same words when it is wrong. */
static int
fill_value(const struct field *f, enum param_type type, const struct yaml *y,
    const struct loading *l, struct value *v)
{
	struct param p = { f->key, type, "", f->min, f->max, NULL, f->help };
	struct error err;

	if (value_parse(v, &p, y->text, &err) != 0)
		return yaml_wrong(l->report, y->at, "'%s' is %s", f->key, err.text);
	if (y->text[0] == '\0')
		return wrong_value(f, y, l);
	return 0;
}

static int
fill_param(void *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	struct value v = { 0 };
	int status;

	switch (f->type) {
	case FIELD_NUMBER:
		status = fill_value(f, PARAM_NUMBER, y, l, &v);
		*(double *)to = v.number;
		return status;
	case FIELD_COUNT:
		status = fill_value(f, PARAM_COUNT, y, l, &v);
		*(int *)to = status == 0 ? (int)v.number : 0;
		return status;
	case FIELD_WINDOW:
		status = fill_value(f, PARAM_WINDOW, y, l, &v);
		*(struct span *)to = v.span;
		return status;
	default:
		if (strcmp(y->text, "0") == 0 || strcmp(y->text, "0s") == 0) /* as left out */
			return 0;
		status = fill_value(f, PARAM_DURATION, y, l, &v);
		*(int64_t *)to = v.span.n;
		return status;
	}
}

/* An expression over several lines is one line to everybody else. */
static void
unfold(char *s)
{
	size_t n = strlen(s);

	while (n > 0 && strchr(" \t\r\n", s[n - 1]) != NULL)
		s[--n] = '\0';
	for (; *s != '\0'; s++)
		if (*s == '\n' || *s == '\r')
			*s = ' ';
}

/* The bytes of the file behind a text that stands there letter by letter; NULL: it does not. */
static const char *
behind(const struct config_text *t, const struct loading *l)
{
	const char *s = l->report->bytes, *end = s + l->report->len;

	for (int line = 1; s != NULL && line < t->at.line; line++) {
		s = memchr(s, '\n', (size_t)(end - s));
		s = s != NULL ? s + 1 : NULL;
	}
	s = s != NULL && t->exact ? strstr(s, t->s) : NULL;
	return s != NULL ? s + strlen(t->s) : NULL;
}

/* Bytes up to the bracket that closes a call, within its line. */
static int
call_end(const char *s)
{
	int n = 0, open = 1;

	for (; s[n] != '\0' && s[n] != '\n' && open > 0; n++)
		open += s[n] == '(' ? 1 : s[n] == ')' ? -1 : 0;
	return n;
}

/* What is a key of its own, or ended at a comma of YAML's. */
static void
point_out(
    const struct config_text *t, const struct field *f, const struct loading *l, struct error *err)
{
	static const char *const suffixes[] = { "for", "severity" };
	size_t n = strlen(t->s), at = err->column > 0 ? (size_t)err->column - 1 : n;
	const char *rest = behind(t, l);

	for (size_t i = 0; i < 2 && at < n && strcmp(f->key, "when") == 0; i++) {
		size_t word = strlen(suffixes[i]);

		if (strncmp(t->s + at, suffixes[i], word) == 0 && t->s[at + word] == ' ')
			error_column(err, err->column,
			    "'%s' is a key of its own beside when: (write %s:%s)", suffixes[i],
			    suffixes[i], t->s + at + word);
	}
	if (at < n || rest == NULL || rest[strspn(rest, " ")] != ',')
		return;
	error_column(err, err->column,
	    "ends at a comma, which parts the items of a list (put it in quotes: \"%s%.*s\")", t->s,
	    call_end(rest), rest);
}

static int
fill_placed(
    struct config_text *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	struct error err;
	struct expr *e;

	*to = (struct config_text){ copy(y), y->at, y->exact };
	if (f->type != FIELD_EXPR)
		return 0;
	unfold(to->s);
	e = expr_parse(to->s, &err);
	expr_free(e);
	if (e != NULL)
		return 0;
	point_out(to, f, l, &err);
	return text_wrong(l->report, to, &err);
}

static int
fill_names(char **to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	struct text all = { 0 };

	if (y->kind == YAML_SCALAR) {
		*to = copy(y);
		return 0;
	}
	for (int i = 0; y->kind == YAML_LIST && i < y->n; i++) {
		if (y->items[i]->kind != YAML_SCALAR) {
			text_done(&all);
			return wrong_value(f, y->items[i], l);
		}
		text_addf(&all, "%s%s", i > 0 ? "," : "", y->items[i]->text);
	}
	*to = all.s;
	return *to != NULL ? 0 : wrong_value(f, y, l);
}

static int
fill_flag(bool *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	*to = strcasecmp(y->text, "true") == 0;
	return *to || strcasecmp(y->text, "false") == 0 ? 0 : wrong_value(f, y, l);
}

static int
fill_lasting(struct span *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	const char *space = strchr(y->text, ' ');
	size_t n = space != NULL ? (size_t)(space - y->text) : strlen(y->text);
	bool rows = space != NULL && (strcmp(space, " rows") == 0 || strcmp(space, " row") == 0);
	struct value v;
	char *text;
	int status = 0;

	if (strcmp(y->text, "0") == 0 || strcmp(y->text, "0s") == 0 ||
	    strcmp(y->text, "0 rows") == 0)
		return 0;
	text = memory_text(y->text, n);
	if ((space != NULL && !rows) || span_parse(text, &v.span, NULL) != 0 ||
	    v.span.unit == SPAN_ALL || rows != (v.span.unit == SPAN_ROWS))
		status = wrong_value(f, y, l);
	else
		*to = v.span;
	free(text);
	return status;
}

/* Rows a second, also "90/m" and "max"; a speed is a number of times or "max". */
static int
fill_pace(double *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	size_t n = strlen(y->text);
	double per = 1;

	if (strcmp(y->text, "max") == 0) {
		*to = INFINITY;
		return 0;
	}
	if (f->type == FIELD_RATE && n > 2 && y->text[n - 2] == '/' &&
	    strchr("smh", y->text[n - 1]) != NULL) {
		per = y->text[n - 1] == 's' ? 1 : y->text[n - 1] == 'm' ? 60 : 3600;
		n -= 2;
	}
	if (number_cell(y->text, n, to) != CELL_NUMBER || *to <= 0)
		return wrong_value(f, y, l);
	*to /= per;
	return 0;
}

static int
fill_words(
    char ***to, int *count, const struct field *f, const struct yaml *y, const struct loading *l)
{
	if (y->kind != YAML_LIST || y->n == 0)
		return wrong_value(f, y, l);
	*to = memory_zero((size_t)y->n + 1, sizeof **to);
	for (*count = 0; *count < y->n; ++*count) {
		if (y->items[*count]->kind != YAML_SCALAR ||
		    (*count == 0 && y->items[0]->text[0] == '\0') ||
		    yaml_is_empty(y->items[*count]))
			return wrong_value(f, y->items[*count], l);
		(*to)[*count] = copy(y->items[*count]);
	}
	return 0;
}

static int
fill_state(unsigned *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	static const enum alert_state states[] = { ALERT_FIRING, ALERT_RESOLVED };

	for (size_t i = 0; y->kind == YAML_SCALAR && i < sizeof states / sizeof *states; i++)
		if (strcmp(y->text, alert_state_name(states[i])) == 0) {
			*to |= 1U << states[i];
			return 0;
		}
	return wrong_value(f, y, l);
}

static int
fill_states(unsigned *to, const struct field *f, const struct yaml *y, const struct loading *l)
{
	if (y->kind == YAML_SCALAR)
		return fill_state(to, f, y, l);
	if (y->kind != YAML_LIST || y->n == 0)
		return wrong_value(f, y, l);
	for (int i = 0; i < y->n; i++)
		if (fill_state(to, f, y->items[i], l) != 0)
			return -1;
	return 0;
}

static int
fill_widget(const struct widget_class **to, const struct yaml *y, const struct loading *l)
{
	struct suggestion near = { 0 };

	*to = widget_class_find(y->text);
	if (*to != NULL)
		return 0;
	for (const struct widget_class *const *c = widget_classes; *c != NULL; c++)
		suggest(&near, y->text, (*c)->name);
	if (near.word != NULL)
		return yaml_wrong(
		    l->report, y->at, "no widget '%.60s' (did you mean '%s'?)", y->text, near.word);
	return yaml_wrong(
	    l->report, y->at, "no widget '%.60s' (weir list widgets names them)", y->text);
}

int
field_fill(const struct field *f, void *item, const struct yaml *y, const struct loading *l)
{
	void *to = (char *)item + f->offset;

	if (y->kind != YAML_SCALAR && f->type != FIELD_NAMES && f->type != FIELD_WORDS &&
	    f->type != FIELD_STATES)
		return wrong_value(f, y, l);
	switch (f->type) {
	case FIELD_TEXT:
		*(char **)to = copy(y);
		return 0;
	case FIELD_PLACED:
	case FIELD_EXPR:
		return fill_placed(to, f, y, l);
	case FIELD_NAMES:
		return fill_names(to, f, y, l);
	case FIELD_FLAG:
		return fill_flag(to, f, y, l);
	case FIELD_LASTING:
		return fill_lasting(to, f, y, l);
	case FIELD_RATE:
	case FIELD_SPEED:
		return fill_pace(to, f, y, l);
	case FIELD_SEVERITY:
		return severity_parse(y->text, to) == 0 ? 0 : wrong_value(f, y, l);
	case FIELD_STATES:
		return fill_states(to, f, y, l);
	case FIELD_WORDS:
		return fill_words(to, (int *)((char *)item + f->count), f, y, l);
	case FIELD_WIDGET:
		return fill_widget(to, y, l);
	case FIELD_NUMBER:
	case FIELD_COUNT:
	case FIELD_DURATION:
	case FIELD_WINDOW:
		return fill_param(to, f, y, l);
	case FIELD_LIST:
		break;
	}
	return wrong_value(f, y, l);
}
