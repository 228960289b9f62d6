/* pane_options.h - what a pane's of: and kpis: name, as lines that can be drawn. */
#ifndef WEIR_PANE_OPTIONS_H
#define WEIR_PANE_OPTIONS_H

#include "widgets/widget.h"

/* Of a number column, where the default KPIs are computed: what kpis: may say beside own KPIs. */
#define STATISTICS "last|mean|sd|min|max|p95|expected|lower|upper"

/* The columns and KPIs that "a, b" names, in this order; empty or NULL: the series that has the
 * focus. Returns how many, at most `most`. Names that are none are left out. */
int pane_option_lines(const struct view *, const char *of, const struct series **out, int most);
/* What kpis: names: a KPI of the user's own, or a statistic of each column that of: names. */
int pane_option_kpis(
    const struct view *, const char *of, const char *kpis, const struct series **out, int most);
/* The one line of a pane: of kpis: where that is said, else of of:; NULL. */
const struct series *pane_option_line(const struct view *, const struct widget *, int of, int kpis);
/* The text of a parameter; "" when it was left out. */
const char *pane_option_option(const struct widget *, int param);
/* The view with the focus on the series that parameter `of` names, where it names one. */
struct view pane_option_focus(const struct view *, const struct widget *, int of);

#endif
