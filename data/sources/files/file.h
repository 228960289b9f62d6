/* file.h - bytes from a descriptor, whatever it is: a file, a packed one, a pipe. */
#ifndef WEIR_FILE_H
#define WEIR_FILE_H

#include <stdint.h>

#include "data/sources/source.h"

struct pipe;
struct packed;

struct file {                  /* the state of sources that read a descriptor */
	int fd;                /* owned */
	uint64_t size;         /* 0: not a regular file */
	uint64_t lines;        /* in a small one, from where it begins; 0: not counted */
	int64_t start;         /* where it stood when it was given to us */
	struct pipe *pipe;     /* NULL unless it is one */
	struct packed *packed; /* NULL unless it is packed */
};

/* Takes over fd; on failure it is closed. */
int file_attach(struct source *, int fd, struct error *);
long file_read(struct source *, char *buf, size_t cap, struct error *);
void file_progress(const struct source *, uint64_t *at, uint64_t *size);
uint64_t file_lines(const struct source *);
int file_seek(struct source *, uint64_t offset, struct error *);
void file_close(struct source *);

#endif
