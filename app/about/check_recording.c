/* check_recording.c - a recording is opened as far as it takes to know how its rows are written. */
#include "app/about/check_recording.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include "app/config/report.h"
#include "app/options/args.h"
#include "data/base/harmless.h"
#include "data/base/text.h"
#include "data/dialect/find.h"
#include "data/input/feed.h"
#include "data/query/query.h"
#include "data/store/store_rows.h"
#include "widgets/draw/canvas.h"

enum { NAME_WIDTH = 24 };

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

/* Cells, not bytes. */
static int
padding(const char *name)
{
	int cells = text_cells(name);

	return cells < NAME_WIDTH ? NAME_WIDTH - cells : 0;
}

static void
add_columns(struct text *out, const struct schema *schema)
{
	text_addf(out, "  %d column%s:\n", schema->n, schema->n == 1 ? "" : "s");
	for (int i = 0; i < schema->n; i++) {
		const struct column *c = &schema->columns[i];

		text_addf(
		    out, "    %s%*s %s", c->name, padding(c->name), "", column_type_name(c->type));
		if (c->unit != NULL && c->unit[0] != '\0')
			text_addf(out, ", in %s", c->unit);
		text_addf(out, "%s%s%s\n", i == schema->time ? ", the event time" : "",
		    c->open ? ", no cell yet" : "", c->index ? ", numbers the rows" : "");
	}
}

static void
add_run(void *self, const struct store_run *run)
{
	struct text *out = self;

	text_addf(out, "    %-4lld %s to %s  ", (long long)run->number, run->began,
	    run->ended[0] != '\0' ? run->ended : "no end (it goes on, or was killed)");
	text_count(out, run->rows);
	text_addf(out, " row%s  %s\n", run->rows == 1 ? "" : "s", run->command);
}

/* What was found when it was recorded stands in it. */
static void
describe_store(struct text *out, const char *path, struct feed *feed)
{
	size_t n = strcspn(path, "?");
	char *file = memory_text(path, n);
	struct error err;

	text_addf(out, "%s: a store; replayed is its last run, or that of ?run=N:\n", path);
	if (store_runs(file, add_run, out, &err) != 0)
		text_addf(out, "  note: %s\n", err.text);
	free(file);
	add_columns(out, feed_schema(feed));
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

static bool
is_store(const char *path)
{
	char *file = memory_text(path, strcspn(path, "?"));
	bool is = store_is(file);

	free(file);
	return is;
}

/* Does what -b, -d, -k and -a ask for fit its columns? */
static int
check_asked(const struct args *args, const struct schema *schema, struct error *err)
{
	struct query_options options = { .window = args->window, .by = args->by };
	struct names *names = names_new();
	struct query *q = query_new(&options, names);
	int status;

	query_add_source(q, schema);
	status = args_ask(q, args, err) != 0 || query_bind(q, err) != 0 ? -1 : 0;
	query_free(q);
	names_free(names);
	return status;
}

/* Until its columns are known, or it fails. */
static enum feed_state
open_feed(struct feed *feed, uv_loop_t *uv, struct error *err)
{
	enum feed_state state = FEED_MORE;

	while (feed_schema(feed) == NULL &&
	       (state == FEED_MORE || state == FEED_WAIT || state == FEED_READY)) {
		state = feed_fill(feed, err);
		if (state == FEED_WAIT)
			uv_run(uv, UV_RUN_ONCE);
	}
	return state;
}

int
check_recording(const struct args *args)
{
	const struct feed_options options = args_feed_options(args);
	struct text out = { 0 };
	struct error err = { 0 };
	uv_loop_t uv;
	struct feed *feed;
	int status = 1;

	uv_loop_init(&uv);
	feed = feed_open(args->sources.s[0], &options, &uv, &err);
	if (feed == NULL)
		status = 2;
	else if (open_feed(feed, &uv, &err) == FEED_WRONG)
		status = 2;
	else if (feed_schema(feed) != NULL) {
		(is_store(args->sources.s[0]) ? describe_store : describe)(
		    &out, args->sources.s[0], feed);
		status = check_asked(args, feed_schema(feed), &err) != 0 ? 2 : 0;
	}
	if (out.len > 0)
		make_lines_harmless(out.s);
	fputs(text_get(&out), stdout);
	if (status != 0)
		report(&err, NULL);
	text_done(&out);
	feed_close(feed);
	uv_run(&uv, UV_RUN_DEFAULT);
	uv_loop_close(&uv);
	return status;
}
