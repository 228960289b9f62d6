/* decoder_join.c - a date and its clock, of two columns, are one time in a third. */
#include <string.h>

#include "data/base/times/times.h"
#include "data/rows/decoder_parts.h"

/* The cells of a date and of its clock are kept until both are there. */
void
decoder_keep_part(struct decoder *d, int column, const struct field *field)
{
	struct part *part = &d->parts[column == d->map->join.clock];

	part->n = field->n < sizeof part->text ? field->n : 0;
	memcpy(part->text, field->s, part->n);
}

/* Most are read as one text, by a reader that knows the day before; a date that has a clock of its
 * own is not. */
static enum time_result
read_parts(struct decoder *d, const struct part *date, const struct part *clock, int64_t *time)
{
	struct time_reader *readers = d->reader.times;
	char text[2 * sizeof date->text + 1];
	enum time_result result;

	memcpy(text, date->text, date->n);
	text[date->n] = ' ';
	memcpy(text + date->n + 1, clock->text, clock->n);
	result = time_read(&readers[d->map->join.column], text, date->n + 1 + clock->n, time);
	if (result != TIME_BAD)
		return result;
	return time_read_both(&readers[d->map->join.date], date->text, date->n,
	    &readers[d->map->join.clock], clock->text, clock->n, time);
}

/* The joined time of the row. */
void
decoder_join_parts(struct decoder *d)
{
	const struct part *date = &d->parts[0], *clock = &d->parts[1];
	int column = d->map->join.column;
	int64_t time;

	cell_set_missing(d->block, d->row, column);
	if (number_missing_mark(date->text, date->n) || number_missing_mark(clock->text, clock->n))
		return;
	if (read_parts(d, date, clock, &time) == TIME_BAD)
		block_fault(d->block, d->row, column, "not a time", date->text, date->n);
	else if (d->block->used[column])
		d->block->cells[column].time[d->row] = time;
	cell_news(&d->reader, d->block, d->row, column);
}
