/* fields.c - one walk over the arrays of a model, for all that is done with them. */
#include "data/ops/learn/features/fields.h"

#include <string.h>

enum { ALIGN = 16 };

static void *
lay_out(struct fields *f, void *array, size_t bytes)
{
	size_t at = f->at;

	f->at += (bytes + ALIGN - 1) / ALIGN * ALIGN;
	return f->what == FIELDS_LAY_OUT ? f->memory + at : array;
}

static void
copy(struct fields *f, void *array, size_t bytes)
{
	if (f->what == FIELDS_SAVE)
		buffer_put(f->out, array, bytes);
	else if (f->what == FIELDS_LOAD && f->status == 0)
		f->status = reader_get(f->in, array, bytes);
}

static void *
take(struct fields *f, void *array, size_t bytes)
{
	if (f->what == FIELDS_MEASURE || f->what == FIELDS_LAY_OUT)
		return lay_out(f, array, bytes);
	copy(f, array, bytes);
	return array;
}

void
fields_doubles(struct fields *f, double **array, size_t n)
{
	*array = take(f, *array, n * sizeof **array);
}

void
fields_floats(struct fields *f, float **array, size_t n)
{
	*array = take(f, *array, n * sizeof **array);
}

void
fields_u16(struct fields *f, uint16_t **array, size_t n)
{
	*array = take(f, *array, n * sizeof **array);
}

void
fields_indices(struct fields *f, int16_t **array, size_t n, int most)
{
	*array = take(f, *array, n * sizeof **array);
	if (f->what != FIELDS_LOAD || f->status < 0)
		return;
	for (size_t i = 0; i < n; i++)
		if ((*array)[i] < -1 || (*array)[i] >= most)
			f->status = -1;
	if (f->status < 0)
		memset(*array, 0xff, n * sizeof **array);
}

void
fields_room(struct fields *f, void **array, size_t n, size_t size)
{
	if (f->what == FIELDS_MEASURE || f->what == FIELDS_LAY_OUT)
		*array = lay_out(f, *array, n * size);
}

void
fields_double(struct fields *f, double *v)
{
	copy(f, v, sizeof *v);
}

void
fields_u64(struct fields *f, uint64_t *v)
{
	copy(f, v, sizeof *v);
}

void
fields_int(struct fields *f, int *v, int least, int most)
{
	int read = *v;

	copy(f, &read, sizeof read);
	if (f->what != FIELDS_LOAD)
		return;
	if (f->status == 0 && (read < least || read > most))
		f->status = -1;
	else if (f->status == 0)
		*v = read;
}
