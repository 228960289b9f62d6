/* name_lists.c - lists of names as options give them: "temperature, pH". */
#include "widgets/name_lists.h"

#include <string.h>

size_t
list_next(const char **at, const char **name)
{
	const char *s = *at + strspn(*at, ", ");
	size_t n = strcspn(s, ",");

	*name = s;
	*at = s + n;
	while (n > 0 && s[n - 1] == ' ')
		n--;
	return n;
}

bool
list_names(const char *list, const char *name)
{
	const char *s;
	size_t n;

	if (list == NULL || *list == '\0')
		return true;
	while ((n = list_next(&list, &s)) > 0)
		if (strlen(name) == n && memcmp(s, name, n) == 0)
			return true;
	return false;
}
