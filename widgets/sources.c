/* sources.c - where rows come from: a line a source, how it is and what of it was lost.
 *
 * What finds no room on a narrow screen is left out from the right; the state, which says why
 * nothing comes, has what is left of the line. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum { TEXT = 96, NAME_MIN = 8, NAME_MAX = 24, STATE_MIN = 14, GAP = 2, HEAD = 1 };

struct line { /* one source */
	const char *name;
	struct source_now now;
	struct counts counts;
	double rate;
	bool there; /* it is one of the engine's; else its columns are not known yet */
};

struct figure { /* a column of the table behind name and state */
	const char *name;
	int width;
	void (*print)(const struct line *, char *out);
	bool bad; /* what is not 0 is nothing good */
};

/* --- figures ---------------------------------------------------------------------------------- */

static void
print_rows(const struct line *l, char *out)
{
	if (l->counts.rows < 100000000)
		count_print(l->counts.rows, out);
	else
		short_print((double)l->counts.rows, out);
}

static void
print_rate(const struct line *l, char *out)
{
	char rate[FORM_CHARS];

	if (isnan(l->rate)) {
		strcpy(out, "-");
		return;
	}
	if (l->now.ended || !(l->rate > 0))
		strcpy(rate, "0");
	else
		short_print(l->rate, rate);
	snprintf(out, TEXT, "%s/s", rate);
}

static void
print_seconds(double seconds, char *out)
{
	static const struct {
		double most, unit;
		int decimals;
		const char *name;
	} units[] = { { 0.9995, 1e-3, 0, "ms" }, { 9.95, 1, 1, "s" }, { 120, 1, 0, "s" },
		{ 7200, 60, 0, "min" }, { 172800, 3600, 0, "h" }, { INFINITY, 86400, 0, "d" } };
	int i = 0;

	while (fabs(seconds) >= units[i].most && !isinf(units[i].most))
		i++;
	snprintf(out, TEXT, "%.*f %s", units[i].decimals, seconds / units[i].unit, units[i].name);
}

static void
print_lag(const struct line *l, char *out)
{
	if (isnan(l->now.lag))
		strcpy(out, "-");
	else
		print_seconds(l->now.lag, out);
}

static void
print_bytes(const struct line *l, char *out)
{
	size_print((double)l->now.report.bytes, out);
}

static void
print_count(uint64_t n, char *out)
{
	if (n < 1000000)
		count_print(n, out);
	else
		short_print((double)n, out);
}

static void
print_bad(const struct line *l, char *out)
{
	print_count(l->counts.bad, out);
}

static void
print_late(const struct line *l, char *out)
{
	print_count(l->counts.late, out);
}

static void
print_dropped(const struct line *l, char *out)
{
	print_count(l->counts.dropped, out);
}

/* Files, clients, partitions. */
static void
print_parts(const struct line *l, char *out)
{
	if (l->now.report.lanes > 0)
		print_count((uint64_t)l->now.report.lanes, out);
	else
		strcpy(out, "-");
}

static const struct figure figures[] = { { "ROWS", 10, print_rows, false },
	{ "RATE", 9, print_rate, false }, { "BAD", 7, print_bad, true },
	{ "LATE", 7, print_late, true }, { "DROPPED", 7, print_dropped, true },
	{ "LAG", 8, print_lag, false }, { "BYTES", 8, print_bytes, false },
	{ "FROM", 5, print_parts, false } };
enum { FIGURES = sizeof figures / sizeof *figures };

/* --- state ------------------------------------------------------------------------------------ */

