/* unix_listen.c - unix-listen:PATH: clients on this machine come and send rows. */
#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "data/base/error.h"
#include "data/sources/sockets/address.h"
#include "data/sources/sockets/clients.h"

/* A socket at which nobody listens any more was left behind by a run that was killed. */
static void
clear_way(const struct sockaddr_un *address)
{
	struct stat st;
	int fd;

	if (lstat(address->sun_path, &st) < 0 || !S_ISSOCK(st.st_mode))
		return;
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return;
	if (connect(fd, (const struct sockaddr *)address, sizeof *address) < 0 &&
	    errno == ECONNREFUSED)
		unlink(address->sun_path);
	close(fd);
}

static int
unix_listen_open(struct source *source, struct error *err)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	memcpy(address.sun_path, source->rest, strlen(source->rest));
	clear_way(&address);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd >= 0 && bind(fd, (struct sockaddr *)&address, sizeof address) == 0)
		return clients_open(source, fd, err);
	error_set(err, "%s: %s (choose another path)", source->spec, strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

static void
unix_listen_close(struct source *source)
{
	unlink(source->rest);
	clients_close(source);
}

const struct source_class source_unix_listen = {
	.scheme = "unix-listen:",
	.form = "unix-listen:PATH",
	.help = "clients on this machine that connect; column peer",
	.size = sizeof(struct clients),
	.live = true,
	.kind = SOURCE_LANES,
	.tags = clients_tags,
	.check = address_check_path,
	.open = unix_listen_open,
	.read = clients_read,
	.reply = clients_reply,
	.close = unix_listen_close,
};
