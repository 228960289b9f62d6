/* test_stale.c - what is drawn stays whole while what it points into grows or is replaced: KPIs
 * that are added, a dashboard file that is read again. The sanitizers see what a screen does not.
 */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/engine/engine_view.h"
#include "tests/rig.h"

#define SOURCE "sources: [{uri: \"" WEIR_SETS "/reactor.csv\", time: time}]\n"
#define ONE SOURCE "columns:\n  - {name: temperature, unit: \"°C\", label: Vessel}\n"
#define TWO                                                                                        \
	SOURCE "kpis:\n  - {name: warm, expr: \"mean(temperature, 3)\", unit: K}\n"                \
	       "alerts:\n  - {name: cold, when: temperature < 10}\n"                               \
	       "layout:\n  - panes: [{widget: table}, {widget: chart, of: \"pH, warm\"}]\n"        \
	       "notes:\n  - {at: 900, text: later}\n"
#define THREE                                                                                      \
	SOURCE "layout:\n  - panes: [{widget: alerts}]\n  - panes: [{widget: bars, of: phase},"    \
	       " {widget: table, of: pH}]\n"
#define MEANS                                                                                      \
	SOURCE "kpis:\n  - mean(temperature, 3)\n  - skew(pH, 5)\n  - slope(pH, 9)\n"              \
	       "  - corr(pH, temperature, 9)\n  - min(pH, 9)\n"

static const char *const files[] = { ONE, TWO, THREE };
enum { FILES = sizeof files / sizeof *files };

static void
open_file(struct rig *rig, const char *yaml)
{
	struct error err = { 0 };

	ck_assert_msg(rig_open_file(rig, yaml, &err) == 0, "%s", err.text);
}

static void
reload_file(struct rig *rig, const char *yaml)
{
	struct error err = { 0 };

	ck_assert_msg(rig_reload(rig, yaml, &err) == 0, "%s", err.text);
}

static void
draw_all_views(struct rig *rig)
{
	for (const char *view = "1245e?"; *view != '\0'; view++) {
		rig_keys(rig, (char[]){ *view, '\0' });
		rig_picture(rig, 120, 36, GLYPHS_BRAILLE);
	}
	rig_keys(rig, "1");
}

/* The rows of the picture below the status line, once messages are over. */
static struct text
picture_of(struct rig *rig)
{
	struct text t = { 0 };

	rig->now += INT64_C(20000000000);
	text_add(&t, strchr(rig_picture(rig, 100, 30, GLYPHS_BRAILLE), '\n'));
	return t;
}

/* The picture that stands for the rows before goes on standing. */
START_TEST(a_kpi_added_to_a_held_picture)
{
	struct rig rig;
	struct text before, after;

	open_file(&rig, ONE);
	rig_rows(&rig, 30, 0, 0);
	rig_keys(&rig, "p:k mean(temperature, 3)\r");
	before = picture_of(&rig);
	rig_rows(&rig, 5, 100, 30);
	after = picture_of(&rig);
	ck_assert_str_eq(text_get(&before), text_get(&after));
	draw_all_views(&rig);
	text_done(&before);
	text_done(&after);
	rig_close(&rig);
}
END_TEST

START_TEST(many_kpis_added_to_a_held_picture)
{
	struct rig rig;
	char line[64];

	open_file(&rig, ONE);
	rig_rows(&rig, 30, 100, 30);
	rig_keys(&rig, "p");
	for (int i = 0; i < 100; i++) {
		snprintf(line, sizeof line, ":mean(temperature, %d)\r", i + 2);
		rig_keys(&rig, line);
		rig_rows(&rig, 1, 0, 0);
	}
	draw_all_views(&rig);
	rig_keys(&rig, "p");
	draw_all_views(&rig);
	rig_close(&rig);
}
END_TEST

START_TEST(a_file_read_again_under_a_held_picture)
{
	struct rig rig;

	open_file(&rig, ONE);
	rig_rows(&rig, 30, 100, 30);
	rig_keys(&rig, "p");
	for (int i = 1; i < 3 * FILES; i++) {
		reload_file(&rig, files[i % FILES]);
		draw_all_views(&rig);
		rig_rows(&rig, 2, 100, 30);
		draw_all_views(&rig);
		if (i % 3 == 0)
			rig_keys(&rig, "p");
	}
	rig_close(&rig);
}
END_TEST

/* A state that was taken over is whole at its next row: explained before, it tells its value. */
START_TEST(explained_before_the_next_row)
{
	struct rig rig;

	open_file(&rig, MEANS);
	rig_rows(&rig, 30, 100, 30);
	reload_file(&rig, MEANS "  - sd(pH, 7)\n");
	rig_keys(&rig, "e");
	for (int i = 0; i < 40; i++) {
		rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
		rig_keys(&rig, "\2");
	}
	rig_rows(&rig, 1, 120, 36);
	rig_close(&rig);
}
END_TEST

/* What a click hits is what was drawn, not what stands there after the next frame. */
START_TEST(a_click_between_a_reload_and_its_frame)
{
	struct rig rig;

	open_file(&rig, ONE);
	rig_rows(&rig, 30, 100, 30);
	for (int i = 1; i < 3 * FILES; i++) {
		reload_file(&rig, files[i % FILES]);
		for (int cell = 0; cell < 100 * 30; cell += 7) {
			struct input in = { .code = INPUT_CLICK, .x = cell % 100, .y = cell / 100 };

			ck_assert_int_eq(
			    dashboard_input(rig.dashboard, &in, rig.now), OUTCOME_NOTHING);
		}
		rig_picture(&rig, 100, 30, GLYPHS_BRAILLE);
	}
	rig_close(&rig);
}
END_TEST

