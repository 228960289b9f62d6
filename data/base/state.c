/* state.c - the frame of saved state. See state.h.
 *
 * whole: magic, version, length of the pieces, hash of the pieces, the pieces
 * piece: length of the class's name, the name, version, length of the content, the content */
#include "data/base/state.h"

#include <assert.h>
#include <string.h>

/* As a number, so that a machine with its bytes the other way round knows that it is none of its
 * own. */
#define MAGIC UINT64_C(0x3154535249455747)
enum { VERSION = 1, HEAD = 8 + 4 + 8 + 8 };

static const char remedy[] = "start anew without it";

size_t
state_begin(struct buffer *b)
{
	size_t begun = b->len;

	buffer_u64(b, MAGIC);
	buffer_u32(b, VERSION);
	buffer_u64(b, 0);
	buffer_u64(b, 0);
	return begun;
}

struct state_sum
state_sum_begin(const struct buffer *b, size_t begun)
{
	size_t n = b->len - begun - HEAD;

	assert(b->len - begun >= HEAD);
	return (struct state_sum){ begun + HEAD, n, bytes_hash_begin(n) };
}

void
state_sum_on(struct state_sum *sum, const struct buffer *b, size_t most)
{
	size_t n = sum->left <= most ? sum->left : most / BYTES_HASH_STEP * BYTES_HASH_STEP;

	sum->hash = bytes_hash_on(sum->hash, b->data + sum->at, n);
	sum->at += n;
	sum->left -= n;
}

void
state_sum_end(const struct state_sum *sum, struct buffer *b, size_t begun)
{
	unsigned char *head = b->data + begun;
	uint64_t n = b->len - begun - HEAD, hash = bytes_hash_end(sum->hash);

	memcpy(head + 12, &n, sizeof n);
	memcpy(head + 20, &hash, sizeof hash);
}

void
state_end(struct buffer *b, size_t begun)
{
	struct state_sum sum = state_sum_begin(b, begun);

	state_sum_on(&sum, b, sum.left);
	state_sum_end(&sum, b, begun);
}

size_t
state_piece_begin(struct buffer *b, const char *class, uint32_t version)
{
	buffer_text(b, class, strlen(class));
	buffer_u32(b, version);
	buffer_u64(b, 0);
	return b->len;
}

void
state_piece_end(struct buffer *b, size_t begun)
{
	uint64_t n = b->len - begun;

	memcpy(b->data + begun - sizeof n, &n, sizeof n);
}

/* What is wrong is the state, not what is asked for. */
static int
spoiled(struct error *err)
{
	if (err != NULL)
		err->subject = ERROR_STATE;
	return -1;
}

int
state_damaged(const char *class, struct error *err)
{
	error_set(err, "saved state: that of %s is damaged (%s)", class, remedy);
	return spoiled(err);
}

static int
check(const void *data, size_t n, struct reader *pieces, struct error *err)
{
	struct reader r = { data, n > 0 ? (const unsigned char *)data + n : data };
	uint64_t magic, length, hash;
	uint32_t version;

	if (n == 0 || reader_u64(&r, &magic) < 0 || magic != MAGIC)
		return error_set(err, "saved state: this is none of weir (%s)", remedy);
	if (reader_u32(&r, &version) < 0 || version != VERSION)
		return error_set(err, "saved state: is of another version of weir (%s)", remedy);
	if (reader_u64(&r, &length) < 0 || reader_u64(&r, &hash) < 0 ||
	    length != (uint64_t)(r.end - r.p))
		return error_set(err, "saved state: is torn (%s)", remedy);
	if (bytes_hash(r.p, (size_t)length) != hash)
		return error_set(
		    err, "saved state: was changed, its checksum does not fit (%s)", remedy);
	*pieces = r;
	return 0;
}

int
state_open(const void *data, size_t n, struct reader *pieces, struct error *err)
{
	return check(data, n, pieces, err) == 0 ? 0 : spoiled(err);
}

static int
read_head(struct reader *r, const char **class, size_t *nclass, uint32_t *version, size_t *n)
{
	if (reader_text(r, class, nclass) < 0 || reader_u32(r, version) < 0)
		return -1;
	return reader_count(r, 1, n);
}

int
state_piece(struct reader *pieces, const char *class, uint32_t version, struct reader *piece,
    struct error *err)
{
	struct reader r = *pieces;
	const char *found;
	size_t nfound, n;
	uint32_t saved;

	if (read_head(&r, &found, &nfound, &saved, &n) < 0)
		return state_damaged(class, err);
	if (nfound != strlen(class) || memcmp(found, class, nfound) != 0) {
		error_set(err, "saved state: has '%.*s' where %s should be (%s)",
		    (int)(nfound < 40 ? nfound : 40), found, class, remedy);
		return spoiled(err);
	}
	if (saved != version) {
		error_set(err, "saved state: that of %s is of version %u, this weir reads %u (%s)",
		    class, saved, version, remedy);
		return spoiled(err);
	}
	*piece = (struct reader){ r.p, r.p + n };
	pieces->p = r.p + n;
	return 0;
}

int
state_piece_done(const struct reader *piece, const char *class, struct error *err)
{
	return piece->p == piece->end ? 0 : state_damaged(class, err);
}
