/* stage.c - a widget alone, on a view made by hand, drawn as text. */
#include "tests/stage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"
#include "widgets/draw/runes.h"

static struct series
line_of(int column, char *name, int track)
{
	struct series s = { .column = column,
		.kpi_of = column < 0 ? 0 : -1,
		.name = name,
		.track = track,
		.expected = -1,
		.lower = -1,
		.upper = -1,
		.anomaly = -1,
		.min = NAN,
		.max = NAN };

	for (int i = 0; i < SERIES_KPIS; i++)
		s.kpi[i] = -1;
	return s;
}

void
stage_open(struct stage *s)
{
	static const struct rig_options options = { .kpis = { "half: x / 2" },
		.alerts = { "x < 10" } };
	static char names[3][8] = { "x", "y", "half" };
	struct text csv = { 0 };

	text_add(&csv, "x,y,word\n");
	for (int i = 40; i > 0; i--)
		text_addf(&csv, "%d,%d,%s\n", i, i * i, i % 3 == 1 ? "a" : "b");
	memset(s, 0, sizeof *s);
	rig_open(&s->rig, text_get(&csv), &options);
	rig_rows(&s->rig, 1, 80, 24); /* the dashboard starts the tracks */
	rig_rows(&s->rig, 39, 0, 0);
	for (int i = 0; i < 2; i++)
		s->series[i] = line_of(i, names[i], history_column(s->rig.history, 0, i));
	s->series[2] = line_of(-1, names[2], history_kpi(s->rig.history, 0));
	s->view = (struct view){ .engine = s->rig.engine,
		.history = s->rig.history,
		.pacer = engine_pacer(s->rig.engine),
		.series = s->series,
		.nseries = 2,
		.nlines = 1,
		.window = 60 };
	text_done(&csv);
}

void
stage_close(struct stage *s)
{
	text_done(&s->picture);
	rig_close(&s->rig);
}

static void
read_values(const struct widget_class *class, const char *const options[], struct value *values)
{
	for (int i = 0; class->params != NULL && class->params[i].name != NULL; i++) {
		const struct param *p = &class->params[i];
		const char *text = options[i] != NULL ? options[i] : p->fallback;
		struct error err = { 0 };

		ck_assert_int_lt(i, STAGE_PARAMS);
		values[i].number = NAN;
		if (text != NULL && *text != '\0')
			ck_assert_msg(value_parse(&values[i], p, text, &err) == 0, "%s", err.text);
	}
}

/* An area is seen as a shade. */
static uint32_t
shown(const struct cell *cell)
{
	return cell->rune == ' ' ? cell_shaded(cell).rune : cell->rune;
}

static void
print_cells(struct text *out, const struct cell *cells, int w, int h, bool trim)
{
	char bytes[RUNE_BYTES];

	text_clear(out);
	for (int y = 0; y < h; y++) {
		int end = w;

		while (trim && end > 0 && shown(&cells[y * w + end - 1]) == ' ')
			end--;
		for (int x = 0; x < end; x++)
			if (shown(&cells[y * w + x]) != 0)
				text_addn(out, bytes,
				    (size_t)rune_write(shown(&cells[y * w + x]), bytes));
		text_addc(out, '\n');
	}
}

static const char *
draw(struct stage *s, const char *class, const char *const options[], int w, int h,
    enum glyphs glyphs, bool trim)
{
	struct widget widget = { .class = widget_class_find(class) };
	struct cell *cells = memory_zero((size_t)(w * h), sizeof *cells);
	struct canvas canvas = { cells, w, 0, 0, w, h, glyphs };
	struct value values[STAGE_PARAMS];

	ck_assert_ptr_nonnull(widget.class);
	memset(values, 0, sizeof values);
	read_values(widget.class, options, values);
	widget.values = widget.class->params != NULL ? values : NULL;
	widget.state = memory_zero(1, widget.class->size + 1);
	s->view.glyphs = glyphs;
	canvas_clear(&canvas);
	for (int i = 0; i < 2 && widget.class->update != NULL; i++)
		widget.class->update(&widget, &s->view, w, h);
	widget.class->draw(&widget, &s->view, &canvas);
	print_cells(&s->picture, cells, w, h, trim);
	if (widget.class->done != NULL)
		widget.class->done(&widget);
	for (int i = 0; widget.values != NULL && widget.class->params[i].name != NULL; i++)
		value_done(&values[i]);
	free(widget.state);
	free(cells);
	return text_get(&s->picture);
}

const char *
stage_draw(struct stage *s, const char *class, const char *const options[], int w, int h,
    enum glyphs glyphs)
{
	return draw(s, class, options, w, h, glyphs, false);
}

const char *
stage_trimmed(struct stage *s, const char *class, const char *const options[], int w, int h,
    enum glyphs glyphs)
{
	return draw(s, class, options, w, h, glyphs, true);
}
