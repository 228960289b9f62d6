/* test_config_wrong.c - what is said of dashboard files that are wrong, and where. */
#include <string.h>
#include <uv.h>

#include "tests/config_files.h"
#include "tests/support.h"

static const struct wrong {
	const char *text;
	int line, column;
	const char *what;
} wrongs[] = {
	{ "", 1, 1, "the file is empty" },
	{ "# nothing\n", 1, 1, "the file is empty" },
	{ "---\n", 1, 1, "the file is empty" },
	{ "~\n", 1, 1, "the file is empty" },
	{ "{}: {}\n", 1, 1, "a key that is no text" },
	{ "<<: {window: 5}\n", 1, 1, "unknown key '<<'" },
	{ "# a\n%YAML 9.9\n---\nby: x\n", 2, 1, "a directive that is not known" },
	{ "%YAML 9.9\n", 1, 1, "a directive that is not known" },
	{ "\xff\xfe"
	  "b",
	    1, 1, "this is UTF-16" },
	{ "by: x\nabout: a\xe9 b\n", 2, 9, "byte 0xe9 is no UTF-8" },
	{ "\x7f"
	  "ELF",
	    1, 1, "a control byte, 0x7f" },
	{ "- a\n", 1, 1, "this is no dashboard" },
	{ "hello\n", 1, 1, "this is no dashboard" },
	{ "colums: []\n", 1, 1, "unknown key 'colums' (did you mean 'columns'?)" },
	{ "sources: []\nxyz: 1\n", 2, 1, "unknown key 'xyz' (expected about, sources, " },
	{ "window: 60\nby: a\nwindow: 5m\n", 3, 1, "'window' stands here twice" },
	{ "window: -1\n", 1, 9, "'window' is '-1' (expected rows" },
	{ "window: [60]\n", 1, 9, "'window' is a list (expected a window" },
	{ "horizon: 300\n", 1, 10, "'horizon' is '300' (expected a whole number from 1 to 200)" },
	{ "max_keys: 1e12\n", 1, 11, "(expected a whole number from 1 to 1,000,000,000)" },
	{ "horizon: 1.5\n", 1, 10, "'horizon' is '1.5' (expected a whole number)" },
	{ "sources: reactor.csv\n", 1, 10, "'sources' is no list" },
	{ "sources:\n  - [reactor.csv]\n", 2, 5, "this is no source (expected KEY: VALUE)" },
	{ "sources: [{uri: a}, ~]\n", 1, 21, "this is no source (expected KEY: VALUE)" },
	{ "sources:\n  - \"\"\n", 2, 6, "'uri' is empty" },
	{ "sources:\n  - {name: a}\n", 2, 5, "a source without 'uri' (expected uri: " },
	{ "sources:\n  - {uri: }\n", 2, 6, "'uri' is empty" },
	{ "sources:\n  - {uri: a, name: 1x}\n", 2, 20, "'1x' is no name of a source" },
	{ "sources:\n  - {uri: a, name: x-1}\n", 2, 20, "'x-1' is no name of a source" },
	{ "sources:\n  - {uri: a, name: x y}\n", 2, 20, "'x y' is no name of a source" },
	{ "sources:\n  - {uri: a, name: x}\n  - {uri: b, name: x}\n", 3, 20,
	    "'x' is the name of a source above" },
	{ "sources:\n  - {uri: a, rate: fast}\n", 2, 20,
	    "'rate' is 'fast' (expected rows a second" },
	{ "sources:\n  - {uri: a, rate: 0}\n", 2, 20, "expected" },
	{ "sources:\n  - {uri: a, speed: -1}\n", 2, 21, "expected" },
	{ "sources:\n  - {uri: a, rate: 1, speed: 2}\n", 2, 30, "'speed' and 'rate' together" },
	{ "sources:\n  - {uri: a, rate: 1}\n  - {uri: b, rate: 2}\n", 3, 5, "another 'rate'" },
	{ "sources:\n  - {uri: a, rate: 1}\n  - {uri: b, speed: 2}\n", 3, 5,
	    "a rate at one source" },
	{ "sources:\n  - {uri: a, loop: yes}\n", 2, 20,
	    "'loop' is 'yes' (expected true or false)" },
	{ "sources:\n  - {uri: a, delimiter: \"--\"}\n", 2, 26, "expected one character" },
	{ "sources:\n  - {uri: a, delimiter: \"\\\"\"}\n", 2, 26, "expected one character" },
	{ "kpis:\n  - {expr: \"mean(x, \"}\n", 2, 20, "" },
	{ "kpis:\n  - expr: 1 +\n", 2, 14, "" },
	{ "kpis:\n  - {name: \"a:b\", expr: x}\n", 2, 13, "is no name of a KPI" },
	{ "kpis:\n  - {name: a, expr: x}\n  - {name: a, expr: y}\n", 3, 12,
	    "the name of a KPI above" },
	{ "derive:\n  - {expr: x}\n", 2, 5, "a derived column without 'name'" },
	{ "columns:\n  - {name: x, min: 3, max: 3}\n", 2, 28,
	    "'max' is 3 (expected above min, 3)" },
	{ "columns:\n  - {name: x, min: 3000000, max: 2000000}\n", 2, 34,
	    "'max' is 2000000 (expected above min, 3000000)" },
	{ "columns:\n  - {name: x, min: low}\n", 2, 20, "'min' is 'low' (expected a number)" },
	{ "alerts:\n  - {name: a}\n", 2, 5, "an alert without 'when'" },
	{ "alerts:\n  - {when: x > 1, for: soon}\n", 2, 24,
	    "'for' is 'soon' (expected a duration" },
	{ "alerts:\n  - {when: x > 1, for: 5}\n", 2, 24,
	    "'for' is '5' (expected a duration such as 5s, or 3 rows)" },
	{ "alerts:\n  - {when: x > 1, for: all}\n", 2, 24, "'for' is 'all'" },
	{ "alerts:\n  - {when: x > 1, for: 5s rows}\n", 2, 24, "'for' is '5s rows'" },
	{ "alerts:\n  - {when: x > 1, severity: bad}\n", 2, 29,
	    "expected info, warning or critical" },
	{ "alerts:\n  - {when: x > 1, do: bell}\n", 2, 23, "'do' is no list" },
	{ "alerts:\n  - {when: x > 1, do: [ring]}\n", 2, 24, "unknown key 'ring'" },
	{ "alerts:\n  - {when: x > 1, do: [exec]}\n", 2, 24,
	    "'exec' without a value (expected exec: [" },
	{ "alerts:\n  - {when: x > 1, do: [exc]}\n", 2, 24,
	    "unknown key 'exc' (did you mean 'exec'?)" },
	{ "alerts:\n  - {when: x > 1, do: [{exec: [~]}]}\n", 2, 32, "'exec' is '~'" },
	{ "alerts:\n  - {when: x > 1, do: [{exec: [\"\"]}]}\n", 2, 33, "'exec' is ''" },
	{ "alerts:\n  - {when: x > 1, do: [{exec: ls}]}\n", 2, 31,
	    "'exec' is 'ls' (expected a list of words" },
	{ "alerts:\n  - {when: x > 1, do: [{exec: []}]}\n", 2, 31, "'exec' is a list" },
	{ "alerts:\n  - {when: x > 1, do: [{bell: true, pause: true}]}\n", 2, 24, "does 2 things" },
	{ "alerts:\n  - {when: x > 1, do: [{post: ftp://x}]}\n", 2, 31, "expected http://" },
	{ "alerts:\n  - {when: x > 1, do: [{reply: \"a\\nb\"}]}\n", 2, 33, "expected one" },
	{ "alerts:\n  - {when: x > 1, on: [firing, gone]}\n", 2, 32, "expected firing, resolved" },
	{ "alerts:\n  - {when: x > 1, on: []}\n", 2, 23, "expected firing, resolved" },
	{ "notes:\n  - {at: 0, text: a}\n", 2, 10, "expected a whole number from 1" },
	{ "notes:\n  - {at: 8, text: a}\n  - {at: 8, text: b}\n", 3, 5, "expected rows that rise" },
	{ "layout:\n  - {height: 2}\n", 2, 5, "a row without 'panes'" },
	{ "layout:\n  - {panes: []}\n", 2, 5, "a row without panes" },
	{ "layout:\n  - panes: [{widget: chrt}]\n", 2, 22,
	    "no widget 'chrt' (did you mean 'chart'?)" },
	{ "layout:\n  - panes: [{widget: chart, title: [a]}]\n", 2, 36, "'title' is a list" },
	{ "layout:\n  - panes: [{widget: chart, off: x}]\n", 2, 29,
	    "unknown key 'off' (did you mean 'of'?)" },
	{ "layout:\n  - panes: [{widget: chart, xyz: x}]\n", 2, 29,
	    "unknown key 'xyz' (expected widget, of, kpis, title, width, forecast, axis, rows)" },
	{ "layout:\n  - panes: [{widget: scatter}]\n", 2, 13,
	    "scatter needs 'x' (the column along the lower edge)" },
	{ "layout:\n  - panes: [{widget: scatter, of: x}]\n", 2, 35, "scatter needs two names" },
	{ "layout:\n  - panes: [~]\n", 2, 13, "this is no pane" },
	{ "layout:\n  - panes: [{widget: chart, width: 0}]\n", 2, 36, "'width' is '0' (expected" },
	{ "layout:\n  - panes: [{widget: kpis, show: all}]\n", 2, 34,
	    "'show' is 'all' (expected own|series)" },
	{ "layout:\n  - panes: [{widget: kpis, show: own, show: own}]\n", 2, 39,
	    "stands here twice" },
	{ "sources:\n\t- uri: a\n", 2, 1, "tab" },
	{ "a: {b: 1\n", 2, 1, "" },
	{ "window: 60\n---\nwindow: 60\n", 2, 1, "a second document" },
	{ "by: &a x\nabout: *a\n", 2, 9, "an alias" },
	{ "by: *a\n", 1, 6, "an alias" },
	{ "[a, b]: c\n", 1, 1, "a key that is no text" },
	{ "about: \"\\0\"\n", 1, 9, "a NUL byte" },
};

