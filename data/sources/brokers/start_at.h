/* start_at.h - from=begin|end|TIME: where a broker is read from that has no stored place. */
#ifndef WEIR_START_AT_H
#define WEIR_START_AT_H

#include <stdint.h>

#include "data/base/params/params.h"

enum start_kind { START_BEGIN, START_END, START_TIME };

struct start_at {
	enum start_kind kind;
	int64_t ms; /* since 1970, of START_TIME */
};

/* Of the parameter "from". -1 with err: it is none. */
int start_at_read(struct start_at *, const struct value *, struct error *);

#define START_AT_PARAM                                                                             \
	{                                                                                          \
		.name = "from", .type = PARAM_TEXT, .fallback = "end",                             \
		.help = "begin, end or a time: where to start without a stored place"              \
	}

#endif
