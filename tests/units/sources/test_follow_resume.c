/* test_follow_resume.c - a run that follows files is killed and goes on: through all that was done
 * to the files meanwhile each row is counted once, as in a run that nobody disturbed. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/base/bytes.h"
#include "data/base/state.h"
#include "data/engine/engine_view.h"
#include "tests/scene.h"
#include "tests/support.h"

enum { KILLS = 200, LIVES = 4, TICK_US = 12000 };

struct life { /* an engine on the scene's file */
	struct scene *scene;
	struct engine *engine;
	struct buffer state; /* of the last checkpoint */
	int saved;           /* rows seen by then */
	char notes[4000];
};

static void
on_rows(void *self, int source, const struct block *b, int at, int n)
{
	struct scene *s = ((struct life *)self)->scene;

	(void)source;
	for (int i = at; i < at + n; i++)
		for (int c = 0; c < b->schema->n; c++)
			if (strcmp(b->schema->columns[c].name, "v") == 0)
				s->seen[s->nseen++] = b->cells[c].number[i];
}

static void
on_event(void *self, const struct event *event)
{
	struct life *l = self;

	if (event->type == EVENT_BAD)
		l->scene->nbad++;
	snprintf(
	    l->notes + strlen(l->notes), sizeof l->notes - strlen(l->notes), "%s\n", event->what);
}

static void
live(struct life *l)
{
	struct engine_options options = { .query.default_kpis = false };
	struct feed_options feed = { .follow = true };
	struct listener listener = { .wants = EVENT_BAD | EVENT_NOTE | EVENT_DOUBT,
		.event = on_event,
		.rows = on_rows,
		.self = l };
	struct error err = { 0 };

	l->engine = engine_new(&options, &l->scene->loop, &err);
	engine_listen(l->engine, &listener);
	ck_assert_int_eq(query_add_kpi(engine_ask(l->engine), "sum(v, all)", &err), 0);
	ck_assert_int_eq(engine_add_source(l->engine, l->scene->spec, &feed, &err), 0);
}

static void
begin(struct life *l, struct scene *s, const char *pattern)
{
	scene_begin(s, pattern);
	scene_close(s);
	memset(l, 0, sizeof *l);
	l->scene = s;
	live(l);
}

static void
run(struct life *l)
{
	enum engine_state state;
	struct error err = { 0 };
	int64_t wake;

	uv_run(&l->scene->loop, UV_RUN_NOWAIT);
	do
		state = engine_run(l->engine, 10000000, &wake, &err);
	while (state == ENGINE_RUNNING);
	ck_assert_msg(state != ENGINE_FAILED && state != ENGINE_WRONG, "%s", err.text);
}

/* A few rows, so that blocks are cut anywhere; else all that there are. */
static void
go(struct life *l, int rows)
{
	pacer_pause(engine_pacer(l->engine), rows > 0, 0);
	if (rows > 0)
		pacer_step(engine_pacer(l->engine), rows);
	run(l);
}

static void
save(struct life *l)
{
	if (engine_state(l->engine) == ENGINE_OPENING)
		return;
	l->state.len = 0;
	engine_save(l->engine, &l->state);
	l->saved = l->scene->nseen;
}

/* What came behind the last checkpoint is cut off, as the file of -o is. */
static void
end(struct life *l)
{
	engine_free(l->engine);
	l->engine = NULL;
	uv_run(&l->scene->loop, UV_RUN_DEFAULT);
	l->scene->nseen = l->saved;
}

static void
rise(struct life *l)
{
	struct error err = { 0 };

	live(l);
	if (l->state.len > 0)
		ck_assert_msg(
		    engine_load(l->engine, l->state.data, l->state.len, &err) == 0, "%s", err.text);
}

static void
await(struct life *l, int rows)
{
	for (int i = 0; i < 1000 && l->scene->nseen < rows; i++) {
		go(l, 0);
		usleep(l->scene->nseen < rows ? 2000 : 0);
	}
	for (int i = 0; i < 3; i++)
		go(l, 0);
}

static void
finish(struct life *l)
{
	double sum = 0;

	scene_end_half(l->scene);
	await(l, l->scene->nwritten);
	scene_check(l->scene);
	for (int i = 0; i < l->scene->nwritten; i++)
		sum += l->scene->written[i];
	ck_assert_double_eq(engine_kpi_value(l->engine, 0), sum);
	engine_free(l->engine);
	buffer_done(&l->state);
	l->scene->feed = NULL;
	scene_end(l->scene);
}

