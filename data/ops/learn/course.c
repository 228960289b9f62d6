/* course.c - how a learner does over time; changes are declared by ADWIN, see drift/adwin.c. */
#include "data/ops/learn/course.h"

#include <math.h>

#include "data/ops/drift/detector.h"

static void
point_fields(struct course_point *p, struct fields *f)
{
	fields_double(f, &p->n);
	fields_double(f, &p->own);
	fields_double(f, &p->plain);
	fields_double(f, &p->last);
}

void
course_fields(struct course *c, struct fields *f)
{
	fields_u64(f, &c->rows);
	fields_u64(f, &c->stride);
	fields_int(f, &c->points, 0, COURSE_POINTS);
	for (int i = 0; i < COURSE_POINTS; i++)
		point_fields(&c->point[i], f);
	point_fields(&c->all, f);
	fields_doubles(
	    f, &c->detector, (drift_adwin.size + sizeof *c->detector - 1) / sizeof *c->detector);
	fields_u64(f, &c->marks);
	for (int i = 0; i < COURSE_MARKS; i++)
		fields_u64(f, &c->mark[i]);
}

static const struct drift_options *
options(void)
{
	static const struct drift_options own = { .delta = 0.002, .threshold = NAN };

	return &own;
}

void
course_init(struct course *c)
{
	c->stride = 1;
	drift_adwin.open(c->detector, options());
}

bool
course_check(struct course *c)
{
	*drift_adwin.options(c->detector) = *options();
	return c->stride > 0 && drift_adwin.sound(c->detector);
}

static void
add(struct course_point *to, const struct course_point *p)
{
	to->n += p->n;
	to->own += p->own;
	to->plain += p->plain;
	to->last += p->last;
}

/* When the points are full, each two become one. */
static void
halve(struct course *c)
{
	for (int i = 0; i < COURSE_POINTS / 2; i++) {
		struct course_point both = c->point[2 * i];

		add(&both, &c->point[2 * i + 1]);
		c->point[i] = both;
	}
	c->points = COURSE_POINTS / 2;
	c->stride *= 2;
}

bool
course_row(struct course *c, double own, double plain, double last)
{
	struct course_point row = { 1, own, plain, last };
	struct drift_change change;
	uint64_t at = c->rows++;

	if (c->points == 0 || !(c->point[c->points - 1].n < (double)c->stride)) {
		if (c->points == COURSE_POINTS)
			halve(c);
		c->point[c->points++] = (struct course_point){ 0 };
	}
	add(&c->point[c->points - 1], &row);
	add(&c->all, &row);
	own = fmin(own, DRIFT_VALUE_MAX);
	if (!drift_adwin.step(c->detector, own, &change) || !(change.after > change.before))
		return false;
	c->mark[c->marks++ % COURSE_MARKS] = at;
	return true;
}
