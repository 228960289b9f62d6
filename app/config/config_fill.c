/* config_fill.c - a YAML tree into structs, by the tables of what a file may hold. */
#include <stdlib.h>
#include <string.h>

#include "app/config/config_parts.h"
#include "data/base/params/suggest.h"

const struct field *
table_find(const struct table *t, const char *key)
{
	for (const struct field *f = t->fields; f->key != NULL; f++)
		if (strcmp(f->key, key) == 0)
			return f;
	return NULL;
}

int
table_unknown(const struct table *t, const struct param *more, const struct yaml *key,
    const struct loading *l)
{
	struct suggestion near = { 0 };
	struct text keys = { 0 };

	for (const struct field *f = t->fields; f->key != NULL; f++) {
		suggest(&near, key->text, f->key);
		text_addf(&keys, "%s%s", keys.len > 0 ? ", " : "", f->key);
	}
	for (const struct param *p = more; p != NULL && p->name != NULL; p++) {
		if (table_find(t, p->name) != NULL)
			continue;
		suggest(&near, key->text, p->name);
		text_addf(&keys, ", %s", p->name);
	}
	if (near.word != NULL)
		yaml_wrong(l->report, key->at, "unknown key '%.60s' (did you mean '%s'?)",
		    key->text, near.word);
	else
		yaml_wrong(l->report, key->at, "unknown key '%.60s' (expected %s)", key->text,
		    text_get(&keys));
	text_done(&keys);
	return -1;
}

