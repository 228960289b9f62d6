/* config_source.c - a source in a dashboard file. */
#include <ctype.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"
#include "data/base/times/time_form.h"
#include "data/sources/synth/synth.h"

static const struct field source_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_source, name),
	    .help = "what the source is called; left out: its file's name or scheme",
	    .example = "reactor" },
	{ "uri", FIELD_PLACED, offsetof(struct config_source, uri), .required = true,
	    .help = "a file, -, synth:NAME, ... (weir list sources)",
	    .example = "\"synth:reactor?seed=1\"" },
	{ "time", FIELD_PLACED, offsetof(struct config_source, time),
	    .help = "the column with the event time; left out: the first that is one",
	    .example = "time" },
	{ "rate", FIELD_RATE, offsetof(struct config_source, rate),
	    .help = "rows a second: 10, 90/m, or max", .example = "10" },
	{ "speed", FIELD_SPEED, offsetof(struct config_source, speed), .aside = true,
	    .help = "instead of rate: times as fast as recorded, or max", .example = "60" },
	{ "format", FIELD_TEXT, offsetof(struct config_source, format), .aside = true,
	    .help = "as -F has it (weir list sources); left out: found", .example = "csv" },
	{ "delimiter", FIELD_TEXT, offsetof(struct config_source, delimiter), .aside = true,
	    .help = "between cells; left out: found", .example = "\";\"" },
	{ "quote", FIELD_TEXT, offsetof(struct config_source, quote), .aside = true,
	    .help = "around cells; left out: found", .example = "\"'\"" },
	{ "comment", FIELD_TEXT, offsetof(struct config_source, comment), .aside = true,
	    .help = "lines that begin with it are no rows", .example = "\"#\"" },
	{ "skip", FIELD_COUNT, offsetof(struct config_source, skip), .aside = true, .max = 1000000,
	    .help = "lines before the header or the first row; left out: found", .example = "2" },
	{ "decimal", FIELD_TEXT, offsetof(struct config_source, decimal), .aside = true,
	    .help = "before decimals, . or ,; left out: found", .example = "\",\"" },
	{ "missing", FIELD_NAMES, offsetof(struct config_source, missing), .aside = true,
	    .help = "cells that say that there is nothing", .example = "[\"-999\", none]" },
	{ "encoding", FIELD_TEXT, offsetof(struct config_source, encoding), .aside = true,
	    .help = "of the text, as iconv names it; left out: found", .example = "latin1" },
	{ "time_format", FIELD_TEXT, offsetof(struct config_source, time_format), .aside = true,
	    .help = "of times, as of strptime", .example = "\"%d.%m.%Y %H:%M:%S.%f\"" },
	{ "zone", FIELD_TEXT, offsetof(struct config_source, zone), .aside = true,
	    .help = "of times without one: UTC, local, +02:00, or as Europe/Berlin",
	    .example = "Europe/Berlin" },
	{ "dates", FIELD_TEXT, offsetof(struct config_source, dates), .aside = true,
	    .help = "the order of day, month and year; left out: found", .example = "dmy" },
	{ "no_header", FIELD_FLAG, offsetof(struct config_source, no_header), .aside = true,
	    .help = "the first line is a row", .example = "true" },
	{ "columns", FIELD_NAMES, offsetof(struct config_source, columns), .aside = true,
	    .help = "the names of the columns, in their order",
	    .example = "[time, temperature, pH]" },
	{ "types", FIELD_NAMES, offsetof(struct config_source, types), .aside = true,
	    .help = "types told: number, time or text", .example = "\"temperature=number\"" },
	{ "sort", FIELD_FLAG, offsetof(struct config_source, sort), .aside = true,
	    .help = "put a recording in the order of time first", .example = "true" },
	{ "follow", FIELD_FLAG, offsetof(struct config_source, follow), .aside = true,
	    .help = "go on reading as the file grows", .example = "true" },
	{ "with_rotated", FIELD_FLAG, offsetof(struct config_source, with_rotated), .aside = true,
	    .help = "followed, what was rotated away is read first", .example = "true" },
	{ "poll", FIELD_DURATION, offsetof(struct config_source, poll), .aside = true,
	    .help = "run or fetch it again that often", .example = "5s" },
	{ "ack", FIELD_TEXT, offsetof(struct config_source, ack), .aside = true,
	    .help = "lock-step: a line written back after each row that no rule replied to",
	    .example = "\".\"" },
	{ "start", FIELD_PLACED, offsetof(struct config_source, start), .aside = true,
	    .help = "the first row: its number or a time", .example = "100" },
	{ "stop", FIELD_PLACED, offsetof(struct config_source, stop), .aside = true,
	    .help = "the last row: its number or a time", .example = "1500" },
	{ "loop", FIELD_FLAG, offsetof(struct config_source, loop), .aside = true,
	    .help = "start over at the end", .example = "true" },
	{ 0 }
};

static bool
is_identifier(const char *s)
{
	if (!isalpha((unsigned char)*s) && *s != '_')
		return false;
	while (isalnum((unsigned char)*s) || *s == '_')
		s++;
	return *s == '\0';
}

static bool
has_scheme(const char *uri)
{
	if (!isalpha((unsigned char)*uri))
		return false;
	while (isalnum((unsigned char)*uri) || *uri == '-' || *uri == '+')
		uri++;
	return *uri == ':';
}

/* A path that a file names, from its folder. */
static char *
path_from(const char *folder, const char *path)
{
	struct text joined = { 0 };

	text_addf(&joined, "%s%s", path[0] == '/' ? "" : folder, path);
	return joined.s;
}

