/* fixture.h - an engine on recordings written by a test, and what it told. */
#ifndef WEIR_TESTS_FIXTURE_H
#define WEIR_TESTS_FIXTURE_H

#include <stdio.h>

#include "data/engine/engine_view.h"

enum { MOST = 20000, FILES = 3 };

struct seen { /* a row as a listener saw it */
	int source;
	uint64_t row;
	double kpi; /* the first of its source */
	bool late;
};

struct fixture {
	struct engine_options options;
	struct engine *engine;
	struct error err;
	char paths[FILES][32];
	FILE *files[FILES];
	int nfiles;
	struct seen *seen;
	int n;
	struct text events; /* all that was told */
};

void fixture_init(struct fixture *);
void fixture_done(struct fixture *); /* removes the files, too */
/* Another recording, to be written; closed by what is below. */
FILE *fixture_file(struct fixture *);
/* A new engine on the files, called a, b and so on, with options; kpi and rule may be NULL. */
void fixture_make(struct fixture *, const char *kpi, const char *rule);
/* Until it waits or ends. */
enum engine_state fixture_run(struct fixture *);
/* For a listener of the test's own, whose self is the fixture. */
void fixture_event(void *fixture, const struct event *);
void fixture_run_all(struct fixture *); /* to the end */

#endif
