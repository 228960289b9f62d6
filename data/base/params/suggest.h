/* suggest.h - "did you mean": the known word nearest to an unknown one. */
#ifndef WEIR_SUGGEST_H
#define WEIR_SUGGEST_H

struct suggestion {
	const char *word; /* the best so far; NULL: none is near enough */
	int distance;
};

/* Considers a known word; start from a zeroed suggestion. A word is near when at most a third of
 * its letters (one, in words of three) would have to change. */
void suggest(struct suggestion *, const char *unknown, const char *known);

#endif
