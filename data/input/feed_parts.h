/* feed_parts.h - what the files of a feed share; nobody else includes it.
 *
 * feed.c       opens, closes and answers those who read
 * feed_read.c  the phases that bytes go through on their way to rows
 * feed_notes.c what is worth telling of what was found
 * feed_bytes.c the bytes last read, with some that went before
 * feed_document.c  the format opened anew, at a place or for a new document
 * feed_lanes.c  a source of several lanes
 * feed_lanes_state.c  ... as bytes, where the source can go on
 * feed_messages.c  ... whose bytes come as messages: held at first, and their places
 * feed_progress.c  how far a recording was read
 * feed_sort.c  puts a recording in the order of time
 * feed_state.c a feed as bytes, and one that goes on from there */
#ifndef WEIR_FEED_PARTS_H
#define WEIR_FEED_PARTS_H

#include "data/base/times/clock.h"
#include "data/rows/decoder.h"
#include "data/input/feed.h"
#include "data/input/lanes/held_messages.h"
#include "data/input/lanes/lane.h"
#include "data/input/lanes/lane_places.h"
#include "data/formats/format.h"
#include "data/inference/inference.h"
#include "data/input/sorted/sorting.h"
#include "data/sources/source.h"
#include "data/sources/alarm.h"

enum {
	FEED_READ = 1 << 16,  /* bytes of one read */
	FEED_CHECK = 1 << 12, /* bytes before a position that tell whether the source is the same */
};

struct feed_note {
	char *text;
	bool doubt;
};

enum phase { PHASE_BYTES, PHASE_SAMPLE, PHASE_SETTLED, PHASE_SORTING, PHASE_ROWS };

struct feed {
	struct feed_options options; /* its texts are copies */
	struct arrival_clock arrival;
	uint64_t options_hash; /* of the dialect: under others other rows would come */
	struct source *source;
	struct alarm *alarm; /* NULL without a loop */
	bool ringing;        /* the alarm is set or has rung */
	bool rung;
	void (*ready)(void *);
	void *ready_arg;

	enum phase phase;
	const struct format_class *class; /* told by the options; NULL */
	char *ack;                        /* see feed_ack(); NULL */
	char *format_name;                /* as they have it, and the parameter in it; NULL */
	const char *parameter;
	struct dialect dialect;
	bool recoded; /* the source is, to UTF-8 */
	struct format format;
	struct inference *inference;
	struct row_map map;
	struct decoder *decoder;
	bool written;            /* cells are kept as they stand there, too */
	struct position body;    /* where the rows begin: behind the header */
	struct record_log head;  /* what is wrong up to there */
	int64_t stamp;           /* of rows before the first that has a time */
	struct name_index words; /* what was wrong, of a state that was loaded */

	struct lanes *lanes; /* of a source that has several; NULL: it has one stream of bytes */
	uint32_t turn;       /* the lane that was read from last */

	/* of a source of messages */
	struct held_messages held; /* until the columns are known */
	struct lane_places places; /* behind the rows that were dropped */
	bool holds_places;         /* they are told when the marks are done */
	struct place_marks marks;

	bool sorts;              /* its rows are to be put in order, */
	bool sorted;             /* and that is done: the source gives them so */
	struct sorting *sorting; /* ... under way */
	struct feed_note *notes; /* to be told, each once */
	int nnotes, notes_told;

	char *bytes; /* those from at to len are not yet parsed */
	size_t at, len, cap;
	uint64_t base;               /* where in the document the first of them stands */
	size_t fresh;                /* where those of the last read begin */
	uint64_t read_from, read_to; /* where in the file these stood */
	uint64_t received;           /* bytes, in all */
	bool renew;                  /* the document is over; the next read begins another */
	bool marked;                 /* a byte order mark may stand at its start */
	bool over;                   /* the source has ended */
	bool failed;                 /* ... by a failure: see why */
	bool dry;                    /* its last read had nothing more */
	bool blank;                  /* it begins with NUL bytes and nothing else */
	enum feed_state verdict;     /* FEED_READY until it is another */
	struct error why;
};

