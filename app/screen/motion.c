/* motion.c - how charts move: as --motion says, or scrolling as smoothly as bytes allow.
 *
 * What the frames with new rows cost is measured. Where they cost too much, charts move by two
 * columns at a time, then by four, and so on; they move by fewer again when twice the bytes of
 * today would be well within what is allowed. Between the two limits, and for moments, nothing
 * changes. */
#include "app/screen/motion.h"

#include <string.h>

#define SECOND INT64_C(1000000000)
#define SHARE 0.6 /* of the ceiling of bytes may be spent on it */
#define CALM 0.8  /* of that: what fewer columns at a time may cost at most by the look of it */

enum {
	SMALL_MOST = 12000,
	LARGE_MOST = 36000,
	PATIENCE = 3 /* s */,
	TURN = 2 /* s */,
	STEP_MOST = 16
};

void
motion_init(struct motion_choice *m, const char *word)
{
	*m = (struct motion_choice){ .motion = MOTION_SCROLL, .step = 1 };
	m->automatic = word == NULL || strcmp(word, "auto") == 0;
	if (word != NULL && strcmp(word, "step") == 0)
		m->step = MOTION_STEP;
	else if (word != NULL && strcmp(word, "sweep") == 0)
		m->motion = MOTION_SWEEP;
}

void
motion_size(struct motion_choice *m, int w, int h, int64_t max_bytes)
{
	if (!m->automatic || (w == m->w && h == m->h))
		return;
	motion_init(m, NULL);
	m->w = w;
	m->h = h;
	m->most = w <= 80 && h <= 24 ? SMALL_MOST : LARGE_MOST;
	if (max_bytes > 0 && (double)max_bytes * SHARE < (double)m->most)
		m->most = (int64_t)((double)max_bytes * SHARE);
}

/* A span of time is over: what does it say? */
static void
judge(struct motion_choice *m, double bytes, int64_t span)
{
	double rate = bytes * SECOND / (double)span, most = (double)m->most;
	int wish = rate > most ? 1 : m->step > 1 && 2 * rate < CALM * most ? -1 : 0;

	m->wished = wish != 0 && wish == m->wish ? m->wished + span : wish != 0 ? span : 0;
	m->wish = wish;
	if (wish > 0 && m->wished >= TURN * SECOND && m->step < STEP_MOST)
		m->step *= 2;
	else if (wish < 0 && m->wished >= PATIENCE * SECOND)
		m->step /= 2;
	else
		return;
	m->wished = 0;
}

void
motion_next(struct motion_choice *m, uint64_t rows, uint64_t bytes, int64_t now)
{
	bool first = m->rows == 0; /* all of the screen was painted for it */

	if (!m->automatic || rows == m->rows)
		return;
	m->rows = rows;
	if (first || (m->begun != 0 && now - m->begun < SECOND))
		return;
	if (m->begun != 0)
		judge(m, (double)(bytes - m->bytes), now - m->begun);
	m->begun = now;
	m->bytes = bytes;
}
