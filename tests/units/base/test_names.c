/* test_names.c - texts as numbers and back. */
#include "data/base/names.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

enum { EXTRA = 1000 };

static double
id_of_number(struct names *names, int i)
{
	char text[32];

	return names_id(names, text, (size_t)snprintf(text, sizeof text, "text %d", i));
}

static void
check_kept(const struct names *names, int i, bool kept)
{
	char text[32];
	int n = snprintf(text, sizeof text, "text %d", i);

	ck_assert_str_eq(names_text(names, names_hash(text, (size_t)n)), kept ? text : "(other)");
}

static int
compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

START_TEST(hashes_differ_and_fit)
{
	enum { N = 300000 };
	double *ids = malloc(N * sizeof *ids);
	char text[32];

	for (int i = 0; i < N; i++) {
		ids[i] = names_hash(text, (size_t)snprintf(text, sizeof text, "%d", i));
		if (!(ids[i] >= 1 && ids[i] < 0x1p52 && ids[i] == floor(ids[i])))
			ck_abort_msg("id %g", ids[i]);
	}
	qsort(ids, N, sizeof *ids, compare_doubles);
	for (int i = 1; i < N; i++)
		if (ids[i] == ids[i - 1])
			ck_abort_msg("two texts share %g", ids[i]);
	free(ids);
	ck_assert(names_hash("", 0) != names_hash("\0", 1));
	ck_assert(names_hash("abcdefgh", 8) != names_hash("abcdefgh\0", 9));
	ck_assert(names_hash("same", 4) == names_hash("samething", 4));
}
END_TEST

START_TEST(the_most_recent_are_kept)
{
	struct names *names = names_new();

	for (int i = 0; i < NAMES_KEPT; i++)
		id_of_number(names, i);
	id_of_number(names, 0); /* seen again: no longer the oldest */
	for (int i = 0; i < EXTRA; i++)
		id_of_number(names, NAMES_KEPT + i);
	check_kept(names, 0, true);
	for (int i = 1; i <= EXTRA; i++)
		check_kept(names, i, false);
	for (int i = EXTRA + 1; i < NAMES_KEPT + EXTRA; i++)
		check_kept(names, i, true);
	ck_assert_str_eq(names_text(names, NAN), "(other)");
	ck_assert_str_eq(names_text(names, 0), "(other)");
	ck_assert_str_eq(names_text(names, -1), "(other)");
	ck_assert_str_eq(names_text(names, INFINITY), "(other)");
	names_free(names);
	names_free(NULL);
}
END_TEST

/* What is held outlasts any number of others, and is forgotten when it is let go. */
START_TEST(what_is_held_stays)
{
	struct names *names = names_new(), *again = names_new();
	double id = id_of_number(names, 0), unseen = names_hash("text 7", 6);
	struct buffer saved = { 0 };
	struct reader in;

	names_hold(names, id);
	names_hold(names, id);
	names_hold(names, unseen);
	names_hold(names, NAN);
	for (int i = 0; i < 3 * NAMES_KEPT; i++)
		id_of_number(names, 10 + i);
	check_kept(names, 0, true);
	check_kept(names, 7, false);
	check_kept(names, 10, false);
	check_kept(names, 10 + 2 * NAMES_KEPT, true);
	id_of_number(names, 7);
	check_kept(names, 7, true);
	names_save_text(names, id, &saved);
	in = (struct reader){ saved.data, saved.data + saved.len };
	ck_assert_int_eq(names_load_held(again, id, &in), 0);
	ck_assert(in.p == in.end);
	for (int i = 0; i <= NAMES_KEPT; i++)
		id_of_number(again, 10 + i);
	check_kept(again, 0, true);
	names_release(again, id);
	check_kept(again, 0, false);
	names_release(names, id);
	check_kept(names, 0, true);
	id_of_number(names, 0); /* seen again: let go, it is one of the last ones */
	names_release(names, id);
	names_release(names, unseen);
	names_release(names, NAN);
	check_kept(names, 0, true);
	for (int i = 0; i < NAMES_KEPT; i++)
		id_of_number(names, 10 + i);
	check_kept(names, 0, false);
	check_kept(names, 7, false);
	buffer_done(&saved);
	names_free(names);
	names_free(again);
}
END_TEST

/* The slow twin: a list of what was seen, by when. */
START_TEST(order_of_sight)
{
	enum { TEXTS = NAMES_KEPT + 5000, SIGHTS = 400000 };
	struct names *names = names_new();
	int *seen = calloc(TEXTS, sizeof *seen), kept = 0, oldest_kept = SIGHTS, newest_lost = 0;
	struct rng r = { 4 };

	for (int i = 0; i < SIGHTS; i++) {
		int which = (int)(rng_next(&r) % TEXTS);

		seen[which] = i + 1;
		id_of_number(names, which);
	}
	for (int i = 0; i < TEXTS; i++) {
		char text[32];
		double id = names_hash(text, (size_t)snprintf(text, sizeof text, "text %d", i));
		bool here = strcmp(names_text(names, id), text) == 0;

		kept += here;
		if (here && seen[i] < oldest_kept)
			oldest_kept = seen[i];
		if (!here && seen[i] > newest_lost)
			newest_lost = seen[i];
	}
	ck_assert_int_eq(kept, NAMES_KEPT);
	ck_assert_int_lt(
	    newest_lost, oldest_kept); /* none that is kept is older than one that is not */
	free(seen);
	names_free(names);
}
END_TEST

START_TEST(long_texts_are_cut_between_characters)
{
	struct names *names = names_new(), *again = names_new();
	struct buffer saved = { 0 };
	struct reader in;
	char text[4096];
	double id;

	for (size_t i = 0; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "\xc3\xa9", 2);
	text[0] = 'x'; /* so that the cut falls into a sequence */
	text[1] = 'y';
	memmove(text + 1, text + 2, sizeof text - 2);
	id = names_id(names, text, sizeof text);
	ck_assert_uint_eq(strlen(names_text(names, id)), 1023);
	names_save_text(names, id, &saved);
	for (size_t n = 0; n < saved.len; n++) {
		in = (struct reader){ saved.data, saved.data + n };
		ck_assert_int_eq(names_load_held(again, id, &in), -1);
	}
	in = (struct reader){ saved.data, saved.data + saved.len };
	ck_assert_int_eq(names_load_held(again, id, &in), 0);
	ck_assert_str_eq(names_text(again, id), names_text(names, id));
	buffer_done(&saved);
	names_free(names);
	names_free(again);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("names");
	TCase *c = tcase_create("names");

	tcase_set_timeout(c, 60);
	tcase_add_test(c, hashes_differ_and_fit);
	tcase_add_test(c, the_most_recent_are_kept);
	tcase_add_test(c, what_is_held_stays);
	tcase_add_test(c, order_of_sight);
	tcase_add_test(c, long_texts_are_cut_between_characters);
	suite_add_tcase(suite, c);
	return support_run(suite);
}
