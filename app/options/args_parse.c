/* args_parse.c - the command line read by the table of options.
 *
 * Options may stand behind sources; "--" ends them. A value follows its option as the next word,
 * behind "=", or directly behind the letter. */
#include "app/options/args.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/config/config.h"
#include "app/options/options.h"
#include "data/formats/format.h"
#include "data/base/numbers/number.h"
#include "data/base/params/suggest.h"
#include "data/base/times/times.h"
#include "data/engine/event.h"
#include "data/expr/expr.h"
#include "widgets/draw/theme.h"

/* --- values ----------------------------------------------------------------------------------- */

static int
wrong(struct error *err, const char *text, const char *expected)
{
	return error_set(err, "'%s' does not fit (expected %s)", text, expected);
}

static bool
number_of(const char *s, size_t n, double *v)
{
	return number_cell(s, n, v) == CELL_NUMBER;
}

static int
read_rate(void *field, const struct option *o, const char *text, struct error *err)
{
	static const struct {
		const char *unit;
		double seconds;
	} units[] = { { "", 1 }, { "/s", 1 }, { "/m", 60 }, { "/h", 3600 } };
	size_t n = strcspn(text, "/");
	double *rate = field;

	(void)o;
	if (strcmp(text, "max") == 0) {
		*rate = INFINITY;
		return 0;
	}
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strcmp(text + n, units[i].unit) == 0 && number_of(text, n, rate) && *rate > 0) {
			*rate /= units[i].seconds;
			return 0;
		}
	*rate = 0;
	return wrong(err, text, "rows a second above 0 such as 10, 600/m, 3600/h, or max");
}

static int
read_speed(void *field, const struct option *o, const char *text, struct error *err)
{
	double *speed = field;

	(void)o;
	if (strcmp(text, "max") == 0)
		*speed = INFINITY;
	else if (!number_of(text, strlen(text), speed) || *speed <= 0)
		return wrong(err, text, "a number above 0 such as 1, 60 or 0.5, or max");
	return 0;
}

static int
read_char(void *field, const struct option *o, const char *text, struct error *err)
{
	char *c = field;

	*c = *text;
	if (strcmp(text, "\\t") == 0 || strcmp(text, "tab") == 0)
		*c = '\t';
	else if (strlen(text) != 1 || strchr("\r\n", *c) != NULL || (unsigned char)*c >= 0x80 ||
		 (*c == '"' && strcmp(o->param.name, "delimiter") == 0))
		return wrong(err, text, "one ASCII character such as ; or |, or \\t");
	return 0;
}

static int
read_bytes(void *field, const struct option *o, const char *text, struct error *err)
{
	size_t n = strlen(text);
	bool kilo = n > 0 && (text[n - 1] == 'k' || text[n - 1] == 'K');
	int64_t *bytes = field;
	double v;

	(void)o;
	if (!number_of(text, n - kilo, &v) || v < 1 || v > 1e12 || v != floor(v))
		return wrong(err, text, "bytes a second such as 20k or 60000");
	*bytes = (int64_t)(kilo ? 1000 * v : v);
	return 0;
}

/* "64M", "2GB": the number and what stands for thousands; false: it is none. */
static bool
size_of(const char *text, int64_t *bytes)
{
	static const char units[] = "kMGT";
	size_t n = strspn(text, "0123456789.");
	const char *unit = text[n] != '\0' ? strchr(units, text[n] == 'K' ? 'k' : text[n]) : NULL;
	double v;

	if (!number_of(text, n, &v) || !(v > 0))
		return false;
	text += n;
	for (const char *u = units; unit != NULL && u <= unit; u++)
		v *= 1000;
	text += unit != NULL;
	if (strcmp(text, "B") == 0)
		text++;
	if (*text != '\0' || v < 1 || v > 1e15)
		return false;
	*bytes = (int64_t)v;
	return true;
}

static int
read_size_bytes(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	return size_of(text, field) ? 0 : wrong(err, text, "bytes such as 64M or 1GB");
}

static int
read_keep(void *field, const struct option *o, const char *text, struct error *err)
{
	struct arg_keep *keep = field;
	size_t n = strlen(text);

	(void)o;
	*keep = (struct arg_keep){ 0 };
	if ((n > 0 && duration_parse(text, n, &keep->age) == n && keep->age > 0) ||
	    size_of(text, &keep->bytes))
		return 0;
	*keep = (struct arg_keep){ 0 };
	return wrong(err, text, "a duration such as 7d, or a size such as 2GB");
}

