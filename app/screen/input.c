/* input.c - what the terminal sends, as keys: bytes in, however they are cut, keys out.
 *
 * Sequences are those of ECMA-48 (CSI, SS3, OSC) as xterm and its kin send them. Whatever is not
 * known is passed over as a whole: a function key must never act as the letters that it is made of.
 * Invariant: bytes[0 .. len) is empty, the start of a UTF-8 character, or ESC and what follows it.
 */
#include "app/screen/input.h"

#include <stdlib.h>
#include <string.h>

#include "widgets/draw/runes.h"

enum { ESC = 0x1b, DEL = 0x7f, BEL = 0x07 };
enum { PARAMS = 3 };

struct code_of {
	int number;
	uint32_t code;
};

static const struct code_of letters[] = {
	{ 'A', INPUT_UP },
	{ 'B', INPUT_DOWN },
	{ 'C', INPUT_RIGHT },
	{ 'D', INPUT_LEFT },
	{ 'H', INPUT_HOME },
	{ 'F', INPUT_END },
	{ 'Z', INPUT_TAB },
	{ 'M', INPUT_ENTER },
	{ 0, 0 },
};

static const struct code_of tildes[] = {
	{ 1, INPUT_HOME },
	{ 2, INPUT_INSERT },
	{ 3, INPUT_DELETE },
	{ 4, INPUT_END },
	{ 5, INPUT_PAGE_UP },
	{ 6, INPUT_PAGE_DOWN },
	{ 7, INPUT_HOME },
	{ 8, INPUT_END },
	{ 0, 0 },
};

static bool
find(const struct code_of *table, int number, struct input *in)
{
	for (; table->number; table++) {
		if (table->number == number) {
			in->code = table->code;
			return true;
		}
	}
	return false;
}

/* A character that came alone, or after ESC. */
static bool
plain(unsigned char byte, struct input *in)
{
	if (byte == '\r' || byte == '\n')
		in->code = INPUT_ENTER;
	else if (byte == '\t')
		in->code = INPUT_TAB;
	else if (byte == DEL || byte == '\b')
		in->code = INPUT_BACKSPACE;
	else if (byte == ESC)
		in->code = INPUT_ESCAPE;
	else if (byte < ' ') {
		in->code = byte == 0 ? ' ' : byte <= 26 ? byte + 'a' - 1U : byte + '@' + 0U;
		in->ctrl = true;
	} else
		in->code = byte;
	return true;
}

static void
modifiers(int param, struct input *in)
{
	int flags = param > 1 ? param - 1 : 0;

	in->shift = flags & 1;
	in->alt = flags & 2;
	in->ctrl = flags & 4;
}

/* ESC [ < BUTTON ; COLUMN ; LINE M: presses of the left button and the wheel; m is a release. */
static bool
mouse(const int *params, char final, struct input *in)
{
	int button = params[0];

	if (final != 'M' || params[1] < 1 || params[2] < 1)
		return false;
	in->shift = button & 4;
	in->alt = button & 8;
	in->ctrl = button & 16;
	in->x = params[1] - 1;
	in->y = params[2] - 1;
	switch (button & ~(4 | 8 | 16)) {
	case 0:
		in->code = INPUT_CLICK;
		return true;
	case 64:
		in->code = INPUT_WHEEL_UP;
		return true;
	case 65:
		in->code = INPUT_WHEEL_DOWN;
		return true;
	default:
		return false;
	}
}

/* Answers to what screen.c asks: ESC [ ? MODE ; STATE $ y, and ESC [ ? … c. */
static bool
answer(const int *params, char final, struct input *in)
{
	if (final == 'c') {
		in->code = INPUT_ATTRIBUTES;
		return true;
	}
	if (final != 'y' || params[0] != 2026)
		return false;
	in->code = INPUT_SYNC;
	in->value = params[1] == 1 || params[1] == 2;
	return true;
}

static void
read_params(const char *s, int *params)
{
	for (int i = 0; i < PARAMS; i++) {
		for (params[i] = 0; *s >= '0' && *s <= '9'; s++)
			if (params[i] < 100000)
				params[i] = params[i] * 10 + (*s - '0');
		while (*s == ':' || (*s >= '0' && *s <= '9'))
			s++;
		if (*s == ';')
			s++;
	}
}

/* ESC [ … or ESC O …, complete and with a NUL behind. */
static bool
control_sequence(struct input_decoder *d, struct input *in)
{
	char final = d->bytes[d->len - 1], lead = d->bytes[2];
	int params[PARAMS];

	read_params(d->bytes + (lead == '<' || lead == '?' ? 3 : 2), params);
	if (d->bytes[1] == 'O' && params[0] > 0)
		params[1] = params[0]; /* ESC O 5 A: a modifier alone */
	if (lead == '<')
		return mouse(params, final, in);
	if (lead == '?')
		return answer(params, final, in);
	if (lead == '[')
		return false; /* function keys of the Linux console */
	if (final == '~' && (params[0] == 200 || params[0] == 201)) {
		d->pasting = params[0] == 200;
		return false;
	}
	modifiers(params[1], in);
	if (final == 'Z')
		in->shift = true;
	return find(final == '~' ? tildes : letters, final == '~' ? params[0] : final, in);
}

