/* test_demo.c - every demo is walked to its end with the space bar, note by note. */
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/rig.h"
#include "tests/support.h"

enum { TURNS_MAX = 100000, DEMOS_MAX = 32 };
#define SLICE INT64_C(8000000)

static char *demos[DEMOS_MAX];
static int ndemos;

struct walk {
	struct rig rig; /* its keys and pictures; the engine is the demo's */
	struct config config;
};

static void
walk_open(struct walk *w, const char *path)
{
	struct error err;

	*w = (struct walk){ .rig = { .now = 1, .args = { .rate = INFINITY } } };
	ck_assert_msg(config_load(&w->config, path, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&w->rig.session, &w->rig.args, &w->config, true) == 0, "%s",
	    w->rig.session.err.text);
	w->rig.engine = w->rig.session.engine;
	w->rig.history = w->rig.session.history;
	w->rig.dashboard = dashboard_new(w->rig.engine, w->rig.history, MOTION_SCROLL);
	dashboard_use(w->rig.dashboard, &w->config);
}

static void
walk_close(struct walk *w)
{
	dashboard_free(w->rig.dashboard);
	session_close(&w->rig.session);
	text_done(&w->rig.picture);
	config_done(&w->config);
}

/* Until the replay pauses or ends. */
static void
walk_on(struct walk *w)
{
	struct error err;
	enum engine_state state;
	int64_t wake;

	for (int turns = 0; turns < TURNS_MAX; turns++) {
		state = engine_run(w->rig.engine, SLICE, &wake, &err);
		ck_assert_msg(state != ENGINE_FAILED && state != ENGINE_WRONG, "%s", err.text);
		if (state == ENGINE_END || engine_pacer(w->rig.engine)->paused)
			return;
		/* a program that is steered has to be waited for */
		uv_run(&w->rig.session.uv, state == ENGINE_WAITING ? UV_RUN_ONCE : UV_RUN_NOWAIT);
	}
	ck_abort_msg("neither a pause nor an end");
}

START_TEST(walked_to_its_end)
{
	struct walk w;

	walk_open(&w, demos[_i]);
	ck_assert_int_ge(w.config.nnotes, 3);
	ck_assert_ptr_nonnull(w.config.about);
	for (int i = 0; i < w.config.nnotes; i++) {
		const struct config_note *note = &w.config.notes[i];

		walk_on(&w);
		ck_assert_uint_eq(engine_progress(w.rig.engine, 0).row, (uint64_t)note->row);
		ck_assert_ptr_nonnull(
		    strstr(rig_picture(&w.rig, 120, 36, GLYPHS_BRAILLE), note->title));
		ck_assert_ptr_nonnull(
		    strstr(rig_picture(&w.rig, 80, 24, GLYPHS_ASCII), note->title));
		rig_picture(&w.rig, 40, 10, GLYPHS_BRAILLE);
		rig_picture(&w.rig, 1, 1, GLYPHS_BRAILLE);
		rig_keys(&w.rig, " ");
	}
	walk_close(&w);
}
END_TEST

static void
find_demos(void)
{
	DIR *folder = opendir(WEIR_SETS "/demos");
	struct dirent *entry;

	while (folder != NULL && (entry = readdir(folder)) != NULL && ndemos < DEMOS_MAX) {
		struct text path = { 0 };

		if (strstr(entry->d_name, ".yaml") == NULL)
			continue;
		text_addf(&path, WEIR_SETS "/demos/%s", entry->d_name);
		demos[ndemos++] = path.s;
	}
	if (folder != NULL)
		closedir(folder);
}

int
main(void)
{
	Suite *s = suite_create("demo");
	TCase *t = tcase_create("demos");
	int status;

	find_demos();
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, walked_to_its_end, 0, ndemos > 0 ? ndemos : 1);
	suite_add_tcase(s, t);
	status = support_run(s);
	for (int i = 0; i < ndemos; i++)
		free(demos[i]);
	return status;
}
