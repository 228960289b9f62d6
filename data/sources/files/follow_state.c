/* follow_state.c - where a follower is, as bytes, and one that goes on from there.
 *
 * Of each file that is read is saved up to where its rows went, which file that is, and the bytes
 * at its start and before that place. Whoever goes on finds it again under whatever name: by its
 * inode, else by these bytes (it was copied), else packed. Then all is as if nobody had looked for
 * a while: what else was rotated meanwhile is found as it always is. */
#include "data/sources/files/follow_parts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/state.h"
#include "data/base/text.h"

static const char class[] = "follow";
enum { VERSION = 1 };

/* --- saved ------------------------------------------------------------------------------------ */

struct places {
	const struct position *at;
	int n;
};

static uint64_t
offset_of(const struct places *places, uint32_t lane)
{
	for (int i = 0; i < places->n; i++)
		if (places->at[i].lane == lane)
			return places->at[i].offset;
	return 0;
}

static bool
is_among(const struct places *places, uint32_t lane)
{
	for (int i = 0; i < places->n; i++)
		if (places->at[i].lane == lane)
			return true;
	return false;
}

static void
save_file(uint32_t lane, dev_t dev, ino_t ino, uint64_t offset, bool old, struct buffer *b)
{
	buffer_u32(b, lane);
	buffer_u64(b, (uint64_t)dev);
	buffer_u64(b, (uint64_t)ino);
	buffer_u64(b, offset);
	buffer_u32(b, old);
}

static void
save_tail(const struct tail *tail, const struct places *places, struct buffer *b)
{
	uint64_t offset = offset_of(places, tail->lane);
	char last[TAIL_PRINT];
	size_t n = tail_before(tail, offset, last);

	save_file(tail->lane, tail->dev, tail->ino, offset, tail->old, b);
	buffer_text(b, tail->first, tail->nfirst);
	buffer_text(b, last, n);
}

/* Read to its end, and rows of it are still on their way. */
static bool
is_pending(const struct gone *gone, const struct path *path, const struct places *places)
{
	return gone->path != NULL && strcmp(gone->path, path->name) == 0 &&
	       is_among(places, gone->lane);
}

static void
save_tails(const struct follow *follow, const struct path *path, const struct places *places,
    struct buffer *b)
{
	uint64_t n = (uint64_t)path->n;

	for (int i = 0; i < GONE_MAX; i++)
		n += is_pending(&follow->gone[i], path, places);
	buffer_u64(b, n);
	for (uint32_t i = 0; i < GONE_MAX; i++) {
		const struct gone *gone = &follow->gone[(follow->ngone + i) % GONE_MAX];

		if (!is_pending(gone, path, places))
			continue;
		save_file(gone->lane, gone->dev, gone->ino, offset_of(places, gone->lane), true, b);
		buffer_text(b, gone->first, gone->nfirst);
		buffer_text(b, "", 0);
	}
	for (int i = 0; i < path->n; i++)
		save_tail(&path->tails[i], places, b);
}

static void
save_beside(const struct beside *beside, struct buffer *b)
{
	buffer_u32(b, beside->looked);
	buffer_u64(b, (uint64_t)beside->n);
	for (int i = 0; i < beside->n; i++) {
		const struct beside_file *file = &beside->files[i];

		buffer_text(b, file->name, strlen(file->name));
		buffer_u64(b, (uint64_t)file->dev);
		buffer_u64(b, (uint64_t)file->ino);
		buffer_i64(b, file->time);
		buffer_u32(b, file->told);
		buffer_text(b, file->first, file->nfirst);
	}
}

static void
save_gone(const struct follow *follow, const struct places *places, struct buffer *b)
{
	uint64_t n = 0;

	for (int i = 0; i < GONE_MAX; i++)
		n += follow->gone[i].path != NULL && !is_among(places, follow->gone[i].lane);
	buffer_u64(b, n);
	for (uint32_t i = 0; i < GONE_MAX; i++) {
		const struct gone *gone = &follow->gone[(follow->ngone + i) % GONE_MAX];

		if (gone->path == NULL || is_among(places, gone->lane))
			continue;
		buffer_u32(b, gone->lane);
		buffer_u64(b, (uint64_t)gone->dev);
		buffer_u64(b, (uint64_t)gone->ino);
		buffer_u64(b, gone->offset);
		buffer_text(b, gone->first, gone->nfirst);
		buffer_text(b, gone->path, strlen(gone->path));
	}
}

void
follow_save(const struct source *source, const struct position *at, int n, struct buffer *b)
{
	const struct follow *follow = source->state;
	const struct places places = { at, n };
	size_t begun = state_piece_begin(b, class, VERSION);

	buffer_text(b, source->rest, strlen(source->rest));
	buffer_u32(b, follow->lanes);
	buffer_u64(b, (uint64_t)follow->n);
	for (int i = 0; i < follow->n; i++) {
		const struct path *path = &follow->paths[i];

		buffer_text(b, path->name, strlen(path->name));
		buffer_u32(b, path->led);
		save_beside(&path->beside, b);
		save_tails(follow, path, &places, b);
	}
	save_gone(follow, &places, b);
	state_piece_end(b, begun);
}

/* --- loaded ----------------------------------------------------------------------------------- */

