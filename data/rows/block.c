/* block.c - the memory of rows on their way: cells by column, texts in an arena, faults.
 *
 * Memory is got once and used again: a block that has been cleared takes as many rows as before
 * without an allocation. The arena is a list of pieces that never move: cells point into it. */
#include "data/rows/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/times/times.h"

enum {
	BLOCK_CELLS = 1 << 19, /* in all columns of a block: 4 to 8 MiB */
	BLOCK_FAULTS = 4096,   /* more than that, and the block is full */
	ARENA_PIECE = 1 << 14,
	ARENA_KEPT = 1 << 18, /* pieces above this size go when the block is cleared */
	ARENA_FULL = 1 << 20
};

struct piece {
	struct piece *next;
	size_t used, cap;
	char bytes[];
};

struct arena {
	struct piece *first, *last; /* last: the one that is filled; those behind it are empty */
	size_t used;                /* in all pieces */
};

static size_t
cell_size(enum column_type type)
{
	return type == COLUMN_TEXT ? sizeof(struct cell_text) : sizeof(double);
}

static union cells
missing_cells(enum column_type type, int cap)
{
	union cells cells = { .number = memory_zero((size_t)cap, cell_size(type)) };

	for (int i = 0; i < cap && type == COLUMN_NUMBER; i++)
		cells.number[i] = NAN;
	for (int i = 0; i < cap && type == COLUMN_TIME; i++)
		cells.time[i] = TIME_NONE;
	return cells;
}

static void
cells_new(struct block *block, const bool *used)
{
	const struct schema *schema = block->schema;

	block->cells = memory_new((size_t)schema->n, sizeof *block->cells);
	block->used = memory_new((size_t)schema->n, sizeof *block->used);
	for (int type = COLUMN_NUMBER; type <= COLUMN_TEXT; type++)
		block->missing[type] = missing_cells((enum column_type)type, block->cap);
	for (int i = 0; i < schema->n; i++) {
		enum column_type type = schema->columns[i].type;

		block->used[i] = used == NULL || used[i];
		block->cells[i] = block->missing[type];
		if (block->used[i])
			block->cells[i].number = memory_new((size_t)block->cap, cell_size(type));
	}
}

const char fault_header_again[] = "the header line again";
const char fault_comment[] = "a comment";
const char fault_other_table[] = "a line of another table";
const char fault_other_columns[] = "a header with other columns";
const char fault_other_header[] = "the header of another table";

/* Words of a state that was loaded are other copies. */
bool
fault_skips(const struct fault *fault)
{
	return strcmp(fault->what, fault_header_again) == 0 ||
	       strcmp(fault->what, fault_comment) == 0 ||
	       strcmp(fault->what, fault_other_table) == 0 ||
	       strcmp(fault->what, fault_other_columns) == 0 ||
	       strcmp(fault->what, fault_other_header) == 0;
}

struct block *
block_new(const struct schema *schema, const bool *used)
{
	struct block *block = memory_zero(1, sizeof *block);
	int most = schema->n > 0 ? BLOCK_CELLS / schema->n : BLOCK_ROWS;

	block->schema = schema;
	block->cap = most > BLOCK_ROWS ? BLOCK_ROWS : most > 0 ? most : 1;
	block->time = memory_new((size_t)block->cap, sizeof *block->time);
	block->after = memory_zero((size_t)block->cap, sizeof *block->after);
	block->late = memory_zero((size_t)block->cap, sizeof *block->late);
	block->arena = memory_zero(1, sizeof *block->arena);
	cells_new(block, used);
	return block;
}

void
block_keep_written(struct block *block)
{
	int n = block->schema->n;

	if (block->written != NULL)
		return;
	block->nwritten = n;
	block->written = memory_zero((size_t)n + 1, sizeof *block->written);
	for (int i = 0; i < n; i++)
		if (block->used[i] && block->schema->columns[i].type != COLUMN_TEXT)
			block->written[i] =
			    memory_zero((size_t)block->cap, sizeof **block->written);
}

static void
pieces_free(struct piece *piece)
{
	while (piece != NULL) {
		struct piece *next = piece->next;

		free(piece);
		piece = next;
	}
}

void
block_free(struct block *block)
{
	if (block == NULL)
		return;
	for (int i = 0; i < block->schema->n; i++)
		if (block->used[i])
			free(block->cells[i].number);
	for (int type = COLUMN_NUMBER; type <= COLUMN_TEXT; type++)
		free(block->missing[type].number);
	for (int i = 0; i < block->nwritten; i++)
		free(block->written[i]);
	free(block->written);
	free(block->used);
	pieces_free(block->arena->first);
	free(block->arena);
	free(block->cells);
	free(block->time);
	free(block->after);
	free(block->late);
	free(block->faults);
	free(block);
}

