/* dashboard_frame.c - the views drawn frame by frame.
 *
 * A frame has two passes: all widgets are updated, then all are drawn. */
#include "app/dashboard/dashboard_parts.h"

enum {
	FRAME_MIN_W = 60,
	FRAME_MIN_H = 16,
	WHOLE_SHARE = 3, /* of the lines of the screen that a pane may claim as a whole */
	FRAME_X = 2,     /* line and blank */
	FRAME_Y = 1
};

/* It has no room to give away to frames. */
static bool
is_small(int w, int h)
{
	return w < FRAME_MIN_W || h < FRAME_MIN_H;
}

static bool
is_framed(const struct widget_class *class, int w, int h)
{
	return !class->bare && !is_small(w, h);
}

/* Of a list of all keys and of what is about one of them, one stands there. */
static bool
is_wanted(const struct dashboard *d, const struct pane *p)
{
	bool all = keys_are_there(d) && !d->view.one_key;

	for (const struct keyed *k = view_shown(d)->keyed; k != NULL && k->class != NULL; k++)
		if (k->class == p->class)
			return (k->when == KEYED_ALL) == all;
	return true;
}

/* What a pane asks of the layout of w x h cells when it is own columns wide; false when it has
 * nothing to show. whole: those that are of use only with all their lines claim them. */
static bool
ask(const struct dashboard *d, int pane, int w, int h, int own, bool whole, struct layout_pane *out)
{
	const struct pane *p = &view_shown(d)->panes[pane];
	bool framed = is_framed(p->class, w, h);
	int x = framed ? 2 * FRAME_X : 0, y = framed ? 2 * FRAME_Y : 0, lines = -1;

	if (!is_wanted(d, p))
		return false;
	if (p->class->lines != NULL)
		lines = p->class->lines(&d->placed[d->shown][pane].widget, &d->view, own - x);
	*out = (struct layout_pane){ .row = p->row,
		.height = p->height,
		.width = p->width,
		.min_w = p->class->min_w + x,
		.min_h = p->class->min_h + y,
		.importance = p->class->weight };
	for (const struct room *r = view_shown(d)->rooms; r != NULL && r->class != NULL; r++)
		if (r->class == p->class) {
			out->min_w = r->min_w + x;
			out->min_h = r->min_h + y;
			out->importance = r->importance;
		}
	if (is_small(w, h) && p->class->small_w > 0 && p->class->small_w < out->min_w)
		out->min_w = p->class->small_w;
	if (is_small(w, h) && p->class->small_h > 0 && p->class->small_h < out->min_h)
		out->min_h = p->class->small_h;
	if (p->class->bare)
		out->max_h = 1;
	else if (lines > 0)
		out->max_h = lines + y > out->min_h ? lines + y : out->min_h;
	if (whole && p->class->whole && out->max_h <= h / WHOLE_SHARE)
		out->min_h = out->max_h;
	return lines != 0;
}

/* Returns the importance of the most important pane that found no room; 0: all did. */
static int
place_as(struct dashboard *d, int n, int w, int h, bool whole)
{
	struct layout_pane asked[PANES_MAX] = { 0 };
	struct rect rects[PANES_MAX];
	int which[PANES_MAX], m = 0, missed = 0;

	for (int i = 0; i < n; i++) {
		d->rects[i] = (struct rect){ 0 };
		if (ask(d, i, w, h, w, whole, &asked[m]))
			which[m++] = i;
	}
	/* How many lines a pane can fill depends on its width, and that on who stands beside. */
	layout_place(asked, m, w, h, rects);
	for (int i = 0; i < m; i++)
		if (rects[i].w > 0)
			ask(d, which[i], w, h, rects[i].w, whole, &asked[i]);
	d->view.panes_left_out = layout_place(asked, m, w, h, rects);
	for (int i = 0; i < m; i++) {
		d->rects[which[i]] = rects[i];
		if (rects[i].w == 0 && asked[i].importance > missed)
			missed = asked[i].importance;
	}
	return missed;
}

/* A pane in part is better than a more important one not at all. */
static void
place(struct dashboard *d, int n, int w, int h)
{
	int missed = place_as(d, n, w, h, true);

	if (missed > 0 && place_as(d, n, w, h, false) >= missed)
		place_as(d, n, w, h, true);
}

static struct canvas
inner_canvas(const struct canvas *c, const struct rect *r, bool framed)
{
	int x = framed ? FRAME_X : 0, y = framed ? FRAME_Y : 0;

	return canvas_part(c, r->x + x, r->y + y, r->w - 2 * x, r->h - 2 * y);
}

static void
update_all(struct dashboard *d, int n, const struct canvas *c)
{
	d->view.left_out = 0;
	for (int i = 0; i < n; i++) {
		struct widget *w = &d->placed[d->shown][i].widget;
		struct canvas inner =
		    inner_canvas(c, &d->rects[i], is_framed(w->class, c->w, c->h));

		d->inners[i] = (struct rect){ inner.x, inner.y, inner.w, inner.h };
		if (d->rects[i].w > 0 && w->class->update != NULL)
			d->view.left_out += w->class->update(w, &d->view, inner.w, inner.h);
	}
}

