/* completion.c - the words that several commands take: columns, operators. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"
#include "data/expr/expr.h"

void
completion_offer(const struct completion *c, const char *word, const char *tail)
{
	if (strlen(word) >= c->n && strncasecmp(word, c->typed, c->n) == 0)
		text_addf(c->found, "%s%s\n", word, tail);
}

static void
offer_columns(const struct dashboard *d, const struct completion *c)
{
	struct text name = { 0 };

	for (int s = 0; s < engine_sources(d->engine); s++) {
		const struct schema *schema = engine_schema(d->engine, s);

		for (int i = 0; schema != NULL && i < schema->n; i++) {
			struct expr leaf = { .kind = EXPR_NAME, .text = schema->columns[i].name };

			text_clear(&name);
			expr_print(&leaf, &name); /* an odd name stands in backticks */
			completion_offer(c, text_get(&name), "");
		}
	}
	text_done(&name);
}

void
completion_expression(const struct dashboard *d, const struct completion *c)
{
	offer_columns(d, c);
	for (int i = 0; op_classes[i] != NULL; i++)
		if (isalpha((unsigned char)*op_classes[i]->name) &&
		    strcmp(op_classes[i]->name, "neg") != 0)
			completion_offer(c, op_classes[i]->name, "(");
}
