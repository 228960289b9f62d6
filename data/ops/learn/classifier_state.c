/* classifier_state.c - a classifier saved and loaded: its labels, its models, the rows that it may
 * teach again, and those whose label is to come. */
#include "data/ops/learn/classifier_parts.h"

#include <stdlib.h>

enum { VERSION = 3 };

void
classifier_save(const struct op *op, struct buffer *out)
{
	struct classifier *c = op->state;
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	buffer_u32(out, VERSION);
	buffer_u32(out, (uint32_t)c->classes);
	buffer_u32(out, (uint32_t)c->models->shape.k);
	for (int i = 0; i < c->classes; i++) {
		buffer_double(out, c->label[i]);
		if (c->text)
			names_save_text(c->names, c->label[i], out);
	}
	buffer_double(out, c->others);
	buffer_u32(out, c->full_told);
	buffer_u32(out, (uint32_t)(c->said + 1));
	buffer_u64(out, c->rows);
	buffer_u32(out, (uint32_t)c->kept);
	buffer_put(out, c->past, (size_t)c->kept_most * (size_t)(c->inputs + 1) * sizeof *c->past);
	waiting_save(&c->waiting, out);
	models_save(c->models, out);
	judge_fields(&c->judge, &f);
}

static int
load_labels(struct classifier *c, struct reader *r)
{
	uint32_t classes, k;

	if (reader_below(r, (uint32_t)c->method->classes, &classes) < 0 ||
	    reader_below(r, (uint32_t)c->method->classes + 1, &k) < 0 || k < 2 || k < classes ||
	    k > (classes < 2 ? 2 : classes + 1))
		return -1;
	for (uint32_t i = 0; i < classes; i++) {
		if (reader_double(r, &c->label[i]) < 0 ||
		    (c->text && names_load_held(c->names, c->label[i], r) < 0))
			return -1;
		c->classes = (int)i + 1;
	}
	if ((int)k != c->models->shape.k) {
		free(c->models);
		c->models = classifier_models(c, (int)k);
	}
	return 0;
}

static int
load_past(struct classifier *c, struct reader *r)
{
	size_t width = (size_t)(c->inputs + 1);
	uint32_t kept;

	if (reader_u64(r, &c->rows) < 0 || reader_below(r, (uint32_t)c->kept_most, &kept) < 0 ||
	    kept > c->rows ||
	    reader_get(r, c->past, (size_t)c->kept_most * width * sizeof *c->past) < 0)
		return -1;
	c->kept = (int)kept;
	for (uint64_t i = c->rows - kept; i < c->rows; i++) {
		double class = c->past[(size_t)(i % (uint64_t)c->kept_most) * width + width - 1];

		if (!(class >= 0 && class < c->models->shape.k))
			return -1;
	}
	return 0;
}

int
classifier_load(struct op *op, struct reader *r)
{
	struct classifier *c = op->state;
	struct fields f = { .what = FIELDS_LOAD, .in = r };
	uint32_t version, told, said;

	for (int i = 0; i < c->classes && c->text; i++)
		names_release(c->names, c->label[i]);
	c->classes = 0;
	if (reader_u32(r, &version) < 0 || version != VERSION || load_labels(c, r) < 0 ||
	    reader_double(r, &c->others) < 0 || reader_below(r, 1, &told) < 0 ||
	    reader_below(r, (uint32_t)c->models->shape.k, &said) < 0 || load_past(c, r) < 0 ||
	    waiting_load(&c->waiting, classifier_waiting_size(c), r) < 0 ||
	    models_load(c->models, r) < 0)
		return -1;
	c->full_told = told == 1;
	c->said = (int)said - 1;
	classifier_order(c);
	judge_fields(&c->judge, &f);
	return f.status < 0 || !course_check(&c->judge.course) ? -1 : 0;
}
