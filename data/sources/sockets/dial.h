/* dial.h - sources that go to the other end themselves, and again when it is lost. */
#ifndef WEIR_DIAL_H
#define WEIR_DIAL_H

#include "data/sources/source.h"

struct dial;

/* How a class gets there. try: begins; dial_got or dial_failed is called, at once or later. */
struct dial_way {
	void (*try)(struct dial *, struct source *);
};

struct dial *dial_new(struct source *, const struct dial_way *, struct error *);
void dial_free(struct dial *);
/* A descriptor that does not block, which is taken; opening: it is being connected. */
void dial_got(struct dial *, int fd, bool opening);
/* One line, such as "connection refused". for_good: there is no use in trying again. */
void dial_failed(struct dial *, const char *what, bool for_good);
/* How many times it was tried since it was last there. */
int dial_attempts(const struct dial *);

long dial_read(struct dial *, char *buf, size_t cap, struct error *);
int dial_reply(struct dial *, const char *bytes, size_t n, struct error *);

#endif
