/* lexer.h - the words of an expression. Private to data/expr. */
#ifndef WEIR_LEXER_H
#define WEIR_LEXER_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

enum token {
	TOKEN_END,
	TOKEN_NUMBER,
	TOKEN_DURATION,
	TOKEN_TEXT, /* "..." with \" and \\ */
	TOKEN_NAME, /* bare, or in backticks */
	TOKEN_SIGN, /* + - * / % ^ < <= > >= == != && || ! ( ) , = and the words and, or, not */
	TOKEN_WRONG /* the error says why */
};

struct lexer {
	const char *text; /* all of it */
	const char *next; /* behind the token */
	/* the token just read */
	enum token token;
	const char *start;
	size_t n; /* bytes */
	double number;
	int64_t ns;
	char sign[3]; /* TOKEN_SIGN: canonical, "&&" for and */
};

void lexer_init(struct lexer *, const char *text);
/* Steps to the next token, which stands in the lexer. TOKEN_WRONG fills err. */
enum token lexer_next(struct lexer *, struct error *);
/* Column, in characters from 1, of a place in the text. */
size_t lexer_column(const char *text, const char *at);
/* The bytes of a TOKEN_TEXT or a backticked name without their quotes; owned by the caller. */
char *lexer_unquote(const struct lexer *);
/* Can this name be written without backticks? */
int lexer_plain_name(const char *name);

#endif
