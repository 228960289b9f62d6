/* test_experts.c - the widgets that show what a forecast is made of and how good it was, as text. */
#include "tests/support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "tests/rig.h"
#include "widgets/list.h"
#include "widgets/runes.h"

enum { SEASON = 24 };

#define WIDGET(name) extern const struct widget_class widget_##name;
WIDGET_LIST(WIDGET)
#undef WIDGET

static double
seasonal(int i, struct rng *r)
{
	return 100 + 20 * sin(2 * acos(-1.0) * i / SEASON) + 5 * sin(4 * acos(-1.0) * i / SEASON) +
	    rng_normal(r);
}

struct scene { /* one widget on the first column of a rig */
	struct rig rig;
	struct series series;
	struct view view;
	struct widget widget;
	struct text text;
};

/* Rows of a season that nobody tells, with a level shift in the middle. */
static char *
make_csv(int rows)
{
	struct text text = { 0 };
	struct rng r = { 11 };

	text_add(&text, "load\n");
	for (int i = 0; i < rows; i++)
		text_addf(&text, "%.2f\n", seasonal(i, &r) + (i > 300 ? 40 : 0));
	return text.s;
}

static void
scene_open(struct scene *s, const struct widget_class *class, const struct rig_options *options, int rows)
{
	char *csv = make_csv(rows);

	memset(s, 0, sizeof *s);
	rig_open(&s->rig, csv, options);
	rig_end(&s->rig);
	free(csv);
	s->series = (struct series){ .name = (char[]){ "load" }, .min = NAN, .max = NAN,
		.track = history_column(s->rig.history, 0, 0), .expected = -1, .lower = -1, .upper = -1,
		.anomaly = -1, .kpi = { -1 } };
	s->view = (struct view){ .engine = s->rig.engine, .history = s->rig.history, .series = &s->series,
		.nseries = 1, .window = 60 };
	s->widget = (struct widget){ .class = class, .state = memory_zero(1, class->size) };
}

static void
scene_close(struct scene *s)
{
	free(s->widget.state);
	text_done(&s->text);
	rig_close(&s->rig);
}

static const char *
scene_draw(struct scene *s, int w, int h, enum glyphs glyphs)
{
	struct cell *cells = memory_zero((size_t)w * (size_t)h, sizeof *cells);
	struct canvas canvas = { cells, w, 0, 0, w, h, glyphs };
	char utf8[8];

	s->view.glyphs = glyphs;
	canvas_clear(&canvas);
	s->widget.class->update(&s->widget, &s->view, w, h);
	s->widget.class->draw(&s->widget, &s->view, &canvas);
	text_clear(&s->text);
	for (int y = 0; y < h; y++) {
		int end = w;

		while (end > 0 && cells[y * w + end - 1].rune == ' ' && !cells[y * w + end - 1].reverse)
			end--;
		for (int x = 0; x < end; x++)
			text_addf(&s->text, "%.*s", rune_write(cells[y * w + x].rune, utf8), utf8);
		text_addc(&s->text, '\n');
	}
	free(cells);
	return text_get(&s->text);
}

static const struct rig_options defaults = { .default_kpis = true };

START_TEST(dump)
{
	static const int e[4][2] = { { 52, 11 }, { 76, 9 }, { 100, 12 }, { 26, 9 } };
	static const int q[4][2] = { { 30, 10 }, { 60, 12 }, { 22, 4 }, { 45, 9 } };
	struct scene s;

	scene_open(&s, &widget_experts, &defaults, 600);
	for (int i = 0; i < 4; i++)
		for (int g = 0; g < 3; g += 2)
			printf("E%dx%d %d\n%s", e[i][0], e[i][1], g, scene_draw(&s, e[i][0], e[i][1], (enum glyphs)g));
	scene_close(&s);
	scene_open(&s, &widget_scores, &defaults, 600);
	for (int i = 0; i < 4; i++)
		for (int g = 0; g < 3; g += 2)
			printf("S%dx%d %d\n%s", q[i][0], q[i][1], g, scene_draw(&s, q[i][0], q[i][1], (enum glyphs)g));
	scene_close(&s);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("experts");
	TCase *widgets = tcase_create("widgets");

	tcase_add_test(widgets, dump);
	suite_add_tcase(suite, widgets);
	return support_run(suite);
}
