/* fuzz_server_events.c - any bytes as a stream of server-sent events: cuts change nothing, no more
 * comes out than went in, and what comes out are whole lines. */
#include <stdlib.h>
#include <string.h>

#include "data/sources/server_events.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct taken { /* what came of a stream */
	struct text out;
	char *last_id;
	bool too_long;
};

static struct taken
take(const char *bytes, size_t n, size_t piece)
{
	struct server_events e = { 0 };
	struct taken t = { { 0 }, NULL, false };

	for (size_t at = 0; at < n; at += piece)
		server_events_take(&e, bytes + at, n - at < piece ? n - at : piece, &t.out);
	t.last_id = e.last_id;
	t.too_long = e.too_long;
	e.last_id = NULL;
	server_events_restart(&e);
	server_events_take(&e, "data: x\n\n", 9, &t.out); /* another answer begins anew */
	server_events_done(&e);
	return t;
}

static void
taken_done(struct taken *t)
{
	text_done(&t->out);
	free(t->last_id);
}

static bool
same_id(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct taken whole, cut;

	if (size < 2)
		return 0;
	whole = take((const char *)data + 1, size - 1, size);
	cut = take((const char *)data + 1, size - 1, 1 + data[0] % 7);
	if (whole.out.len != cut.out.len || whole.too_long != cut.too_long ||
	    strcmp(text_get(&whole.out), text_get(&cut.out)) != 0 ||
	    !same_id(whole.last_id, cut.last_id))
		abort();
	if (whole.out.len > size + 2 || memchr(whole.out.s, '\0', whole.out.len) != NULL ||
	    strcmp(whole.out.s + whole.out.len - 2, "x\n") != 0)
		abort();
	taken_done(&whole);
	taken_done(&cut);
	return 0;
}
