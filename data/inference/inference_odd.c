/* inference_odd.c - the cell for which a column of numbers is one of texts.
 *
 * In a short table one typing error is enough for that. It is told, with its row and the flag that
 * makes the column one of numbers all the same. */
#include <stdio.h>

#include "data/inference/census.h"
#include "data/inference/inference_parts.h"

static bool
is_odd(const struct row_map *map, const struct number_form *form, const struct field *field)
{
	double number;

	return !row_map_missing(map, field->s, field->n) &&
	       number_form_read(form, field->s, field->n, &number) == CELL_BAD;
}

void
inference_odd(const struct inference *inference, struct row_map *map, int column,
    const struct census *census, const struct census_told *told)
{
	struct odd_cell *odd = &map->forms[column].odd;
	/* that is also how the column is read where --types says that it has numbers */
	struct number_form *form = &map->forms[column].number;
	int numbers = census_most(census, told, form);
	struct entry entry;
	uint64_t row = 1;

	if (numbers * 2 <= census->cells || census->code || census->large)
		return;
	for (size_t at = inference->head; record_log_next(&inference->tape, &at, &entry);) {
		const struct field *field = &entry.field;

		row += entry.kind == ENTRY_RECORD;
		if (entry.kind != ENTRY_CELL ||
		    inference_column(inference, map, &entry) != column || !is_odd(map, form, field))
			continue;
		*odd = (struct odd_cell){ .row = row, .numbers = numbers, .cells = census->cells };
		snprintf(odd->text, sizeof odd->text, "%.*s", (int)field->n, field->s);
		return;
	}
}
