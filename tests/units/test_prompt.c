/* test_prompt.c - the line behind ':': editing, history, completion, and what its commands do at
 * once. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/keymap.h"
#include "app/dashboard/prompt.h"
#include "tests/rig.h"

static const char seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			   "10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";
static const struct rig_options plain = { .default_kpis = true };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

/* The last line of the screen. */
static const char *
bottom(struct rig *rig, int w, char *out, size_t size)
{
	const char *picture = rig_picture(rig, w, 24, GLYPHS_BRAILLE),
		   *end = picture + strlen(picture) - 1;
	const char *from = end;

	while (from > picture && from[-1] != '\n')
		from--;
	snprintf(out, size, "%.*s", (int)(end - from), from);
	return out;
}

/* In the lowest line, or above it while the prompt is open. */
static void
says(struct rig *rig, const char *text)
{
	const char *picture = rig_picture(rig, 120, 24, GLYPHS_BRAILLE);

	ck_assert_msg(shows(picture, text), "'%s' in '%.3000s'", text, picture);
}

static void
press(struct rig *rig, uint32_t code)
{
	struct input in = { .code = code };

	dashboard_input(rig->dashboard, &in, rig->now);
}

/* --- what the commands do --------------------------------------------------------------------- */

START_TEST(a_kpi_at_once)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 8, 120, 36);
	rig_keys(&rig, ":k warm: mean(temperature, 3)\r");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "warm"));
	says(&rig, "KPI warm: from the next row on");
	rig_rows(&rig, 3, 120, 36);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 1), 11);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), " 11.0 "));
	rig_keys(&rig, ":k warm: mean(temperature, 3)\r");
	says(&rig, "is there already");
	rig_close(&rig);
}
END_TEST

START_TEST(an_expression_is_a_kpi)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, ":pH*2\r");
	says(&rig, "KPI pH * 2");
	rig_keys(&rig, ":-pH\r");
	says(&rig, "KPI -pH");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 2), 9);
	ck_assert_double_eq(engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 1), -4.5);
	rig_close(&rig);
}
END_TEST

START_TEST(an_alert_in_the_pane)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 8, 120, 36);
	rig_keys(&rig, ":a cold: temperature < 10 severity critical\r");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "cold"));
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "watching"));
	rig_rows(&rig, 5, 120, 36);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "1 firing"));
	rig_keys(&rig, ":-a acid: pH > 9\r:w 60\r"); /* a second one, while another has marks */
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "acid"));
	rig_close(&rig);
}
END_TEST

START_TEST(a_derived_column)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 8, 0, 0);
	rig_keys(&rig, ":d ratio = temperature / pH\r:mean(ratio, all)\r");
	rig_rows(&rig, 2, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "ratio"));
	ck_assert_double_eq_tol(
	    engine_kpi_value(rig.engine, engine_kpis(rig.engine) - 2), 2.2, 1e-12);
	rig_keys(&rig, ":d ratio = pH\r");
	says(&rig, "already");
	rig_close(&rig);
}
END_TEST

START_TEST(pace_window_and_place)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":rate 100\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_RATE);
	ck_assert_double_eq(engine_pacer(rig.engine)->rate, 100);
	rig_keys(&rig, ":--speed=60\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_SPEED);
	ck_assert_double_eq(engine_pacer(rig.engine)->speed, 60);
	rig_keys(&rig, ":r max\r");
	ck_assert_int_eq(engine_pacer(rig.engine)->pace, PACE_MAX);
	rig_keys(&rig, ":rate fast\r");
	says(&rig, "'fast' does not fit");
	rig_keys(&rig, "\033:w 5\r");
	says(&rig, "charts show 5 rows");
	rig_keys(&rig, ":w 5 m\r");
	says(&rig, "expected");
	rig_keys(&rig, "\033:seek 1\r");
	says(&rig, "back to row 1");
	rig_keys(&rig, ":seek 9\r");
	says(&rig, "forward to row 9");
	ck_assert_int_eq(rig_keys(&rig, ":q\r"), OUTCOME_QUIT);
	rig_close(&rig);
}
END_TEST

