/* learning.c - the methods that learn, as a list: sizes are measured on models as they are made. */
#include "data/ops/learn/learning.h"

#include <stdlib.h>

#include "data/ops/learn/models.h"
#include "data/ops/learn/numbers.h"

enum { FEATURES = 10, CLASSES = 8, MANY = 40 };

static void
add_size(struct text *out, const char *before, size_t bytes)
{
	text_addf(out, "%s%zu KB", before, (bytes + 1023) / 1024);
}

static void
add_method(struct text *out, const struct method *method)
{
	text_addf(out, "%-10s %s", method->name, method->help);
	for (int i = 0; i < 2; i++) {
		struct models *m =
		    models_new(method, FEATURES, 0, i == 0 ? CLASSES : MANY, 1, false);

		add_size(out, i == 0 ? "; " : ", ", m->held);
		free(m);
	}
	text_addc(out, '\n');
}

void
learning_methods_print(struct text *out)
{
	text_addf(out,
	    "\nmethod= of classify and proba (memory of a model of %d features and %d labels, "
	    "and of %d; later labels than %d, of auto and forest %d, are \"other\")\n",
	    FEATURES, CLASSES, MANY, CLASSES_MOST, CLASSES_MIXED);
	for (int i = 0; methods[i].name != NULL; i++)
		add_method(out, &methods[i]);
	text_addf(out, "\nmethod= of predict (memory of a model of %d features)\n", FEATURES);
	for (int i = 0; number_methods[i].name != NULL; i++) {
		struct numbers *m = numbers_new(&number_methods[i], FEATURES, 0, 1, false);

		text_addf(out, "%-10s %s", number_methods[i].name, number_methods[i].help);
		add_size(out, "; ", m->held);
		text_addc(out, '\n');
		free(m);
	}
}
