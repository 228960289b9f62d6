/* fuzz_pattern.c - any pattern over any lines: it is refused, or nothing crashes. */
#include "tests/fuzz/feed_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first line is the pattern, the others are fed. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *end = size > 0 ? memchr(data, '\n', size) : NULL;
	const char *parameter;
	char told[300] = "regex:";
	struct error err;

	if (end == NULL || end - data > 200)
		return 0;
	memcpy(told + 6, data, (size_t)(end - data));
	if (format_told(told, &parameter, &err) != NULL)
		feed_pieces(told, end + 1, size - (size_t)(end + 1 - data), 5, false);
	return 0;
}
