/* config_reply.h - rules that reply, and whether a source reads what they say. */
#ifndef WEIR_CONFIG_REPLY_H
#define WEIR_CONFIG_REPLY_H

#include "app/config/config.h"

/* The first action of an alert that replies; NULL: none does. */
const struct config_action *config_reply_of(const struct config_alert *);
/* That it replies to a source which reads nothing: -1. */
int config_no_reply(
    const struct config *, const struct config_action *, const char *source, struct error *);
/* Where no source at all takes replies, that is known before any row: -1. specs: n sources in the
 * place of the file's own; n 0: these. */
int config_check_replies(const struct config *, const char *const *specs, int n, struct error *);

#endif
