/* source.c - which source a SOURCE of the command line is, its name and its parameters. */
#include "data/sources/source.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/base/secrets.h"
#include "data/base/text.h"
#include "data/sources/source_news.h"

bool
source_is_pattern(const char *path)
{
	return path[strcspn(path, "*?[")] != '\0' && access(path, F_OK) != 0;
}

/* The length of "scheme:" at the start of s; 0: there is none. */
static size_t
scheme_length(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)s[0]))
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '-' || s[n] == '+')
		n++;
	return s[n] == ':' ? n + 1 : 0;
}

/* The length of "label=" at the start of s; 0: none, or there is a file of the whole name. */
static size_t
label_length(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)s[0]) && s[0] != '_')
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '_')
		n++;
	return s[n] == '=' && access(s, F_OK) != 0 ? n + 1 : 0;
}

static bool
class_fits(const struct source_class *class, const char *spec, size_t scheme, bool follow)
{
	if (strcmp(class->scheme, "-") == 0)
		return strcmp(spec, "-") == 0;
	if (class->scheme[0] == '\0')
		return scheme == 0 && (class->takes == NULL || class->takes(spec, follow));
	return scheme > 0 && strncmp(spec, class->scheme, strlen(class->scheme)) == 0;
}

/* As errors and screens name it. */
static char *
shown_text(const char *spec)
{
	struct text t = { 0 };

	secrets_hide(spec, &t);
	return t.s != NULL ? t.s : memory_text("", 0);
}

/* NULL with err when the scheme is none of this build. A file of the whole name comes first. */
static const struct source_class *
class_of(const char *spec, bool follow, struct error *err)
{
	size_t scheme = access(spec, F_OK) == 0 ? 0 : scheme_length(spec);
	struct text forms = { 0 };
	char *shown;

	for (int i = 0; source_classes[i] != NULL; i++)
		if (class_fits(source_classes[i], spec, scheme, follow))
			return source_classes[i];
	for (int i = 0; source_classes[i] != NULL; i++)
		text_addf(&forms, "%s%s", i > 0 ? ", " : "", source_classes[i]->form);
	shown = shown_text(spec);
	error_set(err, "%s: this build has no source '%.*s' (it has: %s)", shown, (int)scheme, spec,
	    text_get(&forms));
	free(shown);
	text_done(&forms);
	return NULL;
}

static bool
cut_ending(char *name, const char *ending)
{
	size_t n = strlen(name), k = strlen(ending);

	if (n <= k || strcmp(name + n - k, ending) != 0)
		return false;
	name[n - k] = '\0';
	return true;
}

/* "access" for logs/access*.log: what stands before the signs of a pattern, else its directory. */
static char *
pattern_name(const char *path)
{
	const char *slash = strrchr(path, '/'), *base = slash != NULL ? slash + 1 : path;
	size_t n = strcspn(base, "*?[");

	while (n > 0 && !isalnum((unsigned char)base[n - 1]))
		n--;
	if (n == 0 && slash != NULL) {
		for (base = slash; base > path && base[-1] != '/';)
			base--;
		n = (size_t)(slash - base);
	}
	return n > 0 ? memory_text(base, n) : memory_text("files", 5);
}

/* reactor for sets/reactor.csv.gz: the ending of the packing, then one more. */
static char *
file_name(const char *path, bool params)
{
	static const char *const packings[] = { ".gz", ".zst", ".xz", ".bz2", ".lz4" };
	const char *slash = strrchr(path, '/');
	char *name, *dot;

	path = slash != NULL ? slash + 1 : path;
	name = memory_text(path, params ? strcspn(path, "?") : strlen(path));
	for (size_t i = 0; i < sizeof packings / sizeof *packings; i++)
		if (cut_ending(name, packings[i]))
			break;
	dot = strrchr(name, '.');
	if (dot != NULL && dot != name)
		*dot = '\0';
	return name;
}

static char *
name_of(const struct source_class *class, const char *spec)
{
	if (strcmp(class->scheme, "-") == 0)
		return memory_text("stdin", 5);
	if (class->scheme[0] == '\0')
		return class->params == NULL && source_is_pattern(spec)
			   ? pattern_name(spec)
			   : file_name(spec, class->params != NULL);
	return memory_text(spec, scheme_length(spec) - 1);
}

/* --- parameters ------------------------------------------------------------------------------- */

/* Turns %41 into A, in place; what is no such code stays. */
static void
decode_percents(char *s)
{
	char *to = s;

	for (; *s != '\0'; s++, to++) {
		char digits[3] = { 0 };

		*to = *s;
		if (*s != '%' || !isxdigit((unsigned char)s[1]) || !isxdigit((unsigned char)s[2]))
			continue;
		memcpy(digits, s + 1, 2);
		if (strtol(digits, NULL, 16) == 0)
			continue;
		*to = (char)strtol(digits, NULL, 16);
		s += 2;
	}
	*to = '\0';
}

static int
params_count(const struct param *params)
{
	int n = 0;

	while (params != NULL && params[n].name != NULL)
		n++;
	return n;
}

static int
param_unknown(const struct source *source, const char *name, struct error *err)
{
	const struct param *params = source->class->params;
	struct text names = { 0 };

	for (int i = 0; i < params_count(params); i++)
		text_addf(&names, "%s%s", i > 0 ? ", " : "", params[i].name);
	error_set(err, "%s: no parameter '%s' (it has: %s)", source->spec, name, text_get(&names));
	text_done(&names);
	return -1;
}

