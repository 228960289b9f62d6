/* csv_scan.h - where the signs of csv stand in a block of bytes. */
#ifndef WEIR_CSV_SCAN_H
#define WEIR_CSV_SCAN_H

#include <stddef.h>
#include <stdint.h>

#include "data/base/cpu.h"

enum { CSV_BLOCK = 1 << 14 /* bytes that are scanned at once: they stay in the nearest cache */ };

struct csv_marks { /* where delimiters and line ends stand, in order */
	int n;
	/* written eight at a time, so up to seven behind the last one */
	uint16_t at[CSV_BLOCK + 8];
};

/* One way of finding them; all find the same. */
struct csv_scan {
	const char *name;
	enum cpu_vectors needs;
	/* Those of n bytes, CSV_BLOCK at most, up to the first quote. quote: 0: there are none. */
	void (*find)(const char *, size_t n, char delimiter, char quote, struct csv_marks *);
};

/* The fastest first; the last one needs nothing. */
extern const struct csv_scan csv_scans[];
const struct csv_scan *csv_scan_best(void); /* that this machine can run */

/* For tests: what an open csv or tsv finds its rows with from now on; NULL: one by one. */
struct format;
void csv_set_scan(struct format *, const struct csv_scan *);

#endif
