/* guarded.c - a canvas with a border of guard cells. */
#include "tests/guarded.h"

#include <stdlib.h>

#include "data/base/error.h"
#include "tests/support.h"
#include "widgets/draw/glyphs.h"
#include "widgets/draw/runes.h"

enum { GUARD = 3 };

struct guarded
guarded_new(int w, int h, enum glyphs glyphs)
{
	struct guarded p = { .rows = h + 2 * GUARD };

	p.canvas = (struct canvas){
		.stride = w + 2 * GUARD, .x = GUARD, .y = GUARD, .w = w, .h = h, .glyphs = glyphs
	};
	p.cells = memory_zero((size_t)(p.canvas.stride * p.rows), sizeof *p.cells);
	for (int i = 0; i < p.canvas.stride * p.rows; i++)
		p.cells[i].rune = 'G';
	p.canvas.cells = p.cells;
	canvas_clear(&p.canvas);
	return p;
}

void
guarded_free(struct guarded *p)
{
	const struct canvas *c = &p->canvas;

	for (int y = 0; y < p->rows; y++) {
		for (int x = 0; x < c->stride; x++) {
			const struct cell *cell = &p->cells[y * c->stride + x];
			bool in = x >= c->x && x < c->x + c->w && y >= c->y && y < c->y + c->h;

			ck_assert(in || (cell->rune == 'G' && cell->style == 0));
			if (cell->rune == 0)
				ck_assert(rune_cells(cell[-1].rune) == 2);
			else if (in && rune_cells(cell->rune) == 2)
				ck_assert(cell[1].rune == 0 && x + 1 < c->x + c->w);
		}
	}
	free(p->cells);
}

struct cell *
guarded_at(const struct guarded *p, int x, int y)
{
	return &p->cells[(p->canvas.y + y) * p->canvas.stride + p->canvas.x + x];
}

const char *
guarded_row(const struct guarded *p, int y)
{
	static char out[4096];
	int n = 0, end = 0;

	for (int x = 0; x < p->canvas.w; x++) {
		uint32_t rune = guarded_at(p, x, y)->rune;

		n += rune == 0 ? 0 : rune_write(rune, out + n);
		if (rune != ' ')
			end = n;
	}
	out[end] = '\0';
	return out;
}
