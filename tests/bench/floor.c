/* floor.c - the least that reading a CSV file costs: libcsv over it, strtod on the cells of the
 * second, third and fourth column. What weir's speed is told as a multiple of. */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>

struct pass {
	int column;
	long rows;
	double sum;
};

static void
cell(void *s, size_t n, void *arg)
{
	struct pass *pass = arg;

	(void)n;
	if (pass->column >= 1 && pass->column <= 3)
		pass->sum += strtod(s, NULL);
	pass->column++;
}

static void
end(int c, void *arg)
{
	struct pass *pass = arg;

	(void)c;
	pass->column = 0;
	pass->rows++;
}

int
main(int argc, char **argv)
{
	static char buf[65536];
	struct csv_parser parser;
	struct pass pass = { 0 };
	FILE *f = argc == 2 ? fopen(argv[1], "rb") : NULL;
	size_t n;

	if (f == NULL || csv_init(&parser, CSV_APPEND_NULL) != 0)
		return 2;
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		csv_parse(&parser, buf, n, cell, end, &pass);
	csv_fini(&parser, cell, end, &pass);
	printf("%ld %g\n", pass.rows, pass.sum);
	csv_free(&parser);
	fclose(f);
	return 0;
}
