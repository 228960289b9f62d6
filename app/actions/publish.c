/* publish.c - the event goes to a broker. */
#include <string.h>

#include "app/actions/action.h"

static int
check(struct action *a, const char *folder, struct error *err)
{
	static const char *const brokers[] = { "kafka://", "mqtt://", "redis://" };

	(void)folder;
	for (size_t i = 0; i < sizeof brokers / sizeof *brokers; i++)
		if (strncmp(a->text, brokers[i], strlen(brokers[i])) == 0)
			return 0;
	return error_set(
	    err, "'publish' is '%.60s' (expected kafka://, mqtt:// or redis://...)", a->text);
}

const struct action_class action_publish = {
	.name = "publish",
	.help = "to a broker: kafka://, mqtt:// or redis://",
	.example = "\"mqtt://localhost:1883/alerts\"",
	.takes = ACTION_TEXT,
	.check = check,
};
