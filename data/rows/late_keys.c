/* late_keys.c - keys that came too late to be columns, each with the row at which it was met. */
#include "data/rows/late_keys.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

/* Counts are kept of the rows that had such cells alone. */
static void
leave_out(struct late_keys *late, uint64_t row)
{
	struct left_out *last = late->nleft > 0 ? &late->left[late->nleft - 1] : NULL;
	uint64_t cells = last != NULL ? last->cells : 0;

	if (last == NULL || last->row != row) {
		if (late->nleft == late->cap) {
			late->cap = late->cap > 0 ? late->cap * 2 : 64;
			late->left = memory_grow(late->left, late->cap, sizeof *late->left);
		}
		last = &late->left[late->nleft++];
	}
	*last = (struct left_out){ row, cells + 1 };
}

enum late_key
late_keys_meet(struct late_keys *late, const char *key, size_t n, uint64_t row)
{
	if (name_index_find(&late->keys, key, n) >= 0)
		return LATE_KEY_KNOWN;
	if (late->keys.n < LATE_KEYS) {
		late->rows[name_index_add(&late->keys, key, n)] = row;
		return LATE_KEY_NEW;
	}
	leave_out(late, row);
	if (late->full)
		return LATE_KEY_KNOWN;
	late->full = true;
	late->full_row = row;
	return LATE_KEY_FIRST_LEFT;
}

uint64_t
late_keys_left(const struct late_keys *late, uint64_t row)
{
	size_t n = late->nleft;

	while (n > 0 && late->left[n - 1].row > row)
		n--;
	return n > 0 ? late->left[n - 1].cells : 0;
}

void
late_keys_forget(struct late_keys *late, uint64_t row)
{
	size_t gone = 0;

	while (gone + 1 < late->nleft && late->left[gone + 1].row <= row)
		gone++;
	if (gone == 0)
		return;
	late->nleft -= gone;
	memmove(late->left, late->left + gone, late->nleft * sizeof *late->left);
}

void
late_keys_restart(struct late_keys *late)
{
	memset(late->rows, 0, sizeof late->rows);
	late->full_row = 0;
	late->nleft = 0;
}

void
late_keys_save(const struct late_keys *late, uint64_t row, struct buffer *b)
{
	uint64_t n = 0;

	while (n < (uint64_t)late->keys.n && late->rows[n] <= row)
		n++;
	buffer_u64(b, n);
	for (uint64_t i = 0; i < n; i++) {
		const char *key = late->keys.names[i];

		buffer_u64(b, late->rows[i]);
		buffer_text(b, key, strlen(key));
	}
	buffer_u32(b, late->full && late->full_row <= row);
	buffer_u64(b, late->full_row);
	buffer_u64(b, late_keys_left(late, row));
}

static int
load_key(struct late_keys *late, uint64_t last, struct reader *r)
{
	uint64_t row;
	const char *key;
	size_t n;
	int i = late->keys.n;

	if (reader_u64(r, &row) < 0 || reader_text(r, &key, &n) < 0 || row > last ||
	    (i > 0 && row < late->rows[i - 1]) || name_index_add(&late->keys, key, n) != i)
		return -1;
	late->rows[i] = row;
	return 0;
}

int
late_keys_load(struct late_keys *late, uint64_t row, struct reader *r)
{
	uint64_t left;
	uint32_t full;
	size_t n;

	if (reader_count(r, 16, &n) < 0 || n > LATE_KEYS)
		return -1;
	while (n-- > 0)
		if (load_key(late, row, r) < 0)
			return -1;
	if (reader_below(r, 1, &full) < 0 || reader_u64(r, &late->full_row) < 0 ||
	    reader_u64(r, &left) < 0)
		return -1;
	late->full = full;
	if (left == 0)
		return 0;
	leave_out(late, row);
	late->left[0].cells = left;
	return 0;
}

void
late_keys_done(struct late_keys *late)
{
	name_index_done(&late->keys);
	free(late->left);
	*late = (struct late_keys){ 0 };
}
