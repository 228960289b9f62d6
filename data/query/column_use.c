/* column_use.c - which columns of a source anybody reads: the others need not be made.
 *
 * Expressions and options name theirs. Who follows rows, as a screen and row events do, may read
 * any of them. */
#include <stdlib.h>

#include "data/base/error.h"
#include "data/engine/engine_parts.h"

static bool
rows_are_followed(const struct engine *e)
{
	for (int i = 0; i < e->nlisteners; i++)
		if (e->listeners[i].rows != NULL)
			return true;
	return (e->wants & EVENT_ROW) != 0;
}

static void
use_some(const struct engine *e, const struct stream *s)
{
	bool *used = memory_zero((size_t)s->inner.n + 1, sizeof *used);

	plan_reads(s->plan, used);
	if (s->own->time >= 0)
		used[s->own->time] = true;
	if (s->by >= 0)
		used[s->by] = true;
	for (int r = 0; r < e->nrules; r++) /* an alert tells the values that its rule names */
		for (int c = 0; c < e->rules[r].ncolumns && e->rules[r].source == s->index; c++)
			if (e->rules[r].columns[c] < s->own->n)
				used[e->rules[r].columns[c]] = true;
	for (int i = 0; i < e->njoined; i++)
		if (e->joined[i]->from == s->index && e->joined[i]->column < s->own->n)
			used[e->joined[i]->column] = true;
	feed_use(s->feed, used);
	free(used);
}

void
engine_use(struct engine *e)
{
	bool all = rows_are_followed(e);

	for (int i = 0; i < e->nstreams && e->bound; i++) {
		const struct stream *s = e->streams[i];

		if (s->own == NULL || s->own->n == 0)
			continue;
		if (all)
			feed_use(s->feed, NULL);
		else
			use_some(e, s);
	}
}
