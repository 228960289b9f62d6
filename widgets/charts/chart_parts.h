/* chart_parts.h - what the files of the chart share; nobody else includes it.
 *
 * chart.c         which rows and lines it shows, and on what axis
 * chart_axis.c    what it spans from below to above
 * chart_curves.c  what was expected at a row, or is to come
 * chart_draw.c    the picture of it
 * chart_rules.c   thresholds
 * chart_names.c   their names, where no line crosses them
 * chart_marks.c   signs of what happened at a row
 * chart_truth.c   where it is known to be odd
 * chart_tag.c     the value at the end of the line */
#ifndef WEIR_CHART_PARTS_H
#define WEIR_CHART_PARTS_H

#include "data/ops/forecast/forecast.h"
#include "widgets/charts/traces.h"

/* Thresholds that a chart shows at most, and with those at which their rules end. */
enum { THRESHOLDS_MOST = 8, RULE_LINES = 2 * THRESHOLDS_MOST, RULE_NAME = 128 };

/* Where the condition of a rule begins to hold, or where that ends. */
struct rule_line {
	int rule;
	bool clears;
	bool above; /* it holds above */
	int dot;    /* of the plot's height */
	/* Its name begins in this column of the plot, so many lines below; x -1: it has no room. */
	int x, down;
	bool brief; /* without the rule's name */
};

struct chart {
	struct traces traces;
	int track; /* of the first of them, which the rest is about; -1: nothing yet */
	struct follow y;
	struct range range; /* of a logarithmic axis */
	int rules;          /* that there were */
	struct rule_line lines[RULE_LINES];
	int nlines;
	struct plot plot;
	struct figures figures; /* of the tag at the line's end */
	int dots;               /* that it has room for */
	/* cells beside the plot: axes, names of the lines, the tag where it is not in the plot */
	int gutter, right, label_w, tag_w, tag_most;
	bool has_right, tagged;
	int horizon;
	uint64_t made; /* the row that the forecast begins with: those before it were known */
	double mean[HORIZON_MAX], lower[HORIZON_MAX], upper[HORIZON_MAX];
};

const struct series *chart_of(const struct chart *); /* the series that it is about */
int chart_dots_x(enum glyphs);                       /* dots of a cell, side by side */
int chart_dots_y(enum glyphs);
/* The first row shown that is still known. */
uint64_t chart_first_row(const struct chart *, const struct view *, int source);

enum curve { CURVE_EXPECTED, CURVE_LOWER, CURVE_UPPER };
/* What was predicted for a row, or is for one to come; missing where nothing was. */
double curve_at(const struct chart *, const struct view *, enum curve, uint64_t row);
/* The same at a dot, between two rows where rows are stretched. */
double curve_at_dot(const struct chart *, const struct view *, enum curve, int dot);

/* Settles the axes for the rows of the plot, h cells high. */
void chart_axis_update(struct chart *, const struct view *, bool logarithmic, int h);

/* The line of the plot's cells in which a value stands; may lie outside. */
int chart_cell_y(const struct chart *, const struct canvas *plot, double);
/* What a cell of the plot holds; NULL: it is outside. */
const struct cell *chart_cell(const struct canvas *plot, int x, int y);

/* Lines below a plot that are its axis, in a chart of that height. */
int chart_axis_lines(int height);

/* Finds the thresholds that a plot of w x h cells shows, and a place for the name of each. */
void chart_rules_update(struct chart *, const struct view *, int w, int h);
/* The thresholds, before the lines, which go over them. */
void chart_rules_draw(const struct chart *, const struct view *, const struct canvas *plot);
enum style chart_rule_style(const struct view *, int rule);

/* The line of cells in which a threshold stands in a plot of h lines. */
int chart_rule_y(const struct view *, const struct rule_line *, int h);
/* Finds a place for the name of line i, where those before it have theirs: what was found before
 * stays as long as nothing crosses it. */
void chart_name_place(struct chart *, const struct view *, int i, int w, int h);
/* The names, after the lines. */
void chart_names_draw(const struct chart *, const struct view *, const struct canvas *plot);
/* Signs of what happened at a row, where they hide no line: c is the whole chart. */
void chart_marks_draw(
    const struct chart *, const struct view *, const struct canvas *c, const struct canvas *plot);
/* The axis below the rows that are known to be odd: one line of the plot's width. */
void chart_truth_draw(const struct chart *, const struct view *, const struct canvas *axis);
/* The last value in a tag at the end of its line. */
void chart_tag_draw(
    const struct chart *, const struct view *, const struct canvas *c, int plot_w, int h);

void chart_draw(const struct widget *, const struct view *, const struct canvas *);

#endif
