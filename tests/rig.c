/* rig.c - a dashboard on an engine that reads a text, one row at a time, drawn as text. */
#include "tests/rig.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/options/args.h"
#include "tests/support.h"
#include "widgets/draw/runes.h"

enum { TURNS_MAX = 100000 };
#define TENTH INT64_C(100000000)

const char rig_seed[] = "temperature,pH\n10,5\n11,5.5\n10,6\n11,5\n12,4.5\n11,5\n10,4.5\n9,5\n"
			"10,4.5\n11,5\n12,4\n11,4.5\n9,5\n12,4.5\n11,6\n";

static void
write_file(struct rig *rig, const char *csv, const char *ending)
{
	size_t n = strlen(csv);
	int fd;

	snprintf(rig->path, sizeof rig->path, "/tmp/reactor-XXXXXX%s", ending);
	fd = mkstemps(rig->path, (int)strlen(ending));
	ck_assert_int_ge(fd, 0);
	ck_assert(write(fd, csv, n) == (ssize_t)n);
	close(fd);
}

static void
add_all(struct rig *rig, const struct rig_options *options)
{
	struct error err = { 0 };

	for (int i = 0; i < 4 && options->kpis[i] != NULL; i++)
		ck_assert_msg(query_add_kpi(engine_ask(rig->engine), options->kpis[i], &err) == 0,
		    "%s", err.text);
	for (int i = 0; i < 4 && options->alerts[i] != NULL; i++) {
		struct alert_rule rule = { 0 };

		ck_assert_msg(
		    alert_rule_parse(&rule, options->alerts[i], &err) == 0, "%s", err.text);
		ck_assert_msg(
		    query_add_rule(engine_ask(rig->engine), &rule, &err) == 0, "%s", err.text);
	}
}

void
rig_open(struct rig *rig, const char *csv, const struct rig_options *options)
{
	struct engine_options engine = { .query.default_kpis = options->default_kpis,
		.query.forecasts = options->default_kpis,
		.query.by = options->by,
		.query.trails = options->by != NULL,
		.query.trail_times = options->by != NULL };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	struct truth truth;
	char source[96];

	engine.max_keys = options->max_keys;
	memset(rig, 0, sizeof *rig);
	rig->now = (int64_t)uv_hrtime();
	uv_loop_init(&rig->session.uv);
	write_file(rig, csv, ".csv");
	rig->session.engine = rig->engine = engine_new(&engine, &rig->session.uv, &err);
	ck_assert_ptr_nonnull(rig->engine);
	engine_keep(rig->engine, 64000000);
	rig->session.history = rig->history = history_new(rig->engine);
	rig->dashboard = dashboard_new(rig->engine, rig->history, options->motion);
	if (options->truth != NULL) {
		ck_assert(truth_parse(&truth, options->truth, engine.query.window, &err) == 0);
		rig->session.trials = trials_new(rig->engine, &truth);
		dashboard_trials(rig->dashboard, rig->session.trials, false);
	}
	snprintf(source, sizeof source, "reactor=%s", rig->path);
	ck_assert_msg(engine_add_source(rig->engine, source, &feed, &err) == 0, "%s", err.text);
	add_all(rig, options);
	pacer_pause(engine_pacer(rig->engine), true, rig->now);
}

static int
open_config(struct rig *rig, struct error *err)
{
	int64_t wake;

	rig->args = (struct args){ .config = rig->path };
	if (config_load(rig->config, rig->path, err) != 0) {
		uv_loop_init(&rig->session.uv); /* for rig_close() */
		return -1;
	}
	if (session_open(&rig->session, &rig->args, rig->config, true) != 0) {
		*err = rig->session.err;
		return -1;
	}
	rig->engine = rig->session.engine;
	rig->history = rig->session.history;
	rig->dashboard = dashboard_new(rig->engine, rig->history, MOTION_SCROLL);
	dashboard_use(rig->dashboard, rig->config);
	pacer_pause(engine_pacer(rig->engine), true, rig->now);
	while (engine_run(rig->engine, 0, &wake, err) == ENGINE_OPENING)
		uv_run(&rig->session.uv, UV_RUN_NOWAIT);
	if (session_check(&rig->session) == 0)
		return 0;
	*err = rig->session.err;
	return -1;
}

int
rig_open_file(struct rig *rig, const char *yaml, struct error *err)
{
	memset(rig, 0, sizeof *rig);
	rig->now = (int64_t)uv_hrtime();
	write_file(rig, yaml, ".yaml");
	rig->config = memory_zero(1, sizeof *rig->config);
	return open_config(rig, err);
}

int
rig_reload(struct rig *rig, const char *yaml, struct error *err)
{
	struct config *before = NULL;
	struct text said = { 0 };
	FILE *file = fopen(rig->path, "w");
	int status;

	ck_assert_ptr_nonnull(file);
	ck_assert_int_ge(fputs(yaml, file), 0);
	ck_assert_int_eq(fclose(file), 0);
	status = session_reload(&rig->session, &before, &said, err);
	if (status == 0)
		dashboard_use(rig->dashboard, rig->session.config);
	config_free(before);
	text_done(&said);
	return status;
}

