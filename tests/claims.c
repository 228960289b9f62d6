/* claims.c - claims read from their file, and numbers that nobody claims found. */
#include "tests/claims.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "tests/support.h"

enum { NUMBER = 32 };

static const struct {
	const char *word;
	enum claim_kind kind;
	bool numbers;
} kinds[] = {
	{ "holds", CLAIM_HOLDS, false },
	{ "fired", CLAIM_FIRED, true },
	{ "fired-at", CLAIM_FIRED_AT, true },
	{ "resolved-at", CLAIM_RESOLVED_AT, true },
	{ "drift-at", CLAIM_DRIFT_AT, true },
	{ "screen", CLAIM_SCREEN, false },
	{ "after", CLAIM_AFTER, false },
	{ "words", CLAIM_WORDS, false },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static char *
read_file(const char *path)
{
	struct text all = { 0 };
	char part[4096];
	FILE *f = fopen(path, "r");
	size_t n;

	ck_assert_msg(f != NULL, "%s: the notes of each demo are claimed there", path);
	while ((n = fread(part, 1, sizeof part, f)) > 0)
		text_addn(&all, part, n);
	fclose(f);
	return all.s;
}

static void
read_line(struct claims *c, const char *path, char *line)
{
	struct claim claim = { .row = (int)strtol(line, &line, 10) };
	size_t i = 0, n;

	line += strspn(line, " ");
	n = strcspn(line, " ");
	while (i < KINDS && (strlen(kinds[i].word) != n || strncmp(kinds[i].word, line, n) != 0))
		i++;
	ck_assert_msg(claim.row > 0 && i < KINDS && line[n] == ' ', "%s: no claim: %s", path, line);
	claim.kind = kinds[i].kind;
	claim.numbers = kinds[i].numbers;
	line += n + 1;
	if (claim.numbers) {
		claim.number = strtol(line, &line, 10);
		line += strspn(line, " ");
	}
	if (claim.kind == CLAIM_AFTER) {
		claim.keys = strncmp(line, "\\r ", 3) == 0 ? "\r" : line;
		line = strchr(line, ' ');
		ck_assert_msg(line != NULL, "%s: keys, and nothing after them", path);
		*line++ = '\0';
	}
	claim.what = line;
	c->all = memory_grow(c->all, (size_t)c->n + 1, sizeof *c->all);
	c->all[c->n++] = claim;
}

void
claims_read(struct claims *c, const char *path)
{
	char *line, *next;

	*c = (struct claims){ .bytes = read_file(path) };
	for (line = c->bytes; line != NULL && *line != '\0'; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		if (*line != '\0' && *line != '#')
			read_line(c, path, line);
	}
}

void
claims_done(struct claims *c)
{
	free(c->all);
	free(c->bytes);
}

/* The next number of a text, without the commas of thousands; false: there are no more. */
static bool
next_number(const char **text, char *number)
{
	const char *s = *text;
	int n = 0;

	while (*s != '\0' && !isdigit((unsigned char)*s))
		s++;
	for (; isdigit((unsigned char)*s) ||
	       ((*s == '.' || *s == ',') && n > 0 && isdigit((unsigned char)s[1]));
	     s++)
		if (*s != ',' && n < NUMBER - 1)
			number[n++] = *s;
	number[n] = '\0';
	*text = s;
	return n > 0;
}

static bool
has_number(const char *text, const char *wanted)
{
	char number[NUMBER];

	while (next_number(&text, number))
		if (strcmp(number, wanted) == 0)
			return true;
	return false;
}

static bool
is_claimed(const struct claims *c, int row, const char *number)
{
	for (int i = 0; i < c->n; i++) {
		const struct claim *claim = &c->all[i];

		if (claim->row == row && (has_number(claim->what, number) ||
					     (claim->numbers && claim->number == atol(number))))
			return true;
	}
	return false;
}

bool
claims_miss(const struct claims *c, int row, const char *text, char *number)
{
	while (next_number(&text, number))
		if (!is_claimed(c, row, number))
			return true;
	return false;
}
