/* narration.c - which note is to be seen.
 *
 * The engine pauses behind one row at a time, so the next note's row is asked for when the last one's
 * has gone. A note is seen until the replay goes on; the last one stays at the end of the rows. */
#include "app/narration.h"

static void
ask_for_next(const struct narration *n, struct engine *e)
{
	engine_pause_at(e, n->next < n->n ? (uint64_t)n->notes[n->next].row : 0);
}

void
narration_start(struct narration *n, const struct config *config, struct engine *e)
{
	*n = (struct narration){ .notes = config->notes, .n = config->nnotes };
	ask_for_next(n, e);
}

void
narration_follow(struct narration *n, struct engine *e)
{
	uint64_t row;

	if (n->n == 0)
		return;
	row = engine_progress(e, 0).row;
	if (n->next < n->n && row >= (uint64_t)n->notes[n->next].row) {
		/* --start, or a step beyond: only the last of those that have gone is told */
		while (n->next < n->n && row >= (uint64_t)n->notes[n->next].row)
			n->next++;
		n->told = true;
		ask_for_next(n, e);
	}
	if (!engine_pacer(e)->paused && engine_state(e) != ENGINE_END)
		n->told = false;
}

const struct config_note *
narration_note(const struct narration *n)
{
	return n->told ? &n->notes[n->next - 1] : NULL;
}
