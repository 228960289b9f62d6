/* lane.h - one of the streams of bytes that a source has in turn: a file, a client, a partition.
 *
 * Its bytes wait in `pending` until its format is open, and then go through it slice by slice. */
#ifndef WEIR_LANE_H
#define WEIR_LANE_H

#include <stdbool.h>
#include <stdint.h>

#include "data/base/text.h"
#include "data/formats/format.h"
#include "data/input/lanes/gather.h"
#include "data/rows/dialect.h"

struct lane {
	uint32_t number;
	struct text *tags; /* ntags of them: see source.h */
	int ntags;
	struct text pending; /* from `at` on not yet parsed */
	size_t at, looked;   /* looked: so many were looked at in vain */
	bool open;           /* its format is: for the document under way */
	bool ends, gone;     /* with the pending bytes its document is over, the lane itself */
	bool refused;        /* its bytes are no rows: what comes is passed over */
	struct dialect dialect;
	const struct format_class *class; /* of the document opened last, which may be over; NULL */
	struct format format;
	struct gather gather;
	struct position begin;  /* where the pending bytes of a document not yet open begin */
	struct position before; /* of messages: before the one under way, */
	struct position place;  /* ... and behind it, once that is known */
	bool placed;
	struct position passed; /* behind the last of its rows that was dropped */
	uint64_t last;          /* number of the newest row when it was gone */
};

struct lanes { /* in the order of their numbers; zeroed: none */
	struct lane **at;
	int n;
	size_t held; /* bytes that wait in all */
	bool busy;   /* one that was not read from last may have work */
};

struct lane *lanes_find(const struct lanes *, uint32_t number); /* NULL */
struct lane *lanes_add(struct lanes *, uint32_t number, int ntags);
void lanes_remove(struct lanes *, struct lane *);
void lanes_done(struct lanes *);

void lane_tags(struct lane *, const struct field *);
void lane_push(struct lanes *, struct lane *, const char *, size_t);
/* Drops what waits. */
void lane_clear(struct lanes *, struct lane *);
size_t lane_waits(const struct lane *); /* bytes not yet parsed */
/* Is there a line, or more than a line should be, so that its format can be told? */
bool lane_tells(const struct lane *);

/* Opens its format as the others' is, or, where its first bytes say otherwise, as they say. told:
 * the format that was asked for; NULL. */
void lane_open(struct lane *, const struct format_class *told, const struct format_class *others,
    const struct dialect *, const struct dialect_options *, const char *spec);
/* Parses at most n of the bytes that wait. */
void lane_parse(struct lanes *, struct lane *, size_t n);
/* The bytes are parsed and the document is over. */
void lane_finish(struct lane *);

/* What it needs to go on behind that place, up to which its rows went. */
void lane_save(const struct lane *, const struct position *, struct buffer *);
/* A lane as it was saved, open at its place; its records go to the target as gather_init() has it.
 * parameter: of its format, where it was told; NULL. NULL: damaged. */
struct lane *lanes_load(struct lanes *, const struct row_map *, struct record_sink *target,
    bool target_named, const char *parameter, struct reader *);

#endif
