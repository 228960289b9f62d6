/* blocks.c - a queue of blocks whose memory goes round. */
#include "data/rows/blocks.h"

#include <assert.h>
#include <stdlib.h>

#include "data/base/error.h"

struct block *
blocks_at(const struct blocks *blocks, int i)
{
	return blocks->held[(blocks->head + i) % blocks->cap];
}

static void
held_extend(struct blocks *blocks)
{
	int cap = blocks->cap > 0 ? blocks->cap * 2 : 8;
	struct block **held = memory_new((size_t)cap, sizeof *held);

	for (int i = 0; i < blocks->n; i++)
		held[i] = blocks_at(blocks, i);
	free(blocks->held);
	blocks->held = held;
	blocks->head = 0;
	blocks->cap = cap;
}

struct block *
blocks_add(struct blocks *blocks, const struct schema *schema, const bool *used)
{
	struct block *block;

	block = blocks->nspare > 0 ? blocks->spare[--blocks->nspare] : block_new(schema, used);
	if (blocks->n == blocks->cap)
		held_extend(blocks);
	blocks->held[(blocks->head + blocks->n++) % blocks->cap] = block;
	return block;
}

struct block *
blocks_first(const struct blocks *blocks)
{
	return blocks->n > 0 ? blocks_at(blocks, 0) : NULL;
}

void
blocks_drop(struct blocks *blocks)
{
	struct block *block = blocks_first(blocks);

	assert(block != NULL);
	blocks->head = (blocks->head + 1) % blocks->cap;
	blocks->n--;
	if (blocks->outdated > 0 || blocks->nspare == BLOCKS_SPARE) {
		blocks->outdated -= blocks->outdated > 0;
		block_free(block);
		return;
	}
	block_clear(block);
	blocks->spare[blocks->nspare++] = block;
}

void
blocks_renew(struct blocks *blocks)
{
	while (blocks->nspare > 0)
		block_free(blocks->spare[--blocks->nspare]);
	blocks->outdated = blocks->n;
}

void
blocks_done(struct blocks *blocks)
{
	for (int i = 0; i < blocks->n; i++)
		block_free(blocks_at(blocks, i));
	blocks_renew(blocks);
	free(blocks->held);
	*blocks = (struct blocks){ 0 };
}
