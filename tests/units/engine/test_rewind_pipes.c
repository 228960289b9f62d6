/* test_rewind_pipes.c - back in what cannot be read again: as far as its bytes are kept. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "data/base/times/times.h"
#include "tests/records.h"
#include "tests/rig.h"
#include "tests/support.h"
#include "tests/walks.h"

/* A pipe into which all of it is written as it is read. */
static const char *
pipe_with(const char *csv, pid_t *writer)
{
	static char path[64];

	snprintf(path, sizeof path, "/tmp/weir-pipe-%d", (int)getpid());
	unlink(path);
	ck_assert_int_eq(mkfifo(path, 0600), 0);
	*writer = fork();
	if (*writer == 0) {
		FILE *f = fopen(path, "w");

		fputs(csv, f);
		fclose(f);
		_exit(0);
	}
	return path;
}

static void
ask_for(struct engine *e)
{
	struct alert_rule rule;
	struct error err;

	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(query_add_kpi(engine_ask(e), walk_options.kpis[i], &err), 0);
	ck_assert_int_eq(alert_rule_parse(&rule, walk_options.alerts[0], &err), 0);
	ck_assert_int_eq(query_add_rule(engine_ask(e), &rule, &err), 0);
}

static void
run_to(struct rig *rig, uint64_t row)
{
	struct error err = { 0 };
	int64_t wake;

	engine_seek(rig->engine, row);
	while (engine_sources(rig->engine) > 0 && engine_counts(rig->engine, -1).rows < row) {
		enum engine_state state = engine_run(rig->engine, 1000000, &wake, &err);

		if (engine_counts(rig->engine, -1).rows >= row)
			break;
		ck_assert_msg(state != ENGINE_FAILED && state != ENGINE_END,
		    "%s at row %llu of %llu", err.text,
		    (unsigned long long)engine_counts(rig->engine, -1).rows,
		    (unsigned long long)row);
		if (state != ENGINE_RUNNING)
			usleep(1000);
		uv_run(&rig->session.uv, UV_RUN_NOWAIT);
	}
}

static void
open_source(struct rig *rig, const char *path, int64_t keep)
{
	struct engine_options engine = { 0 };
	struct feed_options feed = { 0 };
	struct error err = { 0 };
	char source[96];

	memset(rig, 0, sizeof *rig);
	uv_loop_init(&rig->session.uv);
	rig->engine = engine_new(&engine, &rig->session.uv, &err);
	rig->history = history_new(rig->engine);
	engine_keep(rig->engine, keep);
	snprintf(source, sizeof source, "reactor=%s", path);
	ck_assert_msg(engine_add_source(rig->engine, source, &feed, &err) == 0, "%s", err.text);
	ask_for(rig->engine);
	pacer_pause(engine_pacer(rig->engine), true, 0);
}

static void
close_source(struct rig *rig)
{
	history_free(rig->history);
	engine_free(rig->engine);
	uv_run(&rig->session.uv, UV_RUN_DEFAULT);
	uv_loop_close(&rig->session.uv);
}

/* While rows of before are shown nobody who writes is held up, and End comes to what they wrote. */
START_TEST(rows_keep_coming)
{
	char *csv = walk_csv(20000); /* more than a pipe holds */
	struct error err = { 0 };
	int64_t wake;
	struct rig rig;
	pid_t writer;
	int status = 1, went = 0;

	open_source(&rig, pipe_with(csv, &writer), 64000000);
	run_to(&rig, 100);
	ck_assert_int_eq(engine_go_back(rig.engine, 50, &err), 0);
	rig_arrive(&rig);
	for (int i = 0; i < 5000 && went == 0; i++) {
		engine_run(rig.engine, 1000000, &wake, &err);
		uv_run(&rig.session.uv, UV_RUN_NOWAIT);
		went = waitpid(writer, &status, WNOHANG);
		usleep(1000);
	}
	ck_assert_int_eq(went, writer);
	ck_assert_int_eq(status, 0);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 50);
	engine_return(rig.engine);
	for (int i = 0; i < 5000 && engine_counts(rig.engine, -1).rows < 20000; i++) {
		ck_assert_int_ne(engine_run(rig.engine, 1000000, &wake, &err), ENGINE_FAILED);
		uv_run(&rig.session.uv, UV_RUN_NOWAIT);
	}
	ck_assert_uint_eq(engine_counts(rig.engine, -1).rows, 20000);
	close_source(&rig);
	free(csv);
}
END_TEST

/* With all of it kept, and with less: then the start is out of reach, and what is not is as it was.
 */
START_TEST(pipes_go_back_as_far_as_is_kept)
{
	static const int64_t keeps[] = { 64000000, 300000 };
	char *csv = walk_csv(20000);
	const char *file = file_with("piped.csv", csv, strlen(csv));
	struct error err = { 0 };

	for (int i = 0; i < 2; i++) {
		uint64_t goal = i == 0 ? 3000 : 18500;
		struct text walked = { 0 }, straight = { 0 };
		struct rig rig, other;
		pid_t writer;

		open_source(&rig, pipe_with(csv, &writer), keeps[i]);
		for (uint64_t row = 100; row < 19000; row += 100)
			run_to(&rig, row);
		ck_assert_int_eq(engine_seek_back(rig.engine, 0, TIME_NONE, &err), i == 0 ? 0 : -1);
		if (i == 0)
			ck_assert_uint_eq(engine_counts(rig.engine, -1).rows, 0);
		else
			ck_assert_ptr_nonnull(strstr(err.text, "further back than is kept"));
		engine_return(rig.engine);
		pacer_pause(engine_pacer(rig.engine), true, 0); /* else it goes on, to now */
		rig_arrive(&rig);
		ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 18900);
		ck_assert_int_eq(engine_seek_back(rig.engine, goal, TIME_NONE, &err), 0);
		rig_arrive(&rig);
		ck_assert_uint_eq(engine_progress(rig.engine, 0).row, goal);
		open_source(&other, file, 1);
		run_to(&other, goal);
		walk_add_values(&rig, &walked);
		walk_add_values(&other, &straight);
		ck_assert_str_eq(text_get(&walked), text_get(&straight));
		run_to(&rig, 20000);
		run_to(&other, 20000);
		text_clear(&walked);
		text_clear(&straight);
		walk_add_values(&rig, &walked);
		walk_add_values(&other, &straight);
		ck_assert_str_eq(text_get(&walked), text_get(&straight));
		text_done(&walked);
		text_done(&straight);
		close_source(&rig);
		close_source(&other);
		waitpid(writer, NULL, 0);
	}
	file_remove("piped.csv");
	free(csv);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rewind_pipes");
	TCase *tc = tcase_create("rewind");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, pipes_go_back_as_far_as_is_kept);
	tcase_add_test(tc, rows_keep_coming);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
