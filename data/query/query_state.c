/* query_state.c - what was asked for when a state was saved, beside what is asked now. */
#include "data/query/query_state.h"

#include <stdlib.h>
#include <string.h>

enum { NAMED = 5 }; /* of each kind of news; how many more there are is said */

enum wish_kind { WISH_RULE, WISH_KPI, WISH_COLUMN, WISH_KINDS };

struct wish { /* one thing that is asked for */
	enum wish_kind kind;
	const char *name;
	int source, root, clear; /* roots; -1: none */
};

/* --- what it means ---------------------------------------------------------------------------- */

static const struct derivation *
derivation_of(const struct query *q, int source, int column)
{
	for (int i = 0; i < q->nderived; i++)
		if (q->derived[i].source == source && q->derived[i].column == column)
			return &q->derived[i];
	return NULL;
}

static int
joined_at(const struct query *q, int source, int column)
{
	for (int i = 0; i < q->njoined; i++)
		if (q->joined[i].to == source && q->joined[i].inner == column)
			return i;
	return -1;
}

static void print_joined(const struct query *, int joined, struct text *);

/* Its key names the operators; behind it what its columns are that come from other sources. */
static void
print_root(const struct query *q, int source, int root, struct text *out)
{
	const struct query_source *s = &q->sources[source];
	const int *columns;
	int n;

	if (root < 0)
		return;
	text_add(out, plan_node(s->plan, root)->key);
	n = plan_columns(s->plan, root, &columns);
	for (int i = 0; i < n; i++)
		if (columns[i] >= s->own->n)
			print_joined(q, joined_at(q, source, columns[i]), out);
}

static void
print_joined(const struct query *q, int joined, struct text *out)
{
	const struct joined *j = joined >= 0 ? &q->joined[joined] : NULL;
	const struct derivation *d = j != NULL ? derivation_of(q, j->from, j->column) : NULL;

	if (j == NULL)
		return;
	text_addf(out, "; %d.%d.%s ", j->from, (int)j->type, j->name);
	if (d != NULL)
		print_root(q, j->from, d->root, out);
}

static uint64_t
meaning(const struct query *q, const struct wish *w)
{
	struct text t = { 0 };
	uint64_t hash;

	print_root(q, w->source, w->root, &t);
	if (w->clear >= 0)
		text_add(&t, "; until ");
	print_root(q, w->source, w->clear, &t);
	hash = bytes_hash(text_get(&t), t.len);
	text_done(&t);
	return hash;
}

uint64_t
query_joined_means(const struct query *q, int joined)
{
	struct text t = { 0 };
	uint64_t hash;

	print_joined(q, joined, &t);
	hash = bytes_hash(text_get(&t), t.len);
	text_done(&t);
	return hash;
}

/* Inputs stand before those that read them. */
bool *
query_nodes_with(const struct query *q, int source, const bool *same)
{
	const struct query_source *s = &q->sources[source];
	int n = plan_nodes(s->plan);
	bool *with = memory_new((size_t)n + 1, sizeof *with), all = true;

	for (int i = 0; i < n; i++) {
		const struct node *node = plan_node_at(s->plan, i);
		int joined = node->class == NULL ? joined_at(q, source, node->column) : -1;

		with[i] = joined < 0 || same[joined];
		for (int k = 0; k < node->ninputs; k++)
			with[i] = with[i] && with[node->inputs[k]];
		all = all && with[i];
	}
	if (!all)
		return with;
	free(with);
	return NULL;
}

/* --- saved ------------------------------------------------------------------------------------ */

static int
count_wishes(const struct query *q)
{
	return q->nrules + q->nkpis + q->nderived;
}

/* Rules, KPIs and derived columns, in that order: a saved rule has its number in the query. */
static struct wish
wish_at(const struct query *q, int i)
{
	int kpi = i - q->nrules, derived = kpi - q->nkpis;

	if (i < q->nrules) {
		const struct rule *r = &q->rules[i];

		return (struct wish){ WISH_RULE, r->rule.name, r->source, r->when, r->clear };
	}
	if (kpi < q->nkpis) {
		const struct kpi *k = &q->kpis[kpi];

		return (struct wish){ WISH_KPI, k->name, k->source, k->root, -1 };
	}
	return (struct wish){ WISH_COLUMN, q->derived[derived].name, q->derived[derived].source,
		q->derived[derived].root, -1 };
}

/* The name of a thing among those of all kinds and sources. */
static void
print_name(const struct wish *w, struct text *out)
{
	text_clear(out);
	text_addf(out, "%d.%d.%s", (int)w->kind, w->source, w->name);
}

void
saved_query_put(const struct query *q, bool all, struct buffer *out)
{
	int n = all ? count_wishes(q) : q->nrules;
	struct text name = { 0 };

	buffer_u64(out, (uint64_t)n);
	buffer_u32(out, (uint32_t)q->nrules);
	for (int i = 0; i < n; i++) {
		struct wish w = wish_at(q, i);

		print_name(&w, &name);
		buffer_text(out, text_get(&name), name.len);
		buffer_u64(out, meaning(q, &w));
	}
	text_done(&name);
}

