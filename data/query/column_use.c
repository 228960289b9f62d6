/* column_use.c - which columns of a source are read by what is asked for: the others need not be
 * made. */
#include "data/query/query_parts.h"

void
query_reads(const struct query *q, int source, bool *used)
{
	const struct query_source *s = &q->sources[source];

	plan_reads(s->plan, used);
	if (s->own->time >= 0)
		used[s->own->time] = true;
	if (s->by >= 0)
		used[s->by] = true;
	for (int r = 0; r < q->nrules; r++) /* an alert tells the values that its rule names */
		for (int c = 0; c < q->rules[r].ncolumns && q->rules[r].source == source; c++)
			if (q->rules[r].columns[c] < s->own->n)
				used[q->rules[r].columns[c]] = true;
	for (int i = 0; i < q->njoined; i++)
		if (q->joined[i].from == source && q->joined[i].column < s->own->n)
			used[q->joined[i].column] = true;
}
