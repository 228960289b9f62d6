/* demo_menu.c - the demos on a screen. See demo_menu.h.
 *
 * The picture is the demo itself, gone to a row in its middle at full speed while one looks at the
 * list: it is made a slice at a time, so that keys are answered at once. */
#include "app/run/demo_menu.h"

#include <stdio.h>
#include <string.h>
#include <uv.h>

#include "app/run/preview.h"
#include "app/screen/screen.h"
#include "widgets/draw/prose.h"

enum {
	LEFT = 1,
	MARK = 2,
	GAP = 3,
	TOP = 2,     /* lines: the title, and a blank one */
	BELOW = 2,   /* a blank one, and the keys */
	ABOUT_H = 3, /* what the chosen one is about, and a blank one */
	PICTURE_W = 40,
	PICTURE_H = 10,
	SELECTED = 0x25b8,
	TICK_MS = 20,
	SHOWN_MS = 100 /* between two frames of a picture that is being made */
};

struct demo_menu {
	const struct demo_entry *demos;
	int n, chosen, first; /* first: that the list shows */
	uv_loop_t loop;
	uv_timer_t timer;
	struct screen *screen;
	struct preview *preview; /* of the chosen one; NULL: there is none, see wrong */
	struct error wrong;
	bool dirty;
	int ticks; /* since it was drawn */
	int result;
};

/* --- drawing ---------------------------------------------------------------------------------- */

static int
list_width(const struct demo_menu *m)
{
	int widest = 0;

	for (int i = 0; i < m->n; i++) {
		int cells = text_cells(m->demos[i].name);

		widest = cells > widest ? cells : widest;
	}
	return MARK + widest;
}

static int
list_height(const struct canvas *c)
{
	return c->h - TOP - BELOW > 1 ? c->h - TOP - BELOW : 1;
}

static void
draw_list(struct demo_menu *m, const struct canvas *c)
{
	int h = list_height(c);

	m->first = m->chosen < m->first ? m->chosen : m->first;
	m->first = m->chosen >= m->first + h ? m->chosen - h + 1 : m->first;
	for (int i = m->first, y = TOP; i < m->n && y < TOP + h; i++, y++) {
		bool chosen = i == m->chosen;

		if (chosen)
			canvas_cell(c, LEFT, y, SELECTED, STYLE_FOCUS);
		canvas_text(c, LEFT + MARK, y, c->w - LEFT - MARK,
		    chosen ? STYLE_FOCUS : STYLE_TEXT, m->demos[i].name);
	}
}

static void
draw_keys(const struct canvas *c)
{
	static const char *const keys[][2] = { { "↑/↓", "choose" }, { "Enter", "start" },
		{ "q", "quit" } };
	int x = LEFT;

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		x += canvas_text(c, x, c->h - 1, c->w - x, STYLE_KEY, keys[i][0]) + 1;
		x += canvas_text(c, x, c->h - 1, c->w - x, STYLE_DIM, keys[i][1]) + GAP;
	}
}

/* Where it finds no room, the text stands alone. */
static void
draw_chosen(struct demo_menu *m, const struct canvas *c)
{
	struct canvas about = canvas_part(c, 0, 0, c->w, ABOUT_H - 1);
	struct canvas picture = canvas_part(c, 0, ABOUT_H, c->w, c->h - ABOUT_H);

	prose_draw(&about, m->demos[m->chosen].about, STYLE_TEXT);
	if (picture.w < PICTURE_W || picture.h < PICTURE_H)
		return;
	if (m->preview != NULL)
		preview_draw(m->preview, &picture);
	else
		prose_draw(&picture, m->wrong.text, STYLE_WARNING);
}