/* Who reads again gets what was in force before, to let it go when nobody draws it any more. */
START_TEST(what_was_in_force_before)
{
	struct rig rig;
	struct config *before = NULL, *second;
	struct text said = { 0 };
	struct error err = { 0 };

	open_file(&rig, ONE);
	rig_rows(&rig, 2, 100, 30);
	ck_assert_int_eq(session_reload(&rig.session, &before, &said, &err), 0);
	ck_assert_ptr_null(before); /* the first one is its owner's */
	second = rig.session.reloaded;
	ck_assert_int_eq(session_reload(&rig.session, &before, &said, &err), 0);
	ck_assert_ptr_eq(before, second);
	ck_assert_ptr_ne(rig.session.reloaded, second);
	config_free(before);
	text_done(&said);
	rig_close(&rig);
}
END_TEST

/* What a run cannot take over is told, and nothing else. */
START_TEST(what_needs_a_restart)
{
	static const struct {
		const char *line, *said;
	} lines[] = { { "", " is read again" },
		{ "by: phase\n", " is read again; by changed: restart to use them" },
		{ "max_keys: 7\n", " is read again; max_keys changed: restart to use them" },
		{ "lateness: 5s\n", " is read again; lateness changed: restart to use them" },
		{ "horizon: 3\n", " is read again; horizon changed: restart to use them" },
		{ "by: phase\nlateness: 5s\n",
		    " is read again; by, lateness changed: restart to use them" } };

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct config *before = NULL;
		struct text said = { 0 }, yaml = { 0 };
		struct error err = { 0 };
		struct rig rig;
		FILE *file;

		open_file(&rig, ONE);
		rig_rows(&rig, 2, 0, 0);
		file = fopen(rig.path, "w");
		fprintf(file, "%s%s", ONE, lines[i].line);
		fclose(file);
		ck_assert_msg(
		    session_reload(&rig.session, &before, &said, &err) == 0, "%s", err.text);
		ck_assert_ptr_nonnull(strstr(text_get(&said), " is read again"));
		ck_assert_str_eq(strstr(text_get(&said), " is read again"), lines[i].said);
		text_done(&said);
		text_done(&yaml);
		rig_close(&rig);
	}
}
END_TEST

/* The sources of a file: another one, or one that is read in another way. */
START_TEST(other_sources_need_a_restart)
{
	static const char *const sources[] = {
		"sources: [{uri: \"" WEIR_SETS
		"/reactor.csv\", time: time, columns: [time, a, b, c]}]\n",
		"sources: [{uri: \"" WEIR_SETS
		"/reactor.csv\", time: time, columns: [time, a, b, d]}]\n",
		"sources: [{uri: \"" WEIR_SETS
		"/reactor.csv\", time: time, columns: [time, a, b]}]\n",
		"sources: [{uri: \"" WEIR_SETS "/reactor.csv\", time: time}]\n",
	};

	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		struct config *before = NULL;
		struct text said = { 0 };
		struct error err = { 0 };
		struct rig rig;
		FILE *file;

		open_file(&rig, sources[0]);
		rig_rows(&rig, 2, 0, 0);
		file = fopen(rig.path, "w");
		fputs(sources[i], file);
		fclose(file);
		ck_assert_msg(
		    session_reload(&rig.session, &before, &said, &err) == 0, "%s", err.text);
		ck_assert_int_eq(strstr(text_get(&said), "sources changed") != NULL, i > 0);
		text_done(&said);
		rig_close(&rig);
	}
}
END_TEST

/* What the prompt set goes on, but for a file that tells another one than before. */
START_TEST(the_window_of_the_prompt_stays)
{
	struct rig rig;

	open_file(&rig, SOURCE "window: 20\nkpis:\n  - mean(pH)\n");
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":w 3\r");
	reload_file(&rig, SOURCE "window: 20\nkpis:\n  - mean(pH)\n  - sd(pH)\n");
	ck_assert_int_eq(engine_query(rig.engine)->options.window.n, 3);
	reload_file(&rig, SOURCE "window: 10\nkpis:\n  - mean(pH)\n");
	ck_assert_int_eq(engine_query(rig.engine)->options.window.n, 10);
	rig_close(&rig);
}
END_TEST

/* A pipe that nobody writes to is not waited for; what is in force goes on. */
START_TEST(a_file_that_became_a_pipe)
{
	struct rig rig;
	struct config *before = NULL;
	struct text said = { 0 };
	struct error err = { 0 };

	open_file(&rig, ONE);
	rig_rows(&rig, 5, 100, 30);
	ck_assert_int_eq(unlink(rig.path), 0);
	ck_assert_int_eq(mkfifo(rig.path, 0600), 0);
	ck_assert_int_eq(session_reload(&rig.session, &before, &said, &err), -1);
	ck_assert_msg(
	    strstr(err.text, "is no file (only files are read again") != NULL, "%s", err.text);
	rig_rows(&rig, 5, 100, 30);
	ck_assert_uint_eq(engine_counts(rig.engine, -1).rows, 10);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("stale");
	TCase *tcase = tcase_create("stale");

	tcase_add_test(tcase, a_kpi_added_to_a_held_picture);
	tcase_add_test(tcase, many_kpis_added_to_a_held_picture);
	tcase_add_test(tcase, a_file_read_again_under_a_held_picture);
	tcase_add_test(tcase, explained_before_the_next_row);
	tcase_add_test(tcase, a_click_between_a_reload_and_its_frame);
	tcase_add_test(tcase, what_was_in_force_before);
	tcase_add_test(tcase, what_needs_a_restart);
	tcase_add_test(tcase, other_sources_need_a_restart);
	tcase_add_test(tcase, the_window_of_the_prompt_stays);
	tcase_add_test(tcase, a_file_that_became_a_pipe);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
