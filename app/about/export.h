/* export.h - `weir export FILE.weir`: the rows of a store, as CSV or NDJSON. */
#ifndef WEIR_EXPORT_H
#define WEIR_EXPORT_H

/* The command: rows to standard output; returns the exit status. */
int export_run(int argc, char **argv);

#endif
