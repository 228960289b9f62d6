/* config_alert.c - an alert in a dashboard file, and what it does when it fires. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"

static const struct field alert_fields[] = {
	{ "name", FIELD_TEXT, offsetof(struct config_alert, name),
	    .help = "what it is called; left out: its condition", .example = "temp too low" },
	{ "when", FIELD_EXPR, offsetof(struct config_alert, when), .required = true,
	    .help = "the condition", .example = "temperature < 10" },
	{ "for", FIELD_LASTING, offsetof(struct config_alert, lasting),
	    .help = "how long it has to hold: a duration, or rows such as 3 rows",
	    .example = "5s" },
	{ "clear", FIELD_EXPR, offsetof(struct config_alert, clear),
	    .help = "hysteresis: it fires on until this holds", .example = "temperature > 10.5" },
	{ "keep", FIELD_DURATION, offsetof(struct config_alert, keep), .aside = true,
	    .help = "it fires on that long after the condition ended", .example = "10s" },
	{ "cooldown", FIELD_DURATION, offsetof(struct config_alert, cooldown), .aside = true,
	    .help = "it does not fire again for that long", .example = "1m" },
	{ "severity", FIELD_SEVERITY, offsetof(struct config_alert, severity),
	    .help = "info, warning or critical", .example = "critical" },
	{ "do", FIELD_LIST, offsetof(struct config_alert, actions), .max = 16,
	    .count = offsetof(struct config_alert, nactions), .of = &action_table,
	    .help = "what is done when it fires" },
	{ "on", FIELD_STATES, offsetof(struct config_alert, on), .aside = true,
	    .help = "when it is done: firing, resolved, or both; left out: firing",
	    .example = "[firing, resolved]" },
	{ 0 }
};

static const struct config_alert alert_blank = { .severity = SEVERITY_WARNING };

const struct table alert_table = {
	.what = "an alert",
	.size = sizeof(struct config_alert),
	.blank = &alert_blank,
	.fields = alert_fields,
	.alone = "when",
	.unique = true,
};
