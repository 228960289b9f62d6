/* status.c - the first line: what is read, how far it is, and what is wrong.
 *
 * It is made of parts; when there is no room the least important are left out, then those that
 * stay are said shorter. What is counted keeps its width while it grows, and what is wrong counts
 * more than what is not. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/keys_view.h"
#include "widgets/draw/scale.h"
#include "widgets/widget.h"

enum {
	PARTS = 21,
	GAP = 2,
	BAR_MIN = 10,
	BAR_MAX = 40,
	NEEDED = 78, /* importance from which on a part is shortened before it is left out */
	STATE = 14,  /* cells of how rows go: what stands behind it keeps its place */
	PAUSED = 7,  /* of them, "paused " */
	DONE = 0x2501,
	HALF = 0x2578,
	LEFT = 0x2500
};

struct part {
	char text[96];
	char brief[80]; /* the same in fewer cells; "" where there is no shorter way */
	enum style style;
	int importance;
	bool right; /* at the right end */
	bool bar;   /* it is the progress bar */
};

struct line {
	struct part parts[PARTS];
	int n;
};

struct status {     /* how far it is, as it was told last */
	int source; /* plus 1; 0: nothing was told yet */
	struct progress progress;
	uint64_t end; /* of the rows of the picture */
};

static struct part *
add(struct line *l, int importance, enum style style)
{
	struct part *p = &l->parts[l->n++];

	*p = (struct part){ .style = style, .importance = importance };
	return p;
}

/* --- the parts -------------------------------------------------------------------------------- */

static void
print_pace(const struct view *v, const struct progress *progress, char *out, size_t size)
{
	const struct pacer *pacer = v->pacer;
	char rate[FORM_CHARS];

	switch (pacer->pace) {
	case PACE_RATE:
		if (pacer->rate < 1 && pacer->rate > 0)
			snprintf(out, size, "%.3g/m", pacer->rate * 60);
		else
			snprintf(out, size, "%.6g/s", pacer->rate);
		return;
	case PACE_SPEED:
		snprintf(out, size, "%.4g×", pacer->speed);
		return;
	case PACE_MAX:
		short_print(isnan(progress->pace) ? 0 : progress->pace, rate);
		if (pacer->paused)
			snprintf(out, size, "max");
		else
			snprintf(out, size, "max %6s/s", rate);
		return;
	}
}

static void
add_state(struct line *l, const struct view *v, const struct progress *progress, uint64_t rows)
{
	struct part *p = add(l, 90, STYLE_GOOD);
	char count[COUNT_CHARS], pace[64];
	int told, held;

	switch (engine_state(v->engine)) {
	case ENGINE_OPENING:
		snprintf(p->text, sizeof p->text, "waiting for rows");
		p->style = STYLE_DIM;
		return;
	case ENGINE_END:
		count_print(rows, count);
		snprintf(p->text, sizeof p->text, "■ end of %s row%s", count, rows == 1 ? "" : "s");
		p->style = STYLE_BOLD;
		return;
	case ENGINE_FAILED:
	case ENGINE_WRONG:
		snprintf(p->text, sizeof p->text, "■ failed");
		p->style = STYLE_CRITICAL;
		return;
	case ENGINE_RUNNING:
	case ENGINE_WAITING:
		break;
	}
	print_pace(v, progress, pace, sizeof pace);
	told = text_cells(pace) + 2 + (v->pacer->paused ? PAUSED : 0);
	held = text_cells(pace) + 2 + (v->pacer->pace == PACE_MAX ? 0 : PAUSED);
	held = held > STATE ? held : STATE;
	snprintf(p->text, sizeof p->text, "%s %s%*s", v->pacer->paused ? "‖ paused" : "▶", pace,
	    held > told ? held - told : 0, "");
	snprintf(p->brief, sizeof p->brief, "%s %s", v->pacer->paused ? "‖ paused" : "▶", pace);
	if (v->pacer->paused)
		p->style = STYLE_WARNING;
}

/* Sources that there are: those that were ended are none. */
static int
count_sources(const struct view *v)
{
	int n = engine_joining(v->engine);

	for (int i = 0; i < engine_sources(v->engine); i++)
		n += !engine_source_now(v->engine, i).gone;
	return n;
}

/* Of all, those behind the engine's that have no columns yet. */
static struct source_now
source_now(const struct view *v, int i, const char **name)
{
	int n = engine_sources(v->engine);

	*name = i < n ? engine_source_name(v->engine, i) : engine_joining_name(v->engine, i - n);
	return i < n ? engine_source_now(v->engine, i) : engine_joining_now(v->engine, i - n);
}