START_TEST(wrong_files)
{
	const struct wrong *w = &wrongs[_i];
	struct text place = { 0 }, excerpt = { 0 };
	struct error err = { 0 };
	struct config c;

	ck_assert_int_eq(config_file_load(&c, w->text, &err), -1);
	config_excerpt(&c, &err, &excerpt);
	/* what report() does, on what was read so far */
	config_locate(&c, &err);
	config_done(&c);
	text_addf(&place, "%s:%d:%d: ", config_file_path("d.yaml"), w->line, w->column);
	ck_assert_msg(strncmp(err.text, place.s, place.len) == 0 &&
			  strstr(err.text + place.len, w->what) != NULL,
	    "%s\n instead of %s%s", err.text, place.s, w->what);
	ck_assert_msg(strchr(err.text, '(') != NULL, "%s: nothing was expected", err.text);
	/* the caret stands below the place */
	if (excerpt.len > 0) {
		const char *caret = strchr(excerpt.s, '\n') + 1;

		ck_assert_int_eq((int)strspn(caret, " "), 4 + w->column - 1);
	}
	text_done(&place);
	text_done(&excerpt);
}
END_TEST

/* Laughs by the billion are refused at the first alias; a file is not read beyond 1 MiB. */
START_TEST(bombs)
{
	struct text bomb = { 0 };
	struct error err;
	struct config c;

	text_add(&bomb, "a: &a [x, x]\n");
	for (char i = 'b'; i < 'z'; i++)
		text_addf(&bomb, "%c: &%c [*%c, *%c, *%c]\n", i, i, i - 1, i - 1, i - 1);
	ck_assert_int_eq(config_file_load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "an alias") != NULL, "%s", err.text);

	text_clear(&bomb);
	for (int i = 0; i < 100000; i++)
		text_addc(&bomb, '[');
	ck_assert_int_eq(config_file_load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "nested deeper") != NULL, "%s", err.text);

	text_clear(&bomb);
	text_add(&bomb, "kpis:\n");
	while (bomb.len < 900000)
		text_add(&bomb, "- {expr: x}\n");
	ck_assert_int_eq(config_file_load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "expected at most 256") != NULL, "%s", err.text);

	text_clear(&bomb);
	text_add(&bomb, "layout:\n");
	for (int i = 0; i < 17; i++)
		text_add(&bomb, "- panes: [{widget: chart}, {widget: table}]\n");
	ck_assert_int_eq(config_file_load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, ":18:3: more than 32 panes") != NULL, "%s", err.text);

	while (bomb.len < 10000000)
		text_add(&bomb, "# all work and no play\n");
	ck_assert_int_eq(config_file_load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "more than 1 MiB") != NULL, "%s", err.text);
	text_done(&bomb);
}
END_TEST

