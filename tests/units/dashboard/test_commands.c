/* test_commands.c - what the prompt takes back, looks at and goes to. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/rig.h"

static const char seed[] = "time,x,k\n"
			   "2026-01-01T00:00:00Z,1,a\n2026-01-01T00:00:10Z,2,b\n"
			   "2026-01-01T00:00:20Z,3,a\n2026-01-01T00:00:30Z,4,b\n"
			   "2026-01-01T00:00:40Z,5,a\n2026-01-01T00:00:50Z,6,b\n"
			   "2026-01-01T00:01:00Z,7,a\n2026-01-01T00:01:10Z,8,b\n";
static const struct rig_options plain = { .default_kpis = true };

/* The screen shows it, in the line that says what came of the last command or elsewhere. */
static void
shows(struct rig *rig, const char *text)
{
	const char *picture = rig_picture(rig, 120, 30, GLYPHS_BRAILLE);

	ck_assert_msg(strstr(picture, text) != NULL, "'%s' in\n%s", text, picture);
}

static bool
has_kpi(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return true;
	return false;
}

static double
kpi(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return engine_kpi_value(rig->engine, i);
	ck_abort_msg("no KPI %s", name);
}

/* --- drop ------------------------------------------------------------------------------------- */

START_TEST(what_is_left_goes_on)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":k sum(x, all)\r:k gone: count(x, all)\r:a low: x < 3\r:a high: x > 3\r");
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 9);
	rig_keys(&rig, ":drop gone\r");
	shows(&rig, "gone is taken back");
	ck_assert(!has_kpi(&rig, "gone"));
	rig_keys(&rig, ":drop low\r");
	ck_assert_int_eq(engine_rules(rig.engine), 1);
	ck_assert_uint_eq(engine_rule_fired(rig.engine, 0), 1);
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 14);
	ck_assert(has_kpi(&rig, "mean(x)")); /* the default ones stay */
	rig_keys(&rig, ":drop gone\r");
	shows(&rig, "nothing that was asked for is called 'gone'");
	rig_close(&rig);
}
END_TEST

START_TEST(what_is_read_stays)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":d twice = x * 2\r:k top: max(twice, 3)\r");
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":drop twice\r");
	shows(&rig, "'twice' is read by 'top' (drop that first)");
	ck_assert(has_kpi(&rig, "twice"));
	rig_keys(&rig, "\033:drop top\r:drop twice\r");
	ck_assert(!has_kpi(&rig, "twice") && !has_kpi(&rig, "top"));
	ck_assert_int_eq(engine_query(rig.engine)->nderived, 0);
	rig_keys(&rig, ":d twice = x * 3\r"); /* the name is free again */
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi(&rig, "twice"), 12);
	rig_keys(&rig, ":drop mean(x)\r");
	shows(&rig, "one of the default KPIs");
	rig_close(&rig);
}
END_TEST

/* What a dashboard file asks for too, and what its panes show. */
START_TEST(what_the_file_asks_for)
{
	static const char yaml[] =
	    "sources: [\"" WEIR_SETS "/reactor-15.csv\"]\n"
	    "derive: [{name: ratio, expr: temperature / pH}]\n"
	    "kpis:\n  - {name: warm, expr: mean(ratio)}\n  - max2(temperature, pH)\n"
	    "alerts:\n  - {name: cold, when: ratio < 2}\n"
	    "layout:\n  - panes: [{widget: stat, of: warm}]\n";
	struct error err;
	struct rig rig;

	ck_assert_msg(rig_open_file(&rig, yaml, &err) == 0, "%s", err.text);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":drop ratio\r");
	shows(&rig, "'ratio' is read by 'warm: mean(ratio)'");
	rig_keys(&rig, "\033:drop warm\r"); /* the pane needs it */
	shows(&rig, "warm");
	ck_assert(has_kpi(&rig, "warm"));
	rig_keys(&rig, "\033:drop max2(temperature, pH)\r:drop cold\r");
	ck_assert(!has_kpi(&rig, "max2(temperature, pH)"));
	ck_assert_int_eq(engine_rules(rig.engine), 0);
	rig_rows(&rig, 2, 120, 30);
	rig_close(&rig);
}
END_TEST

