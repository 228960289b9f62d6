/* test_dashboard_file.c - a dashboard file in a real terminal: read again while rows go, and rules
 * that pause the replay and ring the bell. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/text.h"
#include "tests/screens/program.h"
#include "tests/support.h"

#define RELOAD "\022"

struct file { /* in a folder of its own */
	char dir[64], path[128];
};

/* Not opened before it is whole: written beside and moved there. */
static void
file_write(struct file *f, const char *yaml)
{
	char draft[160];
	FILE *file;

	if (f->path[0] == '\0') {
		folder_new(f->dir);
		snprintf(f->path, sizeof f->path, "%s/my.yaml", f->dir);
	}
	snprintf(draft, sizeof draft, "%s.new", f->path);
	file = fopen(draft, "w");
	ck_assert_ptr_nonnull(file);
	fputs(yaml, file);
	fclose(file);
	ck_assert_int_eq(rename(draft, f->path), 0);
}

#define SEED "sources: [{uri: \"" WEIR_SETS "/reactor-15.csv\"}]\n"
#define LAYOUT "layout: [{panes: [{widget: kpis, show: own}, {widget: alerts}]}]\n"

static void
check_shown(struct terminal *t, const char *const *texts)
{
	for (; *texts != NULL; texts++)
		ck_assert_msg(terminal_wait_text(t, *texts), "'%s' is not shown", *texts);
}

#define SHOWN(t, ...) check_shown(t, (const char *const[]){ __VA_ARGS__, NULL })

static bool
is_gone(struct terminal *t, const void *text)
{
	return strstr(terminal_text(t), text) == NULL;
}

/* The sum since row 1 goes on, what is new starts at row 9, what is gone is gone; the title and the
 * unit are the new ones. */
START_TEST(the_file_is_read_again)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f, SEED "kpis:\n  - {name: total, expr: \"sum(temperature, all)\"}\n"
			    "  - {name: leaving, expr: max(pH)}\n"
			    "alerts: [{name: low, when: temperature < 10}]\n" LAYOUT);
	t = START(100, 30, "-c", f.path, "--start", "1", "--rate", "1/h");
	SHOWN(t, "leaving");
	terminal_type(t, "......."); /* at the rate, the first row is due at once */
	SHOWN(t, "row 8/15", "84", "● low");
	file_write(&f,
	    SEED "columns: [{name: temperature, label: Heat}]\n"
		 "kpis:\n  - {name: coming, expr: \"count(pH, all)\"}\n"
		 "  - {name: total, expr: \"sum(temperature, all)\", unit: K}\n"
		 "alerts: [{name: low, when: temperature < 10}, {name: other, when: pH > 5.5}]\n"
		 "layout: [{panes: [{widget: chart, title: Anew}, {widget: kpis, show: own},"
		 " {widget: alerts}]}]\n");
	terminal_type(t, RELOAD);
	SHOWN(t, "my.yaml is read again, 2 new: from the next row on", "Anew", "coming", "● low",
	    "watching");
	ck_assert(terminal_wait(t, is_gone, "leaving", TERMINAL_LIMIT));
	terminal_type(t, ".......");
	SHOWN(t, "end of 15 rows", "160", "7 ", "● other");
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	program_left(t);
	terminal_free(t);
	folder_remove(f.dir);
}
END_TEST

/* What is wrong is said with its place, wherever it is found; the old dashboard goes on. */
START_TEST(a_wrong_file_changes_nothing)
{
	static const struct {
		const char *yaml, *said;
	} wrong[] = {
		{ "kpis: [{name: total\n", "my.yaml:" },
		{ SEED "kpi: []\n", "my.yaml:2:1: unknown key 'kpi' (did you mean 'kpis'?)" },
		{ SEED "kpis:\n  - {name: a, expr: mean(temprature)}\n",
		    "my.yaml:3:26: no column 'temprature' (did you mean 'temperature'?)" },
		{ SEED "kpis:\n  - {name: a, expr: mean(pH, 60}\n", "my.yaml:3:" },
		{ SEED "layout:\n  - {panes: [{widget: chart, of: heat}]}\n", "my.yaml:3:" },
	};
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f, SEED "kpis: [{name: total, expr: \"sum(temperature, all)\"}]\n" LAYOUT);
	t = START(120, 30, "-c", f.path, "--rate", "1/h");
	SHOWN(t, "total");
	terminal_type(t, "....");
	SHOWN(t, "row 5/15", "54");
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		file_write(&f, wrong[i].yaml);
		terminal_type(t, RELOAD);
		SHOWN(t, wrong[i].said, "total");
		terminal_type(t, "w"); /* says something else */
		SHOWN(t, "charts show");
	}
	terminal_type(t, "..........");
	SHOWN(t, "end of 15 rows", "160");
	program_quit(t);
	folder_remove(f.dir);
}
END_TEST

