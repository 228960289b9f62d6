/* dialect.c - what is told of how rows are written, kept. */
#include "data/rows/dialect.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static const size_t texts[] = {
	offsetof(struct dialect_options, format),
	offsetof(struct dialect_options, encoding),
	offsetof(struct dialect_options, columns),
	offsetof(struct dialect_options, missing),
	offsetof(struct dialect_options, dates),
	offsetof(struct dialect_options, types),
	offsetof(struct dialect_options, time),
};

static char **
text_at(struct dialect_options *options, size_t offset)
{
	return (char **)(void *)((char *)options + offset);
}

struct dialect_options
dialect_options_copy(const struct dialect_options *options)
{
	struct dialect_options copy = *options;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char **text = text_at(&copy, texts[i]);

		if (*text != NULL)
			*text = memory_text(*text, strlen(*text));
	}
	return copy;
}

void
dialect_options_done(struct dialect_options *options)
{
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		free(*text_at(options, texts[i]));
	*options = (struct dialect_options){ 0 };
}