static double
kpi_called(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return engine_kpi_value(rig->engine, i);
	ck_abort_msg("no KPI is called %s", name);
	return 0;
}

/* Operators and rules written without a window have the new one, the others go on. */
START_TEST(another_default_window)
{
	static const char csv[] = "x\n1\n2\n4\n8\n16\n32\n64\n";
	struct rig rig;

	rig_open(&rig, csv,
	    &(struct rig_options){ .kpis = { "sum(x)", "whole: sum(x, all)", "three: sum(x, 3)" },
		.alerts = { "much: sum(x) > 40" } });
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 7);
	rig_keys(&rig, ":w 2\r");
	says(&rig, "windows are 2 rows");
	says(&rig, "charts show 2 rows");
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 16 + 32);
	ck_assert_double_eq(kpi_called(&rig, "whole"), 63);
	ck_assert_double_eq(kpi_called(&rig, "three"), 8 + 16 + 32);
	ck_assert_uint_eq(engine_rule_fired(rig.engine, 0), 1);
	rig_keys(&rig, ":k max(x)\r:w all\r");
	says(&rig, "windows are all, anew");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi_called(&rig, "max(x)"), 64);
	rig_end(&rig);
	rig_keys(&rig, ":w 3\r");
	says(&rig, "windows stay");
	ck_assert_double_eq(kpi_called(&rig, "sum(x)"), 127); /* "whole" had all of it */
	rig_keys(&rig, ":w 0\r");
	says(&rig, "expected");
	rig_close(&rig);
}
END_TEST

START_TEST(to_a_row_that_is_not_there)
{
	struct rig rig;

	rig_open(&rig, "x\n1\n2\n4\n", &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":seek 5000\r");
	rig_end(&rig);
	engine_finish(rig.engine);
	rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	says(&rig, "nothing at row 5,000: the recording has 3");
	rig_close(&rig);
}
END_TEST

START_TEST(all_keys_that_fire_are_counted)
{
	static const char csv[] = "k,x\na,9\nb,1\nc,8\nd,7\na,1\n";
	struct rig rig;

	rig_open(&rig, csv, &(struct rig_options){ .by = "k", .alerts = { "much: x > 5" } });
	rig_rows(&rig, 4, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "3 firing"));
	rig_rows(&rig, 1, 0, 0);
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "2 firing"));
	rig_close(&rig);
}
END_TEST

/* What is said in a box stands over what a key shows next, so a key ends it. */
START_TEST(a_key_ends_a_box)
{
	struct rig rig;
	const char *picture;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 40, 10);
	dashboard_warn(rig.dashboard, rig.now, "my.yaml:12:7: this is wrong and takes two lines");
	ck_assert(shows(rig_picture(&rig, 40, 10, GLYPHS_BRAILLE), "takes two lines"));
	rig_keys(&rig, "?");
	picture = rig_picture(&rig, 40, 10, GLYPHS_BRAILLE);
	ck_assert(!shows(picture, "takes two lines") && shows(picture, "keys"));
	rig_close(&rig);
}
END_TEST

START_TEST(a_theme)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	ck_assert_int_eq(rig_keys(&rig, ":theme li\t\r"), OUTCOME_THEME);
	ck_assert_str_eq(dashboard_theme(rig.dashboard)->name, "light");
	rig_keys(&rig, ":theme lite\r");
	says(&rig, "no theme 'lite' (there are dark, light");
	rig_close(&rig);
}
END_TEST

