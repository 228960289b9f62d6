/* yaml.c - a tree from libfyaml's events.
 *
 * The events rather than libfyaml's own document: each carries its place, an alias is seen before
 * it is followed, and depth is counted here. */
#include "app/config/yaml.h"

#include <libfyaml.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "widgets/draw/runes.h"

enum { DEPTH_MAX = 16, EXCERPT_CHARS = 100 };

struct builder {
	const struct yaml_report *report;
	struct yaml *root;
	struct yaml *open[DEPTH_MAX]; /* lists and mappings that have not ended */
	int depth;
	bool ended;             /* a document was read */
	struct yaml_place last; /* of the last event that had one */
};

/* --- errors ----------------------------------------------------------------------------------- */

/* The line, harmless on a terminal; a long one only around the place. */
static void
excerpt_line(struct text *out, const char *line, size_t n, int column)
{
	int from = column > EXCERPT_CHARS * 3 / 4 ? column - EXCERPT_CHARS / 2 : 1;
	int caret = 4, at = 1; /* in cells; in characters */
	char bytes[RUNE_BYTES];
	uint32_t rune;

	text_addf(out, "%*s", caret, "");
	for (size_t i = 0; i < n && at < from + EXCERPT_CHARS; at++) {
		i += rune_read(line + i, n - i, &rune);
		if (at < from)
			continue;
		rune = rune_harmless(rune);
		text_addn(out, bytes, (size_t)rune_write(rune, bytes));
		caret += at < column ? rune_cells(rune) : 0;
	}
	text_addf(out, "\n%*s^\n", caret, "");
}

void
yaml_excerpt(const char *bytes, size_t len, struct yaml_place at, struct text *out)
{
	const char *line = bytes, *end = bytes + len, *p;

	for (int i = 1; i < at.line && line < end; i++) {
		p = memchr(line, '\n', (size_t)(end - line));
		line = p != NULL ? p + 1 : end;
	}
	if (at.line == 0 || line >= end)
		return;
	p = memchr(line, '\n', (size_t)(end - line));
	excerpt_line(out, line, (size_t)((p != NULL ? p : end) - line), at.column);
}

int
yaml_wrong(const struct yaml_report *r, struct yaml_place at, const char *format, ...)
{
	char what[sizeof r->err->text];
	va_list ap;

	va_start(ap, format);
	vsnprintf(what, sizeof what, format, ap);
	va_end(ap);
	error_file(r->err, r->path, at.line, at.column, "%s", what);
	if (r->all != NULL)
		errors_add(r->all, r->err);
	return -1;
}

/* What libfyaml does not collect it would print: the error is told, once, by who called. */
static void
say_nothing(struct fy_diag *diag, void *user, const char *s, size_t n)
{
	(void)diag;
	(void)user;
	(void)s;
	(void)n;
}

/* An error without a place: a directive such as "%YAML 9.9", else what was read last. */
static int
syntax_error_somewhere(const struct builder *b)
{
	const char *line = b->report->bytes, *end = line + b->report->len;

	for (int i = 1; line < end; i++) {
		const char *p = memchr(line, '\n', (size_t)(end - line));

		if (*line == '%')
			return yaml_wrong(b->report, (struct yaml_place){ i, 1 },
			    "a directive that is not known (expected none, or %%YAML 1.2)");
		line = p != NULL ? p + 1 : end;
	}
	return yaml_wrong(b->report, b->last.line > 0 ? b->last : (struct yaml_place){ 1, 1 },
	    "this is no YAML (expected a dashboard as in weir --default-config)");
}

/* libfyaml collects what it found; the first of it is the cause. */
static int
syntax_error(const struct builder *b, struct fy_diag *diag)
{
	void *iterator = NULL;
	const struct fy_diag_error *e = fy_diag_errors_iterate(diag, &iterator);

	if (e == NULL)
		return syntax_error_somewhere(b);
	return yaml_wrong(b->report, (struct yaml_place){ e->line, e->column },
	    "%s (expected YAML as in weir --default-config)", e->msg);
}

