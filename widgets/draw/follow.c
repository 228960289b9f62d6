/* follow.c - an axis that follows its data, and stands still in between.
 *
 * Each new axis moves the whole picture. So one that has to be made leaves room where the data
 * goes: as far as it would come while the axis rests, in bounds, or a quarter of its range. */
#include "widgets/draw/follow.h"

#include <math.h>

#define ROOM 0.25 /* of the range of the data */
#define ROOM_SLOPE 1.0
#define ROOM_TREND 1.75 /* a line that goes on and on: 100 rows more beside 60 */
#define FILLED 0.5      /* of the axis: less is a reason for a new one */
#define MARGIN 0.05     /* of the axis: so much of what is wished for may be beyond it */
#define CALM_ROOM 0.1   /* of the range of the data, where it goes nowhere */
enum { YOUNG = 60, YOUNG_SHARE = 4 };

static bool
is_fixed(const struct demand *d)
{
	return !isnan(d->ends.lo) && !isnan(d->ends.hi);
}

/* Rows that it rests: of a picture that fills, a part of those seen. */
static uint64_t
rest_of(uint64_t row)
{
	return row < YOUNG ? row / YOUNG_SHARE : FOLLOW_REST;
}

static bool
leaves(const struct extent *e, const struct scale *s, double margin)
{
	double room = (s->hi - s->lo) * margin;

	return e->lo < s->lo - room || e->hi > s->hi + room;
}

/* What the user fixed cannot be left. */
static struct extent
within(const struct extent *e, const struct demand *d)
{
	struct extent in = *e;

	if (!isnan(d->ends.lo))
		in.lo = fmax(in.lo, d->ends.lo);
	if (!isnan(d->ends.hi))
		in.hi = fmin(in.hi, d->ends.hi);
	return in;
}

/* Room on a side that the data left, for data that goes there at such a pace. */
static double
room_of(const struct demand *d, double way, uint64_t row)
{
	double range = d->data.hi - d->data.lo;
	double slope = fmin(way * d->slope * FOLLOW_REST, ROOM_SLOPE * range);
	double trend = fmin(way * d->trend * FOLLOW_REST, ROOM_TREND * range);

	if (row < YOUNG) /* its ways are not known yet */
		return ROOM * range;
	return fmax(ROOM * range, fmax(slope, trend));
}

/* Data that left on that side, or goes there steadily, gets room for more; other data a little, so
 * that not the next value leaves. */
static double
room_on_side(const struct follow *f, const struct demand *d, double way, uint64_t row)
{
	bool left = way < 0 ? d->data.lo < f->scale.lo : d->data.hi > f->scale.hi;

	if (left || way * d->trend > 0)
		return room_of(d, way, row);
	return row < YOUNG ? 0 : CALM_ROOM * (d->data.hi - d->data.lo);
}

static struct scale
make(const struct follow *f, const struct demand *d, uint64_t row, int h, int dots)
{
	struct extent e = d->wish;

	if (f->set && f->h == h && row >= f->row) {
		e.lo = fmin(e.lo, d->data.lo - room_on_side(f, d, -1, row));
		e.hi = fmax(e.hi, d->data.hi + room_on_side(f, d, 1, row));
	}
	if (!isnan(d->ends.lo) && d->ends.lo < e.hi)
		e.lo = d->ends.lo;
	if (!isnan(d->ends.hi) && d->ends.hi > e.lo)
		e.hi = d->ends.hi;
	/* the same ends at any height: panes that stand beside each other can be compared */
	if (is_fixed(d) && d->ends.lo < d->ends.hi)
		return scale_fit_ends(e.lo, e.hi, h);
	return scale_fit_cells(e.lo, e.hi, h, dots);
}

static bool
same(const struct scale *a, const struct scale *b)
{
	return a->lo == b->lo && a->hi == b->hi && a->step == b->step;
}

bool
follow_update(struct follow *f, const struct demand *d, uint64_t row, int h, int dots)
{
	struct extent data = within(&d->data, d), wish = within(&d->wish, d);
	struct follow made = { .row = row, .h = h, .set = true };
	bool rested, loose, again;

	if (f->set && f->h == h && row >= f->row) {
		rested = row - f->row >= rest_of(row);
		loose = wish.hi - wish.lo < FILLED * (f->scale.hi - f->scale.lo);
		if (!leaves(&data, &f->scale, 0) &&
		    !(rested && ((loose && !is_fixed(d)) || leaves(&wish, &f->scale, MARGIN))))
			return false;
	}
	made.scale = make(f, d, row, h, dots);
	again = f->set && f->h == h && same(&made.scale, &f->scale);
	*f = made;
	return !again;
}
