/* drift.c - drift(x): 1 on the row where a change is declared, and drift_magnitude(x): how far the
 * mean moved at it. Both read one shared detector, ".drift"; its methods are files of this room. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/graph/explain.h"
#include "data/ops/drift/detector.h"
#include "data/ops/drift/drift.h"

static const struct drift_detector *const detectors[] = { &drift_adwin, &drift_ph, &drift_kswin,
	&drift_cusum, &drift_ddm, &drift_eddm, &drift_hddm };

#define DRIFT_PARAMS                                                                               \
	{ "method", PARAM_CHOICE, "adwin", 0, 0, "adwin|ph|kswin|cusum|ddm|eddm|hddm",             \
		"how changes are found; ddm, eddm and hddm: of errors" },                          \
	    { "delta", PARAM_NUMBER, "", 1e-12, 10, NULL,                                          \
		    "adwin, kswin, hddm: chance of a false alarm; ph, cusum: forgiven sd a row" }, \
	{                                                                                          \
		"threshold", PARAM_NUMBER, "", 1e-3, 1e6, NULL,                                    \
		    "ph, cusum: sum of sd; ddm: deviations; eddm: share"                           \
	}

static const struct param params[] = {
	{ "x", PARAM_INPUT, NULL, 0, 0, NULL, "values, or errors: 0 or 1" },
	DRIFT_PARAMS,
	{ 0 },
};

/* --- the detector ----------------------------------------------------------------------------- */

enum { LANE_DRIFT, LANE_MAGNITUDE, LANES };

struct shared {
	const struct drift_detector *detector;
	void *self;
	struct drift_options options;
	struct drift_change last;
	double changes, rows, row; /* how many changes; rows seen; that of the last one */
};

static const struct drift_detector *
detector_of(const struct op *op)
{
	size_t i = 0;

	while (!op_choice(op, "method", detectors[i]->name))
		i++;
	return detectors[i];
}

/* What is not given is the detector's own; what it does not take is refused. */
static int
read_option(const struct op *op, const char *name, double own, const char *method, double *v,
    struct error *err)
{
	double given = op_number(op, name);

	if (!isnan(given) && isnan(own))
		return error_set(err, "method=%s takes no %s", method, name);
	*v = isnan(given) ? own : given;
	return 0;
}

static int
shared_init(struct op *op, struct error *err)
{
	struct shared *s = op->state;
	const struct drift_detector *d = s->detector = detector_of(op);

	if (read_option(op, "delta", d->delta, d->name, &s->options.delta, err) < 0 ||
	    read_option(op, "threshold", d->threshold, d->name, &s->options.threshold, err) < 0)
		return -1;
	if (d->delta < 0.1 && s->options.delta >= 1)
		return error_set(err, "delta of method=%s is a chance, below 1", d->name);
	s->self = memory_zero(1, d->size);
	d->open(s->self, &s->options);
	return 0;
}

static bool
detect(struct shared *s, double x)
{
	s->rows++;
	if (number_missing(x))
		return false;
	x = fmax(-DRIFT_VALUE_MAX, fmin(DRIFT_VALUE_MAX, x));
	if (!s->detector->step(s->self, x, &s->last))
		return false;
	s->changes++;
	s->row = s->rows;
	return true;
}

static void
shared_step(struct op *op, const struct run *run, double *out)
{
	struct shared *s = op->state;

	for (int i = 0; i < run->n; i++) {
		out[i + LANE_DRIFT * BLOCK_ROWS] = detect(s, op->in[0][i]);
		out[i + LANE_MAGNITUDE * BLOCK_ROWS] =
		    s->changes > 0 ? number_finite(s->last.after - s->last.before) : NAN;
	}
}

static void
shared_save(const struct op *op, struct buffer *b)
{
	const struct shared *s = op->state;

	buffer_double(b, s->last.before);
	buffer_double(b, s->last.after);
	buffer_double(b, s->changes);
	buffer_double(b, s->rows);
	buffer_double(b, s->row);
	buffer_put(b, s->self, s->detector->size);
}

