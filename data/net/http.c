/* http.c - calls of HTTP servers by libcurl: its sockets and its clock on a libuv loop.
 *
 * libcurl says which sockets it waits for (on_socket) and for how long (on_timer_asked); the loop
 * tells it when there is something to do (act). Handles of libuv close later than what they belong
 * to, so each stands by itself. */
#include "data/net/http.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "data/base/text.h"

enum { CONNECT_MS = 10000, REDIRECTS_MAX = 5, HEADERS_MAX = 1 << 16 };

struct http {
	struct uv_loop_s *loop;
	CURLM *multi;
	uv_timer_t *timer;
	struct http_transfer *first;
};

struct http_transfer {
	struct http *http;
	CURL *easy;
	struct curl_slist *headers;
	char problem[CURL_ERROR_SIZE];
	struct http_call call;
	size_t header_bytes;
	bool begun;
	struct http_transfer *next;
};

struct socket { /* one that libcurl waits for */
	uv_poll_t poll;
	curl_socket_t fd;
	int events; /* that are waited for */
	struct http *http;
};

/* --- ends ------------------------------------------------------------------------------------- */

static void
transfer_free(struct http_transfer *t)
{
	struct http_transfer **at = &t->http->first;

	while (*at != t)
		at = &(*at)->next;
	*at = t->next;
	curl_multi_remove_handle(t->http->multi, t->easy);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	free(t);
}

static bool
is_refused(CURLcode code)
{
	return code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT ||
	       code == CURLE_TOO_MANY_REDIRECTS || code == CURLE_PEER_FAILED_VERIFICATION ||
	       code == CURLE_WEIRD_SERVER_REPLY;
}

/* The caller may begin and stop others. */
static void
tell_end(struct http_transfer *t, CURLcode code)
{
	struct http_call call = t->call;
	struct http_end end = { .refused = is_refused(code) };
	curl_off_t wait = 0;
	char what[CURL_ERROR_SIZE + 32];

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &end.status);
	if (curl_easy_getinfo(t->easy, CURLINFO_RETRY_AFTER, &wait) == CURLE_OK)
		end.retry_after = wait > 0 && wait < 86400 ? (long)wait : 0;
	if (t->header_bytes > HEADERS_MAX)
		snprintf(what, sizeof what, "the server sends headers without end");
	else if (code != CURLE_OK)
		snprintf(what, sizeof what, "%s",
		    t->problem[0] != '\0' ? t->problem : curl_easy_strerror(code));
	else
		snprintf(what, sizeof what, "the server answers %ld", end.status);
	if (code != CURLE_OK || end.status / 100 != 2)
		end.what = what;
	transfer_free(t);
	call.ended(call.self, &end);
}

static void
tell_ends(struct http *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left)) != NULL) {
		struct http_transfer *t = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		tell_end(t, message->data.result);
	}
}

/* --- the loop --------------------------------------------------------------------------------- */

static void
act(struct http *http, curl_socket_t fd, int events)
{
	int running;

	curl_multi_socket_action(http->multi, fd, events, &running);
	tell_ends(http);
}

static void
on_timer(uv_timer_t *timer)
{
	act(timer->data, CURL_SOCKET_TIMEOUT, 0);
}

static int
on_timer_asked(CURLM *multi, long ms, void *self)
{
	struct http *http = self;

	(void)multi;
	uv_timer_stop(http->timer);
	if (ms >= 0) {
		uv_update_time(http->loop);
		uv_timer_start(http->timer, on_timer, (uint64_t)ms, 0);
	}
	return 0;
}

/* A server that closes with something unread resets the connection, and its answer may be there all
 * the same: libcurl reads it. libuv has stopped watching then. */
static void
on_poll(uv_poll_t *poll, int status, int events)
{
	struct socket *s = poll->data;
	int flags = status < 0 ? CURL_CSELECT_IN : 0;

	flags |= (events & (UV_READABLE | UV_DISCONNECT)) != 0 ? CURL_CSELECT_IN : 0;
	flags |= (events & UV_WRITABLE) != 0 ? CURL_CSELECT_OUT : 0;
	act(s->http, s->fd, flags);
	if (status < 0 && !uv_is_closing((uv_handle_t *)poll) && s->events != 0)
		uv_poll_start(poll, s->events, on_poll);
}

static void
on_closed(uv_handle_t *handle)
{
	free(handle->data);
}

static void
socket_close(struct http *http, struct socket *s)
{
	curl_multi_assign(http->multi, s->fd, NULL);
	uv_poll_stop(&s->poll);
	uv_close((uv_handle_t *)&s->poll, on_closed);
}

static struct socket *
socket_open(struct http *http, curl_socket_t fd)
{
	struct socket *s = memory_zero(1, sizeof *s);

	s->fd = fd;
	s->http = http;
	if (uv_poll_init_socket(http->loop, &s->poll, fd) != 0) {
		free(s);
		return NULL;
	}
	s->poll.data = s;
	curl_multi_assign(http->multi, fd, s);
	return s;
}

