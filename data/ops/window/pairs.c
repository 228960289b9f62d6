/* pairs.c - sums of products of deviations: Youngs and Cramer's update and Chan, Golub and
 * LeVeque's join (see moments.c), for two values. */
#include "data/ops/window/pairs.h"

#include "data/ops/window/unit.h"

const struct products products_none = { .unit_a = 1, .unit_b = 1 };

static void
scale_a(struct products *p, double unit)
{
	double by = unit / p->unit_a;

	p->a *= by;
	p->ab *= by;
	p->aa = p->aa * by * by;
	p->unit_a = unit;
}

static void
scale_b(struct products *p, double unit)
{
	double by = unit / p->unit_b;

	p->b *= by;
	p->ab *= by;
	p->bb = p->bb * by * by;
	p->unit_b = unit;
}

/* a and b: deviations in the units of p. */
static inline void
add(struct products *p, double a, double b)
{
	double n = p->n + 1, da, db, scale;

	p->a += a;
	p->b += b;
	if (p->n > 0) {
		da = n * a - p->a;
		db = n * b - p->b;
		scale = 1 / (n * p->n);
		p->aa += da * da * scale;
		p->bb += db * db * scale;
		p->ab += da * db * scale;
	}
	p->n = n;
}

static __attribute__((noinline, cold)) void
add_in_unit(struct products *p, const struct anchor *anchor, double a, double b)
{
	if (unit_misfit(unit_above(a, anchor->a, p->unit_a)))
		scale_a(p, unit_fit(p->unit_a, p->aa, a, anchor->a));
	if (unit_misfit(unit_above(b, anchor->b, p->unit_b)))
		scale_b(p, unit_fit(p->unit_b, p->bb, b, anchor->b));
	add(p, unit_above(a, anchor->a, p->unit_a), unit_above(b, anchor->b, p->unit_b));
}

void
products_add(struct products *p, const struct anchor *anchor, double a, double b)
{
	double from_a = a - anchor->a, from_b = b - anchor->b;

	if (unit_misfit(from_a) || unit_misfit(from_b) || p->unit_a != 1 || p->unit_b != 1)
		add_in_unit(p, anchor, a, b);
	else
		add(p, from_a, from_b);
}

static inline struct products
join(const struct products *f, const struct products *k, double shift_a, double shift_b)
{
	double scale = 1 / (f->n * k->n * (f->n + k->n));
	double da = shift_a * f->n * k->n + (f->n * k->a - k->n * f->a);
	double db = shift_b * f->n * k->n + (f->n * k->b - k->n * f->b);

	return (struct products){
		.n = f->n + k->n,
		.aa = f->aa + k->aa + da * da * scale,
		.bb = f->bb + k->bb + db * db * scale,
		.ab = f->ab + k->ab + da * db * scale,
		.unit_a = f->unit_a,
		.unit_b = f->unit_b,
	};
}

static __attribute__((noinline, cold)) struct products
join_in_unit(
    struct products f, struct products k, const struct anchor *front, const struct anchor *back)
{
	double unit_a = unit_joint(f.unit_a, f.aa, k.unit_a, k.aa, front->a, back->a);
	double unit_b = unit_joint(f.unit_b, f.bb, k.unit_b, k.bb, front->b, back->b);

	scale_a(&f, unit_a);
	scale_a(&k, unit_a);
	scale_b(&f, unit_b);
	scale_b(&k, unit_b);
	return join(
	    &f, &k, unit_above(back->a, front->a, unit_a), unit_above(back->b, front->b, unit_b));
}

struct products
pairs_join(const struct pairs *p, const struct anchor *front, const struct anchor *back)
{
	int64_t at = two_stacks_front(&p->fold);
	const struct products *f = p->fold.front, *k = &p->back;
	double shift_a, shift_b;

	if (at < 0 || f[at].n == 0)
		return *k;
	f += at;
	if (k->n == 0)
		return *f;
	shift_a = back->a - front->a;
	shift_b = back->b - front->b;
	if (unit_misfit(shift_a) || unit_misfit(shift_b) || f->unit_a != 1 || f->unit_b != 1 ||
	    k->unit_a != 1 || k->unit_b != 1)
		return join_in_unit(*f, *k, front, back);
	return join(f, k, shift_a, shift_b);
}
