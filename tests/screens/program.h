/* program.h - weir itself in a terminal: started, looked at, and left. */
#ifndef WEIR_TESTS_PROGRAM_H
#define WEIR_TESTS_PROGRAM_H

#include "tests/screens/terminal.h"

enum { ARGS = 16, PATH = 4200 };

const char *program_path(void); /* of the weir that belongs to this test */
const char *program_seed(void); /* a recording of 15 rows */
struct terminal *program_start(int w, int h, const char *const *options);
#define START(w, h, ...) program_start(w, h, (const char *const[]){ __VA_ARGS__, NULL })
void program_pass(struct terminal *, int ms);
/* Reads until it has nothing more to say, and only waits: for one whose picture stands. */
void program_rest(struct terminal *);
/* The row that the status line tells; 0: none. */
long program_row(struct terminal *);
bool program_is_past(struct terminal *, const void *row); /* it is past *row: for terminal_wait() */
/* Nothing is read from it till the program has worked for so long: it fills, and rows go on. */
void program_stall(struct terminal *, double seconds);
/* It wrote nothing harmful and left the terminal as it was. */
void program_left(struct terminal *);
void program_quit(struct terminal *); /* with q; as it should; frees it */

/* A folder of its own for a test's files, its name written into dir (64 bytes). */
const char *folder_new(char *dir);
void folder_remove(const char *dir);

#endif
