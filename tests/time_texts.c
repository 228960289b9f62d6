/* time_texts.c - times as texts, guessed at and read as a column's cells are. */
#include "tests/time_texts.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/times/times.h"

enum time_result
time_text_read(struct time_reader *reader, const char *text, int64_t *ns)
{
	size_t n = strlen(text);
	char *copy = malloc(n > 0 ? n : 1);
	enum time_result result;

	memcpy(copy, text, n);
	*ns = TIME_NONE;
	result = time_read(reader, copy, n, ns);
	free(copy);
	return result;
}

struct time_guess
time_text_guess(const char *const *texts, int n, const struct time_told *told)
{
	struct time_cell cells[128];

	for (int i = 0; i < n; i++)
		cells[i] = (struct time_cell){ texts[i], strlen(texts[i]) };
	return time_form_guess(cells, n, told);
}

struct time_reader
time_text_reader(const char *text, const struct time_told *told)
{
	struct time_guess found = time_text_guess(&text, 1, told);

	return time_reader_of(&found.form);
}
