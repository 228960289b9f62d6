/* output.h - bytes on their way to the terminal: sent when it can take them, counted, limited. */
#ifndef WEIR_OUTPUT_H
#define WEIR_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct cast;

struct relay {
	int fd;      /* non-blocking */
	char *bytes; /* [sent .. len) is still to go */
	size_t len, sent, cap;
	int64_t rate;      /* bytes a second */
	int64_t credit;    /* at the time filled; below 0 no frame may go */
	uint64_t filled;   /* uv_hrtime */
	uint64_t total;    /* bytes put since the start */
	struct cast *cast; /* borrowed; NULL */
};

void relay_init(struct relay *, int fd, int64_t rate, uint64_t now);
void relay_done(struct relay *);

/* Puts bytes behind those that wait. */
void relay_put(struct relay *, const char *bytes, size_t n, uint64_t now);
/* The same for a question to the terminal, which is no part of a recording. */
void relay_ask(struct relay *, const char *bytes, size_t n);
/* Sends what the terminal takes now; -1: it is gone. */
int relay_flush(struct relay *);
void relay_drop(struct relay *); /* what waits is not sent */
const char *relay_waiting(const struct relay *, size_t *n);
bool relay_idle(const struct relay *);
/* Another ceiling, for a screen of another size: of the debt that frames of the old size left, no
 * more than a second is to be paid, or a screen made small again would stay black for many. */
void relay_rate(struct relay *, int64_t rate, uint64_t now);
/* When the ceiling lets the next frame go, as uv_hrtime(); 0: now. answer: it answers a key. */
uint64_t relay_due(const struct relay *, bool answer, uint64_t now);

#endif
