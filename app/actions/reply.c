/* reply.c - a text is written to the source: the feedback loop. */
#include "app/actions/action.h"

const struct action_class action_reply = {
	.name = "reply",
	.help = "write to the source: the feedback loop",
	.example = "heater on",
	.takes = ACTION_TEXT,
};
