/* action.h - what a rule does when it begins to fire, or is resolved. One action = one file with
 * one const struct action_class, and one line in list.h.
 *
 * A dashboard file names it as the key of an item of do:, with what it takes as the value. An
 * action that is done at once has run; one that takes its time has begin, and waits for its turn in
 * the action_queue. */
#ifndef WEIR_ACTION_H
#define WEIR_ACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/base/error.h"

struct output_guard;
struct uv_loop_s;

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

struct action_event { /* what happened, as actions are told it */
	int source;
	uint64_t row;
	uint32_t lane; /* of the source, that the row came from */
	char *name;    /* of the rule */
	char *json;    /* the event as one line, without its end: len bytes */
	size_t len;
	char **env; /* "WEIR_NAME=...", then NULL */
};

struct action_host { /* what actions can do to the run; NULL: it has no such thing */
	void (*bell)(void *self);
	void (*notify)(void *self, const char *text);
	void *self; /* of these two */
	/* Writes a line back to whom the row of the event came from. */
	int (*reply)(void *run, const struct action_event *, const char *line, struct error *);
	void *run;
	const struct output_guard *guard;
	struct uv_loop_s *loop;
};

struct action_task { /* an action on its way; it has copies of all that it needs */
	struct action action;
	struct action_event event;
	struct uv_loop_s *loop;
	void *state; /* class->size bytes, given zeroed */
	struct action_queue *queue;
	int64_t until; /* uv_hrtime() at which it is ended; 0: it has not begun */
	struct action_task *next;
};

struct action_class {
	const char *name, *help;
	const char *example; /* of its value */
	enum action_takes takes;
	bool pauses;  /* the replay pauses at the very row: the engine sees to it */
	bool replies; /* it writes to the source: for sources that take that alone */
	bool writes;  /* its text is a file that it writes: none that is read */
	/* What is wrong with its value; paths are taken from the folder, with its '/'. NULL: any
	 * is right. */
	int (*check)(struct action *, const char *folder, struct error *);
	/* Does it at once, without waiting for anything. */
	int (*run)(const struct action *, const struct action_host *, const struct action_event *,
	    struct error *);
	/* Begins it; once it is done, action_task_end() is called, never from within. -1 with err:
	 * it has failed. */
	int (*begin)(struct action_task *, struct error *);
	void (*stop)(
	    struct action_task *); /* its time is over: it ends at once, and tells nobody */
	size_t size;               /* of its state */
};

extern const struct action_class *const action_classes[]; /* ends with NULL */
const struct action_class *action_find(const char *name);
void action_done(struct action *);
struct action action_copy(const struct action *);
void action_event_done(struct action_event *);
/* A path in the place of *path, from the folder. */
void action_place(char **path, const char *folder);

#endif
