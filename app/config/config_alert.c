/* config_alert.c - an alert in a dashboard file, and what it does when it fires. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"

static const struct field action_fields[] = {
	{ "exec", FIELD_WORDS, offsetof(struct config_action, exec),
	    .count = offsetof(struct config_action, nexec), .aside = true,
	    .help = "run a program, without a shell; the event as JSON on its standard input",
	    .example = "[./heater, \"on\"]" },
	{ "post", FIELD_TEXT, offsetof(struct config_action, post), .aside = true,
	    .help = "send the event there", .example = "\"http://localhost:8080/alerts\"" },
	{ "publish", FIELD_TEXT, offsetof(struct config_action, publish), .aside = true,
	    .help = "to a broker: kafka://, mqtt:// or redis://",
	    .example = "\"mqtt://localhost:1883/alerts\"" },
	{ "append", FIELD_TEXT, offsetof(struct config_action, append), .aside = true,
	    .help = "a line with the event to a file", .example = "alerts.ndjson" },
	{ "reply", FIELD_TEXT, offsetof(struct config_action, reply), .aside = true,
	    .help = "write to the source: the feedback loop", .example = "heater on" },
	{ "pause", FIELD_FLAG, offsetof(struct config_action, pause), .aside = true,
	    .help = "pause the replay; also written - pause", .example = "true" },
	{ "bell", FIELD_FLAG, offsetof(struct config_action, bell),
	    .help = "ring the terminal's bell; also written - bell", .example = "true" },
	{ 0 }
};

static bool
starts_with_any(const char *s, const char *const *starts)
{
	for (; *starts != NULL; starts++)
		if (strncmp(s, *starts, strlen(*starts)) == 0)
			return true;
	return false;
}

static int
action_check(void *item, const struct yaml *y, const struct loading *l)
{
	static const char *const web[] = { "http://", "https://", NULL };
	static const char *const brokers[] = { "kafka://", "mqtt://", "redis://", NULL };
	struct config_action *a = item;
	char *placed;
	int given = (a->exec != NULL) + (a->post != NULL) + (a->publish != NULL) +
		    (a->append != NULL) + (a->reply != NULL) + a->pause + a->bell;

	if (given != 1)
		return yaml_wrong(l->report, y->at,
		    "an action that does %d things (expected one of "
		    "exec, post, publish, append, reply, pause, bell)",
		    given);
	if (a->post != NULL && !starts_with_any(a->post, web))
		return yaml_wrong(l->report, place_of_key(y, "post"),
		    "'post' is '%.60s' (expected http://... or https://...)", a->post);
	if (a->publish != NULL && !starts_with_any(a->publish, brokers))
		return yaml_wrong(l->report, place_of_key(y, "publish"),
		    "'publish' is '%.60s' (expected kafka://, mqtt:// or redis://...)", a->publish);
	if (a->append != NULL) {
		placed = path_from(l->folder, a->append);
		free(a->append);
		a->append = placed;
	}
	/* A program without '/' is looked for in PATH, as always. */
	if (a->exec != NULL && strchr(a->exec[0], '/') != NULL) {
		placed = path_from(l->folder, a->exec[0]);
		free(a->exec[0]);
		a->exec[0] = placed;
	}
	return 0;
}

static const char *
undone_word(const struct config_action *a)
{
	return a->exec != NULL      ? "exec"
	       : a->post != NULL    ? "post"
	       : a->publish != NULL ? "publish"
	       : a->append != NULL  ? "append"
	       : a->reply != NULL   ? "reply"
				    : NULL;
}

bool
config_undone(const struct config *c, struct text *out)
{
	struct text words = { 0 };
	const struct yaml_place *first = NULL;

	for (int i = 0; i < c->nalerts; i++)
		for (int k = 0; k < c->alerts[i].nactions; k++) {
			const struct config_action *a = &c->alerts[i].actions[k];
			const char *word = undone_word(a);

			if (word == NULL || strstr(text_get(&words), word) != NULL)
				continue;
			text_addf(&words, "%s%s", words.len > 0 ? ", " : "", word);
			first = first != NULL ? first : &a->at;
		}
	if (first != NULL)
		text_addf(out, "%s:%d:%d: %s: not carried out yet (pause and bell are)", c->path,
		    first->line, first->column, text_get(&words));
	text_done(&words);
	return first != NULL;
}

static const struct table action_table = {
	.what = "an action",
	.size = sizeof(struct config_action),
	.fields = action_fields,
	.words = true,
	.one_each = true,
	.check = action_check,
};

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
