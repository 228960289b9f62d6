/* lessons.h - what is learned of the times of columns on the way, each with the row at which it
 * was. */
#ifndef WEIR_LESSONS_H
#define WEIR_LESSONS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/time_form.h"

struct lesson {
	uint64_t row;
	int column;
	unsigned char news; /* enum time_news */
	enum date_order order;
};

struct lessons { /* zeroed: none */
	struct lesson *all;
	int n;
};

void lessons_add(struct lessons *, const struct lesson *);
void lessons_done(struct lessons *);

/* Those up to a row. Loaded ones are taken over by the readers of so many columns. */
void lessons_save(const struct lessons *, uint64_t row, struct buffer *);
int lessons_load(struct lessons *, struct time_reader *, int columns, struct reader *);

#endif
