/* args_check.c - what a command line as a whole must not say. */
#include <string.h>
#include <strings.h>

#include "app/config/config.h"
#include "app/options/args_parts.h"
#include "data/expr/expr.h"
#include "data/formats/format.h"
#include "widgets/draw/theme.h"

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
check_names(const struct args *args, struct error *err)
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

int
args_check(const struct args *args, struct error *err)
{
	if (check_names(args, err) != 0)
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
