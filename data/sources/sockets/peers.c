/* peers.c - the other ends of a source's sockets and serial lines. See peers.h.
 *
 * One epoll descriptor watches them all, and libuv watches that one, while the source waits. What
 * was read goes on up to the last line's end, so that what is cut off when a connection breaks is
 * no row; it is told. Lines longer than LINE go on as they come. */
#include "data/sources/sockets/peers.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/text.h"
#include "data/sources/pipe.h"
#include "data/sources/source.h"

enum {
	TURNS = 64,          /* peers that are read from before all are looked at again */
	LINE = 1 << 14,      /* bytes of a line that are held back */
	OWED_MOST = 1 << 18, /* bytes of replies that a slow peer is owed at most */
	NAME_MOST = 112
};

struct peer {
	int fd; /* -1: closed; its last bytes are yet to be given */
	uint32_t lane;
	bool opening, spoke;
	int64_t heard;    /* uv_hrtime() when it came, or sent something last */
	struct text rest; /* a line that has no end yet */
	struct text owed; /* replies not yet taken */
	char name[NAME_MOST];
};

struct peers {
	struct source *source;
	struct peers_hooks hooks;
	int epoll;
	struct pipe *watch; /* of the epoll descriptor */
	struct peer **all;
	int n;
	struct epoll_event events[TURNS];
	int at, nevents;
	bool over; /* a lane whose bytes were given is over */
	uint32_t over_lane;
	struct field tag;
	char tag_text[NAME_MOST];
};

struct peers *
peers_new(struct source *source, const struct peers_hooks *hooks, struct error *err)
{
	struct peers *p = memory_zero(1, sizeof *p);

	p->source = source;
	p->hooks = *hooks;
	p->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (p->epoll < 0)
		error_set(err, "%s: %s", source->spec, strerror(errno));
	else if ((p->watch = pipe_open(source, p->epoll, err)) != NULL)
		return p;
	else
		close(p->epoll);
	free(p);
	return NULL;
}

static void
peer_free(struct peer *peer)
{
	if (peer->fd >= 0)
		close(peer->fd);
	text_done(&peer->rest);
	text_done(&peer->owed);
	free(peer);
}

void
peers_free(struct peers *p)
{
	for (int i = 0; i < p->n; i++)
		peer_free(p->all[i]);
	free(p->all);
	pipe_close(p->watch);
	close(p->epoll);
	free(p);
}

/* Forgets it. */
static void
drop(struct peers *p, struct peer *peer)
{
	int i = 0;

	while (p->all[i] != peer)
		i++;
	p->all[i] = p->all[--p->n];
	for (i = p->at; i < p->nevents; i++)
		if (p->events[i].data.ptr == peer)
			p->events[i].events = 0;
	peer_free(peer);
}

static int
watch(struct peers *p, int fd, struct peer *peer, unsigned events, int how)
{
	struct epoll_event event = { .events = events, .data.ptr = peer };

	return epoll_ctl(p->epoll, how, fd, &event);
}

int
peers_add(struct peers *p, int fd, uint32_t lane, const char *name, bool opening)
{
	struct peer *peer = memory_zero(1, sizeof *peer);

	peer->fd = fd;
	peer->lane = lane;
	peer->opening = opening;
	peer->heard = (int64_t)uv_hrtime();
	strncpy(peer->name, name, sizeof peer->name - 1);
	if (watch(p, fd, peer, opening ? EPOLLOUT : EPOLLIN, EPOLL_CTL_ADD) < 0) {
		peer_free(peer);
		return -1;
	}
	p->all = memory_grow(p->all, (size_t)p->n + 1, sizeof *p->all);
	p->all[p->n++] = peer;
	return 0;
}

int
peers_listen(struct peers *p, int fd)
{
	return watch(p, fd, NULL, EPOLLIN, EPOLL_CTL_ADD);
}

int
peers_count(const struct peers *p)
{
	return p->n;
}

void
peers_give_up(struct peers *p)
{
	for (int i = p->n - 1; i >= 0; i--)
		if (p->all[i]->opening)
			drop(p, p->all[i]);
}

/* --- reading ---------------------------------------------------------------------------------- */

static long
give(struct peers *p, struct peer *peer, size_t n)
{
	struct source *source = p->source;

	peer->spoke = true;
	memcpy(p->tag_text, peer->name, sizeof p->tag_text);
	p->tag = (struct field){ p->tag_text, strlen(p->tag_text) };
	source->lane = peer->lane;
	source->tags = source->class->tags != NULL ? &p->tag : NULL;
	return (long)n;
}

/* Keeps what stands behind the last line's end for the next read. How many bytes go on. */
static size_t
keep_rest(struct peer *peer, const char *buf, size_t n)
{
	const char *end = memrchr(buf, '\n', n);
	size_t whole = end != NULL ? (size_t)(end - buf) + 1 : 0;

	if (n - whole > LINE)
		return n;
	text_addn(&peer->rest, buf + whole, n - whole);
	return whole;
}

