/* test_follow.c - files that grow: whatever is done to them, each row that could be read is there
 * once, and in order. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/text.h"
#include "data/input/feed.h"
#include "tests/scene.h"
#include "tests/support.h"

enum { CHAOS = 200 };

/* --- chaos ------------------------------------------------------------------------------------ */

/* What was not read by now is lost to everyone. */
static void
truncate_file(struct scene *s, bool refill)
{
	scene_end_half(s);
	scene_drain(s);
	scene_put(s->path, O_TRUNC, "");
	if (!refill)
		scene_drain(s);
	scene_header(s, O_APPEND);
	for (int i = 0; refill && i < 40; i++)
		scene_append(s);
}

static void
vanish(struct scene *s, struct rng *rng)
{
	scene_end_half(s);
	scene_drain(s);
	unlink(s->path);
	if (rng_next(rng) % 2 == 0)
		scene_drain(s);
	scene_header(s, 0);
}

static void
act(struct scene *s, struct rng *rng)
{
	switch (rng_next(rng) % 12) {
	case 0:
		scene_rotate(s);
		break;
	case 1:
		scene_rotate(s);
		scene_append(s);
		scene_rotate(s);
		break;
	case 2:
		truncate_file(s, false);
		break;
	case 3:
		truncate_file(s, true);
		break;
	case 4:
		vanish(s, rng);
		break;
	case 5:
	case 6:
		scene_append_half(s);
		break;
	case 7:
	case 8:
		scene_drain(s);
		break;
	default:
		scene_append(s);
	}
}

START_TEST(chaos)
{
	struct rng rng = { .state = (uint64_t)_i + 1 };
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_header(&s, 0);
	scene_drain(&s); /* what was rotated before the first look is nobody's */
	for (int i = 0; i < 60; i++)
		act(&s, &rng);
	scene_end_half(&s);
	scene_drain_to(&s, s.nwritten);
	scene_check(&s);
	ck_assert_ptr_null(strstr(s.notes, "could be read"));
	scene_end(&s);
}
END_TEST

/* --- one fault at a time ---------------------------------------------------------------------- */

/* Who writes the old file may not have noticed that it was renamed. */
START_TEST(the_old_file_is_read_on)
{
	struct scene s;
	char old[120];

	scene_begin(&s, "app.csv");
	scene_header(&s, 0);
	scene_append(&s);
	scene_drain_to(&s, 1);
	snprintf(old, sizeof old, "%s.1", s.path);
	rename(s.path, old);
	scene_drain(&s);
	scene_put(old, O_APPEND, "1700000100,100\n");
	scene_drain_to(&s, 2);
	scene_header(&s, 0);
	scene_put(s.path, O_APPEND, "1700000101,101\n");
	scene_drain_to(&s, 3);
	scene_put(old, O_APPEND, "1700000102,102\n");
	scene_drain_to(&s, 4);
	ck_assert_double_eq(s.seen[1], 100);
	ck_assert_double_eq(s.seen[3], 102);
	scene_end(&s);
}
END_TEST

/* Nobody takes the rows for a while, and more files are rotated than are kept. */
START_TEST(files_are_opened_while_rows_wait)
{
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_header(&s, 0);
	scene_append(&s);
	scene_drain_to(&s, 1);
	for (int i = 0; i < 12; i++) {
		scene_append(&s);
		scene_rotate_keeping(&s, 2);
		scene_append(&s);
		uv_run(&s.loop, UV_RUN_NOWAIT);
	}
	scene_drain_to(&s, s.nwritten);
	scene_check(&s);
	ck_assert_ptr_null(strstr(s.notes, "could be read"));
	scene_end(&s);
}
END_TEST

static void
rotate_unseen(struct scene *s, int times)
{
	for (int i = 0; i < times; i++) {
		scene_rotate_keeping(s, 2);
		scene_append(s);
	}
}

static void
wait_for_note(struct scene *s, const char *note)
{
	for (int i = 0; i < 2000 && strstr(s->notes, note) == NULL; i++) {
		scene_drain(s);
		usleep(5000);
	}
	ck_assert_msg(strstr(s->notes, note) != NULL, "%s", s->notes);
}

/* Not even the loop went on: what was removed meanwhile is told, with how much it was. */
START_TEST(files_that_nobody_saw_are_told)
{
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_header(&s, 0);
	scene_append(&s);
	scene_drain_to(&s, 1);
	rotate_unseen(&s, 3); /* the third removes the first, which is open */
	scene_drain_to(&s, 4);
	for (int i = 0; i < 400; i++) { /* until the clock ticked, and ticked again */
		scene_drain(&s);
		usleep(5000);
	}
	ck_assert_ptr_null(strstr(s.notes, "could be read"));
	ck_assert_int_eq(s.nbad, 0);
	rotate_unseen(&s, 5);
	scene_drain_to(&s, 7);
	wait_for_note(&s, "app.csv: 2 files were gone before they could be read");
	ck_assert_int_eq(s.nbad, 1);
	scene_end(&s);
}
END_TEST

/* Another order of columns, and one that is not known, are matters of the file alone. */
START_TEST(a_file_with_other_columns_is_mapped_by_name)
{
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_put(s.path, 0, "time,v\n1700000000,1\n1700000001,2\n");
	scene_drain_to(&s, 2);
	unlink(s.path);
	scene_drain(&s);
	scene_put(s.path, 0, "w,v,time\n7,3,1700000002\n8,4,1700000003\n");
	scene_drain_to(&s, 4);
	ck_assert_double_eq(s.seen[2], 3);
	ck_assert_double_eq(s.seen[3], 4);
	ck_assert_int_eq(s.nbad, 1); /* w has no column */
	scene_end(&s);
}
END_TEST

