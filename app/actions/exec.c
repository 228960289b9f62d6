/* exec.c - a program is run, without a shell. */
#include <string.h>

#include "app/actions/action.h"

/* A program without '/' is looked for in PATH, as always. */
static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)err;
	if (strchr(a->words[0], '/') != NULL)
		action_place(&a->words[0], folder);
	return 0;
}

const struct action_class action_exec = {
	.name = "exec",
	.help = "run a program, without a shell; the event as JSON on its standard input",
	.example = "[./heater, \"on\"]",
	.takes = ACTION_WORDS,
	.check = check,
};
