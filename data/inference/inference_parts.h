/* inference_parts.h - what the files that look at a sample share; nobody else includes it.
 *
 * inference.c        the records that came: header, units, rows
 * inference_names.c  names and widths
 * inference_time.c   which column has the event time
 * inference_types.c  types, and how cells are written
 * inference_odd.c    a column of texts that is nearly one of numbers */
#ifndef WEIR_INFERENCE_PARTS_H
#define WEIR_INFERENCE_PARTS_H

#include "data/inference/inference.h"

struct inference {
	struct record_sink sink;
	bool named;
	const struct dialect_options *options;
	const struct dialect *dialect;
	struct record_log tape; /* of the calls that count so far */
	size_t begun;           /* where the record under way stands on it */
	size_t head;            /* what stands on it up to the end of the header */
	struct position body;   /* behind the header and its units; */
	unsigned fresh;         /* a new document begins: of these heads none is to be told of */
	unsigned beside;        /* heads that came right before: lines of their tables may follow */
	int rows;
	int top;       /* records of the header and of units that are still to come */
	size_t enough; /* the tape up to where it was full; what came after tells nothing */
	int nkeys;     /* keys met up to there */
	struct heads heads;
	bool goes_on;         /* see decoder_go_on */
	bool other;           /* lines of another table may follow: its header came */
	struct heads_met met; /* the record under way */
	int cells;            /* of it */
	bool mended;          /* it was not written as it should be */
	struct name_index keys;
};

/* The next cell on the tape from *at on; what else stands there is passed over. */
bool inference_cell(const struct inference *, size_t *at, struct entry *);
/* The column of an entry's cell; -1: it belongs to none. */
int inference_column(const struct inference *, const struct row_map *, const struct entry *);

void inference_name(const struct inference *, struct row_map *);
/* What a column of times says: all of it, or the day or the time of day alone. */
enum time_part { TIME_PART_WHOLE, TIME_PART_DATE, TIME_PART_CLOCK };
/* Joins a date and its clock, and chooses the column with the event time. */
void inference_time(const struct inference *, struct row_map *, const enum time_part *);

void inference_type(const struct inference *, struct row_map *);
struct census;
struct census_told;
/* Of a column of texts: where more than half of its cells are numbers, the first that is none. */
void inference_odd(const struct inference *, struct row_map *, int column, const struct census *,
    const struct census_told *);

#endif
