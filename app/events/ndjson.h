/* ndjson.h - events as lines of JSON. */
#ifndef WEIR_NDJSON_H
#define WEIR_NDJSON_H

#include "app/events/event_file.h"
#include "data/engine/engine_view.h"

struct ndjson;

/* Listens to the engine and writes events of the types in emit (enum event_type, or-ed) to the
 * sink, which outlives it; row events only at multiples of every (SPAN_NONE: all). Before the
 * engine runs. */
struct ndjson *ndjson_new(struct engine *, struct event_file *, unsigned emit, struct span every);
void ndjson_free(struct ndjson *);

/* Appends an event of an alert as one line, without its end, where nobody listens. */
void ndjson_alert(struct engine *, const struct event *, struct text *);

/* The KPIs as one object, as in a summary; a value of one. */
void ndjson_kpis(struct engine *, struct text *);
void ndjson_value(struct text *, const struct engine *, double v, bool is_text);
/* The forecast of a column for a key, the first h rows of it, as one line; false: there is none. */
bool ndjson_forecast(
    struct engine *, int source, const struct key_state *, int column, int h, struct text *);

#endif
