/* delimiter.c - which of , tab ; | parts the cells: the one that does it alike in every line. */
#include <stdbool.h>
#include <string.h>

#include "data/formats/format.h"

enum { LINES = 20 };

struct score {
	int first;       /* how often it stands in the first line */
	int lines, same; /* lines looked at, and those with as many */
};

static void
line_over(struct score *score, int count)
{
	if (score->lines == 0)
		score->first = count;
	score->lines++;
	score->same += count == score->first;
}

static struct score
score_of(char delimiter, const char *s, size_t n)
{
	struct score score = { 0 };
	int count = 0;
	bool quoted = false, begun = false;

	for (size_t i = 0; i < n && score.lines < LINES; i++) {
		if (s[i] == '"')
			quoted = !quoted;
		if (quoted)
			continue;
		count += s[i] == delimiter;
		if (s[i] != '\n' && s[i] != '\r') {
			begun = true;
		} else if (begun) { /* blank lines tell nothing */
			line_over(&score, count);
			begun = false;
			count = 0;
		}
	}
	if (score.lines == 0) /* a single line without its end */
		line_over(&score, count);
	return score;
}

/* Is a a better reason than b? The share of lines that agree decides, then the number of cells. */
static bool
better(struct score a, struct score b)
{
	if (a.first == 0 || b.first == 0)
		return a.first > 0;
	if (a.same * b.lines != b.same * a.lines)
		return a.same * b.lines > b.same * a.lines;
	return a.first > b.first;
}

char
delimiter_guess(const char *first, size_t n)
{
	static const char candidates[] = { ',', '\t', ';', '|' };
	struct score best = { 0 };
	char delimiter = ',';

	for (size_t i = 0; i < sizeof candidates; i++) {
		struct score score = score_of(candidates[i], first, n);

		if (better(score, best)) {
			best = score;
			delimiter = candidates[i];
		}
	}
	return delimiter;
}
