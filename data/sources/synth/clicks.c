/* clicks.c - visitors of a shop, page by page: each comes, walks by a chain of pages, stays a while
 * on each, leaves, and comes back after a pause. */
#include "data/sources/synth/synth.h"

#include <stdio.h>

#include "data/base/times/times.h"

enum { USERS = 40, PRODUCTS = 12, NAME = 24 };

enum page { HOME, SEARCH, PRODUCT, CART, CHECKOUT, HELP, PAGES, LEAVE = PAGES };

static const char *const pages[PAGES] = { "/", "/search", "/product", "/cart", "/checkout",
	"/help" };

static const struct {
	int to[PAGES + 1]; /* chances in a hundred, of leaving last */
	double dwell;      /* mean, in seconds */
} chain[PAGES] = {
	[HOME] = { { 0, 40, 30, 2, 0, 3, 25 }, 8 },
	[SEARCH] = { { 3, 25, 50, 2, 0, 2, 18 }, 12 },
	[PRODUCT] = { { 5, 20, 30, 18, 0, 2, 25 }, 35 },
	[CART] = { { 3, 7, 25, 0, 40, 5, 20 }, 15 },
	[CHECKOUT] = { { 15, 0, 5, 10, 0, 10, 60 }, 45 },
	[HELP] = { { 25, 15, 15, 5, 10, 0, 30 }, 60 },
};

static const char *const referrers[] = { "search", "search", "search", "newsletter", "social",
	"direct", "direct" };
enum { REFERRERS = sizeof referrers / sizeof referrers[0] };

static const double pause_mean = 900; /* seconds between two visits */

struct user {
	int64_t time;      /* of the next page */
	enum page page;    /* to come */
	char before[NAME]; /* where from */
};

struct clicks {
	struct user users[USERS];
};

static int64_t
milliseconds(double seconds)
{
	return (int64_t)(seconds * 1000) * 1000000;
}

static void
begin_visit(struct synth *s, struct user *u, double in)
{
	int landing = synth_below(s, 10);

	u->time += milliseconds(in);
	u->page = landing < 5 ? HOME : landing < 7 ? SEARCH : PRODUCT;
	snprintf(u->before, sizeof u->before, "%s", referrers[synth_below(s, REFERRERS)]);
}

static struct user *
next_user(struct clicks *c)
{
	struct user *next = &c->users[0];

	for (int i = 1; i < USERS; i++)
		if (c->users[i].time < next->time)
			next = &c->users[i];
	return next;
}

static void
clicks_start(struct synth *s)
{
	struct clicks *c = s->state;

	for (int i = 0; i < USERS; i++) {
		c->users[i].time = s->time;
		begin_visit(s, &c->users[i], synth_exponential(s, pause_mean / 2));
	}
	s->time = next_user(c)->time;
}

static enum page
next_page(struct synth *s, enum page from)
{
	int chance = synth_below(s, 100), to = HOME;

	while (to < LEAVE && chance >= chain[from].to[to])
		chance -= chain[from].to[to++];
	return (enum page)to;
}

static void
clicks_row(struct synth *s)
{
	struct clicks *c = s->state;
	struct user *u = next_user(c);
	double dwell = 1 + synth_exponential(s, chain[u->page].dwell);
	enum page to;
	char name[NAME];

	snprintf(name, sizeof name, "u%02d", (int)(u - c->users) + 1);
	synth_word(s, name);
	if (u->page == PRODUCT) /* the first ones are looked at most */
		snprintf(name, sizeof name, "%s/%d", pages[PRODUCT],
		    1 + synth_below(s, 1 + synth_below(s, PRODUCTS)));
	else
		snprintf(name, sizeof name, "%s", pages[u->page]);
	synth_word(s, name);
	synth_word(s, u->before);
	synth_number(s, dwell, 1);
	to = next_page(s, u->page);
	u->time += milliseconds(dwell);
	if (to == LEAVE) {
		begin_visit(s, u, synth_exponential(s, pause_mean));
	} else {
		u->page = to;
		snprintf(u->before, sizeof u->before, "%s", name);
	}
	s->time = next_user(c)->time;
}

const struct generator generator_clicks = {
	.name = "clicks",
	.help = "visits of 40 users to a shop: page, where from, and seconds spent there",
	.columns = "user,page,referrer,dwell",
	.size = sizeof(struct clicks),
	.start = clicks_start,
	.row = clicks_row,
};
