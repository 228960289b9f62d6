/* json_wrapper.h - rows in an array inside of one object. */
#ifndef WEIR_JSON_WRAPPER_H
#define WEIR_JSON_WRAPPER_H

#include <stdbool.h>
#include <stddef.h>

struct json_wrapper {
	const char *at; /* the array, in the text */
	int depth;      /* so many objects are open there */
	char path[64];  /* the names of the members that lead to it: "result.rows" */
};

/* Is the text, whole or all that was looked at, one object whose rows stand in an array? item: how
 * each of them begins, { or [. first: the array itself is looked for, whatever else is there. */
bool json_wrapper_find(
    const char *s, size_t n, char item, bool first, bool whole, struct json_wrapper *found);

#endif
