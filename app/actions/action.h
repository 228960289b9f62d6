/* action.h - what a rule does when it begins to fire. One action = one file with one const struct
 * action_class, and one line in list.h.
 *
 * A dashboard file names it as the key of an item of do:, with what it takes as the value. */
#ifndef WEIR_ACTION_H
#define WEIR_ACTION_H

#include <stdbool.h>

#include "data/base/error.h"
#include "data/engine/event.h"

enum action_takes {
	ACTION_FLAG, /* nothing: "- bell" */
	ACTION_TEXT,
	ACTION_WORDS /* a list of them */
};

struct action { /* one of a rule */
	const struct action_class *class;
	bool flag;
	char *text;   /* ACTION_TEXT */
	char **words; /* ACTION_WORDS: nwords of them, then NULL */
	int nwords;
};

struct action_host { /* what actions can do to the run; NULL: it has no such thing */
	void (*bell)(void *self);
	void *self;
};

struct action_class {
	const char *name, *help;
	const char *example; /* of its value */
	enum action_takes takes;
	bool pauses; /* the replay pauses at the very row: the engine sees to it */
	/* What is wrong with its value; paths are taken from the folder, with its '/'. NULL: any
	 * is right. */
	int (*check)(struct action *, const char *folder, struct error *);
	/* The rule of the event has begun to fire. NULL, where it does not pause either: the word
	 * is known, and what it says is checked, but it is not carried out. */
	void (*run)(const struct action *, const struct action_host *, const struct event *);
};

extern const struct action_class *const action_classes[]; /* ends with NULL */
const struct action_class *action_find(const char *name);
bool action_is_done(const struct action_class *); /* it is carried out */
void action_done(struct action *);
/* A path in the place of *path, from the folder. */
void action_place(char **path, const char *folder);

#endif
