/* frequent.c - the most frequent texts of a column among the last rows. See frequent.h. */
#include "widgets/frequent.h"

#include <stdio.h>
#include <string.h>

#include "widgets/draw/bar.h"
#include "widgets/draw/scale.h"

enum { NAME_MOST = 20, NUMBER_LEAST = 4, REST_LEAST = 16 /* cells of a bar and its number */ };

static void
add(struct frequent *f, const char *text)
{
	int i = 0;

	f->rows++;
	while (i < f->n && strncmp(f->texts[i].text, text, FREQUENT_CHARS - 1) != 0)
		i++;
	if (i == FREQUENT_TEXTS) {
		f->others++;
		return;
	}
	if (i == f->n) {
		snprintf(f->texts[i].text, FREQUENT_CHARS, "%s", text);
		f->texts[f->n++].times = 0;
	}
	f->texts[i].times++;
}

/* By counts, and among equals by name, so that they keep their places. */
static void
sort(struct frequent *f)
{
	for (int i = 1; i < f->n; i++) {
		struct frequent_text t = f->texts[i];
		int k = i;

		for (; k > 0 && (f->texts[k - 1].times < t.times ||
				    (f->texts[k - 1].times == t.times &&
					strcmp(f->texts[k - 1].text, t.text) > 0));
		     k--)
			f->texts[k] = f->texts[k - 1];
		f->texts[k] = t;
	}
}

void
frequent_count(struct frequent *f, const struct view *v, int source, int column)
{
	int rows = history_raw(v->history, source);
	bool bad;

	if (v->frozen != NULL || f->end == history_end(v->history, source))
		return;
	f->end = history_end(v->history, source);
	f->n = f->rows = f->others = 0;
	for (int i = 0; i < rows; i++) {
		const char *cell = history_raw_cell(v->history, source, i, column, &bad);

		if (cell != NULL && cell[0] != '\0')
			add(f, cell);
	}
	sort(f);
}

int
frequent_name_cells(int name, int w)
{
	int most = w - REST_LEAST > w / 3 ? w - REST_LEAST : w / 3;

	most = most < NAME_MOST ? most : NAME_MOST;
	return name < most ? name : most;
}

/* How wide names and numbers are, of the lines that are shown. */
static void
measure(const struct frequent *f, int lines, int *name, int *number)
{
	char text[COUNT_CHARS];

	*name = *number = NUMBER_LEAST;
	for (int i = 0; i < lines; i++) {
		int cells = text_cells(f->texts[i].text);
		int n = count_print((uint64_t)f->texts[i].times, text);

		*name = cells > *name ? cells : *name;
		*number = n > *number ? n : *number;
	}
}

/* Returns how many lines that leaves. */
static int
draw_more(const struct frequent *f, const struct canvas *c)
{
	char text[64];
	int shown = c->h - 1, rows = f->others;

	if ((f->n <= c->h && f->others == 0) || c->h == 1)
		return f->n < c->h ? f->n : c->h;
	shown = shown < f->n ? shown : f->n;
	for (int i = shown; i < f->n; i++)
		rows += f->texts[i].times;
	snprintf(text, sizeof text, "and %d more%s, in %d row%s", f->n - shown,
	    f->others > 0 ? " at least" : "", rows, rows == 1 ? "" : "s");
	canvas_text(c, 0, shown, c->w, STYLE_DIM, text);
	return shown;
}

void
frequent_draw(const struct frequent *f, const struct canvas *c)
{
	int name, number, lines;
	char text[COUNT_CHARS];

	if (f->n == 0 || c->h < 1) {
		canvas_text(c, 0, 0, c->w, STYLE_DIM, "no texts yet");
		return;
	}
	lines = draw_more(f, c);
	measure(f, lines, &name, &number);
	name = frequent_name_cells(name, c->w);
	for (int i = 0; i < lines; i++) {
		const struct frequent_text *t = &f->texts[i];

		if (c->w < number + 2) { /* a name alone, rather than a part of a number */
			canvas_text(c, 0, i, c->w, STYLE_TEXT, t->text);
			continue;
		}
		canvas_text(c, 0, i, name, STYLE_TEXT, t->text);
		bar_draw(c, name + 1, i, c->w - name - number - 2,
		    (double)t->times / f->texts[0].times, STYLE_SERIES);
		count_print((uint64_t)t->times, text);
		canvas_right(c, c->w - number, i, number, STYLE_LABEL, text);
	}
}

bool
frequent_column(const struct view *v, int i, int *source, int *column)
{
	for (*source = 0; *source < engine_sources(v->engine); ++*source) {
		const struct schema *schema = engine_schema(v->engine, *source);

		for (*column = 0; schema != NULL && *column < schema->n; ++*column)
			if (schema->columns[*column].type == COLUMN_TEXT && i-- == 0)
				return true;
	}
	return false;
}

int
frequent_columns(const struct view *v)
{
	int n = 0, source, column;

	while (frequent_column(v, n, &source, &column))
		n++;
	return n;
}
