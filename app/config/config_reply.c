/* config_reply.c - a rule that replies needs a source that reads: most read nothing. */
#include "app/config/config_reply.h"

#include "data/sources/source.h"

const struct config_action *
config_reply_of(const struct config_alert *alert)
{
	for (int i = 0; i < alert->nactions; i++)
		if (alert->actions[i].action.class != NULL &&
		    alert->actions[i].action.class->replies)
			return &alert->actions[i];
	return NULL;
}

int
config_no_reply(
    const struct config *c, const struct config_action *a, const char *source, struct error *err)
{
	return error_file(err, c->path, a->at.line, a->at.column,
	    "'reply' to %s, which reads nothing (expected a source such as exec:COMMAND)", source);
}

static bool
takes_replies(const char *spec)
{
	struct source *source = source_new(spec, false, NULL); /* what is wrong is told elsewhere */
	bool takes = source == NULL || source->class->reply != NULL;

	source_free(source);
	return takes;
}

int
config_check_replies(const struct config *c, const char *const *specs, int n, struct error *err)
{
	int sources = n > 0 ? n : c->nsources;

	for (int i = 0; i < sources; i++)
		if (n > 0 ? takes_replies(specs[i])
			  : !c->sources[i].sound || takes_replies(c->sources[i].uri.s))
			return 0;
	for (int i = 0; i < c->nalerts; i++)
		if (config_reply_of(&c->alerts[i]) != NULL)
			return config_no_reply(c, config_reply_of(&c->alerts[i]), "a source", err);
	return 0;
}
