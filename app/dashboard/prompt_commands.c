/* prompt_commands.c - the table of commands behind ':', and what they do. */
#include "app/dashboard/prompt_commands.h"

#include <ctype.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "app/options/args.h"
#include "data/base/suggest.h"
#include "data/expr/expr.h"
#include "widgets/draw/scale.h"

enum { WINDOW_LEAST = 2, WINDOW_MOST = 16000, NAME_BYTES = 64 };

/* --- what is computed ------------------------------------------------------------------------- */

/* Of "--rate: 'fast' does not fit" what follows: options are written otherwise behind ':'. */
static void
without_option(struct error *err)
{
	const char *colon = strstr(err->text, ": ");

	if (err->text[0] == '-' && colon != NULL)
		memmove(err->text, colon + 2, strlen(colon + 2) + 1);
}

/* Errors begin with "-k: 'EXPR': ", which the user has just typed. */
static int
shorten(struct error *err)
{
	const char *text = strstr(err->text, "': ");

	if (err->text[0] == '-' && text != NULL)
		memmove(err->text, text + 3, strlen(text + 3) + 1);
	else
		without_option(err);
	return -1;
}

/* Before the columns are known nothing can be said of an expression. */
static bool
is_early(const struct dashboard *d, struct error *err)
{
	if (engine_state(d->engine) != ENGINE_OPENING)
		return false;
	error_set(err, "no row was read yet, so the columns are not known");
	return true;
}

static enum outcome
say_added(struct dashboard *d, const char *what, const char *name, int64_t now)
{
	dashboard_say(d, now, "%s %.60s: %s", what, name,
	    engine_state(d->engine) == ENGINE_END ? "all rows are read, so it has no value"
						  : "from the next row on");
	return OUTCOME_DRAW;
}

static enum outcome
add_kpi(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	int before = engine_kpis(d->engine);

	if (is_early(d, err))
		return OUTCOME_NOTHING;
	if (query_add_kpi(engine_ask(d->engine), argument, err) != 0) {
		shorten(err);
		return OUTCOME_NOTHING;
	}
	if (engine_kpis(d->engine) == before) {
		dashboard_say(d, now, "%.60s is there already", argument);
		return OUTCOME_DRAW;
	}
	return say_added(d, "KPI", engine_kpi(d->engine, before)->name, now);
}

static enum outcome
add_alert(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct alert_rule rule;

	if (is_early(d, err))
		return OUTCOME_NOTHING;
	if (alert_rule_parse(&rule, argument, err) != 0 ||
	    query_add_rule(engine_ask(d->engine), &rule, err) != 0) {
		shorten(err);
		return OUTCOME_NOTHING;
	}
	return say_added(
	    d, "alert", engine_rule(d->engine, engine_rules(d->engine) - 1)->name, now);
}

/* A derived column that comes late is no column of the tables: a KPI shows it. */
static enum outcome
add_derived(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	struct expr leaf = { .kind = EXPR_NAME };
	struct text kpi = { 0 };
	enum outcome outcome = OUTCOME_NOTHING;

	if (is_early(d, err) || expr_nameless(argument, err))
		return OUTCOME_NOTHING;
	if (query_derive(engine_ask(d->engine), argument, err) != 0) {
		shorten(err);
		return OUTCOME_NOTHING;
	}
	expr_named(argument, '=', &leaf.text);
	expr_print(&leaf, &kpi);
	if (query_add_kpi(engine_ask(d->engine), text_get(&kpi), err) == 0)
		outcome = say_added(d, "column", leaf.text, now);
	free(leaf.text);
	text_done(&kpi);
	return outcome;
}

/* --- how it is replayed and shown ------------------------------------------------------------- */

/* Reads an option as the command line does. */
static int
read_option(struct args *args, const char *option, const char *argument, struct error *err)
{
	char *words[] = { memory_text("weir", 4), memory_text(option, strlen(option)),
		memory_text(argument, strlen(argument)) };
	int status = args_parse(args, 3, words, err);

	for (int i = 0; i < 3; i++)
		free(words[i]);
	return status;
}

static enum outcome
set_pace(
    struct dashboard *d, const char *option, const char *argument, int64_t now, struct error *err)
{
	struct pacer *pacer = engine_pacer(d->engine);
	struct args args;
	int status = read_option(&args, option, argument, err);

	if (status == 0 && (isinf(args.rate) || isinf(args.speed)))
		pacer_max(pacer);
	else if (status == 0 && args.rate > 0)
		pacer_rate(pacer, args.rate, now);
	else if (status == 0)
		pacer_speed(pacer, args.speed, now);
	args_done(&args);
	if (status != 0) {
		without_option(err);
		return OUTCOME_NOTHING;
	}
	command_say_pace(d, now);
	return OUTCOME_DRAW;
}

