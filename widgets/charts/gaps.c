/* gaps.c - pauses between rows that are far longer than usual.
 *
 * A gap is so many times the mean step of the rows shown, itself among them: no more than one step
 * of so many can be one, and rows that come by chance have none. */
#include "widgets/charts/gaps.h"

#include <math.h>

#include "data/base/times/times.h"

#define TIMES 20.0

struct gaps
gaps_find(const struct view *v, int source, uint64_t first, uint64_t end)
{
	struct gaps g = { source, INFINITY };
	int64_t begin, last;

	if (!view_has_times(v, source) || end < first + 2)
		return g;
	begin = history_time(v->history, source, first);
	last = history_time(v->history, source, end - 1);
	if (begin != TIME_NONE && last != TIME_NONE && last > begin)
		g.least = TIMES * ((double)last - (double)begin) / (double)(end - 1 - first);
	return g;
}

bool
gaps_before(const struct gaps *g, const struct view *v, uint64_t row)
{
	int64_t from, to;

	if (isinf(g->least) || row == 0)
		return false;
	from = history_time(v->history, g->source, row - 1);
	to = history_time(v->history, g->source, row);
	return from != TIME_NONE && to != TIME_NONE && (double)to - (double)from > g->least;
}
