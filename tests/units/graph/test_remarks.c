/* test_remarks.c - what operators have to say of the rows of a step, and that it is all that is
 * told. */
#include <string.h>

#include "tests/machine.h"
#include "tests/support.h"

/* --- an operator of this test, beside those of the program ------------------------------------ */

enum { RISES_MOST = 8 };

struct rises { /* raises a drift at each row above the one before */
	double last;
	int n;
	struct op_remark remarks[RISES_MOST];
};

static int
rises_init(struct op *op, struct error *err)
{
	struct rises *s = op->state;

	(void)err;
	s->last = NAN;
	return 0;
}

static void
rises_raise(struct rises *s, uint64_t row, enum remark_kind kind)
{
	ck_assert_int_lt(s->n, RISES_MOST);
	s->remarks[s->n++] = (struct op_remark){ row, kind, 0 };
}

static void
rises_step(struct op *op, const struct run *run, double *out)
{
	struct rises *s = op->state;

	s->n = 0;
	for (int i = 0; i < run->n; i++) {
		double x = op->in[0][i];

		out[i] = x > s->last;
		if (x > s->last)
			rises_raise(s, run->first + (uint64_t)i, REMARK_DRIFT);
		s->last = x;
	}
}

static int
rises_remarks(const struct op *op, const struct op_remark **remarks)
{
	const struct rises *s = op->state;

	*remarks = s->remarks;
	return s->n;
}

static const struct param params[] = { { "x", PARAM_INPUT, NULL, 0, 0, NULL, "a number" }, { 0 } };

static const struct op_class op_rises = {
	.name = "rises",
	.family = "drift",
	.help = "1 where x is above the value before",
	.params = params,
	.size = sizeof(struct rises),
	.init = rises_init,
	.step = rises_step,
	.remarks = rises_remarks,
};

#define X(name) extern const struct op_class op_##name;
#include "data/ops/list.h"
#undef X

/* In the place of the program's own table: its list and one more. */
const struct op_class *const op_classes[] = {
#define X(name) &op_##name,
#include "data/ops/list.h"
#undef X
	&op_rises,
	NULL,
};

/* --- tests ------------------------------------------------------------------------------------ */

static double x[6] = { 3, 5, 4, 4, 9, 10 }, out[6];
static int64_t at[6] = { 1, 2, 3, 4, 5, 6 };

/* A remark's row counts from the graph's first, however the rows are cut; each step tells its own.
 */
START_TEST(rows_and_words)
{
	static const uint64_t told[] = { 1, 4, 5 };
	struct machine m = machine_new("rises(x + 0) * 2");
	const struct op *const *speakers;
	const struct op_remark *remarks;
	struct text words = { 0 };
	int seen = 0;

	for (int from = 0; from < 6; from += _i) {
		machine_run(&m, x, x, at, from, from + _i, _i, out);
		ck_assert_int_eq(graph_speakers(m.graph, &speakers), 1);
		for (int k = 0, n = speakers[0]->node->class->remarks(speakers[0], &remarks); k < n;
		     k++) {
			ck_assert_uint_eq(remarks[k].row, told[seen++]);
			ck_assert_int_eq(remarks[k].kind, REMARK_DRIFT);
			text_clear(&words);
			op_remark_print(speakers[0], &remarks[k], &words);
			ck_assert_str_eq(text_get(&words), "rises(+(x, 0))");
		}
	}
	ck_assert_int_eq(seen, 3);
	text_done(&words);
	machine_free(&m);
}
END_TEST

/* Who has nothing to say is not asked; who comes later is, from the next row on. */
START_TEST(who_speaks)
{
	struct machine m = machine_new("mean(x, 3)");
	const struct op *const *speakers;
	struct error err = { 0 };

	machine_run(&m, x, x, at, 0, 1, 1, out);
	ck_assert_int_eq(graph_speakers(m.graph, &speakers), 0);
	ck_assert_int_ge(plan_add(m.plan, "expected(x)", &err), 0);
	ck_assert_int_ge(plan_add(m.plan, "rises(x)", &err), 0);
	machine_run(&m, x, x, at, 1, 2, 1, out);
	ck_assert_int_eq(graph_speakers(m.graph, &speakers), 2);
	ck_assert_str_eq(speakers[0]->node->class->name, ".forecaster");
	ck_assert_str_eq(speakers[1]->node->class->name, "rises");
	machine_free(&m);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("remarks");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, rows_and_words, 1, 4);
	tcase_add_test(tc, who_speaks);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
