/* address.h - HOST:PORT and paths of sockets, as they are written and as the system has them. */
#ifndef WEIR_ADDRESS_H
#define WEIR_ADDRESS_H

#include <netdb.h>
#include <sys/socket.h>

#include "data/sources/source.h"

enum { HOST_MOST = 256, PORT_MOST = 32, ADDRESS_CHARS = 112 };

/* "HOST:PORT", a HOST with colons in brackets, of source->rest. */
int address_split(
    const struct source *, char host[HOST_MOST], char port[PORT_MOST], struct error *);
/* For class->check: is it one? Is it a path for a socket? */
int address_check(const struct source *, struct error *);
int address_check_path(const struct source *, struct error *);
/* A socket bound to the first of those to listen at that can be; waits, where HOST is a name. -1
 * with err. */
int address_bind(const struct source *, int type, struct error *);
/* "127.0.0.1:4000" */
void address_print(const struct sockaddr *, socklen_t, char out[ADDRESS_CHARS]);

#endif
