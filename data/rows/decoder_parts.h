/* decoder_parts.h - what the files of the decoder share; nobody else includes it.
 *
 * decoder.c        what it answers as a sink: cells and records to rows
 * decoder_join.c   a date and its clock are one time
 * decoder_lines.c  records that are no rows, and what is told without one
 * decoder_blocks.c the blocks it holds, and going on from another place */
#ifndef WEIR_DECODER_PARTS_H
#define WEIR_DECODER_PARTS_H

#include "data/base/text.h"
#include "data/rows/decoder.h"
#include "data/rows/cell.h"
#include "data/rows/late_keys.h"

enum {
	WAITING = 256 /* faults without a row; when there are more they get a block of their own */
};

struct waiting {
	const char *what;
	char text[FAULT_TEXT];
	size_t n;
};

struct part { /* of a joined time: its date, or its clock */
	char text[64];
	size_t n;
};

struct decoder {
	struct record_sink sink;
	const struct row_map *map;
	bool named;
	unsigned heads; /* those that can be told from rows */
	bool *used;     /* columns; NULL: all */
	bool written;   /* cells are kept as they stand there, too */
	struct blocks blocks;
	struct block *block; /* the one being filled; NULL: the next row begins a new one */
	uint64_t rows;
	int64_t arrival, stamp;  /* stamp: of the row before */
	int64_t gone;            /* stamp of the last row that was dropped with its block */
	struct position at;      /* behind the last row, and the faults that got a block */
	struct position dropped; /* behind the last record that gave no row */

	/* the record under way */
	bool begun;
	int row;    /* its place in the block */
	int cells;  /* cells by position: how many came */
	int filled; /* ... and that one of them, behind the columns, is not empty */
	int next;   /* cells by key: the column after the last one */
	int told;   /* faults in the block before it began ... */
	int mark;   /* ... and with those that waited for a row */
	struct heads_met met;
	bool mended;     /* it was not written as it should be */
	unsigned fresh;  /* a new document begins: of these heads none is to be told of */
	unsigned beside; /* heads that came right before: lines of their tables may follow */
	bool goes_on;    /* no row is of another table: see decoder_go_on */
	bool other;      /* lines of another table may follow: its header came */
	uint32_t pass;   /* so many records are still to be passed over: they went before */

	/* the columns of the cells of the last whole record by key */
	int *columns; /* -1: the key came too late to be one */
	int ncolumns, room;
	bool all; /* they are all there are, in their order */
	bool some_late;

	struct waiting waiting[WAITING];
	int nwaiting;
	struct part parts[2];
	struct text *tags; /* of the map's columns of tags: what the next records have there */
	struct cell_reader reader;
	struct late_keys late;
};

/* A cell of either column of a joined time, and their time when the row has both. */
void decoder_keep_part(struct decoder *, int column, const struct field *);
void decoder_join_parts(struct decoder *);
/* An empty block behind all others, from the place behind the last row on. */
struct block *decoder_add(struct decoder *);
void decoder_forget(struct decoder *); /* the row under way */
/* Faults that wait for a row become those of this one. */
void decoder_tell(struct decoder *, struct block *, int row);
/* Is the record a row? It may be one that was read before, a header line again, or a line of
 * another table, which is told. */
bool decoder_counts(struct decoder *);
/* Closes the block; faults that wait for a row get a block without rows behind it. */
void decoder_close(struct decoder *);
/* A fault that is told with the row that comes next. */
void decoder_wait(struct decoder *, const char *what, const char *s, size_t n);

#endif
