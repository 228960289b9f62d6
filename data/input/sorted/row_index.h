/* row_index.h - where the rows of a recording stand, with their times: 16 bytes a row, put in the
 * order of time in steps, so that whoever waits for it stays awake. */
#ifndef WEIR_ROW_INDEX_H
#define WEIR_ROW_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct row_index;

struct row_span { /* bytes of the recording */
	uint64_t offset;
	size_t n;
};

struct row_index *row_index_new(void);
void row_index_free(struct row_index *);

/* Behind those added so far. false: it is too long, or too far behind the start, to be kept. */
bool row_index_add(struct row_index *, int64_t time, struct row_span);
size_t row_index_rows(const struct row_index *);
bool row_index_in_order(const struct row_index *); /* as they were added; known before sorting */

/* So many steps of sorting; true: it is done. Rows of one time stay in the order in which they
 * came; what is newest first is turned around at once. */
bool row_index_sort(struct row_index *, size_t steps);
struct row_span row_index_span(const struct row_index *, size_t i);

#endif
