/* session_save.c - what a session was asked for, on the command line, in its dashboard file and at
 * the prompt, as a dashboard file that weir -c opens.
 *
 * The file in force is changed where something was added or taken back; without one it begins
 * empty. A source's path is one from the folder of the new file. */
#include <stdlib.h>
#include <string.h>

#include "app/run/session_parts.h"
#include "data/base/secrets.h"
#include "data/base/times/times.h"
#include "data/engine/engine_view.h"
#include "data/query/query.h"

/* What options say in the place of the file. */
static void
save_settings(struct yaml_edit *e, const struct args *args, const struct query *q)
{
	struct text text = { 0 };

	if (args->by != NULL) {
		yaml_text(&text, args->by);
		yaml_edit_set(e, "by", text_get(&text));
		text_clear(&text);
	}
	if (args->window.unit != SPAN_NONE) {
		span_print(q->options.window, &text);
		yaml_edit_set(e, "window", text_get(&text));
		text_clear(&text);
	}
	if (args->horizon > 0) {
		text_addf(&text, "%d", args->horizon);
		yaml_edit_set(e, "horizon", text_get(&text));
		text_clear(&text);
	}
	if (args->max_keys > 0) {
		text_addf(&text, "%d", args->max_keys);
		yaml_edit_set(e, "max_keys", text_get(&text));
		text_clear(&text);
	}
	if (args->lateness > 0) {
		char buf[TIME_CHARS];

		text_addn(&text, buf, (size_t)duration_format(args->lateness, buf));
		yaml_edit_set(e, "lateness", text_get(&text));
	}
	text_done(&text);
}

static size_t
folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? (size_t)(slash - path) : 0;
}

/* Files that rules append to are found from the folder of the dashboard file. */
static int
check_folder(const struct config *c, const char *path, struct error *err)
{
	size_t n = c->path != NULL ? folder_length(c->path) : 0;

	if (c->path == NULL || (n == folder_length(path) && memcmp(c->path, path, n) == 0))
		return 0;
	for (int i = 0; i < c->nalerts; i++)
		for (int k = 0; k < c->alerts[i].nactions; k++) {
			const struct action *a = &c->alerts[i].actions[k].action;

			if (a->class == action_find("append") && a->text != NULL &&
			    a->text[0] != '/')
				return error_set(err,
				    "%s: rules append to files beside %s (save it in that folder)",
				    path, c->path);
		}
	return 0;
}

int
session_save(struct session *s, const char *path, bool *hidden, struct error *err)
{
	const struct config *c = s->config;
	const struct query *q = engine_query(s->engine);
	struct yaml_edit *e;
	struct text text = { 0 }, told = { 0 };
	int status;

	if (check_folder(c, path, err) != 0)
		return -1;
	e = yaml_edit_new(c->bytes, c->len);
	if (e == NULL)
		return error_set(err, "%s: cannot be read again (save under another name later)",
		    c->path != NULL ? c->path : path);
	session_save_sources(e, s->args, c, s->engine, path);
	save_settings(e, s->args, q);
	session_save_asked(e, c, q);
	if (yaml_edit_print(e, &text) != 0) {
		status = error_set(err, "%s: could not be made (try again)", path);
	} else {
		*hidden = secrets_hide(text_get(&text), &told);
		status = output_replace(
		    path, OUTPUT_THROUGH_LINKS, &s->guard, text_get(&told), told.len, err);
	}
	yaml_edit_free(e);
	text_done(&text);
	text_done(&told);
	return status;
}