START_TEST(excerpts_are_harmless)
{
	struct text excerpt = { 0 }, line = { 0 };
	struct error err;
	struct config c;

	for (int i = 0; i < 300; i++)
		text_addc(&line, 'y');
	text_add(&line, ": é\n");
	ck_assert_int_eq(config_file_load(&c, line.s, &err), -1);
	config_excerpt(&c, &err, &excerpt);
	config_done(&c);
	ck_assert_uint_lt(excerpt.len, 250);
	ck_assert_int_eq(config_file_load(&c, "window: \"\033[2Jx\"\n", &err), -1);
	config_excerpt(&c, &err, &excerpt);
	config_done(&c);
	ck_assert_ptr_null(strchr(excerpt.s, '\033'));
	ck_assert_ptr_null(strchr(err.text, '\033'));
	text_done(&excerpt);
	text_done(&line);
}
END_TEST

static const struct {
	const char *text, *place, *what;
} located[] = {
	{ "kpis:\n- {name: a, expr: \"mean(temprature)\"}\n",
	    "2:25: ", "no column 'temprature' (did you mean 'temperature'?)" },
	{ "kpis:\n- expr: >\n    mean(\n    nosuch)\n",
	    "3:5: ", "column 7 of the expression: no column" },
	{ "derive:\n- {name: odd name, expr: temperature + nosuch}\n",
	    "2:40: ", "no column 'nosuch'" },
	{ "alerts:\n- {when: 1 < nosuch}\n", "2:14: ", "no column 'nosuch'" },
	{ "alerts:\n- {when: pH < 1, clear: 'nosuch'}\n", "2:26: ", "no column 'nosuch'" },
	{ "alerts:\n- {when: \"1<  nosuch\"}\n", "2:15: ", "no column 'nosuch'" },
	{ "alerts:\n- {when: pH<1, clear: '\"é\"==phase or nosuch'}\n",
	    "2:29: ", "no column 'phase'" },
	{ "by: temp\n", "1:5: ", "no column 'temp'" },
	{ "derive:\n- {name: pH, expr: temperature}\n",
	    "2:10: ", "'pH' is already a column of reactor-15 (choose another name)" },
	{ "kpis:\n- pH\n- {name: pH, expr: temperature}\n",
	    "3:10: ", "two KPIs are called 'pH' (give one another NAME:)" },
	{ "kpis:\n- expr: pH\nwindow: 60\nby: nosuch\n", "4:5: ", "no column 'nosuch'" },
};

