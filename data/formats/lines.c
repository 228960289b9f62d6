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

/* What the format has to know, beside what stands in the line. */
static uint32_t
own_flags(const struct format *f)
{
	return f->at.flags & ~(uint32_t)(POSITION_OWN - 1);
}

/* Gives the line under way, of n bytes without its end, which has `end` bytes. */
static void
give(struct format *f, const char *s, size_t n, size_t end, line_taker *take)
{
	struct position after = { f->at.offset + n + end, f->at.line + 1, own_flags(f), 0, 0 };

	f->sink->after = after;
	if (n > 0 && s[n - 1] == '\r')
		n--;
	if (f->at.line >= (uint64_t)f->dialect->skip && !is_blank(s, n))
		take(f, s, n);
	after.flags = f->sink->after.flags;
	f->at = after;
}

/* The line is over the limit: the rest of it is passed over. */
static void
drop_line(struct lines *lines, struct format *f, const char *s, size_t n)
{
	struct text *held = &lines->held;

	f->sink->after = f->at;
	f->sink->after.offset += RECORD_MAX;
	f->sink->after.flags = POSITION_SKIP | own_flags(f);
	format_drop(
	    f, "over 1 MiB", held->len > 0 ? text_get(held) : s, held->len > 0 ? held->len : n);
	f->at.offset += held->len + n;
	f->at.flags = f->sink->after.flags;
	text_clear(held);
	lines->dropped++;
}

/* A piece of a line, up to its end or not. */
static void
take_piece(struct lines *lines, struct format *f, const char *s, size_t n)
{
	if (f->at.flags & POSITION_SKIP)
		f->at.offset += n;
	else if (lines->held.len + n > RECORD_MAX)
		drop_line(lines, f, s, n);
	else
		text_addn(&lines->held, s, n);
}

static void
end_line(struct lines *lines, struct format *f, size_t end, line_taker *take)
{
	if (f->at.flags & POSITION_SKIP)
		f->at = (struct position){ f->at.offset + end, f->at.line + 1, own_flags(f), 0, 0 };
	else
		give(f, text_get(&lines->held), lines->held.len, end, take);
	text_clear(&lines->held);
}

void
lines_feed(struct lines *lines, struct format *f, const char *s, size_t n, line_taker *take)
{
	const char *end = s + n;

	while (s < end) {
		const char *stop = memchr(s, '\n', (size_t)(end - s));
		size_t len = (size_t)((stop != NULL ? stop : end) - s);
		bool skip = f->at.flags & POSITION_SKIP;

		if (stop != NULL && lines->held.len == 0 && !skip && len <= RECORD_MAX) {
			give(f, s, len, 1, take);
		} else {
			take_piece(lines, f, s, len);
			if (stop == NULL)
				return;
			end_line(lines, f, 1, take);
		}
		s = stop + 1;
	}
}

void
lines_finish(struct lines *lines, struct format *f, line_taker *take)
{
	if (lines->held.len > 0 || (f->at.flags & POSITION_SKIP))
		end_line(lines, f, 0, take);
}

void
lines_done(struct lines *lines)
{
	text_done(&lines->held);
}
