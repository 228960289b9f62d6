/* truth.h - where a recording is known to be odd: ranges of rows or of times. */
#ifndef WEIR_TRUTH_H
#define WEIR_TRUTH_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/error.h"
#include "data/base/params/params.h"

struct truth_range {
	bool by_time;
	/* First and last row, or stamps in ns; a single one lasts for the window behind it. */
	int64_t from, to;
	bool single;
	/* Set as the recording goes by: its first row. */
	bool begun;
	uint64_t first_row;
};

struct truth {
	struct truth_range *ranges; /* ascending where they are of one kind */
	int n;
};

/* "700", "700-740", "2026-01-01T10:00/2026-01-01T11:00", with commas between; or a CSV file whose
 * first column, or first two, are these. window: how long a single one lasts. -1 with err. */
int truth_parse(struct truth *, const char *text, struct span window, struct error *);
void truth_done(struct truth *);

/* Does the range hold this row? Its stamp is TIME_NONE where there are no times. */
bool truth_holds(const struct truth_range *, uint64_t row, int64_t time);
/* Is the row at its beginning or behind it? */
bool truth_reached(const struct truth_range *, uint64_t row, int64_t time);

#endif
