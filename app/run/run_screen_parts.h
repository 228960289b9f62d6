/* run_screen_parts.h - what the files of a run on a screen share; nobody else includes it. */
#ifndef WEIR_RUN_SCREEN_PARTS_H
#define WEIR_RUN_SCREEN_PARTS_H

#include "app/dashboard/dashboard.h"
#include "app/files/output_file.h"
#include "app/run/health.h"
#include "app/run/session.h"
#include "app/screen/motion.h"
#include "app/screen/screen.h"

struct run_screen {
	struct session session;
	const struct args *args;
	struct dashboard *dashboard;
	struct screen *screen;
	int64_t going; /* since when rows go again on the way back; INT64_MAX: they do not */
	bool trouble;  /* nothing can be recorded, and that was said */
	struct metric metrics[HEALTH_METRICS]; /* as they were last looked at, */
	int64_t measured;                      /* at that clock; 0: never */
	bool owed;        /* a frame was due while the terminal could not take one */
	int64_t notified; /* when the terminal was last asked to show a notification; 0: never */
	struct motion_choice motion;
};

int64_t run_screen_clock(void); /* ns, of uv_hrtime() */
/* A key, or the mouse; self: the run. */
void run_screen_input(void *self, const struct input *);
/* Writes what is on the screen now; -1 with err. */
int run_screen_picture(struct run_screen *, const char *path, enum output_links, struct error *err);

#endif