/* With the column, above what was typed, which stays to be mended. */
START_TEST(what_is_wrong)
{
	static const char *const cases[][2] = {
		{ "k mean(temp, 5)", "column 6: no column 'temp'" },
		{ "mean(temperature", "column" },
		{ "nosuch(pH)", "column 1: no operator 'nosuch'" },
		{ "a pH >", "column" },
		{ "a pH > 3 severity mild", "'mild' is no severity" },
		{ "d = pH", "no name" },
		{ "k", "nothing behind kpi" },
		{ "foo", "'foo' is no command (? lists them" },
		{ "foo bar", "'foo' is no command" },
		{ "a", "nothing behind alert (expected :a RULE)" },
		{ "rate fast", "'fast' does not fit" },
		{ "d a b = pH", "'a b' is no plain name" },
		{ "rte 5", "is no command (did you mean 'rate'?)" },
		{ "--headless", "when weir starts" },
	};
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int kpis = engine_kpis(rig.engine);

		rig_keys(&rig, ":");
		rig_keys(&rig, cases[i][0]);
		rig_keys(&rig, "\r");
		says(&rig, cases[i][1]);
		ck_assert(!shows(rig_picture(&rig, 120, 24, GLYPHS_BRAILLE), "-k:"));
		ck_assert_str_eq(bottom(&rig, 120, line, sizeof line) + 1, cases[i][0]);
		rig_keys(&rig, "\033");
		ck_assert_int_eq(engine_kpis(rig.engine), kpis);
	}
	rig_close(&rig);
}
END_TEST

START_TEST(after_the_end)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_end(&rig);
	rig_keys(&rig, ":k max(pH, 4)\r");
	says(&rig, "all rows are read");
	rig_keys(&rig, ":e\033:k sd(pH, 3)\re");
	ck_assert(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE) != NULL);
	rig_keys(&rig, "\1\1\1\1");
	ck_assert(shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "missing"));
	rig_close(&rig);
}
END_TEST

/* --- the line --------------------------------------------------------------------------------- */

START_TEST(editing)
{
	struct rig rig;
	char line[512];
	struct input clear = { .code = 'u', .ctrl = true };

	rig_open(&rig, seed, &plain);
	rig_keys(&rig, ":mean(pHx)\3\b");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":mean(pH)");
	press(&rig, INPUT_HOME);
	rig_keys(&rig, "k ");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":k mean(pH)");
	press(&rig, INPUT_END);
	dashboard_input(rig.dashboard, &clear, rig.now);
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":");
	for (int i = 0; i < 3 * PROMPT_BYTES; i++)
		press(&rig, i % 2 == 0 ? 'x' : 0xe9);
	press(&rig, 'y'); /* what has no room is not taken */
	ck_assert_int_le((int)strlen(bottom(&rig, 40, line, sizeof line)), 80);
	for (int i = 0; i < 3 * PROMPT_BYTES; i++)
		rig_keys(&rig, "\b");
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), "quit")); /* empty, and then left */
	rig_close(&rig);
}
END_TEST

/* To the right over a character, whether it is a byte or two, and no further than the end. */
START_TEST(to_the_right)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	rig_keys(&rig, ":abc\3\3\3\4x");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":axbc");
	rig_keys(&rig, "\4\4\4\4y");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":axbcy");
	press(&rig, 0xe9);
	rig_keys(&rig, "d\3\3\4z");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":axbcy\u00e9zd");
	rig_close(&rig);
}
END_TEST

/* Keys that do something elsewhere are letters here; Esc leaves. */
START_TEST(letters_are_letters)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	ck_assert_int_eq(rig_keys(&rig, ":q?e"), OUTCOME_DRAW);
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":q?e");
	rig_keys(&rig, "\033");
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), "quit"));
	rig_close(&rig);
}
END_TEST

START_TEST(history)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	rig_keys(&rig, ":rate 100\r:rate 200\r:rate 200\r:dra\1");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":rate 200");
	rig_keys(&rig, "\1\1\1");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":rate 100");
	rig_keys(&rig, "0"); /* one that is changed is another one, and stays where it is */
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":rate 1000");
	rig_keys(&rig, "\2\2\2");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":dra");
	rig_keys(&rig, "\033");
	for (int i = 0; i < 2 * PROMPT_HISTORY; i++) {
		char typed[32];

		snprintf(typed, sizeof typed, ":rate %d\r", 10 + i);
		rig_keys(&rig, typed);
	}
	rig_keys(&rig, ":");
	for (int i = 0; i < 2 * PROMPT_HISTORY; i++)
		rig_keys(&rig, "\1");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":rate 60");
	rig_close(&rig);
}
END_TEST

