/* server.c - the daemon on the loop: requests in, answers out.
 *
 * libmicrohttpd polls its sockets through one descriptor (epoll), which the loop watches; it works
 * when there is something to do, or when its own time is up. Handles close later than the server is
 * freed, so they stand apart. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "app/serve/serve_parts.h"

enum { CLIENTS_MAX = 64, MEMORY_MAX = 1 << 15, IDLE_SECONDS = 60, TICK_MS = 1000 };

struct watch {
	uv_poll_t sockets;
	uv_timer_t due, tick;
	int open;
	struct server *server;
};

static const struct route {
	const char *path, *method;
	server_page *page;
} routes[] = {
	{ "/", "GET", page_root },
	{ "/page.js", "GET", page_script },
	{ "/page.css", "GET", page_style },
	{ "/picture.svg", "GET", page_picture },
	{ "/frames", "GET", page_frames },
	{ "/metrics", "GET", page_metrics },
	{ "/state", "GET", page_state },
	{ "/events", "GET", page_events },
	{ "/predict", "GET", page_forecast },
	{ "/predict", "POST", page_what_if },
};

/* --- answers ---------------------------------------------------------------------------------- */

void
server_headers(struct MHD_Response *response)
{
	MHD_add_response_header(response, "Content-Security-Policy",
	    "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; "
	    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
	MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
	MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
	MHD_add_response_header(response, "Cache-Control", "no-store");
}

enum MHD_Result
server_answer(struct MHD_Connection *c, unsigned status, const char *type, const struct text *body)
{
	struct MHD_Response *response = MHD_create_response_from_buffer(
	    body->len, (void *)(uintptr_t)text_get(body), MHD_RESPMEM_MUST_COPY);
	enum MHD_Result result;

	if (response == NULL)
		return MHD_NO;
	server_headers(response);
	MHD_add_response_header(response, "Content-Type", type);
	result = MHD_queue_response(c, status, response);
	MHD_destroy_response(response);
	return result;
}

enum MHD_Result
server_say(struct MHD_Connection *c, unsigned status, const char *line)
{
	struct text body = { 0 };
	enum MHD_Result result;

	text_addf(&body, "%s\n", line);
	result = server_answer(c, status, "text/plain; charset=utf-8", &body);
	text_done(&body);
	return result;
}

/* The token is kept, and leaves the address. */
static enum MHD_Result
keep_token(const struct server *s, struct MHD_Connection *c, const char *path)
{
	struct MHD_Response *response =
	    MHD_create_response_from_buffer(0, (void *)(uintptr_t) "", MHD_RESPMEM_PERSISTENT);
	struct text header = { 0 };
	enum MHD_Result result;

	server_headers(response);
	text_addf(&header, "weir_token=%s; Path=/; HttpOnly; SameSite=Strict", s->gate.token);
	MHD_add_response_header(response, "Set-Cookie", text_get(&header));
	MHD_add_response_header(response, "Location", path);
	result = MHD_queue_response(c, MHD_HTTP_SEE_OTHER, response);
	MHD_destroy_response(response);
	text_done(&header);
	return result;
}

static enum MHD_Result
route(struct server *s, struct MHD_Connection *c, const char *path, const char *method,
    struct request *r)
{
	bool known = false;

	if (strcmp(method, "HEAD") == 0)
		method = "GET";
	for (size_t i = 0; i < sizeof routes / sizeof *routes; i++) {
		if (strcmp(routes[i].path, path) != 0)
			continue;
		known = true;
		if (strcmp(routes[i].method, method) == 0)
			return routes[i].page(s, c, r);
	}
	if (known)
		return server_say(c, MHD_HTTP_METHOD_NOT_ALLOWED, "this is asked otherwise");
	return server_say(
	    c, MHD_HTTP_NOT_FOUND, "there are /, /metrics, /state, /events and /predict");
}

static enum MHD_Result
answer(struct server *s, struct MHD_Connection *c, const char *path, const char *method,
    struct request *r)
{
	s->requests++;
	switch (gate_ask(&s->gate, c)) {
	case GATE_FOREIGN:
		return server_say(c, MHD_HTTP_FORBIDDEN, "this is asked from another site");
	case GATE_TOKEN:
		return server_say(c, MHD_HTTP_UNAUTHORIZED,
		    "a token is asked for (Authorization: Bearer TOKEN, or ?token=TOKEN)");
	case GATE_COOKIE:
		for (size_t i = 0; i < sizeof routes / sizeof *routes; i++)
			if (strcmp(routes[i].path, path) == 0 && strcmp(method, "GET") == 0)
				return keep_token(s, c, routes[i].path);
		break;
	case GATE_OPEN:
		break;
	}
	if (r->too_large)
		return server_say(c, MHD_HTTP_CONTENT_TOO_LARGE, "at most 64 KiB are read");
	return route(s, c, path, method, r);
}

static enum MHD_Result
on_request(void *self, struct MHD_Connection *c, const char *path, const char *method,
    const char *version, const char *bytes, size_t *n, void **own)
{
	struct request *r = *own;

	(void)version;
	if (r == NULL) {
		*own = memory_zero(1, sizeof(struct request));
		return MHD_YES;
	}
	if (*n > 0) {
		r->too_large = r->too_large || r->body.len + *n > BODY_MAX;
		if (!r->too_large)
			text_addn(&r->body, bytes, *n);
		*n = 0;
		return MHD_YES;
	}
	return answer(self, c, path, method, r);
}

static void
on_completed(void *self, struct MHD_Connection *c, void **own, enum MHD_RequestTerminationCode how)
{
	struct request *r = *own;

	(void)self, (void)c, (void)how;
	if (r != NULL)
		text_done(&r->body);
	free(r);
	*own = NULL;
}

/* --- the loop --------------------------------------------------------------------------------- */

static void
on_due(uv_timer_t *timer)
{
	const struct watch *w = timer->data;

	server_run(w->server);
}

static void
on_tick(uv_timer_t *timer)
{
	const struct watch *w = timer->data;

	streams_tick(w->server);
}

/* The clock of those who stream, while there are any. */
static void
set_tick(struct server *s)
{
	bool ticks = uv_is_active((uv_handle_t *)&s->watch->tick);

	if (s->clients != NULL && !ticks)
		uv_timer_start(&s->watch->tick, on_tick, TICK_MS, TICK_MS);
	else if (s->clients == NULL && ticks)
		uv_timer_stop(&s->watch->tick);
}

void
server_run(struct server *s)
{
	MHD_UNSIGNED_LONG_LONG ms;

	MHD_run(s->daemon);
	uv_timer_stop(&s->watch->due);
	if (MHD_get_timeout(s->daemon, &ms) == MHD_YES) {
		uv_update_time(s->loop);
		uv_timer_start(&s->watch->due, on_due, ms, 0);
	}
	set_tick(s);
}

static void
on_sockets(uv_poll_t *poll, int status, int events)
{
	const struct watch *w = poll->data;

	(void)status, (void)events;
	server_run(w->server);
}

static void
on_closed(uv_handle_t *handle)
{
	struct watch *w = handle->data;

	if (--w->open == 0)
		free(w);
}

static int
start_watch(struct server *s)
{
	const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_EPOLL_FD);
	struct watch *w = memory_zero(1, sizeof *w);

	if (info == NULL || uv_poll_init(s->loop, &w->sockets, info->epoll_fd) != 0) {
		free(w);
		return -1;
	}
	uv_timer_init(s->loop, &w->due);
	uv_timer_init(s->loop, &w->tick);
	w->sockets.data = w->due.data = w->tick.data = w;
	w->open = 3;
	w->server = s;
	uv_poll_start(&w->sockets, UV_READABLE, on_sockets);
	s->watch = w;
	return 0;
}