/* --- bytes ------------------------------------------------------------------------------------ */

/* A file in another encoding, or no text at all, is told as such rather than by what YAML makes of
 * it. */
static int
check_bytes(const struct yaml_report *r)
{
	struct yaml_place at = { 1, 1 };
	uint32_t rune;

	if (r->len >= 2 &&
	    (memcmp(r->bytes, "\xff\xfe", 2) == 0 || memcmp(r->bytes, "\xfe\xff", 2) == 0))
		return yaml_wrong(
		    r, at, "this is UTF-16 (expected UTF-8: iconv -f UTF-16 -t UTF-8 rewrites it)");
	for (size_t i = 0, n; i < r->len; i += n, at.column++) {
		unsigned char c = (unsigned char)r->bytes[i];

		n = rune_read(r->bytes + i, r->len - i, &rune);
		if (c == '\0')
			return yaml_wrong(r, at,
			    "a NUL byte (expected text in UTF-8; this is UTF-16 or no text)");
		if ((c < ' ' && strchr("\t\n\r", c) == NULL) || c == 0x7f)
			return yaml_wrong(
			    r, at, "a control byte, 0x%02x (expected text in UTF-8)", c);
		if (c >= 0x80 && n == 1)
			return yaml_wrong(
			    r, at, "byte 0x%02x is no UTF-8 (expected text in UTF-8)", c);
		if (c == '\n')
			at = (struct yaml_place){ at.line + 1, 0 };
	}
	return 0;
}

/* --- the tree --------------------------------------------------------------------------------- */

void
yaml_free(struct yaml *y)
{
	if (y == NULL)
		return;
	for (int i = 0; i < y->n; i++)
		yaml_free(y->items[i]);
	free(y->items);
	free(y->text);
	free(y);
}

bool
yaml_is_empty(const struct yaml *y)
{
	return y->kind == YAML_SCALAR && y->plain &&
	       (y->text[0] == '\0' || strcmp(y->text, "~") == 0 || strcmp(y->text, "null") == 0);
}

const struct yaml *
yaml_get(const struct yaml *y, const char *key)
{
	for (int i = 0; y->kind == YAML_MAPPING && i + 1 < y->n; i += 2)
		if (y->items[i]->kind == YAML_SCALAR && strcmp(y->items[i]->text, key) == 0)
			return y->items[i + 1];
	return NULL;
}

static struct yaml_place
place_of(struct fy_event *e)
{
	const struct fy_mark *mark = fy_event_start_mark(e);

	return mark != NULL ? (struct yaml_place){ mark->line + 1, mark->column + 1 }
			    : (struct yaml_place){ 0, 0 };
}

/* The node belongs to what is open, else it is the root. */
static struct yaml *
add_node(struct builder *b, enum yaml_kind kind, struct fy_event *e)
{
	struct yaml *y = memory_zero(1, sizeof *y);
	struct yaml *parent = b->depth > 0 ? b->open[b->depth - 1] : NULL;

	y->kind = kind;
	y->at = place_of(e);
	b->last = y->at.line > 0 ? y->at : b->last;
	if (parent == NULL) {
		if (y->at.line == 0)
			y->at = (struct yaml_place){ 1, 1 };
		b->root = y;
		return y;
	}
	if (parent->n == parent->cap) {
		parent->cap = parent->cap * 2 + 1;
		parent->items =
		    memory_grow(parent->items, (size_t)parent->cap, sizeof *parent->items);
	}
	if (y->at.line == 0) /* "key:" with nothing behind it stands where the key does */
		y->at = parent->kind == YAML_MAPPING && parent->n > 0
			    ? parent->items[parent->n - 1]->at
			    : parent->at;
	parent->items[parent->n++] = y;
	return y;
}

