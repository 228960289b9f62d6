/* post.c - the event is sent to a server. */
#include <string.h>

#include "app/actions/action.h"

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)folder;
	if (strncmp(a->text, "http://", 7) == 0 || strncmp(a->text, "https://", 8) == 0)
		return 0;
	return error_set(err, "'post' is '%.60s' (expected http://... or https://...)", a->text);
}

const struct action_class action_post = {
	.name = "post",
	.help = "send the event there",
	.example = "\"http://localhost:8080/alerts\"",
	.takes = ACTION_TEXT,
	.check = check,
};
