/* pipe.h - bytes that somebody writes: pipes, terminals, sockets, devices; never waits for them. */
#ifndef WEIR_PIPE_H
#define WEIR_PIPE_H

#include "data/sources/source.h"

struct pipe;

/* fd stays the caller's and must stay open. NULL with err on failure. */
struct pipe *pipe_open(struct source *, int fd, struct error *);
long pipe_read(struct pipe *, char *buf, size_t cap, struct error *);
/* source->ready is called when there is something to read, once. */
void pipe_wait(struct pipe *);
void pipe_close(struct pipe *);

#endif
