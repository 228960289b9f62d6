/* publish.c - the event is a message to a broker. */
#include <string.h>

#include "app/actions/action_queue.h"
#include "data/base/secrets.h"
#include "data/base/text.h"
#include "data/net/brokers/publisher.h"
#include "data/net/net.h"

struct publishing {
	struct letter *letter;
};

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)folder;
	return publisher_check(a->text, err) == 0 ? 0 : error_at(err, "'publish'");
}

static void
on_told(void *self, const char *why)
{
	struct action_task *task = self;
	struct text what = { 0 };

	if (why != NULL) {
		text_add(&what, "publish: ");
		secrets_hide(task->action.text, &what);
		text_addf(&what, ": %s", why);
	}
	action_task_end(task, why != NULL ? text_get(&what) : NULL);
	text_done(&what);
}

static int
begin(struct action_task *task, struct error *err)
{
	struct publishing *p = task->state;
	struct publisher *publisher = net_publisher(task->loop, err);

	if (publisher != NULL)
		p->letter = publisher_send(publisher, task->action.text, task->event.json,
		    task->event.len, on_told, task, err);
	return p->letter != NULL ? 0 : error_at(err, "publish");
}

static void
stop(struct action_task *task)
{
	publisher_forget(((struct publishing *)task->state)->letter);
}

const struct action_class action_publish = {
	.name = "publish",
	.help = "send the event to a broker: kafka://, mqtt://, redis://",
	.example = "\"mqtt://localhost/alerts\"",
	.takes = ACTION_TEXT,
	.check = check,
	.begin = begin,
	.stop = stop,
	.size = sizeof(struct publishing),
};
