/* commands.c - a line found in the table of commands, and done. */
#include "app/dashboard/command.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "app/dashboard/commands/command_list.h"
#include "data/base/params/suggest.h"

enum { NAME_BYTES = 64, COUNT_MOST = 1000000 };

#define COMMAND(name) extern const struct command command_##name;
COMMAND_LIST(COMMAND)
#undef COMMAND
#define COMMAND(name) &command_##name,
const struct command *const commands[] = { COMMAND_LIST(COMMAND) NULL };
#undef COMMAND

static const struct command *
command_named(const char *word, size_t n)
{
	for (const struct command *const *c = commands; *c != NULL; c++)
		if ((n == 1 && *word == (*c)->letter) ||
		    (strlen((*c)->name) == n && memcmp((*c)->name, word, n) == 0))
			return *c;
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

/* "rate 100", also written as on the command line: "-r 100", "--rate=100". */
const struct command *
command_find(const char *line, const char **argument)
{
	size_t dashes = strspn(line, "-"), n = name_length(line + dashes);
	const char *behind = line + dashes + n;
	const struct command *c = dashes <= 2 ? command_named(line + dashes, n) : NULL;
	bool ends = *behind == ' ' || *behind == '\0' || (*behind == '=' && dashes == 2);

	*argument = behind + (*behind == '=');
	*argument += strspn(*argument, " ");
	return ends ? c : NULL;
}

static int
check_argument(const struct command *c, const char *argument, struct error *err)
{
	const char *form = strchr(c->form, ' ');

	if (form != NULL && form[1] != '[' && *argument == '\0')
		return error_set(err, "nothing behind %s (expected %s)", c->name, c->form);
	if (form == NULL && *argument != '\0')
		return error_set(
		    err, "'%.40s' behind %s (expected %s alone)", argument, c->name, c->form);
	return 0;
}

static int
no_command(const char *word, struct error *err)
{
	struct suggestion near = { 0 };

	for (const struct command *const *c = commands; *c != NULL; c++)
		suggest(&near, word, (*c)->name);
	if (near.word != NULL)
		return error_set(err, "'%s' is no command (did you mean '%s'?)", word, near.word);
	return error_set(err, "'%s' is no command (? lists them; an expression adds a KPI)", word);
}

int
command_check(const char *line, struct error *err)
{
	const char *argument;
	const struct command *c;
	char word[NAME_BYTES];
	size_t n;

	line += strspn(line, " :");
	c = command_find(line, &argument);
	if (c != NULL)
		return check_argument(c, argument, err);
	n = name_length(line);
	n = n < sizeof word ? n : sizeof word - 1;
	memcpy(word, line, n);
	word[n] = '\0';
	return no_command(word, err);
}

/* --- expressions ------------------------------------------------------------------------------ */

/* Is it that the first word of the line, n bytes, is nothing known? Then that, or what follows it,
 * is where an expression ended. */
static bool
is_no_expression(const struct error *err, const char *line, size_t n)
{
	return (line[n] == '\0' && err->column == 1) ||
	       (line[n] == ' ' && err->column > 1 && (size_t)err->column <= n + 2);
}

static enum outcome
run_expression(struct dashboard *d, const char *line, int64_t now, struct error *err)
{
	char word[NAME_BYTES];
	size_t n = name_length(line);
	struct error said;
	enum outcome outcome;

	if (strncmp(line, "--", 2) == 0) {
		error_set(err,
		    "'%.40s' is said when weir starts (: takes the commands that ? lists)", line);
		return OUTCOME_NOTHING;
	}
	outcome = command_kpi.run(d, line, now, &said);
	if (outcome != OUTCOME_NOTHING)
		return outcome;
	if (n == 0 || n >= sizeof word || !is_no_expression(&said, line, n)) {
		*err = said;
		return outcome;
	}
	memcpy(word, line, n);
	word[n] = '\0';
	no_command(word, err);
	/* a column, perhaps, of which another is near */
	if (strstr(err->text, "did you mean") == NULL && strstr(said.text, "did you mean") != NULL)
		*err = said;
	return outcome;
}

/* --- a line ----------------------------------------------------------------------------------- */

static enum outcome
run_trimmed(struct dashboard *d, const char *line, int64_t now, struct error *err)
{
	const char *argument;
	const struct command *c = command_find(line, &argument);

	if (c == NULL)
		return run_expression(d, line, now, err);
	return check_argument(c, argument, err) == 0 ? c->run(d, argument, now, err)
						     : OUTCOME_NOTHING;
}

enum outcome
command_run(struct dashboard *d, const char *line, int64_t now, struct error *err)
{
	enum outcome outcome;
	char *copy;
	size_t n;

	line += strspn(line, " :");
	for (n = strlen(line); n > 0 && line[n - 1] == ' '; n--)
		;
	if (n == 0)
		return OUTCOME_DRAW;
	copy = memory_text(line, n);
	outcome = run_trimmed(d, copy, now, err);
	free(copy);
	return outcome;
}

int
command_count(const char *argument, int *count, struct error *err)
{
	char *end;
	long n = *argument == '\0' ? 1 : strtol(argument, &end, 10);

	if (*argument != '\0' && (*end != '\0' || n == 0 || n < -COUNT_MOST || n > COUNT_MOST))
		return error_set(
		    err, "'%.40s' is no number of times (expected such as 1 or -1)", argument);
	*count = (int)n;
	return 0;
}

/* --- completion ------------------------------------------------------------------------------- */

void
command_complete(
    const struct dashboard *d, const char *line, size_t word, size_t end, struct text *out)
{
	struct completion completion = { line + word, end - word, out };
	const char *argument;
	const struct command *c = command_find(line, &argument);
	bool first = strspn(line, "- ") >= word;

	for (const struct command *const *each = commands; first && *each != NULL; each++)
		completion_offer(
		    &completion, (*each)->name, strchr((*each)->form, ' ') != NULL ? " " : "");
	if (first || c == NULL)
		completion_expression(d, &completion);
	else if (c->complete != NULL)
		c->complete(d, &completion);
}
