/* classifier_labels.c - labels become classes in the order in which they come, and models grow with
 * them. */
#include "data/ops/learn/classifier_parts.h"

#include <stdlib.h>
#include <string.h>

int
classifier_class(const struct classifier *c, double label)
{
	for (int i = 0; i < c->classes; i++)
		if (!(c->label[i] < label) && !(c->label[i] > label))
			return i;
	return -1;
}

struct models *
classifier_models(const struct classifier *c, int classes)
{
	return models_new(
	    c->method, c->numbers, c->inputs - c->numbers, classes, c->seed, c->compact);
}

static const double *
past_row(const struct classifier *c, uint64_t row)
{
	return c->past + (size_t)(row % (uint64_t)c->kept_most) * (size_t)(c->inputs + 1);
}

static void
teach(struct classifier *c, struct models *m, const double *row)
{
	models_read(m, row);
	models_predict(m, c->p);
	models_learn(m, (int)row[c->inputs]);
	models_pass(m);
}

/* Rows that wait are read anew by the models as they are now. */
static void
wait_anew(struct classifier *c)
{
	size_t own = (size_t)c->inputs + WAITING_OWN;

	waiting_resize(&c->waiting, own, classifier_waiting_size(c));
	for (uint64_t i = c->waiting.first; i < c->waiting.end; i++) {
		double *row = waiting_row(&c->waiting, i);

		models_read(c->models, row);
		models_predict(c->models, c->p);
		models_row_keep(c->models, row + own);
	}
}

static void
grow(struct classifier *c, int classes)
{
	struct models *models = classifier_models(c, classes);
	uint64_t first = c->rows - (uint64_t)c->kept;

	for (uint64_t r = first; r < c->rows; r++)
		teach(c, models, past_row(c, r));
	free(c->models);
	c->models = models;
	if (c->waiting.cap > 0)
		wait_anew(c);
}

/* As numbers, or as texts. */
static int
is_later(const struct classifier *c)
{
	if (!c->text)
		return c->label[1] > c->label[0];
	return strcmp(names_text(c->names, c->label[1]), names_text(c->names, c->label[0])) > 0;
}

void
classifier_order(struct classifier *c)
{
	c->positive = c->classes == 2 ? is_later(c) : -1;
}

int
classifier_meet(struct classifier *c, double label)
{
	int class = classifier_class(c, label);

	if (class >= 0)
		return class;
	if (c->classes >= c->method->classes) {
		c->others++;
		class = c->method->classes;
	} else {
		class = c->classes++;
		c->label[class] = label;
		if (c->text)
			names_hold(c->names, label);
		classifier_order(c);
	}
	if (class >= c->models->shape.k)
		grow(c, class + 1);
	return class;
}

void
classifier_keep(struct classifier *c, int class)
{
	size_t at = (size_t)(c->rows % (uint64_t)c->kept_most) * (size_t)(c->inputs + 1);

	memcpy(c->past + at, c->x, (size_t)c->inputs * sizeof *c->x);
	c->past[at + (size_t)c->inputs] = class;
	c->kept += c->kept < c->kept_most;
	c->rows++;
}

void
classifier_print_label(const struct classifier *c, int class, struct text *out)
{
	if (class < 0)
		text_add(out, "none");
	else if (class >= c->classes)
		text_add(out, "other");
	else if (c->text)
		text_add(out, names_text(c->names, c->label[class]));
	else
		text_number(out, c->label[class]);
}
