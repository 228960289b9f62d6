/* gate.c - who may ask: no page of a foreign site, and nobody without the token where there is one.
 *
 * A page elsewhere can have the browser ask us, also by a name of its own that leads to our
 * address. So Host has to be a name or an address of ours, and an Origin has to be that host. A
 * number for a host is always let pass: no name was looked up for it. */
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "app/serve/serve_parts.h"

enum { TOKEN_MAX = 1024, TOKEN_LEAST = 8 };
static const char cookie[] = "weir_token";

static int
read_token(struct gate *g, const char *path, struct error *err)
{
	char line[TOKEN_MAX + 2] = "";
	FILE *file = fopen(path, "re");

	if (file == NULL)
		return error_set(err, "--token-file: %.200s: %s (write the token into it)", path,
		    strerror(errno));
	if (fgets(line, sizeof line, file) == NULL)
		line[0] = '\0';
	fclose(file);
	line[strcspn(line, "\r\n")] = '\0';
	g->token = memory_text(line, strlen(line));
	return 0;
}

static bool
is_plain(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s <= ' ' || *s > '~' || strchr("\",;\\%&+#", *s) != NULL)
			return false;
	return true;
}

int
gate_open(struct gate *g, const struct address *address, const struct server_options *o,
    struct error *err)
{
	g->address = address;
	if (o->token != NULL)
		g->token = memory_text(o->token, strlen(o->token));
	else if (o->token_file != NULL && read_token(g, o->token_file, err) != 0)
		return -1;
	if (g->token != NULL && (strlen(g->token) < TOKEN_LEAST || !is_plain(g->token)))
		return error_set(err,
		    "--token: too short, or with signs that have a meaning in addresses (write %d "
		    "or more letters and digits)",
		    TOKEN_LEAST);
	if (g->token == NULL && !address->loopback)
		return error_set(err,
		    "--serve: %.200s can be reached from other machines (give --token or "
		    "--token-file, or write 127.0.0.1:%d)",
		    address->host, address->port);
	return 0;
}

void
gate_done(struct gate *g)
{
	free(g->token);
}

/* Takes as long whatever they have in common. */
static bool
same_token(const char *token, const char *given, size_t n)
{
	size_t len = strlen(token);
	unsigned char differs = len != n;

	for (size_t i = 0; i < len; i++)
		differs |= (unsigned char)(token[i] ^ (n > 0 ? given[i % n] : 0));
	return differs == 0;
}

/* Host without its port, and without the brackets of IPv6. */
static void
bare_host(const char *host, char *out, size_t cap)
{
	size_t n = strlen(host);
	const char *colon = strrchr(host, ':');

	if (host[0] == '[') {
		host++;
		n = strcspn(host, "]");
	} else if (colon != NULL) {
		n = (size_t)(colon - host);
	}
	snprintf(out, cap, "%.*s", (int)(n < cap ? n : cap - 1), host);
}

static bool
is_our_host(const struct gate *g, const char *given)
{
	char host[256], own[256] = "";
	unsigned char number[sizeof(struct in6_addr)];

	bare_host(given, host, sizeof host);
	gethostname(own, sizeof own - 1);
	return inet_pton(AF_INET, host, number) == 1 || inet_pton(AF_INET6, host, number) == 1 ||
	       strcasecmp(host, "localhost") == 0 || strcasecmp(host, g->address->host) == 0 ||
	       (!g->address->loopback && strcasecmp(host, own) == 0);
}

static bool
is_our_origin(const char *origin, const char *host)
{
	return strncmp(origin, "http://", 7) == 0 && strcasecmp(origin + 7, host) == 0;
}

enum gate_verdict
gate_ask(const struct gate *g, struct MHD_Connection *c)
{
	const char *host = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Host");
	const char *origin = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Origin");
	const char *bearer = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Authorization");
	const char *kept = MHD_lookup_connection_value(c, MHD_COOKIE_KIND, cookie);
	const char *given = MHD_lookup_connection_value(c, MHD_GET_ARGUMENT_KIND, "token");

	if (host == NULL || !is_our_host(g, host) ||
	    (origin != NULL && !is_our_origin(origin, host)))
		return GATE_FOREIGN;
	if (g->token == NULL)
		return GATE_OPEN;
	if (bearer != NULL && strncasecmp(bearer, "Bearer ", 7) == 0 &&
	    same_token(g->token, bearer + 7, strlen(bearer + 7)))
		return GATE_OPEN;
	if (kept != NULL && same_token(g->token, kept, strlen(kept)))
		return GATE_OPEN;
	if (given != NULL && same_token(g->token, given, strlen(given)))
		return GATE_COOKIE;
	return GATE_TOKEN;
}
