/* screen_frame.h - curses: cells in, the bytes that bring them onto the terminal out. */
#ifndef WEIR_SCREEN_FRAME_H
#define WEIR_SCREEN_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "app/screen/colors.h"
#include "data/base/error.h"
#include "widgets/draw/canvas.h"
#include "widgets/draw/theme.h"

struct frame;

/* For the terminal that TERM names. Fails, and says what to do, where it cannot be drawn on. */
struct frame *frame_open(const char *color, struct error *);
void frame_close(struct frame *);

enum color_level frame_colors(const struct frame *);
bool frame_has_mouse(const struct frame *);
bool frame_has_braille(const struct frame *);
/* What to send first and last: the alternate screen, the cursor. NUL-terminated. */
const char *frame_enter(const struct frame *);
const char *frame_leave(const struct frame *);

void frame_resize(struct frame *, int w, int h);
void frame_theme(struct frame *, const struct theme *);
/* What the terminal shows is not known: to be called after the above. The next frame sends every
 * cell, and is told that the old one is blank. */
void frame_blank(struct frame *);

/* The bytes that turn what the terminal shows, which is old, into new; both are of the same size.
 * Valid until the next call; *n may be 0. */
const char *frame_draw(
    struct frame *, const struct canvas *new, const struct canvas *old, size_t *n);

#endif
