/* post.c - the event is sent to a server. */
#include <string.h>

#include "app/actions/action_queue.h"
#include "data/base/text.h"
#include "data/net/http.h"
#include "data/net/net.h"

struct sending {
	struct http_transfer *transfer;
};

static int
check(struct action *a, const char *folder, struct error *err)
{
	(void)folder;
	if (strncmp(a->text, "http://", 7) == 0 || strncmp(a->text, "https://", 8) == 0)
		return 0;
	return error_set(err, "'post' is '%.60s' (expected http://... or https://...)", a->text);
}

static void
on_end(void *self, const struct http_end *end)
{
	struct action_task *task = self;
	struct text what = { 0 };

	if (end->what != NULL)
		text_addf(&what, "post: %.200s: %s", task->action.text, end->what);
	action_task_end(task, end->what != NULL ? text_get(&what) : NULL);
	text_done(&what);
}

static int
begin(struct action_task *task, struct error *err)
{
	static const char *const headers[] = { "Content-Type: application/json", NULL };
	struct sending *s = task->state;
	struct http *http = net_http(task->loop, err);
	struct http_call call = { .url = task->action.text,
		.headers = headers,
		.body = task->event.json,
		.len = task->event.len,
		.limit_ms = ACTION_MS,
		.ended = on_end,
		.self = task };

	s->transfer = http != NULL ? http_begin(http, &call, err) : NULL;
	return s->transfer != NULL ? 0 : error_at(err, "post");
}

static void
stop(struct action_task *task)
{
	struct sending *s = task->state;

	http_stop(s->transfer);
}

const struct action_class action_post = {
	.name = "post",
	.help = "send the event there",
	.example = "\"http://localhost:8080/alerts\"",
	.takes = ACTION_TEXT,
	.check = check,
	.begin = begin,
	.stop = stop,
	.size = sizeof(struct sending),
};