static enum outcome
set_rate(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	return set_pace(d, "--rate", argument, now, err);
}

static enum outcome
set_speed(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	return set_pace(d, "--speed", argument, now, err);
}

/* A row number; 0 with err: it is none. */
static uint64_t
read_rows(const char *argument, struct error *err)
{
	char *end;
	uint64_t rows = strtoull(argument, &end, 10);

	if (*argument >= '0' && *argument <= '9' && *end == '\0' && rows > 0 && rows < INT64_MAX)
		return rows;
	error_set(err, "'%s' is no number of rows (expected such as 120)", argument);
	return 0;
}

static enum outcome
set_window(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	uint64_t rows = read_rows(argument, err);
	char count[COUNT_CHARS];

	if (rows == 0)
		return OUTCOME_NOTHING;
	if (rows < WINDOW_LEAST || rows > WINDOW_MOST) {
		error_set(err, "charts show %d to %d rows", WINDOW_LEAST, WINDOW_MOST);
		return OUTCOME_NOTHING;
	}
	d->view.window = rows;
	count_print(rows, count);
	dashboard_say(d, now, "charts show %s rows", count);
	return OUTCOME_DRAW;
}

static enum outcome
seek(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	uint64_t row = read_rows(argument, err);

	if (row == 0)
		return OUTCOME_NOTHING;
	return command_go_to(d, row, now);
}

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
	error_set(err, "no theme '%s' (there are %s)", argument, text_get(&names));
	text_done(&names);
	return OUTCOME_NOTHING;
}

static enum outcome
quit(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)d;
	(void)argument;
	(void)now;
	(void)err;
	return OUTCOME_QUIT;
}

static enum outcome
reload(struct dashboard *d, const char *argument, int64_t now, struct error *err)
{
	(void)d;
	(void)argument;
	(void)now;
	(void)err;
	return OUTCOME_RELOAD;
}

const struct prompt_command prompt_commands[] = { { "kpi", 'k', WORDS_EXPRESSION, ":k EXPR",
						      "add a KPI: mean(x, 5m)", add_kpi },
	{ "alert", 'a', WORDS_RULE, ":a RULE", "add an alert: x > 6", add_alert },
	{ "derive", 'd', WORDS_EXPRESSION, ":d N=EXPR", "add a derived column", add_derived },
	{ "rate", 'r', WORDS_NONE, ":rate N", "N rows a second; max", set_rate },
	{ "speed", 'x', WORDS_NONE, ":speed X", "X times as recorded", set_speed },
	{ "window", 'w', WORDS_NONE, ":w N", "charts show N rows", set_window },
	{ "seek", 0, WORDS_NONE, ":seek N", "go to row N", seek },
	{ "theme", 0, WORDS_THEMES, ":theme T", "dark, light, ...", set_theme },
	{ "reload", 0, WORDS_NONE, ":reload", "read the file again", reload },
	{ "quit", 'q', WORDS_NONE, ":q", "quit", quit }, { .name = NULL } };

/* --- a line ----------------------------------------------------------------------------------- */

static const struct prompt_command *
find(const char *word, size_t n)
{
	for (const struct prompt_command *l = prompt_commands; l->name != NULL; l++)
		if ((n == 1 && *word == l->letter) ||
		    (strlen(l->name) == n && memcmp(l->name, word, n) == 0))
			return l;
	return NULL;
}

static size_t
name_length(const char *s)
{
	size_t n = 0;

	while (isalnum((unsigned char)s[n]) || s[n] == '-' || s[n] == '_')
		n++;
	return n;
}

/* "rate 100", also written as on the command line: "-r 100", "--rate=100". *argument: what follows.
 */
static const struct prompt_command *
command_of(const char *line, const char **argument)
{
	size_t dashes = strspn(line, "-"), n = name_length(line + dashes);
	const char *behind = line + dashes + n;
	const struct prompt_command *l = dashes <= 2 ? find(line + dashes, n) : NULL;
	bool ends = *behind == ' ' || *behind == '\0' || (*behind == '=' && dashes == 2);

	*argument = behind + (*behind == '=');
	*argument += strspn(*argument, " ");
	return ends ? l : NULL;
}

/* What is wrong with a line that was read as an expression: is it that its first word, which behind
 * follows, is nothing known? */