static void
arena_clear(struct arena *arena)
{
	struct piece **link = &arena->first;

	while (*link != NULL) {
		struct piece *piece = *link;

		piece->used = 0;
		if (piece->cap > ARENA_KEPT) {
			*link = piece->next;
			free(piece);
		} else {
			link = &piece->next;
		}
	}
	arena->last = arena->first;
	arena->used = 0;
}

void
block_clear(struct block *block)
{
	block->n = 0;
	block->nfaults = 0;
	arena_clear(block->arena);
}

bool
block_full(const struct block *block)
{
	return block->n == block->cap || block->nfaults >= BLOCK_FAULTS ||
	       block->arena->used >= ARENA_FULL;
}

const struct position *
block_position(const struct block *block, int rows)
{
	return rows > 0 ? &block->after[rows - 1] : &block->from;
}

/* Makes last a piece with room for n bytes: the next one if it is large enough, else a new one. */
static void
arena_extend(struct arena *arena, size_t n)
{
	struct piece *next = arena->last != NULL ? arena->last->next : arena->first;

	if (next == NULL || next->cap < n) {
		size_t cap = n > ARENA_PIECE ? n : ARENA_PIECE;
		struct piece *piece = memory_new(1, sizeof *piece + cap);

		*piece = (struct piece){ .next = next, .cap = cap };
		if (arena->last != NULL)
			arena->last->next = piece;
		else
			arena->first = piece;
		next = piece;
	}
	arena->last = next;
}

struct cell_text
block_text(struct block *block, const char *s, size_t n)
{
	struct arena *arena = block->arena;
	char *to;

	if (arena->last == NULL || arena->last->cap - arena->last->used < n)
		arena_extend(arena, n);
	to = arena->last->bytes + arena->last->used;
	if (n > 0)
		memcpy(to, s, n);
	arena->last->used += n;
	arena->used += n;
	return (struct cell_text){ .s = to, .n = (uint32_t)n };
}

/* At most FAULT_TEXT bytes, cut between two characters of UTF-8. */
static size_t
short_length(const char *s, size_t n)
{
	if (n <= FAULT_TEXT)
		return n;
	n = FAULT_TEXT;
	while (n > FAULT_TEXT - 4 && ((unsigned char)s[n] & 0xc0) == 0x80)
		n--;
	return n;
}

void
block_fault(struct block *block, int row, int column, const char *what, const char *s, size_t n)
{
	struct fault *fault;

	if ((block->nfaults & (block->nfaults + 1)) == 0) /* 0, 1, 3, 7 ...: grow to 1, 3, 7, 15 */
		block->faults = memory_grow(
		    block->faults, (size_t)block->nfaults * 2 + 1, sizeof *block->faults);
	fault = &block->faults[block->nfaults++];
	*fault = (struct fault){ .row = row, .column = column, .what = what };
	if (s != NULL)
		fault->text = block_text(block, s, short_length(s, n));
}

static void
carry_cell(const struct block *from, struct block *to, int column)
{
	struct cell_text text;

	if (!to->used[column])
		return;
	if (from->written != NULL && to->written != NULL && to->written[column] != NULL) {
		text = from->written[column][from->n];
		to->written[column][0] = text.s != NULL ? block_text(to, text.s, text.n) : text;
	}
	switch (from->schema->columns[column].type) {
	case COLUMN_NUMBER:
		to->cells[column].number[0] = from->cells[column].number[from->n];
		break;
	case COLUMN_TIME:
		to->cells[column].time[0] = from->cells[column].time[from->n];
		break;
	case COLUMN_TEXT:
		text = from->cells[column].text[from->n];
		to->cells[column].text[0] = text.s != NULL ? block_text(to, text.s, text.n) : text;
		break;
	}
}

void
block_carry(struct block *from, struct block *to, int columns)
{
	int first = from->nfaults;

	for (int i = 0; i < columns; i++)
		carry_cell(from, to, i);
	while (first > 0 && from->faults[first - 1].row == from->n)
		first--;
	for (int i = first; i < from->nfaults; i++) {
		const struct fault *f = &from->faults[i];

		block_fault(to, 0, f->column, f->what, f->text.s, f->text.n);
	}
	from->nfaults = first;
}