static void
shell(const char *before, const char *path, const char *after)
{
	char command[400];

	snprintf(command, sizeof command, "%s %s%s", before, path, after);
	ck_assert_int_eq(system(command), 0);
}

/* The file that was rotated last is packed, if there is one. */
static void
packed(struct scene *s)
{
	char old[120], to[200];

	snprintf(old, sizeof old, "%s.1", s->path);
	snprintf(to, sizeof to, " > %s-%d.gz", s->path, s->next);
	if (access(old, F_OK) != 0)
		return;
	shell("gzip -c", old, to);
	snprintf(to, sizeof to, " %s-%d.gz", s->path, s->next);
	shell("touch -r", old, to);
	unlink(old);
}

/* --- chaos ------------------------------------------------------------------------------------ */

static void
write_some(struct scene *s, struct rng *rng)
{
	for (int n = (int)(rng_next(rng) % 6); n > 0; n--)
		if (rng_next(rng) % 5 == 0)
			scene_append_half(s);
		else
			scene_append(s);
	if (rng_next(rng) % 3 == 0)
		scene_rotate(s);
}

/* While nobody looks: rows, rotations, an old file that is packed. */
static void
while_dead(struct scene *s, struct rng *rng)
{
	for (int n = (int)(rng_next(rng) % 3); n > 0; n--)
		write_some(s, rng);
	scene_end_half(s);
	if (rng_next(rng) % 3 != 0)
		return;
	usleep(TICK_US); /* which is older is told by the time of the last change */
	scene_append(s);
	scene_rotate(s);
	packed(s);
	usleep(TICK_US);
}

START_TEST(chaos)
{
	struct rng rng = { .state = (uint64_t)_i + 77 };
	struct scene s;
	struct life l;

	begin(&l, &s, "app.csv");
	scene_header(&s, 0);
	scene_append(&s);
	await(&l, 1);
	save(&l); /* what was rotated before the first look is nobody's */
	for (int n = 0; n < LIVES; n++) {
		for (int step = 0; step < 12; step++) {
			write_some(&s, &rng);
			if (rng_next(&rng) % 2 == 0)
				go(&l, (int)(rng_next(&rng) % 4));
			if (rng_next(&rng) % 4 == 0)
				save(&l);
		}
		end(&l);
		while_dead(&s, &rng);
		rise(&l);
	}
	finish(&l);
}
END_TEST

/* --- one thing at a time ---------------------------------------------------------------------- */

/* Two rows were read and are saved; the run is dead. */
static void
die_behind_two(struct life *l, struct scene *s, const char *pattern)
{
	begin(l, s, pattern);
	scene_header(s, 0);
	scene_append(s);
	scene_append(s);
	await(l, 2);
	save(l);
	scene_append(s); /* read, and not saved */
	await(l, 3);
	end(l);
}

START_TEST(where_it_was)
{
	struct scene s;
	struct life l;

	die_behind_two(&l, &s, "app.csv");
	scene_append(&s);
	rise(&l);
	finish(&l);
}
END_TEST

START_TEST(copied_and_emptied)
{
	struct scene s;
	struct life l;

	die_behind_two(&l, &s, "app.csv");
	scene_append(&s);
	shell("cat", s.path, " > /tmp/weir-copied");
	shell("mv /tmp/weir-copied", s.path, ".1");
	shell("printf 'time,v\\n' >", s.path, "");
	scene_append(&s);
	rise(&l);
	finish(&l);
}
END_TEST

START_TEST(packed_meanwhile)
{
	struct scene s;
	struct life l;

	die_behind_two(&l, &s, "app.csv");
	scene_append(&s);
	scene_rotate(&s);
	packed(&s);
	scene_append(&s);
	rise(&l);
	finish(&l);
}
END_TEST

START_TEST(of_a_pattern)
{
	struct scene s;
	struct life l;
	char other[140];

	die_behind_two(&l, &s, "*.csv");
	snprintf(other, sizeof other, "%s/b.csv", s.directory);
	scene_append(&s);
	rise(&l);
	await(&l, s.nwritten);
	scene_put(other, 0, "v,time\n900,1700000900\n");
	s.written[s.nwritten++] = 900;
	await(&l, s.nwritten);
	save(&l);
	end(&l);
	scene_put(other, O_APPEND, "901,1700000901\n");
	s.written[s.nwritten++] = 901;
	rise(&l);
	finish(&l);
}
END_TEST

