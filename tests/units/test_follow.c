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
#include "tests/support.h"

enum { MOST = 4000, CHAOS = 200 };

struct scene {
	char directory[64], path[100];
	uv_loop_t loop;
	struct feed *feed;
	double seen[MOST];
	int nseen, nbad, nnotes;
	char notes[4000];
	double written[MOST]; /* rows that can be read */
	int nwritten;
	int unread; /* ... of them, those that stand in the file behind what was read */
	int next;
	char half[64]; /* the rest of a row that is half written */
};

static void
begin(struct scene *s, const char *pattern)
{
	char spec[160];
	const struct feed_options options = { .follow = true };
	struct error err = { 0 };

	memset(s, 0, sizeof *s);
	snprintf(s->directory, sizeof s->directory, "/tmp/weir-follow-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(s->directory));
	snprintf(s->path, sizeof s->path, "%s/app.csv", s->directory);
	snprintf(spec, sizeof spec, "%s/%s", s->directory, pattern);
	uv_loop_init(&s->loop);
	s->feed = feed_open(spec, &options, &s->loop, &err);
	ck_assert_msg(s->feed != NULL, "%s", err.text);
}

static void
take_row(struct scene *s, const struct block *b, int i)
{
	for (int c = 0; c < b->schema->n; c++)
		if (strcmp(b->schema->columns[c].name, "v") == 0)
			s->seen[s->nseen++] = b->cells[c].number[i];
}

static bool
fill(struct scene *s)
{
	struct error err = { 0 };
	enum feed_state state = feed_fill(s->feed, &err);
	struct block *b;
	struct cell_text text;
	const char *what;
	bool doubt;
	bool some = state == FEED_MORE;

	ck_assert_msg(state != FEED_FAIL && state != FEED_WRONG, "%s", err.text);
	for (; feed_schema(s->feed) != NULL && (b = feed_block(s->feed)) != NULL; some = true) {
		for (int i = 0; i < b->n; i++)
			take_row(s, b, i);
		s->nbad += b->nfaults;
		feed_drop(s->feed);
	}
	for (; (what = feed_note(s->feed, &doubt)) != NULL; s->nnotes++)
		snprintf(
		    s->notes + strlen(s->notes), sizeof s->notes - strlen(s->notes), "%s\n", what);
	for (; feed_bad(s->feed, &what, &text); s->nbad++)
		;
	return some;
}

/* Until nothing more comes: what changed in the directory is told by the loop. */
static void
drain(struct scene *s)
{
	for (int idle = 0; idle < 3; idle++) {
		uv_run(&s->loop, UV_RUN_NOWAIT);
		if (fill(s))
			idle = 0;
	}
	s->unread = 0;
}

/* ... and until so many rows were seen, waiting for clocks. */
static void
drain_to(struct scene *s, int rows)
{
	for (int i = 0; i < 2000 && s->nseen < rows; i++) {
		drain(s);
		usleep(5000);
	}
	ck_assert_int_eq(s->nseen, rows);
}

static void
end(struct scene *s)
{
	char command[160];

	feed_close(s->feed);
	uv_run(&s->loop, UV_RUN_DEFAULT);
	ck_assert_int_eq(uv_loop_close(&s->loop), 0);
	snprintf(command, sizeof command, "rm -r %s", s->directory);
	ck_assert_int_eq(system(command), 0);
}

static void
put(const char *path, int flags, const char *text)
{
	int fd = open(path, O_WRONLY | O_CREAT | flags, 0666);

	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
}

static void
check(const struct scene *s)
{
	ck_assert_int_eq(s->nseen, s->nwritten);
	for (int i = 0; i < s->nseen; i++)
		ck_assert_double_eq(s->seen[i], s->written[i]);
	ck_assert_int_eq(s->nbad, 0);
}

/* --- chaos ------------------------------------------------------------------------------------ */

static void
append(struct scene *s)
{
	char line[64];

	if (s->half[0] != '\0') {
		put(s->path, O_APPEND, s->half);
		s->half[0] = '\0';
	}
	snprintf(line, sizeof line, "%d,%d\n", 1700000000 + s->next, s->next);
	put(s->path, O_APPEND, line);
	s->written[s->nwritten++] = s->next++;
	s->unread++;
}

/* Half a line now, the other half with the next write or before the file goes. */
static void
append_half(struct scene *s)
{
	char line[64];

	if (s->half[0] != '\0')
		return;
	snprintf(line, sizeof line, "%d,", 1700000000 + s->next);
	put(s->path, O_APPEND, line);
	snprintf(s->half, sizeof s->half, "%d\n", s->next);
	s->written[s->nwritten++] = s->next++;
	s->unread++;
}

static void
end_half(struct scene *s)
{
	if (s->half[0] == '\0')
		return;
	put(s->path, O_APPEND, s->half);
	s->half[0] = '\0';
}

static void
header(struct scene *s, int flags)
{
	put(s->path, flags, "time,v\n");
}

static void
rotate(struct scene *s)
{
	char old[120], older[120];

	end_half(s);
	for (int k = 40; k > 0; k--) {
		snprintf(older, sizeof older, "%s.%d", s->path, k + 1);
		snprintf(old, sizeof old, "%s.%d", s->path, k);
		rename(old, older);
	}
	rename(s->path, old);
	header(s, 0);
}

/* What was not read by now is lost to everyone. */
static void
truncate_file(struct scene *s, bool refill)
{
	end_half(s);
	drain(s);
	put(s->path, O_TRUNC, "");
	if (!refill)
		drain(s);
	header(s, O_APPEND);
	for (int i = 0; refill && i < 40; i++)
		append(s);
}

static void
vanish(struct scene *s, struct rng *rng)
{
	end_half(s);
	drain(s);
	unlink(s->path);
	if (rng_next(rng) % 2 == 0)
		drain(s);
	header(s, 0);
}

static void
act(struct scene *s, struct rng *rng)
{
	switch (rng_next(rng) % 12) {
	case 0:
		rotate(s);
		break;
	case 1:
		rotate(s);
		append(s);
		rotate(s);
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
		append_half(s);
		break;
	case 7:
	case 8:
		drain(s);
		break;
	default:
		append(s);
	}
}

START_TEST(chaos)
{
	struct rng rng = { .state = (uint64_t)_i + 1 };
	struct scene s;

	begin(&s, "app.csv");
	header(&s, 0);
	drain(&s); /* what was rotated before the first look is nobody's */
	for (int i = 0; i < 60; i++)
		act(&s, &rng);
	end_half(&s);
	drain_to(&s, s.nwritten);
	check(&s);
	end(&s);
}
END_TEST

/* --- one fault at a time ---------------------------------------------------------------------- */

/* Who writes the old file may not have noticed that it was renamed. */
START_TEST(the_old_file_is_read_on)
{
	struct scene s;
	char old[120];

	begin(&s, "app.csv");
	header(&s, 0);
	append(&s);
	drain_to(&s, 1);
	snprintf(old, sizeof old, "%s.1", s.path);
	rename(s.path, old);
	drain(&s);
	put(old, O_APPEND, "1700000100,100\n");
	drain_to(&s, 2);
	header(&s, 0);
	put(s.path, O_APPEND, "1700000101,101\n");
	drain_to(&s, 3);
	put(old, O_APPEND, "1700000102,102\n");
	drain_to(&s, 4);
	ck_assert_double_eq(s.seen[1], 100);
	ck_assert_double_eq(s.seen[3], 102);
	end(&s);
}
END_TEST

/* Another order of columns, and one that is not known, are matters of the file alone. */
START_TEST(a_file_with_other_columns_is_mapped_by_name)
{
	struct scene s;

	begin(&s, "app.csv");
	put(s.path, 0, "time,v\n1700000000,1\n1700000001,2\n");
	drain_to(&s, 2);
	unlink(s.path);
	drain(&s);
	put(s.path, 0, "w,v,time\n7,3,1700000002\n8,4,1700000003\n");
	drain_to(&s, 4);
	ck_assert_double_eq(s.seen[2], 3);
	ck_assert_double_eq(s.seen[3], 4);
	ck_assert_int_eq(s.nbad, 1); /* w has no column */
	end(&s);
}
END_TEST

START_TEST(a_file_may_come_late_and_have_no_rows)
{
	struct scene s;

	begin(&s, "app.csv");
	drain(&s);
	ck_assert_ptr_null(feed_schema(s.feed));
	ck_assert(strstr(s.notes, "waiting for it") != NULL);
	put(s.path, 0, "");
	drain(&s);
	put(s.path, O_APPEND, "time,v\n");
	drain(&s);
	ck_assert_ptr_null(feed_schema(s.feed));
	put(s.path, O_APPEND, "1700000000,1\n");
	drain_to(&s, 1);
	end(&s);
}
END_TEST

/* A link may be led to another file; what it leads to lies in another directory. */
START_TEST(links_are_followed)
{
	struct scene s;
	char one[120], two[120];

	begin(&s, "app.csv");
	snprintf(one, sizeof one, "%s/one", s.directory);
	snprintf(two, sizeof two, "%s/two", s.directory);
	put(one, 0, "time,v\n1700000000,1\n");
	put(two, 0, "time,v\n1700000001,2\n");
	ck_assert_int_eq(symlink(one, s.path), 0);
	drain_to(&s, 1);
	unlink(s.path);
	ck_assert_int_eq(symlink(two, s.path), 0);
	drain_to(&s, 2);
	put(two, O_APPEND, "1700000002,3\n");
	drain_to(&s, 3);
	end(&s);
}
END_TEST

START_TEST(a_directory_or_a_packed_file_is_told)
{
	struct scene s;

	begin(&s, "app.csv");
	put(s.path, 0, "\x1f\x8b\x08\x00packed");
	drain(&s);
	ck_assert(strstr(s.notes, "is packed") != NULL);
	unlink(s.path);
	mkdir(s.path, 0777);
	drain(&s);
	rmdir(s.path);
	put(s.path, 0, "time,v\n1700000000,1\n");
	drain_to(&s, 1);
	end(&s);
}
END_TEST

/* --- all that match --------------------------------------------------------------------------- */

START_TEST(all_files_of_a_pattern)
{
	struct scene s;
	char b[120], c[120];
	const struct schema *schema;

	begin(&s, "*.csv");
	snprintf(b, sizeof b, "%s/b.csv", s.directory);
	snprintf(c, sizeof c, "%s/c.csv", s.directory);
	header(&s, 0); /* of no rows for long, which holds nobody up */
	drain(&s);
	put(b, 0, "v,time\n1,1700000000\n");
	drain_to(&s, 1);
	schema = feed_schema(s.feed);
	ck_assert_int_eq(schema->n, 3);
	ck_assert_str_eq(schema->columns[2].name, "file");
	put(s.path, O_APPEND, "1700000001,2\n");
	drain_to(&s, 2);
	rename(b, c); /* is no new file */
	drain(&s);
	put(c, O_APPEND, "3,1700000002\n");
	drain_to(&s, 3);
	drain(&s);
	ck_assert_int_eq(s.nseen, 3);
	ck_assert_double_eq(s.seen[1], 2);
	ck_assert_double_eq(s.seen[2], 3);
	end(&s);
}
END_TEST

/* One lane's bytes are never another's: rows that are written half in each stay apart. */
START_TEST(halves_of_two_files_do_not_meet)
{
	struct scene s;
	char b[120];

	begin(&s, "*.csv");
	snprintf(b, sizeof b, "%s/b.csv", s.directory);
	header(&s, 0);
	put(b, 0, "time,v\n");
	for (int i = 0; i < 50; i++) {
		put(s.path, O_APPEND, "17000000");
		put(b, O_APPEND, "17000001");
		drain(&s);
		put(s.path, O_APPEND, "00,1\n");
		put(b, O_APPEND, "00,2\n");
	}
	drain_to(&s, 100);
	ck_assert_int_eq(s.nbad, 0);
	for (int i = 0; i < 100; i++)
		ck_assert(s.seen[i] == 1 || s.seen[i] == 2);
	end(&s);
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
	tcase_add_test(tc, a_file_with_other_columns_is_mapped_by_name);
	tcase_add_test(tc, a_file_may_come_late_and_have_no_rows);
	tcase_add_test(tc, links_are_followed);
	tcase_add_test(tc, a_directory_or_a_packed_file_is_told);
	tcase_add_test(tc, all_files_of_a_pattern);
	tcase_add_test(tc, halves_of_two_files_do_not_meet);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
