/* sources.c - where rows come from: a line a source, how it is and what of it was lost.
 *
 * What finds no room on a narrow screen is left out from the right. The state, which says why
 * nothing comes, is never cut: what is longer than its column stands below the line. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "widgets/draw/prose.h"
#include "widgets/draw/scale.h"
#include "widgets/source_words.h"
#include "widgets/widget.h"

enum { TEXT = 96, NAME_MIN = 8, NAME_MAX = 24, STATE_MIN = 14, GAP = 2, HEAD = 1 };
enum { BELOW_MOST = 4 }; /* lines of a state below that of its source */

struct line { /* one source */
	const char *name;
	struct source_now now;
	struct counts counts;
	double rate;
	bool there; /* it is one of the engine's; else its columns are not known yet */
	struct source_words words;
	enum style style;
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

static void
set_state(struct line *l, const char *words, enum style style)
{
	strcpy(l->words.brief, words);
	strcpy(l->words.whole, words);
	l->words.rest = "";
	l->style = style;
}

static void
find_state(struct line *l, const struct view *v)
{
	if (source_says(&l->now, true, &l->words))
		l->style = l->now.lost ? STYLE_CRITICAL : STYLE_WARNING;
	else if (l->now.ended)
		set_state(l, "ended", STYLE_DIM);
	else if (!l->there || l->counts.rows == 0)
		set_state(l, "waits for rows", STYLE_DIM);
	else if (v->pacer->paused)
		set_state(l, "paused", STYLE_DIM);
	else
		set_state(l, l->now.live ? "live" : "recording", STYLE_GOOD);
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

/* Source i of them, from 0. */
static struct line
line_at(const struct view *v, int i)
{
	struct line l = { .rate = NAN };

	for (int s = 0; s < engine_sources(v->engine) && !l.there; s++)
		if (!engine_source_now(v->engine, s).gone && i-- == 0)
			l = line_of(v, s);
	if (!l.there) {
		l.name = engine_joining_name(v->engine, i);
		l.now = engine_joining_now(v->engine, i);
	}
	find_state(&l, v);
	return l;
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

/* Lines that the state of a source takes below its own, where it is longer than its column. */
static int
lines_below(const struct line *l, const struct columns *c, int w)
{
	int lines;

	if (text_cells(l->words.whole) <= c->state)
		return 0;
	lines = prose_lines(l->words.rest, w - GAP);
	return lines < BELOW_MOST ? lines : BELOW_MOST;
}

static int
lines_at(const struct view *v, const struct columns *c, int w, int i)
{
	struct line l = line_at(v, i);

	return 1 + lines_below(&l, c, w);
}

/* The first source in sight: as far as was scrolled, but not beyond where the last one is seen. */
static int
scrolled(const struct view *v, const struct columns *c, int w, int h)
{
	int most = count_lines(v), left = h - HEAD;

	while (most > 0 && (left -= lines_at(v, c, w, most - 1)) >= 0)
		most--;
	return v->scroll < most ? v->scroll : most;
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

/* Returns how many lines it took. */
static int
draw_line(const struct canvas *c, const struct columns *columns, const struct line *l, int y)
{
	int x = columns->name + columns->state + GAP, below = lines_below(l, columns, c->w);
	struct canvas part = canvas_part(c, GAP, y + 1, c->w - GAP, below);
	char text[TEXT];

	canvas_text(c, 0, y, columns->name, STYLE_BOLD, l->name);
	canvas_text(c, columns->name + GAP, y, columns->state, l->style,
	    text_cells(l->words.whole) > columns->state ? l->words.brief : l->words.whole);
	if (below > 0)
		prose_draw(&part, l->words.rest, l->style);
	for (int i = 0; i < columns->n; i++) {
		figures[i].print(l, text);
		canvas_right(c, x + GAP, y, figures[i].width,
		    figures[i].bad && strcmp(text, "0") != 0 ? STYLE_WARNING : STYLE_TEXT, text);
		x += figures[i].width + GAP;
	}
	return 1 + below;
}

static void
sources_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	struct columns columns = columns_fit(v, c->w);
	int n = count_lines(v), y = HEAD;

	(void)w;
	draw_head(c, &columns);
	for (int i = scrolled(v, &columns, c->w, c->h); i < n && y < c->h; i++) {
		struct line l = line_at(v, i);

		y += draw_line(c, &columns, &l, y);
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
	struct columns columns = columns_fit(v, width);
	int lines = HEAD;

	(void)w;
	for (int i = count_lines(v) - 1; i >= 0; i--)
		lines += lines_at(v, &columns, width, i);
	return lines;
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