/* --- places ----------------------------------------------------------------------------------- */

START_TEST(forward_to_a_time)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":seek 2026-01-01T00:00:35\r");
	shows(&rig, "forward to 2026-01-01T00:00:35Z");
	rig_rows(&rig, 1, 0, 0); /* and one more */
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 6);
	rig_keys(&rig, ":seek 2026-01-01\r");
	rig_arrive(&rig);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 1);
	rig_keys(&rig, ":seek 7\r");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 8);
	rig_keys(&rig, ":seek noon\r");
	shows(&rig, "'noon' is neither a row nor a time");
	rig_close(&rig);
	rig_open(&rig, "x\n1\n2\n3\n", &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":seek 2026-01-01\r");
	shows(&rig, "no times of their own");
	rig_close(&rig);
}
END_TEST

/* --- keys ------------------------------------------------------------------------------------- */

static void
open_by_key(struct rig *rig, char *path)
{
	struct text yaml = { 0 };
	struct error err;
	FILE *file;

	strcpy(path, "/tmp/weir-keys-XXXXXX");
	file = fdopen(mkstemp(path), "w");
	fputs(seed, file);
	fclose(file);
	text_addf(&yaml, "sources: [{name: s, uri: %s}]\nby: k\nkpis: [\"sum(x, all)\"]\n", path);
	ck_assert_msg(rig_open_file(rig, yaml.s, &err) == 0, "%s", err.text);
	text_done(&yaml);
}

START_TEST(another_key)
{
	char path[32];
	struct text said = { 0 };
	struct rig rig;

	open_by_key(&rig, path);
	rig_rows(&rig, 6, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 9);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strstr(text_get(&said), "sum(x, all) = ") != NULL, "%s", text_get(&said));
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	rig_keys(&rig, ":key \t\r");
	rig_keys(&rig, "\033:key b\r");
	shows(&rig, "key b alone: Esc in the overview shows all");
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 12);
	/* the rows that its windows hold */
	ck_assert_uint_eq(history_end(rig.history, 0) - history_begin(rig.history, 0), 3);
	rig_rows(&rig, 2, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 20);
	ck_assert_uint_eq(history_end(rig.history, 0) - history_begin(rig.history, 0), 4);
	text_clear(&said);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strstr(text_get(&said), "20") != NULL, "%s", text_get(&said));
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	rig_keys(&rig, ":key c\r");
	shows(&rig, "no row of 'c' is known");
	text_done(&said);
	rig_close(&rig);
	unlink(path);
}
END_TEST

/* A key whose query is exchanged is explained on. */
START_TEST(a_key_after_a_drop)
{
	char path[32];
	struct text said = { 0 };
	struct rig rig;

	open_by_key(&rig, path);
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, ":k max(x, 2)\r");
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":drop max(x, 2)\r");
	rig_rows(&rig, 1, 0, 0);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	text_done(&said);
	rig_close(&rig);
	unlink(path);
}
END_TEST

START_TEST(without_keys)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":key a\r");
	shows(&rig, "there are no keys (weir --by COLUMN begins with some)");
	rig_close(&rig);
}
END_TEST

/* p: the rows go on behind a picture, once there is one. */
START_TEST(the_picture_stands)
{
	static const struct rig_step before = { "p", NULL, "no row was read yet" };
	static const struct rig_step then[] = {
		{ "p", NULL, "the picture stands, rows go on" },
		{ "p", NULL, "the picture follows the rows" },
	};
	struct rig rig;

	rig_open(&rig, rig_seed, &(struct rig_options){ 0 });
	rig_steps(&rig, 120, 36, &before, 1);
	rig_rows(&rig, 3, 0, 0);
	rig_steps(&rig, 120, 36, then, sizeof then / sizeof *then);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("commands");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, what_is_left_goes_on);
	tcase_add_test(tc, what_is_read_stays);
	tcase_add_test(tc, what_the_file_asks_for);
	tcase_add_test(tc, forward_to_a_time);
	tcase_add_test(tc, another_key);
	tcase_add_test(tc, a_key_after_a_drop);
	tcase_add_test(tc, without_keys);
	tcase_add_test(tc, the_picture_stands);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
