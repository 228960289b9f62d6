/* config_files.h - dashboard files in a folder of a test's own. */
#ifndef WEIR_TESTS_CONFIG_FILES_H
#define WEIR_TESTS_CONFIG_FILES_H

#include "app/config/config.h"

extern char config_folder[64];
/* A checked fixture: makes the folder, and removes it with all that is in it. */
void config_files_set_up(void);
void config_files_tear_down(void);
/* The path of a file in it; valid until the next call. */
const char *config_file_path(const char *name);
void config_file_write(const char *name, const char *bytes, size_t n);
/* Loads the text as d.yaml; the second one fails the test where it is wrong. */
int config_file_load(struct config *, const char *text, struct error *);
void config_file_load_right(struct config *, const char *text);

#endif
