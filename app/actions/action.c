/* action.c - the table of actions. */
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

bool
action_is_done(const struct action_class *class)
{
	return class->pauses || class->run != NULL;
}

void
action_done(struct action *a)
{
	free(a->text);
	for (int i = 0; i < a->nwords; i++)
		free(a->words[i]);
	free(a->words);
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
