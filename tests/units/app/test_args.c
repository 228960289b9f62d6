/* test_args.c - the command line: every kind of option, right and wrong. */
#include "app/options/args.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "app/about/manual.h"
#include "app/options/options.h"
#include "data/base/times/times.h"
#include "data/engine/event.h"
#include "tests/support.h"

enum { MOST = 16 };

static struct args args;
static struct error err;

/* Parses "weir" and the words of line, which one space parts. */
static int
parse(const char *line)
{
	static char words[512];
	char *argv[MOST] = { words }, *save = NULL;
	int argc = 1;

	args_done(&args);
	err.text[0] = '\0';
	strcpy(words, line);
	argv[0] = words + strlen(line); /* "" */
	for (char *w = strtok_r(words, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save))
		argv[argc++] = w;
	return args_parse(&args, argc, argv, &err);
}

static void
check_error(const char *line, const char *expected)
{
	ck_assert_msg(parse(line) == -1, "%s was taken", line);
	ck_assert_str_eq(err.text, expected);
}

START_TEST(values_in_all_positions)
{
	ck_assert_int_eq(parse("-r 10 --rate=20 -r30 a.csv --horizon 5 b.csv"), 0);
	ck_assert_double_eq(args.rate, 30);
	ck_assert_int_eq(args.horizon, 5);
	ck_assert_int_eq(args.sources.n, 2);
	ck_assert_str_eq(args.sources.s[0], "a.csv");
	ck_assert_str_eq(args.sources.s[1], "b.csv");
}
END_TEST

START_TEST(words_behind_two_dashes_are_sources)
{
	ck_assert_int_eq(parse("--ascii -- -r --help -"), 0);
	ck_assert(args.ascii);
	ck_assert(!args.help);
	ck_assert_int_eq(args.sources.n, 3);
	ck_assert_str_eq(args.sources.s[0], "-r");
	ck_assert_str_eq(args.sources.s[2], "-");
}
END_TEST

START_TEST(rates)
{
	static const struct {
		const char *line;
		double rate;
	} cases[] = { { "-r 10", 10 }, { "-r 0.5/s", 0.5 }, { "-r 600/m", 10 }, { "-r 3600/h", 1 },
		{ "-r 1e5", 1e5 }, { "-r max", INFINITY } };

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(parse(cases[i].line), 0);
		ck_assert_double_eq(args.rate, cases[i].rate);
	}
	check_error("-r 5/d",
	    "--rate: '5/d' does not fit (expected rows a second above 0 such as 10, "
	    "600/m, 3600/h, or max)");
	ck_assert_int_eq(parse("-r 0"), -1);
	ck_assert_int_eq(parse("-r -1"), -1);
	ck_assert_int_eq(parse("-r inf"), -1);
	ck_assert_int_eq(parse("-r /m"), -1);
	ck_assert_int_eq(parse("-x 0"), -1);
	ck_assert_int_eq(parse("-x 60"), 0);
	ck_assert_double_eq(args.speed, 60);
	check_error("-x 2 -r 3", "--speed: not together with --rate (give one of them)");
}
END_TEST

START_TEST(spans_and_durations)
{
	ck_assert_int_eq(parse("-w 5m --lateness 1h30m --headless --every 10"), 0);
	ck_assert_int_eq(args.window.unit, SPAN_TIME);
	ck_assert_int_eq(args.window.n, 300 * TIME_SECOND);
	ck_assert_int_eq(args.lateness, 5400 * TIME_SECOND);
	ck_assert_int_eq(args.every.unit, SPAN_ROWS);
	ck_assert_int_eq(args.every.n, 10);
	ck_assert_int_eq(parse("-w all"), 0);
	ck_assert_int_eq(args.window.unit, SPAN_ALL);
	ck_assert_int_eq(parse("--lateness 0"), 0);
	ck_assert_int_eq(parse("-w 0"), -1);
	ck_assert_int_eq(parse("-w 1.5"), -1);
	ck_assert_int_eq(parse("-w 5parsecs"), -1);
	ck_assert_int_eq(parse("-w"), -1);
	ck_assert_int_eq(parse("--lateness 5"), -1);
	ck_assert_int_eq(parse("--every 10"), -1); /* there are no events to thin out */
	ck_assert_int_eq(parse("--emit rows"), -1); /* nor to choose from */
	ck_assert_int_eq(parse("--emit rows -o x"), 0);
	ck_assert(!args.headless);
	ck_assert_int_eq(parse("--every 10 --out-format csv"), 0);
	ck_assert(args.headless); /* rows in the place of the screen, on a terminal too */
}
END_TEST

