/* append.c - a line with the event goes to a file. */
#include "app/actions/action.h"

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)err;
	action_place(&a->text, folder);
	return 0;
}

const struct action_class action_append = {
	.name = "append",
	.help = "a line with the event to a file",
	.example = "alerts.ndjson",
	.takes = ACTION_TEXT,
	.check = check,
};
