/* status_line.c - what the parts of the first line say. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/base/times/times.h"
#include "data/engine/keys_view.h"
#include "widgets/draw/scale.h"
#include "widgets/source_words.h"
#include "widgets/status_parts.h"

static struct part *
add(struct line *l, int importance, enum style style)
{
	struct part *p = &l->parts[l->n++];

	*p = (struct part){ .style = style, .importance = importance };
	return p;
}

/* A part that has one form. */
static struct part *say(struct line *, int importance, enum style, const char *form, ...)
    __attribute__((format(printf, 4, 5)));

static struct part *
say(struct line *l, int importance, enum style style, const char *form, ...)
{
	struct part *p = add(l, importance, style);
	va_list list;

	va_start(list, form);
	vsnprintf(p->text, sizeof p->text, form, list);
	va_end(list);
	return p;
}

static void
print_pace(const struct view *v, const struct progress *progress, char *out, size_t size)
{
	const struct pacer *pacer = v->pacer;
	char rate[FORM_CHARS];

	switch (pacer->pace) {
	case PACE_RATE:
		if (pacer->rate < 1 && pacer->rate > 0)
			snprintf(out, size, "%.3g/m", pacer->rate * 60);
		else
			snprintf(out, size, "%.6g/s", pacer->rate);
		return;
	case PACE_SPEED:
		snprintf(out, size, "%.4g×", pacer->speed);
		return;
	case PACE_MAX:
		short_print(isnan(progress->pace) ? 0 : progress->pace, rate);
		if (pacer->paused)
			snprintf(out, size, "max");
		else
			snprintf(out, size, "max %6s/s", rate);
		return;
	}
}

static void
add_state(struct line *l, const struct view *v, const struct progress *progress, uint64_t rows)
{
	struct part *p = add(l, 90, STYLE_GOOD);
	char count[COUNT_CHARS], pace[64];
	int told, held;

	switch (engine_state(v->engine)) {
	case ENGINE_OPENING:
		snprintf(p->text, sizeof p->text, "waiting for rows");
		p->style = STYLE_DIM;
		return;
	case ENGINE_END:
		count_print(rows, count);
		snprintf(p->text, sizeof p->text, "■ end of %s row%s", count, rows == 1 ? "" : "s");
		p->style = STYLE_BOLD;
		return;
	case ENGINE_FAILED:
	case ENGINE_WRONG:
		snprintf(p->text, sizeof p->text, "■ failed");
		p->style = STYLE_CRITICAL;
		return;
	case ENGINE_RUNNING:
	case ENGINE_WAITING:
		break;
	}
	print_pace(v, progress, pace, sizeof pace);
	told = text_cells(pace) + 2 + (v->pacer->paused ? STATUS_PAUSED : 0);
	held = text_cells(pace) + 2 + (v->pacer->pace == PACE_MAX ? 0 : STATUS_PAUSED);
	held = held > STATUS_STATE ? held : STATUS_STATE;
	snprintf(p->text, sizeof p->text, "%s %s%*s", v->pacer->paused ? "‖ paused" : "▶", pace,
	    held > told ? held - told : 0, "");
	snprintf(p->brief, sizeof p->brief, "%s %s", v->pacer->paused ? "‖ paused" : "▶", pace);
	if (v->pacer->paused)
		p->style = STYLE_WARNING;
}

/* Sources that there are: those that were ended are none. */
static int
count_sources(const struct view *v)
{
	int n = engine_joining(v->engine);

	for (int i = 0; i < engine_sources(v->engine); i++)
		n += !engine_source_now(v->engine, i).gone;
	return n;
}

/* Of all, those behind the engine's that have no columns yet. */
static struct source_now
source_now(const struct view *v, int i, const char **name)
{
	int n = engine_sources(v->engine);

	*name = i < n ? engine_source_name(v->engine, i) : engine_joining_name(v->engine, i - n);
	return i < n ? engine_source_now(v->engine, i) : engine_joining_now(v->engine, i - n);
}

static void
print_words(struct part *p, const char *name, const struct source_words *words)
{
	const char *blank = name[0] != '\0' ? " " : "";

	snprintf(p->text, sizeof p->text, "%.20s%s%.60s", name, blank, words->whole);
	snprintf(p->brief, sizeof p->brief, "%.20s%s%s", name, blank, words->brief);
}

