/* test_clock.c - distances between stamps, and stamps of arrival while the wall clock is set. */
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/input/feed.h"
#include "tests/support.h"

#define HOUR (3600 * TIME_SECOND)

static int64_t wall_set, asleep; /* ns that the clocks were set by, and that the machine slept */

/* In the place of the C library's: the wall clock as somebody sets it, the others as they are. */
int
clock_gettime(clockid_t clock, struct timespec *t)
{
	int64_t ns;

	if (syscall(SYS_clock_gettime, clock, t) != 0)
		return -1;
	ns = t->tv_sec * TIME_SECOND + t->tv_nsec;
	ns += clock == CLOCK_REALTIME ? wall_set + asleep : clock == CLOCK_BOOTTIME ? asleep : 0;
	t->tv_sec = ns / TIME_SECOND;
	t->tv_nsec = ns % TIME_SECOND;
	return 0;
}

START_TEST(distances_saturate)
{
	static const struct {
		int64_t from, to, ns;
		double seconds;
	} cases[] = {
		{ 0, 0, 0, 0 },
		{ 5, 3, -2, -2e-9 },
		{ -TIME_SECOND, TIME_SECOND, 2 * TIME_SECOND, 2 },
		{ INT64_MIN, INT64_MAX, INT64_MAX, 18446744073.709551615 },
		{ INT64_MAX, INT64_MIN, INT64_MIN, -18446744073.709551615 },
		{ INT64_MIN, -1, INT64_MAX, 9223372036.854775807 },
		{ INT64_MIN, 0, INT64_MAX, 9223372036.854775808 },
		{ 0, INT64_MIN, INT64_MIN, -9223372036.854775808 },
		{ 1, INT64_MIN, INT64_MIN, -9223372036.854775809 },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		ck_assert_int_eq(elapsed(cases[i].from, cases[i].to), cases[i].ns);
		ck_assert_double_eq(elapsed_seconds(cases[i].from, cases[i].to), cases[i].seconds);
		ck_assert(
		    near(elapsed_ns(cases[i].from, cases[i].to) * 1e-9, cases[i].seconds, 1e-15));
	}
	/* What an int64_t holds is told to the ns. */
	ck_assert_double_eq(
	    elapsed_seconds(1767225600 * TIME_SECOND, 1767225600 * TIME_SECOND + 1), 1e-9);
}
END_TEST

/* --- rows from a pipe ------------------------------------------------------------------------- */

struct live {
	char dir[32], path[48];
	int fd;
	uv_loop_t loop;
	struct feed *feed;
};

static void
live_begin(struct live *l)
{
	struct feed_options options = { 0 };
	struct error err;

	snprintf(l->dir, sizeof l->dir, "/tmp/weir-clock-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(l->dir));
	snprintf(l->path, sizeof l->path, "%s/fifo", l->dir);
	ck_assert_int_eq(mkfifo(l->path, 0600), 0);
	uv_loop_init(&l->loop);
	l->fd = open(l->path, O_RDWR);
	l->feed = feed_open(l->path, &options, &l->loop, &err);
	ck_assert_ptr_nonnull(l->feed);
}

static void
live_end(struct live *l)
{
	feed_close(l->feed);
	uv_run(&l->loop, UV_RUN_NOWAIT);
	uv_loop_close(&l->loop);
	close(l->fd);
	unlink(l->path);
	rmdir(l->dir);
}

/* Sends a row, and tells the stamp that it got. */
static int64_t
arrival(struct live *l, const char *row, size_t n)
{
	struct block *b;
	struct error err;
	int64_t stamp;

	ck_assert_int_eq(write(l->fd, row, n), (ssize_t)n);
	while ((b = feed_block(l->feed)) == NULL) {
		ck_assert_int_le(feed_fill(l->feed, &err), FEED_READY);
		uv_run(&l->loop, UV_RUN_NOWAIT); /* the pause that settles the columns */
	}
	ck_assert_int_eq(b->n, 1);
	stamp = b->time[0];
	feed_drop(l->feed);
	return stamp;
}

START_TEST(stamps_follow_no_wall_clock_that_is_set)
{
	struct live l;
	struct timespec now;
	int64_t first, back, ahead, slept;

	wall_set = asleep = 0;
	live_begin(&l);
	clock_gettime(CLOCK_REALTIME, &now);
	first = arrival(&l, "x\n1\n", 4);
	ck_assert_int_lt(llabs(first - now.tv_sec * TIME_SECOND), HOUR);
	wall_set = -HOUR;
	back = arrival(&l, "2\n", 2);
	wall_set = HOUR;
	ahead = arrival(&l, "3\n", 2);
	asleep = 5 * HOUR;
	slept = arrival(&l, "4\n", 2);
	ck_assert_int_ge(back, first);
	ck_assert_int_lt(back - first, HOUR);
	ck_assert_int_ge(ahead, back);
	ck_assert_int_lt(ahead - back, HOUR);
	ck_assert_int_ge(slept - ahead, 5 * HOUR);
	ck_assert_int_lt(slept - ahead, 6 * HOUR);
	live_end(&l);
	wall_set = asleep = 0;
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("clock");
	TCase *all = tcase_create("all");

	tcase_add_test(all, distances_saturate);
	tcase_add_test(all, stamps_follow_no_wall_clock_that_is_set);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
