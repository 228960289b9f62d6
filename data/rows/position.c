/* position.c - places in a source: compared, saved and loaded. */
#include "data/rows/position.h"

bool
position_same(const struct position *a, const struct position *b)
{
	return a->offset == b->offset && a->line == b->line && a->flags == b->flags &&
	       a->passed == b->passed && a->lane == b->lane;
}

void
position_save(const struct position *p, struct buffer *b)
{
	buffer_u64(b, p->offset);
	buffer_u64(b, p->line);
	buffer_u32(b, p->flags);
	buffer_u32(b, p->passed);
	buffer_u32(b, p->lane);
}

/* A line has a byte at least, but the last, which may have none; messages count otherwise. */
int
position_load(struct position *p, struct reader *r)
{
	if (reader_u64(r, &p->offset) < 0 || reader_u64(r, &p->line) < 0 ||
	    reader_u32(r, &p->flags) < 0 || reader_u32(r, &p->passed) < 0 ||
	    reader_u32(r, &p->lane) < 0)
		return -1;
	return p->offset > INT64_MAX / 2 || (p->lane == 0 && p->line > p->offset + 1) ? -1 : 0;
}
