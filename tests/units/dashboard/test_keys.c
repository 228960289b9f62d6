/* test_keys.c - the tables of keys and commands: complete, unambiguous, and safe in any order. */
#include "tests/support.h"

#include <stdlib.h>
#include <string.h>

#include "app/dashboard/command.h"
#include "app/dashboard/keymap.h"
#include "app/screen/key_name.h"
#include "tests/rig.h"

static const char *const key_names[] = { "Tab", "S-Tab", "space", ".", ",", "+", "=", "-", "Left",
	"Right", "Up", "Down", "k", "j", "click", "wheel-up", "wheel-down", "PgUp", "PgDn", "Enter",
	"Esc", "w", "W", "p", ":", "/", "a", "S", "^R", "^L", "^Z", "q", "^C", "1", "2", "4", "5",
	"e", "?" };
enum { KEYS = sizeof key_names / sizeof *key_names };

static struct input
key_named(const char *name)
{
	struct input in;

	ck_assert_msg(key_read(name, &in), "%s", name);
	return in;
}

START_TEST(each_key_is_bound_to_a_command)
{
	struct keymap m;
	struct error err;

	keymap_init(&m, NULL);
	for (int i = 0; i < KEYS; i++) {
		struct input in = key_named(key_names[i]);
		const char *line = keymap_line(&m, &in);

		ck_assert_msg(line != NULL, "%s", key_names[i]);
		ck_assert_msg(command_check(line, &err) == 0, "%s: %s", line, err.text);
		for (int k = 0; k < i; k++) {
			struct input other = key_named(key_names[k]);

			ck_assert(!key_is(&in, &other));
		}
	}
	keymap_done(&m);
}
END_TEST

START_TEST(names_of_keys)
{
	static const char *const none[] = { "", "xx", "^1", "F1", "\x01", "\x7f", "\xc3" };
	struct input in = key_named("^r");

	ck_assert(in.code == 'r' && in.ctrl);
	in = key_named("é");
	ck_assert_uint_eq(in.code, 0xe9);
	in = key_named("pgup");
	ck_assert_uint_eq(in.code, INPUT_PAGE_UP);
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		ck_assert_msg(!key_read(none[i], &in), "%zu", i);
}
END_TEST

START_TEST(commands_are_told_apart)
{
	for (const struct command *const *c = commands; *c != NULL; c++) {
		const char *argument;

		ck_assert((*c)->run != NULL && (*c)->help[0] != '\0' && (*c)->form[0] == ':');
		ck_assert_ptr_eq(command_find((*c)->name, &argument), *c);
		ck_assert_ptr_eq(command_find((*c)->form + 1, &argument), *c);
		for (const struct command *const *o = commands; o < c; o++) {
			ck_assert_str_ne((*o)->name, (*c)->name);
			ck_assert((*c)->letter == 0 || (*o)->letter != (*c)->letter);
		}
	}
}
END_TEST

START_TEST(pasted_and_alt_keys_do_nothing)
{
	struct keymap m;

	keymap_init(&m, NULL);
	ck_assert_ptr_null(keymap_line(&m, &(struct input){ .code = 'q', .pasted = true }));
	ck_assert_ptr_null(keymap_line(&m, &(struct input){ .code = 'q', .alt = true }));
	ck_assert_ptr_null(keymap_line(&m, &(struct input){ .code = 'q', .ctrl = true }));
	keymap_done(&m);
}
END_TEST

START_TEST(hints_tell_all_and_ranks_are_distinct)
{
	struct keymap m;

	keymap_init(&m, NULL);
	for (int i = 0; i < m.nhints; i++) {
		const struct hint *h = &m.hints[i];

		ck_assert(h->keys != NULL && h->help != NULL && h->help[0] != '\0');
		if (h->brief == NULL)
			continue;
		ck_assert(h->line > 0 && h->rank > 0);
		for (int k = 0; k < i; k++)
			ck_assert(m.hints[k].brief == NULL ||
				  (m.hints[k].line != h->line && m.hints[k].rank != h->rank));
	}
	keymap_done(&m);
}
END_TEST

