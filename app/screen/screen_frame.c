/* screen_frame.c - curses: cells in, the bytes that bring them onto the terminal out.
 *
 * Curses writes with write(2) to whatever it was given, and waits: so it is given a file in memory,
 * which takes all at once, and the relay brings what stands in it to the terminal. The file never
 * fills, as a pipe would when a frame is larger than it.
 *
 * Curses counts colours by number and knows 256 of them at best. Where the terminal has 24 bits,
 * the theme's colours pass through it as other numbers (screen_paint.h). */
#define NCURSES_WIDECHAR 1
#include "app/screen/screen_frame.h"

#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>
#include <wchar.h>

#include "app/screen/compress.h"
#include "app/screen/screen_paint.h"
#include "app/screen/screen_shift.h"
#include "app/screen/screen_terminal.h"
#include "widgets/draw/runes.h"

enum { ESCAPE_BYTES = 160 };

struct frame {
	SCREEN *curses;
	FILE *in, *out;
	enum color_level level;
	char enter[ESCAPE_BYTES], leave[ESCAPE_BYTES];
	struct paints paints;
	struct compressor thrift;
	bool shifts;       /* it can delete and insert characters */
	struct text frame; /* what a frame is, where it begins with shifts */
	cchar_t *row;      /* as wide as the screen */
	int w, h;
	char *bytes; /* as curses wrote them */
	size_t cap;
};

/* As many colours as were asked for and curses knows of. */
static enum color_level
limit_level(enum color_level level, int known)
{
	if (level == COLORS_TRUE && known < PAINT_TRUE_FIRST + SWAPS_MOST)
		level = COLORS_256;
	if (level == COLORS_256 && known < 256)
		level = COLORS_16;
	if (level == COLORS_16 && known < 16)
		level = COLORS_8;
	return known < 8 ? COLORS_NONE : level;
}

static int
open_curses(struct frame *f, const char *name, struct error *err)
{
	int memory = memfd_create("frame", MFD_CLOEXEC);

	setenv("NCURSES_NO_PADDING", "1", 1); /* NULs, for the same delays */
	f->in = fopen("/dev/null", "re");
	f->out = memory < 0 ? NULL : fdopen(memory, "w");
	if (!f->in || !f->out)
		return error_set(err, "terminal: %s", strerror(errno));
	if (cur_term)
		del_curterm(cur_term);
	unsetenv("COLUMNS"); /* they may say anything; the terminal is asked */
	unsetenv("LINES");
	f->curses = newterm(name, f->out, f->in);
	if (!f->curses)
		return error_set(err, "terminal: TERM=%s cannot be used (use --headless)", name);
	set_term(f->curses);
	nonl();
	scrollok(stdscr, FALSE);
	return 0;
}

static void
open_colors(struct frame *f)
{
	f->level = limit_level(f->level, tigetnum("colors"));
	if (f->level == COLORS_NONE)
		return;
	if (start_color() != OK)
		f->level = COLORS_NONE;
	else
		use_default_colors();
}

struct frame *
frame_open(const char *color, struct error *err)
{
	const struct color_hints hints = { color, getenv("NO_COLOR"), getenv("COLORTERM"),
		getenv("TERM") };
	struct frame *f = memory_zero(1, sizeof *f);
	char name[128];
	int level;
	size_t n;

	if (terminal_check(hints.term, err) != 0)
		goto fail;
	level = color_level(&hints, tigetnum("colors"), err);
	if (level < 0)
		goto fail;
	f->level = (enum color_level)level;
	terminal_name(name, sizeof name, hints.term, f->level);
	if (open_curses(f, name, err) != 0)
		goto fail;
	open_colors(f);
	f->thrift.to_column = terminal_knows_columns();
	f->thrift.to_own = terminal_knows_own_colors();
	f->shifts = terminal_knows_shifts();
	/* what newterm() wrote is dropped */
	frame_draw(f, &(struct canvas){ 0 }, &(struct canvas){ 0 }, &n);
	terminal_add_string(f->enter, sizeof f->enter, "smcup");
	/* Some terminals leave the cursor where it was, and curses believes it to be at home. */
	terminal_add_string(f->enter, sizeof f->enter, "home");
	terminal_add_string(f->enter, sizeof f->enter, "civis");
	terminal_add_string(f->leave, sizeof f->leave, "sgr0");
	terminal_add_string(f->leave, sizeof f->leave, "op");
	terminal_add_string(f->leave, sizeof f->leave, "rmcup");
	/* Some terminals bring the cursor back as it was saved last: hidden. */
	terminal_add_string(f->leave, sizeof f->leave, "cnorm");
	return f;
fail:
	frame_close(f);
	return NULL;
}

