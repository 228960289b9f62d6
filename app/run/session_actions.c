/* session_actions.c - a rule begins to fire: what the dashboard file has it do is done. */
#include <string.h>

#include "app/run/session_parts.h"
#include "data/engine/engine_view.h"

static const struct config_alert *
alert_named(const struct config *c, const char *name)
{
	for (int i = 0; i < c->nalerts; i++) {
		const struct config_alert *a = &c->alerts[i];

		if (strcmp(a->name != NULL ? a->name : a->when.s, name) == 0)
			return a;
	}
	return NULL;
}

static void
on_alert(void *self, const struct event *event)
{
	struct session *s = self;
	const struct config_alert *alert;

	if (event->state != ALERT_FIRING)
		return;
	alert = alert_named(s->config, engine_rule(s->engine, event->rule)->name);
	for (int i = 0; alert != NULL && i < alert->nactions; i++) {
		const struct action *action = &alert->actions[i].action;

		if (action->class->run != NULL)
			action->class->run(action, &s->face.host, event);
	}
}

void
session_act(struct session *s)
{
	struct listener listener = {
		.wants = EVENT_ALERT, .event = on_alert, .once = true, .self = s
	};

	engine_listen(s->engine, &listener);
}
