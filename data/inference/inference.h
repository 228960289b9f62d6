/* inference.h - the first records of a source, held back until they have told what its columns
 * are. */
#ifndef WEIR_INFERENCE_H
#define WEIR_INFERENCE_H

#include <stdbool.h>

#include "data/base/error.h"
#include "data/rows/dialect.h"
#include "data/rows/record_log.h"
#include "data/rows/record_sink.h"
#include "data/rows/row_map.h"

struct inference;

/* named: cells come by key. Options and dialect outlive the sample. */
struct inference *inference_new(bool named, const struct dialect_options *, const struct dialect *);
void inference_go_on(struct inference *); /* see decoder_go_on */
void inference_free(struct inference *);

/* What a format gives its records to. */
struct record_sink *inference_sink(struct inference *);
int inference_rows(const struct inference *);
bool inference_full(const struct inference *); /* enough was seen */

/* Decides on names and types. tags: of the source, behind the columns; NULL. source: what the
 * source is called. -1: options do not fit. */
int inference_map(struct inference *, const struct tag_column *tags, const char *source,
    struct row_map *, struct error *);
/* Appends the first keys of the records that --columns does not name, and are left out for that.
 * Returns how many there are. */
int inference_left_out(const struct inference *, const struct row_map *, struct text *names);
/* The first time in the layout's time column; 0 when there is none. */
int64_t inference_stamp(const struct inference *, const struct row_map *);
/* Do 9 of 10 changes in the layout's time column go back? */
bool inference_falls(const struct inference *, const struct row_map *);
/* Where the rows begin: behind the header, else where the source does. */
struct position inference_body(const struct inference *, struct position start);
/* Appends what is wrong up to there, dropped records alone. */
void inference_head(const struct inference *, struct record_log *);
/* Gives all that came behind it, the cells of a record under way too, to another sink, which goes
 * on. */
void inference_replay(const struct inference *, struct record_sink *);

#endif
