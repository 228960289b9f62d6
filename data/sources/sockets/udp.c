/* udp.c - udp://HOST:PORT: datagrams of one or more rows.
 *
 * Whoever sends is a lane: its rows have a header of its own, if any. Of many senders those that
 * were heard of least recently are forgotten. What the kernel dropped for want of room is counted
 * by it, and told. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/sockets/address.h"
#include "data/sources/pipe.h"
#include "data/sources/source.h"

enum { SENDERS_MOST = 256, ROOM = 4 << 20 /* bytes that wait in the kernel */ };

struct sender {
	struct sockaddr_storage from;
	socklen_t size;
	uint32_t lane;
	uint64_t heard; /* number of its last datagram */
};

struct udp {
	struct pipe *watch;
	int fd;
	struct sender *senders;
	int n;
	uint32_t lanes;
	uint64_t datagrams;
	uint32_t dropped; /* as the kernel counts */
	bool told;
	char name[ADDRESS_CHARS];
	struct field tag;
	char *held; /* a datagram whose sender needs the place of another one, which goes first */
	size_t nheld;
	int held_by;
};

static const struct tag_column tags[] = { { "peer", COLUMN_TEXT }, { 0 } };

static int
udp_open(struct source *source, struct error *err)
{
	struct udp *u = source->state;
	int room = ROOM, on = 1;

	u->fd = address_bind(source, SOCK_DGRAM, err);
	if (u->fd < 0)
		return -1;
	setsockopt(u->fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
	setsockopt(u->fd, SOL_SOCKET, SO_RXQ_OVFL, &on, sizeof on);
	u->watch = pipe_open(source, u->fd, err);
	if (u->watch == NULL) {
		close(u->fd);
		return -1;
	}
	u->senders = memory_zero(SENDERS_MOST, sizeof *u->senders);
	u->held_by = -1;
	source->report.doing = SOURCE_WAITS;
	strcpy(source->report.what, "for a datagram");
	return 0;
}

static int
find_sender(const struct udp *u, const struct sockaddr_storage *from, socklen_t size)
{
	for (int i = 0; i < u->n; i++)
		if (u->senders[i].size == size && memcmp(&u->senders[i].from, from, size) == 0)
			return i;
	return -1;
}

static int
least_recent(const struct udp *u)
{
	int least = 0;

	for (int i = 1; i < u->n; i++)
		if (u->senders[i].heard < u->senders[least].heard)
			least = i;
	return least;
}

static void
set_sender(struct udp *u, int i, const struct sockaddr_storage *from, socklen_t size)
{
	u->senders[i] = (struct sender){ .size = size, .lane = ++u->lanes };
	memcpy(&u->senders[i].from, from, sizeof *from);
}

static void
count_drops(struct source *source, struct msghdr *message)
{
	struct udp *u = source->state;
	uint32_t dropped = u->dropped;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c))
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_RXQ_OVFL)
			memcpy(&dropped, CMSG_DATA(c), sizeof dropped);
	source->report.dropped += dropped - u->dropped;
	if (dropped != u->dropped && !u->told) {
		source_bad(source, "datagrams were dropped: they came too fast", NULL, 0);
		u->told = true;
	}
	u->dropped = dropped;
}

/* The bytes are of this sender. */
static long
give(struct source *source, int i, char *buf, size_t n)
{
	struct udp *u = source->state;
	struct sender *sender = &u->senders[i];

	if (buf[n - 1] != '\n')
		buf[n++] = '\n'; /* a datagram ends where it ends */
	sender->heard = ++u->datagrams;
	address_print((struct sockaddr *)&sender->from, sender->size, u->name);
	u->tag = (struct field){ u->name, strlen(u->name) };
	source->lane = sender->lane;
	source->tags = &u->tag;
	source->report.doing = SOURCE_READS;
	source->report.bytes += n;
	source->report.lanes = u->n;
	return (long)n;
}

static long
give_held(struct source *source, char *buf)
{
	struct udp *u = source->state;
	int i = u->held_by;

	memcpy(buf, u->held, u->nheld);
	free(u->held);
	u->held = NULL;
	u->held_by = -1;
	return give(source, i, buf, u->nheld);
}

/* There are as many senders as may be: one is forgotten, and its lane over, before this one. */
static long
forget_one(struct source *source, const struct sockaddr_storage *from, socklen_t size,
    const char *buf, size_t n)
{
	struct udp *u = source->state;
	int i = least_recent(u);

	source->lane = u->senders[i].lane;
	set_sender(u, i, from, size);
	u->held = memory_text(buf, n);
	u->nheld = n;
	u->held_by = i;
	return SOURCE_GONE;
}

static long
udp_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct udp *u = source->state;
	struct sockaddr_storage from = { 0 };
	char control[CMSG_SPACE(sizeof(uint32_t))];
	struct iovec into = { buf, cap - 1 };
	struct msghdr message = { .msg_name = &from,
		.msg_namelen = sizeof from,
		.msg_iov = &into,
		.msg_iovlen = 1,
		.msg_control = control,
		.msg_controllen = sizeof control };
	ssize_t n;
	int i;

	if (u->held_by >= 0)
		return give_held(source, buf);
	n = recvmsg(u->fd, &message, MSG_DONTWAIT);
	if (n < 0 && errno != EAGAIN && errno != EINTR && errno != ECONNREFUSED)
		return error_set(err, "%s: %s", source->spec, strerror(errno));
	if (n <= 0) { /* an empty datagram has no row */
		pipe_wait(u->watch);
		return SOURCE_AGAIN;
	}
	count_drops(source, &message);
	i = find_sender(u, &from, message.msg_namelen);
	if (i < 0 && u->n == SENDERS_MOST)
		return forget_one(source, &from, message.msg_namelen, buf, (size_t)n);
	if (i < 0)
		set_sender(u, i = u->n++, &from, message.msg_namelen);
	return give(source, i, buf, (size_t)n);
}

static int
udp_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	struct udp *u = source->state;

	for (int i = 0; i < u->n; i++) {
		const struct sender *s = &u->senders[i];

		if (s->lane != lane)
			continue;
		if (sendto(u->fd, bytes, n, MSG_DONTWAIT | MSG_NOSIGNAL,
			(const struct sockaddr *)&s->from, s->size) == (ssize_t)n)
			return 0;
		return error_set(err, "%s: %s", source->name, strerror(errno));
	}
	return error_set(err, "%s: who sent the row is forgotten", source->name);
}

static void
udp_close(struct source *source)
{
	struct udp *u = source->state;

	pipe_close(u->watch);
	close(u->fd);
	free(u->senders);
	free(u->held);
}

const struct source_class source_udp = {
	.scheme = "udp://",
	.form = "udp://HOST:PORT",
	.help = "datagrams of one or more rows each; column peer",
	.size = sizeof(struct udp),
	.live = true,
	.kind = SOURCE_LANES,
	.tags = tags,
	.check = address_check,
	.open = udp_open,
	.read = udp_read,
	.reply = udp_reply,
	.close = udp_close,
};
