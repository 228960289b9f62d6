/* joined_values.c - columns of one source in the rows of another: each has its latest value, as of
 * the row that goes. */
#include <math.h>
#include <stdlib.h>

#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

void
joined_value_init(struct joined_value *v)
{
	*v = (struct joined_value){ .missing = true };
	v->cells.text = memory_zero(BLOCK_ROWS, sizeof(struct cell_text));
}

void
joined_value_done(struct joined_value *v)
{
	text_done(&v->text);
	free(v->cells.text);
}

void
joined_value_fill(struct joined_value *v, enum column_type type, int at, int n)
{
	struct cell_text text = { v->missing ? NULL : text_get(&v->text), (uint32_t)v->text.len };

	for (int i = at; i < at + n; i++) {
		if (type == COLUMN_NUMBER)
			v->cells.number[i] = v->missing ? NAN : v->number;
		else if (type == COLUMN_TIME)
			v->cells.time[i] = v->missing ? TIME_NONE : v->time;
		else
			v->cells.text[i] = text;
	}
}

void
joined_value_take(struct joined_value *v, const struct joined *j, const struct block *b, int row)
{
	union cells cells = b->cells[j->column];

	v->missing = false;
	if (j->type == COLUMN_NUMBER) {
		v->number = cells.number[row];
	} else if (j->type == COLUMN_TIME) {
		v->time = cells.time[row];
	} else {
		v->missing = cells.text[row].s == NULL;
		text_clear(&v->text);
		text_addn(&v->text, cells.text[row].s, cells.text[row].n);
	}
}

void
joined_value_copy(struct joined_value *v, const struct joined_value *from)
{
	v->number = from->number;
	v->time = from->time;
	v->missing = from->missing;
	text_clear(&v->text);
	text_addn(&v->text, text_get(&from->text), from->text.len);
}
