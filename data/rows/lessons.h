/* lessons.h - what is learned of columns on the way, most of it of their times, each with the row
 * at which it was. */
#ifndef WEIR_LESSONS_H
#define WEIR_LESSONS_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/bytes.h"
#include "data/base/times/time_form.h"

/* A text has a byte that is no UTF-8: of no column more than of another. */
enum { NEWS_BYTES = 16, NEWS_ALL = TIME_NEWS_ALL | NEWS_BYTES };

struct lesson {
	uint64_t row;
	int column;
	unsigned char news; /* enum time_news, or NEWS_BYTES */
	enum date_order order;
};

struct lessons { /* zeroed: none */
	struct lesson *all;
	int n;
};

void lessons_add(struct lessons *, const struct lesson *);
void lessons_done(struct lessons *);
bool lessons_have(const struct lessons *, unsigned news); /* one of them, of any column */

/* Those up to a row. Loaded ones are taken over by the readers of so many columns. */
void lessons_save(const struct lessons *, uint64_t row, struct buffer *);
int lessons_load(struct lessons *, struct time_reader *, int columns, struct reader *);

#endif
