/* test_screen_kinds.c - the screen in terminals of all kinds: what they cannot, their colours and
 * glyphs, what they answer, hostile text, and recordings of it all. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/text.h"
#include "tests/screens/sketched.h"
#include "tests/support.h"

/* --- terminals that cannot -------------------------------------------------------------------- */

START_TEST(unusable_terminals_are_told)
{
	static const struct {
		const char *env, *says;
	} cases[] = {
		{ "TERM", "terminal: TERM is not set" },
		{ "TERM=", "terminal: TERM is not set" },
		{ "TERM=no-such-thing", "terminal: TERM=no-such-thing is not known here" },
		{ "TERM=dumb", "terminal: TERM=dumb cannot move its cursor (use --headless)" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    sketch_start(120, 24, (const char *const[]){ cases[i].env, NULL }, NULL);

		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
		ck_assert_msg(
		    strstr(terminal_text(t), cases[i].says) != NULL, "%s", terminal_text(t));
		ck_assert_ptr_nonnull(strstr(terminal_text(t), "--headless"));
		ck_assert(!terminal_wrote(t, "\033"));
		terminal_free(t);
	}
}
END_TEST

START_TEST(wrong_options_are_told)
{
	static const char *const cases[][3] = {
		{ "--color", "pink", "--color: no such choice: pink" },
		{ "--theme", "pink", "--theme: no theme is called pink" },
		{ "--cast", "/nowhere/x.cast", "--cast: /nowhere/x.cast: No such file" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = sketch_start(
		    120, 24, NULL, (const char *const[]){ cases[i][0], cases[i][1], NULL });

		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
		ck_assert_msg(
		    strstr(terminal_text(t), cases[i][2]) != NULL, "%s", terminal_text(t));
		ck_assert(!terminal_wrote(t, "\033"));
		terminal_free(t);
	}
}
END_TEST

START_TEST(output_that_is_no_terminal_is_told)
{
	char command[4200];
	struct terminal *t;

	snprintf(command, sizeof command, "'%s' --sketch >/dev/null", sketch_path());
	t = terminal_start(120, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 2);
	ck_assert_ptr_nonnull(strstr(terminal_text(t), "terminal: standard output is no terminal"));
	terminal_free(t);
}
END_TEST

START_TEST(kinds_of_terminals)
{
	static const char *const terms[] = { "TERM=xterm", "TERM=linux", "TERM=vt100", "TERM=vt220",
		"TERM=screen", "TERM=screen-256color", "TERM=tmux-256color", "TERM=rxvt-unicode",
		"TERM=ansi" };

	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		bool old = strstr(terms[i], "linux") || strstr(terms[i], "=vt") ||
			   strstr(terms[i], "ansi");
		struct terminal *t =
		    sketch_start(80, 24, (const char *const[]){ terms[i], NULL }, NULL);
		const char *bytes;
		size_t n;

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		if (old)
			ck_assert(
			    !terminal_wrote(t, "\033[?2004h") && !terminal_wrote(t, "\033]11"));
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		ck_assert(terminal_sane(t));
		bytes = terminal_bytes(t, &n);
		ck_assert_ptr_null(memchr(bytes, 0, n)); /* no delays */
		ck_assert_ptr_null(memmem(bytes, n, "$<", 2));
		terminal_free(t);
	}
}
END_TEST

/* --- colours, glyphs, hostile text ------------------------------------------------------------ */

/* Some SGR escape sets a colour. */
static bool
has_color_bytes(const struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n), *end = bytes + n;

	for (const char *s = bytes; (s = memmem(s, (size_t)(end - s), "\033[", 2)); s++) {
		int code = 0;

		for (const char *p = s + 2; p < end; p++) {
			if (*p >= '0' && *p <= '9') {
				code = code * 10 + (*p - '0');
				continue;
			}
			if ((*p == ';' || *p == 'm') &&
			    ((code >= 30 && code < 39) || (code >= 40 && code < 49) || code >= 90))
				return true;
			code = 0;
			if (*p != ';')
				break;
		}
	}
	return false;
}

START_TEST(no_colour_where_none_is_wanted)
{
	static const struct {
		const char *env, *option, *value;
		bool color;
	} cases[] = {
		{ "NO_COLOR=1", NULL, NULL, false },
		{ "NO_COLOR=", NULL, NULL, true },
		{ "NO_COLOR", "--color", "never", false },
		{ "NO_COLOR", "--theme", "mono", false },
		{ "NO_COLOR=1", "--color", "256", true },
		{ "TERM=vt100", NULL, NULL, false },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t =
		    sketch_start(80, 24, (const char *const[]){ cases[i].env, NULL },
			(const char *const[]){ cases[i].option, cases[i].value, NULL });

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		ck_assert_int_eq(terminal_has_color(t), cases[i].color);
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		ck_assert_int_eq(has_color_bytes(t), cases[i].color);
		terminal_free(t);
	}
}
END_TEST

