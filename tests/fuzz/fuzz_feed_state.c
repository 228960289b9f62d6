/* fuzz_feed_state.c - saved bytes of a feed and of rows held back, changed anywhere: they are
 * refused, or give other rows; nothing crashes, hangs or takes much memory.
 *
 * The first byte tells which save is taken; then each three bytes are a place and what is put
 * there. The checksum is made to fit, so that what lies behind it is reached. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/state.h"
#include "data/base/times/times.h"
#include "data/input/feed.h"
#include "data/rows/reorder.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

enum { SAVES = 4, HEAD = 28, ROWS_MOST = 100000 };

static char path[64];
static struct buffer saves[SAVES];
static const struct feed_options options;

static const char *const sources[SAVES] = {
	"time,v,s\n5,2,a\n3,4,\"b\nc\"\n1,2,3,4\nx,y,z\n7,8,f\n2,3,g\n",
	"v\r\n1\r\n\r\n\r\n4\r\nx\r\n",
	"{\"t\":\"2026-01-01\",\"v\":1}\n\noops\n{\"v\":\"x\",\"u\":2}\n",
	"level=info v=1 t=2026-01-01\nhello\nv=\"5\nv=7\n",
};

static struct feed *
feed_of(const char *bytes)
{
	struct error err;
	FILE *file = fopen(path, "w");

	fputs(bytes, file);
	fclose(file);
	return feed_open(path, &options, NULL, &err);
}

static void
make_save(int i)
{
	struct feed *feed = feed_of(sources[i]);
	struct error err;
	struct reorder *held;
	struct position at;
	uint64_t row;
	size_t begun = state_begin(&saves[i]);

	feed_fill(feed, &err);
	held = reorder_new(feed_schema(feed), 2 * TIME_SECOND);
	reorder_push(held, feed_block(feed));
	reorder_pop(held, false);
	reorder_taken(held, &row, &at);
	feed_save(feed, &at, row, &saves[i]);
	reorder_save(held, 0, &saves[i]);
	state_end(&saves[i], begun);
	reorder_free(held);
	feed_close(feed);
}

static void
clean_up(void)
{
	unlink(path);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	snprintf(path, sizeof path, "/tmp/weir-fuzz-%d", (int)getpid());
	atexit(clean_up);
	for (int i = 0; i < SAVES; i++)
		make_save(i);
	return 0;
}

static void
read_on(struct feed *feed, struct reorder *held)
{
	enum feed_state state = FEED_READY;
	struct error err;
	int rows = 0;

	while (reorder_pop(held, false) != NULL)
		;
	while (state == FEED_READY && rows < ROWS_MOST) {
		state = feed_fill(feed, &err);
		for (; feed_block(feed) != NULL; feed_drop(feed)) {
			rows += feed_block(feed)->n;
			reorder_push(held, feed_block(feed));
			while (reorder_pop(held, false) != NULL)
				;
		}
	}
	reorder_push(held, NULL);
	while (reorder_pop(held, true) != NULL)
		;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int which = size > 0 ? data[0] % SAVES : 0;
	const struct buffer *save = &saves[which];
	struct feed *feed = feed_of(sources[which]);
	struct reorder *held = NULL;
	struct buffer b = { 0 };
	struct reader pieces;
	struct error err;
	size_t begun = state_begin(&b), body = save->len - HEAD;

	buffer_put(&b, save->data + HEAD, body);
	for (size_t i = 1; i + 2 < size; i += 3)
		b.data[HEAD + (data[i] | (size_t)data[i + 1] << 8) % body] = data[i + 2];
	state_end(&b, begun);
	if (state_open(b.data, b.len, &pieces, &err) < 0)
		abort();
	if (feed_load(feed, &pieces, &err) == 0) {
		held = reorder_new(feed_schema(feed), 2 * TIME_SECOND);
		if (reorder_load(held, &pieces, &err) == 0)
			read_on(feed, held);
	}
	reorder_free(held);
	feed_close(feed);
	buffer_done(&b);
	return 0;
}
