/* dialect.h - how the rows of a source are written. */
#ifndef WEIR_DIALECT_H
#define WEIR_DIALECT_H

#include <stdbool.h>

struct dialect_options {    /* what is told of it; zeroed: all is found */
	const char *format; /* as -F has it; NULL: auto */
	char delimiter;     /* 0: found */
	bool no_header;
	const char *columns; /* "a,b,c": names told; NULL */
	const char *types;   /* "a=number,b=text"; NULL */
	const char *time;    /* the time column; NULL: found */
};

#endif
