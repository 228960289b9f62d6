/* lessons.c - what is learned of columns on the way: few things, of times each once a column. */
#include "data/rows/lessons.h"

#include <stdlib.h>

#include "data/base/error.h"

void
lessons_add(struct lessons *l, const struct lesson *lesson)
{
	l->all = memory_grow(l->all, (size_t)l->n + 1, sizeof *l->all);
	l->all[l->n++] = *lesson;
}

void
lessons_done(struct lessons *l)
{
	free(l->all);
	*l = (struct lessons){ 0 };
}

bool
lessons_have(const struct lessons *l, unsigned news)
{
	for (int i = 0; i < l->n; i++)
		if ((l->all[i].news & news) != 0)
			return true;
	return false;
}

void
lessons_save(const struct lessons *l, uint64_t row, struct buffer *b)
{
	uint64_t n = 0;

	for (int i = 0; i < l->n; i++)
		n += l->all[i].row <= row;
	buffer_u64(b, n);
	for (int i = 0; i < l->n; i++) {
		const struct lesson *lesson = &l->all[i];

		if (lesson->row > row)
			continue;
		buffer_u64(b, lesson->row);
		buffer_u32(b, (uint32_t)lesson->column);
		buffer_u32(b, lesson->news);
		buffer_u32(b, lesson->order);
	}
}

static void
teach(struct time_reader *r, const struct lesson *lesson)
{
	r->news |= lesson->news & TIME_NEWS_ALL;
	r->form.order = lesson->order;
	r->form.settled = r->form.settled || (lesson->news & TIME_NEWS_ORDER) != 0;
}

int
lessons_load(struct lessons *l, struct time_reader *readers, int columns, struct reader *r)
{
	size_t n;

	if (reader_count(r, 20, &n) < 0)
		return -1;
	while (n-- > 0) {
		uint32_t column, news, order;
		struct lesson lesson;

		if (reader_u64(r, &lesson.row) < 0 || columns == 0 ||
		    reader_below(r, (uint32_t)columns - 1, &column) < 0 ||
		    reader_below(r, NEWS_ALL, &news) < 0 ||
		    reader_below(r, DATE_ORDERS - 1, &order) < 0)
			return -1;
		lesson.column = (int)column;
		lesson.news = (unsigned char)news;
		lesson.order = (enum date_order)order;
		lessons_add(l, &lesson);
		teach(&readers[column], &lesson);
	}
	return 0;
}
