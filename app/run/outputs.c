/* outputs.c - what a run reads, so that it is not written, too. */
#include "app/run/outputs.h"

#include <string.h>
#include <unistd.h>

#include "data/sources/source.h"

/* Other sources than files and standard input are nothing that could be written over. */
static void
add_source(struct output_guard *guard, const char *spec)
{
	struct source *source =
	    source_new(spec, false, NULL); /* what is wrong with it is told elsewhere */

	if (source == NULL)
		return;
	if (strcmp(source->class->scheme, "-") == 0)
		output_guard_add(guard, "-");
	else if (source->class->scheme[0] == '\0')
		output_guard_add(guard, source->rest);
	source_free(source);
}

static void
add_all(const struct args *args, const struct config *config, struct output_guard *guard)
{
	for (int i = 0; i < args->sources.n; i++)
		add_source(guard, args->sources.s[i]);
	for (int i = 0; args->sources.n == 0 && i < config->nsources; i++)
		add_source(guard, config->sources[i].uri.s);
	if (config->path != NULL)
		output_guard_add(guard, config->path);
}

static int
check(const char *option, const char *path, const struct output_guard *guard, struct error *err)
{
	if (path == NULL || output_guard_check_path(guard, path, err) == 0)
		return 0;
	return error_at(err, "%s", option);
}

int
outputs_check(const struct args *args, const struct config *config, struct output_guard *guard,
    struct error *err)
{
	add_all(args, config, guard);
	if (check("-o", args->out, guard, err) != 0 ||
	    check("--snapshot", args->snapshot, guard, err) != 0 ||
	    check("--cast", args->cast, guard, err) != 0)
		return -1;
	if (args->headless && args->out == NULL)
		return output_guard_check(guard, STDOUT_FILENO, "standard output", err);
	return 0;
}
