/* test_name_index.c - names and their numbers; the name most like another, against a twin. */
#include "data/base/name_index.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tests/support.h"

START_TEST(names_have_numbers)
{
	struct name_index keys = { 0 };
	char name[32];

	ck_assert_int_eq(name_index_find(&keys, "a", 1), -1);
	for (int i = 0; i < 5000; i++) {
		int n = snprintf(name, sizeof name, "k%d", i);

		ck_assert_int_eq(name_index_add(&keys, name, (size_t)n), i);
		ck_assert_int_eq(name_index_add(&keys, name, (size_t)n), i);
	}
	ck_assert_int_eq(name_index_find(&keys, "k4711", 5), 4711);
	ck_assert_int_eq(name_index_find(&keys, "k4711", 4), 471);
	ck_assert_int_eq(name_index_find(&keys, "k5000", 5), -1);
	ck_assert_int_eq(name_index_add(&keys, "k1\0x", 4), 1); /* a name ends at a NUL */
	name_index_done(&keys);
	ck_assert_int_eq(name_index_find(&keys, "k1", 2), -1);
}
END_TEST

/* By what the definition says: a letter more, a letter less, another letter. */
static size_t
slips(const char *a, const char *b)
{
	size_t less, more, other;

	if (*a == '\0' || *b == '\0')
		return strlen(a) + strlen(b);
	less = slips(a + 1, b) + 1;
	more = slips(a, b + 1) + 1;
	other = slips(a + 1, b + 1) + (tolower((unsigned char)*a) != tolower((unsigned char)*b));
	less = more < less ? more : less;
	return other < less ? other : less;
}

static void
random_word(struct rng *rng, char *out)
{
	size_t n = rng_next(rng) % 7;

	for (size_t i = 0; i < n; i++)
		out[i] = "abBc"[rng_next(rng) % 4];
	out[n] = '\0';
}

/* One slip in three letters is near; of several the first one that is nearest is named. */
START_TEST(the_nearest_one)
{
	struct rng rng = { 3 };
	int found = 0;

	for (int i = 0; i < 3000; i++) {
		struct name_index keys = { 0 };
		char word[8], name[8];
		const char *nearest;
		size_t least, was;
		int best = -1;

		random_word(&rng, word);
		was = least = (strlen(word) + 1) / 3 + 1;
		for (int k = 0; k < 4; k++) {
			int at;

			random_word(&rng, name);
			at = name_index_add(&keys, name, strlen(name));
			if (slips(word, name) < least) {
				least = slips(word, name);
				best = at;
			}
		}
		nearest = name_index_nearest(&keys, word);
		found += least < was;
		if (best < 0)
			ck_assert_msg(nearest == NULL, "'%s' for '%s'", nearest, word);
		else
			ck_assert_str_eq(nearest, keys.names[best]);
		name_index_done(&keys);
	}
	ck_assert_int_gt(found, 100);
}
END_TEST

/* Names of more letters than people write are not compared. */
START_TEST(long_names)
{
	for (size_t n = 64; n <= 65; n++) {
		struct name_index keys = { 0 };
		char name[80] = { 0 };

		memset(name, 'x', n);
		name_index_add(&keys, name, n);
		ck_assert_int_eq(name_index_nearest(&keys, name) != NULL, n == 64);
		name_index_done(&keys);
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("name_index");
	TCase *tc = tcase_create("all");

	tcase_set_timeout(tc, 60);
	tcase_add_test(tc, names_have_numbers);
	tcase_add_test(tc, the_nearest_one);
	tcase_add_test(tc, long_names);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
