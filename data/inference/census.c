/* census.c - the numbers of a column are written in the way that fits the most of its cells. */
#include "data/inference/census.h"

#include <ctype.h>
#include <string.h>

static const double EXACT = 9007199254740992.; /* 2^53: above, doubles have gaps */

/* A whole number of at least two digits that begins with 0: a code. */
static bool
is_code(const char *s, size_t n)
{
	s = look_trim(s, &n);
	if (n > 0 && (*s == '-' || *s == '+'))
		s++, n--;
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return n >= 2 && *s == '0';
}

static bool
is_whole(const char *s, size_t n)
{
	s = look_trim(s, &n);
	if (n > 0 && (*s == '-' || *s == '+'))
		s++, n--;
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return n > 0;
}

/* The count of those with the unit; NULL: there are too many units. */
static struct census_unit *
unit_of(struct census *census, const char *s, size_t n, bool before)
{
	if (n == 0)
		return &census->units[0];
	if (n > UNIT_MAX)
		return NULL;
	for (int i = 1; i < CENSUS_UNITS; i++) {
		struct census_unit *unit = &census->units[i];

		if (unit->cells == 0) {
			memcpy(unit->name, s, n);
			unit->before = before;
		}
		if (unit->before == before && strlen(unit->name) == n &&
		    memcmp(unit->name, s, n) == 0)
			return unit;
	}
	return NULL;
}

/* Letters and signs such as ° and %, that stand right behind a number. */
static bool
is_glued_unit(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isalpha((unsigned char)s[i]) && (unsigned char)s[i] < 0x80 && s[i] != '%' &&
		    s[i] != '/')
			return false;
	return true;
}

/* Before a number stand currencies alone: A501 is a code. */
static bool
may_be_unit(const struct number_look *look)
{
	if (look->nbefore > 0)
		return look_is_currency(look->before, look->nbefore);
	return look->nafter == 0 || look->after[-1] == ' ' ||
	       is_glued_unit(look->after, look->nafter) || look_is_unit(look->after, look->nafter);
}

static void
count_ways(struct census *census, const char *s, size_t n)
{
	struct number_look look;
	struct census_unit *unit;

	if (!look_at_number(s, n, &look) || !may_be_unit(&look))
		return;
	unit = look.nbefore > 0 ? unit_of(census, look.before, look.nbefore, true)
				: unit_of(census, look.after, look.nafter, false);
	if (unit == NULL)
		return;
	unit->cells++;
	unit->books += look.minus;
	for (int i = 0; i < CENSUS_WAYS; i++)
		unit->ways[i] += (look.ways >> i & 1U) != 0;
}

static void
count_plain(struct census *census, const struct field *field, double number)
{
	bool whole = is_whole(field->s, field->n);

	census->plain++;
	census->code = census->code || is_code(field->s, field->n);
	census->large = census->large || (whole && fabs(number) > EXACT);
	if (!whole || (census->cells > 1 && number != census->last + 1))
		census->falling = true;
	census->last = number;
}

void
census_count(struct census *census, const struct field *field)
{
	double number;
	enum cell_kind kind = number_cell(field->s, field->n, &number);

	if (kind == CELL_MISSING)
		return;
	census->cells++;
	if (kind == CELL_NUMBER)
		count_plain(census, field, number);
	else
		census->falling = true;
	count_ways(census, field->s, field->n);
}

/* --- the form --------------------------------------------------------------------------------- */

/* The unit that nine in ten cells have; the first: there is none. One cell alone (12a) is no
 * witness of a unit that is none of the usual ones. */
static const struct census_unit *
shared_unit(const struct census *census)
{
	for (int i = 1; i < CENSUS_UNITS; i++) {
		const struct census_unit *unit = &census->units[i];

		if (unit->cells > 0 && unit->cells * 10 >= census->cells * 9 &&
		    (unit->cells > 1 || look_is_unit(unit->name, strlen(unit->name))))
			return unit;
	}
	return &census->units[0];
}

static int
cells_in_way(const struct census *census, const struct census_unit *unit, enum number_way way)
{
	int bit = 0;

	while ((way >> bit & 1) == 0)
		bit++;
	return unit->ways[bit] + (unit != census->units ? census->units[0].ways[bit] : 0);
}