START_TEST(completion)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":al\t");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":alert");
	rig_keys(&rig, "temp\t < 10 sev\tcri\t\r"); /* single words are completed whole */
	ck_assert_int_eq(engine_rules(rig.engine), 1);
	ck_assert_str_eq(engine_rule(rig.engine, 0)->when, "temperature < 10");
	ck_assert_int_eq(engine_rule(rig.engine, 0)->severity, SEVERITY_CRITICAL);
	rig_keys(&rig, ":k p\t"); /* several: one after the other, and all of them shown */
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), ":k pH"));
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), "p95("));
	rig_keys(&rig, "\t");
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), ":k p50("));
	rig_keys(&rig, "p\t");
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), ":k p50(pH"));
	rig_keys(&rig, "\033:zzz\t");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":zzz");
	rig_close(&rig);
}
END_TEST

/* What may be taken back: each by its name once, also where a derived column has a KPI of it. */
START_TEST(completion_of_what_was_added)
{
	struct rig rig;
	struct text found = { 0 };

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":d half = pH / 2\r:k top: max(pH)\r:a low: pH < 1\r");
	command_complete(rig.dashboard, "drop ", 5, 5, &found);
	ck_assert_str_eq(text_get(&found), "half\ntop\nlow\n");
	text_done(&found);
	rig_close(&rig);
}
END_TEST

/* The keys that change the pace say what it is now. */
START_TEST(the_pace_in_words)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":rate 5\r");
	says(&rig, "5 rows a second");
	rig_keys(&rig, ":speed 3\r");
	says(&rig, "3 times as fast as recorded");
	rig_keys(&rig, ":rate max\r");
	says(&rig, "as fast as rows can go");
	rig_close(&rig);
}
END_TEST

/* What the owner of the terminal is to do behind each command. */
START_TEST(outcomes)
{
	static const struct {
		const char *line;
		enum outcome outcome;
	} lines[] = {
		{ "view next", OUTCOME_DRAW },
		{ "view previous", OUTCOME_DRAW },
		{ "view alerts", OUTCOME_DRAW },
		{ "zoom", OUTCOME_DRAW },
		{ "zoom", OUTCOME_DRAW },
		{ "back", OUTCOME_DRAW },
		{ "move 1", OUTCOME_DRAW },
		{ "page 1", OUTCOME_DRAW },
		{ "wider", OUTCOME_DRAW },
		{ "narrower", OUTCOME_DRAW },
		{ "freeze", OUTCOME_DRAW },
		{ "freeze", OUTCOME_DRAW },
		{ "pause", OUTCOME_DRAW },
		{ "step", OUTCOME_DRAW },
		{ "faster", OUTCOME_DRAW },
		{ "slower", OUTCOME_DRAW },
		{ "rate 5", OUTCOME_DRAW },
		{ "speed 2", OUTCOME_DRAW },
		{ "filter p", OUTCOME_DRAW },
		{ "prompt k ", OUTCOME_DRAW },
		{ "theme mono", OUTCOME_THEME },
		{ "repaint", OUTCOME_REPAINT },
		{ "suspend", OUTCOME_SUSPEND },
		{ "reload", OUTCOME_RELOAD },
		{ "picture", OUTCOME_PICTURE },
		{ "save x.yaml", OUTCOME_SAVE },
		{ "quit", OUTCOME_QUIT },
		{ "view nowhere", OUTCOME_NOTHING },
		{ "rate x", OUTCOME_NOTHING },
	};
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 3, 80, 24);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		struct error err = { 0 };
		enum outcome is = command_run(rig.dashboard, lines[i].line, rig.now, &err);

		ck_assert_msg(
		    is == lines[i].outcome, "%s: %d, %s", lines[i].line, (int)is, err.text);
	}
	rig_close(&rig);
}
END_TEST

