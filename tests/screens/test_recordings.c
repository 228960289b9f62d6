/* test_recordings.c - pictures of the screen, and recordings of it as it moves. */
#include <cjson/cJSON.h>
#include <stdio.h>
#include <string.h>

#include "data/base/text.h"
#include "tests/screens/program.h"
#include "tests/support.h"

static struct text
read_all(const char *path)
{
	struct text text = { 0 };
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t n;

	ck_assert_msg(file != NULL, "%s is not there", path);
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		text_addn(&text, bytes, n);
	fclose(file);
	return text;
}

START_TEST(a_key_writes_the_screen)
{
	char dir[64], command[PATH], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(command, sizeof command, "cd %s && exec '%s' --rate max '%s'", folder_new(dir),
	    program_path(), program_seed());
	t = terminal_start(80, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "the screen is written to weir-15.svg"));
	program_quit(t);
	snprintf(path, sizeof path, "%s/weir-15.svg", dir);
	text = read_all(path);
	ck_assert(strncmp(text_get(&text), "<svg ", 5) == 0);
	ck_assert_ptr_nonnull(strstr(text_get(&text), "end of 15 rows"));
	text_done(&text);
	folder_remove(dir);
}
END_TEST

/* Somebody else may have put a link there; and what is written goes through none to what is read.
 */
START_TEST(a_key_writes_through_no_link)
{
	char dir[64], command[PATH], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(command, sizeof command,
	    "cd %s && echo mine >file && ln -s file weir-15.svg && exec '%s' --rate max '%s'",
	    folder_new(dir), program_path(), program_seed());
	t = terminal_start(100, 24, NULL, (const char *const[]){ "sh", "-c", command, NULL });
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "no picture: weir-15.svg: is a link"));
	program_quit(t);
	snprintf(path, sizeof path, "%s/file", dir);
	text = read_all(path);
	ck_assert_str_eq(text_get(&text), "mine\n");
	text_done(&text);
	folder_remove(dir);
}
END_TEST

START_TEST(a_picture_that_cannot_be_written_is_told)
{
	struct terminal *t;

	t = START(80, 24, "--rate", "max", "--snapshot", "/nowhere/x.svg", program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_type(t, "S");
	ck_assert(terminal_wait_text(t, "no picture: /nowhere/x.svg: No such file or directory"));
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 1);
	ck_assert(terminal_wait_text(t, "weir: --snapshot: /nowhere/x.svg: No such file"));
	terminal_free(t);
}
END_TEST

/* The last screen, as another run comes to show it. */
START_TEST(the_end_is_written)
{
	char dir[64], path[PATH];
	struct terminal *t, *other;
	struct text text;

	snprintf(path, sizeof path, "%s/end.txt", folder_new(dir));
	t = START(100, 30, "--rate", "max", "--snapshot", path, program_seed());
	/* without colours a band is a shade there, too */
	other = START(100, 30, "--rate", "max", "--color", "never", program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	ck_assert(terminal_wait_text(other, "■ end of 15 rows"));
	terminal_type(t, "2");
	terminal_type(other, "2");
	ck_assert(terminal_wait_text(t, "╭ histogram "));
	program_quit(t);
	text = read_all(path);
	ck_assert_ptr_nonnull(strstr(text_get(&text), "╭ histogram "));
	ck_assert(terminal_wait_text(other, text_get(&text)));
	program_quit(other);
	text_done(&text);
	folder_remove(dir);
}
END_TEST

/* The lines of an asciicast: a header, then events in the order of their times. */
static void
check_cast(char *cast)
{
	struct text out = { 0 };
	double last = 0;
	int sizes = 0;
	cJSON *header = NULL;

	for (char *line = strtok(cast, "\n"); line != NULL; line = strtok(NULL, "\n")) {
		cJSON *json = cJSON_Parse(line);
		const char *kind;

		ck_assert_msg(json != NULL, "%s", line);
		if (header == NULL) {
			header = json;
			continue;
		}
		ck_assert_double_ge(cJSON_GetArrayItem(json, 0)->valuedouble, last);
		last = cJSON_GetArrayItem(json, 0)->valuedouble;
		kind = cJSON_GetArrayItem(json, 1)->valuestring;
		if (strcmp(kind, "r") == 0) {
			ck_assert_str_eq(cJSON_GetArrayItem(json, 2)->valuestring, "100x30");
			sizes++;
		} else {
			ck_assert_str_eq(kind, "o");
			text_add(&out, cJSON_GetArrayItem(json, 2)->valuestring);
		}
		cJSON_Delete(json);
	}
	ck_assert_int_eq(cJSON_GetObjectItem(header, "version")->valueint, 2);
	ck_assert_int_eq(cJSON_GetObjectItem(header, "width")->valueint, 80);
	ck_assert_int_eq(cJSON_GetObjectItem(header, "height")->valueint, 24);
	ck_assert_int_ge(sizes, 1);
	ck_assert_ptr_nonnull(strstr(text_get(&out), "temperature"));
	ck_assert_ptr_nonnull(strstr(text_get(&out), "histogram"));
	cJSON_Delete(header);
	text_done(&out);
}

START_TEST(a_session_is_recorded)
{
	char dir[64], path[PATH];
	struct terminal *t;
	struct text text;

	snprintf(path, sizeof path, "%s/a.cast", folder_new(dir));
	t = START(80, 24, "--rate", "max", "--cast", path, program_seed());
	ck_assert(terminal_wait_text(t, "■ end of 15 rows"));
	terminal_resize(t, 100, 30);
	terminal_type(t, "2");
	ck_assert(terminal_wait_text(t, "╭ histogram "));
	program_quit(t);
	text = read_all(path);
	check_cast(text.s);
	text_done(&text);
	folder_remove(dir);
}
END_TEST

int
main(void)
{
	const TTest *const tests[] = { a_key_writes_the_screen, a_key_writes_through_no_link,
		a_picture_that_cannot_be_written_is_told, the_end_is_written,
		a_session_is_recorded };
	Suite *suite = suite_create("recordings");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
