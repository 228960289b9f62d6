/* lane_state.c - a lane as bytes, and back: its place, and how the document that it stands in is
 * written. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/input/lanes/lane.h"

/* Before the first row of a document nothing of it is known: it is read from its start. */
void
lane_save(const struct lane *lane, const struct position *at, struct buffer *b)
{
	bool inside = at->offset > 0 && lane->class != NULL;
	const char *format = inside ? lane->class->name : "";

	buffer_u32(b, lane->number);
	buffer_u32(b, lane->refused);
	buffer_u64(b, (uint64_t)lane->ntags);
	for (int i = 0; i < lane->ntags; i++)
		buffer_text(b, text_get(&lane->tags[i]), lane->tags[i].len);
	position_save(at, b);
	buffer_text(b, format, strlen(format));
	if (!inside)
		return;
	dialect_save(&lane->dialect, b);
	gather_save(&lane->gather, b);
}

static int
load_format(struct lane *lane, const char *parameter, struct reader *r)
{
	char name[32] = "";
	const char *s;
	size_t n;

	if (reader_text(r, &s, &n) != 0 || n >= sizeof name)
		return -1;
	memcpy(name, s, n);
	if (n == 0)
		return lane->begin.offset == 0 ? 0 : -1;
	lane->class = format_find(name);
	if (lane->class == NULL || dialect_load(&lane->dialect, r) != 0)
		return -1;
	if ((lane->class->parameter != NULL) != (parameter != NULL))
		return -1;
	lane->dialect.parameter = parameter;
	lane->dialect.format = lane->class->name;
	return 0;
}

/* Within a document: its format is open from here on. */
static int
open_inside(struct lane *lane, struct reader *r)
{
	const struct format_class *class = lane->class;

	gather_begin(&lane->gather, class->named);
	if (gather_load(&lane->gather, r) != 0)
		return -1;
	lane->gather.pass = lane->begin.passed;
	format_open_at(&lane->format, class, &lane->dialect, &lane->gather.sink, &lane->begin);
	lane->open = true;
	return 0;
}

static int
load(struct lane *lane, const char *parameter, struct reader *r)
{
	lane->passed = lane->begin;
	if (load_format(lane, parameter, r) != 0)
		return -1;
	return lane->class == NULL ? 0 : open_inside(lane, r);
}

struct lane *
lanes_load(struct lanes *lanes, const struct row_map *map, struct record_sink *target,
    bool target_named, const char *parameter, struct reader *r)
{
	uint32_t number, refused;
	struct lane *lane;
	size_t ntags;

	if (reader_u32(r, &number) != 0 || lanes_find(lanes, number) != NULL ||
	    reader_below(r, 1, &refused) != 0 || reader_count(r, 4, &ntags) != 0 ||
	    ntags != (size_t)map->tags)
		return NULL;
	lane = lanes_add(lanes, number, (int)ntags);
	lane->refused = refused;
	for (size_t i = 0; i < ntags; i++) {
		const char *s;
		size_t n;

		if (reader_text(r, &s, &n) != 0)
			return NULL;
		text_addn(&lane->tags[i], s, n);
	}
	if (position_load(&lane->begin, r) != 0 || lane->begin.lane != number)
		return NULL;
	gather_init(&lane->gather, map, target, target_named, number, lane->tags);
	return load(lane, parameter, r) == 0 ? lane : NULL;
}
