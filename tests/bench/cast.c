/* cast.c - the reactor demo recorded: a .cast for asciinema, and the same as an animated SVG.
 *
 * The program runs in a terminal of its own; five times a second its screen is looked at. The SVG
 * has each line of the screen once for as long as it stood. What is drawn with dots and blocks
 * becomes shapes, as in the program's own pictures. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/picture/picture.h"
#include "app/picture/picture_shapes.h"
#include "tests/screens/terminal.h"
#include "widgets/draw/runes.h"

enum {
	W = 100,
	H = 30,
	STEP = 200 /* ms */,
	STEPS = 110,
	NOTE_STEPS = 8, /* that a note is left standing before space goes on */
	MARGIN = 10,
	BASELINE = 15,
	DARK = 0x15181c,
	LIGHT = 0xd8d8d8
};

struct seen {
	uint32_t rune;
	int32_t fg, bg; /* -1: the terminal's own */
	bool bold;
};

static int32_t
color_behind(const char *look, const char *word)
{
	const char *at = strstr(look, word);

	return at != NULL ? (int32_t)strtol(at + strlen(word), NULL, 16) : -1;
}

static struct seen
look_at(struct terminal *t, int x, int y)
{
	char text[TERMINAL_LOOK];
	struct seen look;

	terminal_look(t, x, y, text);
	look = (struct seen){ (uint32_t)strtol(text, NULL, 16), color_behind(text, " in #"),
		color_behind(text, " on #"), strstr(text, " bold") != NULL };
	if (strstr(text, " reverse") != NULL) {
		int32_t fg = look.fg < 0 ? LIGHT : look.fg;

		look.fg = look.bg < 0 ? DARK : look.bg;
		look.bg = fg;
	}
	return look;
}

static bool
runs_on(const struct seen *a, const struct seen *b)
{
	return a->fg == b->fg && a->bg == b->bg && a->bold == b->bold &&
	       shape_is(a->rune) == shape_is(b->rune);
}

static void
add_shapes(struct text *out, const struct seen *run, int n, int x, int y)
{
	struct text path = { 0 };

	for (int shape = 0; shape <= SHAPE_SHADE_1; shape++) {
		bool line = shape == SHAPE_LIGHT || shape == SHAPE_HEAVY || shape == SHAPE_DOTS;

		text_clear(&path);
		for (int i = 0; i < n; i++)
			shape_add(&path, (enum shape)shape, run[i].rune, x + i * CELL_W, y);
		if (path.len > 0)
			text_addf(out, "<path class=\"%c\" %s=\"#%06x\" d=\"%s\"/>", "lhofs"[shape],
			    line ? "stroke" : "fill", (unsigned)(run->fg < 0 ? LIGHT : run->fg),
			    text_get(&path));
	}
	text_done(&path);
}

static void
add_text(struct text *out, const struct seen *run, int n, int x, int y)
{
	int first = 0;

	while (first < n && run[first].rune == ' ')
		first++;
	while (n > first && run[n - 1].rune == ' ')
		n--;
	if (first == n)
		return;
	text_addf(out, "<text x=\"%d\" y=\"%d\" textLength=\"%d\"%s fill=\"#%06x\">",
	    x + first * CELL_W, y + BASELINE, (n - first) * CELL_W, run->bold ? " class=\"b\"" : "",
	    (unsigned)(run->fg < 0 ? LIGHT : run->fg));
	for (int i = first; i < n; i++)
		picture_rune(out, run[i].rune);
	text_add(out, "</text>");
}

static void
add_row(struct text *out, struct terminal *t, int y)
{
	struct seen looks[W];
	int top = MARGIN + y * CELL_H;

	for (int x = 0; x < W; x++)
		looks[x] = look_at(t, x, y);
	for (int x = 0, n; x < W; x += n) {
		for (n = 1; x + n < W && runs_on(&looks[x], &looks[x + n]); n++)
			;
		if (looks[x].bg >= 0)
			text_addf(out,
			    "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#%06x\"/>",
			    MARGIN + x * CELL_W, top, n * CELL_W, CELL_H, (unsigned)looks[x].bg);
		if (shape_is(looks[x].rune))
			add_shapes(out, looks + x, n, MARGIN + x * CELL_W, top);
		else
			add_text(out, looks + x, n, MARGIN + x * CELL_W, top);
	}
}

/* One line of the screen, from one step to another. */
static void
write_row(FILE *file, const struct text *row, int from, int to)
{
	fprintf(file,
	    "<g visibility=\"hidden\">%s<animate attributeName=\"visibility\" "
	    "values=\"hidden;visible;hidden\" keyTimes=\"0;%.5f;%.5f\" dur=\"%ds\" "
	    "calcMode=\"discrete\" repeatCount=\"indefinite\"/></g>\n",
	    text_get(row), (double)from / STEPS, (double)to / STEPS, STEPS * STEP / 1000);
}

static void
write_head(FILE *file)
{
	int w = W * CELL_W + 2 * MARGIN, h = H * CELL_H + 2 * MARGIN;

	fprintf(file,
	    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n<style>\n"
	    "text { font: 16.6px 'DejaVu Sans Mono', Menlo, Consolas, monospace; "
	    "white-space: pre; }\n.b { font-weight: bold; }\n"
	    ".l { fill: none; stroke-width: 1.3; } .h { fill: none; stroke-width: 3; }\n"
	    ".o { fill: none; stroke-width: 3.6; stroke-linecap: round; }\n"
	    ".s { fill-opacity: .25; }\n"
	    "</style>\n<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%06x\"/>\n",
	    w, h, w, h, DARK);
}

/* The demo halts at its notes: they are read, then it goes on. */
static void
go_on(struct terminal *t, int *noted)
{
	*noted = strstr(terminal_row(t, 0), "paused") != NULL ? *noted + 1 : 0;
	if (*noted < NOTE_STEPS)
		return;
	terminal_type(t, " ");
	*noted = 0;
}

static void
record(struct terminal *t, FILE *file)
{
	struct text rows[H] = { { 0 } }, row = { 0 };
	int since[H] = { 0 }, noted = 0;

	write_head(file);
	for (int step = 0; step <= STEPS; step++) {
		terminal_wait(t, terminal_never, NULL, STEP);
		for (int y = 0; y < H; y++) {
			text_clear(&row);
			add_row(&row, t, y);
			if (step < STEPS && strcmp(text_get(&row), text_get(&rows[y])) == 0)
				continue;
			if (rows[y].len > 0)
				write_row(file, &rows[y], since[y], step);
			since[y] = step;
			text_clear(&rows[y]);
			text_addn(&rows[y], text_get(&row), row.len);
		}
		go_on(t, &noted);
	}
	fprintf(file, "</svg>\n");
	for (int y = 0; y < H; y++)
		text_done(&rows[y]);
	text_done(&row);
}

int
main(int argc, char **argv)
{
	const char *const env[] = { "TERM=xterm-256color", "COLORTERM=truecolor", NULL };
	const char *weir[] = { argv[1], "demo", "reactor", "--color", "true", "--theme", "dark",
		"--cast", argv[2], NULL };
	struct terminal *t;
	FILE *file;

	if (argc != 4) {
		fprintf(stderr, "cast: WEIR OUT.cast OUT.svg\n");
		return 2;
	}
	file = fopen(argv[3], "w");
	if (file == NULL) {
		perror(argv[3]);
		return 1;
	}
	t = terminal_start(W, H, env, weir);
	record(t, file);
	terminal_type(t, "q");
	terminal_exit(t, TERMINAL_LIMIT);
	terminal_free(t);
	return fclose(file) == 0 ? 0 : 1;
}
