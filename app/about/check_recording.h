/* check_recording.h - `weir check FILE`: what was found in a recording, why, and the flags that pin
 * it. */
#ifndef WEIR_CHECK_RECORDING_H
#define WEIR_CHECK_RECORDING_H

/* Prints it; returns the exit status: 0, 1 when the file cannot be read. */
int check_recording(const char *path);

#endif
