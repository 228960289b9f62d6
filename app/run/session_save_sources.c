/* session_save_sources.c - where rows come from, in a dashboard file that is written: the sources
 * of the command line with their options, else those of the file in force. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/run/session_parts.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "data/sources/source.h"

/* A path in the place of one from the folder that weir was started in. */
static void
place(const char *uri, bool elsewhere, struct text *out)
{
	char *path = elsewhere ? realpath(uri, NULL) : NULL; /* NULL: it is no path */

	text_add(out, path != NULL ? path : uri);
	free(path);
}

/* Is the file to be written into another folder than that where paths begin? */
static bool
is_elsewhere(const char *path)
{
	return strchr(path, '/') != NULL;
}

/* "name=uri", as the command line has it: the length of the name; 0: there is none. */
static size_t
label_length(const char *spec)
{
	size_t n = strspn(spec, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	return spec[n] == '=' && n > 0 && (spec[0] < '0' || spec[0] > '9') ? n : 0;
}

static void
add_pace(struct text *out, const char *key, double v)
{
	if (v == 0)
		return;
	yaml_key(out, key);
	if (isinf(v))
		text_add(out, "max");
	else
		text_number(out, v);
}

static void
add_flag(struct text *out, const char *key, bool v)
{
	if (!v)
		return;
	yaml_key(out, key);
	text_add(out, "true");
}

static void
add_sign(struct text *out, const char *key, char sign)
{
	const char text[] = { sign, '\0' };

	yaml_pair(out, key, sign != '\0' ? text : NULL);
}

/* How rows are written, where it was told. */
static void
write_dialect(const struct args *args, struct text *out)
{
	yaml_pair(out, "format", args->format);
	add_sign(out, "delimiter", args->delimiter);
	add_sign(out, "quote", args->quote);
	add_sign(out, "comment", args->comment);
	if (args->skip >= 0) {
		yaml_key(out, "skip");
		text_addf(out, "%d", args->skip);
	}
	add_sign(out, "decimal", args->decimal);
	yaml_pair(out, "missing", args->missing);
	yaml_pair(out, "encoding", args->encoding);
	yaml_pair(out, "time_format", args->time_format);
	yaml_pair(out, "zone", args->zone);
	yaml_pair(out, "dates", args->dates);
	add_flag(out, "no_header", args->no_header);
	yaml_pair(out, "columns", args->columns);
	yaml_pair(out, "types", args->types);
}

/* As the options that hold for all sources have it. */
static void
write_source(const struct args *args, int i, bool elsewhere, struct text *out)
{
	const char *spec = args->sources.s[i];
	bool follows = session_option_means(args, i, SOURCE_FOLLOWS);
	size_t n = label_length(spec);
	char *name = n > 0 ? memory_text(spec, n) : NULL;
	struct text uri = { 0 };

	place(n > 0 ? spec + n + 1 : spec, elsewhere, &uri);
	text_addc(out, '{');
	yaml_pair(out, "name", name);
	yaml_pair(out, "uri", text_get(&uri));
	yaml_pair(out, "time", args->time);
	write_dialect(args, out);
	if (args->poll > 0 && session_option_means(args, i, SOURCE_POLLS)) {
		char buf[TIME_CHARS];

		yaml_key(out, "poll");
		text_addn(out, buf, (size_t)duration_format(args->poll, buf));
	}
	add_flag(out, "sort", args->sort);
	add_flag(out, "follow", args->follow && follows);
	add_flag(out, "with_rotated", args->with_rotated && follows);
	add_pace(out, "rate", args->rate);
	add_pace(out, "speed", args->speed);
	yaml_pair(out, "start", args->start);
	yaml_pair(out, "stop", args->stop);
	add_flag(out, "loop", args->loop);
	text_addc(out, '}');
	text_done(&uri);
	free(name);
}

/* One that was added while rows went. */
static void
write_added(const char *spec, const char *name, bool follows, bool elsewhere, struct text *out)
{
	struct text uri = { 0 };

	place(spec + (label_length(spec) > 0 ? label_length(spec) + 1 : 0), elsewhere, &uri);
	text_addc(out, '{');
	yaml_pair(out, "name", strchr(name, '#') == NULL ? name : NULL);
	yaml_pair(out, "uri", text_get(&uri));
	add_flag(out, "follow", follows);
	text_addc(out, '}');
	text_done(&uri);
}

static bool
is_ended(const struct engine *e, int given)
{
	for (int i = 0; i < engine_sources(e); i++)
		if (engine_source_given(e, i) == given)
			return engine_source_now(e, i).gone;
	return false;
}

/* Those that were ended are left out, the last first, so that the numbers of the others stay; those
 * that were added stand behind them. */
static void
save_changes(struct yaml_edit *e, const struct args *args, const struct config *c,
    const struct engine *engine, bool elsewhere)
{
	int given = args->sources.n > 0 ? args->sources.n : c->nsources;
	struct text text = { 0 };

	for (int i = 0; i < engine_sources(engine); i++) {
		if (engine_source_now(engine, i).gone || engine_source_given(engine, i) >= 0)
			continue;
		text_clear(&text);
		write_added(engine_source_spec(engine, i), engine_source_name(engine, i),
		    args->follow && engine_source_follows(engine, i), elsewhere, &text);
		yaml_edit_append(e, "sources", text_get(&text));
	}
	for (int i = 0; i < engine_joining(engine); i++) {
		if (!engine_joining_added(engine, i))
			continue;
		text_clear(&text);
		write_added(engine_joining_spec(engine, i), engine_joining_name(engine, i), false,
		    elsewhere, &text);
		yaml_edit_append(e, "sources", text_get(&text));
	}
	for (int i = given - 1; i >= 0; i--)
		if (is_ended(engine, i))
			yaml_edit_remove(e, "sources", i);
	text_done(&text);
}

void
session_save_sources(struct yaml_edit *e, const struct args *args, const struct config *c,
    const struct engine *engine, const char *path)
{
	bool elsewhere = is_elsewhere(path);
	struct text text = { 0 }, uri = { 0 };

	for (int i = c->nsources - 1; i >= 0 && args->sources.n > 0; i--)
		yaml_edit_remove(e, "sources", i);
	for (int i = 0; i < args->sources.n; i++) {
		text_clear(&text);
		write_source(args, i, elsewhere, &text);
		yaml_edit_append(e, "sources", text_get(&text));
	}
	for (int i = 0; i < c->nsources && args->sources.n == 0; i++) {
		text_clear(&text);
		text_clear(&uri);
		place(c->sources[i].uri.s, elsewhere, &uri);
		yaml_text(&text, text_get(&uri));
		yaml_edit_set_in(e, "sources", i, "uri", text_get(&text));
	}
	save_changes(e, args, c, engine, elsewhere);
	text_done(&text);
	text_done(&uri);
}
