/* http.h - calls of HTTP servers, by libcurl, on a loop: nothing is waited for.
 *
 * http and https alone are spoken, also where a server sends the caller elsewhere, and certificates
 * are checked. */
#ifndef WEIR_HTTP_H
#define WEIR_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

struct http;
struct http_transfer;
struct uv_loop_s;

struct http *http_new(struct uv_loop_s *, struct error *); /* NULL with err */
/* All that is under way ends untold; the loop closes handles later. NULL is fine. */
void http_free(struct http *);

struct http_end {
	long status;      /* of the answer; 0: there was none */
	bool refused;     /* asking again is no use: no such scheme, a wrong certificate, redirects
			   * without end, an answer that is no HTTP */
	const char *what; /* what went wrong, one line; NULL: a whole answer came */
	long retry_after; /* seconds that the server asks to wait; 0: it does not say */
};

struct http_call {
	const char *url;            /* copied, as is all else */
	const char *const *headers; /* "Name: value", NULL behind the last; NULL: none */
	const char *body;           /* POST it, len bytes; NULL: GET */
	size_t len;
	int limit_ms; /* for the whole; 0: none, but for the connection */
	/* Bytes of an answer whose status is 2xx, as they come; false: not now, http_go_on() will
	 * tell when, and they come again. NULL: they are dropped. */
	bool (*data)(void *self, const char *bytes, size_t n);
	/* The status and headers are there, those of redirects aside. Optional. */
	void (*begun)(void *self, long status, const char *content_type);
	void (*ended)(void *self, const struct http_end *); /* once, from the loop */
	void *self;
};

bool http_is_url(const char *);
/* NULL with err. */
struct http_transfer *http_begin(struct http *, const struct http_call *, struct error *);
void http_go_on(struct http_transfer *);
void http_stop(struct http_transfer *); /* at once; nobody is told */

#endif
