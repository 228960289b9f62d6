/* widget.c - the table of widgets, and what they all ask of a view. */
#include "widgets/widget.h"

#include <math.h>
#include <string.h>
#include <strings.h>

#include "widgets/list.h"

#define WIDGET(name) extern const struct widget_class widget_##name;
WIDGET_LIST(WIDGET)
#undef WIDGET

#define WIDGET(name) &widget_##name,
const struct widget_class *const widget_classes[] = { WIDGET_LIST(WIDGET) NULL };
#undef WIDGET

const struct widget_class *
widget_class_find(const char *name)
{
	for (const struct widget_class *const *c = widget_classes; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

uint64_t
view_end(const struct view *v, int source)
{
	uint64_t end = history_end(v->history, source);

	return v->frozen != NULL && v->frozen[source] < end ? v->frozen[source] : end;
}

bool
view_shows(const struct view *v, int series)
{
	return v->filter == NULL || strcasestr(v->series[series].name, v->filter) != NULL;
}

const struct series *
view_selected(const struct view *v)
{
	return v->selected >= 0 && v->selected < v->nseries ? &v->series[v->selected] : NULL;
}

double
view_last(const struct view *v, int source, int track)
{
	uint64_t end = view_end(v, source);

	if (track < 0 || end == 0 || end <= history_begin(v->history, source))
		return NAN;
	return history_at(v->history, track, end - 1);
}

bool
view_has_times(const struct view *v, int source)
{
	const struct schema *schema = engine_schema(v->engine, source);

	return schema != NULL && schema->stamps_tell;
}
