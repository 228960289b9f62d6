/* tcp.c - tcp://HOST:PORT: goes to a server, and again when it is lost.
 *
 * Names are looked up by libuv's threads, each time anew: a server may have moved. What is under
 * way when the source is closed outlives it, and then tells nobody. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "data/base/error.h"
#include "data/sources/sockets/address.h"
#include "data/sources/sockets/dial.h"

struct lookup {
	uv_getaddrinfo_t request;
	struct dial *dial; /* NULL: it was closed */
	struct lookup **here;
};

struct tcp {
	struct dial *dial;
	struct lookup *lookup; /* under way; NULL */
	char host[HOST_MOST], port[PORT_MOST];
};

/* Each time another one of its addresses. */
static const struct addrinfo *
choose(const struct addrinfo *all, int attempts)
{
	const struct addrinfo *a = all;
	int n = 0;

	for (; a != NULL; a = a->ai_next)
		n++;
	a = all;
	for (int i = n > 0 ? attempts % n : 0; i > 0; i--)
		a = a->ai_next;
	return a;
}

static void
go(struct dial *dial, const struct addrinfo *a)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0) {
		dial_failed(dial, strerror(errno), false);
	} else if (connect(fd, a->ai_addr, a->ai_addrlen) < 0 && errno != EINPROGRESS) {
		dial_failed(dial, strerror(errno), false);
		close(fd);
	} else {
		dial_got(dial, fd, true);
	}
}

static void
on_found(uv_getaddrinfo_t *request, int status, struct addrinfo *all)
{
	struct lookup *lookup = request->data;
	struct dial *dial = lookup->dial;

	if (dial != NULL) {
		*lookup->here = NULL;
		if (status != 0)
			dial_failed(dial, uv_strerror(status), status == UV_EAI_NONAME);
		else
			go(dial, choose(all, dial_attempts(dial)));
	}
	uv_freeaddrinfo(all);
	free(lookup);
}

static void
tcp_try(struct dial *dial, struct source *source)
{
	static const struct addrinfo hints = { .ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM };
	struct tcp *tcp = source->state;
	struct lookup *lookup;
	int failure;

	if (tcp->lookup != NULL) /* it takes its time */
		return;
	lookup = tcp->lookup = memory_zero(1, sizeof *lookup);
	lookup->request.data = lookup;
	lookup->dial = dial;
	lookup->here = &tcp->lookup;
	failure =
	    uv_getaddrinfo(source->loop, &lookup->request, on_found, tcp->host, tcp->port, &hints);
	if (failure == 0)
		return;
	tcp->lookup = NULL;
	free(lookup);
	dial_failed(dial, uv_strerror(failure), false);
}

static const struct dial_way way = { tcp_try };

static int
tcp_open(struct source *source, struct error *err)
{
	struct tcp *tcp = source->state;

	if (address_split(source, tcp->host, tcp->port, err) < 0)
		return -1;
	tcp->dial = dial_new(source, &way, err);
	return tcp->dial != NULL ? 0 : -1;
}

static long
tcp_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	return dial_read(((struct tcp *)source->state)->dial, buf, cap, err);
}

static int
tcp_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	(void)lane;
	return dial_reply(((struct tcp *)source->state)->dial, bytes, n, err);
}

static void
tcp_close(struct source *source)
{
	struct tcp *tcp = source->state;

	if (tcp->lookup != NULL) {
		tcp->lookup->dial = NULL;
		uv_cancel((uv_req_t *)&tcp->lookup->request);
	}
	dial_free(tcp->dial);
}

const struct source_class source_tcp = {
	.scheme = "tcp://",
	.form = "tcp://HOST:PORT",
	.help = "a server; what is lost is connected again",
	.size = sizeof(struct tcp),
	.live = true,
	.kind = SOURCE_LANES,
	.check = address_check,
	.open = tcp_open,
	.read = tcp_read,
	.reply = tcp_reply,
	.close = tcp_close,
};
