/* action.c - the table of actions, and the values that they take. */
#include "app/actions/action.h"

#include <stdlib.h>
#include <string.h>

#include "app/actions/list.h"
#include "data/base/text.h"

#define ACTION(name) extern const struct action_class action_##name;
ACTION_LIST(ACTION)
#undef ACTION
#define ACTION(name) &action_##name,
const struct action_class *const action_classes[] = { ACTION_LIST(ACTION) NULL };
#undef ACTION

const struct action_class *
action_find(const char *name)
{
	for (const struct action_class *const *c = action_classes; *c != NULL; c++)
		if (strcmp((*c)->name, name) == 0)
			return *c;
	return NULL;
}

void
action_done(struct action *a)
{
	free(a->text);
	for (int i = 0; i < a->nwords; i++)
		free(a->words[i]);
	free(a->words);
}

struct action
action_copy(const struct action *a)
{
	struct action copy = { .class = a->class, .flag = a->flag, .nwords = a->nwords };

	if (a->text != NULL)
		copy.text = memory_text(a->text, strlen(a->text));
	if (a->words == NULL)
		return copy;
	copy.words = memory_zero((size_t)a->nwords + 1, sizeof *copy.words);
	for (int i = 0; i < a->nwords; i++)
		copy.words[i] = memory_text(a->words[i], strlen(a->words[i]));
	return copy;
}

void
action_event_done(struct action_event *event)
{
	for (char **e = event->env; e != NULL && *e != NULL; e++)
		free(*e);
	free(event->env);
	free(event->name);
	free(event->json);
}

void
action_place(char **path, const char *folder)
{
	struct text placed = { 0 };

	if ((*path)[0] == '/')
		return;
	text_addf(&placed, "%s%s", folder, *path);
	free(*path);
	*path = placed.s;
}
