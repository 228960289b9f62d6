/* lane_places.c - how far each lane of a source of messages has gone. See lane_places.h. */
#include "data/input/lanes/lane_places.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

void
lane_places_set(struct lane_places *p, const struct position *place)
{
	int i = p->n;

	while (i > 0 && p->at[i - 1].lane > place->lane)
		i--;
	if (i > 0 && p->at[i - 1].lane == place->lane) {
		p->at[i - 1] = *place;
		return;
	}
	p->at = memory_grow(p->at, (size_t)p->n + 1, sizeof *p->at);
	memmove(&p->at[i + 1], &p->at[i], (size_t)(p->n - i) * sizeof *p->at);
	p->at[i] = *place;
	p->n++;
}

void
lane_places_save(const struct lane_places *p, struct buffer *b)
{
	buffer_u64(b, (uint64_t)p->n);
	for (int i = 0; i < p->n; i++) {
		buffer_u32(b, p->at[i].lane);
		buffer_u64(b, p->at[i].offset);
		buffer_u64(b, p->at[i].line);
		buffer_u32(b, p->at[i].passed);
	}
}

int
lane_places_load(struct lane_places *p, struct reader *r)
{
	size_t n;

	if (reader_count(r, 24, &n) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct position at = { 0 };

		if (reader_u32(r, &at.lane) < 0 || reader_u64(r, &at.offset) < 0 ||
		    reader_u64(r, &at.line) < 0 || reader_u32(r, &at.passed) < 0 ||
		    at.offset > INT64_MAX / 2)
			return -1;
		lane_places_set(p, &at);
	}
	return 0;
}

void
lane_places_done(struct lane_places *p)
{
	free(p->at);
	*p = (struct lane_places){ 0 };
}

void
place_marks_add(struct place_marks *m, uint64_t number, struct lane_places *places)
{
	m->at = memory_grow(m->at, (size_t)m->n + 1, sizeof *m->at);
	m->at[m->n++] = (struct place_mark){ number, *places };
	*places = (struct lane_places){ 0 };
}

struct lane_places
place_marks_take(struct place_marks *m, uint64_t number)
{
	struct lane_places newest = { 0 };
	int n = 0;

	for (; n < m->n && m->at[n].number <= number; n++) {
		lane_places_done(&newest);
		newest = m->at[n].places;
	}
	if (n == 0)
		return newest;
	m->n -= n;
	memmove(m->at, &m->at[n], (size_t)m->n * sizeof *m->at);
	return newest;
}

void
place_marks_done(struct place_marks *m)
{
	for (int i = 0; i < m->n; i++)
		lane_places_done(&m->at[i].places);
	free(m->at);
	*m = (struct place_marks){ 0 };
}