/* Another Tab behind a word that was completed begins anew: it takes nothing away. */
START_TEST(tab_after_tab)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":temp\t\t");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":temperature");
	rig_keys(&rig, "\t\t\t");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":temperature");
	rig_keys(&rig, "\033:k slo\t\t"); /* inside the parenthesis all is offered again */
	ck_assert_msg(
	    shows(bottom(&rig, 120, line, sizeof line), ":k slope(temperature"), "%s", line);
	ck_assert(shows(line, "pH"));
	rig_keys(&rig, "\t");
	ck_assert(shows(bottom(&rig, 120, line, sizeof line), ":k slope(pH"));
	rig_keys(&rig, "\033:theme li\t");
	rig_keys(&rig, "\033:p\t\t"); /* left while several were offered */
	rig_keys(&rig, "\033:temp\t");
	ck_assert_str_eq(bottom(&rig, 120, line, sizeof line), ":temperature");
	rig_close(&rig);
}
END_TEST

/* What keys do can be typed, too. */
START_TEST(commands_of_keys)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":view series\r");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ temperature ─"));
	rig_keys(&rig, ":move 1\r");
	ck_assert(shows(rig_picture(&rig, 80, 24, GLYPHS_BRAILLE), "╭ pH ─"));
	rig_keys(&rig, ":move nowhere\r");
	says(&rig, "'nowhere' is no number of times");
	rig_keys(&rig, "\033:view serie\r");
	says(&rig, "no view 'serie' (did you mean 'series'?)");
	rig_keys(&rig, "\033:pause now\r");
	says(&rig, "'now' behind pause (expected :pause alone)");
	rig_keys(&rig, "\033:filter pH\r");
	ck_assert(!shows(rig_picture(&rig, 120, 36, GLYPHS_BRAILLE), "temperature  "));
	ck_assert_int_eq(rig_keys(&rig, ":reload\r"), OUTCOME_RELOAD);
	ck_assert_int_eq(rig_keys(&rig, ":picture\r"), OUTCOME_PICTURE);
	rig_keys(&rig, ":prompt k sd(\rpH, 3)\r");
	says(&rig, "KPI sd(pH, 3)");
	rig_close(&rig);
}
END_TEST

/* Each command that no key does stands in the list of keys. */
START_TEST(the_help_lists_them)
{
	struct keymap m;
	struct rig rig;
	const char *picture;
	int listed = 0;

	rig_open(&rig, seed, &plain);
	rig_keys(&rig, "?");
	picture = rig_picture(&rig, 120, 36, GLYPHS_BRAILLE);
	keymap_init(&m, NULL);
	for (int i = 0; i < m.nhints; i++) {
		ck_assert_msg(shows(picture, m.hints[i].keys), "%s", m.hints[i].keys);
		ck_assert_msg(shows(picture, m.hints[i].help), "%s", m.hints[i].help);
		listed += m.hints[i].keys[0] == ':' && m.hints[i].keys[1] != '\0';
	}
	ck_assert_int_ge(listed, 8);
	keymap_done(&m);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("prompt");
	TCase *asked = tcase_create("commands"), *line = tcase_create("line");

	tcase_add_test(asked, a_kpi_at_once);
	tcase_add_test(asked, an_expression_is_a_kpi);
	tcase_add_test(asked, an_alert_in_the_pane);
	tcase_add_test(asked, a_derived_column);
	tcase_add_test(asked, pace_window_and_place);
	tcase_add_test(asked, another_default_window);
	tcase_add_test(asked, to_a_row_that_is_not_there);
	tcase_add_test(asked, all_keys_that_fire_are_counted);
	tcase_add_test(asked, a_key_ends_a_box);
	tcase_add_test(asked, a_theme);
	tcase_add_test(asked, what_is_wrong);
	tcase_add_test(asked, after_the_end);
	suite_add_tcase(suite, asked);
	tcase_add_test(line, editing);
	tcase_add_test(line, to_the_right);
	tcase_add_test(line, letters_are_letters);
	tcase_add_test(line, history);
	tcase_add_test(line, completion);
	tcase_add_test(line, completion_of_what_was_added);
	tcase_add_test(line, the_pace_in_words);
	tcase_add_test(line, outcomes);
	tcase_add_test(line, tab_after_tab);
	tcase_add_test(line, commands_of_keys);
	tcase_add_test(line, the_help_lists_them);
	suite_add_tcase(suite, line);
	return support_run(suite);
}
