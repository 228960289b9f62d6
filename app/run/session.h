/* session.h - a run: the engine as the command line and the dashboard file ask for it, with what
 * listens to it. The screen and the headless run are two faces of it. */
#ifndef WEIR_SESSION_H
#define WEIR_SESSION_H

#include <stdbool.h>
#include <uv.h>

#include "app/actions/action_queue.h"
#include "app/config/config.h"
#include "app/events/event_file.h"
#include "app/events/event_writer.h"
#include "app/files/output_file.h"
#include "app/options/args.h"
#include "app/run/loop.h"
#include "data/history/history.h"
#include "data/trial/trials.h"

struct face_frames { /* what went to the terminal so far, and frames that did not */
	uint64_t shown, skipped, bytes;
};

struct session_face {              /* what a run looks like; each may be NULL */
	void (*frame)(void *self); /* as in struct loop_hooks */
	/* Appends the dashboard as it is now as SVG; false: there is none. */
	bool (*picture)(void *self, struct text *svg);
	void (*frames)(void *self, struct face_frames *);
	void (*ended)(void *self); /* all rows went; NULL: the run ends with them */
	/* something that a rule was to do was not done: one line */
	void (*failed)(void *self, const char *what);
	void *self;
	struct action_host host; /* for what rules do */
	int fps;                 /* 0: no frames */
	bool signals;            /* the loop ends on signals; else somebody else sees to them */
};

struct session_store;

struct session {
	const struct args *args;
	const struct config *config; /* in force; zeroed: there is no file */
	struct config *reloaded;     /* that, where it was read again; NULL */
	uv_loop_t uv;
	struct engine *engine; /* NULL: what was asked for is wrong */
	struct net *net;
	struct acting *acting;     /* what rules do; NULL: nothing */
	struct server *server;     /* NULL: nothing is served */
	struct trials *trials;     /* rules against the truth of --truth; NULL */
	struct history *history;   /* NULL: nothing is drawn */
	struct output_guard guard; /* what is read is not written, too */
	struct event_file file;
	const struct event_writer_class *writer;
	void *events;                /* its own; NULL: none are written */
	struct session_store *store; /* NULL: nothing is recorded */
	struct loop *loop;           /* NULL: rows do not go yet */
	struct session_face face;
	bool acts_checked; /* rules can do what they should with these sources */
	bool checked;      /* the names in the dashboard file are columns */
	struct error err;  /* why it ends before its time; empty: it does not */
};

/* What an option says counts; what none says, the file does (zeroed: there is none). SOURCE
 * arguments stand in the place of the file's; -d, -k and -a are added. screen: rows go at 10 a
 * second where nothing else is said, and the default KPIs have expected values and anomalies among
 * them; so have those of a run that makes a picture of the screen. args and config outlive it. -1
 * with session->err: wrong usage. session_close() also then. */
int session_open(struct session *, const struct args *, const struct config *, bool screen);
/* What draws the session's engine is gone before. */
void session_close(struct session *);

/* Before rows go: events are written to the file of -o, or to standard output. -1 with err: it
 * cannot be opened. */
int session_write_events(struct session *);
/* After session_run(): what comes at the end of the rows is told, the store has the last
 * checkpoint, and events are written as session_end_events() does. A run that did not come to its
 * end can go on from before what is told here. -1 with err. */
int session_finish(struct session *, int patience, struct error *);
/* The last of them: writes what is held; patience as in event_file_flush(). -1 with err: not all of
 * them were written. */
int session_end_events(struct session *, int patience, struct error *);

/* The loop that rows go on, and the run: returns the exit status, with session->err where
 * something went wrong. */
void session_start(struct session *, const struct session_face *);
int session_run(struct session *);
/* The user ends it: what rules still do has a moment, and is ended then. */
void session_end_actions(struct session *);

/* An error about something that stands in the file, and not on the command line in its place,
 * becomes one of the file. */
void session_locate(const struct args *, const struct config *, struct error *);

/* Once the columns are known, what a dashboard file names is checked, once. -1 with err. */
int session_check(struct session *);

/* Reads the file of -c again, and has the engine compute what it asks for: what is the same goes
 * on, see engine_replace(). Appends what came of it, one line. The config in force is another then:
 * *before, owned by the caller, is what others still point into. -1 with err: nothing has changed;
 * the error names the place in the file. */
int session_reload(struct session *, struct config **before, struct text *said, struct error *);

/* A source more, see engine_attach(); options that hold for all hold for it, too. -1 with err. */
int session_add_source(struct session *, const char *spec, struct error *);

/* Writes a dashboard file that opens this session again: what it was asked for by options, in its
 * dashboard file and since. What is secret in addresses is written as ***, and *hidden tells it.
 * The columns are known. -1 with err: it cannot be written. */
int session_save(struct session *, const char *path, bool *hidden, struct error *);

#endif