void
rig_close(struct rig *rig)
{
	dashboard_free(rig->dashboard);
	session_close(&rig->session);
	config_free(rig->config);
	text_done(&rig->picture);
	unlink(rig->path);
}

static enum engine_state
turn(struct rig *rig)
{
	struct error err = { 0 };
	int64_t wake;
	enum engine_state state = engine_run(rig->engine, TENTH, &wake, &err);

	ck_assert_msg(state != ENGINE_FAILED && state != ENGINE_WRONG, "%s", err.text);
	uv_run(&rig->session.uv, UV_RUN_NOWAIT);
	return state;
}

void
rig_rows(struct rig *rig, int n, int w, int h)
{
	uint64_t before = engine_counts(rig->engine, -1).rows;

	for (int i = 0; i < n; i++) {
		int turns = 0;

		pacer_step(engine_pacer(rig->engine), 1);
		while (engine_counts(rig->engine, -1).rows < before + (uint64_t)i + 1 &&
		       turns++ < TURNS_MAX)
			if (turn(rig) == ENGINE_END)
				return;
		rig->now += TENTH;
		if (w > 0)
			rig_picture(rig, w, h, GLYPHS_BRAILLE);
	}
}

void
rig_arrive(struct rig *rig)
{
	for (int turns = 0; engine_is_going(rig->engine) && turns < TURNS_MAX; turns++)
		turn(rig);
	ck_assert(!engine_is_going(rig->engine));
}

void
rig_end(struct rig *rig)
{
	pacer_pause(engine_pacer(rig->engine), false, rig->now);
	pacer_max(engine_pacer(rig->engine));
	for (int turns = 0; turn(rig) != ENGINE_END && turns < TURNS_MAX; turns++)
		;
}

enum outcome
rig_keys(struct rig *rig, const char *keys)
{
	static const uint32_t codes[256] = { ['\t'] = INPUT_TAB,
		['\r'] = INPUT_ENTER,
		['\033'] = INPUT_ESCAPE,
		['\b'] = INPUT_BACKSPACE,
		[1] = INPUT_UP,
		[2] = INPUT_DOWN,
		[3] = INPUT_LEFT,
		[4] = INPUT_RIGHT };
	enum outcome outcome = OUTCOME_NOTHING;

	for (; *keys != '\0'; keys++) {
		unsigned char c = (unsigned char)*keys;
		struct input in = { .code = codes[c] != 0 ? codes[c] : c };

		outcome = dashboard_input(rig->dashboard, &in, rig->now);
	}
	return outcome;
}

/* Backgrounds are seen as a shade, their edges as they are. */
static uint32_t
shown_rune(const struct cell *cell)
{
	return cell->rune == ' ' ? cell_shaded(cell).rune : cell->rune;
}

static void
add_rune(struct text *t, uint32_t rune)
{
	char bytes[RUNE_BYTES];

	text_addn(t, bytes, (size_t)rune_write(rune, bytes));
}

const char *
rig_picture(struct rig *rig, int w, int h, enum glyphs glyphs)
{
	struct cell *cells = memory_zero((size_t)w * (size_t)h, sizeof *cells);
	struct canvas canvas = { cells, w, 0, 0, w, h, glyphs };

	canvas_clear(&canvas);
	dashboard_frame(rig->dashboard, &canvas, rig->now);
	text_clear(&rig->picture);
	for (int y = 0; y < h; y++) {
		int end = w;

		while (end > 0 && shown_rune(&cells[y * w + end - 1]) == ' ')
			end--;
		for (int x = 0; x < end; x++)
			if (cells[y * w + x].rune != 0)
				add_rune(&rig->picture, shown_rune(&cells[y * w + x]));
		text_addc(&rig->picture, '\n');
	}
	free(cells);
	return text_get(&rig->picture);
}

const char *
rig_bottom(struct rig *rig, int w, char *out, size_t size)
{
	const char *picture = rig_picture(rig, w, 24, GLYPHS_BRAILLE),
		   *end = picture + strlen(picture) - 1;
	const char *from = end;

	while (from > picture && from[-1] != '\n')
		from--;
	snprintf(out, size, "%.*s", (int)(end - from), from);
	return out;
}

void
rig_says(struct rig *rig, const char *text)
{
	const char *picture = rig_picture(rig, 120, 24, GLYPHS_BRAILLE);

	ck_assert_msg(strstr(picture, text) != NULL, "'%s' in '%.3000s'", text, picture);
}

void
rig_steps(struct rig *rig, int w, int h, const struct rig_step *steps, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct rig_step *step = &steps[i];
		bool there = step->shows != NULL && step->shows[0] != '!';
		const char *text = step->shows, *picture;
		char line[512];

		rig_keys(rig, step->keys);
		if (step->line != NULL)
			ck_assert_str_eq(rig_bottom(rig, w, line, sizeof line), step->line);
		if (text == NULL)
			continue;
		text += !there;
		picture = rig_picture(rig, w, h, GLYPHS_BRAILLE);
		if ((strstr(picture, text) != NULL) != there)
			ck_abort_msg("step %zu: '%s' in\n%.3000s", i, text, picture);
	}
}

void
rig_press(struct rig *rig, uint32_t code)
{
	struct input in = { .code = code };

	dashboard_input(rig->dashboard, &in, rig->now);
}
