/* regressor_state.c - a regressor saved and loaded: its intervals, how it did, its models, and the
 * rows whose target is to come. */
#include "data/ops/learn/regressor_parts.h"

enum { VERSION = 2 };

static void
regressor_fields(struct regressor *m, struct fields *f)
{
	fields_double(f, &m->said);
	fields_double(f, &m->wild);
	course_fields(&m->course, f);
	fields_u64(f, &m->residuals.n);
	for (int i = 0; i < RESIDUALS; i++) {
		fields_double(f, &m->residuals.row[i]);
		fields_double(f, &m->residuals.sorted[i]);
	}
}

void
regressor_save(const struct op *op, struct buffer *out)
{
	struct regressor *m = op->state;
	struct fields f = { .what = FIELDS_SAVE, .out = out };

	buffer_u32(out, VERSION);
	buffer_u32(out, (uint32_t)m->asked);
	for (int i = 0; i < m->asked; i++) {
		buffer_double(out, m->coverage[i].c);
		buffer_double(out, m->coverage[i].level);
	}
	regressor_fields(m, &f);
	numbers_save(m->numbers, out);
	waiting_save(&m->waiting, out);
}

/* Coverages are found again by what they are, in whatever order they were asked for. */
static int
load_coverages(struct regressor *m, struct reader *r)
{
	uint32_t n;

	if (reader_below(r, REGRESSOR_ASKED, &n) < 0)
		return -1;
	for (uint32_t i = 0; i < n; i++) {
		struct coverage saved;

		if (reader_double(r, &saved.c) < 0 || reader_double(r, &saved.level) < 0 ||
		    !(saved.level > 0 && saved.level < 1))
			return -1;
		for (int k = 0; k < m->asked; k++)
			if (!(m->coverage[k].c < saved.c) && !(m->coverage[k].c > saved.c))
				m->coverage[k].level = saved.level;
	}
	return 0;
}

int
regressor_load(struct op *op, struct reader *r)
{
	struct regressor *m = op->state;
	struct fields f = { .what = FIELDS_LOAD, .in = r };
	uint32_t version;

	if (reader_u32(r, &version) < 0 || version != VERSION || load_coverages(m, r) < 0)
		return -1;
	regressor_fields(m, &f);
	if (f.status < 0 || !course_check(&m->course) || numbers_load(m->numbers, r) < 0)
		return -1;
	return waiting_load(&m->waiting, WAITING_OWN + numbers_row_size(m->numbers), r);
}
