/* fuzz_number.c - cells against strtod, and what is written reads back. */
#include "data/base/numbers/number.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
require(int ok)
{
	if (!ok)
		abort();
}

static void
check_written(double v)
{
	char text[NUMBER_CHARS + 1];
	int n = number_format(v, text);
	double back;

	require(n > 0 && n <= NUMBER_CHARS);
	text[n] = '\0';
	require(strtod(text, NULL) == v);
	require(number_cell(text, (size_t)n, &back) == CELL_NUMBER && back == v);
}

/* Of what strtod takes, cells take all but hexadecimals, infinities and NaNs. */
static void
check_cell(const char *text, size_t n)
{
	char *end;
	double v, expected = strtod(text, &end);
	enum cell_kind kind = number_cell(text, n, &v);
	int whole = n > 0 && end == text + n && strspn(text, " \t+-.eE0123456789") == n;

	if (kind != CELL_NUMBER) {
		require(number_missing(v));
		require(!whole || kind == CELL_BAD);
		require(!whole || !isfinite(expected));
		return;
	}
	require(isfinite(v) && v == expected);
	while (*end == ' ' || *end == '\t')
		end++;
	require(end == text + n);
	check_written(v);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	double v;

	if (size > 0)
		memcpy(text, data, size);
	text[size] = '\0';
	check_cell(text, size);
	if (size >= sizeof v) {
		memcpy(&v, data, sizeof v);
		if (isfinite(v))
			check_written(v);
	}
	free(text);
	return 0;
}
