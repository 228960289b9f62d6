/* claims.h - what the notes of a demo claim, as a test can check it.
 *
 * tests/demos/NAME has a line for each claim: the row of the note, a word, and what is claimed.
 *   94 holds temperature < 9.5      an expression that is true at this row
 *   94 fired 1 too cold             so often the rule began to fire so far
 *   94 fired-at 94 too cold         at that row it began to fire
 *   113 resolved-at 113 too cold    at that row it was resolved
 *   608 drift-at 603 drift(value)   at that row the change was declared
 *   94 screen too cold              stands on the screen, beside the note
 *   94 after e temperature < 9.5    stands there after keys, "\r" is Enter
 *   94 words weir -b 30s            what a reader is to type, or words that claim nothing */
#ifndef WEIR_TESTS_CLAIMS_H
#define WEIR_TESTS_CLAIMS_H

#include <stdbool.h>

enum claim_kind {
	CLAIM_HOLDS,
	CLAIM_FIRED,
	CLAIM_FIRED_AT,
	CLAIM_RESOLVED_AT,
	CLAIM_DRIFT_AT,
	CLAIM_SCREEN,
	CLAIM_AFTER,
	CLAIM_WORDS
};

struct claim {
	int row;
	enum claim_kind kind;
	long number;      /* of those with one */
	char *what;       /* the rest of the line */
	const char *keys; /* of those with keys */
	bool numbers;     /* it has one */
};

struct claims {
	struct claim *all;
	int n;
	char *bytes;
};

/* Fails the test where the file cannot be read, or a line is no claim. */
void claims_read(struct claims *, const char *path);
void claims_done(struct claims *);

/* The first number in the text of a note at that row that no claim of the row has, in room for 32
 * characters; false: each is claimed. Thousands are read with their commas or without. */
bool claims_miss(const struct claims *, int row, const char *text, char *number);

#endif
