/* test_config.c - dashboard files: what is read from them, and what is said of wrong ones. */
#include "app/config/config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "tests/support.h"

static char folder[64]; /* of the files that these tests write */

static void
set_up(void)
{
	snprintf(folder, sizeof folder, "/tmp/weir-config-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
}

static void
tear_down(void)
{
	struct text command = { 0 };

	text_addf(&command, "rm -rf '%s'", folder);
	ck_assert_int_eq(system(command.s), 0);
	text_done(&command);
}

static const char *
in_folder(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void
write_file(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(in_folder(name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

static int
load(struct config *c, const char *text, struct error *err)
{
	write_file("d.yaml", text, strlen(text));
	return config_load(c, in_folder("d.yaml"), err);
}

static void
load_right(struct config *c, const char *text)
{
	struct error err;

	ck_assert_msg(load(c, text, &err) == 0, "%s", err.text);
}

/* --- right files ------------------------------------------------------------------------------ */

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

	load_right(&c, contract);
	text_addf(&uri, "%s/sets/reactor.csv", folder);
	text_addf(&heater, "%s/./heater", folder);
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
	load_right(&c, example.s);
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
		load_right(&c, with.s);
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

	load_right(&c,
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
	ck_assert(strncmp(c.alerts[0].actions[2].action.text, folder, strlen(folder)) == 0);
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

	ck_assert_int_eq(setenv("XDG_CONFIG_HOME", folder, 1), 0);
	ck_assert_int_eq(mkdir(in_folder("weir"), 0700), 0);
	write_file("weir/own.yaml", text, sizeof text - 1);
	ck_assert_msg(config_load(&c, "own", &err) == 0, "%s", err.text);
	ck_assert_str_eq(c.about, "mine");
	config_done(&c);
	ck_assert_int_eq(config_load(&c, "other", &err), -1);
	config_done(&c);
	ck_assert_msg(
	    strncmp(err.text, "other: no dashboard of this name", 32) == 0, "%s", err.text);
	ck_assert_int_eq(config_load(&c, in_folder("none.yaml"), &err), -1);
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

	ck_assert_int_eq(config_load_all(&c, in_folder("none.yaml"), &errors), -1);
	ck_assert_int_eq(errors.n, 1);
	config_done(&c);
	errors_done(&errors);
}
END_TEST

/* --- wrong files ------------------------------------------------------------------------------ */

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

	ck_assert_int_eq(load(&c, w->text, &err), -1);
	config_excerpt(&c, &err, &excerpt);
	/* what report() does, on what was read so far */
	config_locate(&c, &err);
	config_done(&c);
	text_addf(&place, "%s:%d:%d: ", in_folder("d.yaml"), w->line, w->column);
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
	ck_assert_int_eq(load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "an alias") != NULL, "%s", err.text);

	text_clear(&bomb);
	for (int i = 0; i < 100000; i++)
		text_addc(&bomb, '[');
	ck_assert_int_eq(load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "nested deeper") != NULL, "%s", err.text);

	text_clear(&bomb);
	text_add(&bomb, "kpis:\n");
	while (bomb.len < 900000)
		text_add(&bomb, "- {expr: x}\n");
	ck_assert_int_eq(load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "expected at most 256") != NULL, "%s", err.text);

	text_clear(&bomb);
	text_add(&bomb, "layout:\n");
	for (int i = 0; i < 17; i++)
		text_add(&bomb, "- panes: [{widget: chart}, {widget: table}]\n");
	ck_assert_int_eq(load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, ":18:3: more than 32 panes") != NULL, "%s", err.text);

	while (bomb.len < 10000000)
		text_add(&bomb, "# all work and no play\n");
	ck_assert_int_eq(load(&c, bomb.s, &err), -1);
	config_done(&c);
	ck_assert_msg(strstr(err.text, "more than 1 MiB") != NULL, "%s", err.text);
	text_done(&bomb);
}
END_TEST

/* Every prefix of a right file is read or refused, never more. */
START_TEST(cut_files)
{
	struct error err;
	struct config c;
	int right = 0;

	for (size_t n = 0; n < sizeof contract; n++) {
		write_file("d.yaml", contract, n);
		right += config_load(&c, in_folder("d.yaml"), &err) == 0;
		config_done(&c);
	}
	ck_assert_int_gt(right, 1);
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
	ck_assert_int_eq(load(&c, line.s, &err), -1);
	config_excerpt(&c, &err, &excerpt);
	config_done(&c);
	ck_assert_uint_lt(excerpt.len, 250);
	ck_assert_int_eq(load(&c, "window: \"\033[2Jx\"\n", &err), -1);
	config_excerpt(&c, &err, &excerpt);
	config_done(&c);
	ck_assert_ptr_null(strchr(excerpt.s, '\033'));
	ck_assert_ptr_null(strchr(err.text, '\033'));
	text_done(&excerpt);
	text_done(&line);
}
END_TEST

/* --- errors of the engine --------------------------------------------------------------------- */

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
	load_right(&c, all.s);
	uv_loop_init(&uv);
	config_options(&c, &options);
	e = engine_new(&options, &uv, &err);
	ck_assert_ptr_nonnull(e);
	ck_assert_msg(config_add_asked(&c, engine_ask(e), &err) == 0, "%s", err.text);
	ck_assert_msg(config_add_sources(&c, e, &err) == 0, "%s", err.text);
	ck_assert_int_eq(engine_run(e, 0, &wake, &err), ENGINE_WRONG);
	config_locate(&c, &err);
	text_addf(&place, "%s:%s", in_folder("d.yaml"), located[_i].place);
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
	Suite *s = suite_create("config");
	TCase *t = tcase_create("files");

	tcase_set_timeout(t, 60);
	tcase_add_checked_fixture(t, set_up, tear_down);
	tcase_add_test(t, contract_example);
	tcase_add_test(t, example_is_a_dashboard);
	tcase_add_test(t, example_lines_fit);
	tcase_add_test(t, words_and_lists);
	tcase_add_test(t, found_by_name);
	tcase_add_test(t, all_mistakes_of_no_file);
	tcase_add_loop_test(t, wrong_files, 0, (int)(sizeof wrongs / sizeof wrongs[0]));
	tcase_add_test(t, bombs);
	tcase_add_test(t, cut_files);
	tcase_add_test(t, excerpts_are_harmless);
	tcase_add_loop_test(t, errors_of_the_engine, 0, (int)(sizeof located / sizeof located[0]));
	suite_add_tcase(s, t);
	return support_run(s);
}
