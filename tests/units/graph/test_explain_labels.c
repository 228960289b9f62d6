/* test_explain_labels.c - the arithmetic of a value stands under what was asked for, as it was
 * written: all features, in their order, and what is told by name with its name. */
#include "tests/support.h"

#include <string.h>

#include "tests/rig.h"

static const char rows[] = "x,y,z,fraud\n1,2,3,no\n2,3,1,yes\n3,1,2,no\n4,2,2,yes\n";

static const char *const asked[] = { "anomaly(x)", "anomaly(x, seed=3)",
	"anomaly(x, y, method=hst)", "classify(fraud, x, y, z)",
	"proba(fraud, x, y, value=\"yes\")", "cluster(2, x, y)", "predict(x, y, z, method=linear)",
	"predict_lower(x, y, z, c=0.8)", "upper(x, 0.9)", "quantile(x, 0.9, 20)", "corr(x, y, 3)",
	"ewma(x, halflife=10)" };

START_TEST(as_it_was_written)
{
	struct rig_options options = { .kpis = { asked[_i] } };
	struct text said = { 0 }, wanted = { 0 };
	struct rig rig;

	rig_open(&rig, rows, &options);
	rig_rows(&rig, 4, 0, 0);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	text_addf(&wanted, "%s = ", asked[_i]);
	ck_assert_msg(
	    strstr(text_get(&said), wanted.s) != NULL, "'%s' in\n%s", wanted.s, text_get(&said));
	text_done(&said);
	text_done(&wanted);
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("explain_labels");
	TCase *tc = tcase_create("all");

	tcase_add_loop_test(tc, as_it_was_written, 0, sizeof asked / sizeof *asked);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
