/* spelled.c - an expression written so that it means the same where all sources are there from the
 * start: a source that was added while rows went took no name from those before it, and in a file
 * that is opened anew nothing tells which was first. */
#include <stdlib.h>
#include <string.h>

#include "data/query/query_parts.h"

struct spelling {
	const struct query *query;
	int known;
	struct expr *tree;
};

/* The same node, to be changed. */
static struct expr *
own_node(struct expr *tree, const struct expr *node)
{
	struct expr *found = tree == node ? tree : NULL;

	for (int i = 0; i < tree->n && tree->kind == EXPR_CALL && found == NULL; i++)
		found = own_node(tree->args[i], node);
	return found;
}

static int
count_sharing(const struct query *q, const char *name)
{
	int n = 0;

	for (int i = 0; i < q->nsources; i++)
		n += name_index_find(&q->sources[i].columns, name, strlen(name)) >= 0;
	return n;
}

static int
say_which(void *arg, const struct expr *name)
{
	struct spelling *s = arg;
	struct found f = find_column(s->query, name->text, s->known);
	struct text text = { 0 };
	struct expr *own;

	if (f.matches != 1 || f.qualified || count_sharing(s->query, name->text) < 2)
		return 0;
	own = own_node(s->tree, name);
	text_addf(&text, "%s.%s", s->query->sources[f.source].shown.source, own->text);
	free(own->text);
	own->text = text.s;
	return 0;
}

char *
query_spelled(const struct query *q, const char *expr, int known)
{
	struct spelling s = { q, known, expr_parse(expr, NULL) };
	struct text out = { 0 };
	bool shared = false;

	for (int i = 0; i < q->nsources && !shared; i++)
		for (int c = 0; c < q->sources[i].shown.n && !shared; c++)
			shared = count_sharing(q, q->sources[i].shown.columns[c].name) > 1;
	if (s.tree == NULL || !shared) {
		text_add(&out, expr);
	} else {
		each_column(s.tree, say_which, &s);
		expr_print(s.tree, &out);
	}
	expr_free(s.tree);
	return out.s;
}
