/* broker_address.h - USER:PASSWORD@HOST:PORT/NAME of a broker, as sources and actions write it. */
#ifndef WEIR_BROKER_ADDRESS_H
#define WEIR_BROKER_ADDRESS_H

#include "data/base/error.h"

struct broker_address {
	char *user, *password; /* NULL: none was given */
	char *host;            /* in brackets where it has colons; these are gone */
	int port;
	char *name; /* of the topic or stream: what stands behind the first slash */
};

/* s: what stands behind "scheme://", up to "?" at most. port: where none is written. %41 is A in
 * all but the host. -1 with err, without words on whose it is: there is no host, no name, no such
 * port. */
int broker_address_read(struct broker_address *, const char *s, int port, struct error *);
/* "HOST1:PORT,HOST2/NAME": the hosts stay one text, with no user and port 0. */
int broker_address_read_list(struct broker_address *, const char *s, struct error *);
void broker_address_done(struct broker_address *);

#endif
