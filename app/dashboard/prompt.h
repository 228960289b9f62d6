/* prompt.h - one line to type in, with a cursor, a history and completion; what it says is for
 * command.h. */
#ifndef WEIR_PROMPT_H
#define WEIR_PROMPT_H

#include <stdbool.h>

#include "app/screen/input.h"
#include "data/base/text.h"
#include "widgets/draw/canvas.h"

enum { PROMPT_BYTES = 512, PROMPT_HISTORY = 50 };

struct prompt { /* zeroed: closed, nothing typed yet */
	bool open;
	char text[PROMPT_BYTES];
	size_t at; /* the cursor, in bytes */
	/* stands above the text until the next key; empty: nothing */
	char wrong[PROMPT_BYTES];
	char *history[PROMPT_HISTORY]; /* oldest first; owned */
	int nhistory, browsed;         /* browsed: the one shown; nhistory: what is being typed */
	char draft[PROMPT_BYTES];      /* that, while others are shown */
	struct text found; /* completions of the word, a line each; empty: not completing */
	int nfound, chosen;
	size_t word; /* where the word begins */
};

enum prompt_key { PROMPT_EDITED, PROMPT_ENTERED, PROMPT_LEFT, PROMPT_COMPLETE };

void prompt_open(struct prompt *, const char *text); /* with this typed already */
void prompt_done(struct prompt *);
/* PROMPT_COMPLETE: fill found with the completions of the word at `word`, then call
 * prompt_complete(). */
enum prompt_key prompt_input(struct prompt *, const struct input *);
void prompt_complete(struct prompt *, int step);
void prompt_remember(struct prompt *); /* puts the text into the history */
/* In the lowest line of the canvas; what is wrong above it. */
void prompt_draw(const struct prompt *, const struct canvas *);
/* A line that is typed, in the last one of the screen, with the cursor before byte `at`. Returns
 * the column behind the text. */
int prompt_line_draw(const struct canvas *, char sign, const char *text, size_t at);

#endif
