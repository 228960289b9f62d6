/* inputs.h - recordings of all kinds, written for tests. */
#ifndef WEIR_TESTS_INPUTS_H
#define WEIR_TESTS_INPUTS_H

#include <stdio.h>

void input_plain(FILE *, int rows);
/* Stamps that leap ahead and back, for a row or for long, and are missing at times. */
void input_restless(FILE *, int rows);
/* A date and a clock, day and month in doubt until the 13th. */
void input_two_columns(FILE *, int rows);
/* The order of day and month is told, and is another than taken, in row 151 only. */
void input_settled_late(FILE *, int rows);
void input_newest_first(FILE *, int rows);
void input_cr_lf(FILE *, int rows);
void input_tsv(FILE *, int rows);
void input_ndjson(FILE *, int rows);
void input_logfmt(FILE *, int rows);

#endif
