/* learning.c - the methods that learn, as a list: sizes are measured on models as they are made. */
#include "data/ops/learn/learning.h"

#include <stdlib.h>

#include "data/ops/learn/models.h"
#include "data/ops/learn/numbers.h"

enum { FEATURES = 10, CLASSES = 8 };

static void
add_line(struct text *out, const char *name, const char *help, size_t bytes)
{
	text_addf(out, "%-10s %s; %zu KB\n", name, help, (bytes + 1023) / 1024);
}

void
learning_methods_print(struct text *out)
{
	text_addf(out,
	    "\nmethod= of classify and proba (memory of a model of %d features and %d labels; "
	    "later "
	    "labels than %d, of auto and forest %d, are \"other\")\n",
	    FEATURES, CLASSES, CLASSES_MOST, CLASSES_MIXED);
	for (int i = 0; methods[i].name != NULL; i++) {
		struct models *m = models_new(&methods[i], FEATURES, 0, CLASSES, 1, false);

		add_line(out, methods[i].name, methods[i].help, m->held);
		free(m);
	}
	text_addf(out, "\nmethod= of predict (memory of a model of %d features)\n", FEATURES);
	for (int i = 0; number_methods[i].name != NULL; i++) {
		struct numbers *m = numbers_new(&number_methods[i], FEATURES, 0, 1, false);

		add_line(out, number_methods[i].name, number_methods[i].help, m->held);
		free(m);
	}
}
