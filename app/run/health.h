/* health.h - how the program itself is, in numbers. */
#ifndef WEIR_HEALTH_H
#define WEIR_HEALTH_H

#include "app/serve/server.h"

struct session;

enum { HEALTH_METRICS = SERVER_METRICS };

/* Fills them, of what there is, group by group; returns how many. */
int session_health(const struct session *, struct metric metrics[HEALTH_METRICS]);

#endif
