/* agreement.c - how often each label came, was said, and both. */
#include "data/ops/learn/scores/agreement.h"

#include <math.h>

/* Where a value stands; those that find no room share the last place. */
static struct agreement_label *
find(struct agreement *a, double value)
{
	for (int i = 0; i < a->labels; i++)
		if (!(a->label[i].value < value) && !(a->label[i].value > value))
			return &a->label[i];
	for (int i = 0; i < a->labels; i++)
		if (!(a->label[i].came > 0) && !(a->label[i].said > 0)) {
			a->label[i] = (struct agreement_label){ .value = value };
			return &a->label[i];
		}
	if (a->labels == AGREEMENT_LABELS)
		return &a->label[AGREEMENT_LABELS - 1];
	a->label[a->labels] = (struct agreement_label){ .value = value };
	return &a->label[a->labels++];
}

void
agreement_add(struct agreement *a, double label, double said, double weight)
{
	struct agreement_label *l = find(a, label), *s;
	int hit = !(label < said) && !(label > said);

	a->n += weight;
	l->came += weight;
	s = find(a, said);
	s->said += weight;
	if (!hit)
		return;
	a->hits += weight;
	l->both += weight;
}

void
agreement_scale(struct agreement *a, double by)
{
	a->n *= by;
	a->hits *= by;
	for (int i = 0; i < a->labels; i++) {
		a->label[i].came *= by;
		a->label[i].said *= by;
		a->label[i].both *= by;
	}
}

double
agreement_kappa(const struct agreement *a)
{
	double chance = 0, share;

	if (!(a->n > 0))
		return NAN;
	for (int i = 0; i < a->labels; i++)
		chance += a->label[i].came / a->n * (a->label[i].said / a->n);
	share = a->hits / a->n;
	return chance < 1 ? (share - chance) / (1 - chance) : NAN;
}

static double
f1_of(const struct agreement_label *l)
{
	return l->came + l->said > 0 ? 2 * l->both / (l->came + l->said) : NAN;
}

double
agreement_f1(const struct agreement *a, double value)
{
	double sum = 0, n = 0;

	for (int i = 0; i < a->labels; i++) {
		double f1 = f1_of(&a->label[i]);

		if (isnan(f1))
			continue;
		if (!isnan(value) && !(a->label[i].value < value) && !(a->label[i].value > value))
			return f1;
		sum += f1;
		n++;
	}
	return isnan(value) && n > 0 ? sum / n : NAN;
}

void
agreement_save(const struct agreement *a, struct buffer *out)
{
	buffer_double(out, a->n);
	buffer_double(out, a->hits);
	buffer_u32(out, (uint32_t)a->labels);
	for (int i = 0; i < a->labels; i++) {
		buffer_double(out, a->label[i].value);
		buffer_double(out, a->label[i].came);
		buffer_double(out, a->label[i].said);
		buffer_double(out, a->label[i].both);
	}
}

int
agreement_load(struct agreement *a, struct reader *r)
{
	uint32_t n;

	if (reader_double(r, &a->n) < 0 || reader_double(r, &a->hits) < 0 ||
	    reader_below(r, AGREEMENT_LABELS, &n) < 0)
		return -1;
	a->labels = (int)n;
	for (int i = 0; i < a->labels; i++)
		if (reader_double(r, &a->label[i].value) < 0 ||
		    reader_double(r, &a->label[i].came) < 0 ||
		    reader_double(r, &a->label[i].said) < 0 ||
		    reader_double(r, &a->label[i].both) < 0)
			return -1;
	return 0;
}
