/* fuzz_merge.c - any bytes as two recordings side by side, one of them put in order or both held
 * back: the rows go in one order, whatever is read and run at a time, and nothing crashes.
 *
 * The first byte chooses how they are merged, a line of '%' alone parts the two. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "tests/fuzz/feed_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { SOURCES = 2, TURNS = 20000 };

static char paths[SOURCES][64];

static void
clean_up(void)
{
	for (int i = 0; i < SOURCES; i++)
		unlink(paths[i]);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	for (int i = 0; i < SOURCES; i++)
		snprintf(paths[i], sizeof paths[i], "/tmp/weir-fuzz-%d-%d", (int)getpid(), i);
	atexit(clean_up);
	return 0;
}

static void
write_file(const char *path, const uint8_t *data, size_t size)
{
	FILE *file = fopen(path, "w");

	if (file == NULL || fwrite(data, 1, size, file) != size)
		abort();
	fclose(file);
}

static void
on_event(void *self, const struct event *e)
{
	uint64_t *sum = self;

	*sum = digest(*sum, &e->source, sizeof e->source);
	*sum = digest(*sum, &e->row, sizeof e->row);
	*sum = digest(*sum, &e->time, sizeof e->time);
	if (e->type == EVENT_BAD)
		*sum = digest(*sum, e->what, strlen(e->what));
}

/* What is told of the rows, in slices of so many ns. */
static uint64_t
run(uint8_t how, int64_t budget)
{
	struct engine_options options = { .lateness = how & 1 ? 2 * TIME_SECOND : 0 };
	struct feed_options feed = { .sort = how & 2 ? SORT_TOLD : SORT_FOUND };
	uint64_t sum = 0;
	struct listener listener = {
		.wants = EVENT_ROW | EVENT_BAD | EVENT_NOTE, .event = on_event, .self = &sum
	};
	struct error err = { 0 };
	struct engine *e = engine_new(&options, NULL, &err);
	enum engine_state state = ENGINE_OPENING;
	int64_t wake;

	for (int i = 0; i < SOURCES; i++) {
		if (engine_add_source(e, paths[i], &feed, &err) != 0)
			abort();
		feed.sort = SORT_NEVER;
	}
	pacer_max(engine_pacer(e));
	engine_listen(e, &listener);
	query_add_kpi(engine_ask(e), "n: count(v, all)", &err);
	for (int turn = 0; turn < TURNS; turn++) {
		state = engine_run(e, budget, &wake, &err);
		if (state == ENGINE_END || state == ENGINE_FAILED || state == ENGINE_WRONG)
			break;
	}
	engine_finish(e);
	sum = digest(sum, &state, sizeof state);
	engine_free(e);
	return sum;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *part;

	if (size < 2 || size > 4096)
		return 0;
	part = memmem(data + 1, size - 1, "\n%\n", 3);
	part = part != NULL ? part + 1 : data + size;
	write_file(paths[0], data + 1, (size_t)(part - data) - 1);
	part = part < data + size ? part + 2 : part;
	write_file(paths[1], part, (size_t)(data + size - part));
	if (run(data[0], INT64_C(1000000000)) != run(data[0], 1))
		abort();
	return 0;
}
