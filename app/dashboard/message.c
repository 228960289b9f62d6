/* message.c - what the dashboard says for a moment: in the place of the line of keys, or, where
 * there is none or it is too short, in a box over the lower lines. */
#include <stdarg.h>
#include <stdio.h>

#include "app/dashboard/dashboard_parts.h"
#include "widgets/draw/prose.h"

#define SAID_NS (INT64_C(3000) * 1000000)
#define WARNED_NS (INT64_C(10000) * 1000000)

enum { EDGE = 2, BOX_MIN_W = 20 };

__attribute__((format(printf, 3, 0))) static void
say_until(struct dashboard *d, int64_t until, const char *format, va_list ap)
{
	vsnprintf(d->message, sizeof d->message, format, ap);
	d->message_until = until;
}

void
dashboard_trouble(struct dashboard *d, const char *what)
{
	d->view.trouble = what;
}

void
dashboard_say(struct dashboard *d, int64_t now, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say_until(d, now + SAID_NS, format, ap);
	va_end(ap);
}

void
dashboard_warn(struct dashboard *d, int64_t now, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	say_until(d, now + WARNED_NS, format, ap);
	va_end(ap);
}

int64_t
dashboard_wake(const struct dashboard *d)
{
	int64_t wake = engine_silence_wake(d->view.engine);

	if (d->message_until != INT64_MIN && d->message_until < wake)
		wake = d->message_until;
	if (d->view.rests && d->told_at + REST < wake) /* what rests is told then */
		wake = d->told_at + REST;
	return wake;
}

/* The line of keys has room on this screen. */
static bool
has_line(const struct dashboard *d)
{
	const struct pane *panes = view_shown(d)->panes;

	for (int i = 0; panes[i].class != NULL; i++)
		if (panes[i].class == &widget_hints && d->rects[i].w > 0)
			return true;
	return false;
}

void
message_follow(struct dashboard *d, const struct canvas *c, int64_t now)
{
	bool said;

	if (now >= d->message_until)
		d->message_until = INT64_MIN;
	said = d->message_until != INT64_MIN;
	d->boxed = said && (!has_line(d) || text_cells(d->message) > c->w - 2);
	d->view.message = said && !d->boxed ? d->message : NULL;
}

void
message_draw(const struct dashboard *d, const struct canvas *c)
{
	int lines = prose_lines(d->message, c->w - 2 * EDGE),
	    h = lines + 2 < c->h ? lines + 2 : c->h;
	struct canvas box = canvas_part(c, 0, c->h - h, c->w, h), inner;

	if (!d->boxed)
		return;
	canvas_fill(&box, 0, 0, box.w, box.h, ' ', STYLE_TEXT);
	if (h < 3 || c->w < BOX_MIN_W) {
		prose_draw(&box, d->message, STYLE_BOLD);
		return;
	}
	canvas_frame(&box, "", "", true);
	inner = canvas_part(&box, EDGE, 1, box.w - 2 * EDGE, h - 2);
	prose_draw(&inner, d->message, STYLE_BOLD);
}
