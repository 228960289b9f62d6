/* judge.c - how a classifier does beside the baselines, and which label it takes for which. */
#include "data/ops/learn/judge.h"

static const double matrix_fade = 0.999;

void
judge_fields(struct judge *j, struct fields *f)
{
	course_fields(&j->course, f);
	fields_doubles(f, &j->count, CLASSES_MOST + 1);
	fields_doubles(f, &j->matrix, (size_t)JUDGE_MATRIX * JUDGE_MATRIX);
	fields_double(f, &j->unit);
	fields_int(f, &j->now.majority, -1, CLASSES_MOST);
	fields_int(f, &j->now.last, -1, CLASSES_MOST);
}

void
judge_init(struct judge *j)
{
	course_init(&j->course);
	j->unit = 1;
	j->now = (struct judge_guess){ -1, -1 };
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

bool
judge_row(struct judge *j, int said, struct judge_guess guess, int y)
{
	add_matrix(j, said, y);
	return course_row(&j->course, said != y, guess.majority != y, guess.last != y);
}

void
judge_learn(struct judge *j, int y)
{
	j->count[y] += 1;
	if (j->now.majority < 0 || j->count[y] > j->count[j->now.majority])
		j->now.majority = y;
	j->now.last = y;
}
