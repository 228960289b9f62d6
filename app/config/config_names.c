/* config_names.c - the names in a dashboard file against the columns of its sources, its KPIs and
 * its rules: what a pane cannot show is wrong before it shows nothing. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_names.h"
#include "app/config/config_parts.h"
#include "data/base/params/suggest.h"
#include "widgets/name_lists.h"
#include "widgets/pane_options.h"

struct name { /* one of a list, and where the list stands */
	const struct query *query;
	const struct yaml_report *report;
	struct yaml_place at;
	const char *s;
};

/* --- what a name is --------------------------------------------------------------------------- */

/* "column" or "source.column"; NULL: there is none. */
static const struct column *
find_column(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nsources; i++) {
		const struct schema *schema = &q->sources[i].shown;
		size_t n = strlen(schema->source);
		int column = schema_find(schema, name);

		if (column < 0 && strncmp(name, schema->source, n) == 0 && name[n] == '.')
			column = schema_find(schema, name + n + 1);
		if (column >= 0)
			return &schema->columns[column];
	}
	return NULL;
}

static const struct kpi *
find_kpi(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].op == NULL && strcmp(q->kpis[i].name, name) == 0)
			return &q->kpis[i];
	return NULL;
}

static bool
is_rule(const struct query *q, const char *name)
{
	for (int i = 0; i < q->nrules; i++)
		if (strcmp(q->rules[i].rule.name, name) == 0)
			return true;
	return false;
}

/* One of "x|y|z". */
static bool
is_word(const char *name, const char *words)
{
	for (size_t n; *words != '\0'; words += n, words += *words == '|') {
		n = strcspn(words, "|");
		if (strlen(name) == n && memcmp(words, name, n) == 0)
			return true;
	}
	return false;
}

/* --- one name --------------------------------------------------------------------------------- */

static int
unknown(const struct name *n, const char *what)
{
	const struct query *q = n->query;
	struct suggestion near = { 0 };

	for (int i = 0; i < q->nsources; i++)
		for (int c = 0; c < q->sources[i].shown.n; c++)
			suggest(&near, n->s, q->sources[i].shown.columns[c].name);
	for (int i = 0; i < q->nkpis; i++)
		if (q->kpis[i].op == NULL)
			suggest(&near, n->s, q->kpis[i].name);
	if (near.word != NULL)
		return yaml_wrong(
		    n->report, n->at, "no %s '%.60s' (did you mean '%s'?)", what, n->s, near.word);
	return yaml_wrong(
	    n->report, n->at, "no %s '%.60s' (expected one of the sources)", what, n->s);
}

static int
check_column(const struct name *n, bool number)
{
	const struct column *column = find_column(n->query, n->s);

	if (column == NULL && find_kpi(n->query, n->s) != NULL)
		return yaml_wrong(n->report, n->at, "'%.60s' is a KPI (expected a column)", n->s);
	if (column == NULL)
		return unknown(n, "column");
	if (number && column->type != COLUMN_NUMBER)
		return yaml_wrong(n->report, n->at, "'%.60s' is a column of %ss (expected numbers)",
		    n->s, column_type_name(column->type));
	return 0;
}

static int
check_line(const struct name *n)
{
	const struct kpi *kpi = find_kpi(n->query, n->s);

	if (kpi == NULL)
		return check_column(n, true);
	if (kpi->result != RESULT_NUMBER)
		return yaml_wrong(
		    n->report, n->at, "the KPI '%.60s' is a text (expected a number)", n->s);
	return 0;
}

static int
check_statistic(const struct name *n)
{
	if (is_word(n->s, STATISTICS))
		return 0;
	if (find_kpi(n->query, n->s) != NULL || find_column(n->query, n->s) != NULL)
		return check_line(n);
	return yaml_wrong(
	    n->report, n->at, "no KPI '%.60s' (expected a KPI, or some of %s)", n->s, STATISTICS);
}

