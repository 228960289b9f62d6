/* terminal.h - a program in a real pseudo-terminal, with libvterm on the other side of it.
 *
 * Tests type keys, wait until the screen says something, and look at the bytes. Waits end as soon
 * as what is waited for is there; their limit only says when a test has failed. */
#ifndef WEIR_TESTS_TERMINAL_H
#define WEIR_TESTS_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct terminal;

enum { TERMINAL_LIMIT = 20000 }; /* ms: how long a wait may take before the test fails */

/* Starts argv in a terminal of w x h cells. env: "NAME=VALUE" to set, "NAME" to unset, ends with
 * NULL; unless told otherwise TERM is xterm-256color, LC_ALL C.UTF-8, and NO_COLOR, COLORTERM
 * unset. */
struct terminal *terminal_start(int w, int h, const char *const *env, const char *const *argv);
void terminal_free(struct terminal *); /* ends the program, if it still runs */
pid_t terminal_pid(const struct terminal *);

void terminal_type(struct terminal *, const char *keys);
void terminal_resize(struct terminal *, int w, int h);
void terminal_hang_up(struct terminal *); /* the line is cut */

/* Reads what the program writes for ms, or until pred holds; true: it holds. */
typedef bool terminal_test(struct terminal *, const void *arg);
bool terminal_wait(struct terminal *, terminal_test *, const void *arg, int ms);
bool terminal_never(struct terminal *, const void *); /* a test for waits that only pass time */
bool terminal_wait_text(struct terminal *, const char *text);
/* Waits till the lowest row that is not empty is a shell's prompt: what is typed then counts, while
 * what was typed before may have been flushed by the program that hands the line back. */
bool terminal_wait_prompt(struct terminal *, const char *prompt);
/* Waits till the program does nothing but wait, and reads nothing of what it writes. */
bool terminal_wait_asleep(struct terminal *);
/* Waits for the end; the exit status as a shell tells it, or -1 when it did not come within ms. */
int terminal_exit(struct terminal *, int ms);
/* The same without reading what it writes: a terminal that stalls. */
int terminal_exit_stalled(struct terminal *, int ms);

/* The screen as UTF-8, blanks at the ends of lines left out; valid until the next call. */
const char *terminal_text(struct terminal *);
const char *terminal_row(struct terminal *, int y);
bool terminal_has_color(struct terminal *);       /* some cell is not in the default colours */
bool terminal_alternate(const struct terminal *); /* the program's own screen is shown */
bool terminal_cursor(const struct terminal *);    /* the cursor is visible */

/* All bytes that the program has written. */
const char *terminal_bytes(const struct terminal *, size_t *n);
/* The modes of the line are those that it started with. */
bool terminal_sane(const struct terminal *);
/* CPU seconds that the program has used. */
double terminal_cpu(const struct terminal *);

/* NULL, or what is wrong: only printable UTF-8, line moves, and escapes that a screen consists of.
 */
const char *bytes_harmful(const char *bytes, size_t n);

#endif
