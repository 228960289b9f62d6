/* address.c - HOST:PORT as it is written and as the system has it. */
#include "data/sources/sockets/address.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "data/base/error.h"

static int
wrong(const struct source *source, struct error *err)
{
	return error_set(err, "%s: is no HOST:PORT (write %s127.0.0.1:9000)", source->spec,
	    source->class->scheme);
}

int
address_split(
    const struct source *source, char host[HOST_MOST], char port[PORT_MOST], struct error *err)
{
	const char *from = source->rest, *colon = strrchr(from, ':');
	size_t n;
	long number;
	char *end;

	if (colon == NULL || colon == from)
		return wrong(source, err);
	n = (size_t)(colon - from);
	if (from[0] == '[' && from[n - 1] == ']') {
		from++;
		n -= 2;
	} else if (memchr(from, ':', n) != NULL) {
		return wrong(source, err);
	}
	number = strtol(colon + 1, &end, 10);
	if (n == 0 || n >= HOST_MOST || *end != '\0' || number < 1 || number > 65535)
		return wrong(source, err);
	memcpy(host, from, n);
	host[n] = '\0';
	snprintf(port, PORT_MOST, "%ld", number);
	return 0;
}

int
address_check(const struct source *source, struct error *err)
{
	char host[HOST_MOST], port[PORT_MOST];

	return address_split(source, host, port, err);
}

int
address_check_path(const struct source *source, struct error *err)
{
	size_t n = strlen(source->rest), most = sizeof(((struct sockaddr_un *)0)->sun_path) - 1;

	if (n > 0 && n <= most)
		return 0;
	return error_set(err, "%s: a path of 1 to %zu characters is expected (write %s/PATH)",
	    source->spec, most, source->class->scheme);
}

/* Those to listen at, for freeaddrinfo(); waits, where HOST is a name. */
static struct addrinfo *
local_addresses(const struct source *source, int type, struct error *err)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC,
		.ai_socktype = type,
		.ai_flags = AI_PASSIVE | AI_NUMERICSERV },
			*found = NULL;
	char host[HOST_MOST], port[PORT_MOST];
	int failure;

	if (address_split(source, host, port, err) < 0)
		return NULL;
	failure = getaddrinfo(host, port, &hints, &found);
	if (failure != 0)
		error_set(err, "%s: %s (name an address of this machine, or 0.0.0.0 for all)",
		    source->spec, gai_strerror(failure));
	return failure == 0 ? found : NULL;
}

int
address_bind(const struct source *source, int type, struct error *err)
{
	struct addrinfo *all = local_addresses(source, type, err);
	int fd = -1, on = 1;

	if (all == NULL)
		return -1;
	for (const struct addrinfo *a = all; a != NULL && fd < 0; a = a->ai_next) {
		fd = socket(a->ai_family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
		if (fd < 0)
			continue;
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, type == SOCK_STREAM ? sizeof on : 0);
		if (bind(fd, a->ai_addr, a->ai_addrlen) == 0)
			continue;
		on = errno;
		close(fd);
		errno = on;
		on = 1;
		fd = -1;
	}
	if (fd < 0)
		error_set(
		    err, "%s: %s (choose another address or port)", source->spec, strerror(errno));
	freeaddrinfo(all);
	return fd;
}

void
address_print(const struct sockaddr *address, socklen_t size, char out[ADDRESS_CHARS])
{
	char host[80], port[16];

	if (getnameinfo(address, size, host, sizeof host, port, sizeof port,
		NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		snprintf(out, ADDRESS_CHARS, "?");
	else if (strchr(host, ':') != NULL)
		snprintf(out, ADDRESS_CHARS, "[%s]:%s", host, port);
	else
		snprintf(out, ADDRESS_CHARS, "%s:%s", host, port);
}
