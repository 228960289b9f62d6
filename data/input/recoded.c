/* recoded.c - a source whose bytes are those of another one, in UTF-8.
 *
 * Places count bytes as they are read here. To go to one, the other source is read anew from its
 * start and as much is passed over: encodings have no fixed length, and such files are small. */
#include "data/input/recoded.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/base/text.h"
#include "data/dialect/encoding.h"

struct recoded {
	struct source *inner;
	struct recoder *recoder;
	struct text text; /* those from at on were not yet read */
	size_t at;
	uint64_t pass; /* so many are still to be passed over */
	long ended;    /* what the other source said when it was over; 1: it is not */
};

/* Bytes of the text that may go, those to be passed over left out. */
static size_t
pass(struct recoded *r)
{
	size_t n = r->text.len - r->at;

	if (r->pass < n)
		n = (size_t)r->pass;
	r->at += n;
	r->pass -= n;
	return r->text.len - r->at;
}

static long
recoded_read(struct source *source, char *buf, size_t cap, struct error *err)
{
	struct recoded *r = source->state;
	size_t n;

	while ((n = pass(r)) == 0) {
		long got;

		if (r->ended != 1)
			return r->ended;
		text_clear(&r->text);
		r->at = 0;
		got = r->inner->class->read(r->inner, buf, cap, err);
		if (got == SOURCE_AGAIN)
			return got;
		if (got > 0) {
			recoder_feed(r->recoder, buf, (size_t)got, &r->text);
			continue;
		}
		recoder_finish(r->recoder, &r->text);
		if (got == SOURCE_NEW)
			return got;
		r->ended = got;
	}
	if (n > cap)
		n = cap;
	memcpy(buf, r->text.s + r->at, n);
	r->at += n;
	return (long)n;
}

static void
recoded_progress(const struct source *source, uint64_t *at, uint64_t *size)
{
	const struct recoded *r = source->state;

	*at = *size = 0;
	if (r->inner->class->progress != NULL)
		r->inner->class->progress(r->inner, at, size);
}

static int
recoded_seek(struct source *source, uint64_t offset, struct error *err)
{
	struct recoded *r = source->state;

	if (source_seek(r->inner, 0, err) < 0)
		return -1;
	text_clear(&r->text);
	recoder_finish(r->recoder, &r->text);
	text_clear(&r->text);
	r->at = 0;
	r->pass = offset;
	r->ended = 1;
	return 0;
}

static int
recoded_reply(struct source *source, uint32_t lane, const char *bytes, size_t n, struct error *err)
{
	const struct recoded *r = source->state;

	if (r->inner->class->reply == NULL)
		return error_set(
		    err, "%s: nothing can be written back to it (leave 'reply' out)", source->spec);
	return r->inner->class->reply(r->inner, lane, bytes, n, err);
}

static void
recoded_close(struct source *source)
{
	struct recoded *r = source->state;

	recoder_free(r->recoder);
	text_done(&r->text);
	source_free(r->inner);
}

static const struct source_class recoded_recording = {
	.scheme = "recoded",
	.size = sizeof(struct recoded),
	.read = recoded_read,
	.progress = recoded_progress,
	.seek = recoded_seek,
	.close = recoded_close,
};

static const struct source_class recoded_live = {
	.scheme = "recoded",
	.size = sizeof(struct recoded),
	.live = true,
	.read = recoded_read,
	.reply = recoded_reply,
	.close = recoded_close,
};

struct source *
recoded_source(
    struct source *inner, const char *encoding, const char *first, size_t n, struct error *err)
{
	struct recoder *recoder = recoder_new(encoding, err);
	struct recoded *r;
	struct source *source;

	if (recoder == NULL)
		return NULL;
	source = memory_zero(1, sizeof *source);
	r = memory_zero(1, sizeof *r);
	r->inner = inner;
	r->recoder = recoder;
	r->ended = 1;
	recoder_feed(recoder, first, n, &r->text);
	source->class = inner->class->live ? &recoded_live : &recoded_recording;
	source->state = r;
	source->spec = memory_text(inner->spec, strlen(inner->spec));
	source->name = memory_text(inner->name, strlen(inner->name));
	source->loop = inner->loop;
	source->ready = inner->ready;
	source->ready_arg = inner->ready_arg;
	source->follow = inner->follow;
	source->poll = inner->poll;
	source->pipe = inner->pipe;
	return source;
}
