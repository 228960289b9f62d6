/* test_views.c - every view as text, at four sizes, as it is kept in views/; and what has to hold
 * of each at any size.
 *
 * With KEEP=1 the screens that were drawn become those that are expected: read them before they are
 * kept. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"
#include "widgets/draw/runes.h"

#define FOLDER WEIR_SETS "/../../tests/screens/views"
#define RECORDING "sources: [{uri: \"" WEIR_SETS "/reactor.csv\", time: time}]\n"
#define RULES                                                                                      \
	"columns:\n"                                                                               \
	"  - {name: temperature, unit: \"°C\"}\n"                                                 \
	"alerts:\n"                                                                                \
	"  - {name: temp too low, when: temperature < 9.6, severity: critical}\n"                  \
	"  - {name: acid, when: pH < 4.6, for: 3 rows}\n"                                          \
	"  - {name: never, when: temperature > 500}\n"
#define KPIS                                                                                       \
	"kpis:\n"                                                                                  \
	"  - {name: p95 of 200, expr: \"p95(temperature, 200)\", unit: \"°C\"}\n"                 \
	"  - {name: busiest, expr: \"top(phase, 1, 100)\"}\n"
#define WIDE                                                                                       \
	"derive:\n"                                                                                \
	"  - {name: heat, expr: temperature * 4.2}\n"                                              \
	"  - {name: acidity, expr: 7 - pH}\n"                                                      \
	"  - {name: change of temperature, expr: diff(temperature)}\n"                             \
	"  - {name: warm, expr: temperature > 11}\n"                                               \
	"  - {name: stage, expr: last(phase)}\n"                                                   \
	"  - {name: ratio, expr: temperature / pH}\n"
#define LAYOUT                                                                                     \
	"layout:\n"                                                                                \
	"  - {height: 3, panes: [{widget: chart, of: \"temperature, pH\", width: 3},"              \
	" {widget: alerts, width: 1}]}\n"                                                          \
	"  - {height: 2, panes: [{widget: table, kpis: \"mean, sd, p95\", width: 2},"              \
	" {widget: gauge, of: temperature}, {widget: stat, of: pH}]}\n"                            \
	"  - {height: 2, panes: [{widget: bars, of: phase}, {widget: kpis},"                       \
	" {widget: heatmap, of: pH}]}\n"

#define LABELS                                                                                     \
	"kpis: [{name: right, expr: \"accuracy(phase, classify(phase, temperature, pH))\"}]\n"
#define NUMBERS                                                                                    \
	"kpis: [{name: off by, expr: \"mae(temperature, predict(temperature, pH, "                 \
	"lag(temperature, 5), phase))\"}]\n"

enum { ROWS = 482 };
#define AFTER_MESSAGES INT64_C(4000000000)

static const struct {
	const char *name, *yaml, *keys;
} views[] = {
	{ "overview", RECORDING RULES KPIS, "1" },
	{ "series", RECORDING RULES KPIS, "2" },
	{ "alerts", RECORDING RULES KPIS, "4" },
	{ "rows", RECORDING RULES KPIS, "5" },
	{ "rows-wide", RECORDING WIDE, "5\4\4\4" },
	{ "learning", RECORDING LABELS, "6" },
	{ "learning-numbers", RECORDING NUMBERS, "6" },
	{ "sources", RECORDING RULES KPIS, "7" },
	{ "explain", RECORDING RULES KPIS, "e" },
	{ "help", RECORDING RULES KPIS, "?" },
	{ "help-below", RECORDING RULES KPIS, "?\2" },
	{ "custom", RECORDING RULES KPIS LAYOUT, "1" },
	{ "overview-keys", RECORDING "by: phase\n" RULES, "1" },
	{ "keys", RECORDING "by: phase\n" RULES KPIS, "3>>>" },
	{ "one-key", RECORDING "by: phase\n" RULES, "3\2\r" },
	{ "alerts-keys", RECORDING "by: phase\n" RULES, "4" },
};
enum { VIEWS = sizeof views / sizeof *views };

static const struct {
	int w, h;
} sizes[] = { { 120, 36 }, { 80, 24 }, { 40, 10 }, { 200, 50 } };
enum { SIZES = sizeof sizes / sizeof *sizes };

static void
open_view(struct rig *rig, int view)
{
	struct error err = { 0 };

	ck_assert_msg(rig_open_file(rig, views[view].yaml, &err) == 0, "%s", err.text);
	rig_rows(rig, ROWS, 0, 0);
	rig_keys(rig, views[view].keys);
	rig->now += AFTER_MESSAGES;
}

/* --- as they are kept ------------------------------------------------------------------------- */

static void
keep(const char *path, const char *picture)
{
	FILE *file = fopen(path, "w");

	ck_assert_msg(file != NULL, "%s: %s", path, strerror(errno));
	fputs(picture, file);
	ck_assert_int_eq(fclose(file), 0);
}

