/* test_config.c - dashboard files: what is read from them. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/config_files.h"
#include "tests/support.h"

static const char contract[] =
    "sources:\n"
    "  - {name: reactor, uri: sets/reactor.csv, time: time, speed: 60}\n"
    "by:                        # optional column\n"
    "window: 60\n"
    "derive:\n"
    "  - {name: ratio, expr: temperature / pH, unit: \"\"}\n"
    "columns:\n"
    "  - {name: temperature, unit: \"°C\", label: Temperature, min: 0, max: 20}\n"
    "kpis:\n"
    "  - {name: p95 1h, expr: \"p95(temperature, 1h)\"}\n"
    "alerts:\n"
    "  - name: temp too low\n"
    "    when: temperature < 10\n"
    "    for: 5s\n"
    "    clear: temperature > 10.5\n"
    "    severity: critical\n"
    "    do:\n"
    "      - exec: [./heater, \"on\"]\n"
    "      - reply: \"heater on\"\n"
    "notes:                     # narration of a demo: shown, and the replay paused, at a row\n"
    "  - {at: 8, text: \"The temperature falls below 10: watch the rule.\"}\n"
    "layout:                    # rows of panes; weights share the space\n"
    "  - {height: 3, panes: [{widget: chart, of: temperature, width: 3}, {widget: alerts, width: "
    "1}]}\n"
    "  - {height: 2, panes: [{widget: table, of: \"temperature, pH\", kpis: \"mean, sd, p95\"}]}\n";

START_TEST(contract_example)
{
	struct text uri = { 0 }, heater = { 0 };
	struct config c;

	config_file_load_right(&c, contract);
	text_addf(&uri, "%s/sets/reactor.csv", config_folder);
	text_addf(&heater, "%s/./heater", config_folder);
	ck_assert_int_eq(c.nsources, 1);
	ck_assert_str_eq(c.sources[0].name, "reactor");
	ck_assert_str_eq(c.sources[0].uri.s, uri.s);
	ck_assert_str_eq(c.sources[0].time.s, "time");
	ck_assert(c.speed == 60 && c.rate == 0 && c.start == NULL && !c.loop);
	ck_assert_ptr_null(c.by.s);
	ck_assert(c.window.unit == SPAN_ROWS && c.window.n == 60);
	ck_assert_int_eq(c.nderive, 1);
	ck_assert_str_eq(c.derive[0].expr.s, "temperature / pH");
	ck_assert_str_eq(config_unit(&c, "ratio"), "");
	ck_assert_str_eq(config_unit(&c, "temperature"), "°C");
	ck_assert_ptr_null(config_unit(&c, "pH"));
	ck_assert_str_eq(config_column(&c, "temperature")->label, "Temperature");
	ck_assert(config_column(&c, "temperature")->max == 20);
	ck_assert_int_eq(c.nkpis, 1);
	ck_assert_str_eq(c.kpis[0].name, "p95 1h");
	ck_assert_int_eq(c.nalerts, 1);
	ck_assert_int_eq(c.alerts[0].severity, SEVERITY_CRITICAL);
	ck_assert(c.alerts[0].lasting.unit == SPAN_TIME && c.alerts[0].lasting.n == 5000000000);
	ck_assert_str_eq(c.alerts[0].clear.s, "temperature > 10.5");
	ck_assert_int_eq(c.alerts[0].nactions, 2);
	ck_assert_int_eq(c.alerts[0].actions[0].action.nwords, 2);
	ck_assert_str_eq(c.alerts[0].actions[0].action.words[0], heater.s);
	ck_assert_str_eq(c.alerts[0].actions[0].action.words[1], "on");
	ck_assert_ptr_null(c.alerts[0].actions[0].action.words[2]);
	ck_assert_str_eq(c.alerts[0].actions[1].action.text, "heater on");
	ck_assert_int_eq(c.nnotes, 1);
	ck_assert_int_eq(c.notes[0].row, 8);
	ck_assert_int_eq(c.nlayout, 2);
	ck_assert_int_eq(c.layout[0].height, 3);
	ck_assert_int_eq(c.layout[0].npanes, 2);
	ck_assert_str_eq(c.layout[0].panes[0].class->name, "chart");
	ck_assert_int_eq(c.layout[0].panes[0].width, 3);
	ck_assert_str_eq(c.layout[0].panes[0].of, "temperature");
	ck_assert_str_eq(c.layout[0].panes[0].values[0].text, "temperature");
	ck_assert_str_eq(c.layout[1].panes[0].kpis, "mean, sd, p95");
	ck_assert_int_eq(c.layout[1].panes[0].width, 1);
	config_done(&c);
	text_done(&uri);
	text_done(&heater);
}
END_TEST

START_TEST(example_is_a_dashboard)
{
	struct text example = { 0 };
	struct config c;

	config_example(&example);
	config_file_load_right(&c, example.s);
	ck_assert_int_eq(c.nsources, 1);
	ck_assert_int_eq(c.nlayout, 1);
	ck_assert_int_eq(c.nalerts, 1);
	ck_assert_str_eq(c.alerts[0].actions[0].action.class->name, "bell");
	config_done(&c);
	text_done(&example);
}
END_TEST

/* What the example leaves out behind a # can be put in, line by line. */
START_TEST(example_lines_fit)
{
	struct text example = { 0 }, with = { 0 };
	struct config c;
	int lines = 0;

	config_example(&example);
	for (char *p = example.s; (p = strchr(p, '#')) != NULL; p++) {
		if (p[1] == ' ' || (p > example.s && p[-1] != ' ' && p[-1] != '\n'))
			continue;
		text_clear(&with);
		text_addn(&with, example.s, (size_t)(p - example.s));
		text_add(&with, p + 1);
		/* A rate and a speed do not go together. */
		if (strncmp(p, "#speed", 6) == 0)
			memcpy(strstr(with.s, "rate:"), "#ate:", 5);
		config_file_load_right(&c, with.s);
		config_done(&c);
		lines++;
	}
	ck_assert_int_gt(lines, 15);
	text_done(&example);
	text_done(&with);
}
END_TEST

