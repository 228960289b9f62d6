/* listen.c - HOST:PORT, and the socket that listens there. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/serve/serve_parts.h"

static int
wrong(const char *at, const char *what, struct error *err)
{
	return error_set(err, "--serve: '%.200s' %s (write 127.0.0.1:9000, or a port)", at, what);
}

/* "HOST:PORT", "[::1]:PORT", ":PORT" or "PORT". */
static int
split(struct address *a, const char *at, struct error *err)
{
	const char *colon = strrchr(at, ':'), *host = at;
	size_t n = colon != NULL ? (size_t)(colon - at) : 0;
	char *end;
	long port = strtol(colon != NULL ? colon + 1 : at, &end, 10);

	if (*end != '\0' || end == at || end[-1] == ':' || port < 0 || port > 65535)
		return wrong(at, "has no port", err);
	if (n > 1 && at[0] == '[' && at[n - 1] == ']') {
		host++;
		n -= 2;
	}
	if (n >= sizeof a->host)
		return wrong(at, "is too long", err);
	snprintf(a->host, sizeof a->host, "%.*s", (int)n, n > 0 ? host : "");
	if (n == 0)
		snprintf(a->host, sizeof a->host, "127.0.0.1");
	a->port = (int)port;
	return 0;
}

static bool
is_loopback(const struct sockaddr *at)
{
	const struct in6_addr *six = &((const struct sockaddr_in6 *)(const void *)at)->sin6_addr;
	const struct in_addr *four = &((const struct sockaddr_in *)(const void *)at)->sin_addr;

	if (at->sa_family == AF_INET6)
		return IN6_IS_ADDR_LOOPBACK(six);
	return at->sa_family == AF_INET && ntohl(four->s_addr) >> 24 == 127;
}

static int
port_of(int fd)
{
	struct sockaddr_storage at = { 0 };
	socklen_t n = sizeof at;

	if (getsockname(fd, (struct sockaddr *)&at, &n) != 0)
		return 0;
	return ntohs(at.ss_family == AF_INET6 ? ((struct sockaddr_in6 *)(void *)&at)->sin6_port
					      : ((struct sockaddr_in *)(void *)&at)->sin_port);
}

static int
listen_at(struct address *a, const struct addrinfo *info)
{
	int on = 1, fd = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, info->ai_addr, info->ai_addrlen) != 0 || listen(fd, 64) != 0) {
		close(fd);
		return -1;
	}
	a->socket = fd;
	a->port = port_of(fd);
	a->loopback = is_loopback(info->ai_addr);
	return 0;
}

int
address_open(struct address *a, const char *at, struct error *err)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE }, *info;
	char port[16];
	int failure;

	a->socket = -1;
	if (split(a, at, err) != 0)
		return -1;
	snprintf(port, sizeof port, "%d", a->port);
	failure = getaddrinfo(a->host, port, &hints, &info);
	if (failure != 0)
		return error_set(err, "--serve: %.200s: %s (write 127.0.0.1:%s)", a->host,
		    gai_strerror(failure), port);
	failure = listen_at(a, info) != 0 ? errno : 0;
	freeaddrinfo(info);
	if (failure == 0)
		return 0;
	return error_set(err, "--serve: %.200s:%s: %s (give another address or port)", a->host,
	    port, strerror(failure));
}
