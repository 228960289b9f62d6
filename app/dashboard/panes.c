/* panes.c - the views' panes as long as the dashboard lives: their widgets, with
 * parameters and state. */
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/dashboard_parts.h"

int
view_count(void)
{
	int n = 0;

	while (view_classes[n] != NULL)
		n++;
	return n;
}

const struct view_class *
view_at(const struct dashboard *d, int i)
{
	return i == 0 && d->custom.panes != NULL ? &d->custom.class : view_classes[i];
}

const struct view_class *
view_shown(const struct dashboard *d)
{
	return view_at(d, d->shown);
}

/* The parameters of a pane of ours: their defaults, but for the one that it gives. */
static void
fill_values(struct placed *placed, const struct pane *pane)
{
	const struct param *params = pane->class->params;
	int n = 0;

	while (params != NULL && params[n].name != NULL)
		n++;
	if (n > 0)
		placed->values = memory_zero((size_t)n, sizeof *placed->values);
	for (int i = 0; i < n; i++) {
		bool given = pane->option != NULL && strcmp(pane->option, params[i].name) == 0;
		const char *text = given ? pane->value : params[i].fallback;

		if (text != NULL && *text != '\0')
			value_parse(&placed->values[i], &params[i], text, NULL);
	}
	placed->widget.values = placed->values;
}

/* told: what a dashboard file says of it; NULL. */
static void
place_new(struct placed *placed, const struct pane *pane, const struct config_pane *told,
    const struct view *view)
{
	size_t size = pane->class->size > 0 ? pane->class->size : 1;

	placed->widget = (struct widget){ .class = pane->class, .state = memory_zero(1, size) };
	if (told != NULL) {
		placed->widget.values = told->values;
		placed->widget.title = told->title;
	} else
		fill_values(placed, pane);
	if (pane->class->init != NULL)
		pane->class->init(&placed->widget, view, NULL);
}

static void
place_free(struct placed *placed)
{
	const struct widget_class *class = placed->widget.class;

	if (class->done != NULL)
		class->done(&placed->widget);
	for (int i = 0; placed->values != NULL && class->params[i].name != NULL; i++)
		value_done(&placed->values[i]);
	free(placed->values);
	free(placed->widget.state);
}

int
pane_count(const struct view_class *v)
{
	int n = 0;

	while (v->panes[n].class != NULL)
		n++;
	return n;
}

void
view_open(struct dashboard *d, int view)
{
	const struct view_class *class = view_at(d, view);
	bool custom = class == &d->custom.class;
	int n = pane_count(class);

	d->placed[view] = memory_zero((size_t)n, sizeof **d->placed);
	for (int i = 0; i < n; i++)
		place_new(&d->placed[view][i], &class->panes[i], custom ? d->custom.told[i] : NULL,
		    &d->view);
}

void
view_close(struct dashboard *d, int view)
{
	int n = pane_count(view_at(d, view));

	for (int i = 0; i < n; i++)
		place_free(&d->placed[view][i]);
	free(d->placed[view]);
}
