/* broker_address.c - the address of a broker taken apart. See broker_address.h. */
#include "data/net/brokers/broker_address.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* %41 is A; what is no such code stays. */
static char *
decoded(const char *s, size_t n)
{
	char *copy = memory_text(s, n), *to = copy;

	for (const char *from = copy; *from != '\0'; from++, to++) {
		char digits[3] = { 0 };

		*to = *from;
		if (*from != '%' || !isxdigit((unsigned char)from[1]) ||
		    !isxdigit((unsigned char)from[2]))
			continue;
		memcpy(digits, from + 1, 2);
		if (strtol(digits, NULL, 16) == 0)
			continue;
		*to = (char)strtol(digits, NULL, 16);
		from += 2;
	}
	*to = '\0';
	return copy;
}

/* Takes "USER:PASSWORD@" off the authority: the last @ ends it. */
static void
take_user(struct broker_address *a, const char **s, size_t *n)
{
	size_t at = *n, colon;

	while (at > 0 && (*s)[at - 1] != '@')
		at--;
	if (at == 0)
		return;
	for (colon = 0; colon < at - 1 && (*s)[colon] != ':';)
		colon++;
	if (colon > 0)
		a->user = decoded(*s, colon);
	if (colon < at - 1)
		a->password = decoded(*s + colon + 1, at - 1 - colon - 1);
	*s += at;
	*n -= at;
}

static int
take_port(struct broker_address *a, const char *s, size_t n, struct error *err)
{
	char text[8] = "", *end;
	long port;

	memcpy(text, s, n < sizeof text - 1 ? n : sizeof text - 1);
	port = strtol(text, &end, 10);
	if (n == 0 || n >= sizeof text || *end != '\0' || port < 1 || port > 65535)
		return error_set(err, "'%.*s' is no port (1 to 65535)", (int)(n < 40 ? n : 40), s);
	a->port = (int)port;
	return 0;
}

static int
take_host(struct broker_address *a, const char *s, size_t n, struct error *err)
{
	const char *colon = NULL;
	size_t host = n;

	for (size_t i = n; i > 0 && colon == NULL && s[i - 1] != ']'; i--)
		if (s[i - 1] == ':')
			colon = &s[i - 1];
	if (colon != NULL)
		host = (size_t)(colon - s);
	if (colon != NULL && take_port(a, colon + 1, n - host - 1, err) < 0)
		return -1;
	if (host > 2 && s[0] == '[' && s[host - 1] == ']') {
		s++;
		host -= 2;
	}
	if (host == 0)
		return error_set(err, "there is no host in it");
	a->host = memory_text(s, host);
	return 0;
}

static int
take_name(struct broker_address *a, const char *slash, struct error *err)
{
	size_t n = *slash == '/' ? strcspn(slash + 1, "?") : 0;

	if (n == 0)
		return error_set(err, "there is no name behind the host");
	a->name = decoded(slash + 1, n);
	return 0;
}

int
broker_address_read(struct broker_address *a, const char *s, int port, struct error *err)
{
	size_t n = strcspn(s, "/?");
	const char *slash = s + n;

	*a = (struct broker_address){ .port = port };
	take_user(a, &s, &n);
	if (take_host(a, s, n, err) == 0 && take_name(a, slash, err) == 0)
		return 0;
	broker_address_done(a);
	return -1;
}

int
broker_address_read_list(struct broker_address *a, const char *s, struct error *err)
{
	size_t n = strcspn(s, "/?");

	*a = (struct broker_address){ 0 };
	if (n == 0 || s[0] == ',' || s[0] == ':')
		return error_set(err, "there is no host in it");
	a->host = memory_text(s, n);
	if (take_name(a, s + n, err) == 0)
		return 0;
	broker_address_done(a);
	return -1;
}

void
broker_address_done(struct broker_address *a)
{
	free(a->user);
	free(a->password);
	free(a->host);
	free(a->name);
	*a = (struct broker_address){ 0 };
}
