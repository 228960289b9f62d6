/* session_parts.h - what the files of the session share; nobody else includes it.
 *
 * session.c         opened, run and closed
 * session_engine.c  from the command line and the dashboard file to an engine
 * session_actions.c what rules do when they fire
 * session_describe.c  what they are told of an event
 * session_serve.c   served over HTTP
 * session_reload.c  the dashboard file read again while rows go
 * session_sources.c  a source added while rows go
 * session_save.c    what was asked for, written as one
 * session_save_asked.c  ... its columns, KPIs and rules
 * session_save_sources.c  ... its sources */
#ifndef WEIR_SESSION_PARTS_H
#define WEIR_SESSION_PARTS_H

#include "app/config/yaml_edit.h"
#include "app/run/session.h"

/* Rules do what the dashboard file in force has them do, by the face's host. -1 with err: some rule
 * cannot do what it should with these sources. */
int session_act(struct session *, struct error *);
/* The columns are known: so is which source each rule is of. -1 with err as above. */
int session_check_actions(const struct session *, struct error *);
/* The same of a file that may be in force next, and its query, which is bound; and no rule of it
 * writes to what is read. */
int session_check_next(
    const struct session *, const struct config *, const struct query *, struct error *);
/* session_describe.c: owned by the caller. */
struct action_event session_describe(struct engine *, const struct event *);
/* Between two runs of the engine: tells what could not be done. */
void session_tell_failures(struct session *);
/* All rows went: true: actions are still under way, and done is called, once, when they are over.
 */
bool session_await_actions(struct session *, void (*done)(void *self), void *self);
int session_actions_waiting(const struct session *);
void session_act_no_more(struct session *);
/* What is asked for: may programs have to be run? */
bool session_runs_programs(const struct args *, const struct config *, bool screen);

/* session_serve.c: over HTTP, where that is asked for. -1 with s->err: wrong usage. */
int session_serve(struct session *);

/* NULL with err: wrong usage. */
struct engine *session_engine(
    const struct args *, const struct config *, bool screen, struct uv_loop_s *, struct error *);
/* Parts of it, for a file that is read again: what the engine is to be like, and the derived
 * columns, KPIs and rules. */
void session_options(
    const struct args *, const struct config *, bool screen, struct engine_options *);
int session_ask(struct query *, const struct args *, const struct config *, struct error *);
/* Is an option for sources of a kind, such as -f, for the i-th one of the command line? Where none
 * is of the kind it is for all of them, and wrong, which they say. */
bool session_option_means(const struct args *, int i, unsigned kind);

/* For a dashboard file that is written to path: changes that of the config. */
void session_save_asked(struct yaml_edit *, const struct config *, const struct query *);
void session_save_sources(struct yaml_edit *, const struct args *, const struct config *,
    const struct engine *, const char *path);

#endif
