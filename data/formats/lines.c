/* lines.c - bytes, cut anywhere, to lines. One that came in one piece is given where it stands. */
#include "data/formats/lines.h"

#include <string.h>

static bool
is_blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
			return false;
	return true;
}

static void
give(struct format *f, const char *s, size_t n, line_taker *take)
{
	if (n > 0 && s[n - 1] == '\r')
		n--;
	if (!is_blank(s, n))
		take(f, s, n);
}

/* A piece of a line, up to its end or not. */
static void
take_piece(struct lines *lines, struct format *f, const char *s, size_t n)
{
	if (lines->skip)
		return;
	if (lines->held.len + n > RECORD_MAX) {
		format_drop(f, "over 1 MiB", lines->held.len > 0 ? text_get(&lines->held) : s,
		    lines->held.len > 0 ? lines->held.len : n);
		text_clear(&lines->held);
		lines->skip = true;
		return;
	}
	text_addn(&lines->held, s, n);
}

static void
end_line(struct lines *lines, struct format *f, line_taker *take)
{
	if (!lines->skip)
		give(f, text_get(&lines->held), lines->held.len, take);
	text_clear(&lines->held);
	lines->skip = false;
}

void
lines_feed(struct lines *lines, struct format *f, const char *s, size_t n, line_taker *take)
{
	const char *end = s + n;

	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((stop != NULL ? stop : end) - s);

		if (stop != NULL && lines->held.len == 0 && !lines->skip && len <= RECORD_MAX) {
			give(f, s, len, take);
		} else {
			take_piece(lines, f, s, len);
			if (stop == NULL)
				return;
			end_line(lines, f, take);
		}
		f->line++;
		s = stop + 1;
	}
}

void
lines_finish(struct lines *lines, struct format *f, line_taker *take)
{
	end_line(lines, f, take);
}

void
lines_done(struct lines *lines)
{
	text_done(&lines->held);
}