/* A live source that gives nothing: why, or for how long. Of several the first such one, and how
 * many more there are. */
static void
add_silence(struct line *l, const struct view *v)
{
	struct part *p = NULL;
	int n = count_sources(v), more = 0;

	for (int i = 0; i < engine_sources(v->engine) + engine_joining(v->engine); i++) {
		const char *name;
		const struct source_now now = source_now(v, i, &name);
		bool grave = now.report.retries || now.lost;
		struct source_words words;

		if (!source_says(&now,
			engine_state(v->engine) == ENGINE_OPENING || i >= engine_sources(v->engine),
			&words))
			continue;
		more += p != NULL;
		if (p != NULL)
			continue;
		p = add(l, 86, grave ? STYLE_WARNING : STYLE_DIM);
		print_words(p, n > 1 ? name : "", &words);
	}
	if (more > 0)
		snprintf(p->text + strlen(p->text), sizeof p->text - strlen(p->text), " +%d", more);
}

static void
add_rows(struct line *l, const struct progress *progress)
{
	struct part *p = add(l, 80, STYLE_TEXT);
	char row[COUNT_CHARS], rows[COUNT_CHARS];

	count_print(progress->row, row);
	count_print(progress->rows, rows);
	if (progress->rows == 0) {
		snprintf(p->text, sizeof p->text, "row %s", row);
		snprintf(p->brief, sizeof p->brief, "%s", row);
		return;
	}
	snprintf(p->text, sizeof p->text, "row %s/%s%s%*s", row, progress->exact ? "" : "~", rows,
	    (int)(strlen(rows) - strlen(row)), "");
	snprintf(p->brief, sizeof p->brief, "%s/%s%s", row, progress->exact ? "" : "~", rows);
}

/* Of the row that the picture ends with, in its own time. */
static void
add_time(struct line *l, const struct view *v, int source, uint64_t end)
{
	char iso[TIME_CHARS + 1];
	int64_t time;
	int n;

	if (!view_has_times(v, source) || end <= history_begin(v->history, source))
		return;
	time = history_time(v->history, source, end - 1);
	if (time == TIME_NONE)
		return;
	n = time_format(time, iso);
	if (n < 19)
		return;
	say(l, 45, STYLE_LABEL, "%.8s", iso + 11);
}

static void
add_share(struct line *l, const struct progress *progress)
{
	struct part *p;
	long seconds;
	char eta[32];

	if (isnan(progress->share))
		return;
	add(l, 15, STYLE_GOOD)->bar = true;
	p = add(l, 50, STYLE_TEXT);
	snprintf(p->text, sizeof p->text, "%2.0f%%", floor(progress->share * 100));
	if (isnan(progress->seconds) || progress->seconds > 3600 * 24 * 99)
		return;
	p = add(l, 40, STYLE_TEXT);
	seconds = lround(ceil(progress->seconds));
	if (seconds < 3600)
		snprintf(eta, sizeof eta, "%ld:%02ld", seconds / 60, seconds % 60);
	else
		snprintf(eta, sizeof eta, "%ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60,
		    seconds % 60);
	snprintf(p->text, sizeof p->text, "ETA %-5s", eta);
}

/* Zeros are said while there is room, for they are news too. */
static void
add_count(struct line *l, const char *what, uint64_t n)
{
	struct part *p = add(l, n > 0 ? 75 : 55, n > 0 ? STYLE_WARNING : STYLE_DIM);
	char count[COUNT_CHARS];

	count_print(n, count);
	snprintf(p->text, sizeof p->text, "%s%s %s", n > 0 ? "! " : "", what, count);
	p->right = true;
}