static enum style
print_state(const struct line *l, const struct view *v, char *out)
{
	const struct feed_report *r = &l->now.report;
	char silent[TEXT];

	if (l->now.lost) {
		snprintf(out, TEXT, "failed: %.80s", l->now.err);
		return STYLE_CRITICAL;
	}
	if (l->now.ended) {
		strcpy(out, "ended");
		return STYLE_DIM;
	}
	if (r->retries) {
		snprintf(
		    out, TEXT, "%.60s, try %llu", r->what, (unsigned long long)r->attempts + 1);
		return STYLE_WARNING;
	}
	if (r->waits) {
		snprintf(out, TEXT, "waits: %.80s", r->what[0] != '\0' ? r->what : "for rows");
		return STYLE_WARNING;
	}
	if (!l->there || l->counts.rows == 0) {
		strcpy(out, "waits for rows");
		return STYLE_DIM;
	}
	if (l->now.live && l->now.silent >= INT64_C(2000000000)) {
		if (l->now.silent < INT64_C(10000000000))
			snprintf(silent, sizeof silent, "%d s", (int)(l->now.silent / 1000000000));
		else
			print_seconds((double)(l->now.silent / 1000000000), silent);
		snprintf(out, TEXT, "silent %.40s", silent);
		return STYLE_WARNING;
	}
	strcpy(out, v->pacer->paused ? "paused" : l->now.live ? "live" : "recording");
	return v->pacer->paused ? STYLE_DIM : STYLE_GOOD;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* Those that were ended are none. */
static int
count_lines(const struct view *v)
{
	int n = engine_joining(v->engine);

	for (int i = 0; i < engine_sources(v->engine); i++)
		n += !engine_source_now(v->engine, i).gone;
	return n;
}

static struct line
line_of(const struct view *v, int source)
{
	return (struct line){ .name = engine_source_name(v->engine, source),
		.now = engine_source_now(v->engine, source),
		.counts = engine_counts(v->engine, source),
		.rate = engine_schema(v->engine, source) != NULL && !v->pacer->paused
			    ? engine_progress(v->engine, source).pace
			    : NAN,
		.there = true };
}

/* Line i of them, from 0. */
static struct line
line_at(const struct view *v, int i)
{
	for (int s = 0; s < engine_sources(v->engine); s++)
		if (!engine_source_now(v->engine, s).gone && i-- == 0)
			return line_of(v, s);
	return (struct line){ .name = engine_joining_name(v->engine, i),
		.now = engine_joining_now(v->engine, i),
		.rate = NAN };
}

struct columns {
	int name, state, n; /* cells; and so many figures behind them */
};

static struct columns
columns_fit(const struct view *v, int w)
{
	struct columns c = { .name = NAME_MIN };
	int left;

	for (int i = count_lines(v) - 1; i >= 0; i--) {
		int cells = text_cells(line_at(v, i).name);

		c.name = cells > c.name ? cells : c.name;
	}
	c.name = c.name > NAME_MAX ? NAME_MAX : c.name;
	c.name = c.name > w / 3 ? w / 3 : c.name;
	left = w - c.name - GAP - STATE_MIN;
	while (c.n < FIGURES && left >= figures[c.n].width + GAP)
		left -= figures[c.n++].width + GAP;
	c.state = STATE_MIN + left;
	return c;
}

static int
scrolled(const struct view *v, int h)
{
	int most = count_lines(v) - (h - HEAD);

	return most <= 0 ? 0 : v->scroll < most ? v->scroll : most;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void
draw_head(const struct canvas *c, const struct columns *columns)
{
	int x = columns->name + columns->state + GAP;

	canvas_text(c, 0, 0, columns->name, STYLE_LABEL, "SOURCE");
	canvas_text(c, columns->name + GAP, 0, columns->state, STYLE_LABEL, "STATE");
	for (int i = 0; i < columns->n; i++) {
		canvas_right(c, x + GAP, 0, figures[i].width, STYLE_LABEL, figures[i].name);
		x += figures[i].width + GAP;
	}
}

static void
draw_line(const struct canvas *c, const struct columns *columns, const struct view *v,
    const struct line *l, int y)
{
	int x = columns->name + columns->state + GAP;
	char text[TEXT];
	enum style style = print_state(l, v, text);

	canvas_text(c, 0, y, columns->name, STYLE_BOLD, l->name);
	canvas_text(c, columns->name + GAP, y, columns->state, style, text);
	for (int i = 0; i < columns->n; i++) {
		figures[i].print(l, text);
		canvas_right(c, x + GAP, y, figures[i].width,
		    figures[i].bad && strcmp(text, "0") != 0 ? STYLE_WARNING : STYLE_TEXT, text);
		x += figures[i].width + GAP;
	}
}

static void
sources_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	struct columns columns = columns_fit(v, c->w);
	int first = scrolled(v, c->h), n = count_lines(v);

	(void)w;
	draw_head(c, &columns);
	for (int i = first; i < n && i - first < c->h - HEAD; i++) {
		struct line l = line_at(v, i);

		draw_line(c, &columns, v, &l, i - first + HEAD);
	}
}

static int
sources_update(struct widget *w, const struct view *v, int width, int h)
{
	(void)w, (void)h;
	return FIGURES - columns_fit(v, width).n;
}

static int
sources_lines(const struct widget *w, const struct view *v, int width)
{
	(void)w, (void)width;
	return count_lines(v) + HEAD;
}

static void
sources_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	int n = count_lines(v);

	heading_title(h, w, NULL, "sources");
	snprintf(h->note, sizeof h->note, "%d source%s", n, n == 1 ? "" : "s");
}

const struct widget_class widget_sources = {
	.name = "sources",
	.help = "where rows come from: state, rate, lag, what was bad, late or dropped",
	.min_w = 24,
	.min_h = 2,
	.weight = 36,
	.update = sources_update,
	.heading = sources_heading,
	.lines = sources_lines,
	.draw = sources_draw,
};
