/* pairs.c - sums of products of deviations: Youngs and Cramer's update and Chan, Golub and
 * LeVeque's join (see moments.c), for two values. */
#include "data/ops/window/pairs.h"

void
products_add(struct products *p, double a, double b)
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

struct products
pairs_join(const struct pairs *p, double shift_a, double shift_b)
{
	int64_t at = two_stacks_front(&p->fold);
	const struct products *f = p->fold.front, *k = &p->back;
	double scale, da, db;

	if (at < 0 || f[at].n == 0)
		return *k;
	f += at;
	if (k->n == 0)
		return *f;
	scale = 1 / (f->n * k->n * (f->n + k->n));
	da = shift_a * f->n * k->n + (f->n * k->a - k->n * f->a);
	db = shift_b * f->n * k->n + (f->n * k->b - k->n * f->b);
	return (struct products){
		.n = f->n + k->n,
		.aa = f->aa + k->aa + da * da * scale,
		.bb = f->bb + k->bb + db * db * scale,
		.ab = f->ab + k->ab + da * db * scale,
	};
}
