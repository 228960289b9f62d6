/* pause.c - the replay pauses at the row at which the rule begins to fire. */
#include "app/actions/action.h"

const struct action_class action_pause = {
	.name = "pause",
	.help = "pause the replay",
	.example = "true",
	.takes = ACTION_FLAG,
	.pauses = true,
};
