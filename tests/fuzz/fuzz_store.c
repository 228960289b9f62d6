/* fuzz_store.c - a store with bytes changed anywhere: its rows are read, its checkpoints loaded, or
 * it is refused; never a crash, a loop or a large allocation, and nothing in it is acted on.
 *
 * Each four bytes are a place and what is put there. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/engine/engine_view.h"
#include "data/recording/recorder.h"
#include "data/store/store_rows.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { ROWS = 300, READ_MOST = 5000, CHECKPOINTS = 3 };

static char rows_path[64], path[64];
static struct buffer whole;
static const struct store_keep all = { 0, 0 };

static void
clean_up(void)
{
	char name[80];

	unlink(rows_path);
	unlink(path);
	snprintf(name, sizeof name, "%s-wal", path);
	unlink(name);
	snprintf(name, sizeof name, "%s-shm", path);
	unlink(name);
}

static struct engine *
open_engine(void)
{
	struct engine_options options = { 0 };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct engine *e = engine_new(&options, NULL, &err);
	struct alert_rule rule;

	if (engine_add_source(e, rows_path, &feed, &err) != 0)
		abort();
	pacer_max(engine_pacer(e));
	query_add_kpi(engine_ask(e), "mean(x, 20)", &err);
	if (alert_rule_parse(&rule, "high: x > 80", &err) == 0)
		query_add_rule(engine_ask(e), &rule, &err);
	return e;
}

static void
record(void)
{
	struct recorder_options options = { .version = "1", .command = "weir", .config = "" };
	struct error err = { 0 };
	struct writer *w = writer_new(store_open(path, &all, &err), NULL, NULL);
	struct engine *e = open_engine();
	struct recorder *r = recorder_new(e, w, &options);
	int64_t wake;

	for (int i = 0; i < CHECKPOINTS; i++) {
		pacer_pause(engine_pacer(e), true, 0);
		pacer_step(engine_pacer(e), ROWS / CHECKPOINTS);
		for (int turn = 0; turn < 8; turn++)
			engine_run(e, 1000000, &wake, &err);
		recorder_commit(r, -1, RECORDER_GOES_ON);
	}
	if (writer_end(w, 10000, &err) != 0)
		abort();
	recorder_free(r);
	writer_free(w);
	engine_free(e);
}

static void
read_whole(void)
{
	char piece[4096];
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		abort();
	while ((n = fread(piece, 1, sizeof piece, file)) > 0)
		buffer_put(&whole, piece, n);
	fclose(file);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	FILE *file;

	(void)argc, (void)argv;
	snprintf(rows_path, sizeof rows_path, "/tmp/weir-fuzz-%d.csv", (int)getpid());
	snprintf(path, sizeof path, "/tmp/weir-fuzz-%d.weir", (int)getpid());
	atexit(clean_up);
	file = fopen(rows_path, "w");
	fputs("time,x,word\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d,%d,%c\n", 1700000000 + i, i * 37 % 100, 'a' + i % 5);
	fclose(file);
	record();
	read_whole();
	return 0;
}

static void
read_rows(void)
{
	struct error err;
	struct store_rows *rows = store_rows_open(path, 0, NULL, &err);
	struct text out = { 0 };

	if (rows == NULL)
		return;
	store_rows_csv_header(rows, &out);
	for (int i = 0; i < READ_MOST && store_rows_next(rows, &err) > 0; i++) {
		text_clear(&out);
		store_rows_csv(rows, &out);
		store_rows_ndjson(rows, &out);
	}
	store_rows_close(rows);
	text_done(&out);
}

static void
load_state(const struct checkpoint *c)
{
	struct engine *e = open_engine();
	struct error err = { 0 };
	int64_t wake;

	if (engine_load(e, c->state.data, c->state.len, &err) == 0)
		for (int turn = 0; turn < 8; turn++)
			engine_run(e, 1000000, &wake, &err);
	engine_free(e);
}

static void
go_on(void)
{
	struct error err;
	struct store *s = store_open(path, &all, &err);

	for (int i = 0; s != NULL && i < CHECKPOINTS; i++) {
		struct checkpoint c = { 0 };

		if (store_checkpoint(s, i, &c, &err) > 0)
			load_state(&c);
		buffer_done(&c.state);
	}
	store_close(s);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned char *bytes = memory_new(whole.len, 1);
	FILE *file;

	clean_up();
	memcpy(bytes, whole.data, whole.len);
	for (size_t i = 0; i + 3 < size; i += 4)
		bytes[(data[i] | (size_t)data[i + 1] << 8 | (size_t)data[i + 2] << 16) %
		      whole.len] = data[i + 3];
	file = fopen(path, "w");
	if (file == NULL || fwrite(bytes, 1, whole.len, file) != whole.len)
		abort();
	fclose(file);
	free(bytes);
	/* the rows of the run are needed again to load a state */
	file = fopen(rows_path, "w");
	fputs("time,x,word\n", file);
	for (int i = 0; i < ROWS; i++)
		fprintf(file, "%d,%d,%c\n", 1700000000 + i, i * 37 % 100, 'a' + i % 5);
	fclose(file);
	read_rows();
	go_on();
	return 0;
}