void
frame_close(struct frame *f)
{
	if (f->curses)
		delscreen(f->curses);
	else if (cur_term)
		del_curterm(cur_term);
	if (f->out)
		fclose(f->out);
	if (f->in)
		fclose(f->in);
	free(f->row);
	free(f->bytes);
	paints_done(&f->paints);
	text_done(&f->frame);
	compressor_done(&f->thrift);
	free(f);
}

enum color_level
frame_colors(const struct frame *f)
{
	return f->level;
}

bool
frame_has_mouse(const struct frame *f)
{
	(void)f;
	return terminal_string("kmous") != NULL;
}

/* The fonts of the Linux console have the box and block characters only. */
bool
frame_has_braille(const struct frame *f)
{
	(void)f;
	return strncmp(termname(), "linux", 5) != 0;
}

const char *
frame_enter(const struct frame *f)
{
	return f->enter;
}

const char *
frame_leave(const struct frame *f)
{
	return f->leave;
}

void
frame_resize(struct frame *f, int w, int h)
{
	f->row = memory_grow(f->row, (size_t)w + 1, sizeof *f->row);
	f->w = w;
	f->h = h;
	resize_term(h, w);
}

void
frame_theme(struct frame *f, const struct theme *theme)
{
	paints_set(&f->paints, f->level, theme);
}

/* --- cells ------------------------------------------------------------------------------------ */

/* A blank of that look shows nothing of its style: all looks but these are the same. */
static bool
shows_no_blank(const struct frame *f, const struct cell *look)
{
	return !look->reverse &&
	       !(paint_of(&f->paints, look)->attributes & (A_REVERSE | A_UNDERLINE));
}

static bool
is_blank(const struct frame *f, const struct cell *cell)
{
	return cell->rune == ' ' && shows_no_blank(f, cell);
}

static bool
same(const struct frame *f, const struct cell *a, const struct cell *b)
{
	if (a->back != b->back)
		return false;
	if (is_blank(f, a) && is_blank(f, b))
		return true;
	return a->rune == b->rune && a->style == b->style && a->reverse == b->reverse;
}

/* What the C library thinks to be wider or narrower than we do would shift the rest of the line. */
static int
set_cell(const struct frame *f, uint32_t rune, const struct cell *look, cchar_t *out)
{
	const struct paint *paint = paint_of(&f->paints, look);
	wchar_t text[2] = { (wchar_t)rune, 0 };
	int cells = rune_cells(rune), count = 1;
	attr_t attributes = paint->attributes ^ (look->reverse ? A_REVERSE : 0);

	if (rune >= 0x80 && wcwidth(text[0]) != cells) {
		text[0] = wcwidth(RUNE_INVALID) == 1 ? RUNE_INVALID : '?';
		count = cells;
	}
	for (int i = 0; i < count; i++)
		setcchar(&out[i], text, attributes, paint->pair, NULL);
	return count;
}

void
frame_blank(struct frame *f)
{
	const struct cell blank = { .rune = ' ', .style = STYLE_TEXT };
	cchar_t cell;

	set_cell(f, ' ', &blank, &cell);
	wbkgrndset(stdscr, &cell);
	werase(stdscr);
	redrawwin(stdscr);
	compressor_forget(&f->thrift);
}

/* A short gap takes the look of what stands beside it, which saves setting one for it. A long one
 * keeps its own, for curses to see that it can be erased at once. */
