/* zone.h - time zones: what the clocks of a place showed, against UTC. */
#ifndef WEIR_ZONE_H
#define WEIR_ZONE_H

#include <stdint.h>

#include "data/base/error.h"

struct zone;

/* UTC, local (TZ, else /etc/localtime), an offset (+02:00), an IANA name by the tz data of the
 * system (Europe/Berlin; TZDIR tells where it stands), or a rule as POSIX has it in TZ
 * (CET-1CEST,M3.5.0,M10.5.0/3). NULL with err: there is none of that name. */
struct zone *zone_open(const char *name, struct error *);
void zone_close(struct zone *);

enum zone_fit {
	ZONE_ONCE,
	ZONE_TWICE,  /* the hour that comes twice when clocks are set back: the first is taken */
	ZONE_SKIPPED /* the hour that clocks leave out when set ahead: moved on by what they skip */
};
/* Seconds since 1970 as the clocks of the place show them (as if it were UTC) to UTC. Remembers the
 * stretch, so that times close to each other cost little. */
enum zone_fit zone_utc(struct zone *, int64_t wall, int64_t *utc);

/* Seconds east of UTC at an instant (s since 1970). */
int zone_east(const struct zone *, int64_t utc);

/* Seconds since 1970, as the clocks show them, between which zone_utc() adds what it just added:
 * from is in it, until is not. */
void zone_stretch(const struct zone *, int64_t *from, int64_t *until);

#endif
