/* clients.h - sources that others come to: each client is a lane of its own. */
#ifndef WEIR_CLIENTS_H
#define WEIR_CLIENTS_H

#include "data/sources/source.h"

struct clients { /* the state of such a source */
	struct source *source;
	struct peers *peers;
	int fd;
	uint32_t lanes; /* given so far */
	bool crowded;   /* it was told that there are too many */
};

extern const struct tag_column clients_tags[]; /* "peer" */

/* fd: bound; it is taken, also on failure, and listens from here on. */
int clients_open(struct source *, int fd, struct error *);
long clients_read(struct source *, char *buf, size_t cap, struct error *);
int clients_reply(struct source *, uint32_t lane, const char *bytes, size_t n, struct error *);
void clients_close(struct source *);

#endif
