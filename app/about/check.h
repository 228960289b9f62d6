/* check.h - `weir check FILE`: is this dashboard right, with the columns of its sources? What is no
 * dashboard is a recording. */
#ifndef WEIR_CHECK_H
#define WEIR_CHECK_H

#include "app/config/config.h"

/* The command: one line when all is right, else the error; returns the exit status. */
int check_run(int argc, char **argv);

#endif
