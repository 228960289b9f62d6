/* pane_options.c - what a pane's of: and kpis: name, as lines that can be drawn. */
#include "widgets/pane_options.h"

#include <string.h>

#include "widgets/name_lists.h"

const char *
pane_option_option(const struct widget *w, int param)
{
	return w->values != NULL && w->values[param].text != NULL ? w->values[param].text : "";
}

int
pane_option_lines(const struct view *v, const char *of, const struct series **out, int most)
{
	const struct series *s = view_selected(v);
	const char *name;
	size_t len;
	int n = 0;

	if (of == NULL || *of == '\0') {
		if (s != NULL && most > 0)
			out[n++] = s;
		return n;
	}
	/* a KPI may have a comma in its name */
	if ((s = view_line(v, of, strlen(of))) != NULL && most > 0) {
		out[0] = s;
		return 1;
	}
	while (n < most && (len = list_next(&of, &name)) > 0)
		if ((s = view_line(v, name, len)) != NULL)
			out[n++] = s;
	return n;
}

static bool
is_word(const char *word, const char *name, size_t n)
{
	return word != NULL && strlen(word) == n && memcmp(word, name, n) == 0;
}

/* The line of the default KPI "name" of the column; NULL: none was asked for. */
static const struct series *
statistic(const struct view *v, const struct series *column, const char *name, size_t n)
{
	for (int i = v->nseries; i < v->nseries + v->nlines; i++) {
		const struct series *s = &v->series[i];
		const struct kpi *kpi = engine_kpi(v->engine, s->kpi_of);

		if (kpi->source == column->source && kpi->column == column->column &&
		    is_word(kpi->op, name, n))
			return s;
	}
	return NULL;
}

int
pane_option_kpis(
    const struct view *v, const char *of, const char *kpis, const struct series **out, int most)
{
	const struct series *columns[SERIES_KPIS], *s;
	int n = 0, ncolumns = pane_option_lines(v, of, columns, SERIES_KPIS);
	const char *name;
	size_t len;

	if (*kpis != '\0' && (s = view_line(v, kpis, strlen(kpis))) != NULL && most > 0) {
		out[0] = s;
		return 1;
	}
	while ((len = list_next(&kpis, &name)) > 0) {
		s = view_line(v, name, len);
		if (s != NULL && n < most)
			out[n++] = s;
		for (int i = 0; s == NULL && i < ncolumns && n < most; i++)
			if ((out[n] = statistic(v, columns[i], name, len)) != NULL)
				n++;
	}
	return n;
}

const struct series *
pane_option_line(const struct view *v, const struct widget *w, int of, int kpis)
{
	const char *names = pane_option_option(w, kpis);
	const struct series *s = NULL;

	if (*names != '\0')
		pane_option_kpis(v, pane_option_option(w, of), names, &s, 1);
	else
		pane_option_lines(v, pane_option_option(w, of), &s, 1);
	return s;
}

struct view
pane_option_focus(const struct view *v, const struct widget *w, int of)
{
	struct view own = *v;
	const struct series *s = NULL;

	if (pane_option_lines(v, pane_option_option(w, of), &s, 1) > 0 &&
	    s - v->series < v->nseries)
		own.selected = (int)(s - v->series);
	return own;
}