static void
print_silence(struct part *p, const char *name, const struct source_now *now)
{
	const char *blank = name[0] != '\0' ? " " : "";
	long long seconds = now->silent / 1000000000;

	if (now->lost)
		snprintf(p->text, sizeof p->text, "%.20s%sfailed", name, blank);
	else if (now->report.retries)
		snprintf(p->text, sizeof p->text, "%.20s%s%.40s, try %llu", name, blank,
		    now->report.what, (unsigned long long)now->report.attempts + 1);
	else if (seconds == 0)
		snprintf(p->text, sizeof p->text, "%.40s", now->report.what);
	else if (seconds < 120)
		snprintf(p->text, sizeof p->text, "%.20s%ssilent %lld s", name, blank, seconds);
	else
		snprintf(
		    p->text, sizeof p->text, "%.20s%ssilent %lld min", name, blank, seconds / 60);
}

/* Does it give nothing though it should? */
static bool
gives_nothing(const struct view *v, int i, const struct source_now *now)
{
	bool opening = engine_state(v->engine) == ENGINE_OPENING || i >= engine_sources(v->engine);

	if (now->lost)
		return true;
	return now->live && !now->ended &&
	       (now->silent >= INT64_C(2000000000) || now->report.retries ||
		   (opening && now->report.waits && now->report.what[0] != '\0'));
}

/* A live source that gives nothing: why, or for how long. Of several the first such one, and how
 * many more there are. */
static void
add_silence(struct line *l, const struct view *v)
{
	struct part *p = NULL;
	int n = count_sources(v), more = 0;

	for (int i = 0; i < engine_sources(v->engine) + engine_joining(v->engine); i++) {
		const char *name;
		const struct source_now now = source_now(v, i, &name);
		bool grave = now.report.retries || now.lost;

		if (!gives_nothing(v, i, &now))
			continue;
		more += p != NULL;
		if (p != NULL)
			continue;
		p = add(l, 86, grave ? STYLE_WARNING : STYLE_DIM);
		print_silence(p, n > 1 ? name : "", &now);
	}
	if (more > 0)
		snprintf(p->text + strlen(p->text), sizeof p->text - strlen(p->text), " +%d", more);
}

static void
add_rows(struct line *l, const struct progress *progress)
{
	struct part *p = add(l, 80, STYLE_TEXT);
	char row[COUNT_CHARS], rows[COUNT_CHARS];

	count_print(progress->row, row);
	count_print(progress->rows, rows);
	if (progress->rows == 0) {
		snprintf(p->text, sizeof p->text, "row %s", row);
		snprintf(p->brief, sizeof p->brief, "%s", row);
		return;
	}
	snprintf(p->text, sizeof p->text, "row %s/%s%s%*s", row, progress->exact ? "" : "~", rows,
	    (int)(strlen(rows) - strlen(row)), "");
	snprintf(p->brief, sizeof p->brief, "%s/%s%s", row, progress->exact ? "" : "~", rows);
}

/* Of the row that the picture ends with, in its own time. */
static void
add_time(struct line *l, const struct view *v, int source, uint64_t end)
{
	char iso[TIME_CHARS + 1];
	int64_t time;
	int n;

	if (!view_has_times(v, source) || end <= history_begin(v->history, source))
		return;
	time = history_time(v->history, source, end - 1);
	if (time == TIME_NONE)
		return;
	n = time_format(time, iso);
	if (n < 19)
		return;
	snprintf(add(l, 45, STYLE_LABEL)->text, sizeof l->parts->text, "%.8s", iso + 11);
}

static void
add_share(struct line *l, const struct progress *progress)
{
	struct part *p;
	long seconds;
	char eta[32];

	if (isnan(progress->share))
		return;
	add(l, 15, STYLE_GOOD)->bar = true;
	p = add(l, 50, STYLE_TEXT);
	snprintf(p->text, sizeof p->text, "%2.0f%%", floor(progress->share * 100));
	if (isnan(progress->seconds) || progress->seconds > 3600 * 24 * 99)
		return;
	p = add(l, 40, STYLE_TEXT);
	seconds = lround(ceil(progress->seconds));
	if (seconds < 3600)
		snprintf(eta, sizeof eta, "%ld:%02ld", seconds / 60, seconds % 60);
	else
		snprintf(eta, sizeof eta, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60,
		    seconds % 60);
	snprintf(p->text, sizeof p->text, "ETA %-5s", eta);
}

/* Zeros are said while there is room, for they are news too. */
static void
add_count(struct line *l, const char *what, uint64_t n)
{
	struct part *p = add(l, n > 0 ? 75 : 55, n > 0 ? STYLE_WARNING : STYLE_DIM);
	char count[COUNT_CHARS];

	count_print(n, count);
	snprintf(p->text, sizeof p->text, "%s%s %s", n > 0 ? "! " : "", what, count);
	p->right = true;
}

