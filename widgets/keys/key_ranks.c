/* key_ranks.c - the keys of a source in order, as far as a screen shows them. See key_ranks.h.
 *
 * Each key has a rank, a whole number that is less for those that go first, so that the many
 * comparisons touch one array alone. Names are compared by the eight bytes behind what all of them
 * begin with; only where these are equal the names themselves are read. Places are found by
 * quickselect (Hoare, Algorithm 65). */
#include "widgets/keys/key_ranks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

enum { NAME_BYTES = 8, CHUNK = 256 };

/* --- ranks ------------------------------------------------------------------------------------ */

/* Doubles in their order as whole numbers: of negative ones all bits are turned. */
static uint64_t
rank_of(double v, bool ascending)
{
	const uint64_t sign = UINT64_C(1) << 63;
	uint64_t bits;

	if (isnan(v))
		return UINT64_MAX;
	v += 0.0; /* -0 is 0 */
	memcpy(&bits, &v, sizeof bits);
	bits = (bits & sign) != 0 ? ~bits : bits | sign;
	return ascending ? bits : ~bits;
}

static uint64_t
name_rank(const struct key_entry *e, size_t skip)
{
	uint64_t rank = 0;

	for (size_t i = skip; i < skip + NAME_BYTES; i++)
		rank = rank << 8 | (i < e->len ? (unsigned char)e->name[i] : 0);
	return rank;
}

/* Texts go from the first to the last, as names do. */
static uint64_t
rank(const struct engine *e, const struct key_sorting *s, const struct key_entry *entry)
{
	struct key_entry text = { .name = "" };

	if (s->by == KEY_NAME)
		return 0;
	if (s->by != KEY_KPI || engine_kpi(e, s->kpi)->result == RESULT_NUMBER)
		return rank_of(entry->measure, s->reversed);
	if (isnan(entry->measure))
		return UINT64_MAX;
	text.name = names_text(engine_names(e), entry->measure);
	text.len = strlen(text.name);
	return s->reversed ? ~name_rank(&text, 0) : name_rank(&text, 0);
}

static struct key_rank
rank_entry(const struct key_ranks *k, const struct engine *e, const struct key_sorting *s,
    const struct key_entry *entry, int number)
{
	uint64_t name = name_rank(entry, k->common);

	return (struct key_rank){ rank(e, s, entry), k->falling ? ~name : name, number };
}

/* How many bytes of the first n both begin with. */
static size_t
common(const struct key_entry *a, const struct key_entry *b, size_t n)
{
	size_t same = 0;

	n = n < a->len ? n : a->len;
	n = n < b->len ? n : b->len;
	while (same < n && a->name[same] == b->name[same])
		same++;
	return same;
}

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* The n letters of text are in the name, in any case: plain, since names are short and many. */
static bool
contains(const struct key_entry *e, const char *text, size_t n)
{
	unsigned char first = lower(text[0]);

	for (size_t i = 0; i + n <= e->len; i++) {
		size_t k = 1;

		if (lower(e->name[i]) != first)
			continue;
		while (k < n && lower(e->name[i + k]) == lower(text[k]))
			k++;
		if (k >= n)
			return true;
	}
	return n == 0;
}

/* Ranks those that pass; names are told apart behind what they were known to have in common.
 * Returns what they have. */
static size_t
rank_all(struct key_ranks *k, const struct engine *e, int source, const struct key_sorting *s)
{
	struct key_entry entries[CHUNK], first = { 0 };
	int n = engine_keys(e, source);
	size_t same = SIZE_MAX, letters = s->filter != NULL ? strlen(s->filter) : 0;

	k->n = 0;
	for (int from = 0; from < n; from += CHUNK) {
		int part = n - from < CHUNK ? n - from : CHUNK;

		engine_keys_list(e, source, from, part, s->by, s->kpi, entries);
		if (from == 0)
			first = entries[0];
		for (int i = 0; i < part; i++) {
			if (same > 0)
				same = common(&first, &entries[i], same);
			if (s->filter != NULL && !contains(&entries[i], s->filter, letters))
				continue;
			k->all[k->n++] = rank_entry(k, e, s, &entries[i], from + i);
		}
	}
	return same;
}

void
key_ranks_find(struct key_ranks *k, const struct engine *e, int source, const struct key_sorting *s)
{
	int n = engine_keys(e, source);
	size_t same;

	if (n > k->room) {
		k->room = n + n / 2;
		k->all = memory_grow(k->all, (size_t)k->room, sizeof *k->all);
	}
	k->falling = s->by == KEY_NAME && s->reversed;
	same = rank_all(k, e, source, s);
	if (n > 0 && same != k->common) {
		k->common = same;
		rank_all(k, e, source, s);
	}
}

/* --- places ----------------------------------------------------------------------------------- */

struct ordering {
	const struct key_ranks *ranks;
	const struct engine *engine;
	int source;
};

static int
compare_names(const struct ordering *o, int a, int b)
{
	size_t n, m;
	const char *s = key_state_name(engine_key_at(o->engine, o->source, a), &n);
	const char *t = key_state_name(engine_key_at(o->engine, o->source, b), &m);
	int order = memcmp(s, t, n < m ? n : m);

	if (order == 0)
		order = (n > m) - (n < m);
	return o->ranks->falling ? -order : order;
}

static int
compare(const void *left, const void *right, void *ordering)
{
	const struct key_rank *a = left, *b = right;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	if (a->name != b->name)
		return a->name < b->name ? -1 : 1;
	return a->number == b->number ? 0 : compare_names(ordering, a->number, b->number);
}

static void
exchange(struct key_rank *a, struct key_rank *b)
{
	struct key_rank c = *a;

	*a = *b;
	*b = c;
}

/* Moves those of all[from .. to-1] that go before place `at` before it, and the others behind. */
static void
divide(struct key_rank *all, int from, int to, int at, struct ordering *o)
{
	while (to - from > 1) {
		struct key_rank pivot = all[from + (to - from) / 2];
		int i = from, k = to - 1;

		while (i <= k) {
			while (compare(&all[i], &pivot, o) < 0)
				i++;
			while (compare(&pivot, &all[k], o) < 0)
				k--;
			if (i <= k)
				exchange(&all[i++], &all[k--]);
		}
		if (at <= k)
			to = k + 1;
		else if (at >= i)
			from = i;
		else
			return;
	}
}

void
key_ranks_pick(struct key_ranks *k, const struct engine *e, int source, int from, int to)
{
	struct ordering o = { k, e, source };

	to = to < k->n ? to : k->n;
	if (from >= to)
		return;
	if (to < k->n)
		divide(k->all, 0, k->n, to, &o);
	if (from > 0)
		divide(k->all, 0, to, from, &o);
	qsort_r(k->all + from, (size_t)(to - from), sizeof *k->all, compare, &o);
}

int
key_ranks_place(
    const struct key_ranks *k, const struct engine *e, int source, const struct key_state *key)
{
	struct ordering o = { k, e, source };
	int number = engine_key_number(key), at = 0, before = 0;

	while (at < k->n && k->all[at].number != number)
		at++;
	for (int i = 0; i < k->n && at < k->n; i++)
		before += compare(&k->all[i], &k->all[at], &o) < 0;
	return at < k->n ? before : -1;
}

void
key_ranks_done(struct key_ranks *k)
{
	free(k->all);
	*k = (struct key_ranks){ 0 };
}
