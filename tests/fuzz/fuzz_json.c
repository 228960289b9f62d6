/* fuzz_json.c - any bytes as NDJSON, JSON or logfmt: nothing crashes, and cuts change nothing. */
#include "tests/fuzz/feed_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "ndjson", "json", "logfmt" };

	return feed_bytes(size > 0 ? names[data[0] % 3] : "json", data, size);
}