static int
on_socket(CURL *easy, curl_socket_t fd, int what, void *self, void *known)
{
	struct http *http = self;
	struct socket *s = known;
	int events = 0;

	(void)easy;
	if (what == CURL_POLL_REMOVE) {
		if (s != NULL)
			socket_close(http, s);
		return 0;
	}
	if (s == NULL && (s = socket_open(http, fd)) == NULL)
		return -1;
	events |= (what & CURL_POLL_IN) != 0 ? UV_READABLE : 0;
	events |= (what & CURL_POLL_OUT) != 0 ? UV_WRITABLE : 0;
	s->events = events;
	uv_poll_start(&s->poll, events, on_poll);
	return 0;
}

struct http *
http_new(struct uv_loop_s *loop, struct error *err)
{
	struct http *http = memory_zero(1, sizeof *http);

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != 0 ||
	    (http->multi = curl_multi_init()) == NULL) {
		free(http);
		error_set(err, "http: libcurl cannot be used (install it anew)");
		return NULL;
	}
	http->loop = loop;
	http->timer = memory_zero(1, sizeof *http->timer);
	uv_timer_init(loop, http->timer);
	http->timer->data = http;
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERFUNCTION, on_timer_asked);
	curl_multi_setopt(http->multi, CURLMOPT_TIMERDATA, http);
	return http;
}

void
http_free(struct http *http)
{
	if (http == NULL)
		return;
	while (http->first != NULL)
		transfer_free(http->first);
	curl_multi_cleanup(http->multi);
	http->timer->data = http->timer;
	uv_timer_stop(http->timer);
	uv_close((uv_handle_t *)http->timer, on_closed);
	curl_global_cleanup();
	free(http);
}

/* --- a transfer ------------------------------------------------------------------------------- */

static void
begin_answer(struct http_transfer *t)
{
	const char *type = NULL;
	long status = 0;

	if (t->begun)
		return;
	t->begun = true;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_TYPE, &type);
	if (t->call.begun != NULL)
		t->call.begun(t->call.self, status, type != NULL ? type : "");
}

static size_t
on_data(char *bytes, size_t size, size_t n, void *self)
{
	struct http_transfer *t = self;
	long status = 0;

	begin_answer(t);
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (t->call.data == NULL || status / 100 != 2)
		return size * n;
	return t->call.data(t->call.self, bytes, size * n) ? size * n : CURL_WRITEFUNC_PAUSE;
}

/* Headers without end are no headers. A blank line ends them. */
static size_t
on_header(char *bytes, size_t size, size_t n, void *self)
{
	struct http_transfer *t = self;
	long status = 0;

	t->header_bytes += size * n;
	if (t->header_bytes > HEADERS_MAX)
		return 0;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	if (size * n <= 2 && (bytes[0] == '\r' || bytes[0] == '\n') && status / 100 == 2)
		begin_answer(t);
	return size * n;
}

static void
set_options(struct http_transfer *t, const struct http_call *call)
{
	CURL *e = t->easy;

	curl_easy_setopt(e, CURLOPT_PRIVATE, t);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->problem);
	curl_easy_setopt(e, CURLOPT_URL, call->url);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 1L);
	curl_easy_setopt(e, CURLOPT_MAXREDIRS, (long)REDIRECTS_MAX);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_TCP_KEEPALIVE, 1L);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)call->limit_ms);
	curl_easy_setopt(e, CURLOPT_USERAGENT, "weir/" WEIR_VERSION);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_data);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(e, CURLOPT_HTTPHEADER, t->headers);
	if (call->body == NULL)
		return;
	curl_easy_setopt(e, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->len);
	curl_easy_setopt(e, CURLOPT_COPYPOSTFIELDS, call->body);
}

bool
http_is_url(const char *s)
{
	CURLU *url = curl_url();
	bool is = url != NULL && curl_url_set(url, CURLUPART_URL, s, 0) == CURLUE_OK;

	curl_url_cleanup(url);
	return is;
}

struct http_transfer *
http_begin(struct http *http, const struct http_call *call, struct error *err)
{
	struct http_transfer *t = memory_zero(1, sizeof *t);

	t->http = http;
	t->call = *call;
	t->easy = curl_easy_init();
	for (int i = 0; call->headers != NULL && call->headers[i] != NULL; i++)
		t->headers = curl_slist_append(t->headers, call->headers[i]);
	t->next = http->first;
	http->first = t;
	if (t->easy != NULL) {
		set_options(t, call);
		if (curl_multi_add_handle(http->multi, t->easy) == CURLM_OK)
			return t;
	}
	transfer_free(t);
	error_set(err, "%.200s: cannot be asked (close some connections first)", call->url);
	return NULL;
}

void
http_go_on(struct http_transfer *t)
{
	curl_easy_pause(t->easy, CURLPAUSE_CONT);
}

void
http_stop(struct http_transfer *t)
{
	transfer_free(t);
}