static struct heading
heading_of(const struct dashboard *d, int pane)
{
	const struct widget *w = &d->placed[d->shown][pane].widget;
	struct heading heading = { 0 };

	if (w->class->heading != NULL)
		w->class->heading(w, &d->view, &heading);
	return heading;
}

/* The views' tabs stand in the border of the uppermost pane, of several of the left one. */
static void
place_tabs(struct dashboard *d, int n, const struct canvas *c)
{
	struct tabs *t = &d->tabs;
	struct heading heading;
	const struct rect *r;

	t->pane = -1;
	for (int i = n - 1; i >= 0; i--) {
		r = &d->rects[i];
		if (r->w > 0 && is_framed(d->placed[d->shown][i].widget.class, c->w, c->h) &&
		    (t->pane < 0 || r->y < d->rects[t->pane].y ||
			(r->y == d->rects[t->pane].y && r->x < d->rects[t->pane].x)))
			t->pane = i;
	}
	if (t->pane < 0)
		return;
	for (t->n = 0; t->n < view_count() && t->n < TABS_MOST; t->n++)
		t->views[t->n] = view_at(d, t->n);
	t->shown = d->shown;
	heading = heading_of(d, t->pane);
	r = &d->rects[t->pane];
	tabs_place(t, &heading, r->x, r->y, r->w);
}

static void
draw_all(const struct dashboard *d, int n, const struct canvas *c)
{
	for (int i = 0; i < n; i++) {
		const struct widget *w = &d->placed[d->shown][i].widget;
		const struct rect *r = &d->rects[i];
		bool framed = is_framed(w->class, c->w, c->h);
		struct canvas outer = canvas_part(c, r->x, r->y, r->w, r->h);
		struct canvas inner = inner_canvas(c, r, framed);

		if (r->w == 0 || r->h == 0)
			continue;
		if (framed) {
			struct heading heading = heading_of(d, i);

			border_draw(&outer, &heading, i == d->tabs.pane ? &d->tabs : NULL);
		}
		w->class->draw(w, &d->view, &inner);
	}
}

/* Where charts sweep, because bytes are scarce, statistics change once a second; those of rows that
 * stand are always the last. */
static void
rest(struct dashboard *d, int64_t now)
{
	bool going = !d->view.pacer->paused && engine_state(d->engine) != ENGINE_END;
	bool same = d->drawn == d->shown;

	d->view.rests = d->view.motion == MOTION_SWEEP && going && same && now >= d->told_at &&
			now < d->told_at + REST;
	if (!d->view.rests)
		d->told_at = now;
}

static void
prepare_view(struct dashboard *d, enum glyphs glyphs, int64_t now)
{
	d->view.now = now;
	rest(d, now);
	d->view.glyphs = glyphs;
	d->view.filter = d->filter.text[0] != '\0' ? d->filter.text : NULL;
	d->view.key_filter = d->key_filter.text[0] != '\0' ? d->key_filter.text : NULL;
	if (d->view.nseries > 0 && !view_shows(&d->view, d->view.selected))
		for (int i = d->view.nseries - 1; i >= 0; i--)
			if (view_shows(&d->view, i))
				d->view.selected = i;
}

/* Which rule has paused the replay; where nothing pauses, as in a picture, nothing is said. */
static void
say_stopped(struct dashboard *d, int64_t now)
{
	int rule = d->stopper;

	d->stopper = -1;
	if (rule >= 0 && d->view.pacer->paused)
		dashboard_say(d, now, "%.60s fires: paused at this row, space goes on",
		    engine_rule(d->engine, rule)->name);
}

static void
say_told(struct dashboard *d, int64_t now)
{
	if (d->told.len > 0)
		dashboard_warn(d, now, "%s", text_get(&d->told));
	text_clear(&d->told);
}

void
dashboard_frame(struct dashboard *d, const struct canvas *c, int64_t now)
{
	int n = pane_count(view_shown(d));

	if (c->w <= 0 || c->h <= 0)
		return;
	if (d->kpis >= 0 && d->kpis != engine_kpis(d->engine)) /* some were added */
		series_find(d);
	say_stopped(d, now);
	say_told(d, now);
	prepare_view(d, c->glyphs, now);
	series_look(d);
	keys_follow(d);
	notes_follow(d);
	place(d, n, c->w, c->h);
	message_follow(d, c, now);
	update_all(d, n, c);
	place_tabs(d, n, c);
	d->drawn = d->shown;
	draw_all(d, n, c);
	notes_draw(d, c);
	message_draw(d, c);
	if (d->prompt.open)
		prompt_draw(&d->prompt, c);
	if (d->filtering != NULL)
		filter_draw(d->filtering, c);
}
