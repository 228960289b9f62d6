/* cast.h - a session recorded as asciicast v2: one line a frame, played by asciinema. */
#ifndef WEIR_CAST_H
#define WEIR_CAST_H

#include <stddef.h>
#include <stdint.h>

#include "app/files/output_file.h"
#include "data/base/error.h"

struct cast;

/* now: uv_hrtime, here and below; times in the file count from it. */
struct cast *cast_open(
    const char *path, const struct output_guard *, int w, int h, uint64_t now, struct error *);
void cast_output(struct cast *, const char *bytes, size_t n, uint64_t now);
void cast_resize(struct cast *, int w, int h, uint64_t now);
/* -1: not all of it could be written. */
int cast_close(struct cast *, struct error *);

#endif