/* Nowhere to be found: told, and the new file is read from its start. */
START_TEST(gone_meanwhile)
{
	struct scene s;
	struct life l;

	die_behind_two(&l, &s, "app.csv");
	s.nwritten = 2;
	unlink(s.path);
	scene_header(&s, 0);
	scene_put(s.path, O_APPEND, "1700000000,50\n");
	s.written[s.nwritten++] = 50;
	rise(&l);
	await(&l, 3);
	ck_assert_ptr_nonnull(strstr(l.notes, "is not found again"));
	finish(&l);
}
END_TEST

/* A new file with the inode of the old one. */
START_TEST(the_inode_again)
{
	struct scene s;
	struct life l;

	die_behind_two(&l, &s, "app.csv");
	s.nwritten = 2;
	shell("printf 'time,v\\n1700000000,60\\n1700000001,61\\n1700000002,62\\n' >", s.path, "");
	for (int i = 60; i < 63; i++)
		s.written[s.nwritten++] = i;
	rise(&l);
	await(&l, 5);
	ck_assert_ptr_nonnull(strstr(l.notes, "is not found again"));
	finish(&l);
}
END_TEST

/* What stands in the file at first goes at a pace; what is written once that was caught up with
 * goes as it comes. */
START_TEST(caught_up_with)
{
	const int64_t now = (int64_t)uv_hrtime();
	struct scene s;
	struct life l;

	begin(&l, &s, "app.csv");
	scene_header(&s, 0);
	for (int i = 0; i < 6; i++)
		scene_append(&s);
	if (_i == 0)
		pacer_rate(engine_pacer(l.engine), 10, now);
	else
		pacer_speed(engine_pacer(l.engine), 10, now);
	while (s.nseen == 0)
		run(&l);
	ck_assert_int_lt(s.nseen, 6);
	for (int i = 0; i < 4000 && s.nseen < 6; i++) {
		run(&l);
		usleep(1000);
	}
	ck_assert_int_ge((int64_t)uv_hrtime() - now, 300000000);
	run(&l);
	for (int i = 0; i < 400; i++)
		scene_append(&s);
	await(&l, s.nwritten); /* 40 s, at that pace */
	finish(&l);
}
END_TEST

/* Bytes of the saved state that were changed are an error, and nothing else. */
START_TEST(torn_or_of_another)
{
	struct rng rng = { 3 };
	struct scene s;
	struct life l;
	struct error err = { 0 };
	struct reader pieces;

	die_behind_two(&l, &s, "app.csv");
	for (int i = 0; i < 300; i++) {
		struct buffer torn = { 0 };

		buffer_put(&torn, l.state.data, l.state.len);
		for (int k = 0; k < 3; k++)
			torn.data[40 + rng_next(&rng) % (torn.len - 48)] ^=
			    (unsigned char)(1 + rng_next(&rng) % 255);
		live(&l);
		if (i % 2 == 0) { /* with its check sum made right again */
			state_end(&torn, 0);
			ck_assert_int_eq(state_open(torn.data, torn.len, &pieces, &err), 0);
		}
		engine_load(l.engine, torn.data, torn.len, &err);
		end(&l);
		buffer_done(&torn);
	}
	snprintf(s.spec + strlen(s.spec), 3, ".2");
	live(&l);
	ck_assert_int_eq(engine_load(l.engine, l.state.data, l.state.len, &err), -1);
	end(&l);
	s.spec[strlen(s.spec) - 2] = '\0';
	rise(&l);
	finish(&l);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("follow_resume");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, where_it_was);
	tcase_add_test(all, copied_and_emptied);
	tcase_add_test(all, packed_meanwhile);
	tcase_add_test(all, of_a_pattern);
	tcase_add_test(all, gone_meanwhile);
	tcase_add_test(all, the_inode_again);
	tcase_add_loop_test(all, caught_up_with, 0, 2);
	tcase_add_test(all, torn_or_of_another);
	tcase_add_loop_test(all, chaos, 0, KILLS / LIVES);
	suite_add_tcase(suite, all);
	return support_run(suite);
}
