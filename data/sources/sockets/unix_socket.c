/* unix_socket.c - unix:PATH: goes to a server on this machine, and again when it is lost. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/sockets/address.h"
#include "data/sources/sockets/dial.h"

struct unix_socket {
	struct dial *dial;
};

static void
unix_try(struct dial *dial, struct source *source)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, source->rest, strlen(source->rest));
	if (fd < 0) {
		dial_failed(dial, strerror(errno), false);
	} else if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
		dial_failed(dial, strerror(errno), false);
		close(fd);
	} else {
		dial_got(dial, fd, false);
	}
}

static const struct dial_way way = { unix_try };

static int
unix_open(struct source *source, struct error *err)
{
	struct unix_socket *u = source->state;

	u->dial = dial_new(source, &way, err);
	return u->dial != NULL ? 0 : -1;
}

static long
unix_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	return dial_read(((struct unix_socket *)source->state)->dial, buf, cap, err);
}

static int
unix_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	(void)lane;
	return dial_reply(((struct unix_socket *)source->state)->dial, bytes, n, err);
}

static void
unix_close(struct source *source)
{
	dial_free(((struct unix_socket *)source->state)->dial);
}

const struct source_class source_unix_socket = {
	.scheme = "unix:",
	.form = "unix:PATH",
	.help = "a server on this machine; what is lost is connected again",
	.size = sizeof(struct unix_socket),
	.live = true,
	.kind = SOURCE_LANES,
	.check = address_check_path,
	.open = unix_open,
	.read = unix_read,
	.reply = unix_reply,
	.close = unix_close,
};