START_TEST(counts_have_ranges)
{
	for (const struct option *o = options; o->param.name != NULL; o++) {
		char line[128];

		if (o->type != OPTION_COUNT || o->absent != NULL)
			continue;
		snprintf(line, sizeof line, "--%s %g", o->param.name, o->param.min - 1);
		ck_assert_msg(parse(line) == -1, "%s", line);
		snprintf(line, sizeof line, "--%s %.0f", o->param.name, o->param.max + 1);
		ck_assert_msg(parse(line) == -1, "%s", line);
		snprintf(line, sizeof line, "--%s %.0f", o->param.name, o->param.max);
		ck_assert_msg(parse(line) == 0, "%s: %s", line, err.text);
		snprintf(line, sizeof line, "--%s 1.5", o->param.name);
		ck_assert_msg(parse(line) == -1, "%s", line);
	}
}
END_TEST

START_TEST(other_kinds)
{
	ck_assert_int_eq(
	    parse("--delimiter ; --max-bytes 20k --size 80x24 -F tsv --fail-on critical"), 0);
	ck_assert_int_eq(args.delimiter, ';');
	ck_assert_int_eq(args.max_bytes, 20000);
	ck_assert_int_eq(args.size.columns, 80);
	ck_assert_int_eq(args.size.rows, 24);
	ck_assert_str_eq(args.format, "tsv");
	ck_assert_str_eq(args.fail_on, "critical");
	ck_assert_int_eq(parse("--delimiter \\t"), 0);
	ck_assert_int_eq(args.delimiter, '\t');
	ck_assert_int_eq(parse("--delimiter ab"), -1);
	ck_assert_int_eq(parse("--delimiter \""), -1);
	ck_assert_int_eq(parse("--max-bytes k"), -1);
	ck_assert_int_eq(parse("--size 80"), -1);
	ck_assert_int_eq(parse("--size 0x24"), -1);
	ck_assert_int_eq(parse("--size 80x24x2"), -1);
	ck_assert_int_eq(parse("--size 80x0"), -1);
	ck_assert_int_eq(parse("--size 80x1001"), -1);
	ck_assert_int_eq(parse("--size 1001x24"), -1);
	ck_assert_int_eq(parse("--size 80x24.5"), -1);
	ck_assert_int_eq(parse("--size 80.5x24"), -1);
	ck_assert_int_eq(parse("--size 1x1000"), 0);
	ck_assert(args.size.columns == 1 && args.size.rows == 1000);
	ck_assert_int_eq(parse("-F xml"), -1);
	ck_assert_int_eq(parse("-F regex"), -1);
	ck_assert_int_eq(parse("-F regex:("), -1);
	ck_assert_int_eq(parse("-F csv:x"), -1);
	ck_assert_int_eq(parse("-F regex:(?<v>.)"), 0);
	ck_assert_str_eq(args.format, "regex:(?<v>.)");
	ck_assert_int_eq(parse("-F auto"), 0);
	ck_assert_int_eq(parse("--fail-on info"), -1);
}
END_TEST

START_TEST(lists_of_events)
{
	ck_assert_int_eq(parse("--headless --emit start,rows"), 0);
	ck_assert_uint_eq(args_emit(&args), EVENT_START | EVENT_ROW);
	ck_assert_int_eq(parse("--headless --emit all"), 0);
	ck_assert_uint_eq(args_emit(&args), ~0U);
	ck_assert_int_eq(parse("x.csv"), 0);
	ck_assert_uint_eq(args_emit(&args), EVENT_ALERT | EVENT_DRIFT | EVENT_BAD | EVENT_SUMMARY);
	check_error("--emit rows,bads", "--emit: 'bads' is no type of event (expected any of "
					"start,rows,alerts,drift,forecast,bad,note,summary,all)");
	ck_assert_int_eq(parse("--headless --emit rows,"), -1);
}
END_TEST

START_TEST(repeated_options_are_kept_in_order)
{
	ck_assert_int_eq(parse("-k a -k b --kpi=c --alert x<1 -d y=2"), 0);
	ck_assert_int_eq(args.kpis.n, 3);
	ck_assert_str_eq(args.kpis.s[2], "c");
	ck_assert_int_eq(args.alerts.n, 1);
	ck_assert_str_eq(args.alerts.s[0], "x<1");
	ck_assert_str_eq(args.derive.s[0], "y=2");
}
END_TEST

