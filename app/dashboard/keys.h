/* keys.h - which key does what: the one table that dispatches keys and prints them. */
#ifndef WEIR_KEYS_H
#define WEIR_KEYS_H

#include "app/dashboard/dashboard_parts.h"

struct key {
	uint32_t code;
	bool ctrl, shift;
	command *act;
	int arg;
	struct hint hint; /* keys is NULL for another key of the row above */
};

extern const struct key keys[]; /* ends with code 0 */

/* NULL when the key does nothing. */
const struct key *key_find(const struct input *);
/* The hints of the views and of the table; *n of them, to be freed. */
struct hint *keys_hints(int *n);

#endif
