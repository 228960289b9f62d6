/* test_packed.c - packed files: whole ones, several in one, and damage of all kinds, which is told.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "data/base/text.h"
#include "data/sources/files/packed.h"
#include "tests/support.h"

static const char *const packers[] = { "gzip", "xz", "bzip2", "zstd", "lz4" };
enum { PACKERS = sizeof packers / sizeof *packers, FLIPS = 200 };

static void
make_rows(struct text *rows)
{
	struct rng rng = { 5 };

	text_add(rows, "x\n");
	for (int i = 0; i < 3000; i++)
		text_addf(rows, "%u\n", (unsigned)(rng_next(&rng) % 1000000));
}

/* What the packer makes of bytes; false: it is not installed. */
static bool
pack(const char *packer, const struct text *bytes, struct text *packed)
{
	char plain[] = "/tmp/weir-packed-XXXXXX", command[200], buf[4096];
	int fd = mkstemp(plain);
	FILE *pipe;
	size_t n;

	ck_assert_int_eq(write(fd, bytes->s, bytes->len), (ssize_t)bytes->len);
	close(fd);
	snprintf(command, sizeof command, "command -v %s >/dev/null && %s -c <%s", packer, packer,
	    plain);
	pipe = popen(command, "r");
	text_clear(packed);
	while ((n = fread(buf, 1, sizeof buf, pipe)) > 0)
		text_addn(packed, buf, n);
	pclose(pipe);
	unlink(plain);
	return packed->len > 0;
}

/* Unpacks all of bytes into out; false: a failure was told. */
static bool
unpack(const char *bytes, size_t n, struct text *out, struct error *err)
{
	int fd = memfd_create("packed", 0);
	struct packed *packed;
	char buf[4096];
	long got = -1;

	ck_assert_int_eq(write(fd, bytes, n), (ssize_t)n);
	lseek(fd, 0, SEEK_SET);
	text_clear(out);
	packed = packed_open(fd, "p", err);
	while (packed != NULL && (got = packed_read(packed, buf, sizeof buf, err)) > 0) {
		text_addn(out, buf, (size_t)got);
		ck_assert_uint_le(packed_at(packed), n);
	}
	if (packed != NULL)
		packed_close(packed);
	close(fd);
	return got == 0;
}

static bool
same(const struct text *a, const struct text *b)
{
	return a->len == b->len && memcmp(text_get(a), text_get(b), a->len) == 0;
}

/* One bit of the file is another: it is told, or stood where nothing depends on it. */
START_TEST(a_flipped_bit_is_told)
{
	struct text rows = { 0 }, packed = { 0 }, out = { 0 };
	struct rng rng = { 17 };
	struct error err;
	int told = 0;

	make_rows(&rows);
	if (!pack(packers[_i], &rows, &packed))
		return;
	for (int i = 0; i < FLIPS; i++) {
		size_t bit = rng_next(&rng) % (8 * packed.len);

		packed.s[bit / 8] = (char)(packed.s[bit / 8] ^ 1 << bit % 8);
		if (!unpack(packed.s, packed.len, &out, &err))
			told++;
		else
			ck_assert_msg(same(&out, &rows), "%s: bit %zu", packers[_i], bit);
		packed.s[bit / 8] = (char)(packed.s[bit / 8] ^ 1 << bit % 8);
	}
	ck_assert_int_gt(told, FLIPS * 9 / 10);
	ck_assert(unpack(packed.s, packed.len, &out, &err) && same(&out, &rows));
	text_done(&rows);
	text_done(&packed);
	text_done(&out);
}
END_TEST

/* Each shorter file gives the beginning, then fails. */
START_TEST(a_cut_is_told)
{
	struct text rows = { 0 }, packed = { 0 }, out = { 0 };
	struct error err;

	make_rows(&rows);
	if (!pack(packers[_i], &rows, &packed))
		return;
	for (size_t n = 8; n < packed.len; n += n < packed.len - 40 ? 997 : 1) {
		ck_assert_msg(
		    !unpack(packed.s, n, &out, &err), "%s: %zu of %zu", packers[_i], n, packed.len);
		ck_assert_ptr_nonnull(strstr(err.text, "cut short"));
		ck_assert(out.len <= rows.len && memcmp(text_get(&out), rows.s, out.len) == 0);
	}
	text_done(&rows);
	text_done(&packed);
	text_done(&out);
}
END_TEST

START_TEST(several_in_one_are_read_and_a_rest_is_told)
{
	struct text rows = { 0 }, packed = { 0 }, two = { 0 }, out = { 0 };
	struct error err;

	make_rows(&rows);
	if (!pack(packers[_i], &rows, &packed))
		return;
	text_addn(&two, packed.s, packed.len);
	text_addn(&two, packed.s, packed.len);
	ck_assert_msg(unpack(two.s, two.len, &out, &err), "%s: %s", packers[_i], err.text);
	ck_assert_uint_eq(out.len, 2 * rows.len);
	ck_assert(memcmp(out.s, rows.s, rows.len) == 0);
	ck_assert(memcmp(out.s + rows.len, rows.s, rows.len) == 0);
	text_add(&two, "1,2,3,4\n");
	ck_assert(!unpack(two.s, two.len, &out, &err));
	text_done(&rows);
	text_done(&packed);
	text_done(&two);
	text_done(&out);
}
END_TEST

/* Of a member's header nothing may be taken for its rows, and zeros may fill the end. */
START_TEST(gzip_padding_and_empty_members)
{
	struct text none = { 0 }, rows = { 0 }, packed = { 0 }, all = { 0 }, out = { 0 };
	struct error err;

	text_add(&none, "");
	text_add(&rows, "x\n1\n");
	ck_assert(pack("gzip", &none, &packed));
	text_addn(&all, packed.s, packed.len);
	ck_assert(unpack(all.s, all.len, &out, &err));
	ck_assert_uint_eq(out.len, 0);
	ck_assert(pack("gzip", &rows, &packed));
	text_addn(&all, packed.s, packed.len);
	for (int i = 0; i < 70000; i++) /* more than is read at once */
		text_addc(&all, '\0');
	ck_assert(unpack(all.s, all.len, &out, &err) && same(&out, &rows));
	text_addn(&all, packed.s, packed.len);
	ck_assert(unpack(all.s, all.len, &out, &err));
	ck_assert_str_eq(text_get(&out), "x\n1\nx\n1\n");
	text_addc(&all, '\x1f');
	ck_assert(!unpack(all.s, all.len, &out, &err));
	text_done(&none);
	text_done(&rows);
	text_done(&packed);
	text_done(&all);
	text_done(&out);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("packed");
	TCase *all = tcase_create("all");

	tcase_add_loop_test(all, a_flipped_bit_is_told, 0, PACKERS);
	tcase_add_loop_test(all, a_cut_is_told, 0, PACKERS);
	tcase_add_loop_test(all, several_in_one_are_read_and_a_rest_is_told, 0, PACKERS);
	tcase_add_test(all, gzip_padding_and_empty_members);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