START_TEST(what_is_wrong_is_told)
{
	check_error("--horzon 5", "--horzon: no such option (did you mean --horizon?)");
	check_error("--xyzzy", "--xyzzy: no such option (weir --help lists them)");
	check_error("-Q", "-Q: no such option (weir --help lists them)");
	check_error("--ascii=yes", "--ascii: takes no value (leave '=yes' out)");
	check_error("--theme pink",
	    "--theme: no theme is called pink (there are dark, light, mono, high-contrast)");
	check_error("--headless --cast x.cast",
	    "--cast: records a screen, and --headless has none (use --snapshot, or leave "
	    "--headless out)");
	ck_assert_int_eq(parse("--theme auto --cast x.cast synth:sine?rows=3 a=synth:sine"), 0);
	check_error("-H 201", "--horizon: '201' (expected a whole number from 1 to 200)");
	check_error(
	    "--max-keys 0", "--max-keys: '0' (expected a whole number from 1 to 10,000,000)");
	ck_assert_int_eq(parse("a=synth:foo?rows=3"), -1);
	ck_assert_msg(strncmp(err.text, "synth:foo: no such generator (", 30) == 0, "%s", err.text);
	ck_assert_int_eq(parse("exec:a=synth:foo"), 0);
	check_error("--theme", "--theme: no value (give NAME)");
	check_error("--theme=", "--theme: '' does not fit (expected a text that is not empty)");
}
END_TEST

START_TEST(help_tells_every_option_in_80_columns)
{
	struct text help = { 0 };

	args_help(&help);
	for (const struct option *o = options; o->param.name != NULL; o++) {
		char name[64];

		snprintf(name, sizeof name, "--%s", o->param.name);
		ck_assert_msg((strstr(help.s, name) != NULL) == (o->absent == NULL), "%s", name);
	}
	for (const char *line = help.s; *line != '\0'; line += strcspn(line, "\n") + 1)
		ck_assert_msg(strcspn(line, "\n") <= 100, "%.*s", (int)strcspn(line, "\n"), line);
	text_done(&help);
}
END_TEST

/* Each option, operator and key; and no line of text that roff would take for a request. */
START_TEST(the_manual_tells_all)
{
	static const char *const requests[] = { ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br",
		".nf", ".fi" };
	struct text text = { 0 }, want = { 0 };

	manual_print(&text);
	for (const struct option *o = options; o->param.name != NULL; o++) {
		char name[64], *to = name;

		for (const char *c = o->param.name; *c != '\0'; *to++ = *c++)
			if (*c == '-')
				*to++ = '\\';
		*to = '\0';
		text_clear(&want);
		text_addf(&want, "\\fB\\-\\-%s\\fR", name);
		ck_assert_msg(
		    (strstr(text.s, want.s) != NULL) == (o->absent == NULL), "%s", want.s);
	}
	ck_assert_ptr_nonnull(strstr(text.s, "\\fBmean(x, w, every, gap)\\fR"));
	ck_assert_ptr_nonnull(strstr(text.s, "\n.SS order\n"));
	ck_assert_ptr_nonnull(strstr(text.s, "\\fBspace\\fR\npause, and go on"));
	for (const char *line = text.s; line != NULL && *line != '\0';
	     line = strchr(line, '\n'), line += line != NULL) {
		bool known = *line != '.' && *line != '\'';

		for (size_t i = 0; i < sizeof requests / sizeof *requests; i++)
			known = known || strncmp(line, requests[i], strlen(requests[i])) == 0;
		ck_assert_msg(known, "%.40s", line);
	}
	text_done(&text);
	text_done(&want);
}
END_TEST

START_TEST(help_comes_before_what_is_wrong_behind_it)
{
	ck_assert_int_eq(parse("--help --xyzzy"), 0);
	ck_assert(args.help);
	ck_assert_int_eq(parse("-V"), 0);
	ck_assert(args.version);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("args");
	TCase *tcase = tcase_create("args");
	int status;

	tcase_add_test(tcase, values_in_all_positions);
	tcase_add_test(tcase, words_behind_two_dashes_are_sources);
	tcase_add_test(tcase, rates);
	tcase_add_test(tcase, spans_and_durations);
	tcase_add_test(tcase, counts_have_ranges);
	tcase_add_test(tcase, other_kinds);
	tcase_add_test(tcase, lists_of_events);
	tcase_add_test(tcase, repeated_options_are_kept_in_order);
	tcase_add_test(tcase, what_is_wrong_is_told);
	tcase_add_test(tcase, help_tells_every_option_in_80_columns);
	tcase_add_test(tcase, the_manual_tells_all);
	tcase_add_test(tcase, help_comes_before_what_is_wrong_behind_it);
	suite_add_tcase(suite, tcase);
	status = support_run(suite);
	args_done(&args);
	return status;
}
