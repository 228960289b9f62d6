/* sorted.h - a recording as a source that gives its rows in the order of time: the bytes up to the
 * first row as they stand, then each row's, then what stood behind the last. Its places are those
 * of the recording so written. */
#ifndef WEIR_SORTED_H
#define WEIR_SORTED_H

#include "data/input/sorted/row_index.h"
#include "data/sources/source.h"

struct spool;

/* The bytes of a source in a file: of a recording that file itself, else a copy without a name,
 * made in steps. NULL with err: the source cannot be read anew. The source outlives it. */
struct spool *spool_new(struct source *, struct error *);
void spool_free(struct spool *);
enum spool_state { SPOOL_MORE, SPOOL_DONE, SPOOL_LARGE, SPOOL_FAIL };
/* Copies some more; nothing is to be copied of a file. SPOOL_LARGE: it has more than `most`
 * bytes. */
enum spool_state spool_fill(struct spool *, uint64_t most, struct error *);
/* 0 at its end; -1 with err. Only when it is filled. */
long spool_read(const struct spool *, uint64_t offset, char *buf, size_t n, struct error *);
uint64_t spool_size(const struct spool *);

/* Takes the source, the spool and the sorted index. head: bytes before the first row; tail: from
 * there on are those behind the last. */
struct source *sorted_source(
    struct source *, struct spool *, struct row_index *, uint64_t head, uint64_t tail);

#endif
