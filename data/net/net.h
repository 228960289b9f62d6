/* net.h - what sources and actions of one loop share: the process that runs programs,
 * libcurl, and those that speak with brokers.
 *
 * It hangs on the loop itself, since whoever opens a source is given no more than that. */
#ifndef WEIR_NET_H
#define WEIR_NET_H

#include <stdbool.h>

#include "data/base/error.h"

struct http;
struct net;
struct publisher;
struct spawner;
struct uv_loop_s;

/* On a fresh loop. programs: some may be run, so the process that starts them is forked now, before
 * anything was read. NULL with err. */
struct net *net_open(struct uv_loop_s *, bool programs, struct error *);
/* Before the loop ends, which closes handles later. NULL is fine. */
void net_close(struct net *);

/* NULL: no programs may be run on this loop. */
struct spawner *net_spawner(const struct uv_loop_s *);
/* Begun when it is first asked for. NULL with err. */
struct http *net_http(const struct uv_loop_s *, struct error *);
struct publisher *net_publisher(const struct uv_loop_s *, struct error *); /* likewise */

#endif
