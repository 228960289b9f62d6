/* args_parts.h - what the files of the command line share; nobody else includes it.
 *
 * args_parse.c     words into options and sources
 * option_values.c  a word into an option's field
 * args_check.c     what does not go together */
#ifndef WEIR_ARGS_PARTS_H
#define WEIR_ARGS_PARTS_H

#include "app/options/args.h"
#include "app/options/options.h"

/* Reads the text into the option's field, which is of its type; -1 with err, which does not name
 * the option. */
int option_read(void *field, const struct option *, const char *text, struct error *);
void arg_list_add(struct arg_list *, const char *text); /* the text is borrowed */
/* -1 with err: what was said does not go together, or names what is not there. */
int args_check(const struct args *, struct error *);

#endif