/* A dashboard file's keys go before ours, and the list of keys tells them. */
START_TEST(keys_of_a_dashboard_file)
{
	static const char yaml[] = "sources: [{uri: \"" WEIR_SETS "/reactor.csv\"}]\n"
				   "keys:\n  x: window 120\n  ^X: \"k mean(pH, 5)\"\n"
				   "  q: view alerts\n  \"!\": \"prompt k mean(\"\n";
	struct rig rig;
	struct error err;
	struct input ctrl_x = { .code = 'x', .ctrl = true };
	const char *picture;

	ck_assert_msg(rig_open_file(&rig, yaml, &err) == 0, "%s", err.text);
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, "x");
	ck_assert(strstr(rig_picture(&rig, 120, 30, GLYPHS_BRAILLE), "charts show 120 rows"));
	dashboard_input(rig.dashboard, &ctrl_x, rig.now);
	ck_assert(strstr(rig_picture(&rig, 120, 30, GLYPHS_BRAILLE), "KPI mean(pH, 5)"));
	ck_assert_int_eq(rig_keys(&rig, "q"), OUTCOME_DRAW);
	ck_assert(strstr(rig_picture(&rig, 120, 30, GLYPHS_BRAILLE), "─ alerts"));
	rig_keys(&rig, "!");
	ck_assert(strstr(rig_picture(&rig, 120, 30, GLYPHS_BRAILLE), ":k mean("));
	rig_keys(&rig, "\033?");
	picture = rig_picture(&rig, 120, 40, GLYPHS_BRAILLE);
	ck_assert(strstr(picture, "window 120") && strstr(picture, "view alerts"));
	ck_assert(strstr(picture, "quit (also ^C)") == NULL);
	rig_close(&rig);
}
END_TEST

START_TEST(wrong_keys_of_a_dashboard_file)
{
	static const struct {
		const char *keys, *says;
	} cases[] = {
		{ "  F1: pause\n", "2:3: no key is called 'F1'" },
		{ "  x: pauze\n", "2:6: 'pauze' is no command (did you mean 'pause'?)" },
		{ "  x: window\n", "2:6: nothing behind window (expected :w N|DUR)" },
		{ "  x: [pause]\n", "2:6: 'command' is a list (expected text)" },
		{ "  x: pause now\n", "2:6: 'now' behind pause (expected :pause alone)" },
		{ "  x: pause\n  x: quit\n", "'x' is the key of a key above too" },
		{ "  x:\n", "'x' is empty (expected a command" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct text yaml = { 0 };
		struct rig rig;
		struct error err = { 0 };

		text_addf(&yaml, "keys:\n%ssources: [{uri: \"" WEIR_SETS "/reactor.csv\"}]\n",
		    cases[i].keys);
		ck_assert_int_eq(rig_open_file(&rig, text_get(&yaml), &err), -1);
		ck_assert_msg(strstr(err.text, cases[i].says) != NULL, "%s", err.text);
		rig_close(&rig);
		text_done(&yaml);
	}
}
END_TEST

/* Any keys, in any order, at any size, with rows coming in between. */
START_TEST(any_keys_in_any_order)
{
	static const struct rig_options options = { .kpis = { "mean(a)", "b - a" },
		.alerts = { "a > 3" } };
	static const char csv[] =
	    "a,b,name\n1,2,x\n4,1,y\n,7,\nbad,3,z\n5,2,x\n1,1,y\n9,9,q\n2,2,w\n";
	struct rng r = { 11 };
	struct rig rig;

	rig_open(&rig, csv, &options);
	for (int i = 0; i < 4000; i++) {
		struct input in = key_named(key_names[(int)(rng_uniform(&r) * KEYS)]);

		if (rng_uniform(&r) < 0.3)
			in = (struct input){ .code = (uint32_t)(33 + rng_uniform(&r) * 90) };
		dashboard_input(rig.dashboard, &in, rig.now);
		rig.now += 50000000;
		if (i % 400 == 100)
			rig_rows(&rig, 1, 0, 0);
		if (i % 3 == 0)
			rig_picture(&rig, 1 + (int)(rng_uniform(&r) * 130),
			    1 + (int)(rng_uniform(&r) * 50), (enum glyphs)(rng_uniform(&r) * 3));
	}
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("keys");
	TCase *tcase = tcase_create("keys");

	tcase_add_test(tcase, each_key_is_bound_to_a_command);
	tcase_add_test(tcase, names_of_keys);
	tcase_add_test(tcase, commands_are_told_apart);
	tcase_add_test(tcase, pasted_and_alt_keys_do_nothing);
	tcase_add_test(tcase, hints_tell_all_and_ranks_are_distinct);
	tcase_add_test(tcase, keys_of_a_dashboard_file);
	tcase_add_test(tcase, wrong_keys_of_a_dashboard_file);
	tcase_add_test(tcase, any_keys_in_any_order);
	tcase_set_timeout(tcase, 60);
	suite_add_tcase(suite, tcase);
	return support_run(suite);
}
