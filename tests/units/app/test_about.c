/* test_about.c - `weir list` and the manual tell of all that the tables hold, each once. */
#include "app/about/list.h"

#include <string.h>

#include "app/about/manual.h"
#include "app/dashboard/command.h"
#include "data/formats/format.h"
#include "data/graph/op.h"
#include "data/sources/source.h"
#include "data/sources/synth/synth.h"
#include "tests/support.h"
#include "widgets/draw/theme.h"
#include "widgets/widget.h"

static void
print(const char *what, struct text *out)
{
	struct error err;

	text_clear(out);
	ck_assert_int_eq(list_print(what, out, &err), 0);
}

/* How many lines begin with the name, and have the help behind it; or in the line below, where the
 * name takes the line. */
static int
lines_of(const char *text, const char *name, const char *help)
{
	int n = 0;

	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
		const char *end = line + strcspn(line, "\n"), *at;

		if (strncmp(line, name, strlen(name)) != 0 || line[strlen(name)] != ' ')
			continue;
		at = strstr(line + strlen(name), help);
		n += at != NULL && at < end;
	}
	return n;
}

static void
check_line(const struct text *text, const char *name, const char *help)
{
	ck_assert_msg(lines_of(text->s, name, help) == 1, "%s  %s: in '%s'", name, help, text->s);
}

START_TEST(each_list_has_all_rows)
{
	struct text text = { 0 };

	print("widgets", &text);
	for (int i = 0; widget_classes[i] != NULL; i++)
		check_line(&text, widget_classes[i]->name, widget_classes[i]->help);
	print("themes", &text);
	for (int i = 0; themes[i] != NULL; i++)
		check_line(&text, themes[i]->name, themes[i]->help);
	print("sources", &text);
	for (int i = 0; source_classes[i] != NULL; i++)
		if (source_classes[i]->form != NULL)
			check_line(&text, source_classes[i]->form, source_classes[i]->help);
	for (int i = 0; generators[i] != NULL; i++)
		check_line(&text, generators[i]->name, generators[i]->help);
	for (int i = 0; format_classes[i] != NULL; i++) {
		struct text name = { 0 };

		format_name(format_classes[i], &name);
		check_line(&text, name.s, format_classes[i]->help);
		text_done(&name);
	}
	print("keys", &text);
	for (const struct command *const *c = commands; *c != NULL; c++)
		check_line(&text, (*c)->form, (*c)->help);
	text_done(&text);
}
END_TEST

/* Parameters stand below their widget, with what they may be and are when left out. */
START_TEST(widgets_tell_their_parameters)
{
	struct text text = { 0 }, line = { 0 };

	print("widgets", &text);
	for (int i = 0; widget_classes[i] != NULL; i++) {
		const struct param *p = widget_classes[i]->params;

		for (; p != NULL && p->name != NULL; p++) {
			text_clear(&line);
			text_addf(&line, "  %s: %s", p->name, p->help);
			if (p->choices != NULL && p->type == PARAM_CHOICE)
				text_addf(&line, ": %s", p->choices);
			if (p->fallback != NULL && *p->fallback != '\0')
				text_addf(&line, " (%s)", p->fallback);
			text_addc(&line, '\n');
			ck_assert_msg(strstr(text.s, line.s) != NULL, "%s", line.s);
		}
	}
	text_done(&text);
	text_done(&line);
}
END_TEST

static int
count(const char *text, const char *word)
{
	int n = 0;

	for (; (text = strstr(text, word)) != NULL; text++)
		n++;
	return n;
}

/* An operator that is not for others is not told; the others are, by their names, in a family. */
START_TEST(operators_are_told_by_family)
{
	struct text text = { 0 }, word = { 0 };

	print("ops", &text);
	ck_assert_ptr_null(strstr(text.s, "\n."));
	for (int i = 0; op_classes[i] != NULL; i++) {
		const struct op_class *class = op_classes[i];

		if (*class->name == '.')
			continue;
		ck_assert_msg(strstr(text.s, class->help) != NULL, "%s", class->name);
		text_clear(&word);
		text_addf(&word, "%s:\n", class->family != NULL ? class->family : "");
		ck_assert_msg(class->family == NULL || count(text.s, word.s) == 1, "%s", word.s);
	}
	text_done(&text);
	text_done(&word);
}
END_TEST

START_TEST(no_such_list)
{
	struct text text = { 0 };
	struct error err;

	ck_assert_int_eq(list_print("opps", &text, &err), -1);
	ck_assert_str_eq(
	    err.text, "list: no list 'opps' (one of ops, sources, widgets, models, themes, keys)");
	ck_assert_int_eq(list_print(NULL, &text, &err), -1);
	ck_assert_str_eq(
	    err.text, "list: of what? (one of ops, sources, widgets, models, themes, keys)");
	ck_assert_int_eq((int)text.len, 0);
}
END_TEST

/* Each format is an entry of its own. */
START_TEST(the_manual_has_each_format)
{
	struct text text = { 0 }, name = { 0 }, want = { 0 };

	manual_print(&text);
	for (int i = 0; format_classes[i] != NULL; i++) {
		text_clear(&name);
		text_clear(&want);
		format_name(format_classes[i], &name);
		text_addf(&want, ".TP\n\\fB%s\\fR\n", name.s);
		ck_assert_msg(count(text.s, want.s) == 1, "%s", want.s);
	}
	text_done(&text);
	text_done(&name);
	text_done(&want);
}
END_TEST

/* What an option is when it is left out stands behind its help, in parentheses. */
START_TEST(the_manual_tells_defaults)
{
	struct text text = { 0 };

	manual_print(&text);
	for (const char *line = strstr(text.s, ".SH OPTIONS"); line != NULL && *line != '\0';
	     line = strchr(line, '\n'), line += line != NULL) {
		int open = 0;

		if (strncmp(line, ".SH", 3) == 0 && strncmp(line, ".SH OPTIONS", 11) != 0)
			break;
		for (const char *s = line; *s != '\n' && *s != '\0'; s++)
			open += (*s == '(') - (*s == ')');
		ck_assert_msg(open == 0, "%.*s", (int)strcspn(line, "\n"), line);
	}
	ck_assert_ptr_nonnull(strstr(text.s, "(60).\n"));
	text_done(&text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("about");
	TCase *c = tcase_create("about");

	tcase_add_test(c, each_list_has_all_rows);
	tcase_add_test(c, widgets_tell_their_parameters);
	tcase_add_test(c, operators_are_told_by_family);
	tcase_add_test(c, no_such_list);
	tcase_add_test(c, the_manual_has_each_format);
	tcase_add_test(c, the_manual_tells_defaults);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
