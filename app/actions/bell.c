/* bell.c - the terminal's bell rings. */
#include <stddef.h>

#include "app/actions/action.h"

static int
ring(const struct action *a, const struct action_host *host, const struct action_event *event,
    struct error *err)
{
	(void)a, (void)event, (void)err;
	if (host->bell != NULL)
		host->bell(host->self);
	return 0;
}

const struct action_class action_bell = {
	.name = "bell",
	.help = "ring the terminal's bell",
	.example = "true",
	.takes = ACTION_FLAG,
	.run = ring,
};
