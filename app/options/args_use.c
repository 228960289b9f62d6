/* args_use.c - the command line handed on: how sources are read, and what is asked of them. */
#include "app/options/args.h"
#include "data/query/query.h"

struct feed_options
args_feed_options(const struct args *args)
{
	return (struct feed_options){
		.dialect = {
			.format = args->format,
			.encoding = args->encoding,
			.delimiter = args->delimiter,
			.quote = args->quote,
			.comment = args->comment,
			.decimal = args->decimal,
			.skip_told = args->skip >= 0,
			.skip = args->skip,
			.missing = args->missing,
			.dates = args->dates,
			.time_format = args->time_format,
			.zone = args->zone,
			.no_header = args->no_header,
			.columns = args->columns,
			.types = args->types,
			.time = args->time,
		},
		.sort = args->sort ? SORT_TOLD : SORT_FOUND,
	};
}

static int
add_alert(struct query *q, const char *text, struct error *err)
{
	struct alert_rule rule;

	if (alert_rule_parse(&rule, text, err) != 0)
		return error_subject(err, ERROR_RULE, q->nrules, text);
	return query_add_rule(q, &rule, err);
}

int
args_ask(struct query *q, const struct args *args, struct error *err)
{
	bool beside;

	for (int i = 0; i < args->derive.n; i++)
		if (query_derive(q, args->derive.s[i], err) != 0)
			return -1;
	for (int i = 0; i < args->kpis.n; i++)
		if (query_add_kpi(q, args_kpi(args->kpis.s[i], &beside), err) != 0)
			return -1;
	for (int i = 0; i < args->alerts.n; i++)
		if (add_alert(q, args->alerts.s[i], err) != 0)
			return -1;
	return 0;
}
