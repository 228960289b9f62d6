/* state.h - saved state: pieces one after the other, each with the name of what it is the state of,
 * its version and its length, and a checksum over all of them.
 *
 * Who saves writes fields (bytes.h), never structs. Who loads trusts nothing: lengths are checked
 * before room is made for them, numbers against their range, and what does not fit is an error that
 * says so. Bytes are those of this machine: state is for the same program at the same place. */
#ifndef WEIR_STATE_H
#define WEIR_STATE_H

#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/error.h"

/* Of the whole: where it began is handed to the end. A piece may hold others. */
size_t state_begin(struct buffer *);
void state_end(struct buffer *, size_t begun);

/* The end in parts, where the whole is large: begun, gone on with until nothing is left, ended. */
struct state_sum {
	size_t at, left; /* bytes */
	uint64_t hash;
};
struct state_sum state_sum_begin(const struct buffer *, size_t begun);
void state_sum_on(struct state_sum *, const struct buffer *, size_t most);
void state_sum_end(const struct state_sum *, struct buffer *, size_t begun);

size_t state_piece_begin(struct buffer *, const char *class, uint32_t version);
void state_piece_end(struct buffer *, size_t begun);

/* Checks the whole and sets a reader on its pieces. -1: torn, changed, or of another version. */
int state_open(const void *data, size_t n, struct reader *pieces, struct error *);
/* Takes the next piece, which must be of this class and version. */
int state_piece(struct reader *pieces, const char *class, uint32_t version, struct reader *piece,
    struct error *);
/* All of a piece must have been read. */
int state_piece_done(const struct reader *piece, const char *class, struct error *);
/* "saved state: that of CLASS is damaged (...)"; -1. */
int state_damaged(const char *class, struct error *);

#endif