static void
add_firing(struct line *l, const struct view *v)
{
	int rules = engine_rules(v->engine), gravest, n = engine_firing(v->engine, &gravest);
	struct part *p;

	if (rules == 0)
		return;
	p = add(l, n > 0 ? 85 : 84, n > 0 ? severity_style((enum severity)gravest) : STYLE_DIM);
	snprintf(p->text, sizeof p->text, "%s %d firing", n > 0 ? "●" : "○", n);
	snprintf(p->brief, sizeof p->brief, "%s %d", n > 0 ? "●" : "○", n);
	p->right = true;
}

/* With --by: whose rows are shown, or how many keys there are; those that were forgotten for want
 * of room are news. */
static void
add_key(struct line *l, const struct view *v, int source)
{
	size_t n;
	const char *key = view_key(v, source, &n);
	char count[COUNT_CHARS], label[KEY_CHARS];
	uint64_t evicted;

	if (key == NULL)
		return;
	count_print((uint64_t)engine_keys(v->engine, source), count);
	key_label(key, n, sizeof label, label);
	if (v->one_key)
		snprintf(add(l, 65, STYLE_TEXT)->text, sizeof l->parts->text, "key %s%s", label,
		    engine_key(v->engine, source) == NULL ? " (no rows)" : "");
	else
		snprintf(add(l, 65, STYLE_TEXT)->text, sizeof l->parts->text, "%s key%s", count,
		    engine_keys(v->engine, source) == 1 ? "" : "s");
	evicted = engine_keys_evicted(v->engine, source);
	if (evicted > 0)
		add_count(l, "forgotten", evicted);
}

static int
shown_source(const struct view *v)
{
	const struct series *s = view_selected(v);

	return s != NULL ? s->source : query_first(engine_query(v->engine));
}

static int
status_update(struct widget *w, const struct view *v, int width, int height)
{
	struct status *s = w->state;
	int source = shown_source(v);

	(void)width;
	(void)height;
	if (count_sources(v) == 0 || engine_schema(v->engine, source) == NULL ||
	    (v->rests && s->source == source + 1))
		return 0;
	*s = (struct status){ source + 1, engine_progress(v->engine, source), view_end(v, source) };
	return 0;
}

