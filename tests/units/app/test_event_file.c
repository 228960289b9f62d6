/* test_event_file.c - events into a pipe: no piece is larger than what it takes at once, so that a
 * reader who stalls never makes the writer wait. */
#include "app/events/event_file.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"

enum { ALL = 300000 };

static char
letter(size_t i)
{
	return (char)('a' + i % 23);
}

static struct event_file
file_on(int fd)
{
	struct event_file file = { .fd = fd, .name = "a pipe" };

	for (size_t i = 0; i < ALL; i++)
		text_addc(&file.text, letter(i));
	return file;
}

/* Takes what there is, up to n bytes, and checks that they are those from at on; how many. */
static size_t
read_some(int fd, size_t at, size_t n)
{
	static char bytes[ALL];
	ssize_t got = read(fd, bytes, n);

	for (ssize_t i = 0; i < got; i++)
		ck_assert_int_eq(bytes[i], letter(at + (size_t)i));
	return got > 0 ? (size_t)got : 0;
}

/* The pipe itself would wait: who gave it more at once than it has room for never comes back, and
 * the time of the test runs out. */
START_TEST(a_full_pipe_is_left_alone)
{
	int ends[2];
	struct event_file file;
	size_t back = 0, held;

	ck_assert_int_eq(pipe(ends), 0);
	file = file_on(ends[1]);
	event_file_flush(&file, 0);
	held = file.text.len;
	ck_assert(!file.failed);
	ck_assert_uint_gt(held, 0);
	ck_assert_uint_lt(held, ALL);
	event_file_flush(&file, 0); /* nobody read: nothing goes */
	ck_assert_uint_eq(file.text.len, held);
	for (int i = 0; i < 10; i++) { /* room for a piece, and then for two and a bit */
		back += read_some(ends[0], back, i % 2 == 0 ? PIPE_BUF : 2 * PIPE_BUF + 100);
		event_file_flush(&file, 0);
	}
	ck_assert_uint_lt(file.text.len, held);
	while (back < ALL) {
		back += read_some(ends[0], back, ALL);
		event_file_flush(&file, 0);
	}
	ck_assert_uint_eq(back, ALL);
	ck_assert_uint_eq(file.text.len, 0);
	close(ends[0]);
	close(ends[1]);
	text_done(&file.text);
}
END_TEST

START_TEST(nobody_reads_any_more)
{
	int ends[2];
	struct event_file file;

	ck_assert_int_eq(pipe(ends), 0);
	file = file_on(ends[1]);
	close(ends[0]);
	event_file_flush(&file, 0);
	ck_assert(file.failed);
	ck_assert_uint_eq(file.text.len, 0); /* it is lost: nothing waits to be written */
	ck_assert_ptr_nonnull(strstr(file.err.text, "whoever read it has ended"));
	close(ends[1]);
	text_done(&file.text);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("event_file");
	TCase *tc = tcase_create("all");

	signal(SIGPIPE, SIG_IGN);
	tcase_add_test(tc, a_full_pipe_is_left_alone);
	tcase_add_test(tc, nobody_reads_any_more);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
