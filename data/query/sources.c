/* sources.c - what a source looks like: to those who read its rows, and to its plan. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

/* Two recordings of the same name are told apart as two columns of the same name are: "v", "v#2".
 */
static char *
unique_name(const struct query *q, int source)
{
	const char *own = q->sources[source].own->source;
	struct text name = { 0 };
	int copies = 1;

	text_add(&name, own);
	for (int i = 0; i < source; i++) {
		if (strcmp(q->sources[i].shown.source, text_get(&name)) != 0)
			continue;
		text_clear(&name);
		text_addf(&name, "%s#%d", own, ++copies);
		i = -1;
	}
	return name.s;
}

static struct column *
copy_columns(const struct schema *schema)
{
	size_t n = (size_t)schema->n;
	struct column *columns = memory_new(n, sizeof *columns);

	if (n > 0) /* a source that was ended has none any more */
		memcpy(columns, schema->columns, n * sizeof *columns);
	return columns;
}

static void
source_shape(struct query *q, int source, const char *name)
{
	struct query_source *s = &q->sources[source];

	s->shown = *s->own;
	s->shown.source = name != NULL ? memory_text(name, strlen(name)) : unique_name(q, source);
	s->shown.columns = copy_columns(s->own);
	s->inner = s->shown;
	s->inner.columns = copy_columns(s->own);
	for (int c = 0; c < s->own->n; c++)
		name_index_add(
		    &s->columns, s->own->columns[c].name, strlen(s->own->columns[c].name));
	s->by = q->by != NULL ? schema_find(s->own, q->by) : -1;
}

/* The plans keep pointers to the inner schemas, which must not move any more. */
static void
make_plans(struct query *q)
{
	for (int i = 0; i < q->nsources; i++) {
		struct query_source *s = &q->sources[i];

		plan_free(s->plan);
		s->plan = plan_new(&s->inner, q->names, q->options.window);
		plan_horizon(s->plan, q->options.horizon);
		plan_compact(s->plan, s->by >= 0);
		plan_stamps(s->plan, q->options.trail_times);
	}
}

int
query_first(const struct query *q)
{
	int i = 0;

	while (i < q->nsources - 1 && q->sources[i].gone)
		i++;
	return i;
}

int
known_sources(const struct query *q)
{
	int known = q->bound ? q->asking : q->first;

	return known > 0 ? known : q->nsources;
}

bool
query_names_alone(const struct query *q, int source, const char *name)
{
	int n = source < q->first ? q->first : q->nsources, sharing = 0;

	for (int i = 0; i < n; i++)
		sharing += name_index_find(&q->sources[i].columns, name, strlen(name)) >= 0;
	return sharing < 2;
}

void
query_end_source(struct query *q, int source)
{
	q->sources[source].gone = true;
}

void
source_add(struct query *q, const struct schema *own, const char *name)
{
	q->sources = memory_grow(q->sources, (size_t)q->nsources + 1, sizeof *q->sources);
	q->sources[q->nsources] = (struct query_source){ .own = own };
	source_shape(q, q->nsources++, name);
	make_plans(q);
}

void
query_add_source(struct query *q, const struct schema *own)
{
	source_add(q, own, NULL);
}

void
source_done(struct query_source *s)
{
	plan_free(s->plan);
	for (int i = s->own->n; i < s->inner.n; i++)
		free(s->inner.columns[i].name);
	name_index_done(&s->columns);
	free(s->shown.source);
	free(s->shown.columns);
	free(s->inner.columns);
}

void
source_show_column(struct query *q, struct derivation *d)
{
	struct query_source *s = &q->sources[d->source];
	struct schema *shown = &s->shown;
	bool is_text = plan_result(s->plan, d->root) == RESULT_TEXT;

	d->column = shown->n;
	shown->columns = memory_grow(shown->columns, (size_t)shown->n + 1, sizeof *shown->columns);
	shown->columns[shown->n++] =
	    (struct column){ .name = d->name, .type = is_text ? COLUMN_TEXT : COLUMN_NUMBER };
	name_index_add(&s->columns, d->name, strlen(d->name));
}

void
source_join(struct query *q, int from, int column, int to, const char *name)
{
	struct schema *inner = &q->sources[to].inner;
	struct joined j = { .from = from, .column = column, .to = to, .inner = inner->n };

	j.type = q->sources[from].shown.columns[column].type;
	inner->columns = memory_grow(inner->columns, (size_t)inner->n + 1, sizeof *inner->columns);
	inner->columns[inner->n] =
	    (struct column){ .name = memory_text(name, strlen(name)), .type = j.type };
	j.name = inner->columns[inner->n++].name;
	q->joined = memory_grow(q->joined, (size_t)q->njoined + 1, sizeof *q->joined);
	q->joined[q->njoined++] = j;
}
