/* test_source_seek.c - sources go to any byte that they gave: forward, back, to their end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/text.h"
#include "data/sources/source.h"
#include "tests/records.h"
#include "tests/support.h"

static struct source *
open_source(const char *spec)
{
	struct error err = { 0 };
	struct source *source = source_new(spec, false, &err);

	ck_assert_ptr_nonnull(source);
	ck_assert_msg(source_open(source, &err) == 0, "%s", err.text);
	return source;
}

/* At most n bytes from where the source stands. */
static void
read_bytes(struct source *source, struct text *bytes, size_t n)
{
	struct error err = { 0 };
	char buf[5000];
	long got = 1;

	for (text_clear(bytes); got > 0 && bytes->len < n; text_addn(bytes, buf, (size_t)got)) {
		size_t left = n - bytes->len;

		got = source->class->read(source, buf, left < sizeof buf ? left : sizeof buf, &err);
		ck_assert_int_ge(got, 0);
	}
}

static void
check_seeks(const char *spec)
{
	struct source *source = open_source(spec);
	struct text whole = { 0 }, part = { 0 };
	struct error err = { 0 };
	struct rng rng = { .state = 3 };

	read_bytes(source, &whole, SIZE_MAX);
	ck_assert_uint_gt(whole.len, 100000);
	for (int i = 0; i < 60; i++) {
		size_t at = i == 0 ? whole.len : rng_next(&rng) % whole.len;
		size_t n = rng_next(&rng) % 9000;

		ck_assert_msg(source_seek(source, at, &err) == 0, "%s", err.text);
		read_bytes(source, &part, n);
		ck_assert_uint_eq(part.len, n < whole.len - at ? n : whole.len - at);
		ck_assert(memcmp(text_get(&part), whole.s + at, part.len) == 0);
	}
	/* beyond the end there is nothing */
	if (source_seek(source, whole.len + 5, &err) == 0) {
		read_bytes(source, &part, 10);
		ck_assert_uint_eq(part.len, 0);
	}
	source_free(source);
	text_done(&whole);
	text_done(&part);
}

START_TEST(files_and_packed_files)
{
	static const char *const packers[] = { "cat", "gzip", "zstd", "xz", "bzip2", "lz4" };
	struct rng rng = { .state = 1 };
	struct text bytes = { 0 };
	char path[200], command[1000];

	while (bytes.len < 150000)
		text_addf(&bytes, "%d,", (int)(rng_next(&rng) % 100000));
	snprintf(path, sizeof path, "%s", file_with("seek", bytes.s, bytes.len));
	for (size_t i = 0; i < sizeof packers / sizeof *packers; i++) {
		snprintf(command, sizeof command,
		    "command -v %s >/dev/null && %s <%s >%s.p 2>/dev/null", packers[i], packers[i],
		    path, path);
		if (system(command) != 0) /* not installed */
			continue;
		snprintf(command, sizeof command, "%s.p", path);
		check_seeks(command);
		unlink(command);
	}
	file_remove("seek");
	text_done(&bytes);
}
END_TEST

START_TEST(generated_rows)
{
	check_seeks("synth:reactor?rows=3000");
	check_seeks("synth:trades?rows=5000&seed=4");
}
END_TEST

/* From where a shell left it, as byte 0. */
START_TEST(standard_input)
{
	struct error err = { 0 };
	struct text part = { 0 };
	struct source *source;

	ck_assert_ptr_nonnull(freopen(file_with("stdin", "0123456789", 10), "r", stdin));
	ck_assert_int_eq(lseek(STDIN_FILENO, 3, SEEK_SET), 3);
	source = open_source("-");
	ck_assert_int_eq(source_seek(source, 2, &err), 0);
	read_bytes(source, &part, 100);
	ck_assert_str_eq(text_get(&part), "56789");
	source_free(source);
	file_remove("stdin");
	text_done(&part);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("source_seek");
	TCase *tc = tcase_create("source_seek");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, files_and_packed_files);
	tcase_add_test(tc, generated_rows);
	tcase_add_test(tc, standard_input);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