static int
add_scalar(struct builder *b, struct fy_event *e)
{
	struct fy_token *token = e->scalar.value;
	const struct fy_mark *mark = fy_event_start_mark(e);
	struct yaml *y = add_node(b, YAML_SCALAR, e);
	size_t n = 0;
	const char *s = token != NULL ? fy_token_get_text(token, &n) : "";

	if (s == NULL)
		s = "", n = 0;
	y->text = memory_text(s, n);
	y->plain = token == NULL || fy_token_scalar_style(token) == FYSS_PLAIN;
	y->exact = mark != NULL && mark->input_pos + n <= b->report->len &&
		   memcmp(b->report->bytes + mark->input_pos, s, n) == 0 &&
		   memchr(s, '\n', n) == NULL;
	/* libfyaml's mark of a text in block style is the line's beginning */
	for (size_t i = mark != NULL ? mark->input_pos : 0;
	     !y->plain && !y->exact && i < b->report->len && b->report->bytes[i] == ' '; i++)
		y->at.column++;
	if (strlen(y->text) != n)
		return yaml_wrong(b->report, y->at, "a NUL byte (expected text)");
	return 0;
}

static int
open_node(struct builder *b, enum yaml_kind kind, struct fy_event *e)
{
	struct yaml *y = add_node(b, kind, e);

	if (b->depth == DEPTH_MAX)
		return yaml_wrong(b->report, y->at,
		    "nested deeper than %d (expected a dashboard as in "
		    "weir --default-config)",
		    DEPTH_MAX);
	b->open[b->depth++] = y;
	return 0;
}

static int
take_event(struct builder *b, struct fy_event *e)
{
	switch (e->type) {
	case FYET_DOCUMENT_START:
		if (b->ended)
			return yaml_wrong(
			    b->report, place_of(e), "a second document (expected one)");
		return 0;
	case FYET_DOCUMENT_END:
		b->ended = true;
		return 0;
	case FYET_MAPPING_START:
		return open_node(b, YAML_MAPPING, e);
	case FYET_SEQUENCE_START:
		return open_node(b, YAML_LIST, e);
	case FYET_MAPPING_END:
	case FYET_SEQUENCE_END:
		b->depth--;
		return 0;
	case FYET_SCALAR:
		return add_scalar(b, e);
	case FYET_ALIAS:
		return yaml_wrong(b->report, place_of(e),
		    "an alias (expected the value itself; text "
		    "that starts with * stands in quotes)");
	default:
		return 0;
	}
}

static int
build(struct builder *b, struct fy_parser *parser, struct fy_diag *diag)
{
	struct fy_event *e;
	int status = 0;

	while (status == 0 && (e = fy_parser_parse(parser)) != NULL) {
		status = take_event(b, e);
		fy_parser_event_free(parser, e);
	}
	if (status == 0 && fy_parser_get_stream_error(parser))
		return syntax_error(b, diag);
	if (status == 0 && (b->root == NULL || yaml_is_empty(b->root)))
		return yaml_wrong(b->report,
		    b->root != NULL ? b->root->at : (struct yaml_place){ 1, 1 },
		    "the file is empty (expected a dashboard as in weir --default-config)");
	return status;
}

struct yaml *
yaml_parse(const struct yaml_report *report)
{
	struct builder b = { .report = report };
	struct fy_diag_cfg quiet;
	struct fy_diag *diag;
	struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET | FYPCF_JSON_NONE };
	struct fy_parser *parser;

	if (check_bytes(report) != 0)
		return NULL;
	fy_diag_cfg_default(&quiet);
	quiet.fp = NULL;
	quiet.output_fn = say_nothing;
	cfg.diag = diag = fy_diag_create(&quiet);
	fy_diag_set_collect_errors(diag, true);
	parser = fy_parser_create(&cfg);
	/* libfyaml takes a length of 0 for a string that ends with NUL, which bytes also does */
	if (parser == NULL || fy_parser_set_string(parser, report->bytes, report->len) != 0)
		yaml_wrong(report, (struct yaml_place){ 0, 0 }, "this cannot be read as YAML");
	else if (build(&b, parser, diag) == 0)
		goto out;
	yaml_free(b.root);
	b.root = NULL;
out:
	fy_parser_destroy(parser);
	fy_diag_destroy(diag);
	return b.root;
}