/* ESC ] 11 ; rgb:RRRR/GGGG/BBBB: one to four hexadecimal digits each. */
static bool
background(const char *s, struct input *in)
{
	uint32_t color = 0;

	if (strncmp(s, "11;rgb:", 7) != 0)
		return false;
	s += 7;
	for (int i = 0; i < 3; i++) {
		char *end;
		unsigned long v = strtoul(s, &end, 16);
		long digits = end - s;

		if (digits < 1 || digits > 4)
			return false;
		color = color << 8 | (uint32_t)(v * 255 / ((1UL << (4 * digits)) - 1));
		s = end + (i < 2 && *end == '/');
	}
	in->code = INPUT_BACKGROUND;
	in->value = color;
	return true;
}

/* The whole of d->bytes is a sequence: what does it mean? The buffer is empty afterwards. */
static bool
complete(struct input_decoder *d, struct input *in)
{
	bool known = false;

	if (!d->skipping) {
		d->bytes[d->len] = '\0';
		if (d->bytes[1] == '[' || d->bytes[1] == 'O')
			known = control_sequence(d, in);
		else if (d->bytes[1] == ']')
			known = background(d->bytes + 2, in);
	}
	d->len = 0;
	d->skipping = false;
	in->pasted = d->pasting;
	return known;
}

static void
keep(struct input_decoder *d, char byte)
{
	if (d->len < sizeof d->bytes - 1)
		d->bytes[d->len++] = byte;
	else {
		d->bytes[d->len - 1] = byte; /* only to see its end */
		d->skipping = true;
	}
}

/* After ESC [ or ESC O: parameters, then a final byte. */
static bool
control_byte(struct input_decoder *d, unsigned char byte, struct input *in)
{
	bool console = d->len == 2 && d->bytes[1] == '[' && byte == '[';

	keep(d, (char)byte);
	if (d->bytes[1] == 'O' && byte >= '0' && byte <= '9')
		return false;
	return byte >= '@' && byte <= '~' && !console ? complete(d, in) : false;
}

static bool escape_byte(struct input_decoder *, unsigned char byte, struct input *);

/* After ESC ] and the like: text up to BEL or ESC \. Another escape breaks it off. */
static bool
string_byte(struct input_decoder *d, unsigned char byte, struct input *in)
{
	bool escaped = d->bytes[d->len - 1] == ESC;

	if (byte == BEL || (byte == '\\' && escaped))
		return complete(d, in);
	if (escaped) {
		d->len = 1;
		d->skipping = false;
		return escape_byte(d, byte, in);
	}
	keep(d, (char)byte);
	return false;
}

static bool
escape_byte(struct input_decoder *d, unsigned char byte, struct input *in)
{
	char kind = d->len > 1 ? d->bytes[1] : 0;

	if (kind && strchr("]P_^X", kind))
		return string_byte(d, byte, in);
	if (byte == ESC) { /* the start of another */
		bool key = d->len == 1;

		d->len = 1;
		d->skipping = false;
		return key && plain(ESC, in);
	}
	if (kind && byte >= ' ')
		return control_byte(d, byte, in);
	if (!kind && strchr("[O]P_^X", byte) && byte) {
		keep(d, (char)byte);
		return false;
	}
	in->alt = !kind;
	d->len = 0;
	d->skipping = false;
	return byte < 0x80 && plain(byte, in);
}

/* The bytes that a character starting so has in all. */
static size_t
character_bytes(unsigned char first)
{
	return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
}

static bool
character_byte(struct input_decoder *d, unsigned char byte, struct input *in)
{
	bool more = (byte & 0xc0) == 0x80;

	if (d->len > 0 && !more)
		d->len = 0; /* it was cut off */
	if (byte < 0x80)
		return plain(byte, in);
	if (d->len == 0 && (byte < 0xc2 || byte > 0xf4))
		return false;
	keep(d, (char)byte);
	if (d->len < character_bytes((unsigned char)d->bytes[0]))
		return false;
	rune_read(d->bytes, d->len, &in->code);
	d->len = 0;
	return in->code != RUNE_INVALID;
}

bool
input_byte(struct input_decoder *d, char byte, struct input *in)
{
	unsigned char b = (unsigned char)byte;

	*in = (struct input){ .pasted = d->pasting };
	if (d->len > 0 && d->bytes[0] == ESC)
		return escape_byte(d, b, in);
	if (b == ESC) {
		d->len = 1;
		d->bytes[0] = ESC;
		return false;
	}
	return character_byte(d, b, in);
}

/* ESC, or ESC and one more: keys when nothing follows. A longer sequence is never taken apart, or
 * the end of an answer that comes late would act as keys. */
bool
input_pending(const struct input_decoder *d)
{
	return d->len > 0 && d->len <= 2 && d->bytes[0] == ESC;
}

bool
input_flush(struct input_decoder *d, struct input *in)
{
	char last = d->bytes[d->len ? d->len - 1 : 0];

	*in = (struct input){ .pasted = d->pasting, .alt = d->len == 2 };
	if (!input_pending(d))
		return false;
	d->len = 0;
	return plain((unsigned char)last, in);
}
