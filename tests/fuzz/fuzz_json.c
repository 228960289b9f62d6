/* fuzz_json.c - any bytes as NDJSON or logfmt: nothing crashes, and cuts change nothing. */
#include "tests/fuzz/feed_bytes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	return feed_bytes(size > 0 && data[0] % 2 ? "ndjson" : "logfmt", data, size);
}
