/* csv_again.c - lines of a table that stands in the text twice: those that went before. */
#include "data/formats/csv_parts.h"
#include "data/rows/block.h"

bool
csv_take_again(struct format *f, const char *s, size_t n, const struct position *after)
{
	struct csv *csv = f->state;
	const struct dialect_again *again = &f->dialect->again;
	uint64_t hash = 0;

	if (!csv_closed(&csv->trial, s, n, f->dialect) || csv->trial.n < again->cells)
		return false;
	for (int i = 0; i < again->cells; i++) {
		size_t len;
		const char *cell = csv_cells_get(&csv->trial, i, &len);

		hash = dialect_hash(hash, cell, len);
	}
	for (int i = 0; i < again->n; i++) {
		if (again->rows[i] != hash)
			continue;
		csv_begin(f, after);
		f->sink->drop(f->sink->self, fault_row_again, s, n);
		f->at = *after;
		return true;
	}
	return false;
}
