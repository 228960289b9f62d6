/* check_recording.h - `weir check FILE`: what was found in a recording, why, and the flags that pin
 * it; and whether what options ask for fits. */
#ifndef WEIR_CHECK_RECORDING_H
#define WEIR_CHECK_RECORDING_H

struct args;

/* Prints it; returns the exit status: 0, 1 when the file cannot be read, 2 when an option does not
 * fit it. The one source of the arguments is the file. */
int check_recording(const struct args *);

#endif
