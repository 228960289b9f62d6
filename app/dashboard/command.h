/* command.h - what can be asked of the dashboard, by a key, the mouse or at the prompt: one table,
 * from which come parsing, completion and help.
 *
 * One command = one const struct command in a file, with its family, and one line in
 * commands/command_list.h. Keys are bound to command lines, see keymap.h. */
#ifndef WEIR_COMMAND_H
#define WEIR_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "app/dashboard/outcome.h"
#include "data/base/error.h"
#include "data/base/text.h"

struct dashboard;

struct completion {        /* of one word */
	const char *typed; /* what is typed of it, n bytes */
	size_t n;
	struct text *found; /* what it may become, a line each */
};

struct command {
	const char *name; /* of the option of the command line, where it is one */
	char letter;      /* the same in short; 0: none */
	const char
	    *form; /* ":rate N", "[N]" where it may be left out; without blank: no argument */
	const char *help; /* one short line */
	/* argument: "" when there is none. OUTCOME_NOTHING with err: it cannot be done. */
	enum outcome (*run)(struct dashboard *, const char *argument, int64_t now, struct error *);
	/* Offers what the word of its argument may become; NULL: nothing. */
	void (*complete)(const struct dashboard *, const struct completion *);
};

extern const struct command *const commands[]; /* ends with NULL */

/* Does what the line says: a command, or an expression, which becomes a KPI. */
enum outcome command_run(struct dashboard *, const char *line, int64_t now, struct error *);
/* -1 with err: the line begins with no command, or with one that lacks its argument. */
int command_check(const char *line, struct error *);
/* The command that the line begins with; NULL. *argument: what follows. */
const struct command *command_find(const char *line, const char **argument);
/* Appends what the word of line from byte word up to byte end may become, a line each. */
void command_complete(
    const struct dashboard *, const char *line, size_t word, size_t end, struct text *);

/* A whole number but 0, to 1,000,000 either way: how far, and in which direction; "": 1. */
int command_count(const char *argument, int *count, struct error *);

/* completion.c: the words that several commands take. */
void completion_offer(const struct completion *, const char *word, const char *tail);
void completion_expression(const struct dashboard *, const struct completion *);

#endif
