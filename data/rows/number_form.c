/* number_form.c - a cell in the form of its column to a number: its unit and the signs between
 * thousands go, a comma before decimals becomes a point. */
#include "data/rows/number_form.h"

#include <string.h>

enum { LENGTH_MAX = 64 };

struct number_form
number_form_of(enum number_way way)
{
	switch (way) {
	case WAY_COMMA:
		return (struct number_form){ .decimal = ',' };
	case WAY_COMMAS_POINT:
		return (struct number_form){ .group = ',' };
	case WAY_POINTS_COMMA:
		return (struct number_form){ .decimal = ',', .group = '.' };
	case WAY_BLANKS_POINT:
		return (struct number_form){ .group = ' ' };
	case WAY_BLANKS_COMMA:
		return (struct number_form){ .decimal = ',', .group = ' ' };
	case WAY_TICKS_POINT:
		return (struct number_form){ .group = '\'' };
	case WAY_POINT:
	case WAY_ALL:
		break;
	}
	return (struct number_form){ 0 };
}

static enum number_way
way_of(const struct number_form *form)
{
	switch (form->group) {
	case ',':
		return WAY_COMMAS_POINT;
	case '.':
		return WAY_POINTS_COMMA;
	case ' ':
		return form->decimal == ',' ? WAY_BLANKS_COMMA : WAY_BLANKS_POINT;
	case '\'':
		return WAY_TICKS_POINT;
	default:
		return form->decimal == ',' ? WAY_COMMA : WAY_POINT;
	}
}

static bool
is_unit(const struct number_form *form, const char *s, size_t n)
{
	return n == 0 || (n == strlen(form->unit) && memcmp(form->unit, s, n) == 0);
}

/* The number alone, as number_cell reads it. Returns its length. */
static size_t
strip(const struct number_form *form, const struct number_look *look, const char *s, size_t n,
    char *out)
{
	const char *end = look->nafter > 0 ? look->after : s + n;
	size_t len = 0;

	if (look->minus)
		out[len++] = '-';
	for (; s < end; s++) {
		if (look->nbefore > 0 && s == look->before) {
			s += look->nbefore - 1;
			continue;
		}
		if (*s == form->decimal && form->decimal != 0)
			out[len++] = '.';
		else if ((*s >= '0' && *s <= '9') || (*s == '-' && !look->minus) || *s == '+' ||
			 *s == 'e' || *s == 'E' || (*s == '.' && form->group != '.'))
			out[len++] = *s;
	}
	return len;
}

enum cell_kind
number_form_read(const struct number_form *form, const char *s, size_t n, double *v)
{
	struct number_look look;
	char digits[LENGTH_MAX + 1];
	enum cell_kind kind;

	s = look_trim(s, &n);
	if (form->decimal == 0 || number_plain(s, n)) {
		bool thousands = form->decimal != 0 && memchr(s, '.', n) != NULL;

		kind = thousands ? CELL_BAD : number_cell(s, n, v);
		if (kind != CELL_BAD || number_form_plain(form))
			return kind;
	} else if (number_missing_mark(s, n)) {
		*v = NAN;
		return CELL_MISSING;
	}
	*v = NAN;
	if (n > LENGTH_MAX || !look_at_number(s, n, &look) || (look.ways & way_of(form)) == 0 ||
	    (look.minus && !form->books) || !is_unit(form, look.before, look.nbefore) ||
	    !is_unit(form, look.after, look.nafter) || (look.nbefore > 0 && !form->before) ||
	    (look.nafter > 0 && form->before))
		return CELL_BAD;
	return number_cell(digits, strip(form, &look, s, n, digits), v);
}
