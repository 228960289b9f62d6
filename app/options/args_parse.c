/* args_parse.c - the command line read by the table of options.
 *
 * Options may stand behind sources; "--" ends them. A value follows its option as the next word,
 * behind "=", or directly behind the letter. */
#include <stdlib.h>
#include <string.h>

#include "app/options/args_parts.h"
#include "data/base/params/suggest.h"
#include "data/engine/event.h"

void
arg_list_add(struct arg_list *list, const char *text)
{
	list->s = memory_grow(list->s, (size_t)list->n + 1, sizeof(const char *));
	list->s[list->n++] = text;
}

struct words { /* what is left of argv */
	char **argv;
	int argc, at;
};

static const struct option *
option_named(const char *name, size_t n, struct error *err)
{
	struct suggestion near = { 0 };
	char *word = memory_text(name, n);
	const struct option *o;

	for (o = options; o->param.name != NULL; o++) {
		if (strcmp(o->param.name, word) == 0)
			break;
		suggest(&near, word, o->param.name);
	}
	if (o->param.name == NULL) {
		if (near.word != NULL)
			error_set(
			    err, "--%s: no such option (did you mean --%s?)", word, near.word);
		else
			error_set(err, "--%s: no such option (weir --help lists them)", word);
		o = NULL;
	}
	free(word);
	return o;
}

static const struct option *
option_lettered(char letter, struct error *err)
{
	for (const struct option *o = options; o->param.name != NULL; o++)
		if (o->letter == letter)
			return o;
	error_set(err, "-%c: no such option (weir --help lists them)", letter);
	return NULL;
}

/* text: the value behind the option in the same word; NULL: none there. */
static int
take(struct args *args, const struct option *o, const char *text, struct words *in,
    struct error *err)
{
	void *field = (char *)args + o->field;

	if (o->absent != NULL)
		return error_set(
		    err, "--%s: this build cannot do that yet (%s)", o->param.name, o->absent);
	if (o->type == OPTION_FLAG) {
		if (text != NULL)
			return error_set(
			    err, "--%s: takes no value (leave '=%s' out)", o->param.name, text);
		*(bool *)field = true;
		return 0;
	}
	if (text == NULL) {
		if (in->at == in->argc)
			return error_set(
			    err, "--%s: no value (give %s)", o->param.name, o->argument);
		text = in->argv[in->at++];
	}
	return option_read(field, o, text, err) == 0 ? 0 : error_at(err, "--%s", o->param.name);
}

static int
take_long(struct args *args, const char *word, struct words *in, struct error *err)
{
	size_t n = strcspn(word, "=");
	const struct option *o = option_named(word, n, err);

	return o != NULL ? take(args, o, word[n] == '=' ? word + n + 1 : NULL, in, err) : -1;
}

/* -f, -fr10, -r10, -r 10 */
static int
take_letters(struct args *args, const char *word, struct words *in, struct error *err)
{
	while (*word != '\0') {
		const struct option *o = option_lettered(*word++, err);

		if (o == NULL)
			return -1;
		if (o->type != OPTION_FLAG)
			return take(args, o, *word != '\0' ? word : NULL, in, err);
		if (take(args, o, NULL, in, err) != 0)
			return -1;
	}
	return 0;
}

int
args_parse(struct args *args, int argc, char **argv, struct error *err)
{
	struct words in = { argv, argc, 1 };
	bool ended = false;
	int status = 0;

	*args = (struct args){ .skip = -1, .argc = argc, .argv = argv };
	while (in.at < in.argc && status == 0) {
		const char *word = in.argv[in.at++];

		if (ended || word[0] != '-' || word[1] == '\0')
			arg_list_add(&args->sources, word);
		else if (strcmp(word, "--") == 0)
			ended = true;
		else if (word[1] == '-')
			status = take_long(args, word + 2, &in, err);
		else
			status = take_letters(args, word + 1, &in, err);
		if (args->help || args->version)
			return 0;
	}
	/* how events are written tells that they are wanted, in the place of the screen */
	if (args->out_format != NULL && args->out == NULL)
		args->headless = true;
	return status == 0 ? args_check(args, err) : -1;
}

void
args_done(struct args *args)
{
	free(args->sources.s);
	free(args->derive.s);
	free(args->kpis.s);
	free(args->alerts.s);
	*args = (struct args){ 0 };
}

const char *
args_kpi(const char *text, bool *beside)
{
	text += strspn(text, " ");
	*beside = *text == '+';
	text += *beside;
	return text + (*beside ? strspn(text, " ") : 0);
}

unsigned
args_emit(const struct args *args)
{
	return args->emit != 0 ? args->emit : EVENT_ALERT | EVENT_DRIFT | EVENT_BAD | EVENT_SUMMARY;
}
