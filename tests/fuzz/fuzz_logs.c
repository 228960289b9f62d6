/* fuzz_logs.c - any bytes as a web log, words, metrics or by patterns: nothing crashes, and cuts
 * change nothing. */
#include "tests/fuzz/feed_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "clf", "words", "prometheus",
		"regex:^(?<a>[^ ]+) (?<b>\\d+)?(?<c>.*)$", "regex:(?<a>(x+)+y)|(?<b>\xc3\xa9)" };

	return feed_bytes(names[size > 0 ? data[0] % 5 : 0], data, size);
}