/* A command's program, where it is named from here: "exec:../vessel 10". The shell reads the folder
 * as one word, whatever stands in it. */
static void
place_command(char **uri, const char *folder)
{
	const char *command = *uri + 5;
	struct text placed = { 0 };

	if (strncmp(command, "./", 2) != 0 && strncmp(command, "../", 3) != 0)
		return;
	text_add(&placed, "exec:'");
	for (; *folder != '\0'; folder++)
		if (*folder == '\'')
			text_add(&placed, "'\\''");
		else
			text_addc(&placed, *folder);
	text_addf(&placed, "'%s", command);
	free(*uri);
	*uri = placed.s;
}

/* Files, unix: sockets and programs are paths; what has another scheme is left as it is. */
static void
place_uri(char **uri, const char *folder)
{
	size_t scheme = strncmp(*uri, "unix:", 5) == 0           ? 5
			: strncmp(*uri, "unix-listen:", 12) == 0 ? 12
								 : 0;
	struct text placed = { 0 };
	char *path;

	if (strncmp(*uri, "exec:", 5) == 0)
		place_command(uri, folder);
	if (strcmp(*uri, "-") == 0 || (scheme == 0 && has_scheme(*uri)))
		return;
	path = path_from(folder, *uri + scheme);
	text_addn(&placed, *uri, scheme);
	text_add(&placed, path);
	free(path);
	free(*uri);
	*uri = placed.s;
}

int
config_source_check(const char *uri, struct error *err)
{
	struct text names = { 0 };
	const char *name;
	size_t n = 0;

	while (isalnum((unsigned char)uri[n]) || uri[n] == '_')
		n++;
	if (uri[n] == '=') /* "label=synth:NAME" */
		uri += n + 1;
	if (strncmp(uri, "synth:", 6) != 0)
		return 0;
	name = uri + 6;
	n = strcspn(name, "?");
	for (int i = 0; generators[i] != NULL; i++) {
		if (strlen(generators[i]->name) == n && memcmp(generators[i]->name, name, n) == 0) {
			text_done(&names);
			return 0;
		}
		text_addf(&names, "%s%s", i > 0 ? ", " : "", generators[i]->name);
	}
	error_set(
	    err, "synth:%.*s: no such generator (there are %s)", (int)n, name, text_get(&names));
	text_done(&names);
	return -1;
}

static int
check_sign(const struct yaml *y, const struct loading *l, const char *key, const char *text)
{
	if (text == NULL || (strlen(text) == 1 && strchr("\r\n", text[0]) == NULL))
		return 0;
	return yaml_wrong(
	    l->report, place_of_key(y, key), "'%s' is '%.60s' (expected one character)", key, text);
}

static int
source_check(void *item, const struct yaml *y, const struct loading *l)
{
	struct config_source *s = item;
	struct error err;

	if (s->name != NULL && !is_identifier(s->name))
		return yaml_wrong(l->report, place_of_key(y, "name"),
		    "'%.60s' is no name of a source (expected letters, digits and _)", s->name);
	if (s->uri.s[0] == '\0')
		return yaml_wrong(
		    l->report, s->uri.at, "'uri' is empty (expected a file or another source)");
	if (config_source_check(s->uri.s, &err) != 0)
		return yaml_wrong(l->report, s->uri.at, "%s", err.text);
	if (s->rate != 0 && s->speed != 0)
		return yaml_wrong(l->report, place_of_key(y, "speed"),
		    "'speed' and 'rate' together (expected one of them)");
	if (s->delimiter != NULL && strcmp(s->delimiter, "  ") != 0 &&
	    (strlen(s->delimiter) != 1 || strchr("\"\r\n", s->delimiter[0]) != NULL))
		return yaml_wrong(l->report, place_of_key(y, "delimiter"),
		    "'delimiter' is '%.60s' (expected one character such as \";\" or \"\\t\")",
		    s->delimiter);
	if (check_sign(y, l, "quote", s->quote) < 0 || check_sign(y, l, "comment", s->comment) < 0)
		return -1;
	if (s->decimal != NULL && strcmp(s->decimal, ".") != 0 && strcmp(s->decimal, ",") != 0)
		return yaml_wrong(l->report, place_of_key(y, "decimal"),
		    "'decimal' is '%.60s' (expected \".\" or \",\")", s->decimal);
	if (s->dates != NULL && date_order_parse(s->dates) == DATE_ORDERS)
		return yaml_wrong(l->report, place_of_key(y, "dates"),
		    "'dates' is '%.60s' (expected dmy, mdy or ymd)", s->dates);
	if (s->time_format != NULL && time_format_check(s->time_format, &err) != 0)
		return yaml_wrong(l->report, place_of_key(y, "time_format"),
		    "'time_format' is '%.60s': %s", s->time_format, err.text);
	s->skip_told = yaml_get(y, "skip") != NULL;
	s->format_at = place_of_key(y, "format");
	s->types_at = place_of_key(y, "types");
	s->follow_at = place_of_key(y, "follow");
	s->speed_at = place_of_key(y, "speed");
	place_uri(&s->uri.s, l->folder);
	s->sound = true;
	return 0;
}

const struct table source_table = {
	.what = "a source",
	.size = sizeof(struct config_source),
	.fields = source_fields,
	.alone = "uri",
	.unique = true,
	.check = source_check,
};

bool
config_same_sources(const struct config *a, const struct config *b)
{
	if (a->nsources != b->nsources)
		return false;
	for (int i = 0; i < a->nsources; i++)
		if (!table_same(&source_table, &a->sources[i], &b->sources[i]) ||
		    a->sources[i].skip_told != b->sources[i].skip_told)
			return false;
	return true;
}
