/* kept.c - the last bytes of a source, in the pieces in which they came.
 *
 * Pieces are given again as they were, each with its time: rows that have no time of their own get
 * the stamps that they had. Of another document nothing is kept that was before.
 *
 * While rows of before are shown, what comes is kept, too, and given later: so who writes is not
 * held up, as long as there is room without what is still to be given. */
#include "data/input/kept.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

struct piece {
	uint64_t end; /* the byte behind it */
	int64_t arrival;
};

struct kept {
	struct source *inner;
	const struct arrival_clock *clock;
	char *bytes;
	size_t len, cap, at, most;
	uint64_t base; /* of the first byte */
	struct piece *pieces;
	size_t npieces, room;
	uint64_t document;
	long ended; /* what the other source said when it was over; 1: it is not */
	bool newer; /* ... and whether a new document begins behind what is kept */
	struct error why;
};

static void
drop_pieces(struct kept *k)
{
	size_t n = 0;

	while (n < k->npieces && k->pieces[n].end <= k->base)
		n++;
	memmove(k->pieces, k->pieces + n, (k->npieces - n) * sizeof *k->pieces);
	k->npieces -= n;
}

enum { AHEAD = 1 << 14 }; /* bytes that are read at once while nobody takes them */

/* Half of it goes at once, so that bytes are not moved each time; what is yet to be given stays. */
static void
make_room(struct kept *k, size_t n)
{
	size_t go;

	if (k->len + n <= k->most)
		return;
	go = k->len > k->most / 2 ? k->len - k->most / 2 : 0;
	go = go < k->at ? go : k->at;
	memmove(k->bytes, k->bytes + go, k->len - go);
	k->base += go;
	k->len -= go;
	k->at -= go;
	drop_pieces(k);
}

static void
keep(struct kept *k, const char *bytes, size_t n, int64_t arrival)
{
	make_room(k, n);
	if (k->len + n > k->cap) {
		k->cap = 2 * (k->len + n);
		k->bytes = memory_grow(k->bytes, k->cap, 1);
	}
	memcpy(k->bytes + k->len, bytes, n);
	k->len += n;
	if (k->npieces == k->room) {
		k->room = k->room > 0 ? 2 * k->room : 64;
		k->pieces = memory_grow(k->pieces, k->room, sizeof *k->pieces);
	}
	k->pieces[k->npieces++] = (struct piece){ k->base + k->len, arrival };
}

/* The piece that a byte is of. */
static const struct piece *
piece_at(const struct kept *k, uint64_t byte)
{
	size_t lo = 0, hi = k->npieces - 1;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (k->pieces[mid].end <= byte)
			lo = mid + 1;
		else
			hi = mid;
	}
	return &k->pieces[lo];
}

static long
read_again(struct source *source, char *buf, size_t cap)
{
	struct kept *k = source->state;
	const struct piece *piece = piece_at(k, k->base + k->at);
	size_t n = (size_t)(piece->end - k->base) - k->at;

	n = n < cap ? n : cap;
	memcpy(buf, k->bytes + k->at, n);
	k->at += n;
	source->arrival = piece->arrival;
	return (long)n;
}

/* What the other source has now; what it said that gives no bytes is remembered. */
static long
take(struct kept *k, char *buf, size_t cap, struct error *err)
{
	long n = k->inner->class->read(k->inner, buf, cap, err);

	if (n > 0) {
		keep(k, buf, (size_t)n, arrival_clock_now(k->clock));
	} else if (n == SOURCE_NEW) {
		k->newer = true;
	} else if (n != SOURCE_AGAIN) {
		k->ended = n;
		if (n == SOURCE_FAIL)
			k->why = *err;
	}
	return n;
}

static long
begin_document(struct kept *k)
{
	k->newer = false;
	k->len = k->at = k->npieces = 0;
	k->base = 0;
	k->document++;
	return SOURCE_NEW;
}

static long
kept_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct kept *k = source->state;
	long n;

	if (k->at < k->len)
		return read_again(source, buf, cap);
	if (k->newer)
		return begin_document(k);
	if (k->ended != 1) {
		*err = k->why;
		return k->ended;
	}
	n = take(k, buf, cap, err);
	source->arrival = arrival_clock_now(k->clock);
	if (n > 0)
		k->at = k->len;
	return n == SOURCE_NEW ? begin_document(k) : n;
}

void
kept_ahead(struct source *source)
{
	struct kept *k = source->state;
	struct error err;
	char buf[AHEAD];

	do
		make_room(k, sizeof buf);
	while (k->ended == 1 && !k->newer && k->len + sizeof buf <= k->most &&
	       take(k, buf, sizeof buf, &err) > 0);
}

static void
kept_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct kept *k = source->state;

	*at = *size = 0;
	if (k->inner->class->progress != NULL)
		k->inner->class->progress(k->inner, at, size);
}

static int
kept_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct kept *k = source->state;

	if (offset < k->base || offset > k->base + k->len)
		return error_set(err,
		    "%s: what it gave so long ago is not kept (--rewind-memory "
		    "keeps more)",
		    source->spec);
	k->at = (size_t)(offset - k->base);
	return 0;
}

static void
kept_close(struct source *source)
{
	struct kept *k = source->state;

	source_free(k->inner);
	free(k->bytes);
	free(k->pieces);
}

static const struct source_class kept_class = {
	.scheme = "",
	.size = sizeof(struct kept),
	.read = kept_read,
	.progress = kept_progress,
	.seek = kept_seek,
	.close = kept_close,
};

static const struct source_class kept_live_class = {
	.scheme = "",
	.size = sizeof(struct kept),
	.live = true,
	.read = kept_read,
	.progress = kept_progress,
	.seek = kept_seek,
	.close = kept_close,
};

struct source *
kept_source(struct source *inner, size_t most, const struct arrival_clock *clock)
{
	struct source *source = memory_zero(1, sizeof *source);
	struct kept *k = memory_zero(1, sizeof *k);

	k->inner = inner;
	k->clock = clock;
	k->most = most;
	k->ended = 1;
	source->class = inner->class->live ? &kept_live_class : &kept_class;
	source->spec = memory_text(inner->spec, strlen(inner->spec));
	source->name = memory_text(inner->name, strlen(inner->name));
	source->loop = inner->loop;
	source->follow = inner->follow;
	source->poll = inner->poll;
	source->pipe = inner->pipe;
	source->kept = true;
	source->state = k;
	return source;
}

bool
kept_has(const struct source *source, uint64_t document, uint64_t offset)
{
	const struct kept *k = source->state;

	return document == k->document && offset >= k->base && offset <= k->base + k->len;
}

uint64_t
kept_document(const struct source *source)
{
	return ((const struct kept *)source->state)->document;
}
