/* check_recording.c - a recording is opened as far as it takes to know how its rows are written. */
#include "app/about/check_recording.h"

#include <stdio.h>
#include <uv.h>

#include "app/config/report.h"
#include "data/base/text.h"
#include "data/dialect/find.h"
#include "data/input/feed.h"

static void
add_pair(struct text *out, const struct dialect_candidate *c)
{
	const char *name = c->delimiter == DELIMITER_RUNS ? "blanks, two or more"
			   : c->words                     ? "blanks, any number"
			   : c->delimiter == '\t'         ? "tab"
			   : c->delimiter == ' '          ? "blank"
			   : c->delimiter == '\0'         ? "nothing"
							  : NULL;

	if (name != NULL)
		text_addf(out, "    %-18s", name);
	else
		text_addf(out, "    %-18c", c->delimiter);
	text_addf(out, " quote %c  %4d cell%s in %3.0f %% of the records, %3.0f %% known: %.3f\n",
	    c->quote, c->width, c->width == 1 ? " " : "s", (double)c->share * 100,
	    (double)c->known * 100, (double)c->score);
}

/* The pairs that were thought of, the best first. */
static void
add_why(struct text *out, const struct dialect *d)
{
	if (d->ncandidates == 0)
		return;
	text_add(out, "  between cells, the best first:\n");
	for (int i = 0; i < d->ncandidates && i < 4; i++)
		add_pair(out, &d->candidates[i]);
}

static void
add_columns(struct text *out, const struct schema *schema)
{
	text_addf(out, "  %d column%s:\n", schema->n, schema->n == 1 ? "" : "s");
	for (int i = 0; i < schema->n; i++) {
		const struct column *c = &schema->columns[i];

		text_addf(out, "    %-24s %s", c->name, column_type_name(c->type));
		if (c->unit != NULL && c->unit[0] != '\0')
			text_addf(out, ", in %s", c->unit);
		text_addf(out, "%s%s%s\n", i == schema->time ? ", the event time" : "",
		    c->open ? ", no cell yet" : "", c->index ? ", numbers the rows" : "");
	}
}

static void
describe(struct text *out, const char *path, struct feed *feed)
{
	const struct dialect *d = feed_dialect(feed);
	const char *note;
	bool doubt;

	text_addf(out, "%s: ", path);
	dialect_words(d, out);
	text_addc(out, '\n');
	add_why(out, d);
	add_columns(out, feed_schema(feed));
	while ((note = feed_note(feed, &doubt)) != NULL)
		text_addf(out, "  note: %s\n", note);
	text_add(out, "  pinned by: ");
	dialect_flags(d, out);
	text_addc(out, '\n');
}

int
check_recording(const char *path)
{
	const struct feed_options options = { 0 };
	enum feed_state state = FEED_MORE;
	struct text out = { 0 };
	struct error err = { 0 };
	uv_loop_t uv;
	struct feed *feed;

	uv_loop_init(&uv);
	feed = feed_open(path, &options, &uv, &err);
	while (feed != NULL && feed_schema(feed) == NULL &&
	       (state == FEED_MORE || state == FEED_WAIT || state == FEED_READY)) {
		state = feed_fill(feed, &err);
		if (state == FEED_WAIT)
			uv_run(&uv, UV_RUN_ONCE);
	}
	if (feed != NULL && feed_schema(feed) != NULL)
		describe(&out, path, feed);
	else
		report(&err, NULL);
	fputs(text_get(&out), stdout);
	state = out.len > 0 ? FEED_END : FEED_FAIL;
	text_done(&out);
	feed_close(feed);
	uv_run(&uv, UV_RUN_DEFAULT);
	uv_loop_close(&uv);
	return state == FEED_END ? 0 : 1;
}
