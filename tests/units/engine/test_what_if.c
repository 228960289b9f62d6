/* test_what_if.c - what is asked of a row that may come is what it gives when it comes, to the bit:
 * predictions served over HTTP are those of the rows. */
#include <stdio.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

enum { ROWS = 260, KPIS = 16 };

struct told {
	double v[KPIS];
	int n;
};

static void
tell(void *self, int kpi, double value)
{
	struct told *t = self;

	ck_assert_int_lt(kpi, KPIS);
	t->v[kpi] = value;
	t->n++;
}

struct made {
	struct text csv;
	char json[ROWS][96];
};

/* y follows x, the label which half x is in; now and then one of them is missing. */
static void
make_rows(struct made *m)
{
	struct rng r = { 31 };

	text_add(&m->csv, "x,y,word,label\n");
	for (int i = 0; i < ROWS; i++) {
		double x = 10 * rng_uniform(&r), y = 2 * x + rng_normal(&r);
		const char *word = i % 3 == 0 ? "red" : "green";
		const char *label = x + rng_normal(&r) > 5 ? "yes" : "no";

		text_addf(&m->csv, "%.4f,%.4f,%s,%s\n", x, y, word, i % 17 == 0 ? "" : label);
		snprintf(m->json[i], sizeof m->json[i],
		    "{\"x\":%.4f,\"y\":%.4f,\"word\":\"%s\"%s%s%s}", x, y, word,
		    i % 17 == 0 ? "" : ",\"label\":\"", i % 17 == 0 ? "" : label,
		    i % 17 == 0 ? "" : "\"");
	}
}

static void
check_row(struct rig *rig, const char *json)
{
	struct told told = { .n = 0 };
	struct error err = { 0 };

	ck_assert_msg(engine_what_if(rig->engine, 0, json, strlen(json), tell, &told, &err) == 0,
	    "%s: %s", json, err.text);
	rig_rows(rig, 1, 0, 0);
	ck_assert_int_eq(told.n, engine_kpis(rig->engine));
	for (int k = 0; k < told.n; k++) {
		double came = engine_kpi_value(rig->engine, k);

		ck_assert_msg(memcmp(&told.v[k], &came, sizeof came) == 0 ||
				  (number_missing(told.v[k]) && number_missing(came)),
		    "%s of %s: %.17g asked, %.17g came", engine_kpi(rig->engine, k)->name, json,
		    told.v[k], came);
	}
}

START_TEST(asked_is_as_it_comes)
{
	static const struct rig_options options[] = {
		{ .kpis = { "predict(y, x, word)", "predict_upper(y, x, delay=5, method=linear)",
		      "classify(label, x, word)", "proba(label, x, value=\"yes\")" } },
		{ .kpis = { "expected(y)", "forecast(x, 3, method=holt)", "anomaly(y)",
		      "accuracy(label, classify(label, x, method=nb), 50)" } },
		{ .kpis = { "mae(y, predict(y, x, method=knn), 50)", "drift(y)", "cluster(3, x, y)",
		      "p95(y, 40)" } },
	};
	struct made made = { .csv = { 0 } };
	struct rig rig;

	make_rows(&made);
	rig_open(&rig, text_get(&made.csv), &options[_i]);
	rig_rows(&rig, 1, 0, 0); /* the columns are known */
	for (int i = 1; i < ROWS; i++)
		check_row(&rig, made.json[i]);
	rig_close(&rig);
	text_done(&made.csv);
}
END_TEST

int
main(void)
{
	Suite *s = suite_create("what if");
	TCase *t = tcase_create("all");

	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, asked_is_as_it_comes, 0, 3);
	suite_add_tcase(s, t);
	return support_run(s);
}
