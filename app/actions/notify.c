/* notify.c - a text is shown: on the screen, and by the terminal where it can. */
#include <stddef.h>

#include "app/actions/action.h"

static int
notify(const struct action *a, const struct action_host *host, const struct action_event *event,
    struct error *err)
{
	(void)event, (void)err;
	if (host->notify != NULL)
		host->notify(host->self, a->text);
	return 0;
}

const struct action_class action_notify = {
	.name = "notify",
	.help = "show a text, also as a notification of the terminal where it has them",
	.example = "the reactor is too cold",
	.takes = ACTION_TEXT,
	.run = notify,
};
