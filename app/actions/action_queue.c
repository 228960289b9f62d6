/* action_queue.c - a line of actions that take their time, and the clock that ends them.
 *
 * All have the same limit, so of those under way the one that began first is the first to be ended:
 * both lists are in the order of their times. The timer closes later than the queue is freed, so it
 * stands apart. */
#include "app/actions/action_queue.h"

#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "data/base/text.h"

#define MILLISECOND INT64_C(1000000)

struct line { /* first in, first out */
	struct action_task *first, **end;
	int n;
};

struct action_queue {
	struct uv_loop_s *loop;
	uv_timer_t *timer;
	int64_t limit; /* ns */
	struct line waiting, running;
	void (*failed)(void *, const struct action_event *, const char *);
	void *failed_self;
	int64_t last; /* uv_hrtime() at which all are ended; 0: more may come */
	void (*done)(void *);
	void *done_self;
};

static void
line_add(struct line *line, struct action_task *task)
{
	if (line->end == NULL)
		line->end = &line->first;
	task->next = NULL;
	*line->end = task;
	line->end = &task->next;
	line->n++;
}

static void
line_remove(struct line *line, struct action_task *task)
{
	struct action_task **at = &line->first;

	while (*at != task)
		at = &(*at)->next;
	*at = task->next;
	if (line->end == &task->next)
		line->end = at;
	line->n--;
}

static void
task_free(struct action_task *task)
{
	action_done(&task->action);
	action_event_done(&task->event);
	free(task->state);
	free(task);
}

struct action_queue *
action_queue_new(struct uv_loop_s *loop, int limit_ms,
    void (*failed)(void *, const struct action_event *, const char *), void *self)
{
	struct action_queue *q = memory_zero(1, sizeof *q);

	q->loop = loop;
	q->limit = (limit_ms > 0 ? limit_ms : ACTION_MS) * MILLISECOND;
	q->failed = failed;
	q->failed_self = self;
	q->timer = memory_zero(1, sizeof *q->timer);
	uv_timer_init(loop, q->timer);
	q->timer->data = q;
	return q;
}

/* --- the clock -------------------------------------------------------------------------------- */

static void advance(struct action_queue *);

static void
end_late(struct action_queue *q, struct line *line, const char *what)
{
	struct action_task *task = line->first;

	if (line == &q->running)
		task->action.class->stop(task);
	line_remove(line, task);
	q->failed(q->failed_self, &task->event, what);
	task_free(task);
}

static void
on_timer(uv_timer_t *timer)
{
	struct action_queue *q = timer->data;
	int64_t now = (int64_t)uv_hrtime();
	struct text what = { 0 };

	while (q->running.first != NULL && q->running.first->until <= now) {
		text_clear(&what);
		text_addf(&what, "%s: not done within %lld s, so it was ended",
		    q->running.first->action.class->name,
		    (long long)(q->limit / (1000 * MILLISECOND)));
		end_late(q, &q->running, text_get(&what));
	}
	while (q->waiting.first != NULL && q->last > 0 && q->last <= now)
		end_late(q, &q->waiting, "left out: all ends, and it was still waiting");
	text_done(&what);
	advance(q);
}

static void
set_timer(struct action_queue *q)
{
	int64_t due = q->running.first != NULL ? q->running.first->until : q->last;
	int64_t wait = due - (int64_t)uv_hrtime();

	if (q->running.first == NULL && q->done == NULL) {
		uv_timer_stop(q->timer);
		return;
	}
	uv_update_time(q->loop);
	uv_timer_start(q->timer, on_timer,
	    wait > 0 ? (uint64_t)((wait + MILLISECOND - 1) / MILLISECOND) : 0, 0);
}

/* --- the line --------------------------------------------------------------------------------- */

static void
begin(struct action_queue *q, struct action_task *task)
{
	struct error err = { 0 };

	task->until = (int64_t)uv_hrtime() + q->limit;
	if (q->last > 0 && task->until > q->last)
		task->until = q->last;
	line_add(&q->running, task);
	if (task->action.class->begin(task, &err) == 0)
		return;
	line_remove(&q->running, task);
	q->failed(q->failed_self, &task->event, err.text);
	task_free(task);
}

static void
advance(struct action_queue *q)
{
	void (*done)(void *) = q->done;

	while (q->waiting.first != NULL && q->running.n < ACTIONS_AT_ONCE) {
		struct action_task *task = q->waiting.first;

		line_remove(&q->waiting, task);
		begin(q, task);
	}
	if (done != NULL && !action_queue_busy(q)) {
		q->done = NULL;
		set_timer(q);
		done(q->done_self);
		return;
	}
	set_timer(q);
}

bool
action_queue_add(
    struct action_queue *q, const struct action *action, const struct action_event *event)
{
	struct action_task *task;
	size_t n = 0;

	if (q->waiting.n == ACTIONS_WAITING || q->last > 0)
		return false;
	task = memory_zero(1, sizeof *task);
	task->action = action_copy(action);
	task->event = *event;
	task->event.name = memory_text(event->name, strlen(event->name));
	task->event.json = memory_text(event->json, event->len);
	while (event->env != NULL && event->env[n] != NULL)
		n++;
	task->event.env = memory_zero(n + 1, sizeof *event->env);
	for (size_t i = 0; i < n; i++)
		task->event.env[i] = memory_text(event->env[i], strlen(event->env[i]));
	task->loop = q->loop;
	task->queue = q;
	task->state = memory_zero(1, action->class->size + 1);
	line_add(&q->waiting, task);
	advance(q);
	return true;
}

int
action_queue_length(const struct action_queue *q)
{
	return q->waiting.n;
}

bool
action_queue_busy(const struct action_queue *q)
{
	return q != NULL && q->waiting.n + q->running.n > 0;
}

void
action_queue_end(struct action_queue *q, void (*done)(void *), void *self)
{
	q->last = (int64_t)uv_hrtime() + q->limit;
	q->done = done;
	q->done_self = self;
	for (struct action_task *t = q->running.first; t != NULL; t = t->next)
		if (t->until > q->last)
			t->until = q->last;
	set_timer(q);
	if (!action_queue_busy(q))
		uv_timer_start(q->timer, on_timer, 0, 0);
}

void
action_task_end(struct action_task *task, const char *what)
{
	struct action_queue *q = task->queue;

	line_remove(&q->running, task);
	if (what != NULL)
		q->failed(q->failed_self, &task->event, what);
	task_free(task);
	advance(q);
}

static void
on_closed(uv_handle_t *timer)
{
	free(timer);
}

void
action_queue_free(struct action_queue *q)
{
	struct action_task *task;

	if (q == NULL)
		return;
	while ((task = q->running.first) != NULL) {
		task->action.class->stop(task);
		line_remove(&q->running, task);
		task_free(task);
	}
	while ((task = q->waiting.first) != NULL) {
		line_remove(&q->waiting, task);
		task_free(task);
	}
	uv_close((uv_handle_t *)q->timer, on_closed);
	free(q);
}
