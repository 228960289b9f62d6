/* config_same.c - values of dashboard files that are given back, and compared with those of another
 * reading of the file. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"

void
field_done(const struct field *f, void *item)
{
	void *at = (char *)item + f->offset;

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_NAMES:
		free(*(char **)at);
		break;
	case FIELD_PLACED:
	case FIELD_EXPR:
		free(((struct config_text *)at)->s);
		break;
	case FIELD_WORDS:
		for (char **word = *(char ***)at; word != NULL && *word != NULL; word++)
			free(*word);
		free(*(char ***)at);
		break;
	default:
		break;
	}
}

static bool
same_text(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
same_words(char *const *a, char *const *b)
{
	for (; a != NULL && b != NULL && *a != NULL && *b != NULL; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return (a == NULL || *a == NULL) == (b == NULL || *b == NULL);
}

static bool
same_span(struct span a, struct span b)
{
	return a.unit == b.unit && a.n == b.n;
}

bool
field_same(const struct field *f, const void *item_a, const void *item_b)
{
	const void *a = (const char *)item_a + f->offset, *b = (const char *)item_b + f->offset;

	switch (f->type) {
	case FIELD_TEXT:
	case FIELD_NAMES:
		return same_text(*(char *const *)a, *(char *const *)b);
	case FIELD_PLACED:
	case FIELD_EXPR:
		return same_text(
		    ((const struct config_text *)a)->s, ((const struct config_text *)b)->s);
	case FIELD_WORDS:
		return same_words(*(char **const *)a, *(char **const *)b);
	case FIELD_NUMBER:
	case FIELD_RATE:
	case FIELD_SPEED:
		return memcmp(a, b, sizeof(double)) == 0;
	case FIELD_COUNT:
		return *(const int *)a == *(const int *)b;
	case FIELD_FLAG:
		return *(const bool *)a == *(const bool *)b;
	case FIELD_DURATION:
		return *(const int64_t *)a == *(const int64_t *)b;
	case FIELD_WINDOW:
	case FIELD_LASTING:
		return same_span(*(const struct span *)a, *(const struct span *)b);
	case FIELD_STATES:
		return *(const unsigned *)a == *(const unsigned *)b;
	case FIELD_SEVERITY:
		return *(const enum severity *)a == *(const enum severity *)b;
	case FIELD_WIDGET:
		return *(const struct widget_class *const *)a ==
		       *(const struct widget_class *const *)b;
	case FIELD_LIST:
		break;
	}
	return true;
}