static int
check_name(const struct name *n, enum naming naming, const char *words)
{
	switch (naming) {
	case NAMES_LINE:
	case NAMES_LINES:
	case NAMES_PAIR:
		return check_line(n);
	case NAMES_SERIES:
	case NAMES_SERIESES:
		return check_column(n, true);
	case NAMES_TEXT:
	case NAMES_COLUMNS:
		return check_column(n, false);
	case NAMES_RULES:
		return is_rule(n->query, n->s) ? 0 : check_column(n, false);
	case NAMES_SUBJECT:
		if (is_rule(n->query, n->s) || find_kpi(n->query, n->s) != NULL)
			return 0;
		return check_column(n, true);
	case NAMES_STATISTIC:
	case NAMES_STATISTICS:
		return check_statistic(n);
	case NAMES_WORDS:
		if (!is_word(n->s, words))
			return yaml_wrong(n->report, n->at,
			    "'%.60s' is not shown here (expected some of %s)", n->s, words);
		return 0;
	case NAMES_NONE:
		break;
	}
	return 0;
}

/* --- panes ------------------------------------------------------------------------------------ */

/* How many names it has to be; 0: any number. */
static int
count_of(enum naming naming)
{
	switch (naming) {
	case NAMES_LINE:
	case NAMES_SERIES:
	case NAMES_TEXT:
	case NAMES_STATISTIC:
		return 1;
	case NAMES_PAIR:
		return 2;
	default:
		return 0;
	}
}

static int
check_list(struct name n, const char *list, enum naming naming, const char *words)
{
	const char *at = list, *name;
	int count = 0, status = 0;
	size_t len;
	char *s;

	/* such as "mean(x, 60)": a KPI may have a comma in its name */
	n.s = list;
	if (naming == NAMES_SUBJECT || find_kpi(n.query, list) != NULL)
		return check_name(&n, naming, words);
	while (status == 0 && (len = list_next(&at, &name)) > 0) {
		n.s = s = memory_text(name, len);
		status = check_name(&n, naming, words);
		free(s);
		count++;
	}
	if (status == 0 && count_of(naming) > 0 && count != count_of(naming))
		return yaml_wrong(n.report, n.at, "%d name%s (expected %s)", count,
		    count == 1 ? "" : "s", count_of(naming) == 1 ? "one" : "two");
	return status;
}

static const char *
words_of(const struct param *params, const char *name)
{
	for (; params != NULL && params->name != NULL; params++)
		if (strcmp(params->name, name) == 0 && params->choices != NULL)
			return params->choices;
	return "";
}

/* Options of a widget's own that name a column: x and y. */
static int
check_edges(const struct config_pane *pane, struct name n)
{
	const struct param *p = pane->class->params;

	for (int i = 0; pane->class->of == NAMES_PAIR && p[i].name != NULL; i++) {
		const char *text = pane->values[i].text;

		if (p[i].fallback != NULL || text == NULL || *text == '\0')
			continue;
		if (check_list(n, text, NAMES_LINE, "") != 0)
			return -1;
	}
	return 0;
}

static int
check_pane(const struct query *q, const struct config_pane *pane, const struct yaml_report *r)
{
	const struct widget_class *class = pane->class;
	/* bars count the texts of a column, or compare statistics of several */
	enum naming of = class->of == NAMES_TEXT && pane->kpis != NULL ? NAMES_SERIESES : class->of;
	struct name n = { .query = q, .report = r, .at = pane->of_at };

	if (pane->of != NULL && check_list(n, pane->of, of, "") != 0)
		return -1;
	n.at = pane->kpis_at;
	if (pane->kpis != NULL &&
	    check_list(n, pane->kpis, class->kpis, words_of(class->params, "kpis")) != 0)
		return -1;
	n.at = pane->at;
	return check_edges(pane, n);
}

static int
check_all(const struct config *c, const struct query *q, const struct yaml_report *report)
{
	int status = 0;

	for (int i = 0; i < c->ncolumns && (status == 0 || report->all != NULL); i++) {
		struct name n = { q, report, c->columns[i].at, c->columns[i].name };

		if (n.s != NULL && find_column(q, n.s) == NULL)
			status = unknown(&n, "column");
	}
	for (int i = 0; i < c->nlayout; i++)
		for (int k = 0; k < c->layout[i].npanes && (status == 0 || report->all != NULL);
		     k++)
			if (c->layout[i].panes[k].values != NULL &&
			    check_pane(q, &c->layout[i].panes[k], report) != 0)
				status = -1;
	return status;
}

int
config_check_names(const struct config *c, const struct query *q, struct error *err)
{
	return check_all(c, q, &(struct yaml_report){ c->path, c->bytes, c->len, err, NULL });
}

void
config_check_all_names(const struct config *c, const struct query *q, struct errors *errors)
{
	struct error err;

	check_all(c, q, &(struct yaml_report){ c->path, c->bytes, c->len, &err, errors });
}
