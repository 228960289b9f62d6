/* secrets.c - words with what is secret in them made unreadable. */
#include "data/base/secrets.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>
#include <strings.h>

static const char *const names[] = { "token", "password", "passwd", "pass", "secret", "api_key",
	"apikey", "api-key", "key", "auth", "authorization", "access_token", "sig", "signature" };

/* The length of "user:" in the authority at s, where a password follows up to "@"; 0: none. */
static size_t
password_begins(const char *s, size_t *end)
{
	size_t authority = strcspn(s, "/?# \t\n\"'"), at = authority, colon;

	while (at > 0 && s[at - 1] != '@') /* the last one: a password may have others */
		at--;
	if (at == 0)
		return 0;
	colon = strcspn(s, ":");
	if (colon + 1 >= at)
		return 0;
	*end = at - 1;
	return colon + 1;
}

/* Is the word before "=" one whose value is secret? */
static bool
is_secret_name(const char *begin, const char *equals)
{
	const char *from = equals;

	while (from > begin &&
	       (isalnum((unsigned char)from[-1]) || from[-1] == '_' || from[-1] == '-'))
		from--;
	while (from < equals && *from == '-')
		from++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strlen(names[i]) == (size_t)(equals - from) &&
		    strncasecmp(names[i], from, (size_t)(equals - from)) == 0)
			return true;
	return false;
}

bool
secrets_hide(const char *s, struct text *out)
{
	const char *begin = s;
	bool hidden = false;
	size_t skip, end;

	while (*s != '\0') {
		if (strncmp(s, "://", 3) == 0 && (skip = password_begins(s + 3, &end)) > 0) {
			text_addn(out, s, 3 + skip);
			text_add(out, "***");
			s += 3 + end;
			hidden = true;
		} else if (*s == '=' && s[1] != '=' && is_secret_name(begin, s)) {
			text_add(out, "=***");
			s += 1 + strcspn(s + 1, "&;# \t\n\"',}");
			hidden = true;
		} else {
			text_addc(out, *s++);
		}
	}
	return hidden;
}
