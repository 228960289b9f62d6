/* stream.c - answers without an end (server-sent events): what is told, and when the picture
 * changes.
 *
 * A client for whom there is nothing is suspended till there is. One that reads slowly falls
 * behind; what is pushed out of the hub before it was read is left out, and that is told in its
 * place: so a slow reader holds nobody up and costs no memory. */
#include <stdlib.h>
#include <string.h>

#include "app/serve/serve_parts.h"

enum { PIECE = 1 << 14, PING_SECONDS = 15 };

struct stream_client {
	struct server *server;
	struct MHD_Connection *connection;
	bool frames; /* else events */
	bool suspended;
	unsigned types;
	uint64_t next;    /* event, or the frame that was told last */
	uint64_t wrote;   /* the second of the server at which something was last written */
	struct text owed; /* sent .. owed.len is to go */
	size_t sent;
	struct stream_client *after;
};

/* --- what there is ---------------------------------------------------------------------------- */

static void
gather_events(struct stream_client *c)
{
	const struct hub *hub = c->server->hub;

	if (c->next < hub_oldest(hub)) {
		text_addf(&c->owed,
		    "data: {\"type\":\"bad\",\"what\":\"%llu events left out: they are not held "
		    "any more\"}\n\n",
		    (unsigned long long)(hub_oldest(hub) - c->next));
		c->next = hub_oldest(hub);
	}
	while (c->next < hub_next(hub) && c->owed.len < PIECE)
		hub_print(hub, c->next++, c->types, &c->owed);
}

static void
gather(struct stream_client *c)
{
	if (c->sent < c->owed.len)
		return;
	text_clear(&c->owed);
	c->sent = 0;
	if (c->frames && c->next != c->server->frame) {
		c->next = c->server->frame;
		text_addf(&c->owed, "data: %llu\n\n", (unsigned long long)c->next);
	} else if (!c->frames) {
		gather_events(c);
	}
	if (c->owed.len == 0 && c->server->seconds - c->wrote >= PING_SECONDS)
		text_add(&c->owed, ":\n\n"); /* so that one who is gone is noticed */
}

static ssize_t
on_room(void *self, uint64_t at, char *buf, size_t cap)
{
	struct stream_client *c = self;
	size_t n;

	(void)at;
	gather(c);
	n = c->owed.len - c->sent;
	if (n == 0) {
		c->suspended = true;
		MHD_suspend_connection(c->connection);
		return 0;
	}
	n = n < cap ? n : cap;
	memcpy(buf, c->owed.s + c->sent, n);
	c->sent += n;
	c->wrote = c->server->seconds;
	return (ssize_t)n;
}

/* --- clients ---------------------------------------------------------------------------------- */

static bool
any_reads_events(const struct server *s)
{
	for (const struct stream_client *c = s->clients; c != NULL; c = c->after)
		if (!c->frames)
			return true;
	return false;
}

static void
on_gone(void *self)
{
	struct stream_client *c = self, **at = &c->server->clients;

	while (*at != c)
		at = &(*at)->after;
	*at = c->after;
	if (c->server->hub != NULL)
		hub_all_rows(c->server->hub, any_reads_events(c->server));
	text_done(&c->owed);
	free(c);
}

static enum MHD_Result
begin(struct stream_client *c)
{
	struct server *s = c->server;
	struct MHD_Response *response =
	    MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, PIECE, on_room, c, on_gone);
	enum MHD_Result result;

	if (response == NULL) {
		free(c);
		return MHD_NO;
	}
	c->after = s->clients;
	s->clients = c;
	c->wrote = s->seconds;
	hub_all_rows(s->hub, any_reads_events(s));
	server_headers(response);
	MHD_add_response_header(response, "Content-Type", "text/event-stream");
	result = MHD_queue_response(c->connection, MHD_HTTP_OK, response);
	MHD_destroy_response(response);
	return result;
}

static struct stream_client *
client_new(struct server *s, struct MHD_Connection *connection)
{
	struct stream_client *c = memory_zero(1, sizeof *c);

	c->server = s;
	c->connection = connection;
	return c;
}

/* Behind the last that it knows, else the last so many that there were. */
static uint64_t
first_event(const struct server *s, struct MHD_Connection *connection)
{
	const char *last =
	    MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Last-Event-ID");
	uint64_t next = hub_next(s->hub), oldest = hub_oldest(s->hub);
	char *end = NULL;
	unsigned long long known = last != NULL ? strtoull(last, &end, 10) : 0;

	if (last != NULL && end != last && *end == '\0' && known < next)
		return known + 1;
	return next - oldest > HUB_RECENT ? next - HUB_RECENT : oldest;
}

enum MHD_Result
page_events(struct server *s, struct MHD_Connection *connection, struct request *r)
{
	const char *list = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "types");
	unsigned types = list != NULL ? hub_types(list) : ~0U;
	struct stream_client *c;

	(void)r;
	if (types == 0)
		return server_say(connection, MHD_HTTP_BAD_REQUEST,
		    "types: any of start,rows,alerts,drift,forecast,bad,note,summary,all");
	hub_take(s->hub);
	c = client_new(s, connection);
	c->types = types;
	c->next = first_event(s, connection);
	return begin(c);
}

enum MHD_Result
page_frames(struct server *s, struct MHD_Connection *connection, struct request *r)
{
	struct stream_client *c = client_new(s, connection);

	(void)r;
	c->frames = true;
	c->next = s->frame - 1; /* the picture that there is is told at once */
	return begin(c);
}

/* --- while rows go ---------------------------------------------------------------------------- */

static bool
has_more(const struct stream_client *c)
{
	if (c->frames ? c->next != c->server->frame : c->next < hub_next(c->server->hub))
		return true;
	return c->server->seconds - c->wrote >= PING_SECONDS;
}

void
streams_wake(struct server *s)
{
	bool woken = false;

	for (struct stream_client *c = s->clients; c != NULL; c = c->after)
		if (c->suspended && has_more(c)) {
			c->suspended = false;
			MHD_resume_connection(c->connection);
			woken = true;
		}
	if (woken)
		server_run(s);
}

void
streams_tick(struct server *s)
{
	uint64_t rows = engine_counts(s->engine, -1).rows;

	s->seconds++;
	s->frame += rows != s->frame_rows;
	s->frame_rows = rows;
	streams_wake(s);
}

/* A daemon ends only when none of its connections is suspended. */
void
streams_end(struct server *s)
{
	for (struct stream_client *c = s->clients; c != NULL; c = c->after)
		if (c->suspended) {
			c->suspended = false;
			MHD_resume_connection(c->connection);
		}
}