static int
read_size(void *field, const struct option *o, const char *text, struct error *err)
{
	size_t n = strcspn(text, "xX");
	struct arg_size *size = field;
	double w, h;

	(void)o;
	if (text[n] == '\0' || !number_of(text, n, &w) ||
	    !number_of(text + n + 1, strlen(text + n + 1), &h) || w != floor(w) || h != floor(h) ||
	    w < 1 || h < 1 || w > 1000 || h > 1000)
		return wrong(err, text, "COLSxROWS such as 120x36, each from 1 to 1000");
	*size = (struct arg_size){ (int)w, (int)h };
	return 0;
}

static const struct {
	const char *name;
	unsigned types;
} event_names[] = {
	{ "start", EVENT_START },
	{ "rows", EVENT_ROW },
	{ "alerts", EVENT_ALERT },
	{ "drift", EVENT_DRIFT },
	{ "forecast", EVENT_FORECAST },
	{ "bad", EVENT_BAD },
	{ "note", EVENT_NOTE | EVENT_DOUBT },
	{ "summary", EVENT_SUMMARY },
	{ "all", ~0U },
};

static unsigned
event_named(const char *s, size_t n)
{
	for (size_t i = 0; i < sizeof event_names / sizeof *event_names; i++)
		if (strlen(event_names[i].name) == n && memcmp(event_names[i].name, s, n) == 0)
			return event_names[i].types;
	return 0;
}

static int
read_events(void *field, const struct option *o, const char *text, struct error *err)
{
	unsigned *emit = field;

	*emit = 0;
	for (const char *s = text;; s++) {
		size_t n = strcspn(s, ",");
		unsigned types = event_named(s, n);

		if (types == 0)
			return error_set(err, "'%.*s' is no type of event (expected %s)", (int)n, s,
			    o->param.help);
		*emit |= types;
		s += n;
		if (*s == '\0')
			return 0;
	}
}

/* "0", also with a unit. */
static bool
is_no_time(const char *text)
{
	int64_t ns;

	return strcmp(text, "0") == 0 ||
	       (*text != '\0' && duration_parse(text, strlen(text), &ns) == strlen(text) &&
		   ns == 0);
}

/* Those that the tables of parameters know as well. */
static int
read_value(void *field, const struct option *o, const char *text, struct error *err)
{
	struct param p = o->param;
	struct value value = { 0 };

	p.name = "the value";
	p.type = o->type == OPTION_COUNT      ? PARAM_COUNT
		 : o->type == OPTION_CHOICE   ? PARAM_CHOICE
		 : o->type == OPTION_DURATION ? PARAM_DURATION
		 : o->type == OPTION_WINDOW   ? PARAM_WINDOW
					      : PARAM_SPAN;
	if (*text == '\0')
		return wrong(err, text, "a value");
	if (o->type == OPTION_DURATION && is_no_time(text)) {
		*(int64_t *)field = 0;
		return 0;
	}
	if (value_parse(&value, &p, text, err) != 0)
		return -1;
	if (o->type == OPTION_COUNT)
		*(int *)field = (int)value.number;
	else if (o->type == OPTION_CHOICE)
		*(const char **)field = text;
	else if (o->type == OPTION_DURATION)
		*(int64_t *)field = value.span.n;
	else
		*(struct span *)field = value.span;
	value_done(&value);
	return 0;
}

static int
read_text(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	if (*text == '\0')
		return wrong(err, text, "a text that is not empty");
	*(const char **)field = text;
	return 0;
}

static void
list_add(struct arg_list *list, const char *text)
{
	list->s = memory_grow(list->s, (size_t)list->n + 1, sizeof(const char *));
	list->s[list->n++] = text;
}

static int
read_list(void *field, const struct option *o, const char *text, struct error *err)
{
	(void)o;
	(void)err;
	list_add(field, text);
	return 0;
}

static int
read_format(void *field, const struct option *o, const char *text, struct error *err)
{
	const char *parameter;

	if (strcmp(text, "auto") != 0 && format_told(text, &parameter, err) == NULL)
		return -1;
	return read_text(field, o, text, err);
}

