/* config_locate.c - errors of the engine at their place in the dashboard file.
 *
 * The engine tells which of the things it was asked for is wrong, and where in its text: the file's
 * own come first, in the file's order. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"
#include "data/expr/expr.h"

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

/* Rules are known to the engine by their canonical text: the column as it was written. */
static int
written_column(const char *written, int column)
{
	struct expr *tree = expr_parse(written, NULL);
	struct text canonical = { 0 };

	if (tree != NULL && column > 0) {
		expr_print(tree, &canonical);
		column = respaced_column(written, text_get(&canonical), column);
	}
	expr_free(tree);
	text_done(&canonical);
	return column;
}

/* The source of that number; where it is not known, the first that says something of the kind. */
static const struct config_source *
guilty_source(const struct config *c, const struct error *err)
{
	for (int i = 0; i < c->nsources; i++) {
		const struct config_source *s = &c->sources[i];
		bool says = err->subject == ERROR_START   ? s->start.s != NULL
			    : err->subject == ERROR_STOP  ? s->stop.s != NULL
			    : err->subject == ERROR_SPEED ? s->speed > 0
							  : err->index == i;

		if (says)
			return s;
	}
	return NULL;
}

static const struct config_text *
text_of_source(const struct config_source *s, enum error_subject subject)
{
	switch (subject) {
	case ERROR_SOURCE:
		return &s->uri;
	case ERROR_TIME:
		return &s->time;
	case ERROR_START:
		return &s->start;
	case ERROR_STOP:
		return &s->stop;
	default:
		return NULL;
	}
}

/* The text that the error is about; NULL: it is about none, or about what the file does not say. */
static const struct config_text *
guilty_text(const struct config *c, const struct error *err)
{
	const struct config_source *s = guilty_source(c, err);
	int i = err->index;

	switch (err->subject) {
	case ERROR_DERIVED:
		return i >= 0 && i < c->nderive ? &c->derive[i].expr : NULL;
	case ERROR_KPI:
		return i >= 0 && i < c->nkpis ? &c->kpis[i].expr : NULL;
	case ERROR_RULE:
		return i >= 0 && i < c->nalerts ? &c->alerts[i].when : NULL;
	case ERROR_CLEAR:
		return i >= 0 && i < c->nalerts ? &c->alerts[i].clear : NULL;
	case ERROR_BY:
		return &c->by;
	default:
		return s != NULL ? text_of_source(s, err->subject) : NULL;
	}
}

/* The place of what is no text that is kept; line 0: none. */
static struct yaml_place
guilty_place(const struct config *c, const struct error *err)
{
	const struct config_source *s = guilty_source(c, err);
	struct yaml_place nowhere = { 0, 0 };
	int i = err->index;

	switch (err->subject) {
	case ERROR_DERIVED_NAME:
		return i >= 0 && i < c->nderive ? c->derive[i].name_at : nowhere;
	case ERROR_KPI_NAME:
		return i >= 0 && i < c->nkpis ? c->kpis[i].name_at : nowhere;
	case ERROR_RULE_NAME:
		return i >= 0 && i < c->nalerts ? c->alerts[i].at : nowhere;
	case ERROR_TYPES:
		return s != NULL && s->types != NULL ? s->types_at : nowhere;
	case ERROR_FORMAT:
		return s != NULL && s->format != NULL ? s->format_at : nowhere;
	case ERROR_FOLLOW:
		return s != NULL && s->follow ? s->follow_at : nowhere;
	case ERROR_SPEED:
		return s != NULL ? s->speed_at : nowhere;
	default:
		return nowhere;
	}
}

void
config_locate(const struct config *c, struct error *err)
{
	struct yaml_report report = { c->path, c->bytes, c->len, err, NULL };
	struct error said = *err;
	const struct config_text *text = guilty_text(c, err);
	struct yaml_place at = guilty_place(c, err);

	if (text != NULL && text->s != NULL) {
		if (said.subject == ERROR_RULE || said.subject == ERROR_CLEAR)
			said.column = written_column(text->s, said.column);
		text_wrong(&report, text, &said);
	} else if (at.line > 0) {
		yaml_wrong(&report, at, "%s", error_what(&said));
	}
}

void
config_excerpt(const struct config *c, const struct error *err, struct text *out)
{
	if (c->path != NULL && err->subject == ERROR_FILE && err->line > 0)
		yaml_excerpt(c->bytes, c->len, (struct yaml_place){ err->line, err->column }, out);
}
