/* main.c - which of its jobs the program was asked for. */
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

#include "app/options/args.h"
#include "app/about/check.h"
#include "app/config/report.h"
#include "app/about/demo.h"
#include "app/run/demo_menu.h"
#include "app/run/backtest.h"
#include "app/about/export.h"
#include "app/run/run_headless.h"
#include "app/about/list.h"
#include "app/about/manual.h"
#include "app/run/run_screen.h"
#include "data/base/error.h"
#include "data/base/params/suggest.h"
#include "data/base/text.h"

enum { LARGE_BUFFER = 1 << 18 };

enum { DEMOS_MOST = 100 };

/* Wrong usage; the status. */
static int
refuse(const struct error *err, const struct config *config)
{
	report(err, config);
	return 2;
}

static int
print(FILE *file, struct text *text, int status)
{
	struct error err;

	if (fputs(text_get(text), file) == EOF || fflush(file) == EOF) {
		error_set(&err, "standard output: %s (write it elsewhere)",
		    errno == EBADF ? "is closed" : strerror(errno));
		report(&err, NULL);
		status = 1;
	}
	text_done(text);
	return status;
}

static int
run_list(int argc, char **argv)
{
	struct text text = { 0 };
	struct error err;
	int status;

	if (argc == 4 && strcmp(argv[2], "ops") == 0)
		status = list_op(argv[3], &text, &err);
	else if (argc > 3)
		status = error_set(&err, "list: one list at a time (weir list %s)", argv[2]);
	else
		status = list_print(argc > 2 ? argv[2] : NULL, &text, &err);
	if (status != 0)
		return refuse(&err, NULL);
	return print(stdout, &text, 0);
}

static int run_demo(int argc, char **argv);

/* `weir backtest FILE OPTION...` takes the options of `weir FILE OPTION...`. */
static int
run_backtest(int argc, char **argv)
{
	struct text table = { 0 };
	struct error err;
	struct args args;
	int status;

	if (args_parse(&args, argc - 1, argv + 1, &err) != 0)
		status = refuse(&err, NULL);
	else
		status = backtest(
		    &args, !args.headless && args.out == NULL && isatty(STDOUT_FILENO), &table);
	args_done(&args);
	return print(stdout, &table, status);
}

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "backtest", run_backtest },
	{ "check", check_run },
	{ "demo", run_demo },
	{ "export", export_run },
	{ "list", run_list },
};

static int
run_sources(struct args *args, const struct config *config)
{
	static const char *standard_input = "-";
	struct text usage = { 0 };

	if (args->sources.n == 0 && config->nsources == 0 && isatty(STDIN_FILENO)) {
		args_usage(&usage);
		return print(stderr, &usage, 2);
	}
	if (args->sources.n == 0 && config->nsources == 0) {
		args->sources.s = memory_new(1, sizeof(const char *));
		args->sources.s[args->sources.n++] = standard_input;
	}
	return args->headless ? run_headless(args, config) : run_screen(args, config, NULL);
}

static int
run_config(struct args *args)
{
	struct config config = { 0 };
	struct error err;
	int status;

	if (args->config != NULL && config_load(&config, args->config, &err) != 0)
		status = refuse(&err, &config);
	else
		status = run_sources(args, &config);
	config_done(&config);
	return status;
}

/* A first word that is no file is a command with a slip in it, where it is near enough to one. */
static int
check_first_word(const struct args *args, int argc, char **argv, struct error *err)
{
	struct suggestion near = { 0 };
	const char *word = argc > 1 ? argv[1] : "-";

	if (word[0] == '-' || args->follow || strpbrk(word, ":=./*?[") != NULL ||
	    access(word, F_OK) == 0)
		return 0;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		suggest(&near, word, commands[i].name);
	if (strcmp(word, "help") == 0)
		near.word = "--help";
	if (near.word == NULL)
		return 0;
	return error_set(
	    err, "%s: neither a file nor a command (did you mean weir %s?)", word, near.word);
}

static int
run(int argc, char **argv)
{
	struct text text = { 0 };
	struct error err;
	struct args args;
	int status;

	if (args_parse(&args, argc, argv, &err) != 0 ||
	    check_first_word(&args, argc, argv, &err) != 0) {
		status = refuse(&err, NULL);
	} else if (args.help) {
		args_help(&text);
		status = print(stdout, &text, 0);
	} else if (args.manual) {
		manual_print(&text);
		status = print(stdout, &text, 0);
	} else if (args.version) {
		text_add(&text, "weir " WEIR_VERSION "\n");
		status = print(stdout, &text, 0);
	} else if (args.default_config) {
		config_example(&text);
		status = print(stdout, &text, 0);
	} else {
		status = run_config(&args);
	}
	args_done(&args);
	return status;
}

