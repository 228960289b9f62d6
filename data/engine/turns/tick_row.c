/* tick_row.c - what a tick has to tell, told of the last row: with its number and its values. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

/* The value of a column at the key's last row, as far as the plan reads it; else missing. */
static double
last_value(const struct engine *e, const struct stream *s, const struct key_state *k, int column)
{
	const struct query_source *source = &e->query->sources[s->index];

	for (int i = 0; i < e->query->nderived && column >= s->own->n; i++)
		if (e->query->derived[i].source == s->index &&
		    e->query->derived[i].column == column)
			return graph_value(k->graph, e->query->derived[i].root);
	for (int i = 0; i < plan_nodes(source->plan) && column < s->own->n; i++) {
		const struct node *node = plan_node_at(source->plan, i);

		if (node->class == NULL && node->column == column)
			return graph_node_value(k->graph, i);
	}
	return NAN;
}

static void
set_cell(const struct engine *e, struct block *b, int column, double v)
{
	const char *text;

	switch (b->schema->columns[column].type) {
	case COLUMN_NUMBER:
		b->cells[column].number[0] = v;
		return;
	case COLUMN_TIME:
		/* as seconds in a double it is right to the microsecond */
		b->cells[column].time[0] =
		    number_missing(v) ? TIME_NONE : (int64_t)(v * 1e6 + 0.5) * 1000;
		return;
	case COLUMN_TEXT:
		b->cells[column].text[0] = (struct cell_text){ NULL, 0 };
		if (number_missing(v))
			return;
		text = names_text(e->names, v);
		b->cells[column].text[0] = block_text(b, text, strlen(text));
		return;
	}
}

void
tick_tell(struct engine *e, struct stream *s, struct key_state *k, int rule, int64_t time)
{
	const struct rule *r = &e->query->rules[rule];
	const struct schema *shown = &e->query->sources[s->index].shown;
	bool *used = memory_zero((size_t)shown->n + 1, sizeof *used);
	struct key_state *now = s->now;
	struct event event = { .type = EVENT_ALERT,
		.source = s->index,
		.row = s->row,
		.time = s->own->stamps_tell ? time : TIME_NONE,
		.key = k->key,
		.rule = rule,
		.state = k->alerts[rule].state,
		.column = -1 };
	struct block *b;

	for (int i = 0; i < r->ncolumns; i++)
		used[r->columns[i]] = true;
	b = block_new(shown, used);
	b->n = 1;
	b->first_row = s->row;
	b->time[0] = time;
	for (int i = 0; i < shown->n; i++)
		if (used[i])
			set_cell(e, b, i, last_value(e, s, k, i));
	event.block = b;
	s->now = k; /* the event is of this key */
	dispatch(e, &event);
	s->now = now;
	block_free(b);
	free(used);
}
