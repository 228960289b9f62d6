/* sketched.h - the sketch in a terminal: started, looked at, and left. The program under test is
 * the test itself, started again as "test_x --sketch" (see sketch.h). */
#ifndef WEIR_TESTS_SKETCHED_H
#define WEIR_TESTS_SKETCHED_H

#include <check.h>

#include "tests/screens/terminal.h"

/* For main(): is the sketch where it was started as such, else runs the tests. */
int sketch_suite(int argc, char **argv, const char *name, const TTest *const *tests, size_t n);

const char *sketch_path(void); /* of this test */
/* Up to 8 options, NULL behind the last; NULL: none. env as in terminal_start. */
struct terminal *sketch_start(int w, int h, const char *const *env, const char *const *options);
struct terminal *sketch_start_plain(int w, int h);
bool terminal_wrote(const struct terminal *, const char *what);
/* Waits until it has: a frame comes in pieces, and what is waited for may be in the first of them. */
bool terminal_writes(struct terminal *, const char *what);
/* Everything it wrote is harmless, and it left the terminal as it found it. */
void sketch_left(struct terminal *);
void sketch_quit(struct terminal *); /* with q; as it should; frees it */

#endif
