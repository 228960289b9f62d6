/* numbers_row.c - a row that was read and predicted, kept until its target comes: what the models
 * read, and what each said, by which it is judged then. */
#include <string.h>

#include "data/ops/learn/numbers.h"

enum { HALVES = 3 };

size_t
numbers_row_size(const struct numbers *m)
{
	return (size_t)(m->texts + m->shape.d + m->shape.d + 1 + m->shape.u +
			shape_tree(&m->shape) + NUMBER_MEMBERS + NUMBERS_MIXED + HALVES);
}

static double *
keep(double *to, const double *from, int n)
{
	memcpy(to, from, (size_t)n * sizeof *to);
	return to + n;
}

void
numbers_row_keep(const struct numbers *m, double *row)
{
	for (int i = 0; i < m->texts; i++)
		*row++ = m->codes.at[i];
	row = keep(row, m->scaler.x, m->shape.d);
	row = keep(row, m->z, m->shape.d + 1);
	row = keep(row, m->u, m->shape.u);
	for (int j = 0; j < shape_tree(&m->shape); j++)
		*row++ = (double)m->f[j];
	row = keep(row, m->said, NUMBER_MEMBERS);
	row = keep(row, m->inputs, NUMBERS_MIXED);
	*row++ = m->stacked;
	*row++ = m->hedged;
	*row = m->scale;
}

static const double *
recall(double *to, const double *from, int n)
{
	memcpy(to, from, (size_t)n * sizeof *to);
	return from + n;
}

void
numbers_row_recall(struct numbers *m, const double *row)
{
	for (int i = 0; i < m->texts; i++, row++)
		m->codes.at[i] = *row >= 0 && *row < m->codes.slots ? (int)*row : 0;
	row = recall(m->scaler.x, row, m->shape.d);
	row = recall(m->z, row, m->shape.d + 1);
	row = recall(m->u, row, m->shape.u);
	for (int j = 0; j < shape_tree(&m->shape); j++)
		m->f[j] = (float)*row++;
	row = recall(m->said, row, NUMBER_MEMBERS);
	row = recall(m->inputs, row, NUMBERS_MIXED);
	m->stacked = *row++;
	m->hedged = *row++;
	m->scale = *row;
}