START_TEST(words_and_lists)
{
	struct config c;

	config_file_load_right(&c,
	    "sources:\n- uri: /abs/a.csv\n  columns: [time, v]\n  rate: 90/m\n  loop: true\n"
	    "  delimiter: \"\\t\"\n"
	    "- uri: unix:sock\n  rate: 1.5\n- {uri: \"-\", stop: 7}\n- tcp://host:1\n- b.csv\n"
	    "alerts:\n- {when: v > 1, for: 3 rows, do: [pause, bell, append: log, exec: [true]]}\n"
	    "- {when: v > 2, for: 0}\n"
	    "- {when: v > 3, for: 1 row, keep: 1m30s, cooldown: 2s, severity: info}\n"
	    "- {when: v > 4, for: 0 rows}\n"
	    "- v > 5\n"
	    "kpis: [mean(v)]\nlateness: 0\n"
	    "layout:\n- panes: [{widget: table, of: [a, b]}, alerts]\n");
	ck_assert_str_eq(c.sources[0].uri.s, "/abs/a.csv");
	ck_assert_str_eq(c.sources[0].columns, "time,v");
	ck_assert_str_eq(c.sources[0].delimiter, "\t");
	ck_assert(c.rate == 1.5 && c.loop);
	ck_assert_str_eq(c.stop, "7");
	ck_assert(strncmp(c.sources[1].uri.s, "unix:/tmp/", 10) == 0);
	ck_assert_str_eq(c.sources[2].uri.s, "-");
	ck_assert_str_eq(c.sources[3].uri.s, "tcp://host:1");
	ck_assert(c.alerts[0].lasting.unit == SPAN_ROWS && c.alerts[0].lasting.n == 3);
	ck_assert(c.alerts[0].actions[0].action.class->pauses);
	ck_assert_str_eq(c.alerts[0].actions[1].action.class->name, "bell");
	ck_assert(
	    strncmp(c.alerts[0].actions[2].action.text, config_folder, strlen(config_folder)) == 0);
	ck_assert_str_eq(c.alerts[0].actions[3].action.words[0], "true");
	ck_assert_int_eq(c.alerts[1].lasting.unit, SPAN_NONE);
	ck_assert_int_eq(c.alerts[1].severity, SEVERITY_WARNING);
	ck_assert_int_eq(c.alerts[2].keep, 90000000000);
	ck_assert_int_eq(c.alerts[2].cooldown, 2000000000);
	ck_assert_int_eq(c.alerts[3].lasting.unit, SPAN_NONE);
	/* a text alone is the one thing that an item must say */
	ck_assert_str_eq(strrchr(c.sources[4].uri.s, '/'), "/b.csv");
	ck_assert_int_eq(c.sources[4].uri.at.column, 3);
	ck_assert_str_eq(c.kpis[0].expr.s, "mean(v)");
	ck_assert_str_eq(c.alerts[4].when.s, "v > 5");
	ck_assert_int_eq(c.alerts[4].severity, SEVERITY_WARNING);
	ck_assert_str_eq(c.layout[0].panes[1].class->name, "alerts");
	ck_assert_str_eq(c.layout[0].panes[0].of, "a,b");
	config_done(&c);
}
END_TEST

