/* lexer.c - the words of an expression.
 *
 * A digit starts a number or a duration: "5m" is one word, so a unit that does not exist ("5x") is
 * an error here rather than a puzzle later. Names may hold any byte above 127, so columns in any
 * language need no backticks; a dot inside a name joins source and column. */
#include "data/expr/lexer.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"

static bool
starts_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c > 127;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
continues_name(const char *p)
{
	return starts_name(*p) || is_digit(*p) ||
	       (*p == '.' && (starts_name(p[1]) || is_digit(p[1])));
}

size_t
lexer_column(const char *text, const char *at)
{
	size_t column = 1;

	for (; text < at; text++)
		if (((unsigned char)*text & 0xc0) != 0x80)
			column++;
	return column;
}

void
lexer_init(struct lexer *lex, const char *text)
{
	*lex = (struct lexer){ .text = text, .next = text };
}

static enum token
wrong(struct lexer *lex, struct error *err, const char *what)
{
	error_column(err, (int)lexer_column(lex->text, lex->start), "%s", what);
	return lex->token = TOKEN_WRONG;
}

static enum token
take(struct lexer *lex, enum token token, size_t n)
{
	lex->n = n;
	lex->next = lex->start + n;
	return lex->token = token;
}

static size_t
number_length(const char *s)
{
	const char *p = s;

	while (is_digit(*p))
		p++;
	if (*p == '.' && (is_digit(p[1]) || p > s))
		p++;
	while (is_digit(*p))
		p++;
	if (*p == 'e' || *p == 'E') {
		const char *e = p + 1 + (p[1] == '+' || p[1] == '-');

		if (is_digit(*e)) {
			while (is_digit(*e))
				e++;
			p = e;
		}
	}
	return (size_t)(p - s);
}

/* A number of n bytes that goes on with what belongs to no number: what was meant? */
static enum token
wrong_number(struct lexer *lex, size_t n, struct error *err)
{
	const char *s = lex->start;
	size_t all = n;

	while (continues_name(s + all) || s[all] == '.')
		all++;
	if (s[n] == 'T' && is_digit(s[n + 1]))
		return wrong(
		    lex, err, "a time stands in quotes (expected such as \"2026-01-31T12:00:00\")");
	if (n + strcspn(s + n, "0123456789.") >= all)
		return wrong(lex, err, "a number with an unknown unit (units: ns us ms s m h d w)");
	error_column(err, (int)lexer_column(lex->text, s),
	    "'%.*s' is no number (expected such as 16 or 1.5)", (int)(all < 40 ? all : 40), s);
	return lex->token = TOKEN_WRONG;
}

static enum token
take_number(struct lexer *lex, struct error *err)
{
	size_t n = duration_parse(lex->start, strlen(lex->start), &lex->ns);

	if (n > 0 && !continues_name(lex->start + n)) {
		lex->number = (double)lex->ns * 1e-9;
		return take(lex, TOKEN_DURATION, n);
	}
	n = number_length(lex->start);
	if (continues_name(lex->start + n) || lex->start[n] == '.')
		return wrong_number(lex, n, err);
	if (number_cell(lex->start, n, &lex->number) != CELL_NUMBER)
		return wrong(lex, err, "this number is too large");
	return take(lex, TOKEN_NUMBER, n);
}

/* A backtick in a name is written twice. */
static bool
is_doubled(const char *p, char quote)
{
	return quote == '`' && p[0] == '`' && p[1] == '`';
}

static enum token
take_quoted(struct lexer *lex, struct error *err, char quote, enum token token)
{
	const char *p = lex->start + 1;

	while (*p != '\0' && (*p != quote || is_doubled(p, quote)))
		p += (*p == '\\' && quote == '"' && p[1] != '\0') || is_doubled(p, quote) ? 2 : 1;
	if (*p == '\0')
		return wrong(lex, err,
		    quote == '"' ? "a text without its closing \""
				 : "a name without its closing `");
	if (p == lex->start + 1 && quote == '`')
		return wrong(lex, err, "an empty name");
	return take(lex, token, (size_t)(p + 1 - lex->start));
}

static enum token
take_sign(struct lexer *lex, const char *canonical, size_t n)
{
	snprintf(lex->sign, sizeof lex->sign, "%s", canonical);
	return take(lex, TOKEN_SIGN, n);
}

static enum token
take_name(struct lexer *lex)
{
	static const char *const words[][2] = { { "and", "&&" }, { "or", "||" }, { "not", "!" } };
	size_t n = 1;

	while (continues_name(lex->start + n))
		n++;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i][0]) == n && strncmp(lex->start, words[i][0], n) == 0)
			return take_sign(lex, words[i][1], n);
	return take(lex, TOKEN_NAME, n);
}

static enum token
unknown_sign(struct lexer *lex, struct error *err)
{
	error_column(err, (int)lexer_column(lex->text, lex->start),
	    "'%c' is no sign of expressions (odd names stand in backticks: `v#2`)", *lex->start);
	return lex->token = TOKEN_WRONG;
}

enum token
lexer_next(struct lexer *lex, struct error *err)
{
	static const char *const signs[] = { "<=", ">=", "==", "!=", "&&", "||", "+", "-", "*", "/",
		"%", "^", "<", ">", "!", "(", ")", ",", "=" };
	const char *s = lex->next;

	while (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r')
		s++;
	lex->start = s;
	if (*s == '\0')
		return take(lex, TOKEN_END, 0);
	if (is_digit(*s) || (*s == '.' && is_digit(s[1])))
		return take_number(lex, err);
	if (*s == '"')
		return take_quoted(lex, err, '"', TOKEN_TEXT);
	if (*s == '`')
		return take_quoted(lex, err, '`', TOKEN_NAME);
	if (starts_name(*s) || (*s == '.' && starts_name(s[1]))) /* .part, in definitions */
		return take_name(lex);
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if (strncmp(s, signs[i], strlen(signs[i])) == 0)
			return take_sign(lex, signs[i], strlen(signs[i]));
	if (*s == '\'')
		return wrong(lex, err, "texts stand in double quotes: \"text\"");
	return unknown_sign(lex, err);
}

char *
lexer_unquote(const struct lexer *lex)
{
	const char *s = lex->start, *end = lex->start + lex->n;
	char quote = *s, *copy, *p;

	if (quote != '"' && quote != '`')
		return memory_text(s, lex->n);
	copy = p = memory_new(lex->n, 1);
	for (s++, end--; s < end; s++) {
		if ((quote == '"' && *s == '\\' && s + 1 < end) || is_doubled(s, quote))
			s++;
		*p++ = *s;
	}
	*p = '\0';
	return copy;
}

int
lexer_plain_name(const char *name)
{
	struct lexer lex;

	lexer_init(&lex, name);
	return lexer_next(&lex, NULL) == TOKEN_NAME && lex.n == strlen(name) && *name != '`';
}
