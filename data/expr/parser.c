/* parser.c - the tree of an expression, by precedence climbing. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/expr/expr.h"
#include "data/expr/lexer.h"
#include "data/expr/way_out.h"

enum { MAX_DEPTH = 200, MAX_LENGTH = 16384, UNARY_LEVEL = 6, POWER_LEVEL = 7, COMPARE_LEVEL = 3 };

static const struct binary {
	const char *sign;
	int level;
} binaries[] = {
	{ "||", 1 },
	{ "&&", 2 },
	{ "<", COMPARE_LEVEL },
	{ "<=", COMPARE_LEVEL },
	{ ">", COMPARE_LEVEL },
	{ ">=", COMPARE_LEVEL },
	{ "==", COMPARE_LEVEL },
	{ "!=", COMPARE_LEVEL },
	{ "+", 4 },
	{ "-", 4 },
	{ "*", 5 },
	{ "/", 5 },
	{ "%", 5 },
	{ "^", POWER_LEVEL },
};

struct parser {
	struct lexer lex, before; /* and the word before it, for what is told */
	struct error *err;
	int depth;
};

static struct expr *parse_level(struct parser *, int level);

static int
binary_level(const char *sign)
{
	for (size_t i = 0; i < sizeof binaries / sizeof *binaries; i++)
		if (strcmp(binaries[i].sign, sign) == 0)
			return binaries[i].level;
	return 0;
}

void
expr_free(struct expr *e)
{
	if (e == NULL)
		return;
	for (int i = 0; i < e->n; i++) {
		expr_free(e->args[i]);
		free(e->names[i]);
	}
	free(e->args);
	free(e->names);
	free(e->text);
	free(e->written);
	free(e);
}

static struct expr *
expr_new(enum expr_kind kind, size_t at, const char *text)
{
	struct expr *e = memory_zero(1, sizeof *e);

	e->kind = kind;
	e->at = at;
	if (text != NULL)
		e->text = memory_text(text, strlen(text));
	return e;
}

static void
expr_append(struct expr *e, char *name, struct expr *arg)
{
	e->args = memory_grow(e->args, (size_t)e->n + 1, sizeof *e->args);
	e->names = memory_grow(e->names, (size_t)e->n + 1, sizeof *e->names);
	e->args[e->n] = arg;
	e->names[e->n++] = name;
}

static bool
next(struct parser *p)
{
	p->before = p->lex;
	return lexer_next(&p->lex, p->err) != TOKEN_WRONG;
}

static bool
at_sign(const struct parser *p, const char *sign)
{
	return p->lex.token == TOKEN_SIGN && strcmp(p->lex.sign, sign) == 0;
}

static size_t
column(const struct parser *p)
{
	return lexer_column(p->lex.text, p->lex.start);
}

static int
shortened(size_t n)
{
	return (int)(n < 40 ? n : 40);
}

/* What stands where something else was expected, in the user's own letters. */
static struct expr *
unexpected(struct parser *p, const char *expected)
{
	struct text way = { 0 };

	if (p->lex.token == TOKEN_WRONG)
		return NULL;
	way_out_add(&p->lex, &p->before, &way);
	if (p->lex.token == TOKEN_END)
		error_column(p->err, (int)column(p), "ends where %s was expected", expected);
	else
		error_column(p->err, (int)column(p), "'%.*s' where %s was expected%s",
		    shortened(p->lex.n), p->lex.start, expected, text_get(&way));
	text_done(&way);
	return NULL;
}

static bool
parse_argument(struct parser *p, struct expr *call)
{
	struct lexer saved = p->lex;
	char *name = NULL;
	struct expr *arg;

	if (p->lex.token == TOKEN_NAME && *p->lex.start != '`') {
		if (!next(p))
			return false;
		if (at_sign(p, "=")) {
			name = memory_text(saved.start, saved.n);
			if (!next(p)) {
				free(name);
				return false;
			}
		} else {
			p->lex = saved;
		}
	}
	arg = parse_level(p, 1);
	if (arg == NULL) {
		free(name);
		return false;
	}
	expr_append(call, name, arg);
	return true;
}

/* Behind "name(": arguments up to the closing bracket. */
static bool
parse_arguments(struct parser *p, struct expr *call)
{
	if (!next(p))
		return false;
	if (at_sign(p, ")"))
		return next(p);
	for (;;) {
		if (!parse_argument(p, call))
			return false;
		if (at_sign(p, ")"))
			return next(p);
		if (!at_sign(p, ",")) {
			unexpected(p, "',' or ')'");
			return false;
		}
		if (!next(p))
			return false;
	}
}

static struct expr *
parse_name(struct parser *p)
{
	bool quoted = *p->lex.start == '`';
	char *name = lexer_unquote(&p->lex);
	struct expr *e = expr_new(EXPR_NAME, column(p), name);

	free(name);
	if (!next(p)) {
		expr_free(e);
		return NULL;
	}
	if (quoted || !at_sign(p, "("))
		return e;
	e->kind = EXPR_CALL;
	if (parse_arguments(p, e))
		return e;
	expr_free(e);
	return NULL;
}

