/* gather_parts.h - what the files of the gatherer share; nobody else includes it.
 *
 * gather.c        records of a lane, and those whose cells stand by position
 * gather_keyed.c  those whose cells have keys */
#ifndef WEIR_GATHER_PARTS_H
#define WEIR_GATHER_PARTS_H

#include "data/input/lanes/gather.h"

int gather_column(const struct row_map *, const struct field *name); /* -1: there is none */
void gather_need_fields(struct gather *, int n);                     /* room for so many */
/* Counts a record; false: it went before, and is passed over. */
bool gather_begin_record(struct gather *);
void gather_give(struct gather *, const struct field *, int n);
void gather_forget(struct gather *); /* the record under way */

/* gather_keyed.c: as record_sink.named_whole has it. */
void gather_take_keyed(
    void *self, const struct field *keys, const struct field *, int n, bool same);

#endif
