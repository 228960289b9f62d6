/* config_locate.c - errors of the engine at their place in the dashboard file.
 *
 * The engine knows expressions as text, and names them in what it says; here the expression is
 * found again in the file, with its line and column. */
#include <stdio.h>
#include <string.h>

#include "app/config_parts.h"

/* "OPTION: 'EXPR': column 6: WHAT" of this expression? Then WHAT, with its column. */
static const char *
what_of(const struct error *err, const char *option, const struct config_text *text)
{
	size_t o = strlen(option), n = text->s != NULL ? strlen(text->s) : 0;
	const char *p = err->text;

	if (text->s == NULL || strncmp(p, option, o) != 0 || strncmp(p + o, ": '", 3) != 0)
		return NULL;
	p += o + 3;
	if (strncmp(p, text->s, n) != 0 || strncmp(p + n, "': ", 3) != 0)
		return NULL;
	return p + n + 3;
}

/* The expression that the error is about, and what it says. */
static const struct config_text *
guilty(const struct config *c, const struct error *err, const char **what)
{
	for (int i = 0; i < c->nderive; i++)
		if ((*what = what_of(err, "-d", &c->derive[i].expr)) != NULL)
			return &c->derive[i].expr;
	for (int i = 0; i < c->nkpis; i++)
		if ((*what = what_of(err, "-k", &c->kpis[i].expr)) != NULL)
			return &c->kpis[i].expr;
	for (int i = 0; i < c->nalerts; i++) {
		if ((*what = what_of(err, "-a", &c->alerts[i].when)) != NULL)
			return &c->alerts[i].when;
		if ((*what = what_of(err, "-a: clear", &c->alerts[i].clear)) != NULL)
			return &c->alerts[i].clear;
	}
	return NULL;
}

/* "-b: no column 'x' (...)", "reactor: -t: no column 'x' (...)" */
static const struct config_text *
guilty_column(const struct config *c, const struct error *err, const char **what)
{
	static const char said[] = "-t: no column '";
	const char *p = strstr(err->text, said), *name = p != NULL ? p + sizeof said - 1 : NULL;

	*what = err->text;
	if (c->by.s != NULL && strncmp(err->text, "-b: ", 4) == 0) {
		*what = err->text + 4;
		return &c->by;
	}
	for (int i = 0; i < c->nsources && p != NULL; i++) {
		const struct config_text *time = &c->sources[i].time;
		size_t n = time->s != NULL ? strlen(time->s) : 0;

		if (n == 0 || strncmp(name, time->s, n) != 0 || name[n] != '\'')
			continue;
		*what = p + 4;
		return time;
	}
	return NULL;
}

/* "sets/reactor.csv: no such file (...)" */
static const struct config_text *
guilty_source(const struct config *c, const struct error *err, const char **what)
{
	*what = err->text;
	for (int i = 0; i < c->nsources; i++) {
		size_t n = strlen(c->sources[i].uri.s);

		if (strncmp(err->text, c->sources[i].uri.s, n) == 0 && err->text[n] == ':')
			return &c->sources[i].uri;
	}
	return NULL;
}

void
config_locate(const struct config *c, struct error *err)
{
	struct yaml_report report = { c->path, c->bytes, c->len, err };
	struct error said = *err;
	const char *what = NULL;
	const struct config_text *text = guilty(c, &said, &what);

	if (text == NULL)
		text = guilty_column(c, &said, &what);
	if (text == NULL)
		text = guilty_source(c, &said, &what);
	if (text == NULL)
		return;
	expression_wrong(&report, text, what);
}

void
config_excerpt(const struct config *c, const struct error *err, struct text *out)
{
	size_t n = c->path != NULL ? strlen(c->path) : 0;
	struct yaml_place at = { 0, 0 };

	if (n > 0 && strncmp(err->text, c->path, n) == 0 &&
	    sscanf(err->text + n, ":%d:%d: ", &at.line, &at.column) == 2)
		yaml_excerpt(c->bytes, c->len, at, out);
}