START_TEST(a_file_may_come_late_and_have_no_rows)
{
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_drain(&s);
	ck_assert_ptr_null(feed_schema(s.feed));
	ck_assert(strstr(s.notes, "waiting for it") != NULL);
	scene_put(s.path, 0, "");
	scene_drain(&s);
	scene_put(s.path, O_APPEND, "time,v\n");
	scene_drain(&s);
	ck_assert_ptr_null(feed_schema(s.feed));
	scene_put(s.path, O_APPEND, "1700000000,1\n");
	scene_drain_to(&s, 1);
	scene_end(&s);
}
END_TEST

/* A link may be led to another file; what it leads to lies in another directory. */
START_TEST(links_are_followed)
{
	struct scene s;
	char one[120], two[120];

	scene_begin(&s, "app.csv");
	snprintf(one, sizeof one, "%s/one", s.directory);
	snprintf(two, sizeof two, "%s/two", s.directory);
	scene_put(one, 0, "time,v\n1700000000,1\n");
	scene_put(two, 0, "time,v\n1700000001,2\n");
	ck_assert_int_eq(symlink(one, s.path), 0);
	scene_drain_to(&s, 1);
	unlink(s.path);
	ck_assert_int_eq(symlink(two, s.path), 0);
	scene_drain_to(&s, 2);
	scene_put(two, O_APPEND, "1700000002,3\n");
	scene_drain_to(&s, 3);
	scene_end(&s);
}
END_TEST

START_TEST(a_directory_or_a_packed_file_is_told)
{
	struct scene s;

	scene_begin(&s, "app.csv");
	scene_put(s.path, 0, "\x1f\x8b\x08\x00packed");
	scene_drain(&s);
	ck_assert(strstr(s.notes, "is packed") != NULL);
	unlink(s.path);
	mkdir(s.path, 0777);
	scene_drain(&s);
	rmdir(s.path);
	scene_put(s.path, 0, "time,v\n1700000000,1\n");
	scene_drain_to(&s, 1);
	scene_end(&s);
}
END_TEST

/* --- all that match --------------------------------------------------------------------------- */

START_TEST(all_files_of_a_pattern)
{
	struct scene s;
	char b[120], c[120];
	const struct schema *schema;

	scene_begin(&s, "*.csv");
	snprintf(b, sizeof b, "%s/b.csv", s.directory);
	snprintf(c, sizeof c, "%s/c.csv", s.directory);
	scene_header(&s, 0); /* of no rows for long, which holds nobody up */
	scene_drain(&s);
	scene_put(b, 0, "v,time\n1,1700000000\n");
	scene_drain_to(&s, 1);
	schema = feed_schema(s.feed);
	ck_assert_int_eq(schema->n, 3);
	ck_assert_str_eq(schema->columns[2].name, "file");
	scene_put(s.path, O_APPEND, "1700000001,2\n");
	scene_drain_to(&s, 2);
	rename(b, c); /* is no new file */
	scene_drain(&s);
	scene_put(c, O_APPEND, "3,1700000002\n");
	scene_drain_to(&s, 3);
	scene_drain(&s);
	ck_assert_int_eq(s.nseen, 3);
	ck_assert_double_eq(s.seen[1], 2);
	ck_assert_double_eq(s.seen[2], 3);
	scene_end(&s);
}
END_TEST

/* One lane's bytes are never another's: rows that are written half in each stay apart. */
START_TEST(halves_of_two_files_do_not_meet)
{
	struct scene s;
	char b[120];

	scene_begin(&s, "*.csv");
	snprintf(b, sizeof b, "%s/b.csv", s.directory);
	scene_header(&s, 0);
	scene_put(b, 0, "time,v\n");
	for (int i = 0; i < 50; i++) {
		scene_put(s.path, O_APPEND, "17000000");
		scene_put(b, O_APPEND, "17000001");
		scene_drain(&s);
		scene_put(s.path, O_APPEND, "00,1\n");
		scene_put(b, O_APPEND, "00,2\n");
	}
	scene_drain_to(&s, 100);
	ck_assert_int_eq(s.nbad, 0);
	for (int i = 0; i < 100; i++)
		ck_assert(s.seen[i] == 1 || s.seen[i] == 2);
	scene_end(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("follow");
	TCase *tc = tcase_create("follow");

	tcase_set_timeout(tc, 120);
	tcase_add_loop_test(tc, chaos, 0, CHAOS);
	tcase_add_test(tc, the_old_file_is_read_on);
	tcase_add_test(tc, files_are_opened_while_rows_wait);
	tcase_add_test(tc, files_that_nobody_saw_are_told);
	tcase_add_test(tc, a_file_with_other_columns_is_mapped_by_name);
	tcase_add_test(tc, a_file_may_come_late_and_have_no_rows);
	tcase_add_test(tc, links_are_followed);
	tcase_add_test(tc, a_directory_or_a_packed_file_is_told);
	tcase_add_test(tc, all_files_of_a_pattern);
	tcase_add_test(tc, halves_of_two_files_do_not_meet);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
