/* figures.h - what is measured of a program that runs for long: memory, descriptors, gaps. */
#ifndef WEIR_TESTS_FIGURES_H
#define WEIR_TESTS_FIGURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { GAP_MOST = 2000 };

struct gaps { /* how often each gap of so many ms came; longer ones count as the longest */
	size_t n, of[GAP_MOST + 1];
};
void gaps_add(struct gaps *, int ms);
int gaps_share(const struct gaps *, double share); /* the quantile, ms; 0: there are none */

long process_memory(pid_t); /* kB that are resident; -1: it is gone */
double process_cpu(pid_t);  /* seconds that it used; 0: it is gone */
int process_files(pid_t);   /* descriptors that are open */

/* A number of the summary in a file of events; 0: it is not there. */
uint64_t summary_number(const char *path, const char *name);
int lines_with(const char *path, const char *text); /* of a file */

#endif
