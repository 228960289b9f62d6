/* outputs.c - what a run reads, so that it is not written, too. */
#include "app/run/outputs.h"

#include <string.h>
#include <strings.h>
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

/* Files are read packed, and never written so. */
static int
check_packed(const char *path, struct error *err)
{
	static const struct {
		const char *ending, *packer;
	} packings[] = { { ".gz", "gzip" }, { ".zst", "zstd" }, { ".xz", "xz" },
		{ ".bz2", "bzip2" }, { ".lz4", "lz4" } };
	size_t n = strlen(path);

	for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
		size_t m = strlen(packings[i].ending);

		if (n > m && strcasecmp(path + n - m, packings[i].ending) == 0)
			return error_set(err,
			    "%s: is not written packed (write %.*s, then pack it: %s)", path,
			    (int)(n - m), path, packings[i].packer);
	}
	return 0;
}

static int
check(const char *option, const char *path, const struct output_guard *guard, struct error *err)
{
	if (path == NULL)
		return 0;
	if (check_packed(path, err) == 0 && output_guard_check_path(guard, path, err) == 0)
		return 0;
	return error_at(err, "%s", option);
}

static int
check_all(const struct args *args, const struct output_guard *guard, struct error *err)
{
	if (check("-o", args->out, guard, err) != 0 ||
	    check("--store", args->store, guard, err) != 0 ||
	    check("--snapshot", args->snapshot, guard, err) != 0 ||
	    check("--cast", args->cast, guard, err) != 0)
		return -1;
	if (args->headless && args->out == NULL)
		return output_guard_check(guard, STDOUT_FILENO, "standard output", err);
	return 0;
}

int
outputs_check(const struct args *args, const struct config *config, struct output_guard *guard,
    struct error *err)
{
	add_all(args, config, guard);
	return check_all(args, guard, err);
}

int
outputs_add(
    const char *spec, const struct args *args, struct output_guard *guard, struct error *err)
{
	struct output_guard one = { 0 };
	int status;

	add_source(&one, spec);
	status = check_all(args, &one, err);
	output_guard_done(&one);
	if (status == 0)
		add_source(guard, spec);
	return status;
}
