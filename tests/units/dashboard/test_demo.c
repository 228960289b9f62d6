/* test_demo.c - every demo is walked to its end with the space bar, note by note, and what its
 * notes claim is checked at their rows: see claims.h. */
#include <dirent.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/about/demo.h"
#include "tests/claims.h"
#include "tests/rig.h"
#include "tests/support.h"

enum { TURNS_MAX = 100000, DEMOS_MAX = 32, DEFAULT_RATE = 10, FIRST_NOTE = 6 /* s */ };
#define SLICE INT64_C(8000000)

static char *demos[DEMOS_MAX]; /* names, in the order of teaching */
static int ndemos;
static char root[PATH_MAX]; /* of the project: each walk has a folder of its own */

struct walk {
	struct rig rig; /* its keys and pictures; the engine is the demo's */
	struct config config;
	struct claims claims;
	struct text *asked; /* of each claim that is an expression: "claim 3: EXPR" */
	const char **kpis;  /* what holds, as -k asks for it; NULL ends */
	char folder[32];
};

static void
ask_claims(struct walk *w)
{
	w->kpis = memory_zero((size_t)w->claims.n + 1, sizeof *w->kpis);
	for (int i = 0; i < w->claims.n; i++) {
		if (w->claims.all[i].kind != CLAIM_HOLDS)
			continue;
		text_addf(&w->asked[i], "claim %d: %s", i, w->claims.all[i].what);
		w->kpis[w->rig.args.kpis.n++] = w->asked[i].s;
	}
	w->rig.args.kpis.s = w->kpis;
}

static void
walk_open(struct walk *w, const char *name, bool claims)
{
	struct text path = { 0 };
	struct error err;

	*w = (struct walk){ .rig = { .now = 1, .args = { .rate = INFINITY } },
		.folder = "/tmp/walk-XXXXXX" };
	text_addf(&path, "%s/tests/demos/%s", root, name);
	claims_read(&w->claims, path.s);
	text_done(&path);
	ck_assert(mkdtemp(w->folder) != NULL && chdir(w->folder) == 0);
	text_addf(&path, WEIR_SETS "/demos/%s.yaml", name);
	w->asked = memory_zero((size_t)w->claims.n + 1, sizeof *w->asked);
	if (claims)
		ask_claims(w);
	ck_assert_msg(config_load(&w->config, path.s, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&w->rig.session, &w->rig.args, &w->config, true) == 0, "%s",
	    w->rig.session.err.text);
	w->rig.engine = w->rig.session.engine;
	w->rig.history = w->rig.session.history;
	w->rig.dashboard = dashboard_new(w->rig.engine, w->rig.history, MOTION_SCROLL);
	dashboard_use(w->rig.dashboard, &w->config);
	text_done(&path);
}

static void
walk_close(struct walk *w)
{
	dashboard_free(w->rig.dashboard);
	session_close(&w->rig.session);
	text_done(&w->rig.picture);
	config_done(&w->config);
	for (int i = 0; i < w->claims.n; i++)
		text_done(&w->asked[i]);
	free(w->asked);
	free(w->kpis);
	claims_done(&w->claims);
	/* and nothing was left where the user stands */
	ck_assert(chdir(root) == 0 && rmdir(w->folder) == 0);
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

/* --- on the screen ---------------------------------------------------------------------------- */

static void
check_picture(struct walk *w, const struct claim *c)
{
	const char *picture = rig_picture(&w->rig, 120, 36, GLYPHS_BRAILLE);

	if (strstr(picture, c->what) != NULL)
		return;
	printf("%s, row %d: \"%s\" is not on the screen:\n%s", w->config.path, c->row, c->what,
	    picture);
	fflush(stdout);
	ck_abort_msg("a claim is not on the screen");
}

static void
check_screen(struct walk *w, int row)
{
	for (int i = 0; i < w->claims.n; i++) {
		const struct claim *c = &w->claims.all[i];

		if (c->row != row)
			continue;
		if (c->kind == CLAIM_SCREEN)
			check_picture(w, c);
		if (c->kind != CLAIM_AFTER)
			continue;
		rig_keys(&w->rig, c->keys);
		check_picture(w, c);
		rig_keys(&w->rig, "1");
	}
}

/* Rows a second that it plays at. */
static double
rate_of(const struct config *c)
{
	return c->rate > 0 ? c->rate : DEFAULT_RATE;
}

START_TEST(walked_to_its_end)
{
	struct walk w;

	walk_open(&w, demos[_i], false);
	ck_assert_int_ge(w.config.nnotes, 3);
	ck_assert_ptr_nonnull(w.config.about);
	/* nobody waits long to be told what he sees */
	ck_assert_int_le(w.config.notes[0].row, (int)(FIRST_NOTE * rate_of(&w.config)));
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
		rig_keys(&w.rig, "\033"); /* the note is put away: what stands there was not it */
		ck_assert_ptr_null(
		    strstr(rig_picture(&w.rig, 120, 36, GLYPHS_BRAILLE), note->title));
		check_screen(&w, note->row);
		rig_keys(&w.rig, "\033 ");
	}
	walk_close(&w);
}
END_TEST

