/* program.c - weir itself in a terminal: started, looked at, and left. */
#include "tests/screens/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/support.h"

/* build/weir belongs to build/tests/screens/test_program. */
const char *
program_path(void)
{
	static char path[PATH];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 16);

	ck_assert(n > 0);
	path[n] = '\0';
	for (int i = 0; i < 3; i++)
		*strrchr(path, '/') = '\0';
	strcat(path, "/weir");
	return path;
}

const char *
program_seed(void)
{
	return WEIR_SETS "/reactor-15.csv";
}

struct terminal *
program_start(int w, int h, const char *const *options)
{
	const char *argv[ARGS + 2] = { program_path() };

	for (int i = 0; options[i] != NULL; i++) {
		ck_assert(i < ARGS);
		argv[i + 1] = options[i];
	}
	return terminal_start(w, h, NULL, argv);
}

void
program_pass(struct terminal *t, int ms)
{
	terminal_wait(t, terminal_never, NULL, ms);
}

void
program_rest(struct terminal *t)
{
	size_t before, after;

	do {
		ck_assert(terminal_wait_asleep(t));
		terminal_bytes(t, &before);
		program_pass(t, 20);
		terminal_bytes(t, &after);
	} while (after > before);
}

void
program_left(struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);

	ck_assert_msg(bytes_harmful(bytes, n) == NULL, "%s", bytes_harmful(bytes, n));
	ck_assert(terminal_sane(t) && !terminal_alternate(t) && terminal_cursor(t));
}

void
program_quit(struct terminal *t)
{
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	program_left(t);
	terminal_free(t);
}

const char *
folder_new(char *dir)
{
	strcpy(dir, "/tmp/weir-program-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	return dir;
}

void
folder_remove(const char *dir)
{
	char command[PATH];

	snprintf(command, sizeof command, "rm -r '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

long
program_row(struct terminal *t)
{
	const char *at = strstr(terminal_row(t, 0), "row ");
	long row = 0;

	for (at = at != NULL ? at + 4 : ""; (*at >= '0' && *at <= '9') || *at == ','; at++)
		row = *at == ',' ? row : row * 10 + (*at - '0');
	return row;
}

bool
program_is_past(struct terminal *t, const void *row)
{
	return program_row(t) > *(const long *)row;
}

void
program_stall(struct terminal *t, double seconds)
{
	double end = terminal_cpu(t) + seconds;

	for (int i = 0; terminal_cpu(t) < end; i++) {
		ck_assert_msg(i < TERMINAL_LIMIT / 20, "it does not go on");
		usleep(20000);
	}
}
