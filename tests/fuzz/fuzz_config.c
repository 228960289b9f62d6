/* fuzz_config.c - any bytes as a dashboard file: it is read, or its mistakes are told with their
 * places; never a crash. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/config/config.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* What libfyaml keeps of a file that it cannot read is its own. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfyaml";
}
int LLVMFuzzerInitialize(int *argc, char ***argv);

static char path[64];

static void
clean_up(void)
{
	unlink(path);
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc, (void)argv;
	snprintf(path, sizeof path, "/tmp/weir-fuzz-%d.yaml", (int)getpid());
	atexit(clean_up);
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct config config = { 0 };
	struct error err = { 0 };
	FILE *file = fopen(path, "w");

	if (file == NULL || fwrite(data, 1, size, file) != size)
		abort();
	fclose(file);
	if (config_load(&config, path, &err) != 0 && err.text[0] == '\0')
		abort();
	config_done(&config);
	return 0;
}