START_TEST(errors_of_the_engine)
{
	struct text all = { 0 }, place = { 0 };
	struct engine_options options = { 0 };
	struct error err = { 0 };
	struct config c;
	struct engine *e;
	uv_loop_t uv;
	int64_t wake;

	text_addf(&all, "%ssources:\n- uri: %s/reactor-15.csv\n", located[_i].text, WEIR_SETS);
	config_file_load_right(&c, all.s);
	uv_loop_init(&uv);
	config_options(&c, &options);
	e = engine_new(&options, &uv, &err);
	ck_assert_ptr_nonnull(e);
	ck_assert_msg(config_add_asked(&c, engine_ask(e), &err) == 0, "%s", err.text);
	ck_assert_msg(config_add_sources(&c, e, &err) == 0, "%s", err.text);
	ck_assert_int_eq(engine_run(e, 0, &wake, &err), ENGINE_WRONG);
	config_locate(&c, &err);
	text_addf(&place, "%s:%s", config_file_path("d.yaml"), located[_i].place);
	ck_assert_msg(
	    strncmp(err.text, place.s, place.len) == 0 &&
		strncmp(err.text + place.len, located[_i].what, strlen(located[_i].what)) == 0,
	    "%s instead of %s%s", err.text, place.s, located[_i].what);
	engine_free(e);
	uv_run(&uv, UV_RUN_DEFAULT);
	uv_loop_close(&uv);
	config_done(&c);
	text_done(&all);
	text_done(&place);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("config_wrong");
	TCase *t = tcase_create("files");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, config_files_set_up, config_files_tear_down);
	tcase_add_loop_test(t, wrong_files, 0, (int)(sizeof wrongs / sizeof wrongs[0]));
	tcase_add_test(t, bombs);
	tcase_add_test(t, excerpts_are_harmless);
	tcase_add_loop_test(t, errors_of_the_engine, 0, (int)(sizeof located / sizeof located[0]));
	suite_add_tcase(s, t);
	return support_run(s);
}
