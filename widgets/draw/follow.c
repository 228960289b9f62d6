/* follow.c - an axis that follows its data, and stands still in between.
 *
 * Each new axis moves the whole picture. So one that has to be made leaves room where the data goes:
 * as far as it would come while the axis rests, in bounds, or a quarter of its range. */
#include "widgets/draw/follow.h"

#include <math.h>

#define ROOM 0.25 /* of the range of the data */
#define ROOM_SLOPE 1.0
#define ROOM_TREND 1.75 /* a line that goes on and on: 100 rows more beside 60 */
#define FILLED 0.5      /* of the axis: less is a reason for a new one */
#define MARGIN 0.05     /* of the axis: so much of what is wished for may be beyond it */
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

static void
make(struct follow *f, const struct demand *d, uint64_t row, int h, int dots)
{
	struct extent e = d->wish;
	bool again = f->set && f->h == h && row >= f->row;

	if (again && d->data.lo < f->scale.lo)
		e.lo = fmin(e.lo, d->data.lo - room_of(d, -1, row));
	if (again && d->data.hi > f->scale.hi)
		e.hi = fmax(e.hi, d->data.hi + room_of(d, 1, row));
	if (!isnan(d->ends.lo) && d->ends.lo < e.hi)
		e.lo = d->ends.lo;
	if (!isnan(d->ends.hi) && d->ends.hi > e.lo)
		e.hi = d->ends.hi;
	*f = (struct follow){ .row = row, .h = h, .set = true };
	f->scale = scale_fit_cells(e.lo, e.hi, h, dots);
}

bool
follow_update(struct follow *f, const struct demand *d, uint64_t row, int h, int dots)
{
	struct extent data = within(&d->data, d), wish = within(&d->wish, d);
	bool rested, loose;

	if (f->set && f->h == h && row >= f->row) {
		rested = row - f->row >= rest_of(row);
		loose = wish.hi - wish.lo < FILLED * (f->scale.hi - f->scale.lo);
		if (!leaves(&data, &f->scale, 0) &&
		    !(rested && ((loose && !is_fixed(d)) || leaves(&wish, &f->scale, MARGIN))))
			return false;
	}
	make(f, d, row, h, dots);
	return true;
}
