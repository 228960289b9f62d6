/* experts.h - the mixture's 24 experts: what they are, learning, and what each says. */
#ifndef WEIR_FORECAST_EXPERTS_H
#define WEIR_FORECAST_EXPERTS_H

#include "data/ops/forecast/models/es.h"
#include "data/ops/forecast/models/expert.h"
#include "data/ops/forecast/models/mix.h"
#include "data/ops/forecast/models/rls.h"
#include "data/ops/forecast/series/seasons.h"

enum {
	FAMILIES = 3, /* without a season, with the season, with the long season */
	REGRESSIONS = 6
};

struct experts {
	struct series *series;
	struct seasons seasons;
	bool log;                    /* the series' units when the experts started */
	bool compact;                /* fewer of them */
	struct es *family[FAMILIES]; /* NULL: not used; and below */
	struct rls *rls[REGRESSIONS];
};

/* Experts that start anew are forgotten by mix. */
void experts_init(struct experts *, struct series *, bool compact, struct mix *mix);
void experts_done(struct experts *);
void experts_restart(struct experts *, struct seasons, struct mix *mix);
/* The series has a new point: everyone learns it, or goes on catching up. */
void experts_learn(struct experts *);
void experts_skip(struct experts *);

/* Everyone's forecast of the next point, as a value; NaN: silent. */
void experts_next(const struct experts *, double *next);
/* The path of expert k, who must not be silent, 1 .. h points ahead, as working values. s: the
 * series, or a copy of it with room for a path. */
void experts_path(const struct experts *, const struct series *s, int k, int h, double *path);
const char *experts_name(int k);
enum forecast_family experts_family(int k);

void experts_save(const struct experts *, struct buffer *);
int experts_load(struct experts *, struct reader *, struct mix *mix);
size_t experts_held(const struct experts *);

#endif