static int (*const readers[])(void *, const struct option *, const char *, struct error *) = {
	[OPTION_TEXT] = read_text,
	[OPTION_FORMAT] = read_format,
	[OPTION_LIST] = read_list,
	[OPTION_CHOICE] = read_value,
	[OPTION_COUNT] = read_value,
	[OPTION_SPAN] = read_value,
	[OPTION_WINDOW] = read_value,
	[OPTION_DURATION] = read_value,
	[OPTION_RATE] = read_rate,
	[OPTION_SPEED] = read_speed,
	[OPTION_CHAR] = read_char,
	[OPTION_BYTES] = read_bytes,
	[OPTION_SIZE] = read_size,
	[OPTION_KEEP] = read_keep,
	[OPTION_SIZE_BYTES] = read_size_bytes,
	[OPTION_EVENTS] = read_events,
};

/* --- words ------------------------------------------------------------------------------------ */

struct words { /* what is left of argv */
	char **argv;
	int argc, at;
};

static const struct option *
option_named(const char *name, size_t n, struct error *err)
{
	struct suggestion near = { 0 };
	char *word = memory_text(name, n);
	const struct option *o;

	for (o = options; o->param.name != NULL; o++) {
		if (strcmp(o->param.name, word) == 0)
			break;
		suggest(&near, word, o->param.name);
	}
	if (o->param.name == NULL) {
		if (near.word != NULL)
			error_set(
			    err, "--%s: no such option (did you mean --%s?)", word, near.word);
		else
			error_set(err, "--%s: no such option (weir --help lists them)", word);
		o = NULL;
	}
	free(word);
	return o;
}

static const struct option *
option_lettered(char letter, struct error *err)
{
	for (const struct option *o = options; o->param.name != NULL; o++)
		if (o->letter == letter)
			return o;
	error_set(err, "-%c: no such option (weir --help lists them)", letter);
	return NULL;
}

/* text: the value behind the option in the same word; NULL: none there. */
static int
take(struct args *args, const struct option *o, const char *text, struct words *in,
    struct error *err)
{
	void *field = (char *)args + o->field;

	if (o->absent != NULL)
		return error_set(
		    err, "--%s: this build cannot do that yet (%s)", o->param.name, o->absent);
	if (o->type == OPTION_FLAG) {
		if (text != NULL)
			return error_set(
			    err, "--%s: takes no value (leave '=%s' out)", o->param.name, text);
		*(bool *)field = true;
		return 0;
	}
	if (text == NULL) {
		if (in->at == in->argc)
			return error_set(
			    err, "--%s: no value (give %s)", o->param.name, o->argument);
		text = in->argv[in->at++];
	}
	return readers[o->type](field, o, text, err) == 0 ? 0
							  : error_at(err, "--%s", o->param.name);
}

static int
take_long(struct args *args, const char *word, struct words *in, struct error *err)
{
	size_t n = strcspn(word, "=");
	const struct option *o = option_named(word, n, err);

	return o != NULL ? take(args, o, word[n] == '=' ? word + n + 1 : NULL, in, err) : -1;
}

/* -f, -fr10, -r10, -r 10 */
static int
take_letters(struct args *args, const char *word, struct words *in, struct error *err)
{
	while (*word != '\0') {
		const struct option *o = option_lettered(*word++, err);

		if (o == NULL)
			return -1;
		if (o->type != OPTION_FLAG)
			return take(args, o, *word != '\0' ? word : NULL, in, err);
		if (take(args, o, NULL, in, err) != 0)
			return -1;
	}
	return 0;
}

static int
check_theme(const char *name, struct error *err)
{
	struct text names = { 0 };

	if (name == NULL || strcmp(name, "auto") == 0 || theme_find(name) != NULL)
		return 0;
	for (int i = 0; themes[i] != NULL; i++)
		text_addf(&names, "%s%s", i > 0 ? ", " : "", themes[i]->name);
	error_set(err, "--theme: no theme is called %s (there are %s)", name, text_get(&names));
	text_done(&names);
	return -1;
}

