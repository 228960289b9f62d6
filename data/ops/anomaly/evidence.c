/* evidence.c - what each view had to say since the first row, in bounded memory.
 *
 * When the points are full, each two become one of twice as many rows that keeps the greatest
 * evidence of both: the whole past stays in view, ever coarser, and nothing that was odd is
 * averaged away. All depends on rows alone, never on how they were cut into runs. */
#include "data/ops/anomaly/evidence.h"

static void
merge(struct evidence_point *p, const struct evidence_point *other)
{
	for (int i = 0; i < EVIDENCE_VIEWS; i++)
		p->most[i] = other->most[i] > p->most[i] ? other->most[i] : p->most[i];
	p->score = other->score > p->score ? other->score : p->score;
}

static void
halve(struct evidence_history *h)
{
	for (int i = 0; i < EVIDENCE_POINTS / 2; i++) {
		h->points[i] = h->points[2 * i];
		merge(&h->points[i], &h->points[2 * i + 1]);
	}
	h->n = EVIDENCE_POINTS / 2;
	h->stride *= 2;
}

void
evidence_init(struct evidence_history *h)
{
	*h = (struct evidence_history){ .stride = 1 };
}

void
evidence_row(struct evidence_history *h, const struct evidence_point *p)
{
	bool first = (h->rows & (h->stride - 1)) == 0;

	if (first && h->n == EVIDENCE_POINTS)
		halve(h); /* the row is the first of a point at the doubled stride, too */
	if (first)
		h->points[h->n++] = *p;
	else
		merge(&h->points[h->n - 1], p);
	h->rows++;
}

/* Of the points those that there are. */
void
evidence_save(const struct evidence_history *h, struct buffer *b)
{
	buffer_u64(b, h->rows);
	buffer_u64(b, h->stride);
	buffer_u32(b, (uint32_t)h->n);
	buffer_put(b, h->points, (size_t)h->n * sizeof *h->points);
}

int
evidence_load(struct evidence_history *h, struct reader *r)
{
	uint32_t n;

	if (reader_u64(r, &h->rows) < 0 || reader_u64(r, &h->stride) < 0 ||
	    reader_below(r, EVIDENCE_POINTS, &n) < 0 ||
	    reader_get(r, h->points, n * sizeof *h->points) < 0)
		return -1;
	h->n = (int)n;
	if (h->rows > UINT64_C(1) << 53 || h->stride > UINT64_C(1) << 53 || h->stride == 0 ||
	    (h->stride & (h->stride - 1)) != 0)
		return -1;
	return (h->rows + h->stride - 1) / h->stride == n ? 0 : -1;
}

const char *
evidence_name(enum evidence_view view)
{
	static const char *const names[EVIDENCE_VIEWS] = {
		[EVIDENCE_VALUE] = "value",
		[EVIDENCE_WEEK] = "the week",
		[EVIDENCE_LASTS] = "it lasts",
		[EVIDENCE_STILL] = "stands still",
		[EVIDENCE_SPAN] = "range",
		[EVIDENCE_MOVE] = "steps",
	};

	return names[view];
}
