/* schema.c - the columns of a source: their names and types. */
#include "data/rows/schema.h"

#include <stdlib.h>
#include <string.h>

int
schema_find(const struct schema *schema, const char *name)
{
	for (int i = 0; i < schema->n; i++)
		if (strcmp(schema->columns[i].name, name) == 0)
			return i;
	return -1;
}

const char *
column_type_name(enum column_type type)
{
	static const char *const names[] = {
		[COLUMN_NUMBER] = "number",
		[COLUMN_TIME] = "time",
		[COLUMN_TEXT] = "text",
	};

	return names[type];
}

void
schema_done(struct schema *schema)
{
	for (int i = 0; i < schema->n; i++)
		free(schema->columns[i].name);
	free(schema->columns);
	free(schema->source);
	*schema = (struct schema){ 0 };
}