/* Another name for the same is no news, but of rules, whose alerts go by their names. */
static void
print_meaning(const char *name, uint64_t means, struct text *out)
{
	const char *source = strchr(name, '.'),
		   *end = source != NULL ? strchr(source + 1, '.') : NULL;

	text_clear(out);
	if (end != NULL)
		text_addn(out, name, (size_t)(end - name));
	text_addf(out, ".%016llx", (unsigned long long)means);
}

static bool
is_rule(const char *name)
{
	return name[0] == '0' + WISH_RULE;
}

int
saved_query_get(struct saved_query *saved, struct reader *in)
{
	struct text meaning = { 0 };
	uint32_t nrules;
	size_t n;
	int status = 0;

	if (reader_count(in, 16, &n) != 0 || n > INT32_MAX / 2 ||
	    reader_below(in, (uint32_t)n, &nrules) != 0)
		return -1;
	saved->nrules = (int)nrules;
	saved->meanings = memory_zero(n + 1, sizeof *saved->meanings);
	for (; saved->n < (int)n; saved->n++) {
		uint64_t *means = &saved->meanings[saved->n];
		const char *name;
		size_t length;

		/* a name twice, or with a NUL in it, would be the number of another */
		if (reader_text(in, &name, &length) != 0 || reader_u64(in, means) != 0 ||
		    name_index_add(&saved->names, name, length) != saved->n) {
			status = -1;
			break;
		}
		print_meaning(saved->names.names[saved->n], *means, &meaning);
		name_index_add(&saved->things, text_get(&meaning), meaning.len);
	}
	text_done(&meaning);
	return status;
}

void
saved_query_done(struct saved_query *saved)
{
	name_index_done(&saved->names);
	name_index_done(&saved->things);
	free(saved->meanings);
	*saved = (struct saved_query){ 0 };
}

/* --- compared --------------------------------------------------------------------------------- */

int
saved_query_rule(const struct saved_query *saved, const struct query *q, int rule)
{
	struct wish w = wish_at(q, rule);
	struct text name = { 0 };
	int i;

	print_name(&w, &name);
	i = name_index_find(&saved->names, text_get(&name), name.len);
	text_done(&name);
	return i >= 0 && i < saved->nrules && saved->meanings[i] == meaning(q, &w) ? i : -1;
}

static bool
has_meaning(const struct saved_query *s, const char *name, uint64_t means, struct text *buf)
{
	print_meaning(name, means, buf);
	return !is_rule(name) && name_index_find(&s->things, text_get(buf), buf->len) >= 0;
}

enum news { NEWS_KEPT, NEWS_ANEW, NEWS_NEW, NEWS_GONE, NEWS };

struct told { /* of one kind of news */
	struct text names;
	int n;
};

/* What follows "0.1." is the name. */
static void
tell(struct told *told, const char *name)
{
	const char *at = strchr(name, '.');

	at = at != NULL ? strchr(at + 1, '.') : NULL;
	if (told->n++ < NAMED)
		text_addf(
		    &told->names, "%s%s", told->n > 1 ? ", " : "", at != NULL ? at + 1 : name);
}

/* From the side of `is`: what it has that `was` had, or not. */
static void
look_at(const struct saved_query *was, const struct saved_query *is, struct told *news)
{
	struct text buf = { 0 };

	for (int i = 0; i < is->n; i++) {
		const char *name = is->names.names[i];
		uint64_t means = is->meanings[i];
		int before = name_index_find(&was->names, name, strlen(name));
		bool same = (before >= 0 && was->meanings[before] == means) ||
			    has_meaning(was, name, means, &buf);

		tell(&news[same ? NEWS_KEPT : before >= 0 ? NEWS_ANEW : NEWS_NEW], name);
	}
	for (int i = 0; i < was->n; i++) {
		const char *name = was->names.names[i];

		if (name_index_find(&is->names, name, strlen(name)) < 0 &&
		    !has_meaning(is, name, was->meanings[i], &buf))
			tell(&news[NEWS_GONE], name);
	}
	text_done(&buf);
}

static void
add_news(struct text *out, const char *what, const struct told *told)
{
	if (told->n == 0)
		return;
	text_addf(out, "%s%s %s", out->len > 0 ? "; " : "", what, text_get(&told->names));
	if (told->n > NAMED)
		text_addf(out, " and %d more", told->n - NAMED);
}

static void
saved_query_of(struct saved_query *saved, const struct query *q)
{
	struct buffer b = { 0 };

	saved_query_put(q, true, &b);
	saved_query_get(saved, &(struct reader){ b.data, b.data + b.len });
	buffer_done(&b);
}

bool
saved_query_differs(const struct saved_query *was, const struct query *q, struct text *what)
{
	static const char *const words[NEWS] = { "kept", "started anew", "new", "gone" };
	struct saved_query is = { 0 };
	struct told news[NEWS] = { 0 };
	bool differs;

	saved_query_of(&is, q);
	look_at(was, &is, news);
	differs = news[NEWS_ANEW].n + news[NEWS_NEW].n + news[NEWS_GONE].n > 0;
	for (int i = 0; i < NEWS; i++) {
		if (differs)
			add_news(what, words[i], &news[i]);
		text_done(&news[i].names);
	}
	saved_query_done(&is);
	return differs;
}
