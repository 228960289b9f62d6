/* custom.c - the view of a dashboard file: its layout stands in the place of the overview.
 *
 * It has the overview's key and moves the same focus; the first and the last line are those of
 * every view. Panes beyond PANES_MAX are left out, as is what finds no room on the screen. */
#include "app/views/custom.h"

#include <stdlib.h>

/* Many charts are worth more than large ones; without its notes and keys nobody knows what they
 * show. */
static const struct room rooms[] = { { &widget_chart, 30, 4, 50 }, { &widget_note, 12, 1, 70 },
	{ &widget_hints, 16, 1, 72 }, { 0 } };

static int
add_row(struct custom *c, const struct config_row *row, int number, int n)
{
	for (int i = 0; i < row->npanes && n < PANES_MAX - 1; i++, n++) {
		const struct config_pane *pane = &row->panes[i];

		c->panes[n] = (struct pane){ .class = pane->class,
			.row = number,
			.height = row->height,
			.width = pane->width };
		c->told[n] = pane;
	}
	return n;
}

bool
custom_init(struct custom *c, const struct config *config)
{
	int n = 0;

	if (config->nlayout == 0)
		return false;
	*c = (struct custom){ .class = view_overview };
	c->class.name = "dashboard";
	c->class.rooms = rooms;
	c->class.help = "the dashboard file's own view";
	c->class.panes = c->panes = memory_zero(PANES_MAX + 1, sizeof *c->panes);
	c->panes[n++] = (struct pane){ .class = &widget_status, .width = 1 };
	for (int i = 0; i < config->nlayout; i++)
		n = add_row(c, &config->layout[i], i + 1, n);
	c->panes[n] =
	    (struct pane){ .class = &widget_hints, .row = config->nlayout + 1, .width = 1 };
	return true;
}

void
custom_done(struct custom *c)
{
	free(c->panes);
	*c = (struct custom){ 0 };
}
