/* synth.c - generated rows as a CSV file that has no end, or one after so many rows. They take the
 * way of all bytes: nothing downstream knows that they were never stored. */
#include "data/sources/source.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/base/times/times.h"
#include "data/sources/synth/synth.h"

#define EPOCH (INT64_C(1767225600) * TIME_SECOND) /* 2026-01-01T00:00:00Z */

#define GENERATOR(name) extern const struct generator generator_##name;
#include "data/sources/synth/list.h"
#undef GENERATOR

const struct generator *const generators[] = {
#define GENERATOR(name) &generator_##name,
#include "data/sources/synth/list.h"
#undef GENERATOR
	NULL
};

enum { PARAM_SEED, PARAM_ROWS, PARAM_INTERVAL };

static const struct param params[] = {
	[PARAM_SEED] = { .name = "seed",
	    .type = PARAM_COUNT,
	    .fallback = "1",
	    .max = 1e15,
	    .help = "another seed, other rows" },
	[PARAM_ROWS] = { .name = "rows",
	    .type = PARAM_COUNT,
	    .fallback = "",
	    .max = 1e15,
	    .help = "how many; left out: without end" },
	[PARAM_INTERVAL] = { .name = "interval",
	    .type = PARAM_DURATION,
	    .fallback = "",
	    .help = "between the stamps of two rows; left out: the generator's own" },
	{ .name = NULL },
};

struct stream {
	const struct generator *generator;
	struct synth synth;
	size_t sent;   /* bytes of the line */
	uint64_t made; /* bytes so far */
	double rows;   /* to make; NaN: without end */
};

static void
start_over(const struct source *source)
{
	struct stream *stream = source->state;
	const struct generator *g = stream->generator;
	struct synth *s = &stream->synth;
	int64_t interval = source->values[PARAM_INTERVAL].span.n;

	if (g->size > 0)
		memset(s->state, 0, g->size);
	/* nearby seeds must not give the same numbers one row apart */
	s->random = (uint64_t)source->values[PARAM_SEED].number * 0xd1342543de82ef95U;
	s->row = 0;
	s->time = EPOCH;
	s->interval = interval > 0 ? interval : g->interval;
	stream->rows = source->values[PARAM_ROWS].number;
	stream->sent = 0;
	stream->made = 0;
	text_clear(&s->line);
	text_addf(&s->line, "time,%s\n", g->columns);
	if (g->start != NULL)
		g->start(s);
}

static int
unknown_name(const struct source *source, struct error *err)
{
	struct text names = { 0 };

	for (int i = 0; generators[i] != NULL; i++)
		text_addf(&names, "%s%s", i > 0 ? ", " : "", generators[i]->name);
	error_set(
	    err, "synth:%s: no such generator (there are %s)", source->rest, text_get(&names));
	text_done(&names);
	return -1;
}

static int
synth_open(struct source *source, struct error *err)
{
	struct stream *stream = source->state;
	int i = 0;

	while (generators[i] != NULL && strcmp(generators[i]->name, source->rest) != 0)
		i++;
	if (generators[i] == NULL)
		return unknown_name(source, err);
	if (generators[i]->interval == 0 && source->values[PARAM_INTERVAL].span.unit != SPAN_NONE)
		return error_set(err,
		    "synth:%s: its rows come at times of their own (leave out interval)",
		    source->rest);
	stream->generator = generators[i];
	stream->synth.state = memory_zero(1, generators[i]->size);
	start_over(source);
	return 0;
}

static void
next_line(struct stream *stream)
{
	struct synth *s = &stream->synth;
	char time[TIME_CHARS];

	stream->sent = 0;
	text_clear(&s->line);
	text_addn(&s->line, time, (size_t)time_format(s->time, time));
	s->time += s->interval;
	stream->generator->row(s);
	text_addc(&s->line, '\n');
	s->row++;
}

/* Makes at most cap bytes; buf NULL: they are passed over. Fewer: the rows are at their end. */
static size_t
make_bytes(struct stream *stream, char *buf, size_t cap)
{
	struct synth *s = &stream->synth;
	size_t n = 0, part;

	while (n < cap) {
		if (stream->sent == s->line.len) {
			if ((double)s->row >= stream->rows)
				break;
			next_line(stream);
		}
		part = s->line.len - stream->sent;
		if (part > cap - n)
			part = cap - n;
		if (buf != NULL)
			memcpy(buf + n, s->line.s + stream->sent, part);
		stream->sent += part;
		n += part;
	}
	stream->made += n;
	return n;
}

static long
synth_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	(void)err;
	return (long)make_bytes(source->state, buf, cap);
}

/* In rows: there is no file whose bytes could be counted, and only the ratio is used. */
static void
synth_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct stream *stream = source->state;

	*at = stream->synth.row;
	*size = isnan(stream->rows) ? 0 : (uint64_t)stream->rows;
}

/* Each row depends on those before it: they are made again and passed over. */
static int
synth_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct stream *stream = source->state;

	if (offset < stream->made)
		start_over(source);
	if (offset - stream->made > SIZE_MAX ||
	    make_bytes(stream, NULL, (size_t)(offset - stream->made)) < offset - stream->made)
		return error_set(err, "%s: has no byte %llu (give it as many rows as before)",
		    source->spec, (unsigned long long)offset);
	return 0;
}

static void
synth_close(struct source *source)
{
	struct stream *stream = source->state;

	free(stream->synth.state);
	text_done(&stream->synth.line);
}

const struct source_class source_synth = {
	.scheme = "synth:",
	.form = "synth:NAME?seed=N&rows=N&interval=DUR",
	.help = "generated rows, the same for the same seed",
	.params = params,
	.size = sizeof(struct stream),
	.open = synth_open,
	.read = synth_read,
	.progress = synth_progress,
	.seek = synth_seek,
	.close = synth_close,
};