/* `weir demo NAME OPTION...` is `weir -c FILE OPTION...`. */
static int
open_demo(const char *name, int argc, char **argv)
{
	struct error err;
	char *path = demo_find(name, &err), **words;
	int status;

	if (path == NULL)
		return refuse(&err, NULL);
	words = memory_new((size_t)argc + 4, sizeof *words);
	words[0] = words[1] = (char[]){ "-c" };
	words[2] = path;
	memcpy(words + 3, argv, (size_t)(argc + 1) * sizeof *words);
	status = run(argc + 3, words);
	free(words);
	free(path);
	return status;
}

/* The lines of the list as entries of the menu; they point into it. Returns how many. */
static int
read_entries(char *list, struct demo_entry *entries, int most)
{
	struct error err;
	int n = 0;

	for (char *line = strtok(list, "\n"); line != NULL && n < most; line = strtok(NULL, "\n")) {
		size_t name = strcspn(line, " "), about = name + strspn(line + name, " ");

		entries[n].about = line + about;
		line[name] = '\0';
		entries[n].name = line;
		entries[n].path = demo_find(line, &err);
		n += entries[n].path != NULL;
	}
	return n;
}

/* On a terminal the demos are a menu, which takes the options of the screen; where there is none,
 * MENU_NO_SCREEN. */
static int
choose_demo(const struct demo_entry *entries, int n, int argc, char **argv)
{
	struct args args;
	struct error err;
	int chosen;

	if (args_parse(&args, argc, argv, &err) != 0) {
		args_done(&args);
		return refuse(&err, NULL);
	}
	chosen = demo_menu_run(entries, n, &args, &err);
	args_done(&args);
	if (chosen >= 0)
		return open_demo(entries[chosen].name, argc - 1, argv + 1);
	return chosen == MENU_LEFT ? 0 : chosen == MENU_NO_SCREEN ? chosen : -chosen;
}

static int
show_demos(int argc, char **argv)
{
	struct demo_entry entries[DEMOS_MOST];
	struct text list = { 0 }, lines = { 0 };
	struct error err;
	int n, status = MENU_NO_SCREEN;

	if (demo_list(&list, &err) != 0)
		return refuse(&err, NULL);
	if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO)) {
		text_add(&lines, text_get(&list));
		n = read_entries(lines.s, entries, DEMOS_MOST);
		status = choose_demo(entries, n, argc, argv);
		for (int i = 0; i < n; i++)
			free(entries[i].path);
		text_done(&lines);
	}
	if (status == MENU_NO_SCREEN)
		return print(stdout, &list, 0);
	text_done(&list);
	return status;
}

static int
run_demo(int argc, char **argv)
{
	if (argc < 3 || argv[2][0] == '-')
		return show_demos(argc - 1, argv + 1);
	return open_demo(argv[2], argc - 3, argv + 3);
}

/* A standard descriptor that came closed would be given to the next file opened, and what is meant
 * for a terminal written into it. Each is filled so that its use fails: standard input write-only,
 * the others read-only. What is written to nobody is lost, and that is told. */
static void
fill_descriptors(void)
{
	for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 && /* those below are open: it is the next given */
		    open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
			return;
}

/* The loop's library ends with a dump where it finds no memory; so it asks as we do, and that is
 * said. */
static void *
loop_malloc(size_t n)
{
	return memory_new(n > 0 ? n : 1, 1);
}

static void *
loop_realloc(void *p, size_t n)
{
	return memory_grow(p, n > 0 ? n : 1, 1);
}

static void *
loop_calloc(size_t n, size_t size)
{
	return memory_zero(n, size);
}

/* Large buffers come and go (checkpoints, what is kept to go back, rows to be written). Each is
 * given back when it is freed; by itself the allocator would move its limit up and keep the holes.
 */
static void
keep_memory_whole(void)
{
#ifdef M_MMAP_THRESHOLD
	mallopt(M_MMAP_THRESHOLD, LARGE_BUFFER);
#endif
}

/* `weir check --help`: the same text, whatever it is asked of. */
static bool
asks_for_help(int argc, char **argv)
{
	return argc == 3 && (strcmp(argv[2], "--help") == 0 || strcmp(argv[2], "-h") == 0);
}

int
main(int argc, char **argv)
{
	keep_memory_whole();
	uv_replace_allocator(loop_malloc, loop_realloc, loop_calloc, free);
	fill_descriptors();
	setlocale(LC_CTYPE, ""); /* how wide characters are; numbers stay as they are in C */
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (argc > 1 && strcmp(argv[1], commands[i].name) == 0)
			return asks_for_help(argc, argv) ? run(argc - 1, argv + 1)
							 : commands[i].run(argc, argv);
	return run(argc, argv);
}
