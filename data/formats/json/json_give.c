/* json_give.c - an object that was read: its cells to a sink, or why it could not be read. */
#include <stdlib.h>

#include "data/formats/json/json_object_parts.h"

/* What was built stays where it is from now on. */
static void
place_built(struct json_object *o)
{
	const char *built = text_get(&o->built);

	for (size_t i = 0; i < o->n; i++) {
		if (o->keys[i].s == NULL)
			o->keys[i].s = built + o->built_at[i].key;
		if (o->values[i].s == NULL)
			o->values[i].s = built + o->built_at[i].value;
	}
}

/* Its keys are those of the record before where the names of all members are, and none is
 * nested. */
static void
give_whole(struct json_object *o, struct record_sink *sink)
{
	bool same = !o->unlike && !o->nested && o->got_before == sink && o->before == o->member;

	sink->named_whole(sink->self, o->keys, o->values, (int)o->n, same);
	o->before = o->member;
	o->got = o->nested ? NULL : sink;
}

void
json_object_give(struct json_object *o, struct format *f)
{
	if (o->half != NULL)
		format_fault(f, "half of a character", o->half, 6);
	if (o->odd != NULL)
		format_fault(f, "a byte that is no UTF-8", o->odd, 1);
	if (o->some_built)
		place_built(o);
	if (f->sink->named_whole != NULL && o->n > 0) {
		give_whole(o, f->sink);
		return;
	}
	for (size_t i = 0; i < o->n; i++)
		f->sink->named(f->sink->self, o->keys[i].s, o->keys[i].n, &o->values[i]);
	f->sink->record(f->sink->self);
}

void
json_object_drop(const struct json_object *o, struct format *f, const char *s, size_t n)
{
	enum { BEFORE = 30, SHORT = 50 };
	size_t at = (size_t)(o->at - s);

	if (at > SHORT) {
		s += at - BEFORE;
		n -= at - BEFORE;
	}
	format_drop(f, o->wrong, s, n);
}

void
json_object_done(struct json_object *o)
{
	free(o->keys);
	free(o->values);
	free(o->built_at);
	text_done(&o->built);
	text_done(&o->path);
	*o = (struct json_object){ 0 };
}
