/* plain_twins.h - obvious twins of operators of one row, and of a row some rows ago. */
#ifndef WEIR_TESTS_PLAIN_TWINS_H
#define WEIR_TESTS_PLAIN_TWINS_H

struct plain_twin {
	const char *name, *expr; /* of columns x and y */
	double (*value)(double x, double y);
};
extern const struct plain_twin plain_twins[];
extern const int plain_twins_n;

enum { PAST_ROWS = 40 }; /* at most */
struct past_twin {
	const char *name, *expr; /* of a column x */
	double (*value)(const double *x, int row);
};
extern const struct past_twin past_twins[];
extern const int past_twins_n;

#endif
