/* seen_explain.c - "seen before?" of the last row, in words: how far it is from all that was seen,
 * and how often such a gap comes. */
#include <math.h>
#include <stdio.h>

#include "data/graph/explain.h"
#include "data/ops/anomaly/seen_parts.h"

static const double RARE = 1e6; /* rows: what is rarer is not told exactly */

/* "4,000": two digits, those behind are 0. */
static void
add_round(struct text *out, double n)
{
	char digits[32];
	double unit = n < 100 ? 1 : pow(10, floor(log10(n)) - 1);
	int len = snprintf(digits, sizeof digits, "%.0f", round(n / unit) * unit);

	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			text_addc(out, ',');
		text_addc(out, digits[i]);
	}
}

/* Evidence is -log10 of a chance. */
static void
add_chance(struct text *out, double evidence)
{
	double once = pow(10, fmin(evidence, 300));

	if (!(evidence > 0)) {
		text_add(out, "such gaps are usual\n");
	} else if (once >= RARE) {
		text_add(out, "such gaps hardly ever come\n");
	} else {
		text_add(out, "such gaps come once in ");
		add_round(out, once);
		text_add(out, " rows\n");
	}
}

void
seen_explain(const void *self, struct text *out)
{
	const struct seen *s = self;

	if (s->rows <= SEEN_WARM) {
		explain_line(out, "known");
		text_addf(out, "%.0f rows; scores begin after %d\n", s->rows, SEEN_WARM);
		return;
	}
	explain_line(out, evidence_name(EVIDENCE_VALUE));
	text_addf(out, "%.6g is %.4g away from the nearest value ever seen; ", s->x, s->value.gap);
	add_chance(out, s->evidence[EVIDENCE_VALUE]);
	explain_line(out, evidence_name(EVIDENCE_WEEK));
	if (isnan(s->residual)) {
		text_add(out, "the first value of its hour of the week\n");
	} else {
		text_addf(out, "%+.6g from this hour's usual, %.4g away from the nearest; ",
		    s->residual, s->week.gap);
		add_chance(out, s->evidence[EVIDENCE_WEEK] / seen_weight[EVIDENCE_WEEK]);
	}
	if (!s->compact) {
		explain_line(out, evidence_name(EVIDENCE_LASTS));
		text_addf(
		    out, "least of %d rows is %.4g away from the nearest; ", SEEN_LOW, s->low.gap);
		add_chance(out, s->evidence[EVIDENCE_LASTS] / seen_weight[EVIDENCE_LASTS]);
	}
	if (!s->compact) {
		explain_line(out, evidence_name(EVIDENCE_SPAN));
		text_addf(out, "the span of %d rows is %.4g away from the nearest; ", RECENT_ROWS,
		    s->recent->span.gap);
		add_chance(out, s->evidence[EVIDENCE_SPAN] / seen_weight[EVIDENCE_SPAN]);
		explain_line(out, evidence_name(EVIDENCE_MOVE));
		text_addf(
		    out, "their mean step is %.4g away from the nearest; ", s->recent->move.gap);
		add_chance(out, s->evidence[EVIDENCE_MOVE] / seen_weight[EVIDENCE_MOVE]);
	}
	explain_line(out, evidence_name(EVIDENCE_STILL));
	text_addf(out, "for %.0f rows, before for %.0f at most: %.3g\n", s->still.run,
	    s->still.longest, s->evidence[EVIDENCE_STILL]);
	explain_line(out, "surprise");
	text_addf(out, "the largest, above %.3g, a tenth more than any of late; 0.5 at %g\n",
	    seen_beats * s->bar, seen_level);
}
