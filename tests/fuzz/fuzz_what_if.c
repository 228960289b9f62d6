/* fuzz_what_if.c - any bytes as the body of a question over HTTP, a row as if it came next: it is
 * answered or refused, and nothing changes by it. */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/engine/engine_view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

static struct engine *engine;
static struct buffer before;
static char path[64];

static void
clean_up(void)
{
	engine_free(engine);
	buffer_done(&before);
	unlink(path);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	struct engine_options options = { 0 };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	int64_t wake;
	FILE *file;

	(void)argc, (void)argv;
	snprintf(path, sizeof path, "/tmp/weir-fuzz-%d.csv", (int)getpid());
	file = fopen(path, "w");
	fputs("time,x,word\n", file);
	for (int i = 0; i < 100; i++)
		fprintf(file, "%d,%d,%c\n", 1700000000 + i, i * 37 % 100, 'a' + i % 5);
	fclose(file);
	engine = engine_new(&options, NULL, &err);
	if (engine_add_source(engine, path, &feed, &err) != 0)
		abort();
	pacer_max(engine_pacer(engine));
	query_add_kpi(engine_ask(engine), "mean(x, 20)", &err);
	query_add_kpi(engine_ask(engine), "top(word, 1, all)", &err);
	query_add_kpi(engine_ask(engine), "expected(x)", &err);
	while (engine_run(engine, 1000000, &wake, &err) != ENGINE_END)
		;
	engine_save(engine, &before);
	atexit(clean_up);
	return 0;
}

static void
on_value(void *self, int kpi, double value)
{
	(void)self, (void)kpi;
	if (isinf(value))
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct error err = { 0 };
	struct buffer after = { 0 };

	if (engine_what_if(engine, 0, (const char *)data, size, on_value, NULL, &err) != 0 &&
	    err.text[0] == '\0')
		abort();
	engine_save(engine, &after);
	if (after.len != before.len || memcmp(after.data, before.data, after.len) != 0)
		abort();
	buffer_done(&after);
	return 0;
}
