/* once.c - each file of a corpus once through a fuzz target, where there is no fuzzer.
 *
 * usage: fuzz_NAME [FOLDER] - tests/fuzz/corpus/fuzz_NAME; prints how many there were. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

enum { MOST = 1 << 16 };

static int
run_file(const char *folder, const char *name)
{
	static uint8_t bytes[MOST];
	char path[4500];
	FILE *file;
	size_t n;

	if (name[0] == '.')
		return 0;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	n = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	fprintf(stderr, "%s\n", path); /* the last one is the one that failed */
	LLVMFuzzerTestOneInput(bytes, n);
	return 1;
}

int
main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const struct dirent *entry;
	char path[4200];
	DIR *folder;
	int n = 0;

	snprintf(path, sizeof path, "tests/fuzz/corpus/%s", slash != NULL ? slash + 1 : argv[0]);
	if (argc == 2)
		snprintf(path, sizeof path, "%s", argv[1]);
	folder = opendir(path);
	if (folder == NULL) {
		fprintf(stderr, "%s: cannot be read\n", path);
		return 2;
	}
	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	while ((entry = readdir(folder)) != NULL)
		n += run_file(path, entry->d_name);
	closedir(folder);
	printf("100%%: Checks: %d\n", n);
	return n > 0 ? 0 : 1;
}
