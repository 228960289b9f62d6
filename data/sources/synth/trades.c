/* trades.c - a tape of trades in a few shares, at irregular times.
 *
 * Trades come in bursts: each raises the pace a little, and the pace dies away (a discrete relative
 * of Hawkes' process). Moves of prices are large after large ones (GARCH(1,1), Bollerslev 1986). */
#include "data/sources/synth/synth.h"

#include <math.h>

#include "data/base/times/times.h"

enum { SHARES = 4, CRASH_EVERY = 5000, MILLISECOND = 1000000 };

static const struct {
	const char *symbol;
	double price, volatility; /* of one trade, as a share of the price */
} shares[SHARES] = {
	{ "ALDER", 182.5, 0.0004 },
	{ "BIRCH", 48.2, 0.0006 },
	{ "CEDAR", 319, 0.0003 },
	{ "DOGWOOD", 12.4, 0.0009 },
};

struct trades {
	double price[SHARES], variance[SHARES]; /* variance: 1 is usual */
	double excitement;
};

static void
trades_start(struct synth *s)
{
	struct trades *t = s->state;

	for (int i = 0; i < SHARES; i++) {
		t->price[i] = shares[i].price;
		t->variance[i] = 1;
	}
}

static double
next_move(struct synth *s, struct trades *t, int share)
{
	double shock = sqrt(t->variance[share]) * synth_normal(s);

	t->variance[share] = 0.05 + 0.1 * shock * shock + 0.85 * t->variance[share];
	if (synth_below(s, CRASH_EVERY) == 0) {
		shock -= 15;
		t->variance[share] += 20;
		t->excitement += 10;
	}
	return shock * shares[share].volatility;
}

static void
trades_row(struct synth *s)
{
	struct trades *t = s->state;
	int share = synth_below(s, 10);
	double move, volume;

	share = share < 4 ? 0 : share < 7 ? 1 : share < 9 ? 2 : 3; /* some are traded more */
	move = next_move(s, t, share);
	/* prices are shares of themselves up and down, pulled a little to where they began */
	t->price[share] *= 1 + move + 1e-5 * (shares[share].price / t->price[share] - 1);
	volume = 1 + synth_exponential(s, 1) * synth_exponential(s, 1) * 100;
	synth_word(s, shares[share].symbol);
	synth_number(s, t->price[share], 2);
	synth_number(s, volume, 0);
	synth_word(s, (move > 0) == (synth_uniform(s) < 0.7) ? "buy" : "sell");
	t->excitement = 0.95 * t->excitement + 0.15 * volume / 100;
	s->time += MILLISECOND * (int64_t)synth_exponential(s, 800 / (1 + t->excitement));
}

const struct generator generator_trades = {
	.name = "trades",
	.help =
	    "trades in four shares at irregular times, in bursts, with a small crash now and then",
	.columns = "symbol,price,volume,side",
	.size = sizeof(struct trades),
	.start = trades_start,
	.row = trades_row,
};
