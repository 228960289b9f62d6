/* lines.h - bytes, cut anywhere, to lines: for formats with one record a line. */
#ifndef WEIR_LINES_H
#define WEIR_LINES_H

#include <stddef.h>

#include "data/base/text.h"
#include "data/formats/format.h"

struct lines {            /* zeroed: before the first byte */
	struct text held; /* the line under way */
	uint64_t dropped; /* lines over the limit, and with each the record under way */
};

typedef void line_taker(struct format *, const char *, size_t);

/* Gives each line that is not blank, nor one of those to be skipped, without its end (LF or CR LF),
 * counts all of them, and tells the sink where each ends. The taker calls record or drop of it
 * once at most. What it has to know of the lines before it keeps in the flags of the sink's place,
 * from POSITION_OWN on: they are those of the line before, and may be changed before that call. */
void lines_feed(struct lines *, struct format *, const char *, size_t, line_taker *);
void lines_finish(struct lines *, struct format *, line_taker *); /* a last line without its end */
void lines_done(struct lines *);

#endif
