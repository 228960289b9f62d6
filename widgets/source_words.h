/* source_words.h - how a source is, in words: in the first line as in the view of sources. */
#ifndef WEIR_SOURCE_WORDS_H
#define WEIR_SOURCE_WORDS_H

#include "data/engine/engine_view.h"

enum { SOURCE_WORDS = 240 };

struct source_words {
	char brief[24];           /* "waits", "try 5" */
	char whole[SOURCE_WORDS]; /* "waits for a datagram", "connection refused, try 5" */
	const char *rest;         /* what it says beside the brief, as the source keeps it; "" */
};

/* Does it give nothing though it should, and what is said of that? opening: no row of it went yet,
 * so that what it waits for is news. false: nothing. */
bool source_says(const struct source_now *, bool opening, struct source_words *);

#endif
