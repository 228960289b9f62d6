/* spawner_parts.h - what the two ends of the spawner's socket say; nobody else includes it.
 *
 * spawner.c          the end that asks, on a loop
 * spawner_process.c  the process that starts, ends and waits for programs
 *
 * Messages keep their bounds (SOCK_SEQPACKET), and both ends are the same program. */
#ifndef WEIR_SPAWNER_PARTS_H
#define WEIR_SPAWNER_PARTS_H

#include <stdint.h>

enum { SPAWNER_BYTES = 1 << 16, SPAWNER_WORDS = 1024 }; /* of one message */

enum spawner_verb { SPAWNER_START, SPAWNER_SIGNAL };

struct spawner_request { /* SPAWNER_START: its words, then what is added to the environment follow,
			    each with its NUL; and a descriptor for each that is given */
	uint32_t verb, child;
	int32_t signum; /* SPAWNER_SIGNAL */
	uint32_t argc, envc;
	uint32_t given; /* bit i: descriptor i of the child comes with it */
};

struct spawner_answer { /* the child has ended, or could not be started */
	uint32_t child;
	int32_t error, status; /* as in struct child_end */
};

/* In the forked process: until the other end closes. Never returns. */
_Noreturn void spawner_process(int socket);

#endif