/* One "name=value". */
static int
set_param(struct source *source, char *text, bool *given, struct error *err)
{
	const struct param *params = source->class->params;
	char *value = strchr(text, '=');
	int i = 0;

	if (value == NULL)
		return error_set(err, "%s: '%s' (write name=value)", source->spec, text);
	*value++ = '\0';
	decode_percents(value);
	while (params[i].name != NULL && strcmp(params[i].name, text) != 0)
		i++;
	if (params[i].name == NULL)
		return param_unknown(source, text, err);
	if (given[i])
		return error_set(err, "%s: %s is given twice (once is enough)", source->spec, text);
	given[i] = true;
	if (value_parse(&source->values[i], &params[i], value, err) < 0)
		return error_at(err, "%s: %s", source->spec, text);
	return 0;
}

static int
set_fallbacks(struct source *source, const bool *given, struct error *err)
{
	const struct param *p = source->class->params;

	for (int i = 0; i < params_count(p); i++) {
		if (given[i])
			continue;
		if (p[i].fallback == NULL)
			return error_set(err, "%s: %s is missing (add ?%s=..., %s)", source->spec,
			    p[i].name, p[i].name, p[i].help);
		if (p[i].fallback[0] == '\0')
			source->values[i] = (struct value){ .number = NAN };
		else if (value_parse(&source->values[i], &p[i], p[i].fallback, err) < 0)
			return error_at(err, "%s: %s", source->spec, p[i].name);
	}
	return 0;
}

/* Cuts "?a=1&b=2" off the rest and reads it. */
static int
take_params(struct source *source, struct error *err)
{
	int n = params_count(source->class->params), failed = 0;
	bool *given = memory_zero((size_t)n, sizeof *given);
	char *text, *state = NULL;

	source->values = memory_zero((size_t)n, sizeof *source->values);
	text = strchr(source->rest, '?');
	if (text != NULL) {
		*text++ = '\0';
		text = strtok_r(text, "&", &state);
	}
	for (; failed == 0 && text != NULL; text = strtok_r(NULL, "&", &state))
		failed = set_param(source, text, given, err);
	if (failed == 0)
		failed = set_fallbacks(source, given, err);
	free(given);
	return failed;
}

/* --- its life --------------------------------------------------------------------------------- */

struct source *
source_new(const char *spec, bool follow, struct error *err)
{
	size_t label = label_length(spec);
	const char *bare = spec + label;
	const struct source_class *class = class_of(bare, follow, err);
	struct source *source;

	if (class == NULL)
		return NULL;
	source = memory_zero(1, sizeof *source);
	source->class = class;
	source->follow = follow;
	source->spec = shown_text(bare);
	source->name = label > 0 ? memory_text(spec, label - 1) : name_of(class, bare);
	if (strcmp(class->scheme, "-") != 0)
		bare += strlen(class->scheme);
	source->rest = memory_text(bare, strlen(bare));
	if ((class->params != NULL && take_params(source, err) < 0) ||
	    (class->check != NULL && class->check(source, err) < 0)) {
		source_free(source);
		return NULL;
	}
	return source;
}

int
source_tags(const struct source *source)
{
	int n = 0;

	while (source->class->tags != NULL && source->class->tags[n].name != NULL)
		n++;
	return n;
}

int
source_open(struct source *source, struct error *err)
{
	source->state = memory_zero(1, source->class->size);
	if (source->class->open(source, err) == 0)
		return 0;
	free(source->state);
	source->state = NULL;
	return -1;
}

bool
source_repeats(const struct source *source)
{
	return !source->pipe && source->class->seek != NULL;
}

bool
source_resumes(const struct source *source)
{
	return source_repeats(source) || source->class->resume != NULL ||
	       source->class->save != NULL;
}

int
source_seek(struct source *source, uint64_t offset, struct error *err)
{
	if (!source_repeats(source) && !source->kept)
		return error_set(err,
		    "%s: cannot go back in what it gave (only recordings can: copy it to a file)",
		    source->spec);
	return source->class->seek(source, offset, err);
}

void
source_stop(struct source *source)
{
	if (source->state != NULL && source->class->close != NULL)
		source->class->close(source);
	free(source->state);
	source->state = NULL;
}

void
source_free(struct source *source)
{
	if (source == NULL)
		return;
	source_stop(source);
	for (int i = 0; source->values != NULL && i < params_count(source->class->params); i++)
		value_done(&source->values[i]);
	free(source->values);
	source_news_free(source->news);
	free(source->rest);
	free(source->name);
	free(source->spec);
	free(source);
}

void
source_note(struct source *source, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	source_news_note(&source->news, false, format, args);
	va_end(args);
}

void
source_trouble(struct source *source, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	source_news_note(&source->news, true, format, args);
	va_end(args);
}

void
source_bad(struct source *source, const char *what, const char *s, size_t n)
{
	source_news_bad(&source->news, what, s, n);
}

const char *
source_next_note(struct source *source, bool *trouble)
{
	return source_news_next_note(source->news, source->name, trouble);
}

bool
source_next_bad(struct source *source, const char **what, const char **s, size_t *n)
{
	return source_news_next_bad(source->news, what, s, n);
}
