/* visits.c - visits to a shop, click by click, each with whether it will end with a purchase.
 *
 * What is bought on is what can be seen while the visit goes: where the visitor came from, and
 * whether he reads or hurries. From row CHANGE on new visits follow another law (a sale), so that
 * what was learned before is wrong. One visit in thirty goes against the law. */
#include "data/sources/synth/synth.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"

enum { AT_ONCE = 8, CHANGE = 1500, LOOKS_MOST = 4, NAME = 24, AGAINST = 40, EURO_MOST = 90 };

enum origin { SEARCH, DIRECT, SOCIAL, NEWSLETTER };
static const char *const origins[] = { "search", "direct", "social", "newsletter" };

enum page { LANDING, LOOKING, CART, CHECKOUT, GONE };

static const double reads = 45, hurries = 5; /* seconds a page, in the mean */
static const double pause_mean = 20;         /* until the next visitor takes the place */

struct visit {
	int64_t time; /* of the next click */
	uint64_t number;
	enum origin origin;
	enum page page;
	bool reader, fills, buys; /* fills: puts something into his cart */
	int looks;                /* pages of products to come */
	int clicks;
	double spent, basket; /* seconds; euros */
};

struct visits {
	struct visit at[AT_ONCE];
	uint64_t begun;
};

static bool
will_buy(struct synth *s, const struct visit *v)
{
	bool by_law = s->row < CHANGE
			  ? v->origin == NEWSLETTER || (v->reader && v->origin != SOCIAL)
			  : v->origin == SOCIAL || !v->reader;

	return v->fills && by_law != (synth_below(s, AGAINST) == 0);
}

static void
begin_visit(struct synth *s, struct visit *v, double in)
{
	struct visits *all = s->state;
	int origin = synth_below(s, 10);

	v->time += (int64_t)(in * 1000) * 1000000;
	v->number = ++all->begun;
	v->origin = origin < 4 ? SEARCH : origin < 6 ? DIRECT : origin < 8 ? SOCIAL : NEWSLETTER;
	v->page = LANDING;
	v->reader = synth_below(s, 10) < 6;
	v->fills = synth_below(s, 10) < 8;
	v->buys = will_buy(s, v);
	v->looks = 1 + synth_below(s, LOOKS_MOST);
	v->clicks = 0;
	v->spent = v->basket = 0;
}

static struct visit *
next_visit(struct visits *all)
{
	struct visit *next = &all->at[0];

	for (int i = 1; i < AT_ONCE; i++)
		if (all->at[i].time < next->time)
			next = &all->at[i];
	return next;
}

static void
visits_start(struct synth *s)
{
	struct visits *all = s->state;

	for (int i = 0; i < AT_ONCE; i++) {
		all->at[i].time = s->time;
		begin_visit(s, &all->at[i], synth_exponential(s, pause_mean));
	}
	s->time = next_visit(all)->time;
}

static enum page
page_after(struct synth *s, struct visit *v)
{
	switch (v->page) {
	case LANDING:
	case LOOKING:
		if (v->looks-- > 0)
			return LOOKING;
		if (v->fills)
			v->basket = 5 + synth_below(s, EURO_MOST);
		return v->fills ? CART : GONE;
	case CART: /* some give up before the last page, some on it */
		return v->buys || synth_below(s, 10) == 0 ? CHECKOUT : GONE;
	default:
		return GONE;
	}
}

static void
say_page(struct synth *s, const struct visit *v)
{
	static const char *const pages[] = { "/", "/product", "/cart", "/checkout" };

	if (v->page == LOOKING && synth_below(s, 3) == 0)
		synth_word(s, "/search");
	else
		synth_word(s, pages[v->page]);
}

static void
visits_row(struct synth *s)
{
	struct visits *all = s->state;
	struct visit *v = next_visit(all);
	double dwell = 1 + synth_exponential(s, v->reader ? reads : hurries);
	char name[NAME];

	snprintf(name, sizeof name, "v%llu", (unsigned long long)v->number);
	synth_word(s, name);
	say_page(s, v);
	synth_word(s, origins[v->origin]);
	v->clicks++;
	synth_number(s, v->clicks, 0);
	synth_number(s, v->spent, 0);
	synth_number(s, v->basket, 0);
	synth_word(s, v->buys ? "yes" : "no");
	v->time += (int64_t)(dwell * 1000) * 1000000;
	v->spent += dwell;
	v->page = page_after(s, v);
	if (v->page == GONE)
		begin_visit(s, v, synth_exponential(s, pause_mean));
	s->time = next_visit(all)->time;
}

const struct generator generator_visits = {
	.name = "visits",
	.help = "visits to a shop, click by click, and whether they end with a purchase; another "
		"law from row 1500 on",
	.columns = "visitor,page,origin,clicks,spent,basket,bought",
	.size = sizeof(struct visits),
	.start = visits_start,
	.row = visits_row,
};
