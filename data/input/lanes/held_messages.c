/* held_messages.c - messages that wait for what the columns are. See held_messages.h. */
#include "data/input/lanes/held_messages.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"

static struct held_message *
begin(struct held_messages *h, const struct piece *p, int ntags)
{
	struct held_message *m;

	h->at = memory_grow(h->at, (size_t)h->n + 1, sizeof *h->at);
	m = &h->at[h->n++];
	*m = (struct held_message){ .lane = p->lane };
	m->ends = memory_zero((size_t)ntags, sizeof *m->ends);
	for (int i = 0; i < ntags; i++) {
		text_addn(&m->tags, p->tags[i].s, p->tags[i].n);
		m->ends[i] = m->tags.len;
	}
	h->ntags = ntags;
	return m;
}

static size_t
count_lines(const struct text *bytes)
{
	size_t n = 0;

	for (size_t i = 0; i < bytes->len; i++)
		n += bytes->s[i] == '\n';
	return n + (bytes->len == 0 || bytes->s[bytes->len - 1] != '\n');
}

void
held_messages_add(struct held_messages *h, const struct piece *p, int ntags)
{
	struct held_message *m =
	    h->n > 0 && !h->at[h->n - 1].over ? &h->at[h->n - 1] : begin(h, p, ntags);

	text_addn(&m->bytes, p->bytes, p->n);
	m->over = p->over;
	m->before = p->before;
	m->place = p->place;
	if (!m->over)
		return;
	h->bytes += m->bytes.len;
	h->lines += count_lines(&m->bytes);
}

static void
message_done(struct held_message *m)
{
	text_done(&m->bytes);
	text_done(&m->tags);
	free(m->ends);
}

void
held_messages_drop_last(struct held_messages *h)
{
	struct held_message *m = &h->at[--h->n];

	h->bytes -= m->bytes.len;
	h->lines -= count_lines(&m->bytes);
	message_done(m);
}

void
held_messages_text(const struct held_messages *h, size_t room, struct text *out)
{
	for (int i = 0; i < h->n && h->at[i].over; i++) {
		const struct text *bytes = &h->at[i].bytes;

		if (i > 0 && out->len + bytes->len + 1 > room)
			break;
		text_addn(out, text_get(bytes), bytes->len);
		if (bytes->len > 0 && bytes->s[bytes->len - 1] != '\n')
			text_addc(out, '\n');
	}
}

bool
held_messages_give(struct held_messages *h, struct piece *p)
{
	const struct held_message *m;
	size_t from = 0;

	if (h->given == h->n) {
		held_messages_done(h);
		return false;
	}
	m = &h->at[h->given++];
	h->tags = memory_grow(h->tags, (size_t)h->ntags, sizeof *h->tags);
	for (int i = 0; i < h->ntags; from = m->ends[i++])
		h->tags[i] = (struct field){ text_get(&m->tags) + from, m->ends[i] - from };
	*p = (struct piece){ m->lane, h->tags, text_get(&m->bytes), m->bytes.len, m->over,
		m->before, m->place };
	return true;
}

void
held_messages_done(struct held_messages *h)
{
	for (int i = 0; i < h->n; i++)
		message_done(&h->at[i]);
	free(h->at);
	free(h->tags);
	*h = (struct held_messages){ 0 };
}
