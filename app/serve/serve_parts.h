/* serve_parts.h - what the files of the server share; nobody else includes it.
 *
 * server.c   the daemon on the loop: requests in, answers out
 * listen.c   HOST:PORT, and the socket there
 * gate.c     who may ask: host, origin, token
 * hub.c      the last events, as lines with numbers
 * stream.c   answers without an end: events and frames
 * metrics.c  /metrics
 * state.c    /state
 * predict.c  /predict
 * page.c     /, and what it is made of */
#ifndef WEIR_SERVE_PARTS_H
#define WEIR_SERVE_PARTS_H

#include <microhttpd.h>
#include <stdbool.h>
#include <stdint.h>

#include "app/serve/server.h"
#include "data/engine/engine_view.h"

/* --- listen.c --------------------------------------------------------------------------------- */

struct address {
	char host[256]; /* as it was given */
	int port;       /* the one that was given, or found */
	bool loopback;
	int socket;
};

int address_open(struct address *, const char *at, struct error *);

/* --- gate.c ----------------------------------------------------------------------------------- */

struct gate {
	const struct address *address;
	char *token; /* NULL: none is asked for */
};

int gate_open(struct gate *, const struct address *, const struct server_options *, struct error *);
void gate_done(struct gate *);
enum gate_verdict {
	GATE_OPEN,
	GATE_FOREIGN, /* another Host or Origin */
	GATE_TOKEN,   /* a token is missing, or wrong */
	GATE_COOKIE   /* it came in the address: it is to be kept as a cookie */
};
enum gate_verdict gate_ask(const struct gate *, struct MHD_Connection *);

/* --- hub.c ------------------------------------------------------------------------------------ */

struct hub; /* the last events */

struct hub *hub_new(struct engine *);
void hub_free(struct hub *);
void hub_take(struct hub *);             /* what was told since, into it */
void hub_all_rows(struct hub *, bool);   /* somebody reads: no row is passed over */
uint64_t hub_next(const struct hub *);   /* the number of the next event; the first is 1 */
uint64_t hub_oldest(const struct hub *); /* of those that are held */
enum { HUB_RECENT = 100 };
/* Appends an event, when it is of these types; it is held. */
void hub_print(const struct hub *, uint64_t number, unsigned types, struct text *);
/* "rows,alerts" to types; 0: there is no such. */
unsigned hub_types(const char *list);

/* --- server.c --------------------------------------------------------------------------------- */

struct server {
	struct engine *engine;
	struct uv_loop_s *loop;
	struct server_options options;
	struct address address;
	struct gate gate;
	struct hub *hub;
	struct MHD_Daemon *daemon;
	struct watch *watch;
	struct stream_client *clients;
	uint64_t frame;      /* how often the picture has changed */
	uint64_t frame_rows; /* rows that had gone by then */
	uint64_t seconds;    /* ticks of a second since somebody streams */
	uint64_t requests;
	char url[320];
};

struct request {
	struct text body;
	bool too_large;
};
enum { BODY_MAX = 1 << 16 };

typedef enum MHD_Result server_page(struct server *, struct MHD_Connection *, struct request *);
server_page page_root, page_script, page_style, page_picture, page_metrics, page_state, page_events,
    page_frames, page_forecast, page_what_if;

enum MHD_Result server_answer(
    struct MHD_Connection *, unsigned status, const char *type, const struct text *);
/* One line of text. */
enum MHD_Result server_say(struct MHD_Connection *, unsigned status, const char *line);
void server_headers(struct MHD_Response *);
void server_run(struct server *); /* what is to be done for its sockets is done */

/* --- sources.c -------------------------------------------------------------------------------- */

struct served_source {
	const char *name;
	int index; /* among the engine's; -1: its columns are not known yet */
	struct source_now now;
};
int served_sources(const struct engine *); /* without those that were ended while rows went */
struct served_source served_source(const struct engine *, int i);
const char *served_state(const struct source_now *);  /* "live", "retries" ... */
const char *served_reason(const struct source_now *); /* why it gives nothing; "" */

/* --- stream.c --------------------------------------------------------------------------------- */

void streams_wake(struct server *); /* there may be more for them */
void streams_tick(struct server *); /* a second has passed */
void streams_end(struct server *);

#endif