START_TEST(as_many_colours_as_the_terminal_has)
{
	static const struct {
		const char *term, *colorterm, *option, *has, *has_not;
	} cases[] = {
		{ "TERM=xterm-256color", "COLORTERM=truecolor", "auto", "\033[38;2;86;180;233m",
		    "38;5;" },
		{ "TERM=xterm", "COLORTERM=24bit", "auto", "\033[38;2;86;180;233m", "38;5;" },
		{ "TERM=xterm-256color", "COLORTERM", "auto", "\033[38;5;", "38;2;" },
		{ "TERM=xterm-256color", "COLORTERM", "true", "\033[38;2;86;180;233m", "38;5;" },
		{ "TERM=xterm-256color", "COLORTERM=truecolor", "16", "\033[96m", "38;" },
		{ "TERM=xterm", "COLORTERM", "auto", "\033[36m", "38;" },
		{ "TERM=linux", "COLORTERM=", "auto", "\033[36m", "38;" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = sketch_start(80, 24,
		    (const char *const[]){ cases[i].term, cases[i].colorterm, NULL },
		    (const char *const[]){ "--color", cases[i].option, NULL });

		ck_assert(terminal_wait_text(t, "80x24 keys:."));
		ck_assert_msg(
		    terminal_writes(t, cases[i].has), "case %zu has no %s", i, cases[i].has + 1);
		ck_assert_msg(
		    !terminal_wrote(t, cases[i].has_not), "case %zu has %s", i, cases[i].has_not);
		sketch_quit(t);
	}
}
END_TEST

START_TEST(ascii_is_ascii)
{
	static const char *const env[][2] = { { "LC_ALL=C.UTF-8", NULL }, { "LC_ALL=C", NULL } };

	for (int i = 0; i < 2; i++) {
		struct terminal *t = sketch_start(80, 24, env[i],
		    (const char *const[]){ "--text", "é水\033", i == 0 ? "--ascii" : NULL, NULL });
		size_t n;
		const char *bytes;

		ck_assert(terminal_wait_text(t, "+ sketch ----"));
		ck_assert(terminal_wait_text(t, "|e??."));
		terminal_type(t, "q");
		ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
		bytes = terminal_bytes(t, &n);
		for (size_t k = 0; k < n; k++)
			ck_assert((unsigned char)bytes[k] < 0x80);
		terminal_free(t);
	}
}
END_TEST

START_TEST(no_language_set_means_utf8)
{
	const char *const env[] = { "LC_ALL", "LC_CTYPE", "LANG", NULL };
	struct terminal *t = sketch_start(80, 24, env, NULL);

	ck_assert(terminal_wait_text(t, "╭ sketch ──"));
	sketch_quit(t);
}
END_TEST

START_TEST(hostile_text_reaches_no_terminal)
{
	static const struct {
		const char *text, *shown;
	} cases[] = {
		{ "\033]0;owned\007\033[2J\033[6n", "␛]0;owned·␛[2J␛[6n" },
		{ "\302\23331m\2330m", "·31m\357\277\2750m" },
		{ "a\342\200\256b\342\200\213c\357\273\277", "a·b·c·" },
		{ "\r\n\b\t\016\017\177x", "·······x" },
		{ "\033P1;2|x\033\\\033_G\033\\\033%@", "␛P1;2|x␛\\␛_G␛\\␛%@" },
		{ "\xff\xfe\xc0\xaf\xed\xa0\x80", "\357\277\275\357\277\275" },
		{ "水水e\314\201", "水水e·" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct terminal *t = sketch_start(
		    80, 24, NULL, (const char *const[]){ "--text", cases[i].text, NULL });

		ck_assert(terminal_wait_text(t, cases[i].shown));
		sketch_quit(t);
	}
}
END_TEST

/* The check itself finds what it is for. */
START_TEST(harmful_bytes_are_found)
{
	static const char *const bad[] = { "\007", "a\033[6n", "\033]0;x\007", "\302\233", "\233",
		"\033c", "\016", "\177", "\342\200\256", "\033[?1049", "\033" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_ptr_nonnull(bytes_harmful(bad[i], strlen(bad[i])));
	ck_assert_ptr_null(bytes_harmful("\033[1;2Hé\033[0m\r\n", 15));
}
END_TEST

/* --- what the terminal answers ---------------------------------------------------------------- */

START_TEST(a_light_background_is_recognised)
{
	struct terminal *t = sketch_start_plain(80, 24);

	ck_assert(terminal_wait_text(t, " dark "));
	terminal_type(t, "\033]11;rgb:ffff/ffff/dddd\033\\");
	ck_assert(terminal_wait_text(t, " light "));
	sketch_quit(t);
	t = sketch_start(80, 24, NULL, (const char *const[]){ "--theme", "high-contrast", NULL });
	ck_assert(terminal_wait_text(t, "keys:."));
	terminal_type(t, "\033]11;rgb:ffff/ffff/dddd\033\\k");
	ck_assert(terminal_wait_text(t, "keys:k."));
	ck_assert(terminal_wait_text(t, " high-contrast "));
	sketch_quit(t);
}
END_TEST

START_TEST(frames_are_whole_where_the_terminal_can)
{
	struct terminal *t = sketch_start_plain(80, 24);

	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	ck_assert(!terminal_wrote(t, "\033[?2026h"));
	terminal_type(t, "\033[?2026;2$yk");
	ck_assert(terminal_wait_text(t, "keys:k."));
	ck_assert(terminal_writes(t, "\033[?2026h"));
	sketch_quit(t);
}
END_TEST

/* --- recordings ------------------------------------------------------------------------------- */

/* All output of a recording, and its lines checked. */
static struct text
read_cast(const char *path, int *resizes)
{
	FILE *file = fopen(path, "r");
	struct text out = { 0 };
	char *line = NULL;
	double last = 0;
	size_t cap = 0;

	ck_assert_ptr_nonnull(file);
	for (int i = 0; getline(&line, &cap, file) > 0; i++) {
		cJSON *json = cJSON_Parse(line), *time, *kind;

		ck_assert_ptr_nonnull(json);
		if (i == 0) {
			ck_assert_int_eq(cJSON_GetObjectItem(json, "version")->valueint, 2);
			ck_assert_int_eq(cJSON_GetObjectItem(json, "width")->valueint, 80);
			ck_assert_int_eq(cJSON_GetObjectItem(json, "height")->valueint, 24);
		} else {
			time = cJSON_GetArrayItem(json, 0);
			kind = cJSON_GetArrayItem(json, 1);
			ck_assert(time->valuedouble >= last);
			last = time->valuedouble;
			if (strcmp(kind->valuestring, "o") == 0)
				text_add(&out, cJSON_GetArrayItem(json, 2)->valuestring);
			else {
				ck_assert_str_eq(kind->valuestring, "r");
				ck_assert_str_eq(cJSON_GetArrayItem(json, 2)->valuestring, "90x20");
				++*resizes;
			}
		}
		cJSON_Delete(json);
	}
	free(line);
	fclose(file);
	return out;
}

START_TEST(a_recording_holds_what_was_sent)
{
	static const char questions[] = "\033]11;?\033\\\033[?2026$p";
	char path[] = "/tmp/weir-cast-XXXXXX";
	struct terminal *t;
	struct text cast, sent = { 0 };
	const char *bytes, *asked;
	int resizes = 0;
	size_t n;

	close(mkstemp(path));
	t = sketch_start(
	    80, 24, NULL, (const char *const[]){ "--cast", path, "--text", "é\033", NULL });
	ck_assert(terminal_wait_text(t, "80x24 keys:."));
	terminal_resize(t, 90, 20);
	ck_assert(terminal_wait_text(t, "90x20 keys:."));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	cast = read_cast(path, &resizes);
	ck_assert_int_ge(resizes, 1);
	bytes = terminal_bytes(t, &n);
	asked = strstr(bytes, questions);
	ck_assert_ptr_nonnull(asked);
	text_addn(&sent, bytes, (size_t)(asked - bytes));
	text_add(&sent, asked + strlen(questions));
	ck_assert_uint_gt(cast.len, 500);
	ck_assert(cast.len < sent.len && memcmp(cast.s, sent.s, cast.len) == 0);
	ck_assert_ptr_nonnull(strstr(sent.s + cast.len, "\033[?1049l")); /* all but the end */
	text_done(&cast);
	text_done(&sent);
	terminal_free(t);
	unlink(path);
}
END_TEST

START_TEST(a_recording_that_cannot_be_written_is_told)
{
	struct terminal *t =
	    sketch_start(120, 24, NULL, (const char *const[]){ "--cast", "/dev/full", NULL });

	ck_assert(terminal_wait_text(t, "120x24 keys:."));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 1);
	ck_assert(
	    terminal_wrote(t, "--cast: /dev/full: not all of it could be written: No space left"));
	terminal_free(t);
}
END_TEST

int
main(int argc, char **argv)
{
	const TTest *const tests[] = { unusable_terminals_are_told, wrong_options_are_told,
		output_that_is_no_terminal_is_told, kinds_of_terminals,
		no_colour_where_none_is_wanted, as_many_colours_as_the_terminal_has, ascii_is_ascii,
		no_language_set_means_utf8, hostile_text_reaches_no_terminal,
		harmful_bytes_are_found, a_light_background_is_recognised,
		frames_are_whole_where_the_terminal_can, a_recording_holds_what_was_sent,
		a_recording_that_cannot_be_written_is_told };

	return sketch_suite(argc, argv, "screen_kinds", tests, sizeof tests / sizeof *tests);
}
