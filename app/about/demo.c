/* demo.c - the bundled demos, found in their folder. */
#include "app/about/demo.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config.h"
#include "data/base/params/suggest.h"

#define DEMOS WEIR_SETS "/demos"

static const char ending[] = ".yaml";

/* In the order of teaching: each needs what those before it have shown. Others come behind. */
static const char *const lessons[] = { "reactor", "windows", "batch-vs-stream", "forgetting",
	"counting", "trades", "alerts", "keys", "anomaly", "drift", "forecast", "feedback",
	"faults", "clicks" };
enum { LESSONS = sizeof lessons / sizeof *lessons };

static int
is_demo(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name), k = sizeof ending - 1;

	return n > k && entry->d_name[0] != '.' && strcmp(entry->d_name + n - k, ending) == 0;
}

static int
lesson(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name) - (sizeof ending - 1);
	int i = 0;

	while (
	    i < LESSONS && (strlen(lessons[i]) != n || strncmp(lessons[i], entry->d_name, n) != 0))
		i++;
	return i;
}

static int
by_lesson(const struct dirent **a, const struct dirent **b)
{
	int x = lesson(*a), y = lesson(*b);

	return x != y ? x - y : strcmp((*a)->d_name, (*b)->d_name);
}

/* The names of the demos' files, in their order. */
static int
read_folder(struct dirent ***entries, struct error *err)
{
	int n = scandir(DEMOS, entries, is_demo, by_lesson);

	if (n < 0)
		return error_set(err, "demo: %s: %s (make install puts the demos there)", DEMOS,
		    strerror(errno));
	return n;
}

static void
free_folder(struct dirent **entries, int n)
{
	for (int i = 0; i < n; i++)
		free(entries[i]);
	free(entries);
}

static int
add_line(struct text *out, const char *file, struct error *err)
{
	struct config config;
	struct text path = { 0 };
	int status;

	text_addf(&path, DEMOS "/%s", file);
	status = config_load(&config, path.s, err);
	if (status == 0)
		text_addf(out, "%-16.*s %s\n", (int)(strlen(file) - sizeof ending + 1), file,
		    config.about != NULL ? config.about : "");
	config_done(&config);
	text_done(&path);
	return status;
}

int
demo_list(struct text *out, struct error *err)
{
	struct dirent **entries;
	int n = read_folder(&entries, err), status = 0;

	if (n < 0)
		return -1;
	for (int i = 0; i < n && status == 0; i++)
		status = add_line(out, entries[i]->d_name, err);
	free_folder(entries, n);
	return status;
}

char *
demo_find(const char *name, struct error *err)
{
	struct suggestion near = { 0 };
	struct dirent **entries;
	char *found = NULL, *cut;
	int n = read_folder(&entries, err);

	for (int i = 0; i < n && found == NULL; i++) {
		cut = strrchr(entries[i]->d_name, '.');
		*cut = '\0';
		suggest(&near, name, entries[i]->d_name);
		if (strcmp(name, entries[i]->d_name) == 0) {
			struct text path = { 0 };

			text_addf(&path, DEMOS "/%s%s", name, ending);
			found = path.s;
		}
	}
	if (n < 0)
		return NULL;
	if (found == NULL && near.word != NULL)
		error_set(err, "demo: no demo '%.60s' (did you mean '%.60s'?)", name, near.word);
	else if (found == NULL)
		error_set(err, "demo: no demo '%.60s' (weir demo lists them)", name);
	free_folder(entries, n);
	return found;
}
