/* note.c - a text of the user's own, wrapped at its words. */
#include <stdio.h>
#include <string.h>

#include "widgets/widget.h"

enum { TEXT };

static const struct param note_params[] = {
	{ "text", PARAM_TEXT, NULL, 0, 0, NULL, "what it says" },
	{ 0 }
};

static const char *
note_text(const struct widget *w)
{
	return w->values != NULL && w->values[TEXT].text != NULL ? w->values[TEXT].text : "";
}

/* The bytes of s that stand in one line: up to a line end, or to the last blank that fits. */
static size_t
line_length(const char *s, int width)
{
	size_t fits = 0, at = 0;
	char word[512];

	while (s[at] != '\0' && s[at] != '\n') {
		size_t next = at + strspn(s + at, " "), end = next + strcspn(s + next, " \n");

		if (end >= sizeof word)
			return fits > 0 ? fits : end;
		memcpy(word, s, end);
		word[end] = '\0';
		if (text_cells(word) > width)
			return fits > 0 ? fits : end;
		fits = at = end;
	}
	return at;
}

static void
note_heading(const struct widget *w, const struct view *v, struct heading *h)
{
	(void)v;
	snprintf(h->title, sizeof h->title, "%s", w->title != NULL ? w->title : "note");
}

/* Lines that it takes when width cells wide; drawn on c unless that is NULL. */
static int
flow(const char *s, int width, const struct canvas *c)
{
	int y = 0;

	while (*s != '\0') {
		size_t n = line_length(s, width);

		if (c != NULL)
			canvas_textn(c, 0, y, width, STYLE_TEXT, s, (int)n);
		y++;
		s += n;
		s += *s == '\n' ? 1 : strspn(s, " ");
	}
	return y;
}

static int
note_lines(const struct widget *w, const struct view *v, int width)
{
	int lines = flow(note_text(w), width, NULL);

	(void)v;
	return lines > 0 ? lines : 1;
}

static void
note_draw(const struct widget *w, const struct view *v, const struct canvas *c)
{
	(void)v;
	flow(note_text(w), c->w, c);
}

const struct widget_class widget_note = {
	.name = "note",
	.help = "a text of your own",
	.params = note_params,
	.min_w = 16,
	.min_h = 1,
	.weight = 35,
	.heading = note_heading,
	.lines = note_lines,
	.draw = note_draw,
};
