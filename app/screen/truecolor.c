/* truecolor.c - colours of 24 bits through curses, which knows numbers of colours only. */
#include "app/screen/truecolor.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

void
swaps_add(struct swaps *swaps, const char *from, const char *layer, int32_t rgb)
{
	struct truecolor *swap = &swaps->list[swaps->n];

	if (swaps->n == SWAPS_MOST || !*from || strlen(from) >= sizeof swap->from)
		return;
	strcpy(swap->from, from);
	snprintf(swap->to, sizeof swap->to, "\033[%s;2;%d;%d;%dm", layer, rgb >> 16 & 255,
	    rgb >> 8 & 255, rgb & 255);
	swap->from_len = strlen(swap->from);
	swap->to_len = strlen(swap->to);
	swaps->n++;
}

static const struct truecolor *
find_swap(const struct swaps *swaps, const char *s, size_t n)
{
	for (int i = 0; i < swaps->n; i++) {
		const struct truecolor *swap = &swaps->list[i];

		if (n >= swap->from_len && memcmp(s, swap->from, swap->from_len) == 0)
			return swap;
	}
	return NULL;
}

/* An escape has SWAP_BYTES at most where it had two at least. */
static void
make_room(struct swaps *swaps, const char *bytes, size_t n)
{
	size_t need = n;

	for (size_t i = 0; i < n; i++)
		need += bytes[i] == '\033' ? SWAP_BYTES : 0;
	if (need > swaps->cap) {
		swaps->cap = need * 2;
		swaps->bytes = memory_grow(swaps->bytes, swaps->cap, 1);
	}
}

const char *
swaps_apply(struct swaps *swaps, const char *bytes, size_t *n)
{
	size_t len = 0;

	if (swaps->n == 0 || *n == 0)
		return bytes;
	make_room(swaps, bytes, *n);
	for (size_t i = 0; i < *n;) {
		const struct truecolor *swap =
		    bytes[i] == '\033' ? find_swap(swaps, bytes + i, *n - i) : NULL;

		if (swap) {
			memcpy(swaps->bytes + len, swap->to, swap->to_len);
			len += swap->to_len;
			i += swap->from_len;
		} else
			swaps->bytes[len++] = bytes[i++];
	}
	*n = len;
	return swaps->bytes;
}

void
swaps_done(struct swaps *swaps)
{
	free(swaps->bytes);
}
