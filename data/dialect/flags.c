/* flags.c - a dialect as the flags that pin it. */
#include <string.h>

#include "data/base/text.h"
#include "data/dialect/find.h"

static void
add_sign(struct text *text, const char *flag, char sign)
{
	text_addf(text, " %s ", flag);
	if (sign == '\t')
		text_add(text, "'\\t'");
	else if (sign == '\'')
		text_add(text, "\"'\"");
	else
		text_addf(text, "'%c'", sign);
}

static void
add_table(const struct dialect *dialect, struct text *text)
{
	if (strcmp(dialect->format, "csv") == 0)
		add_sign(text, "--delimiter", dialect->delimiter);
	if (dialect->delimiter == DELIMITER_RUNS)
		text_add(text, " --delimiter '  '");
	if (dialect->quote != '"')
		add_sign(text, "--quote", dialect->quote);
	text_addf(text, " --skip %d", dialect->skip);
	if (dialect->header == 0)
		text_add(text, " --no-header");
}

void
dialect_flags(const struct dialect *dialect, struct text *text)
{
	if (dialect->format == NULL)
		return;
	text_addf(text, "-F %s", dialect->format);
	if (strcmp(dialect->format, "csv") == 0 || strcmp(dialect->format, "tsv") == 0 ||
	    strcmp(dialect->format, "words") == 0)
		add_table(dialect, text);
	if (dialect->decimal != 0)
		add_sign(text, "--decimal", dialect->decimal);
	if (dialect->time != NULL)
		text_addf(text, " -t '%s'", dialect->time);
	if (dialect->dates != NULL)
		text_addf(text, " --dates %s", dialect->dates);
	if (strcmp(dialect->encoding, "UTF-8") != 0)
		text_addf(text, " --encoding %s", dialect->encoding);
}
