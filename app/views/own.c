/* own.c - the layout of a dashboard file, as panes. */
#include "app/views/own.h"

struct pane *
own_panes(const struct config *c)
{
	size_t n = 3; /* status, keys, and the end */
	struct pane *panes, *p;

	if (c == NULL || c->nlayout == 0)
		return NULL;
	for (int i = 0; i < c->nlayout; i++)
		n += (size_t)c->layout[i].npanes;
	p = panes = memory_zero(n, sizeof *panes);
	*p++ = (struct pane){ .class = &widget_status, .width = 1 };
	for (int i = 0; i < c->nlayout; i++) {
		const struct config_row *row = &c->layout[i];

		for (int k = 0; k < row->npanes; k++)
			*p++ = (struct pane){ .class = row->panes[k].class, .row = i + 1,
				.height = row->height, .width = row->panes[k].width,
				.own = &row->panes[k] };
	}
	*p = (struct pane){ .class = &widget_hints, .row = c->nlayout + 1, .width = 1 };
	return panes;
}
