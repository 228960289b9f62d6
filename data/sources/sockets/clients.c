/* clients.c - sources that others come to. See clients.h. */
#include "data/sources/sockets/clients.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/sockets/address.h"
#include "data/sources/sockets/peers.h"

enum {
	CLIENTS_MOST = 1000,
	AT_ONCE = 64, /* taken in before those are read from that are there */
};
static const int64_t quiet = 60000000000; /* ns: who sends nothing for as long keeps no place */

const struct tag_column clients_tags[] = { { "peer", COLUMN_TEXT }, { 0 } };

/* Those of a socket in the file system have no address: they are called by their number. */
static void
name_client(const struct clients *c, const struct sockaddr_storage *from, socklen_t size,
    char name[ADDRESS_CHARS])
{
	if (from->ss_family == AF_UNIX)
		snprintf(name, ADDRESS_CHARS, "client %u", c->lanes);
	else
		address_print((const struct sockaddr *)from, size, name);
}

static void
turn_away(struct clients *c, int fd)
{
	close(fd);
	c->source->report.dropped++;
	if (!c->crowded)
		source_note(c->source, "%s: more than %d clients: further ones are turned away",
		    c->source->name, CLIENTS_MOST);
	c->crowded = true;
}

/* One whose machine is gone does not close: the kernel asks now and then. Other sockets than those
 * of TCP do not know it. */
static void
keep_alive(int fd)
{
	const int on = 1, idle = 60, every = 10, times = 6;

	setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPIDLE, &idle, sizeof idle);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPINTVL, &every, sizeof every);
	setsockopt(fd, IPPROTO_TCP, TCP_KEEPCNT, &times, sizeof times);
}

static bool
take_in(struct clients *c)
{
	struct sockaddr_storage from = { 0 };
	socklen_t size = sizeof from;
	char name[ADDRESS_CHARS];
	int fd = accept4(c->fd, (struct sockaddr *)&from, &size, SOCK_NONBLOCK | SOCK_CLOEXEC);

	if (fd < 0)
		return errno == EINTR || errno == ECONNABORTED;
	if (peers_count(c->peers) >= CLIENTS_MOST && !peers_make_room(c->peers, quiet)) {
		turn_away(c, fd);
		return true;
	}
	keep_alive(fd);
	c->lanes++;
	name_client(c, &from, size, name);
	if (peers_add(c->peers, fd, c->lanes, name, false) < 0)
		c->source->report.dropped++;
	c->source->report.doing = SOURCE_READS;
	c->source->report.lanes = peers_count(c->peers);
	return true;
}

static void
on_knock(void *self)
{
	for (int i = 0; i < AT_ONCE && take_in(self); i++)
		;
}

static void
on_gone(void *self, int error)
{
	struct clients *c = self;

	(void)error;
	c->crowded = false;
	if (peers_count(c->peers) == 0)
		c->source->report.doing = SOURCE_WAITS;
}

int
clients_open(struct source *source, int fd, struct error *err)
{
	struct clients *c = source->state;
	struct peers_hooks hooks = { .knock = on_knock, .gone = on_gone, .self = c };

	c->source = source;
	c->fd = fd;
	source->report.doing = SOURCE_WAITS;
	strcpy(source->report.what, "for a client");
	if (listen(fd, SOMAXCONN) < 0) {
		error_set(err, "%s: %s", source->spec, strerror(errno));
		close(fd);
		return -1;
	}
	c->peers = peers_new(source, &hooks, err);
	if (c->peers != NULL && peers_listen(c->peers, fd) == 0)
		return 0;
	if (c->peers != NULL) {
		error_set(err, "%s: %s", source->spec, strerror(errno));
		peers_free(c->peers);
	}
	close(fd);
	return -1;
}

long
clients_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	(void)err;
	return peers_read(((struct clients *)source->state)->peers, buf, cap);
}

int
clients_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	return peers_reply(((struct clients *)source->state)->peers, lane, bytes, n, err);
}

void
clients_close(struct source *source)
{
	struct clients *c = source->state;

	peers_free(c->peers);
	close(c->fd);
}
