/* spawner.h - programs that are run: by a process of its own, forked before any input was read.
 *
 * That process knows nothing of what was read since: it is told what to run, word by word, and is
 * passed the ends of pipes over a socket; no shell is asked. Each program gets a process group of
 * its own and no terminal. What a program leaves running in its group is ended with it, and all are
 * ended with this process, however that ends. */
#ifndef WEIR_SPAWNER_H
#define WEIR_SPAWNER_H

#include <stdint.h>

#include "data/base/error.h"
#include "data/base/text.h"

struct spawner;
struct uv_loop_s;

/* Forks: before other threads, files and sockets are there. NULL with err. */
struct spawner *spawner_new(struct error *);
/* From here on ends are told, on this loop. */
int spawner_watch(struct spawner *, struct uv_loop_s *, struct error *);
/* Ends what still runs, and waits for that; the loop closes a handle later. NULL is fine. */
void spawner_free(struct spawner *);

struct child {                   /* a program to run */
	const char *const *argv; /* NULL behind the last; without a '/' it is looked for in PATH */
	const char *const *env;  /* "NAME=VALUE" to be added, NULL behind the last; NULL: none */
	int fds[3]; /* its standard input, output, error; -1: /dev/null. They stay the caller's. */
};

struct child_end {
	int error;  /* not 0: it could not be started (errno) */
	int status; /* as of waitpid() */
};

/* Its number, which counts up from 1; 0 with err: it cannot be asked for. ended is called once,
 * from the loop, unless the child was dropped before. */
uint32_t spawner_start(struct spawner *, const struct child *,
    void (*ended)(void *self, const struct child_end *), void *self, struct error *);
void spawner_signal(struct spawner *, uint32_t child, int signum); /* to its whole group */
void spawner_drop(struct spawner *, uint32_t child); /* ends it; nobody is told of its end */

/* "status 1", "ended by signal 9 (Killed)", "No such file or directory"; nothing for status 0. */
void child_end_print(const struct child_end *, struct text *);

#endif