static bool
is_no_command(const struct error *err, char behind)
{
	static const char no_column[] = "column 1: no column";

	return (behind == '\0' && strncmp(err->text, no_column, sizeof no_column - 1) == 0) ||
	       (behind == ' ' && strstr(err->text, "where the end or an operator") != NULL);
}

static enum outcome
run_expression(struct dashboard *d, const char *line, int64_t now, struct error *err)
{
	struct suggestion near = { 0 };
	char word[NAME_BYTES];
	size_t n = name_length(line);
	enum outcome outcome;

	if (strncmp(line, "--", 2) == 0) {
		error_set(err,
		    "'%.40s' is said when weir starts (: takes the commands that ? lists)", line);
		return OUTCOME_NOTHING;
	}
	outcome = add_kpi(d, line, now, err);
	if (outcome != OUTCOME_NOTHING || n == 0 || n >= sizeof word ||
	    !is_no_command(err, line[n]))
		return outcome;
	memcpy(word, line, n);
	word[n] = '\0';
	for (const struct prompt_command *l = prompt_commands; l->name != NULL; l++)
		suggest(&near, word, l->name);
	if (near.word != NULL)
		error_set(err, "'%s' is no command (did you mean '%s'?)", word, near.word);
	else if (strstr(err->text, "did you mean") == NULL) /* a column, perhaps */
		error_set(err, "'%s' is no command (? lists them; an expression adds a KPI)", word);
	return OUTCOME_NOTHING;
}

enum outcome
prompt_command_run(struct dashboard *d, const char *line, int64_t now, struct error *err)
{
	const char *argument;
	const struct prompt_command *l;
	char *copy;
	size_t n;
	enum outcome outcome;

	line += strspn(line, " :");
	for (n = strlen(line); n > 0 && line[n - 1] == ' '; n--)
		;
	if (n == 0)
		return OUTCOME_DRAW;
	copy = memory_text(line, n);
	l = command_of(copy, &argument);
	if (l != NULL && *argument == '\0' && strchr(l->usage, ' ') != NULL) {
		error_set(err, "nothing behind %s (expected %s)", l->name, l->usage);
		outcome = OUTCOME_NOTHING;
	} else {
		outcome =
		    l != NULL ? l->run(d, argument, now, err) : run_expression(d, copy, now, err);
	}
	free(copy);
	return outcome;
}

/* --- completion ------------------------------------------------------------------------------- */

struct stem { /* what is typed of the word */
	const char *s;
	size_t n;
	struct text *out;
};

static void
offer(struct stem stem, const char *word, const char *tail)
{
	if (strlen(word) >= stem.n && strncasecmp(word, stem.s, stem.n) == 0)
		text_addf(stem.out, "%s%s\n", word, tail);
}

static void
offer_columns(const struct dashboard *d, struct stem stem)
{
	struct text name = { 0 };

	for (int s = 0; s < engine_sources(d->engine); s++) {
		const struct schema *schema = engine_schema(d->engine, s);

		for (int c = 0; schema != NULL && c < schema->n; c++) {
			struct expr leaf = { .kind = EXPR_NAME, .text = schema->columns[c].name };

			text_clear(&name);
			expr_print(&leaf, &name); /* an odd name stands in backticks */
			offer(stem, text_get(&name), "");
		}
	}
	text_done(&name);
}

static void
offer_operators(struct stem stem)
{
	for (int i = 0; op_classes[i] != NULL; i++)
		if (isalpha((unsigned char)*op_classes[i]->name) &&
		    strcmp(op_classes[i]->name, "neg") != 0)
			offer(stem, op_classes[i]->name, "(");
}

static void
offer_suffixes(struct stem stem)
{
	static const char *const words[] = { "for", "rows", "severity", "info", "warning",
		"critical" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		offer(stem, words[i], " ");
}

void
prompt_command_complete(
    const struct dashboard *d, const char *line, size_t word, size_t end, struct text *out)
{
	struct stem stem = { line + word, end - word, out };
	const char *argument;
	const struct prompt_command *l = command_of(line, &argument);
	bool first = strspn(line, "- ") >= word;

	for (const struct prompt_command *c = prompt_commands; first && c->name != NULL; c++)
		offer(stem, c->name, " ");
	if (first || l == NULL || l->words == WORDS_EXPRESSION || l->words == WORDS_RULE) {
		offer_columns(d, stem);
		offer_operators(stem);
	}
	if (!first && l != NULL && l->words == WORDS_RULE)
		offer_suffixes(stem);
	for (int i = 0; !first && l != NULL && l->words == WORDS_THEMES && themes[i] != NULL; i++)
		offer(stem, themes[i]->name, "");
}
