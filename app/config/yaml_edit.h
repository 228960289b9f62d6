/* yaml_edit.h - a YAML text changed in places: what is left alone keeps its meaning, and not its
 * comments and its breaks of lines.
 *
 * Values are YAML themselves: yaml_text() writes a text as one. */
#ifndef WEIR_YAML_EDIT_H
#define WEIR_YAML_EDIT_H

#include <stddef.h>

#include "data/base/text.h"

struct yaml_edit;

/* Of a text that was read as a mapping before; len 0: of an empty one. NULL: it is none any more.
 */
struct yaml_edit *yaml_edit_new(const char *bytes, size_t len);
void yaml_edit_free(struct yaml_edit *);

void yaml_edit_set(struct yaml_edit *, const char *key, const char *value);
/* Behind the last item of a list, which is made when there is none. */
void yaml_edit_append(struct yaml_edit *, const char *key, const char *item);
/* Item i of a list goes; an empty list goes with its key. */
void yaml_edit_remove(struct yaml_edit *, const char *key, int i);
/* The value of a key of item i, or of the item itself where it is no mapping. */
void yaml_edit_set_in(
    struct yaml_edit *, const char *key, int i, const char *member, const char *value);
/* Appends the whole. -1: it cannot be written. */
int yaml_edit_print(const struct yaml_edit *, struct text *);

void yaml_text(struct text *, const char *s); /* appends "s", whatever stands in it */
/* Within braces, with a comma before it but for the first: a key, whose value follows; and one with
 * its text (NULL: neither is there). */
void yaml_key(struct text *, const char *key);
void yaml_pair(struct text *, const char *key, const char *s);

#endif