/* --- true ------------------------------------------------------------------------------------- */

static double
kpi_value(const struct walk *w, int claim)
{
	char name[32];

	snprintf(name, sizeof name, "claim %d", claim);
	for (int i = 0; i < engine_kpis(w->rig.engine); i++)
		if (strcmp(engine_kpi(w->rig.engine, i)->name, name) == 0)
			return engine_kpi_value(w->rig.engine, i);
	ck_abort_msg("no KPI %s", name);
}

static long
times_fired(const struct walk *w, const char *rule)
{
	for (int i = 0; i < engine_rules(w->rig.engine); i++)
		if (strcmp(engine_rule(w->rig.engine, i)->name, rule) == 0)
			return (long)engine_rule_fired(w->rig.engine, i);
	ck_abort_msg("no rule %s", rule);
}

static bool
has_mark(const struct walk *w, enum event_type type, enum alert_state state, const struct claim *c)
{
	for (int i = 0; i < history_marks(w->rig.history); i++) {
		const struct mark *m = history_mark(w->rig.history, i);

		if (m->type == type && (type == EVENT_DRIFT || m->state == state) &&
		    m->number == (uint64_t)c->number && strcmp(m->what, c->what) == 0)
			return true;
	}
	return false;
}

static bool
is_true(const struct walk *w, int i)
{
	const struct claim *c = &w->claims.all[i];

	switch (c->kind) {
	case CLAIM_HOLDS:
		return kpi_value(w, i) == 1;
	case CLAIM_FIRED:
		return times_fired(w, c->what) == c->number;
	case CLAIM_FIRED_AT:
		return has_mark(w, EVENT_ALERT, ALERT_FIRING, c);
	case CLAIM_RESOLVED_AT:
		return has_mark(w, EVENT_ALERT, ALERT_RESOLVED, c);
	case CLAIM_DRIFT_AT:
		return has_mark(w, EVENT_DRIFT, ALERT_INACTIVE, c);
	case CLAIM_SCREEN:
	case CLAIM_AFTER:
	case CLAIM_WORDS:
		break;
	}
	return true;
}

START_TEST(notes_are_true)
{
	struct walk w;
	char number[32];
	int wrong = 0;

	walk_open(&w, demos[_i], true);
	for (int i = 0; i < w.config.nnotes; i++) {
		const struct config_note *note = &w.config.notes[i];

		walk_on(&w);
		for (int k = 0; k < w.claims.n; k++) {
			const struct claim *c = &w.claims.all[k];

			if (c->row != note->row || is_true(&w, k))
				continue;
			printf(
			    "%s, row %d: not so: %ld %s\n", demos[_i], c->row, c->number, c->what);
			wrong++;
		}
		if (claims_miss(&w.claims, note->row, note->text, number)) {
			printf("%s, row %d: %s is claimed by no line of tests/demos/%s\n",
			    demos[_i], note->row, number, demos[_i]);
			wrong++;
		}
		rig_keys(&w.rig, " ");
	}
	walk_close(&w);
	fflush(stdout);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

/* The last note of each demo says which is the next. */
START_TEST(one_leads_to_the_next)
{
	for (int i = 0; i + 1 < ndemos; i++) {
		struct text path = { 0 }, next = { 0 };
		struct config config;
		struct error err;

		text_addf(&path, WEIR_SETS "/demos/%s.yaml", demos[i]);
		text_addf(&next, "weir demo %s", demos[i + 1]);
		ck_assert_msg(config_load(&config, path.s, &err) == 0, "%s", err.text);
		ck_assert_msg(strstr(config.notes[config.nnotes - 1].text, next.s) != NULL,
		    "%s does not lead to %s", demos[i], demos[i + 1]);
		config_done(&config);
		text_done(&path);
		text_done(&next);
	}
}
END_TEST

/* As `weir demo` lists them: a name, blanks, what it is about. */
static void
find_demos(void)
{
	struct text list = { 0 };
	struct error err;

	if (demo_list(&list, &err) != 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(1);
	}
	for (const char *line = list.s; *line != '\0' && ndemos < DEMOS_MAX;
	     line = strchr(line, '\n') + 1)
		demos[ndemos++] = memory_text(line, strcspn(line, " "));
	text_done(&list);
}

int
main(void)
{
	Suite *s = suite_create("demo");
	TCase *t = tcase_create("demos");
	int status;

	if (getcwd(root, sizeof root) == NULL)
		return 1;
	find_demos();
	tcase_set_timeout(t, 60);
	tcase_add_loop_test(t, walked_to_its_end, 0, ndemos);
	tcase_add_loop_test(t, notes_are_true, 0, ndemos);
	tcase_add_test(t, one_leads_to_the_next);
	suite_add_tcase(s, t);
	status = support_run(s);
	for (int i = 0; i < ndemos; i++)
		free(demos[i]);
	return status;
}
