/* fields.h - the arrays of a model, in one piece of memory: measured, laid out, saved and loaded by
 * one walk over them.
 *
 * A model names its arrays and counters once, in a function that is handed a struct fields; what is
 * done with them is the walk's business. So what is saved is what is laid out, and a model holds no
 * pointer that could be saved by mistake. */
#ifndef WEIR_LEARN_FIELDS_H
#define WEIR_LEARN_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/bytes.h"

enum fields_what { FIELDS_MEASURE, FIELDS_LAY_OUT, FIELDS_SAVE, FIELDS_LOAD };

struct fields {
	enum fields_what what;
	unsigned char *memory; /* FIELDS_LAY_OUT: zeroed, as many bytes as were measured */
	size_t at;             /* bytes so far */
	struct buffer *out;
	struct reader *in;
	int status; /* FIELDS_LOAD: -1: the bytes ended, or a number is out of range */
};

void fields_doubles(struct fields *, double **, size_t n);
void fields_floats(struct fields *, float **, size_t n);
void fields_u16(struct fields *, uint16_t **, size_t n);
/* Numbers from -1 to most - 1: indices, and none. */
void fields_indices(struct fields *, int16_t **, size_t n, int most);
/* Room that is not saved: what is computed anew at each row. */
void fields_room(struct fields *, void **, size_t n, size_t size);

/* Members of the model itself. */
void fields_double(struct fields *, double *);
void fields_u64(struct fields *, uint64_t *);
void fields_int(struct fields *, int *, int least, int most);

#endif
