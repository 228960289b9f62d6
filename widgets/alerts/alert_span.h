/* alert_span.h - how long something has fired, in few cells. */
#ifndef WEIR_ALERT_SPAN_H
#define WEIR_ALERT_SPAN_H

#include <stddef.h>
#include <stdint.h>

enum { SPAN_CHARS = 64 };
/* For how long, as people say it: "2.3s", "24s", "3h12m"; ns > 0. */
void alert_span(int64_t ns, char *out, size_t size);

#endif
