/* key_list.h - the keys of --by as they are listed: by what they are sorted, which are in sight,
 * and which one is looked at. The dashboard has one; panes show it.
 *
 * The order is found anew once a second at most while rows go, so that lines can be read; the
 * numbers in them are those of now. */
#ifndef WEIR_KEY_LIST_H
#define WEIR_KEY_LIST_H

#include "widgets/keys/key_ranks.h"
#include "widgets/widget.h"

struct key_list; /* opaque */

struct key_list *key_list_new(void);
void key_list_free(struct key_list *);

/* Of which source: that of the series with the focus, else the first that has keys; -1: none. */
int key_list_source(const struct view *);
/* The series that they are told of: the one with the focus, else the first of that source; -1. */
int key_list_series(const struct view *);

/* --- what it is sorted by: KPIs of the user's own, those of the series with the focus, more --- */

struct key_column { /* something to sort by */
	enum key_measure by;
	int kpi;
	int series; /* whose default KPI it is; -1 */
	const char *name;
};
enum { KEY_COLUMNS = 256 };
/* All of them, in the order in which they are gone through; KPIs of all series. Returns how
 * many. */
int key_list_columns(const struct view *, struct key_column out[KEY_COLUMNS]);
/* The one that it is sorted by, among n; 0 when that is not there any more. */
int key_list_sorted(const struct key_list *, const struct key_column *, int n);
bool key_list_reversed(const struct key_list *);
void key_list_sort(struct key_list *, const struct key_column *);
void key_list_reverse(struct key_list *);

/* --- what is in sight ------------------------------------------------------------------------- */

/* Finds the keys that are in sight in so many lines. */
void key_list_follow(struct key_list *, const struct view *, int lines);
unsigned key_list_version(const struct key_list *); /* another number when others are */
int key_list_shown(const struct key_list *);        /* how many: at most the lines */
int key_list_first(const struct key_list *);        /* the place of the first of them */
int key_list_count(const struct key_list *);        /* that the filter lets pass */
/* One of them, from 0; n bytes of text, valid until the next frame. */
const char *key_list_name(const struct key_list *, int line, size_t *n);
/* The key so many places on from the one that is looked at, else from where the list stands; it
 * is in sight then. NULL: there is none. */
const char *key_list_move(struct key_list *, const struct view *, int by, size_t *n);

#endif
