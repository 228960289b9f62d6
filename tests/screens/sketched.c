/* sketched.c - the sketch in a terminal: started, looked at, and left. */
#include "tests/screens/sketched.h"

#include <string.h>
#include <unistd.h>

#include "tests/screens/sketch.h"
#include "tests/support.h"

enum { ARGS = 8 };

const char *
sketch_path(void)
{
	static char path[4096];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);

	ck_assert(n > 0);
	path[n] = '\0';
	return path;
}

struct terminal *
sketch_start(int w, int h, const char *const *env, const char *const *options)
{
	const char *argv[ARGS + 3] = { sketch_path(), "--sketch" };

	for (int i = 0; options && options[i] && i < ARGS; i++)
		argv[i + 2] = options[i];
	return terminal_start(w, h, env, argv);
}

struct terminal *
sketch_start_plain(int w, int h)
{
	return sketch_start(w, h, NULL, NULL);
}

bool
terminal_wrote(const struct terminal *t, const char *what)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);

	return memmem(bytes, n, what, strlen(what)) != NULL;
}

static bool
has_written(struct terminal *t, const void *what)
{
	return terminal_wrote(t, what);
}

bool
terminal_writes(struct terminal *t, const char *what)
{
	return terminal_wait(t, has_written, what, TERMINAL_LIMIT);
}

/* Everything it terminal_wrote is harmless, and it left the terminal as it found it. */
void
sketch_left(struct terminal *t)
{
	size_t n;
	const char *bytes = terminal_bytes(t, &n);

	ck_assert_msg(bytes_harmful(bytes, n) == NULL, "%s", bytes_harmful(bytes, n));
	ck_assert(terminal_sane(t));
	ck_assert(!terminal_alternate(t));
	ck_assert(terminal_cursor(t));
	if (terminal_wrote(t, "\033[?1000h"))
		ck_assert(terminal_wrote(t, "\033[?1000l"));
	if (terminal_wrote(t, "\033[?2004h"))
		ck_assert(terminal_wrote(t, "\033[?2004l"));
}

void
sketch_quit(struct terminal *t)
{
	terminal_type(t, "q");
	ck_assert_int_eq(terminal_exit(t, TERMINAL_LIMIT), 0);
	sketch_left(t);
	terminal_free(t);
}
int
sketch_suite(int argc, char **argv, const char *name, const TTest *const *tests, size_t n)
{
	Suite *suite;
	TCase *all;

	if (argc > 1 && strcmp(argv[1], "--sketch") == 0)
		return sketch_main(argc - 1, argv + 1);
	suite = suite_create(name);
	all = tcase_create("all");
	tcase_set_timeout(all, 120);
	for (size_t i = 0; i < n; i++)
		tcase_add_test(all, tests[i]);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
