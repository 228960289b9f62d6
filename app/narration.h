/* narration.h - the notes of a dashboard file: each is shown, and the replay paused, at its row. */
#ifndef WEIR_NARRATION_H
#define WEIR_NARRATION_H

#include "app/config.h"

struct narration { /* zeroed: there are no notes */
	const struct config_note *notes;
	int n;
	int next;  /* the first whose row has not gone yet */
	bool told; /* the one before next is to be seen */
};

/* Once the engine has its sources. The notes outlive the narration. */
void narration_start(struct narration *, const struct config *, struct engine *);
/* After rows went or a key was pressed: what is to be seen now, and where the replay pauses next. */
void narration_follow(struct narration *, struct engine *);
const struct config_note *narration_note(const struct narration *); /* NULL: none now */

#endif
