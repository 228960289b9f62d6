/* test_number_form.c - cells in the form of their column: units, thousands, decimals. */
#include "data/rows/number_form.h"

#include <string.h>

#include "tests/support.h"

static const struct number_form plain = { 0 }, comma = { .decimal = ',' },
				points_comma = { .decimal = ',', .group = '.' },
				commas = { .group = ',' }, ticks = { .group = '\'' },
				blanks = { .group = ' ' },
				blanks_comma = { .decimal = ',', .group = ' ' },
				metres = { .unit = "m" }, euros = { .before = true, .unit = "EUR" },
				comma_percent = { .decimal = ',', .unit = "%" };

static const struct {
	const struct number_form *form;
	const char *cell;
	enum cell_kind kind;
	double v;
} cells[] = {
	/* blanks around it, and the marks for nothing, in all forms alike */
	{ &plain, " 1.5\t", CELL_NUMBER, 1.5 },
	{ &comma, " 1,5\t", CELL_NUMBER, 1.5 },
	{ &metres, " 1.5 m ", CELL_NUMBER, 1.5 },
	{ &plain, " NA ", CELL_MISSING, 0 },
	{ &comma, " NA ", CELL_MISSING, 0 },
	{ &comma, "", CELL_MISSING, 0 },
	{ &comma, "  ", CELL_MISSING, 0 },
	{ &metres, " n/a", CELL_MISSING, 0 },
	{ &euros, "-", CELL_MISSING, 0 },
	{ &comma, "-", CELL_MISSING, 0 },
	/* one of a program is read in a column with a unit, too */
	{ &metres, "1.E+05", CELL_NUMBER, 1e5 },
	{ &metres, "+.5", CELL_NUMBER, .5 },
	{ &comma, "-1,5e3", CELL_NUMBER, -1500 },
	/* a point where a comma is expected: of thousands, or wrong */
	{ &comma, "12", CELL_NUMBER, 12 },
	{ &comma, "12.5", CELL_BAD, 0 },
	{ &comma, "1.234", CELL_BAD, 0 },
	{ &points_comma, "1.234", CELL_NUMBER, 1234 },
	{ &points_comma, "1.234,5", CELL_NUMBER, 1234.5 },
	{ &points_comma, "12.5", CELL_BAD, 0 },
	{ &commas, "1,234.5", CELL_NUMBER, 1234.5 },
	{ &commas, "1234.5", CELL_NUMBER, 1234.5 },
	{ &commas, "1.234,5", CELL_BAD, 0 },
	{ &ticks, "1'234.5", CELL_NUMBER, 1234.5 },
	{ &ticks, "1,234.5", CELL_BAD, 0 },
	{ &blanks, "1 234.5", CELL_NUMBER, 1234.5 },
	{ &blanks, "1 234,5", CELL_BAD, 0 },
	{ &blanks_comma, "1 234,5", CELL_NUMBER, 1234.5 },
	/* the unit of the column or none, on its side */
	{ &metres, "5", CELL_NUMBER, 5 },
	{ &metres, "5 km", CELL_BAD, 0 },
	{ &metres, "m 5", CELL_BAD, 0 },
	{ &euros, "EUR 5", CELL_NUMBER, 5 },
	{ &euros, "-EUR5", CELL_NUMBER, -5 },
	{ &euros, "5 EUR", CELL_BAD, 0 },
	{ &euros, "5", CELL_NUMBER, 5 },
	{ &comma_percent, "12,5 %", CELL_NUMBER, 12.5 },
	{ &comma, "12,5 %", CELL_BAD, 0 },
	{ &plain, "5 m", CELL_BAD, 0 },
	{ &comma, "x", CELL_BAD, 0 },
};

START_TEST(a_cell_in_its_form)
{
	double v = 99;
	enum cell_kind kind =
	    number_form_read(cells[_i].form, cells[_i].cell, strlen(cells[_i].cell), &v);

	ck_assert_msg(kind == cells[_i].kind, "'%s' is %d", cells[_i].cell, (int)kind);
	if (kind == CELL_NUMBER)
		ck_assert_msg(v == cells[_i].v, "'%s' is %g", cells[_i].cell, v);
	else
		ck_assert(number_missing(v));
}
END_TEST

/* Beyond 64 characters a cell with a unit is none, and nothing behind it is written over. */
START_TEST(long_cells)
{
	char cell[80];
	double v;

	for (size_t n = 60; n < 70; n++) {
		memset(cell, '1', n);
		memcpy(cell + n - 2, " m", 2);
		ck_assert(
		    number_form_read(&metres, cell, n, &v) == (n <= 64 ? CELL_NUMBER : CELL_BAD));
	}
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("number_form");
	TCase *tc = tcase_create("number_form");

	tcase_add_loop_test(tc, a_cell_in_its_form, 0, (int)(sizeof cells / sizeof *cells));
	tcase_add_test(tc, long_cells);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
