/* methods.c - the table of the models that classify, and of the methods that users ask for. */
#include "data/ops/learn/models.h"

#include "data/ops/learn/features/shares.h"

/* --- members ---------------------------------------------------------------------------------- */

static void
member_bayes_fields(struct models *m, struct fields *f)
{
	bayes_fields(&m->bayes, f);
}

static void
member_bayes_predict(struct models *m, double *p)
{
	bayes_predict(&m->bayes, &m->row, p);
}

static void
member_bayes_learn(struct models *m, int class)
{
	bayes_learn(&m->bayes, &m->row, class);
}

static void
member_logistic_fields(struct models *m, struct fields *f)
{
	logistic_fields(&m->logistic, f);
	calibration_fields(&m->calibration, f);
	alarm_fields(&m->alarm, f);
}

static void
member_logistic_init(struct models *m)
{
	logistic_init(&m->logistic);
}

static void
member_logistic_predict(struct models *m, double *p)
{
	logistic_predict(&m->logistic, m->z, p);
	calibration_apply(&m->calibration, p);
}

static void
member_logistic_learn(struct models *m, int class)
{
	logistic_learn(&m->logistic, m->z, class);
	calibration_learn(&m->calibration, m->logistic.p, class);
	if (alarm_row(&m->alarm, shares_loss(m->logistic.p, m->shape.k, class)))
		logistic_doubt(&m->logistic);
}

static void
member_time_fields(struct models *m, struct fields *f)
{
	logistic_fields(&m->time, f);
}

static void
member_time_init(struct models *m)
{
	logistic_init(&m->time);
}

static void
member_time_predict(struct models *m, double *p)
{
	logistic_predict(&m->time, m->u, p);
}

static void
member_time_learn(struct models *m, int class)
{
	logistic_learn(&m->time, m->u, class);
}

static void
member_forest_fields(struct models *m, struct fields *f)
{
	forest_fields(&m->forest, f);
}

static void
member_forest_init(struct models *m)
{
	forest_init(&m->forest);
}

static int
member_forest_check(const struct models *m)
{
	return forest_check(&m->forest);
}

static void
member_forest_predict(struct models *m, double *p)
{
	forest_predict(&m->forest, &m->row, p);
}

static void
member_forest_learn(struct models *m, int class)
{
	forest_learn(&m->forest, &m->row, class);
}

static void
member_neighbours_fields(struct models *m, struct fields *f)
{
	neighbours_fields(&m->neighbours, f);
}

static int
member_neighbours_check(const struct models *m)
{
	return neighbours_check(&m->neighbours);
}

static void
member_neighbours_predict(struct models *m, double *p)
{
	neighbours_predict(&m->neighbours, &m->row, &m->markov, p);
}

static void
member_neighbours_learn(struct models *m, int class)
{
	neighbours_learn(&m->neighbours, &m->row, class, &m->scaler, &m->bayes, &m->markov);
}

static void
member_markov_fields(struct models *m, struct fields *f)
{
	markov_fields(&m->markov, f);
}

static void
member_markov_predict(struct models *m, double *p)
{
	markov_predict(&m->markov, &m->row, p);
}

static void
member_markov_learn(struct models *m, int class)
{
	markov_learn(&m->markov, &m->row, class);
}

static void
member_perceptron_fields(struct models *m, struct fields *f)
{
	perceptron_fields(&m->perceptron, f);
}

static void
member_perceptron_predict(struct models *m, double *p)
{
	perceptron_predict(&m->perceptron, m->u, p);
}

static void
member_perceptron_learn(struct models *m, int class)
{
	perceptron_learn(&m->perceptron, m->u, class);
}

static void
member_hoeffding_fields(struct models *m, struct fields *f)
{
	hoeffding_fields(&m->hoeffding, f);
}

static void
member_hoeffding_init(struct models *m)
{
	hoeffding_init(&m->hoeffding);
}

static int
member_hoeffding_check(const struct models *m)
{
	return hoeffding_check(&m->hoeffding);
}

static void
member_hoeffding_predict(struct models *m, double *p)
{
	hoeffding_predict(&m->hoeffding, &m->row, p);
}

