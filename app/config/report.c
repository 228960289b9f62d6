/* report.c - what went wrong, on standard error. */
#include "app/config/report.h"

#include <stdio.h>

void
report(const struct error *err, const struct config *config)
{
	struct text excerpt = { 0 };

	if (config != NULL)
		config_excerpt(config, err, &excerpt);
	fprintf(stderr, "weir: %s\n%s", err->text, text_get(&excerpt));
	text_done(&excerpt);
}
