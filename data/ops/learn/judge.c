/* judge.c - how a classifier does beside the baselines, and when that changes.
 *
 * A change is marked when the error of the last 50 rows or so stands above that since the last
 * change by more than four standard deviations of such a mean, and a twentieth. */
#include "data/ops/learn/judge.h"

#include <math.h>

static const double matrix_fade = 0.999, fast_rate = 0.02;
enum { MARK_FROM = 150 };

static void
point_fields(struct judge_point *p, struct fields *f)
{
	fields_double(f, &p->n);
	fields_double(f, &p->hits);
	fields_double(f, &p->majority);
	fields_double(f, &p->last);
}

void
judge_fields(struct judge *j, struct fields *f)
{
	fields_u64(f, &j->rows);
	fields_u64(f, &j->stride);
	fields_int(f, &j->points, 0, JUDGE_POINTS);
	for (int i = 0; i < JUDGE_POINTS; i++)
		point_fields(&j->point[i], f);
	fields_double(f, &j->hits);
	fields_double(f, &j->majority);
	fields_double(f, &j->last);
	fields_doubles(f, &j->count, CLASSES_MOST + 1);
	fields_doubles(f, &j->matrix, (size_t)JUDGE_MATRIX * JUDGE_MATRIX);
	fields_double(f, &j->unit);
	fields_int(f, &j->top, 0, CLASSES_MOST);
	fields_int(f, &j->before, -1, CLASSES_MOST);
	fields_double(f, &j->fast);
	fields_double(f, &j->slow);
	fields_double(f, &j->since);
	fields_u64(f, &j->marks);
	for (int i = 0; i < JUDGE_MARKS; i++)
		fields_u64(f, &j->mark[i]);
}

void
judge_init(struct judge *j)
{
	j->stride = 1;
	j->unit = 1;
	j->before = -1;
}

/* When the points are full, each two become one. */
static void
halve(struct judge *j)
{
	for (int i = 0; i < JUDGE_POINTS / 2; i++) {
		const struct judge_point *a = &j->point[2 * i], *b = a + 1;

		j->point[i] = (struct judge_point){ a->n + b->n, a->hits + b->hits,
			a->majority + b->majority, a->last + b->last };
	}
	j->points = JUDGE_POINTS / 2;
	j->stride *= 2;
}

static void
add_point(struct judge *j, int hit, int majority, int last)
{
	struct judge_point *p;

	if (j->points == 0 || !(j->point[j->points - 1].n < (double)j->stride)) {
		if (j->points == JUDGE_POINTS)
			halve(j);
		j->point[j->points++] = (struct judge_point){ 0 };
	}
	p = &j->point[j->points - 1];
	p->n++;
	p->hits += hit;
	p->majority += majority;
	p->last += last;
}

static void
add_matrix(struct judge *j, int said, int y)
{
	int last = JUDGE_MATRIX - 1;

	j->matrix[(y < last ? y : last) * JUDGE_MATRIX + (said < last ? said : last)] += j->unit;
	j->unit /= matrix_fade;
	if (j->unit < 1e100)
		return;
	for (int i = 0; i < JUDGE_MATRIX * JUDGE_MATRIX; i++)
		j->matrix[i] /= j->unit;
	j->unit = 1;
}

static int
find_change(struct judge *j, int miss)
{
	double noise;

	j->since++;
	j->slow += (miss - j->slow) / j->since;
	j->fast += fmax(fast_rate, 1 / j->since) * (miss - j->fast);
	noise = sqrt(j->slow * (1 - j->slow) * fast_rate / 2);
	if (j->since < MARK_FROM || !(j->fast > j->slow + 4 * noise + 0.05))
		return 0;
	j->mark[j->marks++ % JUDGE_MARKS] = j->rows;
	j->slow = j->fast = j->since = 0;
	return 1;
}

int
judge_row(struct judge *j, int said, int y)
{
	int majority = j->rows > 0 && j->top == y, last = j->before == y, changed;

	add_point(j, said == y, majority, last);
	add_matrix(j, said, y);
	j->hits += said == y;
	j->majority += majority;
	j->last += last;
	changed = find_change(j, said != y);
	j->count[y] += 1;
	if (j->count[y] > j->count[j->top])
		j->top = y;
	j->before = y;
	j->rows++;
	return changed;
}
