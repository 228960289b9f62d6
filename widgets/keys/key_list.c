/* key_list.c - the keys of --by as they are listed. See key_list.h. */
#include "widgets/keys/key_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"

struct key_list {
	struct key_ranks ranks;
	enum key_measure by;
	struct text kpi; /* of KEY_KPI: its name, which outlives its number */
	bool reversed;
	int source;         /* of which it was found; -1: of none yet */
	struct text *names; /* of those in sight */
	int shown, room;
	int first, lines;
	unsigned version;
	bool stale;      /* it is to be found anew */
	int64_t found;   /* the clock when it was; INT64_MIN: never */
	char filter[64]; /* by which */
};

struct key_list *
key_list_new(void)
{
	struct key_list *l = memory_zero(1, sizeof *l);

	l->by = KEY_FIRING;
	l->source = -1;
	l->found = INT64_MIN;
	return l;
}

void
key_list_free(struct key_list *l)
{
	if (l == NULL)
		return;
	key_ranks_done(&l->ranks);
	for (int i = 0; i < l->room; i++)
		text_done(&l->names[i]);
	free(l->names);
	text_done(&l->kpi);
	free(l);
}

static bool
has_keys(const struct view *v, int source)
{
	return engine_schema(v->engine, source) != NULL && engine_by(v->engine, source) >= 0;
}

int
key_list_source(const struct view *v)
{
	const struct series *s = view_selected(v);

	if (s != NULL && has_keys(v, s->source))
		return s->source;
	for (int i = 0; i < engine_sources(v->engine); i++)
		if (has_keys(v, i))
			return i;
	return -1;
}

int
key_list_series(const struct view *v)
{
	const struct series *s = view_selected(v);
	int source = key_list_source(v);

	if (s != NULL && s->source == source)
		return v->selected;
	for (int i = 0; i < v->nseries; i++)
		if (v->series[i].source == source)
			return i;
	return -1;
}

/* --- sorting ---------------------------------------------------------------------------------- */

static int
add_column(struct key_column *out, int n, struct key_column column)
{
	if (n == KEY_COLUMNS)
		return n;
	out[n] = column;
	return n + 1;
}

int
key_list_columns(const struct view *v, struct key_column out[KEY_COLUMNS])
{
	int source = key_list_source(v), n = 0;

	n = add_column(out, n, (struct key_column){ KEY_NAME, -1, -1, "key" });
	for (int i = 0; i < engine_kpis(v->engine); i++) {
		const struct kpi *kpi = engine_kpi(v->engine, i);

		if (kpi->op == NULL && kpi->source == source)
			n = add_column(out, n, (struct key_column){ KEY_KPI, i, -1, kpi->name });
	}
	for (int s = 0; s < v->nseries; s++)
		for (int i = 0; v->series[s].source == source && i < SERIES_KPIS; i++) {
			int kpi = v->series[s].kpi[i];

			if (kpi < 0)
				break;
			n = add_column(out, n,
			    (struct key_column){
				KEY_KPI, kpi, s, engine_kpi(v->engine, kpi)->name });
		}
	n = add_column(out, n, (struct key_column){ KEY_ROWS, -1, -1, "rows" });
	n = add_column(out, n, (struct key_column){ KEY_SEEN, -1, -1, "seen" });
	return add_column(out, n, (struct key_column){ KEY_FIRING, -1, -1, "firing" });
}

int
key_list_sorted(const struct key_list *l, const struct key_column *all, int n)
{
	for (int i = 0; i < n; i++)
		if (all[i].by == l->by &&
		    (l->by != KEY_KPI || strcmp(all[i].name, text_get(&l->kpi)) == 0))
			return i;
	return 0;
}

bool
key_list_reversed(const struct key_list *l)
{
	return l->reversed;
}

void
key_list_sort(struct key_list *l, const struct key_column *column)
{
	l->by = column->by;
	text_clear(&l->kpi);
	text_add(&l->kpi, column->name);
	l->reversed = false;
	l->first = 0;
	l->stale = true;
}

void
key_list_reverse(struct key_list *l)
{
	l->reversed = !l->reversed;
	l->first = 0;
	l->stale = true;
}

/* --- what is in sight ------------------------------------------------------------------------- */

