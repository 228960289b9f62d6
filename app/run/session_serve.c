/* session_serve.c - the run is served over HTTP, where that is asked for. */
#include "app/run/health.h"
#include "app/run/session_parts.h"
#include "app/serve/server.h"

static bool
on_picture(void *self, struct text *svg)
{
	struct session *s = self;

	return s->face.picture != NULL && s->face.picture(s->face.self, svg);
}

static int
on_health(void *self, struct metric *metrics)
{
	return session_health(self, metrics);
}

int
session_serve(struct session *s)
{
	const struct args *args = s->args;
	struct server_options options = { .at = args->serve,
		.token = args->token,
		.token_file = args->token_file,
		.picture = on_picture,
		.health = on_health,
		.self = s };

	if (args->serve == NULL && (args->token != NULL || args->token_file != NULL))
		return error_set(&s->err, "--token: nothing is served (add --serve HOST:PORT)");
	if (args->serve == NULL)
		return 0;
	s->server = server_open(s->engine, &s->uv, &options, &s->err);
	return s->server != NULL ? 0 : -1;
}