/* --- its life --------------------------------------------------------------------------------- */

static int
start(struct server *s, struct error *err)
{
	if (address_open(&s->address, s->options.at, err) != 0 ||
	    gate_open(&s->gate, &s->address, &s->options, err) != 0)
		return -1;
	snprintf(s->url, sizeof s->url,
	    strchr(s->address.host, ':') != NULL ? "http://[%s]:%d/" : "http://%s:%d/",
	    s->address.host, s->address.port);
	s->daemon = MHD_start_daemon(MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
	    on_request, s, MHD_OPTION_LISTEN_SOCKET, s->address.socket, MHD_OPTION_CONNECTION_LIMIT,
	    (unsigned)CLIENTS_MAX, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)MEMORY_MAX,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS, MHD_OPTION_NOTIFY_COMPLETED,
	    on_completed, NULL, MHD_OPTION_END);
	if (s->daemon == NULL)
		return error_set(err, "--serve: %s cannot be served (give another port)", s->url);
	s->address.socket = -1; /* the daemon's now */
	if (start_watch(s) != 0)
		return error_set(err, "--serve: %s cannot be watched (give another port)", s->url);
	return 0;
}

struct server *
server_open(struct engine *e, struct uv_loop_s *loop, const struct server_options *options,
    struct error *err)
{
	struct server *s = memory_zero(1, sizeof *s);
	struct text note = { 0 };

	s->engine = e;
	s->loop = loop;
	s->options = *options;
	s->address.socket = -1;
	s->frame = 1;
	if (start(s, err) != 0) {
		server_close(s);
		return NULL;
	}
	s->hub = hub_new(e);
	text_addf(&note, "served at %s", s->url);
	engine_note(e, text_get(&note));
	text_done(&note);
	return s;
}

void
server_close(struct server *s)
{
	if (s == NULL)
		return;
	if (s->watch != NULL) { /* its descriptor is the daemon's */
		uv_poll_stop(&s->watch->sockets);
		uv_close((uv_handle_t *)&s->watch->sockets, on_closed);
		uv_close((uv_handle_t *)&s->watch->due, on_closed);
		uv_close((uv_handle_t *)&s->watch->tick, on_closed);
	}
	if (s->daemon != NULL) {
		streams_end(s);
		MHD_run(s->daemon); /* what was told last goes out, as far as there is room */
		streams_end(s);
		MHD_stop_daemon(s->daemon);
	}
	hub_free(s->hub);
	if (s->address.socket >= 0)
		close(s->address.socket);
	gate_done(&s->gate);
	free(s);
}

void
server_slice(struct server *s)
{
	hub_take(s->hub);
	if (s->clients != NULL)
		streams_wake(s);
}