/* What came and was not taken, and what found no room here. */
static void
add_counts(struct line *l, const struct view *v)
{
	struct counts counts = engine_counts(v->engine, -1);
	struct part *p;

	add_count(l, "bad", counts.bad);
	add_count(l, "late", counts.late);
	if (counts.dropped > 0)
		add_count(l, "dropped", counts.dropped);
	if (v->left_out > 0) {
		p = say(l, 82, STYLE_DIM, "+%d column%s", v->left_out, v->left_out == 1 ? "" : "s");
		snprintf(p->brief, sizeof p->brief, "+%d col", v->left_out);
		p->right = true;
	}
	if (v->panes_left_out > 0)
		say(l, 77, STYLE_DIM, "+%d pane%s", v->panes_left_out,
		    v->panes_left_out == 1 ? "" : "s")
		    ->right = true;
	if (v->more_series > 0)
		say(l, 83, STYLE_WARNING, "+%d series", v->more_series)->right = true;
}

static void
add_firing(struct line *l, const struct view *v)
{
	int rules = engine_rules(v->engine), gravest, n = engine_firing(v->engine, &gravest);
	struct part *p;

	if (rules == 0)
		return;
	p = add(l, n > 0 ? 85 : 84, n > 0 ? severity_style((enum severity)gravest) : STYLE_DIM);
	snprintf(p->text, sizeof p->text, "%s %d firing", n > 0 ? "●" : "○", n);
	snprintf(p->brief, sizeof p->brief, "%s %d", n > 0 ? "●" : "○", n);
	p->right = true;
}

/* With --by: whose rows are shown, or how many keys there are; those that were forgotten for want
 * of room are news. */
static void
add_key(struct line *l, const struct view *v, int source)
{
	size_t n;
	const char *key = view_key(v, source, &n);
	char count[COUNT_CHARS], label[KEY_CHARS];
	uint64_t evicted;

	if (key == NULL)
		return;
	count_print((uint64_t)engine_keys(v->engine, source), count);
	key_label(key, n, sizeof label, label);
	if (v->one_key)
		say(l, 65, STYLE_TEXT, "key %s%s", label,
		    engine_key(v->engine, source) == NULL ? " (no rows)" : "");
	else
		say(l, 65, STYLE_TEXT, "%s key%s", count,
		    engine_keys(v->engine, source) == 1 ? "" : "s");
	evicted = engine_keys_evicted(v->engine, source);
	if (evicted > 0)
		add_count(l, "forgotten", evicted);
}

static int
shown_source(const struct view *v)
{
	const struct series *s = view_selected(v);

	return s != NULL ? s->source : query_first(engine_query(v->engine));
}

void
status_follow(struct status *told, const struct view *v)
{
	int source = shown_source(v);

	if (count_sources(v) == 0 || engine_schema(v->engine, source) == NULL ||
	    (v->rests && told->source == source + 1))
		return;
	*told =
	    (struct status){ source + 1, engine_progress(v->engine, source), view_end(v, source) };
}

void
status_compose(struct line *l, const struct status *told, const struct view *v)
{
	int source = shown_source(v), sources = count_sources(v);
	const struct schema *schema = sources > 0 ? engine_schema(v->engine, source) : NULL;
	struct counts counts = engine_counts(v->engine, -1);
	struct progress progress = { .share = NAN, .seconds = NAN, .pace = NAN };
	struct part *p;

	if (schema != NULL && told->source == source + 1)
		progress = told->progress;
	say(l, 10, STYLE_TITLE, "weir");
	p = add(l, 60, STYLE_BOLD);
	if (schema != NULL && sources > 1)
		snprintf(p->text, sizeof p->text, "%.40s +%d", schema->source, sources - 1);
	else if (schema != NULL)
		snprintf(p->text, sizeof p->text, "%.40s", schema->source);
	add_key(l, v, source);
	add_state(l, v, &progress, counts.rows);
	add_silence(l, v);
	if (schema != NULL && engine_state(v->engine) != ENGINE_END) {
		add_rows(l, &progress);
		add_time(l, v, source, told->end);
		add_share(l, &progress);
	}
	if (v->dialect != NULL && v->dialect[0] != '\0')
		say(l, 12, STYLE_DIM, "%.60s", v->dialect);
	if (engine_is_back(v->engine))
		say(l, 87, STYLE_WARNING, "◂ back");
	if (v->trouble != NULL)
		say(l, 89, STYLE_CRITICAL, "● %s", v->trouble);
	if (v->frozen != NULL)
		say(l, 88, STYLE_WARNING, "◆ picture stands");
	add_counts(l, v);
	add_firing(l, v);
}
