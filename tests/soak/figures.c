/* figures.c - what is measured of a program that runs for long: memory, descriptors, gaps. */
#include "tests/soak/figures.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
gaps_add(struct gaps *g, int ms)
{
	g->of[ms < GAP_MOST ? ms : GAP_MOST]++;
	g->n++;
}

int
gaps_share(const struct gaps *g, double share)
{
	size_t below = 0;

	for (int ms = 0; ms <= GAP_MOST; ms++) {
		below += g->of[ms];
		if (below > 0 && (double)below >= share * (double)g->n)
			return ms;
	}
	return 0;
}

long
process_memory(pid_t pid)
{
	char path[64], line[256];
	long kb = -1;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file != NULL && kb < 0 && fgets(line, sizeof line, file) != NULL)
		if (sscanf(line, "VmRSS: %ld", &kb) != 1)
			kb = -1;
	if (file != NULL)
		fclose(file);
	return kb;
}

double
process_cpu(pid_t pid)
{
	unsigned long user = 0, system = 0;
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file != NULL &&
	    fscanf(file, "%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
		&system) != 2)
		user = system = 0;
	if (file != NULL)
		fclose(file);
	return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

int
process_files(pid_t pid)
{
	char path[64];
	int n = 0;
	DIR *dir;

	snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
	dir = opendir(path);
	while (dir != NULL && readdir(dir) != NULL)
		n++;
	if (dir != NULL)
		closedir(dir);
	return n - 2; /* . and .. */
}

uint64_t
summary_number(const char *path, const char *name)
{
	char *line = NULL, key[64];
	const char *at;
	uint64_t v = 0;
	size_t cap = 0;
	FILE *file = fopen(path, "r");

	snprintf(key, sizeof key, "\"%s\":", name);
	while (file != NULL && getline(&line, &cap, file) > 0)
		if (strstr(line, "\"type\":\"summary\"") != NULL &&
		    (at = strstr(line, key)) != NULL)
			v = strtoull(at + strlen(key), NULL, 10);
	if (file != NULL)
		fclose(file);
	free(line);
	return v;
}

int
lines_with(const char *path, const char *text)
{
	char *line = NULL;
	size_t cap = 0;
	FILE *file = fopen(path, "r");
	int n = 0;

	while (file != NULL && getline(&line, &cap, file) > 0)
		n += strstr(line, text) != NULL;
	if (file != NULL)
		fclose(file);
	free(line);
	return n;
}
