/* inference.h - the first records of a source, held back until they have told what its columns are. */
#ifndef WEIR_INFERENCE_H
#define WEIR_INFERENCE_H

#include <stdbool.h>

#include "data/base/error.h"
#include "data/input/feed.h"
#include "data/formats/format.h"
#include "data/rows/columns.h"

struct sample;

/* named: cells come by key. The options outlive the sample. */
struct sample *sample_new(bool named, const struct feed_options *);
void sample_free(struct sample *);

/* What a format gives its records to. */
struct sink *sample_sink(struct sample *);
int sample_rows(const struct sample *);
bool sample_full(const struct sample *); /* enough was seen */

/* Decides on names and types. source: what the source is called. -1: options do not fit. */
int sample_layout(struct sample *, const char *source, struct layout *, struct error *);
/* The first time in the layout's time column; 0 when there is none. */
int64_t sample_stamp(const struct sample *, const struct layout *);
/* Gives all that came, the cells of a record under way too, to another sink, which goes on. */
void sample_replay(const struct sample *, struct sink *);

#endif
