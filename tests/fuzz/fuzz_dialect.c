/* fuzz_dialect.c - any bytes have a dialect, and it is the same when they are looked at again. */
#include <stdlib.h>
#include <string.h>

#include "data/base/text.h"
#include "data/dialect/find.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char told[] = ",;\t| ^";
	struct dialect_options options = { 0 };
	struct dialect first, second;
	struct text words = { 0 };

	if (n > 0 && data[0] < sizeof told - 1) {
		options.delimiter = told[data[0]];
		data++;
		n--;
	}
	dialect_find((const char *)data, n, n % 2 == 0, &options, &first);
	dialect_find((const char *)data, n, n % 2 == 0, &options, &second);
	if (memcmp(&first, &second, sizeof first) != 0)
		abort();
	if (first.columns < 0 || first.width < 0 || first.header < 0 || first.skip < 0 ||
	    (size_t)first.columns > n + 1)
		abort();
	dialect_flags(&first, &words);
	dialect_words(&first, &words);
	text_done(&words);
	return 0;
}
