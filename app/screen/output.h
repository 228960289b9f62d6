/* output.h - bytes on their way to the terminal: sent when it can take them, counted, limited. */
#ifndef WEIR_OUTPUT_H
#define WEIR_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cast;

struct output {
	int fd;      /* non-blocking */
	char *bytes; /* [sent .. len) is still to go */
	size_t len, sent, cap;
	bool begun;        /* what waits is the rest of what has been sent in part */
	int64_t rate;      /* bytes a second */
	int64_t credit;    /* at the time filled; below 0 no frame may go */
	uint64_t filled;   /* uv_hrtime */
	uint64_t total;    /* bytes put since the start */
	struct cast *cast; /* borrowed; NULL */
};

void output_init(struct output *, int fd, int64_t rate, uint64_t now);
void output_done(struct output *);

/* Puts bytes behind those that wait. */
void output_put(struct output *, const char *bytes, size_t n, uint64_t now);
/* The same for a question to the terminal, which is no part of a recording. */
void output_ask(struct output *, const char *bytes, size_t n);
/* Sends what the terminal takes now; -1: it is gone. */
int output_flush(struct output *);
void output_drop(struct output *); /* what waits is not sent */
const char *output_waiting(const struct output *, size_t *n);
bool output_idle(const struct output *);
/* Another ceiling, for a screen of another size: of the debt that frames of the old size left, no
 * more than a second is to be paid, or a screen made small again would stay black for many. */
void output_rate(struct output *, int64_t rate, uint64_t now);
/* When the ceiling lets the next frame go, as uv_hrtime(); 0: now. answer: it answers a key. */
uint64_t output_due(const struct output *, bool answer, uint64_t now);

#endif
