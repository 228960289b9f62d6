/* report.c - what went wrong, on standard error. */
#include "app/config/report.h"

#include <stdio.h>

void
report(const struct error *err, const struct config *config)
{
	struct error located = *err;
	struct text excerpt = { 0 };

	if (config != NULL) {
		config_locate(config, &located);
		config_excerpt(config, &located, &excerpt);
	}
	fprintf(stderr, "weir: %s\n%s", located.text, text_get(&excerpt));
	text_done(&excerpt);
}
