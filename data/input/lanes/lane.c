/* lane.c - bytes of one lane to its format. See lane.h. */
#include "data/input/lanes/lane.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/dialect/find.h"

/* --- all of them ------------------------------------------------------------------------------ */

struct lane *
lanes_find(const struct lanes *lanes, uint32_t number)
{
	int lo = 0, hi = lanes->n;

	while (lo < hi) {
		int mid = (lo + hi) / 2;

		if (lanes->at[mid]->number < number)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo < lanes->n && lanes->at[lo]->number == number ? lanes->at[lo] : NULL;
}

struct lane *
lanes_add(struct lanes *lanes, uint32_t number, int ntags)
{
	struct lane *lane = memory_zero(1, sizeof *lane);
	int i = lanes->n;

	lane->number = number;
	lane->ntags = ntags;
	lane->tags = memory_zero((size_t)ntags, sizeof *lane->tags);
	lane->begin.lane = lane->passed.lane = number;
	lanes->at = memory_grow(lanes->at, (size_t)lanes->n + 1, sizeof *lanes->at);
	for (; i > 0 && lanes->at[i - 1]->number > number; i--)
		lanes->at[i] = lanes->at[i - 1];
	lanes->at[i] = lane;
	lanes->n++;
	return lane;
}

static void
lane_free(struct lane *lane)
{
	format_close(&lane->format);
	gather_done(&lane->gather);
	for (int i = 0; i < lane->ntags; i++)
		text_done(&lane->tags[i]);
	free(lane->tags);
	text_done(&lane->pending);
	free(lane);
}

void
lanes_remove(struct lanes *lanes, struct lane *lane)
{
	int i = 0;

	while (lanes->at[i] != lane)
		i++;
	lane_clear(lanes, lane);
	lane_free(lane);
	for (lanes->n--; i < lanes->n; i++)
		lanes->at[i] = lanes->at[i + 1];
}

void
lanes_done(struct lanes *lanes)
{
	for (int i = 0; i < lanes->n; i++)
		lane_free(lanes->at[i]);
	free(lanes->at);
	*lanes = (struct lanes){ 0 };
}

/* --- one -------------------------------------------------------------------------------------- */

void
lane_tags(struct lane *lane, const struct field *tags)
{
	for (int i = 0; i < lane->ntags; i++) {
		text_clear(&lane->tags[i]);
		text_addn(&lane->tags[i], tags[i].s, tags[i].n);
	}
}

size_t
lane_waits(const struct lane *lane)
{
	return lane->pending.len - lane->at;
}

void
lane_push(struct lanes *lanes, struct lane *lane, const char *s, size_t n)
{
	text_addn(&lane->pending, s, n);
	lanes->held += n;
}

void
lane_clear(struct lanes *lanes, struct lane *lane)
{
	lanes->held -= lane_waits(lane);
	text_clear(&lane->pending);
	lane->at = lane->looked = 0;
}

bool
lane_tells(const struct lane *lane)
{
	const char *bytes = text_get(&lane->pending) + lane->at;
	size_t n = lane_waits(lane);

	return n >= DIALECT_BYTES || ((lane->ends || lane->gone) && n > 0) ||
	       (n > 0 && memchr(bytes, '\n', n) != NULL);
}

static bool
is_table(const struct format_class *class)
{
	return !class->named &&
	       (strcmp(class->name, "csv") == 0 || strcmp(class->name, "tsv") == 0 ||
		   strcmp(class->name, "words") == 0);
}

/* Tables whose first line has nothing of what stands between the others' cells may have another
 * delimiter. Else a line or two tell less than what is known of the others. */
static bool
splits(const struct dialect *dialect, const char *line, size_t n, int columns)
{
	const char *end = memchr(line, '\n', n);
	size_t length = end != NULL ? (size_t)(end - line) : n;

	return columns <= 1 || dialect->delimiter == DELIMITER_RUNS ||
	       memchr(line, dialect->delimiter, length) != NULL;
}

void
lane_open(struct lane *lane, const struct format_class *told, const struct format_class *others,
    const struct dialect *dialect, const struct dialect_options *options, const char *spec)
{
	const char *first = text_get(&lane->pending) + lane->at;
	size_t n = lane_waits(lane), mark = lane->begin.offset == 0 ? format_mark(first, n) : 0;
	bool whole = lane->ends || lane->gone;
	const struct format_class *class = told;
	struct position from = lane->begin;

	if (n > DIALECT_BYTES)
		n = DIALECT_BYTES;
	if (class == NULL)
		class = format_guess(spec, first + mark, n - mark, whole);
	lane->dialect = *dialect;
	if (is_table(class) && is_table(others)) {
		class = others;
		if (!splits(dialect, first + mark, n - mark, lane->gather.map->fields)) {
			dialect_find(first, n, whole, options, &lane->dialect);
			class = format_find(lane->dialect.format);
		}
	}
	lane->class = class;
	lane->at += mark;
	from.offset += mark;
	gather_begin(&lane->gather, class->named);
	format_open_at(&lane->format, class, &lane->dialect, &lane->gather.sink, &from);
	lane->open = true;
}

void
lane_parse(struct lanes *lanes, struct lane *lane, size_t n)
{
	const char *bytes = text_get(&lane->pending) + lane->at;
	size_t waits = lane_waits(lane);

	if (n > waits)
		n = waits;
	lane->at += n;
	lanes->held -= n;
	lane->format.class->feed(&lane->format, bytes, n);
	if (lane->at == lane->pending.len) {
		text_clear(&lane->pending);
		lane->at = 0;
	}
}

void
lane_finish(struct lane *lane)
{
	if (lane->open) {
		lane->format.class->finish(&lane->format);
		format_close(&lane->format);
	}
	lane->open = lane->ends = false;
	lane->begin = (struct position){ .lane = lane->number };
}