struct decoder *feed_decoder_new(const struct feed *); /* its columns are known */
/* Does it follow what has no end of its own? A pipe may be a recording that a program reads. */
bool feed_goes_on(const struct feed *);
void feed_add_note(struct feed *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* ... that what is shown is hardly what was meant */
void feed_add_doubt(struct feed *, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Of the first bytes: whether what was told of them is true. */
void feed_doubt_told(struct feed *, const char *, size_t, bool whole);
/* Of the first bytes of a table: whether they look like lines of something else that is known. */
void feed_hint(struct feed *, const char *, size_t);
void feed_note_dialect(struct feed *); /* what is in doubt, and the flags that tell it */
void feed_make_sampled(struct feed *); /* PHASE_SETTLED: the rows looked at become rows */
/* The columns are known: what is read from now on are rows, from a place on that the source was
 * brought to. */
void feed_go_on(struct feed *, const struct position *, uint64_t row, int64_t stamp);

/* Has it been waited long enough for more that may tell the columns? */
bool feed_waited(struct feed *);
struct json_found { /* how rows stand in JSON: see struct dialect */
	int wrapped;
	enum json_shape shape;
	char names[TITLES_MAX]; /* of the columns, as titles; "": there are none */
};
/* Are the rows an array inside of one object, or arrays? Of a stream that goes on it is not known.
 * true: they are to be read as json. */
bool feed_find_json(struct feed *, const struct format_class *, const char *, size_t, bool whole,
    struct json_found *);
/* Opens the format that the bytes show, to be looked at; whole: they are all there is. */
void feed_open_format(struct feed *, bool whole);
void feed_settle(struct feed *); /* the columns are those of what was looked at */

/* feed_lanes.c: one step on the way of the bytes, the first rows, and what is done with a block. */
void feed_lanes_step(struct feed *);
void feed_lanes_begin(struct feed *);
void feed_lanes_dropped(struct feed *, const struct block *);
/* feed_lanes_state.c: of a source that can go on where it was, up to a row; of others nothing is
 * saved. -1 with err: damaged, or it cannot go on there. */
void feed_lanes_save(const struct feed *, uint64_t row, struct buffer *);
int feed_lanes_load(struct feed *, bool *saved, struct reader *, struct error *);
/* The next bytes of the source, and all that they change. */
bool feed_lanes_read(struct feed *, struct piece *);
/* Looks at bytes as at those of one source; their rows are made later, as those of all lanes are.
 * false: they are no text at all. */
bool feed_lanes_sample(struct feed *, const char *, size_t, bool whole);
void feed_lanes_end(struct feed *); /* the source is over and had no row, a header at most */

/* feed_messages.c: a step before the columns are known; the format that a lane's message is to be
 * read in, NULL: the one that it shows; what is done with a block; the places behind a row. */
bool feed_has_messages(const struct feed *);
void feed_messages_step(struct feed *);
const struct format_class *feed_messages_format(const struct feed *, const struct lane *);
void feed_messages_open(struct feed *, struct lane *); /* its gather is new */
void feed_messages_dropped(struct feed *, const struct block *);
void feed_messages_save(const struct feed *, uint64_t row, struct buffer *);
int feed_messages_load(struct feed *, struct reader *);

uint64_t feed_options_hash(const struct dialect_options *);
/* What is wrong up to the first row: told before it. */
void feed_tell_head(struct feed *);

/* The document is over and parsed: the format ends it, and another begins at its own byte 0. */
void feed_next_document(struct feed *);
/* Passes over a byte order mark at the start of a document; true: it may be one, more must come. */
bool feed_mark_begun(struct feed *);

/* feed_sort.c: whether rows are to be put in order, once the columns are known. */
bool feed_sorts(const struct feed *);
/* Goes on with that for a millisecond: then the feed begins anew, in order, or as it is, with a
 * note. */
void feed_sort(struct feed *);
/* All of it at once, for a state that was saved of such a feed. */
int feed_sort_all(struct feed *, struct error *);
void feed_sort_done(struct feed *); /* frees it */

/* Makes room for a read behind the bytes that are still needed. */
void feed_room(struct feed *);
/* The bytes before a place, at most FEED_CHECK, as far as they are still there. */
const char *feed_before(const struct feed *, uint64_t offset, size_t *n);
void feed_bytes_clear(struct feed *, uint64_t base); /* the next read begins there */

#endif
