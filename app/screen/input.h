/* input.h - what the terminal sends, as keys: bytes in, however they are cut, keys out. */
#ifndef WEIR_INPUT_H
#define WEIR_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum input_code { /* above all characters */
	INPUT_UP = 0x110000,
	INPUT_DOWN,
	INPUT_LEFT,
	INPUT_RIGHT,
	INPUT_HOME,
	INPUT_END,
	INPUT_PAGE_UP,
	INPUT_PAGE_DOWN,
	INPUT_INSERT,
	INPUT_DELETE,
	INPUT_ENTER,
	INPUT_TAB,
	INPUT_ESCAPE,
	INPUT_BACKSPACE,
	INPUT_CLICK,
	INPUT_WHEEL_UP,
	INPUT_WHEEL_DOWN,
	/* answers of the terminal, which screen.c keeps to itself */
	INPUT_SYNC,
	INPUT_BACKGROUND,
	INPUT_ATTRIBUTES
};

struct input {
	uint32_t code;         /* a character as typed, or an input_code */
	bool ctrl, alt, shift; /* ^R is 'r' with ctrl; Shift-Tab is INPUT_TAB with shift */
	bool pasted;           /* text for a prompt: no key, whatever it says */
	int x, y;              /* the cell, from 0, of a click or wheel */
	uint32_t value;        /* of an answer */
};

enum { INPUT_ESCAPE_MS = 30 }; /* an escape alone for so long is the key */

struct input_decoder {  /* zeroed to start with */
	char bytes[64]; /* of a sequence that is not complete */
	size_t len;
	bool pasting;  /* inside a bracketed paste */
	bool skipping; /* the sequence is too long to be kept: its end is waited for */
};

/* Takes one byte; true: *in is a key. Call input_flush() after INPUT_ESCAPE_MS without bytes while
 * input_pending(): an escape that nothing follows is a key. */
bool input_byte(struct input_decoder *, char byte, struct input *in);
bool input_flush(struct input_decoder *, struct input *in);
bool input_pending(const struct input_decoder *);

#endif
