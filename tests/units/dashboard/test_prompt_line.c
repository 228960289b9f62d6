/* test_prompt_line.c - the line behind ':': editing, history, completion, and what is typed instead
 * of pressed. */
#include "tests/support.h"

#include <stdio.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/keymap.h"
#include "app/dashboard/prompt.h"
#include "tests/rig.h"

static const struct rig_options plain = { .default_kpis = true };

static bool
shows(const char *picture, const char *text)
{
	return strstr(picture, text) != NULL;
}

static void
steps(struct rig *rig, const struct rig_step *all, size_t n)
{
	rig_steps(rig, 120, 24, all, n);
}

START_TEST(editing)
{
	struct rig rig;
	char line[512];
	struct input clear = { .code = 'u', .ctrl = true };

	rig_open(&rig, rig_seed, &plain);
	rig_keys(&rig, ":mean(pHx)\3\b");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":mean(pH)");
	rig_press(&rig, INPUT_HOME);
	rig_keys(&rig, "k ");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":k mean(pH)");
	rig_press(&rig, INPUT_END);
	dashboard_input(rig.dashboard, &clear, rig.now);
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":");
	for (int i = 0; i < 3 * PROMPT_BYTES; i++)
		rig_press(&rig, i % 2 == 0 ? 'x' : 0xe9);
	rig_press(&rig, 'y'); /* what has no room is not taken */
	ck_assert_int_le((int)strlen(rig_bottom(&rig, 40, line, sizeof line)), 80);
	for (int i = 0; i < 3 * PROMPT_BYTES; i++)
		rig_keys(&rig, "\b");
	ck_assert(
	    shows(rig_bottom(&rig, 120, line, sizeof line), "quit")); /* empty, and then left */
	rig_close(&rig);
}
END_TEST

/* To the right over a character, whether it is a byte or two, and no further than the end. */
START_TEST(to_the_right)
{
	struct rig rig;
	char line[512];

	rig_open(&rig, rig_seed, &plain);
	rig_keys(&rig, ":abc\3\3\3\4x");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":axbc");
	rig_keys(&rig, "\4\4\4\4y");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":axbcy");
	rig_press(&rig, 0xe9);
	rig_keys(&rig, "d\3\3\4z");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":axbcy\u00e9zd");
	rig_close(&rig);
}
END_TEST

/* Keys that do something elsewhere are letters here; Esc leaves. */
START_TEST(letters_are_letters)
{
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	ck_assert_int_eq(rig_keys(&rig, ":q?e"), OUTCOME_DRAW);
	steps(&rig, (const struct rig_step[]){ { "", ":q?e", NULL }, { "\033", NULL, "quit" } }, 2);
	rig_close(&rig);
}
END_TEST

START_TEST(history)
{
	static const struct rig_step back[] = {
		{ ":rate 100\r:rate 200\r:rate 200\r:dra\1", ":rate 200", NULL },
		{ "\1\1\1", ":rate 100", NULL },
		/* one that is changed is another one, and stays where it is */
		{ "0", ":rate 1000", NULL },
		{ "\2\2\2", ":dra", NULL },
		{ "\033", NULL, NULL },
	};
	struct rig rig;
	char line[512];

	rig_open(&rig, rig_seed, &plain);
	steps(&rig, back, sizeof back / sizeof *back);
	for (int i = 0; i < 2 * PROMPT_HISTORY; i++) {
		char typed[32];

		snprintf(typed, sizeof typed, ":rate %d\r", 10 + i);
		rig_keys(&rig, typed);
	}
	rig_keys(&rig, ":");
	for (int i = 0; i < 2 * PROMPT_HISTORY; i++)
		rig_keys(&rig, "\1");
	ck_assert_str_eq(rig_bottom(&rig, 120, line, sizeof line), ":rate 60");
	rig_close(&rig);
}
END_TEST

