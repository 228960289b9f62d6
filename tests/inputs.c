/* inputs.c - recordings of all kinds, written for tests. */
#include "tests/inputs.h"

#include "tests/support.h"

void
input_plain(FILE *f, int rows)
{
	struct rng rng = { 5 };

	fputs("time,x,y,k,note\n", f);
	for (int i = 0; i < rows; i++) {
		fprintf(f, "%d,", 1700000000 + 5 * i - (i % 17 == 3 ? 40 : 0));
		if (rng_uniform(&rng) < 0.05)
			fputs("oops,", f);
		else
			fprintf(f, "%.3f,", rng_normal(&rng) + (i / 60) % 2);
		fprintf(f, "%d,%c,", (int)(rng_uniform(&rng) * 7), "abcdefg"[rng_next(&rng) % 7]);
		fputs(i % 9 == 4    ? "\"two\nlines, \"\"quoted\"\"\"\n"
		      : i % 50 == 9 ? "\n\n"
				    : "plain\n",
		    f);
	}
}

void
input_restless(FILE *f, int rows)
{
	struct rng rng = { 8 };
	int64_t t = 1700000000;

	fputs("time,x,k\n", f);
	for (int i = 0; i < rows; i++) {
		uint64_t what = rng_next(&rng) % 24;
		int64_t by = what == 0 ? 1000000 : what == 1 ? -7200 : what == 2 ? 30000 : 5;

		t += what == 0 ? 5 : by;
		if (what == 3)
			fputs(",", f);
		else
			fprintf(f, "%lld,", (long long)(what == 0 ? t + by : t));
		fprintf(f, "%d,%c\n", i * 31 % 17, "abc"[rng_next(&rng) % 3]);
	}
}

void
input_two_columns(FILE *f, int rows)
{
	fputs("Date,Time,x,k\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, "%02d/%02d/2026,%02d:%02d:00,%d,%c\n", 1 + i / 20 % 28, 2 + i / 560,
		    i % 20, i % 60, i * 31 % 17, 'a' + i % 3);
}

void
input_settled_late(FILE *f, int rows)
{
	fputs("day,x\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, i == 150 ? "13/04/2026,%d\n" : "03/04/2026,%d\n", i % 17);
}

void
input_newest_first(FILE *f, int rows)
{
	fputs("time,x,note\r\n", f);
	for (int i = rows; i > 0; i--)
		fprintf(f, "%d,%d,\"%d\r\n\"%s", 1700000000 + i / 2 * 10, i * 31 % 17, i,
		    i > 1 ? "\r\n" : "");
}

void
input_cr_lf(FILE *f, int rows)
{
	fputs("\xef\xbb\xbfx\r\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, i % 11 == 5 ? "\r\n" : "%d\r\n", i * i % 97);
}

void
input_tsv(FILE *f, int rows)
{
	fputs("x\ty\tk\n", f);
	for (int i = 0; i < rows; i++)
		fprintf(f, i % 31 == 7 ? "%d\n" : "%d\t%d\tk%d\n", i % 13, i * 7 % 5, i % 3);
}

void
input_ndjson(FILE *f, int rows)
{
	for (int i = 0; i < rows; i++) {
		if (i % 40 == 11)
			fputs("no object\n", f);
		fprintf(f, "{\"x\":%d.5,\"y\":%d,\"k\":\"%c\"", i * 13 % 29, i % 4, 'a' + i % 3);
		if (i % 90 == 60)
			fprintf(f, ",\"late%d\":1", i);
		fputs("}\n", f);
	}
}

void
input_logfmt(FILE *f, int rows)
{
	for (int i = 0; i < rows; i++)
		fprintf(f, "x=%d y=%d k=%c msg=\"a \\\"b\\\" %d\"\n", i * 5 % 23, i % 6,
		    'a' + i * i % 5, i);
}