/* A dashboard file in the place of a source, where nothing says that it has rows. */
static int
check_source(const struct args *args, const char *source, struct error *err)
{
	const char *dot = strrchr(source, '.');

	if (dot != NULL && args->format == NULL && strpbrk(source, "=:") == NULL &&
	    (strcasecmp(dot, ".yaml") == 0 || strcasecmp(dot, ".yml") == 0))
		return error_set(err,
		    "%s: a dashboard file, where a source is expected (weir -c %s opens it)",
		    source, source);
	return config_source_check(source, err);
}

static int
config_check_names(const struct args *args, struct error *err)
{
	for (int i = 0; i < args->derive.n; i++)
		if (expr_nameless(args->derive.s[i], err))
			return error_at(err, "-d: '%s'", args->derive.s[i]);
	for (int i = 0; i < args->sources.n; i++)
		if (check_source(args, args->sources.s[i], err) != 0)
			return -1;
	return check_theme(args->theme, err);
}

/* Where cells come by key there is no header to be without. */
static int
check_header(const struct args *args, struct error *err)
{
	size_t n = args->format != NULL ? strcspn(args->format, ":") : 0;

	for (int i = 0; args->no_header && format_classes[i] != NULL; i++)
		if (format_classes[i]->named && strlen(format_classes[i]->name) == n &&
		    memcmp(format_classes[i]->name, args->format, n) == 0)
			return error_set(err, "--no-header: %s has no header (leave it out)",
			    format_classes[i]->name);
	return 0;
}

/* Where no events are written, nothing chooses among them. */
static int
check_events(const struct args *args, struct error *err)
{
	if (args->headless || args->out != NULL)
		return 0;
	if (args->every.unit != SPAN_NONE)
		return error_set(
		    err, "--every: thins out events (it goes with --headless or -o FILE)");
	if (args->emit != 0)
		return error_set(
		    err, "--emit: chooses events (it goes with --headless or -o FILE)");
	return 0;
}

static int
check(const struct args *args, struct error *err)
{
	if (config_check_names(args, err) != 0)
		return -1;
	if (args->headless && args->cast != NULL)
		return error_set(err, "--cast: records a screen, and --headless has none (use "
				      "--snapshot, or leave --headless out)");
	if (args->rate > 0 && args->speed > 0)
		return error_set(err, "--speed: not together with --rate (give one of them)");
	if (check_events(args, err) != 0)
		return -1;
	if (args->decimal != 0 && args->decimal != '.' && args->decimal != ',')
		return error_set(err, "--decimal: '%c' (expected . or ,)", args->decimal);
	if (args->resume && args->store == NULL)
		return error_set(err, "--resume: of which run? (give its --store FILE.weir)");
	if (args->store == NULL && args->checkpoint.unit != SPAN_NONE)
		return error_set(err, "--checkpoint: goes into a store (give --store FILE.weir)");
	if (args->store == NULL && (args->keep.age > 0 || args->keep.bytes > 0))
		return error_set(err, "--keep: bounds a store (give --store FILE.weir)");
	return check_header(args, err);
}

int
args_parse(struct args *args, int argc, char **argv, struct error *err)
{
	struct words in = { argv, argc, 1 };
	bool ended = false;
	int status = 0;

	*args = (struct args){ .skip = -1, .argc = argc, .argv = argv };
	while (in.at < in.argc && status == 0) {
		const char *word = in.argv[in.at++];

		if (ended || word[0] != '-' || word[1] == '\0')
			list_add(&args->sources, word);
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			status = take_long(args, word + 2, &in, err);
		else
			status = take_letters(args, word + 1, &in, err);
		if (args->help || args->version)
			return 0;
	}
	/* how events are written tells that they are wanted, in the place of the screen */
	if (args->out_format != NULL && args->out == NULL)
		args->headless = true;
	return status == 0 ? check(args, err) : -1;
}

void
args_done(struct args *args)
{
	free(args->sources.s);
	free(args->derive.s);
	free(args->kpis.s);
	free(args->alerts.s);
	*args = (struct args){ 0 };
}

const char *
args_kpi(const char *text, bool *beside)
{
	text += strspn(text, " ");
	*beside = *text == '+';
	text += *beside;
	return text + (*beside ? strspn(text, " ") : 0);
}

unsigned
args_emit(const struct args *args)
{
	return args->emit != 0 ? args->emit : EVENT_ALERT | EVENT_DRIFT | EVENT_BAD | EVENT_SUMMARY;
}
