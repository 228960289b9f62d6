/* expert.h - who a forecast is made of, for those who look at it. */
#ifndef WEIR_FORECAST_EXPERT_H
#define WEIR_FORECAST_EXPERT_H

enum forecast_family {  /* experts that go by the same thing */
	FAMILY_LAST,    /* the last value */
	FAMILY_AVERAGE, /* of recent values */
	FAMILY_TREND,
	FAMILY_SEASON,
	FAMILY_LONG_SEASON,
	FAMILY_LAGS,        /* regression on the last values */
	FAMILY_SEASON_LAGS, /* regression on values of the last seasons */
	FORECAST_FAMILIES
};
struct forecast_expert {
	const char *name;
	enum forecast_family family;
	double weight; /* one step ahead; they sum to 1 */
	double error;  /* mean recent error one step ahead; NaN: not known yet */
};
enum { FORECAST_EXPERTS = 24 };

#endif
