/* list.c - the table of formats, and finding one by its name or by the first bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/base/error.h"
#include "data/rows/block.h"
#include "data/formats/format.h"

#define FORMAT(name) extern const struct format_class format_##name;
#include "data/formats/list.h"
#undef FORMAT

const struct format_class *const format_classes[] = {
#define FORMAT(name) &format_##name,
#include "data/formats/list.h"
#undef FORMAT
	NULL
};

const struct format_class *
format_find(const char *name)
{
	for (int i = 0; format_classes[i] != NULL; i++)
		if (strcmp(format_classes[i]->name, name) == 0)
			return format_classes[i];
	return NULL;
}

const struct format_class *
format_told(const char *told, const char **parameter, struct error *err)
{
	size_t n = strcspn(told, ":");
	struct text names = { 0 };

	for (int i = 0; format_classes[i] != NULL; i++) {
		const struct format_class *class = format_classes[i];

		if (strlen(class->name) != n || memcmp(class->name, told, n) != 0 ||
		    (told[n] == ':') != (class->parameter != NULL))
			continue;
		*parameter = told[n] == ':' ? told + n + 1 : NULL;
		if (class->check != NULL && class->check(*parameter, err) < 0)
			return NULL;
		return class;
	}
	format_names(&names, ", ");
	error_set(err, "no format '%s' (there are %s)", told, text_get(&names));
	text_done(&names);
	return NULL;
}

void
format_name(const struct format_class *class, struct text *text)
{
	text_add(text, class->name);
	if (class->parameter != NULL)
		text_addf(text, ":%s", class->parameter);
}

void
format_names(struct text *text, const char *between)
{
	for (int i = 0; format_classes[i] != NULL; i++) {
		format_name(format_classes[i], text);
		text_add(text, between);
	}
	text_add(text, "auto");
}

/* Is the word of n bytes one of these, which stand apart by blanks? */
static bool
has_word(const char *words, const char *word, size_t n)
{
	while (words != NULL && *words != '\0') {
		size_t len = strcspn(words, " ");

		if (len == n && strncasecmp(words, word, n) == 0)
			return true;
		words += len + strspn(words + len, " ");
	}
	return false;
}

/* The format of the ending behind a dot of the path, the last or the one before (x.csv.gz). */
static const struct format_class *
class_of_ending(const char *path)
{
	const char *end = path + strlen(path);

	for (int i = 0; i < 2; i++) {
		const char *dot = memrchr(path, '.', (size_t)(end - path));

		for (int k = 0; dot != NULL && format_classes[k] != NULL; k++)
			if (has_word(format_classes[k]->endings, dot + 1, (size_t)(end - dot - 1)))
				return format_classes[k];
		end = dot != NULL ? dot : path;
	}
	return NULL;
}

const struct format_class *
format_guess(const char *path, const char *first, size_t n, bool whole)
{
	const struct format_class *named = class_of_ending(path);
	int i = 0;

	while (format_classes[i + 1] != NULL && !format_classes[i]->fits(first, n, whole))
		i++;
	return format_classes[i + 1] == NULL && named != NULL ? named : format_classes[i];
}

size_t
format_mark(const char *first, size_t n)
{
	return n >= 3 && memcmp(first, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

void
format_open(struct format *f, const struct format_class *class, const struct dialect *dialect,
    struct record_sink *sink)
{
	format_open_at(f, class, dialect, sink, &(struct position){ 0 });
}

void
format_open_at(struct format *f, const struct format_class *class, const struct dialect *dialect,
    struct record_sink *sink, const struct position *at)
{
	*f = (struct format){ .class = class, .sink = sink, .dialect = dialect, .at = *at };
	f->at.flags &= ~(uint32_t)(POSITION_END | POSITION_OTHER);
	f->at.passed = 0;
	sink->after = f->at;
	f->state = memory_zero(1, class->size);
	class->open(f);
}

void
format_close(struct format *f)
{
	if (f->state == NULL)
		return;
	f->class->close(f);
	free(f->state);
	*f = (struct format){ 0 };
}

/* Appends what stood there to the head of a text, as far as it has room. */
static size_t
add_stood(char *text, int head, const char *s, size_t n)
{
	size_t used = (size_t)head;

	if (n > FAULT_TEXT - used)
		n = FAULT_TEXT - used;
	if (n > 0)
		memcpy(text + used, s, n);
	return used + n;
}

static size_t
where(const struct format *f, const char *s, size_t n, char *text)
{
	int head = snprintf(text, FAULT_TEXT, "line %llu: ", (unsigned long long)f->at.line + 1);

	return add_stood(text, head, s, n);
}

void
format_drop(struct format *f, const char *what, const char *s, size_t n)
{
	char text[FAULT_TEXT];

	f->sink->drop(f->sink->self, what, text, where(f, s, n, text));
}

void
format_fault(struct format *f, const char *what, const char *s, size_t n)
{
	char text[FAULT_TEXT];

	f->sink->fault(f->sink->self, what, text, where(f, s, n, text));
}

void
format_drop_lines(
    struct format *f, const char *what, uint64_t inside, uint64_t lines, const char *s, size_t n)
{
	char text[FAULT_TEXT];
	int head = snprintf(text, sizeof text,
	    "line %llu, %llu line%s lost: ", (unsigned long long)(f->at.line + inside + 1),
	    (unsigned long long)lines, lines == 1 ? "" : "s");

	f->sink->drop(f->sink->self, what, text, add_stood(text, head, s, n));
}
