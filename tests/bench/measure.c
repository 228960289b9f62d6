/* measure.c - runs a command and prints its CPU seconds and its largest memory in kB.
 *
 * usage: measure COMMAND... - the command's standard output goes to /dev/null. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static double
seconds(struct timeval t)
{
	return (double)t.tv_sec + (double)t.tv_usec * 1e-6;
}

int
main(int argc, char **argv)
{
	struct rusage use;
	int status = 1;
	pid_t child;

	if (argc < 2)
		return 2;
	child = fork();
	if (child == 0) {
		int sink = open("/dev/null", O_WRONLY);

		dup2(sink, STDOUT_FILENO);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &use) < 0)
		return 1;
	printf("%.4f %ld\n", seconds(use.ru_utime) + seconds(use.ru_stime), use.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
