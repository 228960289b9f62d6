/* bell.c - the terminal's bell rings. */
#include <stddef.h>

#include "app/actions/action.h"

static void
ring(const struct action *a, const struct action_host *host, const struct event *event)
{
	(void)a;
	(void)event;
	if (host->bell != NULL)
		host->bell(host->self);
}

const struct action_class action_bell = {
	.name = "bell",
	.help = "ring the terminal's bell",
	.example = "true",
	.takes = ACTION_FLAG,
	.run = ring,
};
