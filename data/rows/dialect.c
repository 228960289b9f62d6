/* dialect.c - what is told of how rows are written, kept. */
#include "data/rows/dialect.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static const size_t texts[] = {
	offsetof(struct dialect_options, format),
	offsetof(struct dialect_options, encoding),
	offsetof(struct dialect_options, columns),
	offsetof(struct dialect_options, missing),
	offsetof(struct dialect_options, dates),
	offsetof(struct dialect_options, time_format),
	offsetof(struct dialect_options, zone),
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

void
dialect_save(const struct dialect *d, struct buffer *b)
{
	const char signs[] = { d->delimiter, d->quote, d->escape, d->comment };
	const int counts[] = { d->sep, d->blanks, d->header_comment, d->row_names, d->skip,
		d->header, d->units, d->width, d->columns, d->empty_tail, d->wrapped,
		(int)d->shape };

	buffer_put(b, d->encoding, sizeof d->encoding);
	buffer_put(b, signs, sizeof signs);
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
		buffer_u32(b, (uint32_t)counts[i]);
	buffer_put(b, d->titles, sizeof d->titles);
}

int
dialect_load(struct dialect *d, struct reader *r)
{
	uint32_t flag, count;
	char signs[4];
	int *const counts[] = { &d->skip, &d->header, &d->units, &d->width, &d->columns,
		&d->empty_tail, &d->wrapped };
	bool *const flags[] = { &d->sep, &d->blanks, &d->header_comment, &d->row_names };

	if (reader_get(r, d->encoding, sizeof d->encoding) < 0 ||
	    memchr(d->encoding, '\0', sizeof d->encoding) == NULL ||
	    reader_get(r, signs, sizeof signs) < 0)
		return -1;
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		if (reader_below(r, 1, &flag) < 0)
			return -1;
		*flags[i] = flag;
	}
	for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
		if (reader_below(r, INT32_MAX, &count) < 0)
			return -1;
		*counts[i] = (int)count;
	}
	if (reader_below(r, JSON_COLUMNS, &count) < 0)
		return -1;
	d->shape = (enum json_shape)count;
	d->delimiter = signs[0];
	d->quote = signs[1];
	d->escape = signs[2];
	d->comment = signs[3];
	if (d->delimiter == '\n' || d->delimiter == '\r')
		return -1;
	if (reader_get(r, d->titles, sizeof d->titles) < 0 ||
	    memchr(d->titles, '\0', sizeof d->titles) == NULL)
		return -1;
	return 0;
}
