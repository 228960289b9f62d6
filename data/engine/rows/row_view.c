/* row_view.c - the rows of a block as those see them who read more than came: the plan of a source
 * also the columns joined from others, the listeners also the derived ones.
 *
 * A view has the block's own cells where they stand, and cells of its own behind them; so looking
 * at a row costs a pointer a column and no copy. */
#include <stdlib.h>
#include <string.h>

#include "data/engine/engine_parts.h"

void
row_view_fit(struct row_view *v, const struct query_source *s)
{
	int derived = s->shown.n - s->own->n;

	v->shown = memory_grow(v->shown, (size_t)s->shown.n + 1, sizeof *v->shown);
	v->inner = memory_grow(v->inner, (size_t)s->inner.n + 1, sizeof *v->inner);
	v->nshown = s->shown.n;
	v->ninner = s->inner.n;
	v->derived = memory_grow(v->derived, (size_t)derived + 1, sizeof *v->derived);
	for (; v->nderived < derived; v->nderived++)
		v->derived[v->nderived].text = memory_zero(BLOCK_ROWS, sizeof(struct cell_text));
	for (int i = 0; i < derived; i++)
		v->shown[s->own->n + i] = v->derived[i];
}

void
row_view_done(struct row_view *v)
{
	for (int i = 0; i < v->nderived; i++)
		free(v->derived[i].text);
	free(v->derived);
	free(v->shown);
	free(v->inner);
	*v = (struct row_view){ 0 };
}

/* The stream's block with its own columns first among so many cells. */
static struct block
view_of(struct engine *e, const struct stream *s, const struct schema *schema, union cells *cells)
{
	struct block view = *s->block;

	view.schema = schema;
	view.time = e->times.time;
	view.shift = e->times.shift[s->at];
	view.cells = cells;
	memcpy(cells, s->block->cells, (size_t)s->own->n * sizeof *cells);
	return view;
}

struct block
row_view_inner(struct engine *e, struct stream *s, int n)
{
	struct block view = view_of(e, s, &e->query->sources[s->index].inner, s->view.inner);

	for (int i = 0; i < e->query->njoined; i++) {
		const struct joined *j = &e->query->joined[i];

		if (j->to != s->index)
			continue;
		joined_value_fill(&e->joined[i], j->type, s->at, n);
		view.cells[j->inner] = e->joined[i].cells;
	}
	return view;
}

/* A derived column is computed by the graph; those who look read it as a column like the others. */
static void
fill_derived(struct engine *e, struct stream *s, const struct derivation *d, int n)
{
	bool known = !s->late || plan_plain(e->query->sources[s->index].plan, d->root);
	const double *out = known ? graph_out(s->now->graph, d->root) : e->missing;
	union cells cells = s->view.shown[d->column];

	if (e->query->sources[s->index].shown.columns[d->column].type == COLUMN_NUMBER) {
		memcpy(cells.number + s->at, out, (size_t)n * sizeof *out);
		return;
	}
	for (int i = 0; i < n; i++) {
		const char *text = number_missing(out[i]) ? NULL : names_text(e->names, out[i]);

		cells.text[s->at + i].s = text;
		cells.text[s->at + i].n = text != NULL ? (uint32_t)strlen(text) : 0;
	}
}

struct block
row_view_shown(struct engine *e, struct stream *s, int n)
{
	struct block view = view_of(e, s, &e->query->sources[s->index].shown, s->view.shown);

	for (int i = 0; i < e->query->nderived; i++) {
		const struct derivation *d = &e->query->derived[i];

		if (d->source == s->index && d->column >= 0)
			fill_derived(e, s, d, n);
	}
	return view;
}
