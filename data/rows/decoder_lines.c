/* decoder_lines.c - which records are no rows: those that were read before, a header line again,
 * lines of another table; and what is told without a row. */
#include <stdio.h>
#include <string.h>

#include "data/rows/decoder_parts.h"

void
decoder_tell(struct decoder *d, struct block *block, int row)
{
	for (int i = 0; i < d->nwaiting; i++) {
		const struct waiting *w = &d->waiting[i];

		block_fault(block, row, -1, w->what, w->text, w->n);
	}
	d->nwaiting = 0;
}

void
decoder_close(struct decoder *d)
{
	if (d->nwaiting > 0 && (d->block == NULL || d->block->n > 0))
		d->block = decoder_add(d);
	if (d->nwaiting > 0)
		d->block->after[0] = d->at = d->dropped;
	decoder_tell(d, d->block, 0);
	d->block = NULL;
}

static void
keep(struct decoder *d, const char *what, const char *s, size_t n)
{
	struct waiting *waiting = &d->waiting[d->nwaiting++];

	waiting->what = what;
	waiting->n = n > FAULT_TEXT ? FAULT_TEXT : n;
	if (waiting->n > 0)
		memcpy(waiting->text, s, waiting->n);
}

void
decoder_wait(struct decoder *d, const char *what, const char *s, size_t n)
{
	if (d->pass > 0)
		return;
	if (d->nwaiting == WAITING)
		decoder_close(d);
	d->dropped = d->sink.after;
	if (d->other)
		d->dropped.flags |= POSITION_OTHER;
	keep(d, what, s, n);
}

void
decoder_forget(struct decoder *d)
{
	if (!d->begun)
		return;
	for (int i = d->told; i < d->mark; i++) { /* they wait for the next one */
		const struct fault *fault = &d->block->faults[i];

		keep(d, fault->what, fault->text.s, fault->text.n);
	}
	d->block->nfaults = d->told;
	d->begun = false;
}

/* The record under way is none. */
static void
tell_apart(struct decoder *d, const char *what, const char *s, size_t n)
{
	decoder_forget(d);
	decoder_wait(d, what, s, n);
}

/* Is it as wide as our rows? What was mended was made so. */
static bool
has_width(const struct decoder *d)
{
	const struct row_map *map = d->map;

	return (!d->mended || !d->other) && d->cells <= map->width &&
	       d->cells >= map->width - map->tail;
}

/* Is the record the header of another table, or a line of it? These go on up to a row that is as
 * wide as ours: where they are as wide, nothing tells them from rows. */
static bool
is_of_other(struct decoder *d)
{
	char line[24];

	if (d->map->width < 2 || has_width(d))
		return false;
	if (heads_other(&d->map->heads, &d->met, d->cells)) {
		if (d->goes_on) {
			tell_apart(d, fault_other_columns, NULL, 0);
			return true;
		}
		d->other = true;
		tell_apart(d, fault_other_header, line,
		    (size_t)snprintf(
			line, sizeof line, "%llu", (unsigned long long)d->sink.after.line));
	} else if (d->other) {
		tell_apart(d, fault_other_table, NULL, 0);
	}
	return d->other;
}

bool
decoder_counts(struct decoder *d)
{
	unsigned again;

	if (d->pass > 0) {
		d->pass--;
		return false;
	}
	again = d->met.like != 0 ? heads_whole(&d->map->heads, d->met.like, d->cells) : 0;
	if (again == 0 && d->beside != 0 &&
	    heads_beside(&d->map->heads, d->beside, d->cells, d->map->width)) {
		tell_apart(d, fault_other_table, NULL, 0);
		return false;
	}
	d->beside = again;
	if (again == 0 && is_of_other(d))
		return false;
	d->other = false;
	if (again == 0) {
		d->fresh = 0;
		return true;
	}
	if ((d->fresh & again) == 0)
		tell_apart(d, fault_header_again, NULL, 0);
	d->fresh &= ~again;
	return false;
}
