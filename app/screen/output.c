/* output.c - bytes on their way to the terminal: sent when it can take them, counted, limited.
 *
 * The ceiling is a token bucket that a frame may overdraw: how long a frame is nobody knows before
 * it is drawn, so it goes whole and the next ones wait until the debt is paid. Over any time t at
 * most rate * (t + BURST) bytes and one frame are sent. The answer to a key goes at once, up to a
 * second's debt: a person who types waits for nothing, and what came ahead of its time is paid by
 * later frames. */
#include "app/screen/output.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/screen/cast.h"
#include "app/screen/tty.h"
#include "data/base/error.h"

enum { SECOND = 1000000000, BURST = SECOND / 10 };

void
output_init(struct output *r, int fd, int64_t rate, uint64_t now)
{
	*r = (struct output){ .fd = fd, .rate = rate, .filled = now };
}

void
output_done(struct output *r)
{
	output_drop(r);
	free(r->bytes);
}

static int64_t
credit_at(const struct output *r, uint64_t now)
{
	double earned = (double)(now - r->filled) * (double)r->rate / SECOND;
	int64_t most = r->rate * BURST / SECOND;

	return earned >= (double)(most - r->credit) ? most : r->credit + (int64_t)earned;
}

/* However the program ends, the rest of what was begun is sent: see tty_guard_hold(). */
static void
release(const struct output *r)
{
	tty_guard_release(r->begun ? r->bytes + r->sent : NULL, r->len - r->sent);
}

static void
append(struct output *r, const char *bytes, size_t n)
{
	if (n == 0)
		return;
	tty_guard_hold();
	if (r->sent > 0) {
		memmove(r->bytes, r->bytes + r->sent, r->len - r->sent);
		r->len -= r->sent;
		r->sent = 0;
	}
	if (r->len + n > r->cap) {
		r->cap = (r->len + n) * 2;
		r->bytes = memory_grow(r->bytes, r->cap, 1);
	}
	memcpy(r->bytes + r->len, bytes, n);
	r->len += n;
	r->total += n;
	release(r);
}

void
output_put(struct output *r, const char *bytes, size_t n, uint64_t now)
{
	append(r, bytes, n);
	r->credit = credit_at(r, now) - (int64_t)n;
	r->filled = now;
	if (r->cast)
		cast_output(r->cast, bytes, n, now);
}

void
output_ask(struct output *r, const char *bytes, size_t n)
{
	append(r, bytes, n);
}

int
output_flush(struct output *r)
{
	while (r->sent < r->len) {
		ssize_t n;

		tty_guard_hold();
		n = write(r->fd, r->bytes + r->sent, r->len - r->sent);
		if (n > 0)
			r->sent += (size_t)n;
		r->begun = r->sent < r->len && (r->begun || r->sent > 0);
		release(r);
		if (n > 0)
			continue;
		if (n < 0 && errno == EINTR)
			continue;
		return n < 0 && errno == EAGAIN ? 0 : -1;
	}
	r->len = r->sent = 0;
	return 0;
}

void
output_drop(struct output *r)
{
	tty_guard_hold();
	r->len = r->sent = 0;
	r->begun = false;
	release(r);
}

const char *
output_waiting(const struct output *r, size_t *n)
{
	*n = r->len - r->sent;
	return r->bytes + r->sent;
}

bool
output_idle(const struct output *r)
{
	return r->len == 0;
}

void
output_rate(struct output *r, int64_t rate, uint64_t now)
{
	r->credit = credit_at(r, now);
	r->filled = now;
	r->rate = rate;
	if (r->credit < -rate)
		r->credit = -rate;
}

uint64_t
output_due(const struct output *r, bool answer, uint64_t now)
{
	int64_t credit = credit_at(r, now) + (answer ? r->rate : 0);

	return credit >= 0 ? 0 : now + (uint64_t)((double)-credit / (double)r->rate * SECOND) + 1;
}
