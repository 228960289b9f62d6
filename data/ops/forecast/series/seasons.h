/* seasons.h - how long the season is: told by the step of the time stamps, or found in the data. */
#ifndef WEIR_FORECAST_SEASONS_H
#define WEIR_FORECAST_SEASONS_H

#include "data/ops/forecast/series/series.h"

enum { SEASON_LONGEST = 2720 /* rows; told at most */ };
enum { SEASON_LAGS = 840, SEASON_POINTS = 2048 };

struct seasons {
	int m, M; /* the season and a longer second one, in points; 0: none */
};

/* The seasons that people's calendar gives a step of so many ns: hours have days and weeks. None
 * may be longer than most points. */
struct seasons seasons_of_step(int64_t step, int most);

/* A search for seasons in the autocorrelation, cut into portions so that no row waits for it. */
struct season_search {
	uint64_t next;  /* the clock at which the next search begins */
	uint64_t pause; /* points from one to the next at most */
	uint64_t first; /* of a search under way: its first point, ... */
	int points;     /* ... and how many; 0: none is under way */
	int most;       /* lags are looked at at most */
	int lags, lag;  /* to be looked at, done so far */
	bool at_once;   /* so few points that one portion does them all */
	bool changes;   /* of the points' changes instead of the points */
	double level, slope, clip, power;
	float *a; /* autocorrelation at each lag; at once: only during the search */
};

/* For series that keep so many points. */
void season_search_init(struct season_search *, int keep);
void season_search_done(struct season_search *);
/* The series has changed as a whole: what was found out so far is void. */
void season_search_stop(struct season_search *);
/* The series has a new point: goes on with the search, or begins one when it is time. True when it
 * came to an end and *found differs from what it was. most: as above. */
bool season_search_step(
    struct season_search *, const struct series *, int most, struct seasons *found);
void season_search_save(const struct season_search *, struct buffer *);
/* s: the series that it is of, already loaded. */
int season_search_load(struct season_search *, const struct series *s, struct reader *);
bool seasons_right(struct seasons); /* may they be told or found? Of bytes that were loaded */
size_t season_search_held(const struct season_search *);

#endif
