/* test_server_events.c - server-sent events, cut anywhere: their data, and the id to ask behind. */
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/sources/server_events.h"
#include "tests/support.h"

static const struct {
	const char *stream, *out, *last_id;
} streams[] = {
	{ "data: a\n\ndata: b\n\n", "a\nb\n", NULL },
	{ "data: a\r\ndata: b\r\n\r\n", "a\nb\n", NULL },
	{ "data: a\rid: 3\r\rdata: b\r\r", "a\nb\n", "3" },
	{ "data:a\ndata\ndata:  c\n\n", "a\n\n c\n", NULL },
	{ "\xef\xbb\xbf"
	  "data: a\n\n",
	    "a\n", NULL },
	{ ": data: no\nevent: x\nretry: 5\ndatum: no\ndata: a\n\n", "a\n", NULL },
	/* an event that was cut off has not come: its id does not count, nor do its data */
	{ "id: 1\ndata: a\n\nid: 2\ndata: b\n", "a\n", "1" },
	/* an id stays, until there is another, and may come without data */
	{ "id: 1\ndata: a\n\ndata: b\n\nid: 2\n\n", "a\nb\n", "2" },
	{ "id: 1\ndata: a\n\nid\ndata: b\n\n", "a\nb\n", "" },
	{ "\n\n\n", "", NULL },
};

START_TEST(lines_of_data)
{
	const char *s = streams[_i].stream;
	size_t n = strlen(s);

	for (size_t piece = 1; piece <= n; piece++) {
		struct server_events e = { 0 };
		struct text out = { 0 };

		for (size_t at = 0; at < n; at += piece)
			server_events_take(&e, s + at, n - at < piece ? n - at : piece, &out);
		ck_assert_str_eq(text_get(&out), streams[_i].out);
		if (streams[_i].last_id == NULL)
			ck_assert_ptr_null(e.last_id);
		else
			ck_assert_str_eq(
			    e.last_id != NULL ? e.last_id : "none", streams[_i].last_id);
		server_events_done(&e);
		text_done(&out);
	}
}
END_TEST

/* What began before the stream broke is forgotten; what came whole is not. */
START_TEST(another_stream_begins_anew)
{
	struct server_events e = { 0 };
	struct text out = { 0 };

	server_events_take(&e, "id: 1\ndata: a\n\nid: 2\ndata: b", 29, &out);
	server_events_restart(&e);
	server_events_take(&e, "data: c\n\n", 9, &out);
	ck_assert_str_eq(text_get(&out), "a\nc\n");
	ck_assert_str_eq(e.last_id, "1");
	server_events_done(&e);
	text_done(&out);
}
END_TEST

START_TEST(an_event_is_bounded)
{
	struct server_events e = { 0 };
	struct text out = { 0 };

	server_events_take(&e, "data: ", 6, &out);
	for (int i = 0; i < 5000000 && !e.too_long; i++)
		server_events_take(&e, "x", 1, &out);
	ck_assert(e.too_long);
	ck_assert_uint_eq(out.len, 0);
	server_events_done(&e);
	text_done(&out);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("server_events");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, lines_of_data, 0, sizeof streams / sizeof *streams);
	tcase_add_test(tc, another_stream_begins_anew);
	tcase_add_test(tc, an_event_is_bounded);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