/* In the order in which they are preferred where as many cells fit. */
static const enum number_way *
order_of_ways(const struct census_told *told)
{
	static const enum number_way point[CENSUS_WAYS + 1] = { WAY_POINT, WAY_COMMAS_POINT,
		WAY_BLANKS_POINT, WAY_TICKS_POINT, WAY_COMMA, WAY_POINTS_COMMA, WAY_BLANKS_COMMA };
	static const enum number_way only_point[CENSUS_WAYS + 1] = { WAY_POINT, WAY_COMMAS_POINT,
		WAY_BLANKS_POINT, WAY_TICKS_POINT };
	static const enum number_way comma[CENSUS_WAYS + 1] = { WAY_COMMA, WAY_POINTS_COMMA,
		WAY_BLANKS_COMMA, WAY_POINT, WAY_COMMAS_POINT, WAY_BLANKS_POINT, WAY_TICKS_POINT };
	static const enum number_way semicolons[CENSUS_WAYS + 1] = { WAY_POINT, WAY_COMMA,
		WAY_POINTS_COMMA, WAY_COMMAS_POINT, WAY_BLANKS_POINT, WAY_BLANKS_COMMA,
		WAY_TICKS_POINT };

	switch (told->decimal) {
	case DECIMAL_POINT:
		return only_point;
	case DECIMAL_COMMA:
		return comma;
	case DECIMAL_FOUND:
		break;
	}
	return told->semicolons ? semicolons : point;
}

/* The way in which most cells with the unit, or without any, are written. */
static enum number_way
best_way(const struct census *census, const struct census_told *told,
    const struct census_unit *unit, int *most)
{
	enum number_way best = WAY_POINT;

	*most = 0;
	for (const enum number_way *way = order_of_ways(told); *way != 0; way++) {
		int cells = cells_in_way(census, unit, *way);

		if (cells > *most) {
			*most = cells;
			best = *way;
		}
	}
	return best;
}

/* Numbers below 0 as books have them; some others must stand beside them, or they are notes. */
static int
cells_in_books(const struct census *census, const struct census_unit *unit)
{
	return unit->books + (unit != census->units ? census->units[0].books : 0);
}

static struct number_form
form_of(const struct census *census, enum number_way way, const struct census_unit *unit)
{
	struct number_form form = number_form_of(way);

	form.books = cells_in_books(census, unit) > 0;

	form.before = unit->before;
	memcpy(form.unit, unit->name, sizeof form.unit);
	return form;
}

int
census_most(const struct census *census, const struct census_told *told, struct number_form *form)
{
	int most = 0, plain;

	*form = (struct number_form){ 0 };
	for (int i = 0; i < CENSUS_UNITS; i++) {
		int cells;
		enum number_way way = best_way(census, told, &census->units[i], &cells);

		if (cells > most) {
			most = cells;
			*form = form_of(census, way, &census->units[i]);
		}
	}
	plain = cells_in_way(census, &census->units[0], WAY_POINT);
	if ((most - plain) * 2 > most || told->decimal == DECIMAL_COMMA || told->semicolons)
		return most;
	*form = (struct number_form){ .books = cells_in_books(census, &census->units[0]) > 0 };
	return plain;
}

bool
census_numbers(const struct census *census, const struct census_told *told,
    struct number_form *form, bool *doubt)
{
	const struct census_unit *unit = shared_unit(census);
	int most, books = cells_in_books(census, unit);
	enum number_way best = best_way(census, told, unit, &most);

	*doubt = false;
	*form = (struct number_form){ 0 };
	if (books * 2 > census->cells)
		most -= books;
	if (most * 10 >= census->cells * 9 &&
	    (best != WAY_POINT || unit != census->units || books > 0)) {
		*form = form_of(census, best, unit);
		*doubt = best == WAY_COMMAS_POINT && told->decimal == DECIMAL_FOUND &&
			 cells_in_way(census, unit, WAY_COMMA) == most;
		return most > 0;
	}
	return census->cells > 0 && census->plain * 10 >= census->cells * 8;
}
