/* yaml_edit.c - a YAML text changed in places, as libfyaml's tree of it. */
#include "app/config/yaml_edit.h"

#include <libfyaml.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

struct yaml_edit {
	struct fy_document *document;
	struct fy_node *root;
};

struct yaml_edit *
yaml_edit_new(const char *bytes, size_t len)
{
	static const struct fy_parse_cfg quiet = { .flags = FYPCF_QUIET | FYPCF_JSON_NONE };
	struct yaml_edit *e = memory_zero(1, sizeof *e);

	if (len > 0)
		e->document = fy_document_build_from_string(&quiet, bytes, len);
	else
		e->document = fy_document_build_from_string(&quiet, "{}", 2);
	e->root = e->document != NULL ? fy_document_root(e->document) : NULL;
	if (fy_node_is_mapping(e->root))
		return e;
	yaml_edit_free(e);
	return NULL;
}

void
yaml_edit_free(struct yaml_edit *e)
{
	if (e == NULL)
		return;
	fy_document_destroy(e->document);
	free(e);
}

/* The tree points into the text that it is built from: it owns a copy. */
static struct fy_node *
node_of(struct yaml_edit *e, const char *yaml)
{
	size_t n = strlen(yaml);

	return fy_node_build_from_malloc_string(e->document, memory_text(yaml, n), n);
}

/* The pair of a key, which is made when there is none. */
static void
set_pair(struct yaml_edit *e, struct fy_node *mapping, const char *key, struct fy_node *value)
{
	struct fy_node_pair *pair = fy_node_mapping_lookup_pair_by_string(mapping, key, FY_NT);

	if (pair != NULL)
		fy_node_pair_set_value(pair, value);
	else
		fy_node_mapping_append(mapping, node_of(e, key), value);
}

static void
remove_pair(struct fy_node *mapping, const char *key)
{
	struct fy_node_pair *pair = fy_node_mapping_lookup_pair_by_string(mapping, key, FY_NT);

	if (pair != NULL)
		fy_node_free(fy_node_mapping_remove_by_key(mapping, fy_node_pair_key(pair)));
}

void
yaml_edit_set(struct yaml_edit *e, const char *key, const char *value)
{
	set_pair(e, e->root, key, node_of(e, value));
}

/* NULL: there is none. */
static struct fy_node *
list_of(const struct yaml_edit *e, const char *key)
{
	struct fy_node *list = fy_node_mapping_lookup_by_string(e->root, key, FY_NT);

	return fy_node_is_sequence(list) ? list : NULL;
}

void
yaml_edit_append(struct yaml_edit *e, const char *key, const char *item)
{
	if (list_of(e, key) == NULL)
		set_pair(e, e->root, key, fy_node_create_sequence(e->document));
	fy_node_sequence_append(list_of(e, key), node_of(e, item));
}

void
yaml_edit_remove(struct yaml_edit *e, const char *key, int i)
{
	struct fy_node *list = list_of(e, key);
	struct fy_node *item = list != NULL ? fy_node_sequence_get_by_index(list, i) : NULL;

	if (item == NULL)
		return;
	fy_node_free(fy_node_sequence_remove(list, item));
	if (fy_node_sequence_item_count(list) == 0)
		remove_pair(e->root, key);
}

void
yaml_edit_set_in(struct yaml_edit *e, const char *key, int i, const char *member, const char *value)
{
	struct fy_node *list = list_of(e, key);
	struct fy_node *item = list != NULL ? fy_node_sequence_get_by_index(list, i) : NULL;

	if (fy_node_is_mapping(item)) {
		set_pair(e, item, member, node_of(e, value));
	} else if (item != NULL) {
		fy_node_sequence_insert_before(list, item, node_of(e, value));
		fy_node_free(fy_node_sequence_remove(list, item));
	}
}

int
yaml_edit_print(const struct yaml_edit *e, struct text *out)
{
	char *s = fy_emit_document_to_string(e->document, FYECF_MODE_BLOCK | FYECF_WIDTH_INF);

	if (s == NULL)
		return -1;
	text_add(out, s);
	free(s);
	return 0;
}

/* What JSON writes between quotes, YAML reads. */
void
yaml_text(struct text *out, const char *s)
{
	text_json(out, s, strlen(s));
}

void
yaml_key(struct text *out, const char *key)
{
	text_addf(out, "%s%s: ", out->s[out->len - 1] != '{' ? ", " : "", key);
}

void
yaml_pair(struct text *out, const char *key, const char *s)
{
	if (s == NULL)
		return;
	yaml_key(out, key);
	yaml_text(out, s);
}