static void
member_hoeffding_learn(struct models *m, int class)
{
	hoeffding_learn(&m->hoeffding, &m->row, class);
}

static void
member_last_predict(struct models *m, double *p)
{
	for (int c = 0; c < m->shape.k; c++)
		p[c] = m->before < 0 ? 1.0 / m->shape.k : c == m->before;
}

static void
member_majority_predict(struct models *m, double *p)
{
	markov_prior(&m->markov, p);
}

const struct member members[MEMBERS] = {
	[MEMBER_BAYES] = { "naive Bayes", member_bayes_fields, NULL, NULL, member_bayes_predict,
	    member_bayes_learn },
	[MEMBER_LOGISTIC] = { "logistic regression", member_logistic_fields, member_logistic_init,
	    NULL, member_logistic_predict, member_logistic_learn },
	[MEMBER_TIME] = { "logistic, with changes", member_time_fields, member_time_init, NULL,
	    member_time_predict, member_time_learn },
	[MEMBER_FOREST] = { "forest", member_forest_fields, member_forest_init, member_forest_check,
	    member_forest_predict, member_forest_learn },
	[MEMBER_NEIGHBOURS] = { "nearest rows", member_neighbours_fields, NULL,
	    member_neighbours_check, member_neighbours_predict, member_neighbours_learn },
	[MEMBER_MARKOV] = { "labels before", member_markov_fields, NULL, NULL,
	    member_markov_predict, member_markov_learn },
	[MEMBER_PERCEPTRON] = { "perceptron", member_perceptron_fields, NULL, NULL,
	    member_perceptron_predict, member_perceptron_learn },
	[MEMBER_HOEFFDING] = { "Hoeffding tree", member_hoeffding_fields, member_hoeffding_init,
	    member_hoeffding_check, member_hoeffding_predict, member_hoeffding_learn },
	[MEMBER_LAST] = { "last label", NULL, NULL, NULL, member_last_predict, NULL },
	[MEMBER_MAJORITY] = { "majority class", NULL, NULL, NULL, member_majority_predict, NULL },
};

/* --- methods ---------------------------------------------------------------------------------- */

enum { /* members as bits */
	BAYES = 1 << MEMBER_BAYES,
	LOGISTIC = 1 << MEMBER_LOGISTIC,
	TIME = 1 << MEMBER_TIME,
	FOREST = 1 << MEMBER_FOREST,
	NEIGHBOURS = 1 << MEMBER_NEIGHBOURS,
	MARKOV = 1 << MEMBER_MARKOV,
	PERCEPTRON = 1 << MEMBER_PERCEPTRON,
	HOEFFDING = 1 << MEMBER_HOEFFDING
};

const struct method methods[] = {
	{ "auto", "a mixture of the six models that see different things", MEMBERS,
	    BAYES | LOGISTIC | TIME | FOREST | NEIGHBOURS | MARKOV, CLASSES_MIXED },
	{ "hoeffding", "a decision tree that splits a leaf when it is sure enough",
	    MEMBER_HOEFFDING, HOEFFDING, CLASSES_MOST },
	{ "logistic", "a weighted sum of the scaled features for each class", MEMBER_LOGISTIC,
	    LOGISTIC, CLASSES_MOST },
	{ "nb", "naive Bayes: each class a mean and a spread of every feature", MEMBER_BAYES, BAYES,
	    CLASSES_MOST },
	{ "perceptron", "weighted sums that step only where they are wrong", MEMBER_PERCEPTRON,
	    PERCEPTRON, CLASSES_MOST },
	{ "knn", "the classes of the nearest of the last 1,024 rows", MEMBER_NEIGHBOURS,
	    NEIGHBOURS | BAYES | MARKOV, CLASSES_MOST },
	{ "forest", "12 trees of random tests, of which the worst is replaced", MEMBER_FOREST,
	    FOREST, CLASSES_MIXED },
	{ "last", "the label before, to compare with", MEMBER_LAST, 0, CLASSES_MOST },
	{ "majority", "the most frequent label so far, to compare with", MEMBER_MAJORITY, MARKOV,
	    CLASSES_MOST },
	{ 0 },
};