static struct cell
look_of(const struct frame *f, const struct cell *row, int first, int end, int x)
{
	enum { SHORT = 3 };
	struct cell look = row[x];
	int left = x, right = x;

	if (!is_blank(f, &row[x]))
		return look;
	while (left >= first && is_blank(f, &row[left]))
		left--;
	while (right < end && is_blank(f, &row[right]))
		right++;
	if (look.back == BACK_NONE && right - left - 1 > SHORT)
		return look;
	if (left >= first && shows_no_blank(f, &row[left]))
		look.style = row[left].style;
	else if (right < end && shows_no_blank(f, &row[right]))
		look.style = row[right].style;
	return look;
}

/* Hands the changed cells of a line to curses, a piece at a time. */
static void
draw_row(struct frame *f, int y, const struct cell *new, const struct cell *old, int w)
{
	for (int first = 0, end; first < w; first = end) {
		int n = 0;

		end = first + 1;
		if (same(f, &new[first], &old[first]))
			continue;
		while (end < w && !same(f, &new[end], &old[end]))
			end++;
		if (first > 0 && new[first].rune == 0)
			first--;
		for (int x = first; x < end; x++) {
			struct cell look = look_of(f, new, first, end, x);

			if (!f->paints.colored)
				look = cell_shaded(&look);
			else if (f->paints.few)
				look = cell_few(&look);
			if (look.rune != 0)
				n += set_cell(f, look.rune, &look, &f->row[n]);
		}
		mvadd_wchnstr(y, first, f->row, n);
	}
}

static size_t
read_output(struct frame *f)
{
	int fd = fileno(f->out);
	off_t end = lseek(fd, 0, SEEK_END);
	size_t size = end > 0 ? (size_t)end : 0;
	ssize_t n = 0;

	if (size == 0)
		return 0;
	if (size > f->cap) {
		f->cap = size * 2;
		f->bytes = memory_grow(f->bytes, f->cap, 1);
	}
	n = pread(fd, f->bytes, size, 0);
	if (ftruncate(fd, 0) != 0 || lseek(fd, 0, SEEK_SET) != 0)
		return 0;
	return n > 0 ? (size_t)n : 0;
}

/* Rows that only went to the left do so on the terminal, and in what curses believes it to show.
 * The cursor goes back to where each frame ends. Terminals could remember it, but some have one
 * memory for that and for the place on the other screen, which the shell needs at the end. */
static void
shift_rows(struct frame *f, const struct canvas *new, const struct canvas *old)
{
	text_clear(&f->frame);
	for (int y = 0; f->shifts && y < new->h; y++) {
		struct shift s =
		    shift_find(&new->cells[y * new->stride], &old->cells[y * old->stride], new->w);

		if (s.by == 0)
			continue;
		if (f->frame.len == 0)
			text_add(&f->frame, "\033[m");
		shift_write(&f->frame, y, s, f->thrift.to_column);
		for (int i = 0; i < s.by; i++)
			mvwdelch(curscr, y, s.from);
		for (int i = 0; i < s.by; i++)
			mvwinsch(curscr, y, s.to, ' ');
	}
	if (f->frame.len == 0)
		return;
	text_add(&f->frame, "\033[H");
	compressor_forget(&f->thrift);
}

const char *
frame_draw(struct frame *f, const struct canvas *new, const struct canvas *old, size_t *n)
{
	const char *bytes;

	shift_rows(f, new, old);
	for (int y = 0; y < new->h; y++)
		draw_row(f, y, &new->cells[y * new->stride], &old->cells[y * old->stride], new->w);
	wmove(stdscr, 0, 0); /* where the cursor is after each frame: see shift_rows() */
	wnoutrefresh(stdscr);
	doupdate();
	*n = read_output(f);
	bytes = swaps_apply(&f->paints.swaps, f->bytes, n);
	bytes = compressor_apply(&f->thrift, bytes, n);
	if (f->frame.len == 0)
		return bytes;
	text_addn(&f->frame, bytes, *n);
	*n = f->frame.len;
	return f->frame.s;
}
