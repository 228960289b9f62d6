/* suggest.c - the nearest known word, by edit distance with swapped neighbours counted once
 * (optimal string alignment). */
#include "data/base/params/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_WORD = 64 };

static int
least(int a, int b, int c)
{
	int m = a < b ? a : b;

	return m < c ? m : c;
}

static int
distance(const char *a, const char *b)
{
	int rows[3][MAX_WORD + 1];
	int na = (int)strlen(a), nb = (int)strlen(b);

	for (int j = 0; j <= nb; j++)
		rows[0][j] = j;
	for (int i = 1; i <= na; i++) {
		int *now = rows[i % 3], *last = rows[(i + 2) % 3], *before = rows[(i + 1) % 3];

		now[0] = i;
		for (int j = 1; j <= nb; j++) {
			int same =
			    tolower((unsigned char)a[i - 1]) == tolower((unsigned char)b[j - 1]);

			now[j] = least(last[j] + 1, now[j - 1] + 1, last[j - 1] + !same);
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
				now[j] = least(now[j], before[j - 2] + 1, now[j]);
		}
	}
	return rows[na % 3][nb];
}

void
suggest(struct suggestion *best, const char *unknown, const char *known)
{
	size_t n = strlen(known), longer = strlen(unknown) > n ? strlen(unknown) : n;
	int d;

	if (longer > MAX_WORD)
		return;
	d = distance(unknown, known);
	if (d > (int)n / 3 && (d > 1 || longer < 3))
		return;
	if (best->word == NULL || d < best->distance)
		*best = (struct suggestion){ .word = known, .distance = d };
}