static struct text
read_kept(const char *path)
{
	struct text text = { 0 };
	FILE *file = fopen(path, "r");
	char bytes[4096];
	size_t n;

	ck_assert_msg(file != NULL, "%s: %s (KEEP=1 writes it)", path, strerror(errno));
	text_add(&text, "");
	while ((n = fread(bytes, 1, sizeof bytes, file)) > 0)
		text_addn(&text, bytes, n);
	fclose(file);
	return text;
}

/* The first line that differs, and which it is. */
static void
compare(const char *name, const char *kept, const char *picture)
{
	for (int line = 1; strcmp(kept, picture) != 0; line++) {
		int a = (int)strcspn(kept, "\n"), b = (int)strcspn(picture, "\n");

		ck_assert_msg(a == b && memcmp(kept, picture, (size_t)a) == 0,
		    "%s: line %d is\n%.*s\nand should be\n%.*s", name, line, b, picture, a, kept);
		kept += a + (kept[a] != '\0');
		picture += b + (picture[b] != '\0');
	}
}

START_TEST(as_it_is_kept)
{
	bool keeps = getenv("KEEP") != NULL;
	struct rig rig;

	open_view(&rig, _i);
	for (int s = 0; s < SIZES; s++)
		for (int ascii = 0; ascii < 2; ascii++) {
			const char *picture;
			char path[256];
			struct text kept;

			snprintf(path, sizeof path, FOLDER "/%s-%dx%d%s.txt", views[_i].name,
			    sizes[s].w, sizes[s].h, ascii ? "-ascii" : "");
			picture = rig_picture(
			    &rig, sizes[s].w, sizes[s].h, ascii ? GLYPHS_ASCII : GLYPHS_BRAILLE);
			if (keeps)
				keep(path, picture);
			kept = read_kept(path);
			compare(strrchr(path, '/') + 1, text_get(&kept), picture);
			text_done(&kept);
		}
	rig_close(&rig);
}
END_TEST

/* --- at any size ------------------------------------------------------------------------------ */

enum { MARGIN = 2, OUTSIDE = 0xfffd, W_MOST = 300, H_MOST = 100 };

struct picture { /* with cells around it that nobody may touch */
	struct cell *cells;
	int w, h, stride;
	enum glyphs glyphs;
};

static uint32_t
rune_at(const struct picture *p, int x, int y)
{
	return p->cells[(y + MARGIN) * p->stride + x + MARGIN].rune;
}

static struct picture
draw(struct rig *rig, int w, int h, enum glyphs glyphs)
{
	static struct cell cells[(W_MOST + 2 * MARGIN) * (H_MOST + 2 * MARGIN)];
	struct picture p = { cells, w, h, w + 2 * MARGIN, glyphs };
	struct canvas canvas = { cells + MARGIN * p.stride + MARGIN, p.stride, 0, 0, w, h, glyphs };

	for (int i = 0; i < p.stride * (h + 2 * MARGIN); i++)
		cells[i] = (struct cell){ .rune = OUTSIDE };
	canvas_clear(&canvas);
	dashboard_frame(rig->dashboard, &canvas, rig->now);
	return p;
}

/* An assertion that holds costs a write, too much for each cell. */
static void
check_outside(const struct picture *p)
{
	for (int y = -MARGIN; y < p->h + MARGIN; y++)
		for (int x = -MARGIN; x < p->w + MARGIN; x++) {
			bool inside = x >= 0 && x < p->w && y >= 0 && y < p->h;

			if ((rune_at(p, x, y) == OUTSIDE) == inside)
				ck_abort_msg("cell %d, %d of %dx%d", x, y, p->w, p->h);
		}
}

/* ASCII where only that is there; the second half of a wide one stands behind its first. */
static bool
is_right(const struct picture *p, int x, int y)
{
	uint32_t rune = rune_at(p, x, y);

	if (p->glyphs == GLYPHS_ASCII)
		return rune >= ' ' && rune <= '~';
	return rune >= ' ' || (rune == 0 && x > 0 && rune_cells(rune_at(p, x - 1, y)) == 2);
}

static void
check_runes(const struct picture *p)
{
	for (int y = 0; y < p->h; y++)
		for (int x = 0; x < p->w; x++)
			if (!is_right(p, x, y))
				ck_abort_msg("U+%04x at %d, %d of %dx%d", rune_at(p, x, y), x, y,
				    p->w, p->h);
}

/* The right end of the frame that begins at x, y; -1: it has none. */
static int
frame_right(const struct picture *p, int x, int y)
{
	for (int i = x + 1; i < p->w && rune_at(p, i, y) != 0x256d; i++)
		if (rune_at(p, i, y) == 0x256e)
			return i;
	return -1;
}

static int
frame_bottom(const struct picture *p, int x, int y)
{
	for (int i = y + 1; i < p->h; i++)
		if (rune_at(p, x, i) == 0x2570)
			return i;
	return -1;
}

