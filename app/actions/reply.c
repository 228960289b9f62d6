/* reply.c - a text is written to the source: the feedback loop. */
#include <stddef.h>
#include <string.h>

#include "app/actions/action.h"

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)folder;
	if (strpbrk(a->text, "\r\n") == NULL)
		return 0;
	return error_set(err, "'reply' has several lines (expected one: its end is added)");
}

static int
reply(const struct action *a, const struct action_host *host, const struct action_event *event,
    struct error *err)
{
	if (host->reply == NULL)
		return 0;
	return host->reply(host->run, event, a->text, err) != 0 ? error_at(err, "reply") : 0;
}

const struct action_class action_reply = {
	.name = "reply",
	.help = "write a line to the source: the feedback loop",
	.example = "heater on",
	.takes = ACTION_TEXT,
	.replies = true,
	.check = check,
	.run = reply,
};
