/* test_actions.c - actions that take their time: so many at once, each for so long, in a line that
 * is bounded; and notifications of terminals that have them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/actions/action_queue.h"
#include "app/screen/notify.h"
#include "tests/support.h"

struct bench {
	uv_loop_t loop;
	struct action_queue *queue;
	struct action_task *tasks[2000]; /* begun, in their order; NULL: over */
	int begun, stopped, failed, done;
	bool refuse;
	char what[200]; /* of the last failure */
};

/* Actions are const and have no place of their own: the bench is found through the event's name. */
static struct bench *
bench_of(const struct action_event *event)
{
	void *p = NULL;

	sscanf(event->name, "%p", &p);
	return p;
}

static int
begin(struct action_task *task, struct error *err)
{
	struct bench *b = bench_of(&task->event);

	if (b->refuse)
		return error_set(err, "it will not begin");
	b->tasks[b->begun++] = task;
	return 0;
}

static void
stop(struct action_task *task)
{
	bench_of(&task->event)->stopped++;
}

static const struct action_class slow = {
	.name = "slow", .takes = ACTION_TEXT, .begin = begin, .stop = stop
};

static void
on_failed(void *self, const struct action_event *event, const char *what)
{
	struct bench *b = self;

	ck_assert_str_eq(event->json, "{}");
	b->failed++;
	snprintf(b->what, sizeof b->what, "%s", what);
}

static void
on_done(void *self)
{
	((struct bench *)self)->done++;
}

static void
open_bench(struct bench *b, int limit_ms)
{
	*b = (struct bench){ 0 };
	uv_loop_init(&b->loop);
	b->queue = action_queue_new(&b->loop, limit_ms, on_failed, b);
}

static void
close_bench(struct bench *b)
{
	action_queue_free(b->queue);
	uv_run(&b->loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&b->loop), 0);
}

static bool
add(struct bench *b)
{
	char name[32], json[] = "{}", text[] = "x";
	struct action action = { .class = &slow, .text = text };
	struct action_event event = { .name = name, .json = json, .len = 2 };

	snprintf(name, sizeof name, "%p", (void *)b);
	return action_queue_add(b->queue, &action, &event);
}

START_TEST(so_many_at_once)
{
	struct bench b;

	open_bench(&b, 60000);
	for (int i = 0; i < ACTIONS_AT_ONCE + 3; i++)
		ck_assert(add(&b));
	ck_assert_int_eq(b.begun, ACTIONS_AT_ONCE);
	action_task_end(b.tasks[2], NULL);
	ck_assert_int_eq(b.begun, ACTIONS_AT_ONCE + 1);
	action_task_end(b.tasks[0], "went wrong");
	ck_assert_int_eq(b.begun, ACTIONS_AT_ONCE + 2);
	ck_assert_int_eq(b.failed, 1);
	ck_assert_str_eq(b.what, "went wrong");
	close_bench(&b);
	ck_assert_int_eq(b.stopped, ACTIONS_AT_ONCE);
}
END_TEST

START_TEST(the_line_is_bounded)
{
	struct bench b;

	open_bench(&b, 60000);
	for (int i = 0; i < ACTIONS_AT_ONCE + ACTIONS_WAITING; i++)
		ck_assert(add(&b));
	ck_assert(!add(&b));
	action_task_end(b.tasks[0], NULL);
	ck_assert(add(&b));
	ck_assert(!add(&b));
	close_bench(&b);
}
END_TEST

START_TEST(they_are_ended_in_time)
{
	struct bench b;

	open_bench(&b, 20);
	ck_assert(add(&b));
	ck_assert(add(&b));
	while (action_queue_busy(b.queue))
		uv_run(&b.loop, UV_RUN_ONCE);
	ck_assert_int_eq(b.stopped, 2);
	ck_assert_int_eq(b.failed, 2);
	ck_assert_ptr_nonnull(strstr(b.what, "so it was ended"));
	close_bench(&b);
}
END_TEST

START_TEST(all_end_together)
{
	struct bench b;

	open_bench(&b, 20);
	for (int i = 0; i < ACTIONS_AT_ONCE + 5; i++)
		ck_assert(add(&b));
	action_queue_end(b.queue, on_done, &b);
	ck_assert(!add(&b));
	while (b.done == 0)
		uv_run(&b.loop, UV_RUN_ONCE);
	ck_assert_int_eq(b.stopped, ACTIONS_AT_ONCE);
	ck_assert_int_eq(b.begun, ACTIONS_AT_ONCE);
	ck_assert_int_eq(b.failed, ACTIONS_AT_ONCE + 5);
	close_bench(&b);
}
END_TEST

START_TEST(nothing_to_wait_for)
{
	struct bench b;

	open_bench(&b, 60000);
	action_queue_end(b.queue, on_done, &b);
	while (b.done == 0)
		uv_run(&b.loop, UV_RUN_ONCE);
	ck_assert_int_eq(b.failed, 0);
	close_bench(&b);
}
END_TEST

START_TEST(what_does_not_begin_fails)
{
	struct bench b;

	open_bench(&b, 60000);
	b.refuse = true;
	ck_assert(add(&b));
	ck_assert_int_eq(b.failed, 1);
	ck_assert_str_eq(b.what, "it will not begin");
	ck_assert(!action_queue_busy(b.queue));
	close_bench(&b);
}
END_TEST

static void
check_notice(const char *term, const char *program, const char *text, const char *want)
{
	struct text out = { 0 };

	notify_sequence(term, program, text, &out);
	ck_assert_str_eq(text_get(&out), want);
	text_done(&out);
}

START_TEST(notifications)
{
	check_notice("xterm-256color", NULL, "cold", "");
	check_notice("xterm-256color", "Apple_Terminal", "cold", "");
	check_notice("xterm-256color", "iTerm.app", "cold", "\033]9;cold\033\\");
	check_notice("xterm-kitty", NULL, "cold", "\033]9;cold\033\\");
	check_notice("foot", NULL, "a;b", "\033]777;notify;weir;ab\033\\");
	check_notice("foot", NULL, "a\033]0;x\a\xc2\x9d\nb\xc2\xb0",
	    "\033]777;notify;weir;a]0xb\xc2\xb0\033\\");
	check_notice(NULL, NULL, "cold", "");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("actions");
	TCase *c = tcase_create("line");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, so_many_at_once);
	tcase_add_test(c, the_line_is_bounded);
	tcase_add_test(c, they_are_ended_in_time);
	tcase_add_test(c, all_end_together);
	tcase_add_test(c, nothing_to_wait_for);
	tcase_add_test(c, what_does_not_begin_fails);
	tcase_add_test(c, notifications);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
