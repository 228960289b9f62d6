/* export.c - the rows of a store written out, for programs that know no SQLite. */
#include "app/about/export.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/config/report.h"
#include "data/base/numbers/number.h"
#include "data/base/text.h"
#include "data/store/store_rows.h"

enum { PIECE = 1 << 16 };

struct wish {
	const char *path, *source;
	int64_t run;
	bool ndjson;
};

static int
take_format(struct wish *w, const char *word, struct error *err)
{
	w->ndjson = strcmp(word, "ndjson") == 0;
	if (w->ndjson || strcmp(word, "csv") == 0)
		return 0;
	return error_set(err, "export: --format: '%s' (expected csv or ndjson)", word);
}

static int
take_run(struct wish *w, const char *word, struct error *err)
{
	double n;

	w->run = STORE_ALL_RUNS;
	if (strcmp(word, "all") == 0)
		return 0;
	if (number_cell(word, strlen(word), &n) != CELL_NUMBER || n < 1 || n != floor(n) ||
	    n >= 1e15)
		return error_set(
		    err, "export: --run: '%s' (expected a number from 1, or all)", word);
	w->run = (int64_t)n;
	return 0;
}

/* The value of an option, behind "=" or as the next word; NULL: it is another option. */
static const char *
value_of(const char *name, char **argv, int argc, int *i)
{
	size_t n = strlen(name);

	if (strncmp(argv[*i], name, n) != 0)
		return NULL;
	if (argv[*i][n] == '=')
		return argv[*i] + n + 1;
	return argv[*i][n] == '\0' && *i + 1 < argc ? argv[++*i] : NULL;
}

static int
read_words(struct wish *w, int argc, char **argv, struct error *err)
{
	for (int i = 2; i < argc; i++) {
		const char *value;
		int status = 0;

		if ((value = value_of("--format", argv, argc, &i)) != NULL ||
		    (value = value_of("-F", argv, argc, &i)) != NULL)
			status = take_format(w, value, err);
		else if ((value = value_of("--run", argv, argc, &i)) != NULL)
			status = take_run(w, value, err);
		else if ((value = value_of("--source", argv, argc, &i)) != NULL)
			w->source = value;
		else if (argv[i][0] == '-' && argv[i][1] != '\0')
			return error_set(err,
			    "export: %s: no such option, or no value behind it "
			    "(there are --format, --run, --source)",
			    argv[i]);
		else if (w->path != NULL)
			return error_set(err, "export: %s: one store at a time", argv[i]);
		else
			w->path = argv[i];
		if (status != 0)
			return -1;
	}
	return w->path != NULL ? 0
			       : error_set(err, "export: of which store? (weir export FILE.weir)");
}

static int
flush(struct text *t, struct error *err)
{
	size_t at = 0;

	while (at < t->len) {
		ssize_t n = write(STDOUT_FILENO, t->s + at, t->len - at);

		if (n < 0 && errno != EINTR)
			return error_set(err, "standard output: %s (%s)", strerror(errno),
			    errno == EPIPE ? "whoever read it has ended" : "write it elsewhere");
		at += n > 0 ? (size_t)n : 0;
	}
	text_clear(t);
	return 0;
}

static int
write_rows(struct store_rows *rows, bool ndjson, struct error *err)
{
	struct text t = { 0 };
	int status = 0, next = 1;

	if (!ndjson)
		store_rows_csv_header(rows, &t);
	while (status == 0 && (next = store_rows_next(rows, err)) > 0) {
		if (ndjson)
			store_rows_ndjson(rows, &t);
		else
			store_rows_csv(rows, &t);
		if (t.len >= PIECE)
			status = flush(&t, err);
	}
	if (status == 0)
		status = flush(&t, err);
	text_done(&t);
	return next < 0 ? -1 : status;
}

int
export_run(int argc, char **argv)
{
	struct wish wish = { 0 };
	struct store_rows *rows = NULL;
	struct error err;
	int status = 2;

	signal(SIGPIPE, SIG_IGN);
	if (read_words(&wish, argc, argv, &err) != 0 ||
	    (rows = store_rows_open(wish.path, wish.run, wish.source, &err)) == NULL) {
		report(&err, NULL);
		return status;
	}
	if (!wish.ndjson && store_rows_wide(rows))
		error_set(&err,
		    "%s: its rows have %d columns, too many for CSV (add --format ndjson)",
		    wish.path, store_rows_schema(rows)->n);
	else
		status = write_rows(rows, wish.ndjson, &err) != 0;
	if (status != 0)
		report(&err, NULL);
	store_rows_close(rows);
	return status;
}
