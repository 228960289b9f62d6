/* publisher.c - which broker an address is of, and letters to it. See publisher.h. */
#include "data/net/brokers/publisher.h"

#include <stdlib.h>
#include <string.h>

#include "data/net/brokers/round_parts.h"

static const struct courier_class *const couriers[] = { &courier_kafka, &courier_mqtt,
	&courier_redis };

struct publisher {
	struct uv_loop_s *loop;
	struct round *rounds;
};

/* --- addresses -------------------------------------------------------------------------------- */

static const struct courier_class *
class_of(const char *address)
{
	for (size_t i = 0; i < sizeof couriers / sizeof *couriers; i++)
		if (strncmp(address, couriers[i]->scheme, strlen(couriers[i]->scheme)) == 0)
			return couriers[i];
	return NULL;
}

static int
read_address(const struct courier_class *class, const char *text, struct broker_address *address,
    struct error *err)
{
	const char *rest = text + strlen(class->scheme);
	struct error why;
	int status = class->port > 0 ? broker_address_read(address, rest, class->port, &why)
				     : broker_address_read_list(address, rest, &why);

	if (status != 0)
		return error_set(err, "%s (write %s)", why.text, class->form);
	if (strchr(text, '?') == NULL && (class->is_name == NULL || class->is_name(address->name)))
		return 0;
	error_set(err,
	    strchr(text, '?') != NULL ? "it takes no parameters (write %s)"
				      : "nothing can be published to that name (write %s)",
	    class->form);
	broker_address_done(address);
	return -1;
}

int
publisher_check(const char *text, struct error *err)
{
	const struct courier_class *class = class_of(text);
	struct broker_address address;

	if (class == NULL)
		return error_set(
		    err, "'%.60s' is no address (write kafka://, mqtt:// or redis://)", text);
	if (class->lacks != NULL)
		return error_set(err,
		    "this build was made without it (install %s and build weir "
		    "anew)",
		    class->lacks);
	if (read_address(class, text, &address, err) != 0)
		return -1;
	broker_address_done(&address);
	return 0;
}

static struct round *
round_of(struct publisher *p, const char *text, struct error *err)
{
	const struct courier_class *class = class_of(text);
	struct broker_address address;
	struct round *r;

	for (r = p->rounds; r != NULL; r = r->next)
		if (strcmp(r->text, text) == 0)
			return r;
	if (publisher_check(text, err) != 0 || read_address(class, text, &address, err) != 0)
		return NULL;
	r = round_new(p->loop, class, text, &address, err);
	if (r == NULL)
		return NULL;
	r->next = p->rounds;
	p->rounds = r;
	return r;
}

struct letter *
publisher_send(struct publisher *p, const char *address, const char *body, size_t n,
    void (*told)(void *, const char *), void *self, struct error *err)
{
	struct round *r = round_of(p, address, err);
	struct letter *letter;

	if (r == NULL)
		return NULL;
	letter = memory_zero(1, sizeof *letter);
	letter->round = r;
	letter->body = memory_text(body, n);
	letter->n = n;
	letter->told = told;
	letter->self = self;
	round_add(r, letter);
	return letter;
}

void
publisher_forget(struct letter *letter)
{
	round_forget(letter);
}

struct publisher *
publisher_new(struct uv_loop_s *loop)
{
	struct publisher *p = memory_zero(1, sizeof *p);

	p->loop = loop;
	return p;
}

void
publisher_free(struct publisher *p)
{
	struct round *next;

	if (p == NULL)
		return;
	for (; p->rounds != NULL; p->rounds = next) {
		next = p->rounds->next;
		round_end(p->rounds);
	}
	free(p);
}
