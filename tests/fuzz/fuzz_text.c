/* fuzz_text.c - any bytes as text: what is drawn is harmless, as wide as it was said to be, never
 * beyond its room, and what is written as JSON is valid UTF-8. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "widgets/draw/canvas.h"
#include "widgets/draw/runes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { W = 40, H = 2 };

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
check_runes(const char *s, size_t n)
{
	char out[RUNE_BYTES];
	uint32_t rune, again;

	for (size_t at = 0, k; at < n; at += k) {
		k = rune_read(s + at, n - at, &rune);
		must(k >= 1 && k <= n - at && k <= RUNE_BYTES);
		rune = rune_harmless(rune);
		must(rune >= 0x20 && rune != 0x7f && !(rune >= 0x80 && rune < 0xa0));
		must(rune_harmless(rune) == rune);
		must(rune_cells(rune) == 1 || rune_cells(rune) == 2);
		k = k > 0 ? k : 1;
		must(rune_read(out, (size_t)rune_write(rune, out), &again) > 0 && again == rune);
	}
}

/* Cells beyond the width stay as they were. */
static void
check_canvas(const char *s, int width, enum glyphs glyphs)
{
	struct cell cells[W * H], clear[W * H];
	struct canvas c = { cells, W, 0, 0, W, H, glyphs };
	int used;

	canvas_clear(&c);
	memcpy(clear, cells, sizeof clear);
	used = canvas_text(&c, 0, 0, width, STYLE_TEXT, s);
	must(used >= 0 && used <= width);
	must(text_cells(s) > width || used == text_cells(s) || glyphs == GLYPHS_ASCII);
	must(memcmp(cells + width, clear + width, sizeof clear - (size_t)width * sizeof *cells) ==
	     0);
}

static void
check_json(const char *s, size_t n)
{
	struct text out = { 0 };

	text_json(&out, s, n);
	must(out.len >= 2 && out.s[0] == '"' && out.s[out.len - 1] == '"');
	for (size_t at = 1, k; at < out.len - 1; at += k) {
		k = text_utf8_length(out.s + at, out.len - at);
		must(k > 0);
		must((unsigned char)out.s[at] >= 0x20);
		if (out.s[at] == '\\')
			k++;
		else
			must(out.s[at] != '"');
	}
	text_done(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = memory_text((const char *)data, size);

	check_runes((const char *)data, size);
	check_json((const char *)data, size);
	for (int width = 0; width <= W; width += 1 + width / 3)
		for (enum glyphs g = GLYPHS_BRAILLE; g <= GLYPHS_ASCII; g++)
			check_canvas(s, width, g);
	free(s);
	return 0;
}
