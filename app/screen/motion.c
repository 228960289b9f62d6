/* motion.c - how charts move: as --motion says, or scrolling as long as that costs few bytes.
 *
 * While charts scroll, what a frame with new rows costs is measured. When it comes too often to be
 * cheap they step; they scroll again when it would be cheap at the pace of today. Between the two
 * limits, and for moments, nothing changes: each change moves the whole picture. */
#include "app/screen/motion.h"

#include <string.h>

#define SECOND INT64_C(1000000000)
#define CALM 0.6 /* of what is allowed: below it scrolling is cheap again */

enum { SMALL_MOST = 2500, LARGE_MOST = 8000, PATIENCE = 3 /* s */, TURN = 2 /* s */ };

void
motion_init(struct motion_choice *m, const char *word)
{
	*m = (struct motion_choice){ .motion = MOTION_SCROLL };
	m->automatic = word == NULL || strcmp(word, "auto") == 0;
	if (word != NULL && strcmp(word, "step") == 0)
		m->motion = MOTION_STEP;
	else if (word != NULL && strcmp(word, "sweep") == 0)
		m->motion = MOTION_SWEEP;
}

void
motion_size(struct motion_choice *m, int w, int h, int64_t max_bytes)
{
	if (!m->automatic || (w == m->w && h == m->h))
		return;
	*m = (struct motion_choice){ .automatic = true, .motion = MOTION_SCROLL, .w = w, .h = h };
	m->most = w <= 80 && h <= 24 ? SMALL_MOST : LARGE_MOST;
	if (max_bytes > 0 && max_bytes / 2 < m->most)
		m->most = max_bytes / 2;
}

static void
turn(struct motion_choice *m, enum motion motion)
{
	m->motion = motion;
	m->turned = 0;
}

/* A span of time is over: what does it say? */
static void
judge(struct motion_choice *m, double bytes, int64_t span)
{
	double seconds = (double)span / SECOND, frame = bytes / (double)m->frames;
	bool scrolls = m->motion == MOTION_SCROLL, speaks;

	if (scrolls) {
		m->cost = m->cost > 0 ? (m->cost + frame) / 2 : frame;
		speaks = bytes / seconds > (double)m->most;
	} else
		speaks = m->cost * (double)m->frames / seconds < CALM * (double)m->most;
	m->turned = speaks ? m->turned + span : 0;
	if (scrolls && m->turned >= TURN * SECOND)
		turn(m, MOTION_STEP);
	else if (!scrolls && m->turned >= PATIENCE * SECOND)
		turn(m, MOTION_SCROLL);
}

enum motion
motion_next(struct motion_choice *m, uint64_t rows, uint64_t bytes, int64_t now)
{
	bool first = m->rows == 0; /* all of the screen was painted for it */

	if (!m->automatic || rows == m->rows)
		return m->motion;
	m->rows = rows;
	if (first)
		return m->motion;
	if (m->begun == 0 || now - m->begun >= SECOND) {
		if (m->begun != 0)
			judge(m, (double)(bytes - m->bytes), now - m->begun);
		m->begun = now;
		m->bytes = bytes;
		m->frames = 0;
	}
	m->frames++;
	return m->motion;
}
