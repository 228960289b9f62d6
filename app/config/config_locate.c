/* config_locate.c - errors of the engine at their place in the dashboard file.
 *
 * The engine knows expressions as text, and names them in what it says; here the expression is
 * found again in the file, with its line and column. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"
#include "data/expr/expr.h"

/* "OPTION: 'EXPR': column 6: WHAT" of this expression? Then WHAT, with its column. */
static const char *
what_of(const struct error *err, const char *option, const char *expr)
{
	size_t o = strlen(option), n = expr != NULL ? strlen(expr) : 0;
	const char *p = err->text;

	if (expr == NULL || strncmp(p, option, o) != 0 || strncmp(p + o, ": '", 3) != 0)
		return NULL;
	p += o + 3;
	if (strncmp(p, expr, n) != 0 || strncmp(p + n, "': ", 3) != 0)
		return NULL;
	return p + n + 3;
}

/* The column, in characters, of what stands at a column of the same text otherwise spaced. */
static int
respaced_column(const char *written, const char *spaced, int column)
{
	int at = 1, before = 0; /* characters that are no spaces */

	for (; *spaced != '\0' && at < column; spaced++)
		if (((unsigned char)spaced[1] & 0xc0) != 0x80) {
			before += *spaced != ' ';
			at++;
		}
	for (at = 1; *written != '\0' && (before > 0 || *written == ' '); written++)
		if (((unsigned char)written[1] & 0xc0) != 0x80) {
			before -= *written != ' ';
			at++;
		}
	return at;
}

/* Rules are known to the engine by their canonical text: the error, with the place as written. */
static const char *
what_of_rule(struct error *err, const char *option, const struct config_text *text)
{
	const char *what = what_of(err, option, text->s);
	struct expr *tree = what == NULL && text->s != NULL ? expr_parse(text->s, NULL) : NULL;
	struct text canonical = { 0 };
	int column, read = 0;

	if (tree == NULL)
		return what;
	expr_print(tree, &canonical);
	expr_free(tree);
	what = what_of(err, option, canonical.s);
	if (what != NULL && sscanf(what, "column %d: %n", &column, &read) == 1 && read > 0) {
		struct error said = *err;

		error_set(err, "column %d: %s", respaced_column(text->s, canonical.s, column),
		    said.text + (what + read - err->text));
		what = err->text;
	}
	text_done(&canonical);
	return what;
}

/* The expression that the error is about, and what it says. */
static const struct config_text *
guilty(const struct config *c, struct error *err, const char **what)
{
	for (int i = 0; i < c->nderive; i++)
		if ((*what = what_of(err, "-d", c->derive[i].expr.s)) != NULL)
			return &c->derive[i].expr;
	for (int i = 0; i < c->nkpis; i++)
		if ((*what = what_of(err, "-k", c->kpis[i].expr.s)) != NULL)
			return &c->kpis[i].expr;
	for (int i = 0; i < c->nalerts; i++) {
		if ((*what = what_of_rule(err, "-a", &c->alerts[i].when)) != NULL)
			return &c->alerts[i].when;
		if ((*what = what_of_rule(err, "-a: clear", &c->alerts[i].clear)) != NULL)
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

/* "--start: 'zz' is neither a row nor a time (...)" */
static const struct config_text *
guilty_limit(const struct config *c, const struct error *err, const char **what)
{
	static const char *const options[] = { "--start: ", "--stop: " };

	for (int i = 0; i < c->nsources; i++) {
		const struct config_text *limits[] = { &c->sources[i].start, &c->sources[i].stop };

		for (int k = 0; k < 2; k++) {
			*what = err->text + strlen(options[k]);
			if (limits[k]->s != NULL &&
			    strncmp(err->text, options[k], strlen(options[k])) == 0)
				return limits[k];
		}
	}
	return NULL;
}

static bool
starts(const char *text, const char *with, const char **behind)
{
	*behind = text + strlen(with);
	return strncmp(text, with, strlen(with)) == 0;
}

/* "--types: no column 'x' in reactor (...)", "--speed: 'reactor' has no time column (...)": line 0:
 * none. */
static struct yaml_place
guilty_key(const struct config *c, const struct error *err, const char **what)
{
	const char *quoted = strchr(err->text, '\'');
	size_t n = quoted != NULL ? strcspn(quoted + 1, "'") : 0;

	for (int i = 0; i < c->nsources; i++) {
		const struct config_source *s = &c->sources[i];
		char *name = memory_text(n > 0 ? quoted + 1 : "", n);
		bool types = starts(err->text, "--types: ", what) && s->types != NULL &&
			     strstr(s->types, name) != NULL;

		free(name);
		if (types)
			return s->types_at;
		if (s->speed > 0 && starts(err->text, "--speed: ", what))
			return s->speed_at;
	}
	return (struct yaml_place){ 0, 0 };
}

/* Does the text go on with "'NAME'"? */
static bool
is_quoted(const char *text, const char *name)
{
	size_t n = name != NULL ? strlen(name) : 0;

	return name != NULL && text[0] == '\'' && strncmp(text + 1, name, n) == 0 &&
	       text[1 + n] == '\'';
}

/* "-d: 'x' is already a column of reactor (...)", "-k: two KPIs are called 'a' (...)": the place of
 * the last of this name; line 0: none. *what: where the error begins. */
static struct yaml_place
guilty_name(const struct config *c, const struct error *err, const char **what)
{
	const char *quoted;

	*what = err->text + strlen("-d: ");
	for (int i = c->nderive - 1; i >= 0 && starts(err->text, "-d: ", &quoted); i--)
		if (is_quoted(quoted, c->derive[i].name))
			return c->derive[i].name_at;
	for (int i = c->nkpis - 1; i >= 0 && starts(err->text, "-k: two KPIs are called ", &quoted);
	     i--)
		if (is_quoted(quoted, c->kpis[i].name) || is_quoted(quoted, c->kpis[i].expr.s))
			return c->kpis[i].name_at;
	for (int i = c->nalerts - 1;
	     i >= 0 && starts(err->text, "-a: two alerts are called ", &quoted); i--)
		if (is_quoted(quoted, c->alerts[i].name) || is_quoted(quoted, c->alerts[i].when.s))
			return c->alerts[i].at;
	return (struct yaml_place){ 0, 0 };
}

/* "sets/reactor.csv: no such file (...)" */
static const struct config_text *
guilty_source(const struct config *c, const struct error *err, const char **what)
{
	*what = err->text;
	for (int i = 0; i < c->nsources; i++) {
		size_t n = c->sources[i].uri.s != NULL ? strlen(c->sources[i].uri.s) : 0;

		if (n > 0 && strncmp(err->text, c->sources[i].uri.s, n) == 0 && err->text[n] == ':')
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
	struct yaml_place at;

	if (text == NULL)
		text = guilty_column(c, &said, &what);
	if (text == NULL)
		text = guilty_limit(c, &said, &what);
	if (text == NULL)
		text = guilty_source(c, &said, &what);
	if (text != NULL) {
		expression_wrong(&report, text, what);
		return;
	}
	at = guilty_name(c, &said, &what);
	if (at.line == 0)
		at = guilty_key(c, &said, &what);
	if (at.line > 0)
		yaml_wrong(&report, at, "%s", what);
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