static struct key_sorting
sorting_of(const struct key_list *l, const struct view *v)
{
	struct key_column all[KEY_COLUMNS];
	int n = key_list_columns(v, all), at = key_list_sorted(l, all, n);

	return (struct key_sorting){ all[at].by, all[at].kpi, l->reversed, v->key_filter };
}

static void
keep_names(struct key_list *l, const struct view *v)
{
	int n = l->ranks.n - l->first < l->lines ? l->ranks.n - l->first : l->lines;

	if (n > l->room) {
		l->names = memory_grow(l->names, (size_t)n, sizeof *l->names);
		memset(l->names + l->room, 0, (size_t)(n - l->room) * sizeof *l->names);
		l->room = n;
	}
	l->shown = n > 0 ? n : 0;
	for (int i = 0; i < l->shown; i++) {
		size_t len;
		const char *name = key_state_name(
		    engine_key_at(v->engine, l->source, l->ranks.all[l->first + i].number), &len);

		text_clear(&l->names[i]);
		text_addn(&l->names[i], name, len);
	}
}

static void
rank(struct key_list *l, const struct view *v)
{
	struct key_sorting sorting = sorting_of(l, v);

	l->source = key_list_source(v);
	key_ranks_find(&l->ranks, v->engine, l->source, &sorting);
	snprintf(l->filter, sizeof l->filter, "%s", v->key_filter != NULL ? v->key_filter : "");
	l->stale = false;
	l->found = v->now;
}

/* Takes those in sight off the ranks. */
static void
pick(struct key_list *l, const struct view *v)
{
	int most = l->ranks.n - l->lines;

	l->first = l->first < most ? l->first : most;
	l->first = l->first > 0 ? l->first : 0;
	key_ranks_pick(&l->ranks, v->engine, l->source, l->first, l->first + l->lines);
	keep_names(l, v);
	l->version++;
}

/* While rows go it stands for a second; when none does it is always right. Where the picture stands
 * it stays. */
static bool
is_due(const struct key_list *l, const struct view *v, int lines)
{
	const char *filter = v->key_filter != NULL ? v->key_filter : "";

	if (v->frozen != NULL && l->found != INT64_MIN)
		return false;
	if (l->stale || l->found == INT64_MIN || lines != l->lines ||
	    l->source != key_list_source(v) || strcmp(filter, l->filter) != 0)
		return true;
	return v->pacer->paused || engine_state(v->engine) == ENGINE_END ||
	       v->now - l->found >= TIME_SECOND;
}

void
key_list_follow(struct key_list *l, const struct view *v, int lines)
{
	if (key_list_source(v) < 0) {
		l->shown = 0;
		return;
	}
	if (!is_due(l, v, lines))
		return;
	l->lines = lines > 0 ? lines : 0;
	rank(l, v);
	pick(l, v);
}

unsigned
key_list_version(const struct key_list *l)
{
	return l->version;
}

int
key_list_shown(const struct key_list *l)
{
	return l->shown;
}

int
key_list_first(const struct key_list *l)
{
	return l->first;
}

int
key_list_count(const struct key_list *l)
{
	return l->ranks.n;
}

const char *
key_list_name(const struct key_list *l, int line, size_t *n)
{
	*n = l->names[line].len;
	return text_get(&l->names[line]);
}

/* From the key that is looked at, when that is in sight, else to the first that is. */
static int
place_on(const struct key_list *l, const struct view *v, int by)
{
	const struct key_state *k = engine_key(v->engine, l->source);
	int place = k != NULL ? key_ranks_place(&l->ranks, v->engine, l->source, k) : -1;
	bool in_sight = place >= l->first && place < l->first + l->lines;

	place = in_sight ? place + by : l->first;
	place = place < l->ranks.n ? place : l->ranks.n - 1;
	return place > 0 ? place : 0;
}

const char *
key_list_move(struct key_list *l, const struct view *v, int by, size_t *n)
{
	int place;

	if (key_list_source(v) < 0)
		return NULL;
	rank(l, v);
	if (l->ranks.n == 0)
		return NULL;
	place = place_on(l, v, by);
	if (place < l->first)
		l->first = place;
	if (l->lines > 0 && place >= l->first + l->lines)
		l->first = place - l->lines + 1;
	pick(l, v);
	if (place - l->first >= l->shown)
		return NULL;
	return key_list_name(l, place - l->first, n);
}
