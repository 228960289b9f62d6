/* keymap.h - which key does what: each is bound to a command line, by the table of keys, by the
 * views, or by the dashboard file, which goes before them. */
#ifndef WEIR_KEYMAP_H
#define WEIR_KEYMAP_H

#include "app/config/config.h"
#include "app/screen/input.h"
#include "widgets/widget.h"

struct keymap {
	struct bound *all; /* the dashboard file's first */
	int n;
	struct hint *hints; /* of all keys, and of the commands that no key does; then words */
	int nhints, nkeys;  /* nkeys: without the words */
};

/* config outlives it; NULL: there is none. */
void keymap_init(struct keymap *, const struct config *);
void keymap_done(struct keymap *);
/* The command line that the key is bound to; NULL: it does nothing. */
const char *keymap_line(const struct keymap *, const struct input *);
/* -1 with err: a key of the dashboard file is none, or is bound to what is no command. all: as in
 * struct yaml_report; NULL. */
int keymap_check(const struct config *, struct error *, struct errors *all);

#endif