START_TEST(completion)
{
	static const struct rig_step several[] = {
		/* one after the other, and all of them shown */
		{ ":k p\t", NULL, ":k pH" },
		{ "", NULL, "p95(" },
		{ "\t", NULL, ":k p50(" },
		{ "p\t", NULL, ":k p50(pH" },
		{ "\033:zzz\t", ":zzz", NULL },
	};
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	steps(&rig, &(const struct rig_step){ ":al\t", ":alert", NULL }, 1);
	rig_keys(&rig, "temp\t < 10 sev\tcri\t\r"); /* single words are completed whole */
	ck_assert_int_eq(engine_rules(rig.engine), 1);
	ck_assert_str_eq(engine_rule(rig.engine, 0)->when, "temperature < 10");
	ck_assert_int_eq(engine_rule(rig.engine, 0)->severity, SEVERITY_CRITICAL);
	steps(&rig, several, sizeof several / sizeof *several);
	rig_close(&rig);
}
END_TEST

/* A rule that is ready made, of the series that is selected. */
START_TEST(a_rule_of_what_is_odd)
{
	struct rig rig;
	struct text found = { 0 };

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	command_complete(rig.dashboard, "a anom", 2, 6, &found);
	ck_assert_str_eq(text_get(&found), "anomaly(temperature) >= 0.5\nanomaly(\n");
	text_done(&found);
	rig_close(&rig);
}
END_TEST

/* What may be taken back: each by its name once, also where a derived column has a KPI of it. The
 * only source is not offered: it stays. */
START_TEST(completion_of_what_was_added)
{
	struct rig rig;
	struct text found = { 0 };

	rig_open(&rig, rig_seed, &plain);
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
	static const struct rig_step paces[] = {
		{ ":rate 5\r", NULL, "5 rows a second" },
		{ ":speed 3\r", NULL, "3 times as fast as recorded" },
		{ ":rate max\r", NULL, "as fast as rows can go" },
	};
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	steps(&rig, paces, sizeof paces / sizeof *paces);
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

	rig_open(&rig, rig_seed, &plain);
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
	static const struct rig_step tabs[] = {
		{ ":temp\t\t", ":temperature", NULL },
		{ "\t\t\t", ":temperature", NULL },
		/* inside the parenthesis all is offered again */
		{ "\033:k slo\t\t", NULL, ":k slope(temperature" },
		{ "", NULL, "pH" },
		{ "\t", NULL, ":k slope(pH" },
		{ "\033:theme li\t", NULL, NULL },
		/* left while several were offered */
		{ "\033:p\t\t", NULL, NULL },
		{ "\033:temp\t", ":temperature", NULL },
	};
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	steps(&rig, tabs, sizeof tabs / sizeof *tabs);
	rig_close(&rig);
}
END_TEST

/* What keys do can be typed, too. */
START_TEST(commands_of_keys)
{
	static const struct rig_step typed[] = {
		{ ":view series\r", NULL, "─ temperature ─" },
		{ ":move 1\r", NULL, "─ pH ─" },
		{ ":move nowhere\r", NULL, "'nowhere' is no number of times" },
		{ "\033:view serie\r", NULL, "no view 'serie' (did you mean 'series'?)" },
		{ "\033:pause now\r", NULL, "'now' behind pause (expected :pause alone)" },
		{ "\033:filter pH\r", NULL, "!temperature  " },
	};
	struct rig rig;

	rig_open(&rig, rig_seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	steps(&rig, typed, sizeof typed / sizeof *typed);
	ck_assert_int_eq(rig_keys(&rig, ":reload\r"), OUTCOME_RELOAD);
	ck_assert_int_eq(rig_keys(&rig, ":picture\r"), OUTCOME_PICTURE);
	rig_keys(&rig, ":prompt k sd(\rpH, 3)\r");
	rig_says(&rig, "KPI sd(pH, 3)");
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

	rig_open(&rig, rig_seed, &plain);
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
	Suite *suite = suite_create("prompt_line");
	TCase *t = tcase_create("line");

	tcase_add_test(t, editing);
	tcase_add_test(t, to_the_right);
	tcase_add_test(t, letters_are_letters);
	tcase_add_test(t, history);
	tcase_add_test(t, completion);
	tcase_add_test(t, a_rule_of_what_is_odd);
	tcase_add_test(t, completion_of_what_was_added);
	tcase_add_test(t, the_pace_in_words);
	tcase_add_test(t, outcomes);
	tcase_add_test(t, tab_after_tab);
	tcase_add_test(t, commands_of_keys);
	tcase_add_test(t, the_help_lists_them);
	suite_add_tcase(suite, t);
	return support_run(suite);
}