START_TEST(found_by_name)
{
	static const char text[] = "about: mine\n";
	struct error err;
	struct config c;

	ck_assert_int_eq(setenv("XDG_CONFIG_HOME", config_folder, 1), 0);
	ck_assert_int_eq(mkdir(config_file_path("weir"), 0700), 0);
	config_file_write("weir/own.yaml", text, sizeof text - 1);
	ck_assert_msg(config_load(&c, "own", &err) == 0, "%s", err.text);
	ck_assert_str_eq(c.about, "mine");
	config_done(&c);
	ck_assert_int_eq(config_load(&c, "other", &err), -1);
	config_done(&c);
	ck_assert_msg(
	    strncmp(err.text, "other: no dashboard of this name", 32) == 0, "%s", err.text);
	ck_assert_int_eq(config_load(&c, config_file_path("none.yaml"), &err), -1);
	config_done(&c);
	ck_assert_ptr_nonnull(strstr(err.text, "No such file"));
	ck_assert_int_eq(config_load(&c, "/", &err), -1);
	config_done(&c);
	ck_assert_ptr_nonnull(strstr(err.text, "directory"));
}
END_TEST

/* What cannot be read at all has nothing that could be told of it. */
START_TEST(all_mistakes_of_no_file)
{
	struct errors errors = { 0 };
	struct config c;

	ck_assert_int_eq(config_load_all(&c, config_file_path("none.yaml"), &errors), -1);
	ck_assert_int_eq(errors.n, 1);
	config_done(&c);
	errors_done(&errors);
}
END_TEST

/* Every prefix of a right file is read or refused, never more. */
START_TEST(cut_files)
{
	struct error err;
	struct config c;
	int right = 0;

	for (size_t n = 0; n < sizeof contract; n++) {
		config_file_write("d.yaml", contract, n);
		right += config_load(&c, config_file_path("d.yaml"), &err) == 0;
		config_done(&c);
	}
	ck_assert_int_gt(right, 1);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("config");
	TCase *t = tcase_create("files");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, config_files_set_up, config_files_tear_down);
	tcase_add_test(t, contract_example);
	tcase_add_test(t, example_is_a_dashboard);
	tcase_add_test(t, example_lines_fit);
	tcase_add_test(t, words_and_lists);
	tcase_add_test(t, found_by_name);
	tcase_add_test(t, all_mistakes_of_no_file);
	tcase_add_test(t, cut_files);
	suite_add_tcase(s, t);
	return support_run(s);
}
