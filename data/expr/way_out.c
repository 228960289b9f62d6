/* way_out.c - people bring along the words of other languages: what they are written like here. */
#include "data/expr/way_out.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { SHOWN = 40 };

static const struct {
	const char *word, *way;
} ways[] = {
	{ "AND", "write and, or &&" },
	{ "OR", "write or, or ||" },
	{ "is", "write ==" },
	{ "in", "write x == a or x == b" },
	{ "between", "write x >= a and x <= b" },
	{ "over", "a window is an argument: mean(x, 5m)" },
	{ "then", "write if(c, a, b)" },
	{ "info", "write severity info" },
	{ "warning", "write severity warning" },
	{ "critical", "write severity critical" },
};

static bool
is_word(const struct lexer *lex, const char *word)
{
	return lex->n == strlen(word) && strncasecmp(lex->start, word, lex->n) == 0;
}

static int
shortened(size_t n)
{
	return (int)(n < SHOWN ? n : SHOWN);
}

/* 1,000; or a second expression. */
static void
add_behind_comma(const struct lexer *is, const struct lexer *was, struct text *out)
{
	if (was->token == TOKEN_NUMBER && isdigit((unsigned char)is->start[1]))
		text_add(out, " (numbers have no commas: 1000)");
	else
		text_add(out, " (one expression alone; conditions are joined by and)");
}

void
way_out_add(const struct lexer *is, const struct lexer *was, struct text *out)
{
	bool ended = was->token != TOKEN_SIGN || *was->start == ')'; /* what stands before */

	if (is->token == TOKEN_SIGN && *is->start == ',' && ended)
		add_behind_comma(is, was, out);
	if (is->token != TOKEN_NAME || *is->start == '`')
		return;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		if (is_word(is, ways[i].word)) {
			text_addf(out, " (%s)", ways[i].way);
			return;
		}
	if (was->token == TOKEN_NUMBER && (is_word(is, "row") || is_word(is, "rows")))
		text_addf(out, " (write %.*s alone: rows)", shortened(was->n), was->start);
	else if (was->token == TOKEN_NUMBER)
		text_add(out, " (durations are 500ms 5s 10m 2h 1d 1w, without a blank)");
	else if (was->token == TOKEN_NAME && *was->start != '`')
		text_addf(out, " (a name with a blank stands in backticks: `%.*s`)",
		    shortened((size_t)(is->start + is->n - was->start)), was->start);
}
