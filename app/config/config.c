/* config.c - a dashboard file: found, read and checked. */
#include "app/config/config.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/config/config_parts.h"
#include "data/expr/expr.h"

enum { BYTES_MAX = 1 << 20 };

/* --- finding and reading ---------------------------------------------------------------------- */

static bool
is_path(const char *name)
{
	const char *dot = strrchr(name, '.');

	return strchr(name, '/') != NULL ||
	       (dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0));
}

/* Where a NAME is looked for: the user's own first. */
static char *
find_file(const char *name, struct error *err)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	struct text own = { 0 }, installed = { 0 };

	if (is_path(name))
		return memory_text(name, strlen(name));
	if (xdg != NULL && xdg[0] == '/')
		text_addf(&own, "%s/weir/%s.yaml", xdg, name);
	else
		text_addf(&own, "%s/.config/weir/%s.yaml", home != NULL ? home : "", name);
	if (access(own.s, F_OK) == 0)
		return own.s;
	text_addf(&installed, WEIR_SETS "/demos/%s.yaml", name);
	if (access(installed.s, F_OK) == 0) {
		text_done(&own);
		return installed.s;
	}
	error_set(err,
	    "%s: no dashboard of this name (expected %s or %s, or a path such as ./%s.yaml)", name,
	    own.s, installed.s, name);
	text_done(&own);
	text_done(&installed);
	return NULL;
}

static int
read_all(struct config *c, int fd, struct error *err)
{
	ssize_t n;

	c->bytes = memory_new(BYTES_MAX + 2, 1);
	while (
	    c->len <= BYTES_MAX && (n = read(fd, c->bytes + c->len, BYTES_MAX + 1 - c->len)) != 0) {
		if (n > 0)
			c->len += (size_t)n;
		else if (errno != EINTR)
			return error_set(
			    err, "%s: %s (expected a dashboard file)", c->path, strerror(errno));
	}
	c->bytes[c->len] = '\0';
	if (c->len > BYTES_MAX)
		return error_set(err, "%s: more than 1 MiB (expected a dashboard file)", c->path);
	return 0;
}

/* again: a pipe, or a terminal, was read when weir began; nothing waits for it while rows go. */
static int
read_file(struct config *c, bool again, struct error *err)
{
	int fd = open(c->path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (again ? O_NONBLOCK : 0)), status;
	struct stat at;

	if (fd < 0)
		return error_set(
		    err, "%s: %s (expected a dashboard file)", c->path, strerror(errno));
	if (again && (fstat(fd, &at) != 0 || !S_ISREG(at.st_mode)))
		status = error_set(
		    err, "%s: is no file (only files are read again: restart to use it)", c->path);
	else
		status = read_all(c, fd, err);
	close(fd);
	return status;
}

/* --- checks over the whole file --------------------------------------------------------------- */

static int
take_number(double *whole, double said, const char *key, const struct config_source *s,
    const struct yaml_report *r)
{
	if (said == 0 || said == *whole)
		return 0;
	if (*whole != 0)
		return yaml_wrong(r, s->at,
		    "another '%s' than that of a source above (expected one: "
		    "sources are replayed together)",
		    key);
	*whole = said;
	return 0;
}

static int
take_text(const char **whole, const char *said, const char *key, const struct config_source *s,
    const struct yaml_report *r)
{
	if (said == NULL || (*whole != NULL && strcmp(said, *whole) == 0))
		return 0;
	if (*whole != NULL)
		return yaml_wrong(r, s->at,
		    "another '%s' than that of a source above (expected one: "
		    "sources are replayed together)",
		    key);
	*whole = said;
	return 0;
}

/* The replay is one for all sources. */
static int
settle_replay(struct config *c, const struct yaml_report *r)
{
	for (int i = 0; i < c->nsources; i++) {
		const struct config_source *s = &c->sources[i];

		if (take_number(&c->rate, s->rate, "rate", s, r) != 0 ||
		    take_number(&c->speed, s->speed, "speed", s, r) != 0 ||
		    take_text(&c->start, s->start.s, "start", s, r) != 0 ||
		    take_text(&c->stop, s->stop.s, "stop", s, r) != 0)
			return -1;
		if (c->rate != 0 && c->speed != 0)
			return yaml_wrong(r, s->at,
			    "a rate at one source and a speed at another "
			    "(expected one of them: sources are replayed together)");
		c->loop = c->loop || s->loop;
	}
	return 0;
}

