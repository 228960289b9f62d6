/* print.c - an expression as text again, and names split off its text.
 *
 * The tree remembers how literals and signs were written and where brackets stood, so that what is
 * printed is what the user wrote, with nothing changed but the spaces. */
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "data/expr/expr.h"
#include "data/expr/lexer.h"

static void
print_name(const char *name, struct text *out)
{
	if (lexer_plain_name(name)) {
		text_add(out, name);
		return;
	}
	text_addc(out, '`');
	for (; *name != '\0'; name++)
		text_add(out, *name == '`' ? "``" : (const char[]){ *name, '\0' });
	text_addc(out, '`');
}

static void
print_call(const struct expr *e, struct text *out)
{
	if (e->written != NULL && e->n == 2) {
		expr_print(e->args[0], out);
		text_addf(out, " %s ", e->written);
		expr_print(e->args[1], out);
	} else if (e->written != NULL) {
		text_addf(out, "%s%s", e->written, e->written[0] == 'n' ? " " : "");
		expr_print(e->args[0], out);
	} else {
		text_addf(out, "%s(", e->text);
		for (int i = 0; i < e->n; i++) {
			text_add(out, i > 0 ? ", " : "");
			if (e->names[i] != NULL)
				text_addf(out, "%s=", e->names[i]);
			expr_print(e->args[i], out);
		}
		text_addc(out, ')');
	}
}

static void
print_text(const char *s, struct text *out)
{
	text_addc(out, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			text_addc(out, '\\');
		text_addc(out, *s);
	}
	text_addc(out, '"');
}

void
expr_print(const struct expr *e, struct text *out)
{
	for (int i = 0; i < e->brackets; i++)
		text_addc(out, '(');
	switch (e->kind) {
	case EXPR_NUMBER:
	case EXPR_DURATION:
		text_add(out, e->written);
		break;
	case EXPR_TEXT:
		print_text(e->text, out);
		break;
	case EXPR_NAME:
		print_name(e->text, out);
		break;
	case EXPR_CALL:
		print_call(e, out);
		break;
	}
	for (int i = 0; i < e->brackets; i++)
		text_addc(out, ')');
}

/* Is this colon one of "2026-01-31T12:00", a time that wants quotes? Then it ends no name. */
static bool
is_clock(const char *text, const char *colon)
{
	static const char shape[] = "-ddTdd";
	const char *p = colon - (sizeof shape - 1);

	if (p < text || !isdigit((unsigned char)colon[1]))
		return false;
	for (size_t i = 0; shape[i] != '\0'; i++)
		if (shape[i] == 'd' ? !isdigit((unsigned char)p[i]) : p[i] != shape[i])
			return false;
	return true;
}

const char *
expr_named(const char *text, char separator, char **name)
{
	struct lexer lex;
	const char *p;
	size_t n;

	*name = NULL;
	if (separator == '=') {
		lexer_init(&lex, text);
		if (lexer_next(&lex, NULL) != TOKEN_NAME)
			return text;
		p = lex.next + strspn(lex.next, " \t");
		if (*p != '=' || p[1] == '=')
			return text;
		*name = lexer_unquote(&lex);
		return p + 1;
	}
	/* No expression holds a colon outside quotes, so the first one there ends the name, which
	 * may be any words. */
	for (p = text; *p != '\0' && *p != '"' && *p != '`' && *p != '('; p++)
		if (*p == ':' && !is_clock(text, p))
			break;
	if (*p != ':' || p == text)
		return text;
	while (*text == ' ')
		text++;
	for (n = (size_t)(p - text); n > 0 && text[n - 1] == ' ';)
		n--;
	if (n > 0)
		*name = memory_text(text, n);
	return p + 1;
}

bool
expr_nameless(const char *text, struct error *err)
{
	const char *equals = strchr(text, '='), *end = equals;
	char *name;

	expr_named(text, '=', &name);
	if (name != NULL) {
		free(name);
		return false;
	}
	text += strspn(text, " ");
	while (end != NULL && end > text && end[-1] == ' ')
		end--;
	if (equals == NULL || equals == text || equals[1] == '=' ||
	    strcspn(text, "`\"(<>!") < (size_t)(equals - text))
		error_set(err, "no name (write NAME = EXPR)");
	else
		error_set(err,
		    "'%.*s' is no plain name (odd names stand in backticks: `%.*s` = ...)",
		    (int)(end - text), text, (int)(end - text), text);
	return true;
}
