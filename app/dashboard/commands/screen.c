/* screen.c - the screen and the program: what is done by whoever owns the terminal. */
#include "app/dashboard/command.h"
#include "app/dashboard/dashboard_parts.h"

static enum outcome
set_theme(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	const struct theme *theme = theme_find(argument);
	struct text names = { 0 };

	if (theme != NULL) {
		d->theme = theme;
		dashboard_say(d, now, "theme %s", theme->name);
		return OUTCOME_THEME;
	}
	for (int i = 0; themes[i] != NULL; i++)
		text_addf(&names, "%s%s", i > 0 ? ", " : "", themes[i]->name);
	error_set(err, "no theme '%.100s' (there are %s)", argument, text_get(&names));
	text_done(&names);
	return OUTCOME_NOTHING;
}

static void
complete_theme(const struct dashboard *d, const struct completion *c)
{
	(void)d;
	for (int i = 0; themes[i] != NULL; i++)
		completion_offer(c, themes[i]->name, "");
}

const struct command command_theme = {
	.name = "theme",
	.form = ":theme T",
	.help = "dark, light, ...",
	.run = set_theme,
	.complete = complete_theme,
};

static enum outcome
ask_for(enum outcome outcome, struct dashboard *d, const char *argument, int64_t now)
{
	(void)d;
	(void)argument;
	(void)now;
	return outcome;
}

static enum outcome
save_picture(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)err;
	return ask_for(OUTCOME_PICTURE, d, argument, now);
}

const struct command command_picture = {
	.name = "picture",
	.form = ":picture",
	.help = "save the screen",
	.run = save_picture,
};

static enum outcome
reload(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)err;
	return ask_for(OUTCOME_RELOAD, d, argument, now);
}

const struct command command_reload = {
	.name = "reload",
	.form = ":reload",
	.help = "read the file again",
	.run = reload,
};

static enum outcome
repaint(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)err;
	return ask_for(OUTCOME_REPAINT, d, argument, now);
}

const struct command command_repaint = {
	.name = "repaint",
	.form = ":repaint",
	.help = "paint the screen anew",
	.run = repaint,
};

static enum outcome
suspend(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)err;
	return ask_for(OUTCOME_SUSPEND, d, argument, now);
}

const struct command command_suspend = {
	.name = "suspend",
	.form = ":suspend",
	.help = "suspend",
	.run = suspend,
};

static enum outcome
quit(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)err;
	return ask_for(OUTCOME_QUIT, d, argument, now);
}

const struct command command_quit = {
	.name = "quit",
	.letter = 'q',
	.form = ":q",
	.help = "quit",
	.run = quit,
};
