/* terminal_parts.h - what the files of the terminal share; nobody else includes it. */
#ifndef WEIR_TESTS_TERMINAL_PARTS_H
#define WEIR_TESTS_TERMINAL_PARTS_H

#include <termios.h>
#include <vterm.h>

#include "data/base/text.h"
#include "tests/screens/terminal.h"

struct terminal {
	/* the slave is kept open, so that its modes can be looked at afterwards */
	int master, slave;
	pid_t pid;
	int status; /* as waitpid() says it, once ended */
	bool ended;
	struct termios modes;
	VTerm *vt;
	VTermScreen *screen;
	bool alternate, cursor;
	struct text bytes, text;
	size_t fed; /* of the bytes, to libvterm */
};

#endif
