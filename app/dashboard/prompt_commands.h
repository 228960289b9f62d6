/* prompt_commands.h - what can be typed behind ':' while it runs: one table of commands, from
 * which come parsing, completion and help. */
#ifndef WEIR_PROMPT_COMMANDS_H
#define WEIR_PROMPT_COMMANDS_H

#include "app/dashboard/dashboard_parts.h"

enum prompt_words { WORDS_NONE, WORDS_EXPRESSION, WORDS_RULE, WORDS_THEMES };

struct prompt_command {
	const char *name;         /* of the option of the command line, where it is one */
	char letter;              /* 0: none */
	enum prompt_words words;  /* what Tab completes behind it */
	const char *usage, *help; /* ":k EXPR", for the list of keys */
	/* OUTCOME_NOTHING with err: it cannot be done. */
	enum outcome (*run)(struct dashboard *, const char *argument, int64_t now, struct error *);
};

extern const struct prompt_command prompt_commands[]; /* ends with a NULL name */

/* Does what the line says: a command, or an expression, which becomes a KPI. */
enum outcome prompt_command_run(struct dashboard *, const char *line, int64_t now, struct error *);
/* Appends what the word of line from byte word up to byte end may become, a line each. */
void prompt_command_complete(
    const struct dashboard *, const char *line, size_t word, size_t end, struct text *);

#endif