static bool
is_closed(const struct picture *p, int x, int y)
{
	int right = frame_right(p, x, y), bottom = frame_bottom(p, x, y);

	if (right < 0 || bottom < 0 || rune_at(p, right, bottom) != 0x256f)
		return false;
	for (int i = y + 1; i < bottom; i++)
		if (rune_at(p, x, i) != 0x2502 || rune_at(p, right, i) != 0x2502)
			return false;
	for (int i = x + 1; i < right; i++)
		if (rune_at(p, i, bottom) != 0x2500)
			return false;
	return true;
}

static void
check_frames(const struct picture *p)
{
	int corners = 0;

	for (int y = 0; y < p->h; y++)
		for (int x = 0; x < p->w; x++) {
			uint32_t rune = rune_at(p, x, y);

			corners += (rune == 0x256d) - (rune == 0x256f);
			if (rune == 0x256d && !is_closed(p, x, y))
				ck_abort_msg("frame at %d, %d of %dx%d", x, y, p->w, p->h);
		}
	ck_assert_int_eq(corners, 0);
}

static void
row_text(const struct picture *p, int y, struct text *out)
{
	char bytes[RUNE_BYTES];

	text_clear(out);
	for (int x = 0; x < p->w; x++)
		if (rune_at(p, x, y) != 0)
			text_addn(out, bytes, (size_t)rune_write(rune_at(p, x, y), bytes));
}

/* Each of the pieces between two or more blanks is one of the words, or begins with one. */
static void
check_pieces(const struct picture *p, int y, int gap, const char *const *words)
{
	static const char blanks[] = "    ";
	struct text line = { 0 };
	const char *at, *end;

	row_text(p, y, &line);
	at = text_get(&line);
	for (at += strspn(at, " "); *at != '\0'; at = end + strspn(end, " ")) {
		int n = 0;

		end = strstr(at, blanks + sizeof blanks - 1 - gap);
		end = end != NULL ? end : at + strlen(at);
		while (words[n] != NULL && strncmp(at, words[n], strlen(words[n])) != 0)
			n++;
		if (words[n] == NULL)
			ck_abort_msg("half of something in line %d of %dx%d: '%s'", y, p->w, p->h,
			    text_get(&line));
	}
	text_done(&line);
}

/* Keys stand in the last line with what they do, whole or not at all. */
static void
check_hints(const struct picture *p)
{
	static const char *const words[] = { "space pause", ". step", "+/- speed", "↑/↓ series",
		"Up/Down series", "⏎ zoom", "Enter zoom", "Tab view", "w/W window", "e explain",
		"←/→ seek", "Left/Right seek", ": command", "/ filter", "? help", "q quit", NULL };

	if (rune_at(p, 0, p->h - 1) == ' ') /* else there is no room for it */
		check_pieces(p, p->h - 1, 3, words);
}

/* So do the parts of the status line. */
static void
check_status(const struct picture *p)
{
	static const char *const words[] = { "weir", "reactor", "4 keys", "key react",
		"‖ paused 10/s", "|| paused 10/s", "= paused 10/s", "row 482/", "━", "─", "=", "-",
		"#", "32%", "ETA 1:4", "bad 0", "late 0", "● 1 firing", "* 1 firing", "○ 0 firing",
		"o 0 firing", "+", "00:08:01", "00:07:10", "482/~1,500 ", "● 1 ", "* 1 ", "○ 0 ",
		"o 0 ", NULL };

	check_pieces(p, 0, 2, words);
}

static const int widths[] = { 1, 2, 3, 5, 8, 12, 16, 17, 20, 24, 30, 39, 40, 41, 50, 59, 60, 61, 66,
	70, 79, 80, 81, 90, 99, 100, 110, 119, 120, 121, 140, 160, 199, 200, 201, 250, 299, 300 };
static const int heights[] = { 1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 13, 15, 16, 17, 20, 23, 24, 25, 30,
	36, 50, 70, 99, 100 };

START_TEST(at_any_size)
{
	struct rig rig;

	open_view(&rig, _i);
	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++)
		for (size_t h = 0; h < sizeof heights / sizeof *heights; h++)
			for (int ascii = 0; ascii < 2; ascii++) {
				enum glyphs g = ascii ? GLYPHS_ASCII : GLYPHS_BRAILLE;
				struct picture p = draw(&rig, widths[w], heights[h], g);

				check_outside(&p);
				check_runes(&p);
				if (g != GLYPHS_ASCII)
					check_frames(&p);
				if (p.w >= 40 && p.h >= 16) {
					check_status(&p);
					check_hints(&p);
				}
			}
	rig_close(&rig);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("views");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_loop_test(all, as_it_is_kept, 0, VIEWS);
	tcase_add_loop_test(all, at_any_size, 0, VIEWS);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
