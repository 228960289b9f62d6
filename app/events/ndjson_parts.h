/* ndjson_parts.h - what the files of the writer of events share; nobody else includes it.
 *
 * ndjson.c        the listener, and all events but rows and the summary
 * ndjson_summary.c  what stands at the end
 * ndjson_row.c    rows, and the pieces that all events are made of */
#ifndef WEIR_NDJSON_PARTS_H
#define WEIR_NDJSON_PARTS_H

#include "app/events/ndjson.h"
#include "data/trial/trials.h"

struct item {        /* a value in a row and what stands before it */
	char *label; /* ,"name": */
	size_t len;
	int index; /* column or KPI */
	bool is_text;
	enum column_type type;
};

struct items {
	struct item *items;
	int n;
};

struct writer {     /* of the rows of one source */
	char *head; /* {"type":"row","source":"reactor","row": */
	struct items values, kpis;
};

struct ndjson {
	struct engine *engine;
	struct event_file *sink;
	unsigned emit;
	struct span every;
	struct writer *writers; /* by source */
	int nwriters;
	const struct trials *trials; /* NULL */
	int at, n; /* the rows just stepped: the first one in its block, and how many */
};

struct text *ndjson_out(struct ndjson *);
void ndjson_end(struct ndjson *); /* of a line */
void ndjson_string(struct text *, const char *);
void ndjson_count(struct text *, uint64_t);
void ndjson_place(struct ndjson *, const struct event *); /* its time and its key */
void ndjson_cell(struct text *, const struct block *, int column, enum column_type, int row);
void ndjson_column(struct ndjson *, int source, int column); /* its name */
void ndjson_row(struct ndjson *, const struct event *);
void ndjson_summary(struct ndjson *);

/* Zeroed, or anew when columns or KPIs are others. */
void writer_init(struct writer *, const struct engine *, int source);
void writer_done(struct writer *);

#endif