static int
load_file(struct saved_file *s, struct reader *r)
{
	uint64_t dev, ino;

	if (reader_u32(r, &s->lane) != 0 || reader_u64(r, &dev) != 0 || reader_u64(r, &ino) != 0 ||
	    reader_u64(r, &s->offset) != 0 || reader_below(r, 1, &s->old) != 0 ||
	    reader_text(r, &s->first, &s->nfirst) != 0 ||
	    reader_text(r, &s->last, &s->nlast) != 0 || s->nfirst > TAIL_PRINT ||
	    s->nlast > TAIL_PRINT || s->nlast > s->offset || s->offset > INT64_MAX)
		return -1;
	s->dev = (dev_t)dev;
	s->ino = (ino_t)ino;
	return 0;
}

static int
load_beside(struct beside *beside, struct reader *r)
{
	uint32_t looked, told;
	size_t n;

	if (reader_below(r, 1, &looked) != 0 || reader_count(r, 32, &n) != 0)
		return -1;
	beside_done(beside);
	beside->looked = looked;
	beside->files = memory_zero(n + 1, sizeof *beside->files);
	for (size_t i = 0; i < n; i++) {
		struct beside_file *file = &beside->files[i];
		uint64_t dev, ino;
		const char *name, *first;
		size_t len;

		if (reader_text(r, &name, &len) != 0 || reader_u64(r, &dev) != 0 ||
		    reader_u64(r, &ino) != 0 || reader_i64(r, &file->time) != 0 ||
		    reader_below(r, 1, &told) != 0 || reader_text(r, &first, &file->nfirst) != 0 ||
		    file->nfirst > BESIDE_PRINT)
			return -1;
		memcpy(file->first, first, file->nfirst);
		file->name = memory_text(name, len);
		beside->n++;
		file->dev = (dev_t)dev;
		file->ino = (ino_t)ino;
		file->told = told;
	}
	return 0;
}

static int
load_path(struct saved_files *search, struct reader *r)
{
	struct follow *follow = search->follow;
	struct path *path;
	const char *s;
	uint32_t led;
	size_t len, n;
	char *name;

	if (reader_text(r, &s, &len) != 0 || reader_below(r, 1, &led) != 0)
		return -1;
	name = memory_text(s, len);
	path = follow_add_path(follow, name);
	free(name);
	if (path == NULL)
		return -1;
	path->led = led;
	if (load_beside(&path->beside, r) != 0 || reader_count(r, 40, &n) != 0)
		return -1;
	search->all = memory_grow(search->all, search->n + n + 1, sizeof *search->all);
	for (; n > 0; n--) {
		struct saved_file *file = &search->all[search->n];

		*file = (struct saved_file){ .npath = (int)(path - follow->paths) };
		if (load_file(file, r) != 0)
			return -1;
		search->n++;
	}
	return 0;
}

static int
load_gone(struct follow *follow, struct reader *r)
{
	size_t n;

	if (reader_count(r, 36, &n) != 0 || n > GONE_MAX)
		return -1;
	for (; n > 0; n--) {
		struct gone *gone = &follow->gone[follow->ngone];
		uint64_t dev, ino;
		const char *first, *path;
		size_t npath;

		if (reader_u32(r, &gone->lane) != 0 || reader_u64(r, &dev) != 0 ||
		    reader_u64(r, &ino) != 0 || reader_u64(r, &gone->offset) != 0 ||
		    reader_text(r, &first, &gone->nfirst) != 0 || gone->nfirst > TAIL_PRINT ||
		    reader_text(r, &path, &npath) != 0)
			return -1;
		gone->dev = (dev_t)dev;
		gone->ino = (ino_t)ino;
		memcpy(gone->first, first, gone->nfirst);
		gone->path = memory_text(path, npath);
		follow->ngone++;
	}
	return 0;
}

static int
load(struct source *source, struct saved_files *search, struct reader *r, struct error *err)
{
	struct follow *follow = source->state;
	const char *rest;
	uint32_t lanes;
	size_t len, n;

	if (reader_text(r, &rest, &len) != 0 || reader_u32(r, &lanes) != 0)
		return state_damaged(class, err);
	if (len != strlen(source->rest) || memcmp(rest, source->rest, len) != 0)
		return error_set(err,
		    "%s: the saved place is in '%.*s' (give the same path, or start anew without "
		    "the saved state)",
		    source->spec, (int)(len < 200 ? len : 200), rest);
	if (reader_count(r, 24, &n) != 0)
		return state_damaged(class, err);
	for (; n > 0; n--)
		if (load_path(search, r) != 0)
			return state_damaged(class, err);
	if (load_gone(follow, r) != 0)
		return state_damaged(class, err);
	follow->lanes = lanes;
	return state_piece_done(r, class, err);
}

/* Lanes count up: the older file first, whether it was read to its end or not. */
static int
by_lane(const void *a, const void *b)
{
	const struct saved_file *x = a, *y = b;

	return (x->lane > y->lane) - (x->lane < y->lane);
}

int
follow_load(struct source *source, struct reader *pieces, struct error *err)
{
	struct saved_files search = { .follow = source->state };
	struct reader r;
	int status = state_piece(pieces, class, VERSION, &r, err);

	if (status == 0)
		status = load(source, &search, &r, err);
	for (size_t i = 0; i < search.n && status == 0; i++)
		search.all[i].path = &search.follow->paths[search.all[i].npath];
	if (status == 0) {
		if (search.n > 1)
			qsort(search.all, search.n, sizeof *search.all, by_lane);
		follow_find(&search);
	}
	for (size_t i = 0; i < search.n && status == 0; i++)
		follow_take(source, &search.all[i]);
	free(search.all);
	return status;
}