START_TEST(what_cannot_be_read_again_is_said)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f, SEED "kpis: [{name: total, expr: \"sum(temperature, all)\"}]\n" LAYOUT);
	t = START(100, 30, "-c", f.path, "--rate", "1/h");
	SHOWN(t, "total");
	terminal_type(t, "....");
	SHOWN(t, "row 5/15");
	file_write(&f, "by: pH\nsources: [{uri: \"synth:sine\", rate: 4}]\n"
		       "kpis: [{name: again, expr: \"sum(temperature, all)\"}]\n" LAYOUT);
	terminal_type(t, ":reload\r");
	SHOWN(t, "sources, by changed: restart to use them", "again", "54", "row 5/15");
	program_quit(t);
	folder_remove(f.dir);
	t = START(80, 30, "--rate", "max", program_seed());
	SHOWN(t, "■ end of 15 rows");
	terminal_type(t, RELOAD);
	SHOWN(t, "there is no file to read again (weir -c FILE opens one)");
	terminal_type(t, "?\033[6~"); /* on the second page */
	SHOWN(t, "^R");
	program_quit(t);
}
END_TEST

static int
count_bells(struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);
	int bells = 0;

	for (size_t i = 0; i < n; i++)
		bells += bytes[i] == '\a';
	return bells;
}

/* At full speed, at the very row at which each begins to fire. */
START_TEST(rules_pause_and_ring)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f, SEED "alerts:\n"
			    "  - {name: low, when: temperature < 10, do: [pause, bell]}\n"
			    "  - {name: sour, when: pH > 5.5, do: [{pause: true}]}\n"
			    "  - {name: silent, when: temperature > 11}\n");
	t = START(100, 30, "-c", f.path, "--rate", "max");
	SHOWN(t, "sour fires: paused at this row, space goes on", "‖ paused", "row 3/15");
	ck_assert_int_eq(count_bells(t), 0);
	terminal_type(t, " ");
	SHOWN(t, "low fires: paused at this row", "row 8/15");
	ck_assert_int_eq(count_bells(t), 1);
	terminal_type(t, ":seek 14\r");
	SHOWN(t, "row 13/15");
	terminal_type(t, " ");
	SHOWN(t, "● sour", "end of 15 rows");
	ck_assert_int_ge(count_bells(t), 1);
	ck_assert_int_le(count_bells(t), 2);
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	terminal_free(t);
	folder_remove(f.dir);
}
END_TEST

/* Ten firings a second for three seconds: few bells. */
START_TEST(the_bell_rings_once_a_second_at_most)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f, "sources: [{uri: \"synth:sine?rows=30\", rate: 10}]\n"
		       "derive: [{name: n, expr: \"count(sine, all)\"}]\n"
		       "alerts: [{name: a, when: n % 2 == 0, do: [bell]}]\n");
	t = START(80, 24, "-c", f.path);
	SHOWN(t, "■ end of 30 rows");
	ck_assert_int_ge(count_bells(t), 2);
	ck_assert_int_le(count_bells(t), 4);
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	terminal_free(t);
	folder_remove(f.dir);
}
END_TEST

START_TEST(what_rules_do_not_do_is_told)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f,
	    SEED "alerts:\n"
		 "  - {name: low, when: temperature < 10, do: [exec: [/no/such/heater]]}\n");
	t = START(100, 30, "-c", f.path, "--rate", "max");
	SHOWN(t, "not done: exec: /no/such/heater: No such file or directory");
	program_quit(t);
	folder_remove(f.dir);
}
END_TEST

START_TEST(rules_notify)
{
	struct file f = { .path = "" };
	struct terminal *t;

	file_write(&f,
	    SEED "alerts:\n"
		 "  - {name: low, when: temperature < 10, do: [notify: the vessel is cold]}\n");
	t = START(100, 30, "-c", f.path, "--rate", "max");
	SHOWN(t, "the vessel is cold");
	program_quit(t);
	folder_remove(f.dir);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { the_file_is_read_again, a_wrong_file_changes_nothing,
		what_cannot_be_read_again_is_said, rules_pause_and_ring,
		the_bell_rings_once_a_second_at_most, rules_notify, what_rules_do_not_do_is_told };
	Suite *suite = suite_create("dashboard file");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
