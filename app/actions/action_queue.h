/* action_queue.h - actions that take their time: at most ACTIONS_AT_ONCE under way, each for at
 * most ACTION_MS, the others in a line that is bounded. */
#ifndef WEIR_ACTION_QUEUE_H
#define WEIR_ACTION_QUEUE_H

#include "app/actions/action.h"

enum { ACTIONS_AT_ONCE = 8, ACTIONS_WAITING = 1000, ACTION_MS = 10000 };

struct action_queue;

/* failed: an action did not do what it should, one line; called from the loop and from
 * action_queue_add(). limit_ms: 0: ACTION_MS. */
struct action_queue *action_queue_new(struct uv_loop_s *, int limit_ms,
    void (*failed)(void *self, const struct action_event *, const char *what), void *self);
/* Ends what is under way; the loop closes a handle later. NULL is fine. */
void action_queue_free(struct action_queue *);

/* Copies both. False: the line is full, and the action was left out. */
bool action_queue_add(struct action_queue *, const struct action *, const struct action_event *);
int action_queue_length(const struct action_queue *); /* that have not begun */
bool action_queue_busy(const struct action_queue *);
/* No more are added. Once all are done, or after the limit of one together, done is called, from
 * the loop; those not done by then have failed. */
void action_queue_end(struct action_queue *, void (*done)(void *self), void *self);

/* For classes: the task is over; what: it has failed, one line; NULL: it has not. The task is gone
 * then. */
void action_task_end(struct action_task *, const char *what);

#endif
