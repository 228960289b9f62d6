/* ear.h - a source at this end of a socket, and peers at the other, which are ours: nothing hangs
 * on the time that it takes. */
#ifndef WEIR_TESTS_EAR_H
#define WEIR_TESTS_EAR_H

#include <netinet/in.h>
#include <uv.h>

#include "data/base/text.h"
#include "data/sources/source.h"

enum { TURNS = 2000 }; /* of the loop, within which what is waited for has come */

struct ear { /* a source, and what it gave */
	uv_loop_t loop;
	uv_timer_t clock;
	struct source *source;
	struct text text; /* of all lanes: "1:bytes" */
	int gone;
};

void ear_open(struct ear *, const char *spec);
/* On a free port of the loopback: scheme "tcp-listen", SOCK_STREAM. */
void ear_listen(struct ear *, const char *scheme, int type, struct sockaddr_in *);
void ear_close(struct ear *);
/* One turn of the loop, and all that there is to read by then. */
void ear_turn(struct ear *);
/* Until it gave exactly that, which is forgotten then; until it is at that. */
void ear_until(struct ear *, const char *expected);
void ear_until_doing(struct ear *, enum source_doing);

/* A socket of ours, on a port of the loopback that was free; not listening yet. */
int peer_bound(int type, struct sockaddr_in *);
int peer_free_port(int type, struct sockaddr_in *);
int peer_new(int type, const struct sockaddr_in *); /* connected to it */
void peer_say(int fd, const char *);
void peer_hear(int fd, const char *expected);
void peer_break_off(int fd); /* so that the other end sees it as lost */

#endif