static char *
as_written(const struct parser *p)
{
	return memory_text(p->lex.start, p->lex.n);
}

static struct expr *
parse_literal(struct parser *p, enum expr_kind kind)
{
	struct expr *e = expr_new(kind, column(p), NULL);

	e->number = p->lex.number;
	e->ns = p->lex.ns;
	if (kind == EXPR_TEXT)
		e->text = lexer_unquote(&p->lex);
	else
		e->written = as_written(p);
	if (next(p))
		return e;
	expr_free(e);
	return NULL;
}

static struct expr *
parse_primary(struct parser *p)
{
	struct expr *e;

	switch (p->lex.token) {
	case TOKEN_NUMBER:
		return parse_literal(p, EXPR_NUMBER);
	case TOKEN_DURATION:
		return parse_literal(p, EXPR_DURATION);
	case TOKEN_TEXT:
		return parse_literal(p, EXPR_TEXT);
	case TOKEN_NAME:
		return parse_name(p);
	default:
		break;
	}
	if (!at_sign(p, "("))
		return unexpected(p, "a column, a number, a call or '('");
	if (!next(p))
		return NULL;
	e = parse_level(p, 1);
	if (e == NULL)
		return NULL;
	if (at_sign(p, ")") && next(p)) {
		e->brackets++;
		return e;
	}
	expr_free(e);
	return unexpected(p, "')'");
}

/* A sign before its operand, which takes what binds as tightly as level. */
static struct expr *
parse_prefix(struct parser *p, const char *operator, int level)
{
	struct expr *e = expr_new(EXPR_CALL, column(p), operator), *arg = NULL;

	e->written = as_written(p);
	if (next(p))
		arg = parse_level(p, level);
	if (arg != NULL) {
		expr_append(e, NULL, arg);
		return e;
	}
	expr_free(e);
	return NULL;
}

static struct expr *
parse_unary(struct parser *p)
{
	bool negative = at_sign(p, "-"), negated = at_sign(p, "!");

	if (!negative && !negated && !at_sign(p, "+"))
		return parse_primary(p);
	if (!negative && !negated)
		return next(p) ? parse_level(p, UNARY_LEVEL) : NULL;
	return parse_prefix(p, negative ? "neg" : "!", UNARY_LEVEL);
}

/* "not a < b" reads as people mean it: written as a word, the operand takes comparisons with it;
 * the sign ! binds tightly, as in C. */
static struct expr *
parse_operand(struct parser *p, int level)
{
	if (p->lex.token == TOKEN_SIGN && p->lex.start[0] == 'n' && level <= COMPARE_LEVEL)
		return parse_prefix(p, "!", COMPARE_LEVEL);
	return parse_unary(p);
}

/* One step of the climb: left sign right. NULL with left freed on failure. */
static struct expr *
parse_binary(struct parser *p, struct expr *left, int sign_level)
{
	struct expr *e = expr_new(EXPR_CALL, column(p), p->lex.sign);

	e->written = as_written(p);
	expr_append(e, NULL, left);
	if (next(p)) {
		bool power = sign_level == POWER_LEVEL;
		struct expr *right = parse_level(p, power ? UNARY_LEVEL : sign_level + 1);

		if (right != NULL) {
			expr_append(e, NULL, right);
			return e;
		}
	}
	expr_free(e);
	return NULL;
}

static struct expr *
parse_level(struct parser *p, int level)
{
	struct expr *left;
	bool compared = false;

	if (++p->depth > MAX_DEPTH) {
		error_column(p->err, (int)column(p), "nested deeper than %d", MAX_DEPTH);
		return NULL;
	}
	left = parse_operand(p, level);
	while (left != NULL && p->lex.token == TOKEN_SIGN) {
		int sign_level = binary_level(p->lex.sign);

		if (sign_level == 0 || sign_level < level)
			break;
		if (sign_level == COMPARE_LEVEL && compared) {
			error_column(p->err, (int)column(p),
			    "comparisons do not chain (write a < b && b < c)");
			expr_free(left);
			left = NULL;
			break;
		}
		compared = sign_level == COMPARE_LEVEL;
		left = parse_binary(p, left, sign_level);
	}
	p->depth--;
	return left;
}

struct expr *
expr_parse(const char *text, struct error *err)
{
	struct parser p = { .err = err };
	struct expr *e;

	/* chains of signs nest to the left: this bounds them too */
	if (strlen(text) > MAX_LENGTH) {
		error_column(err, MAX_LENGTH + 1, "longer than %d bytes", MAX_LENGTH);
		return NULL;
	}
	lexer_init(&p.lex, text);
	if (!next(&p))
		return NULL;
	e = parse_level(&p, 1);
	if (e == NULL || p.lex.token == TOKEN_END)
		return e;
	expr_free(e);
	if (at_sign(&p, "="))
		error_column(err, (int)column(&p), "'=' compares nothing (write ==)");
	else
		unexpected(&p, "the end or an operator");
	return NULL;
}
