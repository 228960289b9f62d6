/* server.h - --serve: what a run knows, over HTTP: metrics, state, events, predictions, its
 * picture.
 *
 * All of it happens on the loop of the run, between slices of rows, so that what is read is whole
 * and nothing is copied or locked; sockets are never waited for. Without a token it listens on
 * loopback addresses alone. */
#ifndef WEIR_SERVER_H
#define WEIR_SERVER_H

#include "data/base/error.h"
#include "data/base/metric.h"
#include "data/base/text.h"
#include "data/engine/engine.h"

struct server;
struct uv_loop_s;

enum { SERVER_METRICS = 40 };

struct server_options {
	const char *at;                 /* HOST:PORT, [::1]:PORT or PORT; port 0: any free one */
	const char *token, *token_file; /* NULL: none */
	/* Appends the dashboard as it is now as SVG; false: there is none. */
	bool (*picture)(void *self, struct text *svg);
	/* Fills how the program itself is, at most SERVER_METRICS numbers; returns how many. NULL:
	 * none. */
	int (*health)(void *self, struct metric *);
	void *self;
};

/* Before the engine runs, to which it listens. NULL with err: wrong usage. The options' texts
 * outlive it. */
struct server *server_open(
    struct engine *, struct uv_loop_s *, const struct server_options *, struct error *);
/* Before the engine is freed; the loop closes handles later. NULL is fine. */
void server_close(struct server *);

/* A slice of rows went: what was told of them is passed on. */
void server_slice(struct server *);

#endif
