/* session_sources.c - a source added while rows go. */
#include <string.h>

#include "app/run/outputs.h"
#include "app/run/session_parts.h"
#include "data/engine/engine_view.h"
#include "data/sources/source.h"

/* Of the options that hold for all sources those that have a meaning for one of this kind. How its
 * rows are written is found: what was told of the others is theirs. */
static struct feed_options
options_of(const struct args *args, unsigned kind)
{
	return (struct feed_options){
		.dialect = { .dates = args->dates, .zone = args->zone },
		.poll = (kind & SOURCE_POLLS) != 0 ? args->poll : 0,
		.sort = args->sort ? SORT_TOLD : SORT_FOUND,
		.follow = args->follow && (kind & SOURCE_FOLLOWS) != 0,
	};
}

int
session_add_source(struct session *s, const char *spec, struct error *err)
{
	struct source *source = source_new(spec, s->args->follow, err);
	struct feed_options options;
	bool standard_input;

	if (source == NULL)
		return -1;
	options = options_of(s->args, source->class->kind);
	standard_input = strcmp(source->class->scheme, "-") == 0;
	source_free(source);
	if (standard_input)
		return error_set(err, "-: standard input is read from the start or not at all");
	if (outputs_add(spec, s->args, &s->guard, err) != 0)
		return -1;
	return engine_attach(s->engine, spec, &options, err);
}