static void
compose(struct line *l, const struct widget *w, const struct view *v)
{
	const struct status *told = w->state;
	int source = shown_source(v), sources = count_sources(v);
	const struct schema *schema = sources > 0 ? engine_schema(v->engine, source) : NULL;
	struct counts counts = engine_counts(v->engine, -1);
	struct progress progress = { .share = NAN, .seconds = NAN, .pace = NAN };
	struct part *p;

	if (schema != NULL && told->source == source + 1)
		progress = told->progress;
	snprintf(add(l, 10, STYLE_TITLE)->text, sizeof l->parts->text, "weir");
	p = add(l, 60, STYLE_BOLD);
	if (schema != NULL && sources > 1)
		snprintf(p->text, sizeof p->text, "%.40s +%d", schema->source, sources - 1);
	else if (schema != NULL)
		snprintf(p->text, sizeof p->text, "%.40s", schema->source);
	add_key(l, v, source);
	add_state(l, v, &progress, counts.rows);
	add_silence(l, v);
	if (schema != NULL && engine_state(v->engine) != ENGINE_END) {
		add_rows(l, &progress);
		add_time(l, v, source, told->end);
		add_share(l, &progress);
	}
	if (v->dialect != NULL && v->dialect[0] != '\0')
		snprintf(add(l, 12, STYLE_DIM)->text, sizeof l->parts->text, "%.60s", v->dialect);
	if (engine_is_back(v->engine))
		snprintf(add(l, 87, STYLE_WARNING)->text, sizeof l->parts->text, "◂ back");
	if (v->trouble != NULL)
		snprintf(
		    add(l, 89, STYLE_CRITICAL)->text, sizeof l->parts->text, "● %s", v->trouble);
	if (v->frozen != NULL)
		snprintf(
		    add(l, 88, STYLE_WARNING)->text, sizeof l->parts->text, "◆ picture stands");
	add_count(l, "bad", counts.bad);
	add_count(l, "late", counts.late);
	if (counts.dropped > 0)
		add_count(l, "dropped", counts.dropped);
	if (v->left_out > 0) {
		p = add(l, 82, STYLE_DIM);
		snprintf(p->text, sizeof p->text, "+%d column%s", v->left_out,
		    v->left_out == 1 ? "" : "s");
		snprintf(p->brief, sizeof p->brief, "+%d col", v->left_out);
		p->right = true;
	}
	if (v->panes_left_out > 0) {
		p = add(l, 77, STYLE_DIM);
		snprintf(p->text, sizeof p->text, "+%d pane%s", v->panes_left_out,
		    v->panes_left_out == 1 ? "" : "s");
		p->right = true;
	}
	if (v->more_series > 0) {
		p = add(l, 83, STYLE_WARNING);
		snprintf(p->text, sizeof p->text, "+%d series", v->more_series);
		p->right = true;
	}
	add_firing(l, v);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static int
line_cells(const struct line *l)
{
	int cells = 1;

	for (int i = 0; i < l->n; i++)
		cells += (l->parts[i].bar ? BAR_MIN : text_cells(l->parts[i].text)) + GAP;
	return cells - 1;
}

/* The most important part that was not looked at; -1. */
static int
next_part(const struct line *l, const bool *seen)
{
	int next = -1;

	for (int i = 0; i < l->n; i++)
		if (!seen[i] && (next < 0 || l->parts[i].importance > l->parts[next].importance))
			next = i;
	return next;
}

/* Parts in the order of their importance, each that finds room beside those before; false: one
 * that is needed found none. */
static bool
fit(const struct line *all, int w, struct line *kept)
{
	bool seen[PARTS] = { false }, stands[PARTS] = { false }, whole = true;
	int cells = 1, i;

	while ((i = next_part(all, seen)) >= 0) {
		int more = all->parts[i].bar ? BAR_MIN : text_cells(all->parts[i].text);

		seen[i] = true;
		stands[i] = cells == 1 || cells + more < w; /* and one at the right edge */
		whole = whole && (stands[i] || all->parts[i].importance < NEEDED);
		cells += stands[i] ? more + GAP : 0;
	}
	kept->n = 0;
	for (i = 0; i < all->n; i++)
		if (stands[i])
			kept->parts[kept->n++] = all->parts[i];
	return whole;
}

static void
leave_out(struct line *l, int w)
{
	struct line kept;

	if (!fit(l, w, &kept)) {
		for (int i = 0; i < l->n; i++)
			if (l->parts[i].brief[0] != '\0')
				strcpy(l->parts[i].text, l->parts[i].brief);
		fit(l, w, &kept);
	}
	*l = kept;
}

static void
draw_bar(const struct canvas *c, int x, int w, double share)
{
	int halves = (int)floor(share * w * 2);
	uint32_t full = c->glyphs == GLYPHS_ASCII ? '=' : DONE; /* where all lines look alike */

	for (int i = 0; i < w; i++) {
		bool done = halves >= 2 * i + 2, half = halves == 2 * i + 1;

		canvas_cell(c, x + i, 0,
		    done   ? full
		    : half ? HALF
			   : LEFT,
		    done || half ? STYLE_GOOD : STYLE_FRAME);
	}
}

static int
bar_width(const struct line *l, int w)
{
	int bar = BAR_MIN + w - line_cells(l) - GAP;

	return bar > BAR_MAX ? BAR_MAX : bar < BAR_MIN ? BAR_MIN : bar;
}

/* A cell of the progress bar is a place in the recording. */
static struct hit
status_at(const struct widget *w, const struct view *v, int width, int h, int x, int y)
{
	struct line line = { .n = 0 };
	int at = 1, bar;

	(void)h, (void)y;
	compose(&line, w, v);
	leave_out(&line, width);
	bar = bar_width(&line, width);
	for (int i = 0; i < line.n; i++) {
		const struct part *p = &line.parts[i];

		if (p->bar && x >= at && x < at + bar)
			return (struct hit){ HIT_SHARE,
				(x - at) * HIT_WHOLE / (bar > 1 ? bar - 1 : 1) };
		if (!p->right)
			at += (p->bar ? bar : text_cells(p->text)) + GAP;
	}
	return (struct hit){ HIT_NOTHING, 0 };
}

static void
status_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	const struct status *told = w->state;
	struct line line = { .n = 0 };
	int x = 1, right = c->w - 1, bar;

	compose(&line, w, v);
	leave_out(&line, c->w);
	bar = bar_width(&line, c->w);
	for (int i = 0; i < line.n; i++) {
		const struct part *p = &line.parts[i];

		if (p->right)
			continue;
		if (p->bar) {
			draw_bar(c, x, bar, told->progress.share);
			x += bar + GAP;
			continue;
		}
		x += canvas_text(c, x, 0, c->w - x, p->style, p->text) + GAP;
	}
	for (int i = line.n - 1; i >= 0; i--) {
		if (!line.parts[i].right)
			continue;
		right -= text_cells(line.parts[i].text);
		canvas_text(c, right, 0, c->w - right, line.parts[i].style, line.parts[i].text);
		right -= GAP;
	}
}

const struct widget_class widget_status = {
	.name = "status",
	.help = "one line: source, pace, progress, bad and late rows, alerts that fire",
	.size = sizeof(struct status),
	.bare = true,
	.min_w = 1,
	.min_h = 1,
	.weight = 80,
	.update = status_update,
	.draw = status_draw,
	.at = status_at,
};
