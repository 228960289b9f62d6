/* tcp_listen.c - tcp-listen://HOST:PORT: clients come and send rows. */
#include "data/sources/sockets/address.h"
#include "data/sources/sockets/clients.h"

static int
tcp_listen_open(struct source *source, struct error *err)
{
	int fd = address_bind(source, SOCK_STREAM, err);

	return fd >= 0 ? clients_open(source, fd, err) : -1;
}

const struct source_class source_tcp_listen = {
	.scheme = "tcp-listen://",
	.form = "tcp-listen://HOST:PORT",
	.help = "clients that connect, each with a header of its own; column peer",
	.size = sizeof(struct clients),
	.live = true,
	.kind = SOURCE_LANES,
	.tags = clients_tags,
	.check = address_check,
	.open = tcp_listen_open,
	.read = clients_read,
	.reply = clients_reply,
	.close = clients_close,
};
