/* csv_header.c - the first record of a file that was written here: quotes stand where the cells
 * begin and end. */
#include "app/events/csv_header.h"

#include <fcntl.h>
#include <stdbool.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MOST = 1 << 26 }; /* bytes */

/* Where the first record ends; n: not before the end of these bytes. */
static size_t
record_length(const char *s, size_t n)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < n && (quoted || s[i] != '\n'); i++)
		quoted ^= s[i] == '"';
	return i;
}

void
csv_header_read(const char *path, struct text *head)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	size_t from = head->len, n = 0;
	char bytes[PIECE];
	ssize_t got = 0;

	while (fd >= 0 && n == head->len - from && n < MOST &&
	       (got = read(fd, bytes, sizeof bytes)) > 0) {
		text_addn(head, bytes, (size_t)got);
		n = record_length(head->s + from, head->len - from);
	}
	if (fd >= 0)
		close(fd);
	if (n == head->len - from) /* it has no end */
		n = 0;
	if (head->s != NULL)
		head->s[head->len = from + n] = '\0';
}

size_t
csv_header_cell(const char *s, size_t n)
{
	bool quoted = false;
	size_t i = 0;

	for (; i < n && (quoted || s[i] != ','); i++)
		quoted ^= s[i] == '"';
	return i;
}