static int
check_notes(const struct config *c, const struct yaml_report *r)
{
	for (int i = 1; i < c->nnotes; i++)
		if (c->notes[i].row > 0 && c->notes[i].row <= c->notes[i - 1].row)
			return yaml_wrong(r, c->notes[i].at,
			    "a note at row %d below one at row %d "
			    "(expected rows that rise)",
			    c->notes[i].row, c->notes[i - 1].row);
	return 0;
}

static int
check_panes(const struct config *c, const struct yaml_report *r)
{
	int n = 0;

	for (int i = 0; i < c->nlayout; i++)
		if ((n += c->layout[i].npanes) > CONFIG_PANES_MAX)
			return yaml_wrong(r, c->layout[i].at, "more than %d panes (expected fewer)",
			    CONFIG_PANES_MAX);
	return 0;
}

static int
check_whole(struct config *c, const struct yaml_report *r)
{
	int status = settle_replay(c, r);

	if (status == 0 || r->all != NULL)
		status = check_notes(c, r) != 0 ? -1 : status;
	if (status == 0 || r->all != NULL)
		status = check_panes(c, r) != 0 ? -1 : status;
	return status;
}

/* Where weir was installed nobody writes: what its own dashboards append goes where it was started.
 */
static bool
is_own(const char *folder)
{
	struct stat there, own;

	return stat(*folder != '\0' ? folder : ".", &there) == 0 &&
	       stat(WEIR_SETS "/demos", &own) == 0 && there.st_dev == own.st_dev &&
	       there.st_ino == own.st_ino;
}

static int
fill(struct config *c, const struct yaml_report *r)
{
	struct yaml *root = yaml_parse(r);
	const char *slash = strrchr(c->path, '/');
	char *folder = memory_text(c->path, slash != NULL ? (size_t)(slash - c->path) + 1 : 0);
	struct loading loading = { r, folder, is_own(folder) ? "" : folder };
	int status = -1;

	if (root != NULL)
		status = table_fill(&config_table, c, root, &loading);
	if (root != NULL && (status == 0 || r->all != NULL))
		status = check_whole(c, r) != 0 ? -1 : status;
	free(folder);
	yaml_free(root);
	return status;
}

int
config_load(struct config *c, const char *name, struct error *err)
{
	*c = (struct config){ .path = find_file(name, err) };
	if (c->path == NULL || read_file(c, false, err) != 0)
		return -1;
	return fill(c, &(struct yaml_report){ c->path, c->bytes, c->len, err, NULL });
}

int
config_load_again(struct config *c, const char *name, struct error *err)
{
	*c = (struct config){ .path = find_file(name, err) };
	if (c->path == NULL || read_file(c, true, err) != 0)
		return -1;
	return fill(c, &(struct yaml_report){ c->path, c->bytes, c->len, err, NULL });
}

int
config_load_all(struct config *c, const char *name, struct errors *errors)
{
	struct error err = { 0 };

	*c = (struct config){ .path = find_file(name, &err) };
	if (c->path == NULL || read_file(c, false, &err) != 0) {
		errors_add(errors, &err);
		return -1;
	}
	return fill(c, &(struct yaml_report){ c->path, c->bytes, c->len, &err, errors });
}

void
config_done(struct config *c)
{
	table_done(&config_table, c);
	free(c->path);
	free(c->bytes);
	*c = (struct config){ 0 };
}

void
config_free(struct config *c)
{
	if (c == NULL)
		return;
	config_done(c);
	free(c);
}

/* --- how things are shown --------------------------------------------------------------------- */

const struct config_column *
config_column(const struct config *c, const char *name)
{
	for (int i = 0; i < c->ncolumns; i++)
		if (strcmp(c->columns[i].name, name) == 0)
			return &c->columns[i];
	return NULL;
}

const char *
config_unit(const struct config *c, const char *name)
{
	const struct config_column *column = config_column(c, name);

	if (column != NULL && column->unit != NULL)
		return column->unit;
	for (int i = 0; i < c->nderive; i++)
		if (strcmp(c->derive[i].name, name) == 0)
			return c->derive[i].unit;
	for (int i = 0; i < c->nkpis; i++)
		if (strcmp(c->kpis[i].name != NULL ? c->kpis[i].name : c->kpis[i].expr.s, name) ==
		    0)
			return c->kpis[i].unit;
	return NULL;
}