/* All mistakes are wanted, not the first alone. */
static bool
goes_on(const struct loading *l)
{
	return l->report->all != NULL;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* The array of a list, whatever it is an array of: all pointers to structs look alike. */
static char *
list_items(const struct field *f, const void *item)
{
	char *items;

	memcpy(&items, (const char *)item + f->offset, sizeof items);
	return items;
}

static int *
list_count(const struct field *f, void *item)
{
	return (int *)((char *)item + f->count);
}

static int
check_unique(
    const struct field *f, const char *items, int n, const struct yaml *y, const struct loading *l)
{
	const struct field *name = f->of->fields;
	char *own, *other;

	memcpy(&own, items + (size_t)n * f->of->size + name->offset, sizeof own);
	for (int i = 0; own != NULL && i < n; i++) {
		memcpy(&other, items + (size_t)i * f->of->size + name->offset, sizeof other);
		if (other != NULL && strcmp(own, other) == 0)
			return yaml_wrong(l->report, place_of_key(y, name->key),
			    "'%.60s' is the %s of %s above too (expected another)", own, name->key,
			    f->of->what);
	}
	return 0;
}

/* "- a.csv" is "- {uri: a.csv}". */
static int
fill_alone(const struct table *t, void *item, const struct yaml *y, const struct loading *l)
{
	if (field_fill(table_find(t, t->alone), item, y, l) != 0)
		return -1;
	return t->check != NULL ? t->check(item, y, l) : 0;
}

static int
fill_item(const struct table *t, void *item, const struct yaml *y, const struct loading *l)
{
	if (t->blank != NULL)
		memcpy(item, t->blank, t->size);
	memcpy(item, &y->at, sizeof y->at);
	if (t->fill != NULL)
		return t->fill(item, y, l);
	if (t->alone != NULL && y->kind == YAML_SCALAR && !yaml_is_empty(y))
		return fill_alone(t, item, y, l);
	return table_fill(t, item, y, l);
}

/* "x: skip 5" is "- {key: x, command: skip 5}". */
static int
fill_named(const struct table *t, char *item, const struct yaml *key, const struct yaml *value,
    const struct loading *l)
{
	memcpy(item, &key->at, sizeof key->at);
	if (key->kind != YAML_SCALAR)
		return yaml_wrong(
		    l->report, key->at, "a key that is no text (expected KEY: VALUE)");
	if (yaml_is_empty(value))
		return yaml_wrong(l->report, value->at, "'%.40s' is empty (expected %s)", key->text,
		    table_find(t, t->pair)->help);
	if (field_fill(&t->fields[0], item, key, l) != 0)
		return -1;
	return field_fill(table_find(t, t->pair), item, value, l);
}

static int
fill_mapping(const struct field *f, void *item, const struct yaml *y, const struct loading *l)
{
	int *count = list_count(f, item), status = 0;
	char *items = memory_zero((size_t)y->n, f->of->size);

	memcpy((char *)item + f->offset, &items, sizeof items);
	for (int i = 0; i + 1 < y->n && (status == 0 || goes_on(l)); i += 2) {
		int n = (*count)++;

		if (n == f->max)
			return yaml_wrong(l->report, y->items[i]->at,
			    "'%s' has more than %d items (expected fewer)", f->key, f->max);
		if (fill_named(f->of, items + (size_t)n * f->of->size, y->items[i], y->items[i + 1],
			l) != 0 ||
		    (f->of->unique && check_unique(f, items, n, y->items[i], l) != 0))
			status = -1;
	}
	return status;
}

static int
fill_list(const struct field *f, void *item, const struct yaml *y, const struct loading *l)
{
	int *count = list_count(f, item);
	char *items;
	int status = 0;

	if (y->kind == YAML_MAPPING && f->of->pair != NULL)
		return fill_mapping(f, item, y, l);
	if (y->kind != YAML_LIST)
		return yaml_wrong(l->report, y->at, "'%s' is no list (expected %s behind each -)",
		    f->key, f->of->what);
	if (y->n > f->max)
		return yaml_wrong(l->report, y->items[f->max]->at,
		    "'%s' has %d items (expected at most %d)", f->key, y->n, f->max);
	items = memory_zero((size_t)y->n, f->of->size);
	memcpy((char *)item + f->offset, &items, sizeof items);
	for (int i = 0; i < y->n; i++) {
		++*count; /* what was filled so far is the owner's, also when it is wrong */
		if (fill_item(f->of, items + (size_t)i * f->of->size, y->items[i], l) != 0 ||
		    (f->of->unique && check_unique(f, items, i, y->items[i], l) != 0))
			status = -1;
		if (status != 0 && !goes_on(l))
			return -1;
	}
	return status;
}

/* --- mappings --------------------------------------------------------------------------------- */

static int
fill_pair(const struct table *t, void *item, const struct yaml *key, const struct yaml *value,
    bool *seen, const struct loading *l)
{
	const struct field *f = key->kind == YAML_SCALAR ? table_find(t, key->text) : NULL;

	if (key->kind != YAML_SCALAR)
		return yaml_wrong(
		    l->report, key->at, "a key that is no text (expected KEY: VALUE)");
	if (f == NULL)
		return t->open ? 0 : table_unknown(t, NULL, key, l);
	if (seen[f - t->fields])
		return yaml_wrong(
		    l->report, key->at, "'%s' stands here twice (expected once)", f->key);
	seen[f - t->fields] = true;
	if (yaml_is_empty(value) && !f->required)
		return 0;
	if (yaml_is_empty(value))
		return yaml_wrong(l->report, value->at, "'%s' is empty (expected %s)", f->key,
		    f->type == FIELD_PLACED ? f->example : field_expected(f->type));
	return f->type == FIELD_LIST ? fill_list(f, item, value, l) : field_fill(f, item, value, l);
}

static bool
is_unknown(const struct table *t, const struct yaml *key)
{
	return key->kind == YAML_SCALAR && table_find(t, key->text) == NULL;
}

enum { FIELDS_MAX = 32 };

int
table_fill(const struct table *t, void *item, const struct yaml *y, const struct loading *l)
{
	bool seen[FIELDS_MAX] = { false };
	bool whole = true; /* all that it can hold is right, whatever else stands there */
	int status = 0;

	if (y->kind != YAML_MAPPING)
		return yaml_wrong(l->report, y->at, "this is no %s (expected KEY: VALUE)",
		    strchr(t->what, ' ') + 1);
	for (int i = 0; i + 1 < y->n && (status == 0 || goes_on(l)); i += 2) {
		if (fill_pair(t, item, y->items[i], y->items[i + 1], seen, l) == 0)
			continue;
		status = -1;
		whole = whole && is_unknown(t, y->items[i]);
	}
	for (const struct field *f = t->fields; f->key != NULL; f++)
		if (f->required && !seen[f - t->fields] && (status == 0 || goes_on(l)))
			whole = false,
			status = yaml_wrong(l->report, y->at, "%s without '%s' (expected %s: %s)",
			    t->what, f->key, f->key,
			    f->example != NULL ? f->example : field_expected(f->type));
	if (whole && (status == 0 || goes_on(l)) && t->check != NULL && t->check(item, y, l) != 0)
		return -1;
	return status;
}

bool
table_same(const struct table *t, const void *a, const void *b)
{
	for (const struct field *f = t->fields; f->key != NULL; f++)
		if (f->type != FIELD_LIST && !field_same(f, a, b))
			return false;
	return true;
}

void
table_done(const struct table *t, void *item)
{
	if (t->done != NULL)
		t->done(item);
	for (const struct field *f = t->fields; f->key != NULL; f++) {
		if (f->type != FIELD_LIST) {
			field_done(f, item);
			continue;
		}
		for (int i = 0; i < *list_count(f, item); i++)
			table_done(f->of, list_items(f, item) + (size_t)i * f->of->size);
		free(list_items(f, item));
	}
}
