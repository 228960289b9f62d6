/* config_files.c - dashboard files in a folder of a test's own. */
#include "tests/config_files.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support.h"

char config_folder[64];

void
config_files_set_up(void)
{
	snprintf(config_folder, sizeof config_folder, "/tmp/weir-config-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(config_folder));
}

void
config_files_tear_down(void)
{
	struct text command = { 0 };

	text_addf(&command, "rm -rf '%s'", config_folder);
	ck_assert_int_eq(system(command.s), 0);
	text_done(&command);
}

const char *
config_file_path(const char *name)
{
	static char path[128];

	snprintf(path, sizeof path, "%s/%s", config_folder, name);
	return path;
}

void
config_file_write(const char *name, const char *bytes, size_t n)
{
	FILE *f = fopen(config_file_path(name), "w");

	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	ck_assert_int_eq(fclose(f), 0);
}

int
config_file_load(struct config *c, const char *text, struct error *err)
{
	config_file_write("d.yaml", text, strlen(text));
	return config_load(c, config_file_path("d.yaml"), err);
}

void
config_file_load_right(struct config *c, const char *text)
{
	struct error err;

	ck_assert_msg(config_file_load(c, text, &err) == 0, "%s", err.text);
}
