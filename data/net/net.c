/* net.c - what sources and actions of one loop share. */
#include "data/net/net.h"

#include <stdlib.h>
#include <uv.h>

#include "data/net/brokers/publisher.h"
#include "data/net/http.h"
#include "data/net/spawner.h"

struct net {
	struct uv_loop_s *loop;
	struct spawner *spawner;     /* NULL: none is needed */
	struct http *http;           /* NULL: not yet */
	struct publisher *publisher; /* likewise */
};

struct net *
net_open(struct uv_loop_s *loop, bool programs, struct error *err)
{
	struct net *net = memory_zero(1, sizeof *net);

	net->loop = loop;
	loop->data = net;
	if (!programs)
		return net;
	net->spawner = spawner_new(err);
	if (net->spawner != NULL && spawner_watch(net->spawner, loop, err) == 0)
		return net;
	net_close(net);
	return NULL;
}

void
net_close(struct net *net)
{
	if (net == NULL)
		return;
	http_free(net->http);
	publisher_free(net->publisher);
	spawner_free(net->spawner);
	net->loop->data = NULL;
	free(net);
}

struct spawner *
net_spawner(const struct uv_loop_s *loop)
{
	const struct net *net = loop != NULL ? loop->data : NULL;

	return net != NULL ? net->spawner : NULL;
}

struct http *
net_http(const struct uv_loop_s *loop, struct error *err)
{
	struct net *net = loop != NULL ? loop->data : NULL;

	if (net == NULL) {
		error_set(err, "no server is asked here (open it with weir)");
		return NULL;
	}
	if (net->http == NULL)
		net->http = http_new(net->loop, err);
	return net->http;
}

struct publisher *
net_publisher(const struct uv_loop_s *loop, struct error *err)
{
	struct net *net = loop != NULL ? loop->data : NULL;

	if (net == NULL) {
		error_set(err, "no broker is asked here (open it with weir)");
		return NULL;
	}
	if (net->publisher == NULL)
		net->publisher = publisher_new(net->loop);
	return net->publisher;
}