/* The peer is no more. What it sent and was held back goes on where it closed in peace. */
static long
end_peer(struct peers *p, struct peer *peer, char *buf, int error)
{
	size_t n = peer->rest.len;
	long given = 0;

	if (n > 0 && error == 0) {
		memcpy(buf, peer->rest.s, n);
		given = give(p, peer, n);
	} else if (n > 0) {
		source_bad(p->source, "cut off: the connection was lost", peer->rest.s, n);
	}
	p->over = peer->spoke;
	p->over_lane = peer->lane;
	drop(p, peer);
	p->source->report.lanes = p->n;
	if (p->hooks.gone != NULL)
		p->hooks.gone(p->hooks.self, error);
	return given;
}

bool
peers_make_room(struct peers *p, int64_t silent)
{
	int64_t now = (int64_t)uv_hrtime();
	struct peer *longest = NULL;

	for (int i = 0; i < p->n; i++)
		if (!p->all[i]->opening && (longest == NULL || p->all[i]->heard < longest->heard))
			longest = p->all[i];
	if (p->over || longest == NULL || now - longest->heard < silent)
		return false;
	source_note(p->source, "%s: sent nothing for %lld s, and makes room for another",
	    longest->name, (long long)((now - longest->heard) / 1000000000));
	if (longest->rest.len > 0)
		source_bad(p->source, "cut off: a line without an end", longest->rest.s,
		    longest->rest.len);
	p->over = longest->spoke;
	p->over_lane = longest->lane;
	drop(p, longest);
	return true;
}

/* Bytes that go on, or 0: there are none yet. */
static long
read_peer(struct peers *p, struct peer *peer, char *buf, size_t cap)
{
	size_t held = peer->rest.len;
	ssize_t n = read(peer->fd, buf + held, cap - held);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return 0;
	if (n <= 0)
		return end_peer(p, peer, buf, n < 0 ? errno : 0);
	if (held > 0)
		memcpy(buf, peer->rest.s, held);
	text_clear(&peer->rest);
	peer->heard = (int64_t)uv_hrtime();
	p->source->report.bytes += (uint64_t)n;
	n = (ssize_t)keep_rest(peer, buf, held + (size_t)n);
	return n > 0 ? give(p, peer, (size_t)n) : 0;
}

static void
end_opening(struct peers *p, struct peer *peer)
{
	int error = 0;
	socklen_t size = sizeof error;

	if (getsockopt(peer->fd, SOL_SOCKET, SO_ERROR, &error, &size) < 0)
		error = errno;
	peer->opening = false;
	if (error == 0)
		watch(p, peer->fd, peer, EPOLLIN, EPOLL_CTL_MOD);
	else
		drop(p, peer);
	p->hooks.opened(p->hooks.self, error);
}

/* Hands over what it is owed, as far as it takes it. */
static void
pay(struct peers *p, struct peer *peer)
{
	ssize_t n = send(peer->fd, peer->owed.s, peer->owed.len, MSG_DONTWAIT | MSG_NOSIGNAL);

	if (n < 0 && errno == ENOTSOCK)
		n = write(peer->fd, peer->owed.s, peer->owed.len);
	if (n > 0) {
		memmove(peer->owed.s, peer->owed.s + n, peer->owed.len - (size_t)n);
		peer->owed.len -= (size_t)n;
	}
	watch(p, peer->fd, peer, peer->owed.len > 0 ? EPOLLIN | EPOLLOUT : EPOLLIN, EPOLL_CTL_MOD);
}

static long
turn(struct peers *p, const struct epoll_event *event, char *buf, size_t cap)
{
	struct peer *peer = event->data.ptr;

	if (event->events == 0)
		return 0;
	if (peer == NULL) {
		p->hooks.knock(p->hooks.self);
		return 0;
	}
	if (peer->opening) {
		end_opening(p, peer);
		return 0;
	}
	if ((event->events & EPOLLOUT) != 0)
		pay(p, peer);
	if ((event->events & ~(unsigned)EPOLLOUT) == 0)
		return 0;
	return read_peer(p, peer, buf, cap);
}

/* All are looked at once a call at most: a crowd that comes and goes lets others go on, too. */
long
peers_read(struct peers *p, char *buf, size_t cap)
{
	long n = 0;

	if (p->at == p->nevents && !p->over) {
		p->at = 0;
		p->nevents = epoll_wait(p->epoll, p->events, TURNS, 0);
		p->nevents = p->nevents < 0 ? 0 : p->nevents;
	}
	while (n == 0 && !p->over && p->at < p->nevents)
		n = turn(p, &p->events[p->at++], buf, cap);
	if (n > 0)
		return n;
	if (p->over) {
		p->over = false;
		p->source->lane = p->over_lane;
		return SOURCE_GONE;
	}
	pipe_wait(p->watch);
	return SOURCE_AGAIN;
}

int
peers_reply(struct peers *p, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	for (int i = 0; i < p->n; i++) {
		struct peer *peer = p->all[i];

		if (peer->lane != lane || peer->opening)
			continue;
		if (peer->owed.len + n > OWED_MOST)
			return error_set(
			    err, "%s: takes no more replies (it does not read them)", peer->name);
		text_addn(&peer->owed, bytes, n);
		pay(p, peer);
		return 0;
	}
	return error_set(err, "%s: who sent the row is gone", p->source->name);
}
