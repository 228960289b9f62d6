/* forecasts.c - which operator forecasts a column, in the state of a key. */
#include <string.h>

#include "data/engine/engine_parts.h"
#include "data/expr/expr.h"

/* How the plan writes the column: what it is computed from, where it is derived. */
static const char *
column_key(const struct query *q, int source, int column, struct text *text)
{
	const struct query_source *s = &q->sources[source];
	struct expr name = { .kind = EXPR_NAME };

	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].source == source && q->derived[i].column == column)
			return plan_node(s->plan, q->derived[i].root)->key;
	name.text = s->shown.columns[column].name;
	expr_print(&name, text);
	return text_get(text);
}

/* ".forecaster(temperature, auto, ...)" is one of temperature. */
static bool
forecasts(const struct op *op, const char *key)
{
	const char *own = op->node->key + strcspn(op->node->key, "(");
	size_t n = strlen(key);

	return op->node->class == &op_forecaster && *own == '(' && strncmp(own + 1, key, n) == 0 &&
	       (own[n + 1] == ',' || own[n + 1] == ')');
}

/* Of several methods on one column the default one, else the one asked for first. */
static const struct op *
best_of(const struct op *const *speakers, int n, const char *key)
{
	const struct op *found = NULL;

	for (int i = 0; i < n; i++) {
		const struct op *op = speakers[i];

		if (forecasts(op, key) &&
		    (found == NULL ||
			(op_choice(op, "method", "auto") && !op_choice(found, "method", "auto"))))
			found = op;
	}
	return found;
}

const struct op *
column_forecaster(const struct engine *e, int source, const struct key_state *k, int column)
{
	const struct op *const *speakers;
	const struct op *found;
	struct text text = { 0 };
	int n;

	if (k == NULL || e->query->sources[source].shown.columns[column].type != COLUMN_NUMBER)
		return NULL;
	n = graph_speakers(k->graph, &speakers);
	if (n == 0)
		return NULL;
	found = best_of(speakers, n, column_key(e->query, source, column, &text));
	text_done(&text);
	return found;
}
