/* demo_menu.h - the demos on a screen: a list, and beside it what the chosen one looks like. */
#ifndef WEIR_DEMO_MENU_H
#define WEIR_DEMO_MENU_H

#include "app/options/args.h"

struct demo_entry {
	const char *name, *about;
	char *path; /* of its dashboard file; whose the entry is */
};

enum { MENU_LEFT = -1, MENU_NO_SCREEN = -2 /* see the error */, MENU_SIGNAL = -128 };

/* The number of the one that was chosen; else one of these, or MENU_SIGNAL less the signal that
 * ended it. Of args those count that say how the screen is. */
int demo_menu_run(const struct demo_entry *, int n, const struct args *, struct error *);

#endif
