/* score_history.c - how a forecast became what it is, in bounded memory whatever the length of
 * the stream.
 *
 * When the points are full, each two become one of twice as many rows: the whole past stays in
 * view, ever coarser. Errors are added up at each row, so they are exact at any stride. Weights
 * cost a microsecond to ask for, so that is done LOOKS times a point: ever more rarely, next to
 * nothing in the long run. All depends on rows alone, never on how they were cut into runs. */
#include "data/ops/forecast/score_history.h"

#include <math.h>

#include "data/ops/forecast/forecaster.h"

enum { LOOKS = 8 };
static const double ERROR_MAX = 1e150; /* so that sums stay finite */

struct score_history *
score_history_new(void)
{
	struct score_history *t = memory_zero(1, sizeof *t);

	t->stride = 1;
	return t;
}

static void
merge(struct trail_point *p, const struct trail_point *second)
{
	uint32_t looked = p->looked + second->looked;
	float share = looked > 0 ? (float)second->looked / (float)looked : 0;

	for (int k = 0; k < FORECAST_FAMILIES; k++)
		p->weight[k] += share * (second->weight[k] - p->weight[k]);
	p->looked = looked;
	p->scored += second->scored;
	p->error += second->error;
	p->naive += second->naive;
}

/* Each two points become one. */
static void
halve(struct score_history *t)
{
	for (int i = 0; i < TRAIL_POINTS / 2; i++) {
		t->points[i] = t->points[2 * i];
		merge(&t->points[i], &t->points[2 * i + 1]);
	}
	t->n = TRAIL_POINTS / 2;
	t->stride *= 2;
}

static struct trail_point *
point_of_row(struct score_history *t)
{
	bool first = (t->rows & (t->stride - 1)) == 0;

	if (first && t->n == TRAIL_POINTS)
		halve(t); /* the row is the first of a point at the doubled stride, too */
	if (first)
		t->points[t->n++] = (struct trail_point){ 0 };
	return &t->points[t->n - 1];
}

/* With which weights is the row forecast? */
static void
look(struct trail_point *p, const struct forecaster *f)
{
	const struct forecast_method *m = f->options.method;
	struct forecast_expert experts[FORECAST_EXPERTS];
	float weight[FORECAST_FAMILIES] = { 0 };
	int n = m->experts != NULL ? m->experts(f->self, experts, FORECAST_EXPERTS) : 0;

	if (n == 0)
		return;
	for (int i = 0; i < n; i++)
		weight[experts[i].family] += (float)experts[i].weight;
	p->looked++;
	for (int k = 0; k < FORECAST_FAMILIES; k++)
		p->weight[k] += (weight[k] - p->weight[k]) / (float)p->looked;
}

void
score_history_row(struct score_history *t, const struct forecaster *f, double y)
{
	struct trail_point *p;
	double error, naive;

	if (f->seasons.m != t->season || f->seasons.M != t->long_season) {
		t->season = f->seasons.m;
		t->long_season = f->seasons.M;
		t->season_row = t->rows;
	}
	p = point_of_row(t);
	if (t->stride <= LOOKS || (t->rows & (t->stride / LOOKS - 1)) == 0)
		look(p, f);
	t->rows++;
	if (isnan(y) || isnan(f->next) || f->series.seen == 0)
		return;
	p->scored++;
	error = fabs(y - f->next);
	naive = fabs(y - f->last);
	p->error += error < ERROR_MAX ? error : ERROR_MAX;
	p->naive += naive < ERROR_MAX ? naive : ERROR_MAX;
}

double
score_history_error(const struct score_history *t, int from, int to, bool naive)
{
	double sum = 0, scored = 0;

	for (int i = from > 0 ? from : 0; i < to && i < t->n; i++) {
		sum += naive ? t->points[i].naive : t->points[i].error;
		scored += t->points[i].scored;
	}
	return scored > 0 ? sum / scored : NAN;
}

void
score_history_save(const struct score_history *t, struct buffer *b)
{
	buffer_put(b, t, sizeof *t);
}

int
score_history_load(struct score_history *t, struct reader *r)
{
	if (reader_get(r, t, sizeof *t) != 0)
		return -1;
	if (t->rows > UINT64_C(1) << 53 || t->stride > UINT64_C(1) << 53 || t->stride == 0 ||
	    (t->stride & (t->stride - 1)) != 0 || t->n < 0 || t->n > TRAIL_POINTS)
		return -1;
	return (t->rows + t->stride - 1) / t->stride == (uint64_t)t->n ? 0 : -1;
}
