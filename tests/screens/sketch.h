/* sketch.h - a small program that draws on a screen, to test the screen with. */
#ifndef WEIR_TESTS_SKETCH_H
#define WEIR_TESTS_SKETCH_H

/* Options: --color C, --theme T, --ascii, --no-mouse, --cast FILE, --max-bytes N, --fps N, --busy
 * (every cell changes in every frame), --text TEXT (drawn as it is), --snapshot FILE (a picture at
 * the end), --report FILE (what it counts: a line "ticks frames dropped bytes drained" after each
 * ten ticks of 10 ms). Keys: q ends it, c crashes, x exits at once, z suspends; all are shown.
 * Returns the exit status. */
int sketch_main(int argc, char **argv);

#endif
