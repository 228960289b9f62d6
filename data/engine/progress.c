/* progress.c - how far a source is, and how long it will take: from --start to --stop.
 *
 * Of a recording the bytes or lines tell how many rows it has. Where rows stop at a time, how much
 * of the time has gone tells it better; where both tell something the greater share is the right
 * one, for what stops first ends the run. */
#include <math.h>

#include "data/base/times/clock.h"
#include "data/base/times/times.h"
#include "data/engine/engine_parts.h"

/* The last row that may go: of all there are, and no row behind --stop. 0: unknown. */
static uint64_t
last_row(const struct engine *e, const struct stream *s, bool exact)
{
	uint64_t rows = exact ? s->read : feed_rows(s->feed);

	if (s->stopped)
		return s->row;
	if (rows < s->row)
		rows = rows > 0 ? s->row : 0;
	if (e->stop.row > 0 && (rows > e->stop.row || rows == 0))
		rows = e->stop.row;
	return rows;
}

/* Of the rows from the first that may go. */
static double
share_of_rows(const struct engine *e, const struct stream *s, uint64_t last)
{
	uint64_t first = s->first > 0 ? s->first : e->start.row > 0 ? e->start.row : 1;

	if (last == 0 || last < first)
		return last == 0 ? NAN : s->row >= last;
	return s->row < first ? 0 : (double)(s->row - first + 1) / (double)(last - first + 1);
}

/* Of the time up to --stop. */
static double
share_of_time(const struct engine *e, const struct stream *s)
{
	int64_t from = e->start.time != TIME_NONE ? e->start.time : s->first_time;

	if (e->stop.time == TIME_NONE || s->first == 0 || s->time == TIME_NONE ||
	    from == TIME_NONE || from >= e->stop.time)
		return NAN;
	return fmin(
	    fmax(elapsed_seconds(from, s->time) / elapsed_seconds(from, e->stop.time), 0), 1);
}

/* How many rows there are, where the share of the time tells it: no more than the source has. */
static void
fit_rows(struct progress *p, const struct stream *s, double of_time)
{
	double rows = (double)(s->row - s->first + 1) / of_time + (double)(s->first - 1);

	if (!(of_time > 0) || (p->rows > 0 && rows >= (double)p->rows) || rows >= 0x1p53)
		return;
	p->rows = (uint64_t)rows > s->row ? (uint64_t)rows : s->row;
}

/* What is left at this pace: by the rate or the speed that is set where there is one, else as
 * measured. */
static double
seconds_left(const struct engine *e, const struct progress *p)
{
	double rate = e->pacer.pace == PACE_RATE ? e->pacer.rate : p->pace;

	if (e->pacer.pace == PACE_SPEED && e->stop.time != TIME_NONE && p->time != TIME_NONE &&
	    e->pacer.speed > 0)
		return fmax(elapsed_seconds(p->time, e->stop.time) / e->pacer.speed, 0);
	if (p->rows < p->row || rate <= 0)
		return NAN;
	return (double)(p->rows - p->row) / rate;
}

struct progress
engine_progress(const struct engine *e, int source)
{
	const struct stream *s = e->streams[source];
	bool ended = (s->ended && s->reorder == NULL) || s->stopped;
	struct progress p = { .row = s->row, .time = s->time, .exact = ended };
	double of_time = ended ? NAN : share_of_time(e, s);

	p.pace = pulse_rate(&s->pulse, s->counts.rows, engine_clock());
	p.rows = last_row(e, s, ended);
	p.share = share_of_rows(e, s, p.rows);
	if (!isnan(of_time) && !(p.share > of_time)) {
		fit_rows(&p, s, of_time);
		p.share = of_time;
	}
	p.seconds = seconds_left(e, &p);
	return p;
}