static int
shared_load(struct op *op, struct reader *r)
{
	struct shared *s = op->state;
	const struct drift_detector *d = s->detector;

	if (reader_double(r, &s->last.before) < 0 || reader_double(r, &s->last.after) < 0 ||
	    reader_double(r, &s->changes) < 0 || reader_double(r, &s->rows) < 0 ||
	    reader_double(r, &s->row) < 0 || reader_get(r, s->self, d->size) < 0)
		return -1;
	*d->options(s->self) = s->options;
	return d->sound(s->self) ? 0 : -1;
}

static void
shared_explain(const struct op *op, struct text *out)
{
	const struct shared *s = op->state;

	text_addf(out, "changes of ");
	explain_label(op->args[0], out);
	text_addf(out, ": %s\n", s->detector->name);
	s->detector->explain(s->self, out);
	explain_line(out, "changes");
	text_addf(out, "%.0f in %.0f rows", s->changes, s->rows);
	if (s->changes > 0)
		text_addf(out, "; the last %.0f rows ago, from %.6g to %.6g", s->rows - s->row,
		    s->last.before, s->last.after);
	text_addc(out, '\n');
}

static void
shared_done(struct op *op)
{
	struct shared *s = op->state;

	free(s->self);
}

static size_t
shared_held(const struct op *op)
{
	const struct shared *s = op->state;

	return s->detector->size;
}

const struct op_class op_detector = {
	.name = ".drift",
	.family = "parts",
	.help = "one detector of changes, shared by drift and drift_magnitude of the same x",
	.params = params,
	.lanes = LANES,
	.size = sizeof(struct shared),
	.init = shared_init,
	.step = shared_step,
	.save = shared_save,
	.load = shared_load,
	.explain = shared_explain,
	.done = shared_done,
	.held = shared_held,
};

void
drift_methods_print(struct text *out)
{
	for (size_t i = 0; i < sizeof detectors / sizeof *detectors; i++)
		text_addf(out, "%-10s %s\n", detectors[i]->name, detectors[i]->help);
}

/* --- drift ------------------------------------------------------------------------------------ */

struct drift { /* what is to be told of the last step */
	struct op_remark *remarks;
	int n, cap;
};

static void
raise(struct drift *d, uint64_t row)
{
	if (d->n == d->cap) {
		d->cap = d->cap * 2 + 1; /* seldom more than one, but many rows may */
		d->remarks = memory_grow(d->remarks, (size_t)d->cap, sizeof *d->remarks);
	}
	d->remarks[d->n++] = (struct op_remark){ row, REMARK_DRIFT, 0 };
}

static void
drift_step(struct op *op, const struct run *run, double *out)
{
	struct drift *d = op->state;

	d->n = 0;
	for (int i = 0; i < run->n; i++) {
		out[i] = op->in[0][i + LANE_DRIFT * BLOCK_ROWS];
		if (out[i] == 1)
			raise(d, run->first + (uint64_t)i);
	}
}

static void
drift_done(struct op *op)
{
	struct drift *d = op->state;

	free(d->remarks);
}

static int
drift_remarks(const struct op *op, const struct op_remark **remarks)
{
	const struct drift *d = op->state;

	*remarks = d->remarks;
	return d->n;
}

/* As the user wrote it, without the part. */
static void
drift_remark_print(const struct op *op, const struct op_remark *remark, struct text *out)
{
	(void)remark;
	explain_label(op, out);
}

const struct op_class op_drift = {
	.name = "drift",
	.family = "drift",
	.help = "1 on the row where a change of x is declared, else 0; raises a drift event",
	.params = params,
	.part = &op_detector,
	.size = sizeof(struct drift),
	.step = drift_step,
	.unsaved = true,
	.done = drift_done,
	.explain = explain_result,
	.remarks = drift_remarks,
	.detects = true,
	.remark_print = drift_remark_print,
};

static void
magnitude_step(struct op *op, const struct run *run, double *out)
{
	memcpy(out, op->in[0] + LANE_MAGNITUDE * BLOCK_ROWS, (size_t)run->n * sizeof *out);
}

const struct op_class op_drift_magnitude = {
	.name = "drift_magnitude",
	.family = "drift",
	.help = "mean of x after the last change declared less that before; missing until one",
	.params = params,
	.part = &op_detector,
	.step = magnitude_step,
	.explain = explain_result,
};