static void
draw(struct demo_menu *m)
{
	struct canvas c, beside;
	char title[64];
	int list = LEFT + list_width(m) + GAP;

	if (!m->dirty || !screen_ready(m->screen))
		return;
	c = screen_canvas(m->screen);
	snprintf(title, sizeof title, "weir   %d demos", m->n);
	canvas_text(&c, LEFT, 0, c.w - LEFT, STYLE_TITLE, title);
	draw_list(m, &c);
	draw_keys(&c);
	beside = canvas_part(&c, list, TOP, c.w - list - LEFT, c.h - TOP - BELOW);
	draw_chosen(m, &beside);
	m->dirty = false;
	m->ticks = 0;
	screen_show(m->screen);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void
choose(struct demo_menu *m, int i)
{
	i = i < 0 ? 0 : i >= m->n ? m->n - 1 : i;
	if (i == m->chosen && m->preview != NULL)
		return;
	m->chosen = i;
	preview_close(m->preview);
	m->wrong = (struct error){ 0 };
	m->preview = preview_open(m->demos[i].path, &m->wrong);
	m->dirty = true;
}

static void
end(struct demo_menu *m, int result)
{
	m->result = result;
	uv_stop(&m->loop);
}

/* A click on the chosen one starts it. */
static void
click(struct demo_menu *m, const struct input *in)
{
	struct canvas c = screen_shown(m->screen);
	int i = m->first + in->y - TOP;

	if (in->y < TOP || in->y >= TOP + list_height(&c) || i >= m->n ||
	    in->x >= LEFT + list_width(m))
		return;
	if (i == m->chosen)
		end(m, i);
	else
		choose(m, i);
}

static void
press(struct demo_menu *m, const struct input *in)
{
	switch (in->code) {
	case INPUT_UP:
	case INPUT_WHEEL_UP:
	case 'k':
		choose(m, m->chosen - 1);
		break;
	case INPUT_DOWN:
	case INPUT_WHEEL_DOWN:
	case 'j':
		choose(m, m->chosen + 1);
		break;
	case INPUT_HOME:
		choose(m, 0);
		break;
	case INPUT_END:
		choose(m, m->n - 1);
		break;
	case INPUT_CLICK:
		click(m, in);
		break;
	case INPUT_ENTER:
		end(m, m->chosen);
		break;
	case 'q':
	case INPUT_ESCAPE:
		end(m, MENU_LEFT);
		break;
	default:
		break;
	}
}

static void
press_with_ctrl(struct demo_menu *m, uint32_t code)
{
	if (code == 'c')
		end(m, MENU_LEFT);
	else if (code == 'z')
		screen_suspend(m->screen);
	else if (code == 'l')
		screen_repaint(m->screen);
	m->dirty = true;
}

static void
on_input(void *arg, const struct input *in)
{
	struct demo_menu *m = arg;

	if (in->pasted || in->alt)
		return;
	if (in->ctrl)
		press_with_ctrl(m, in->code);
	else
		press(m, in);
	draw(m);
}

static void
on_change(void *arg)
{
	struct demo_menu *m = arg;

	m->dirty = true;
	draw(m);
}

static void
on_end(void *arg, int signum)
{
	end(arg, MENU_SIGNAL - signum);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Its last step is always drawn. */
static void
on_tick(uv_timer_t *timer)
{
	struct demo_menu *m = timer->data;
	bool going = m->preview != NULL && preview_step(m->preview);

	m->ticks++;
	if (going && (m->ticks * TICK_MS >= SHOWN_MS || !preview_step(m->preview)))
		m->dirty = true;
	draw(m);
}

static void
run(struct demo_menu *m)
{
	uv_timer_init(&m->loop, &m->timer);
	m->timer.data = m;
	uv_timer_start(&m->timer, on_tick, 0, TICK_MS);
	choose(m, 0);
	uv_run(&m->loop, UV_RUN_DEFAULT);
	uv_close((uv_handle_t *)&m->timer, NULL);
	preview_close(m->preview);
}

int
demo_menu_run(const struct demo_entry *demos, int n, const struct args *args, struct error *err)
{
	struct demo_menu m = { .demos = demos, .n = n, .chosen = -1, .result = MENU_LEFT };
	struct screen_events events = { on_input, on_change, on_change, on_end, &m };
	struct screen_options options = { .color = args->color,
		.theme = args->theme,
		.ascii = args->ascii,
		.no_mouse = args->no_mouse,
		.fps = args->fps,
		.max_bytes = args->max_bytes };
	struct error ignored;

	uv_loop_init(&m.loop);
	m.screen = screen_open(&options, &events, &m.loop, err);
	if (m.screen != NULL) {
		run(&m);
		screen_close(m.screen, &ignored);
	} else
		m.result = MENU_NO_SCREEN;
	uv_run(&m.loop, UV_RUN_DEFAULT);
	uv_loop_close(&m.loop);
	return m.result;
}
