/* test_rewind.c - a walk back and forth: values, pictures and marks are those of a straight run,
 * and nothing is told twice. */
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

enum { ROWS = 1200, W = 120, H = 36 };

/* All views, without the line that tells where it is and the message below. */
static void
draw_all(struct rig *rig, struct text *out)
{
	rig->now += INT64_C(60000000000);
	for (const char *view = "12345"; *view != '\0'; view++) {
		const char *picture, *body;
		const char key[] = { *view, '\0' };

		rig_keys(rig, key);
		rig->now += INT64_C(60000000000);
		picture = rig_picture(rig, W, H, GLYPHS_BRAILLE);
		body = strchr(picture, '\n');
		text_add(out, body);
	}
	rig_keys(rig, "1");
}

static void
go(struct rig *rig, uint64_t row)
{
	engine_seek(rig->engine, row);
	for (int i = 0; engine_progress(rig->engine, 0).row < row && i < 10000; i++) {
		struct error err;
		int64_t wake;

		engine_run(rig->engine, 1000000, &wake, &err);
	}
}

/* At the row that the rig is at: what a straight run shows there. */
static void
compare(struct rig *rig, const char *csv, bool pictures)
{
	struct text walked = { 0 }, straight = { 0 };
	uint64_t row = engine_progress(rig->engine, 0).row;
	struct error err;
	struct rig other;
	int64_t wake;

	rig_open(&other, csv, &walk_options);
	rig_picture(&other, W, H, GLYPHS_BRAILLE); /* it is looked at from the start on */
	rig_rows(&other, row > 0, 0, 0);
	while (engine_state(other.engine) == ENGINE_OPENING)
		engine_run(other.engine, 0, &wake, &err);
	go(&other, row);
	ck_assert_uint_eq(engine_progress(other.engine, 0).row, row);
	walk_add_values(rig, &walked);
	walk_add_values(&other, &straight);
	if (pictures) {
		draw_all(rig, &walked);
		draw_all(&other, &straight);
	}
	if (strcmp(text_get(&walked), text_get(&straight)) != 0) {
		FILE *a = fopen("/tmp/weir-walked", "w"), *b = fopen("/tmp/weir-straight", "w");

		fputs(text_get(&walked), a);
		fputs(text_get(&straight), b);
		fclose(a);
		fclose(b);
		ck_abort_msg(
		    "at row %llu: see /tmp/weir-walked and -straight", (unsigned long long)row);
	}
	rig_close(&other);
	text_done(&walked);
	text_done(&straight);
}

static void
begin(struct rig *rig, const char *csv)
{
	rig_open(rig, csv, &walk_options);
	rig_picture(rig, W, H, GLYPHS_BRAILLE);
	rig_rows(rig, 1, 0, 0);
}

START_TEST(any_walk_is_as_a_straight_run)
{
	char *csv = walk_csv(ROWS), command[64];
	struct rng rng = { 3 };
	struct rig rig;

	begin(&rig, csv);
	for (int i = 0; i < 24; i++) {
		uint64_t row = engine_progress(rig.engine, 0).row,
			 to = 1 + rng_next(&rng) % (ROWS - 1);

		switch (rng_next(&rng) % 5) {
		case 0:
			rig_keys(&rig, ",");
			break;
		case 1:
			rig_keys(&rig, "1\3");
			break;
		case 2:
			snprintf(command, sizeof command, ":seek %llu\r", (unsigned long long)to);
			rig_keys(&rig, command);
			break;
		case 3:
			go(&rig, row + 1 + rng_next(&rng) % 50);
			break;
		default:
			rig_keys(&rig, i % 3 == 0 ? ":home\r" : ":end\r");
		}
		rig_arrive(&rig);
		if (!engine_is_back(rig.engine))
			go(&rig, row);
		ck_assert(engine_pacer(rig.engine)->paused);
		compare(&rig, csv, false);
		if (i % 4 != 0 || engine_progress(rig.engine, 0).row == 0)
			continue;
		rig_keys(&rig,
		    ","); /* widgets that were drawn keep to what they showed until it goes back */
		rig_arrive(&rig);
		compare(&rig, csv, true);
	}
	rig_close(&rig);
	free(csv);
}
END_TEST

/* Beyond what charts keep, with steps back over it. */
START_TEST(far_rows_come_back)
{
	enum { MANY = 60000 };
	char *csv = walk_csv(MANY);
	static const uint64_t rows[] = { 59000, 40000, 20000, 100 };
	struct error err;
	struct rig rig;

	begin(&rig, csv);
	go(&rig, MANY - 1);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		ck_assert_int_eq(engine_seek_back(rig.engine, rows[i], TIME_NONE, &err), 0);
		while (
		    engine_progress(rig.engine, 0).row < rows[i] || engine_is_going(rig.engine)) {
			int64_t wake;

			engine_run(rig.engine, 10000000, &wake, &err);
		}
		ck_assert_uint_eq(engine_progress(rig.engine, 0).row, rows[i]);
		compare(&rig, csv, true);
		rig_keys(&rig, ",");
		rig_arrive(&rig);
		ck_assert_uint_eq(engine_progress(rig.engine, 0).row, rows[i] - 1);
		compare(&rig, csv, i == 0);
	}
	rig_keys(&rig, ":end\r");
	rig_arrive(&rig);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, MANY - 1);
	compare(&rig, csv, true);
	rig_close(&rig);
	free(csv);
}
END_TEST

struct heard {
	uint64_t rows, events;
};

static void
hear_event(void *self, const struct event *event)
{
	(void)event;
	((struct heard *)self)->events++;
}

static void
hear_rows(void *self, int source, const struct block *b, int at, int n)
{
	(void)source, (void)b, (void)at;
	((struct heard *)self)->rows += (uint64_t)n;
}

/* What was told is not told again, and at the end nothing is missing. */
START_TEST(nothing_is_told_twice)
{
	char *csv = walk_csv(ROWS);
	struct heard walked = { 0, 0 }, straight = { 0, 0 };
	struct listener listener = { .wants = EVENT_ALERT | EVENT_BAD | EVENT_NOTE | EVENT_ROW,
		.event = hear_event,
		.rows = hear_rows,
		.once = true };
	struct rng rng = { 9 };
	struct rig rig;

	rig_open(&rig, csv, &walk_options);
	listener.self = &straight;
	engine_listen(rig.engine, &listener);
	rig_end(&rig);
	rig_close(&rig);
	rig_open(&rig, csv, &walk_options);
	listener.self = &walked;
	engine_listen(rig.engine, &listener);
	rig_rows(&rig, 1, 0, 0);
	for (int i = 0; i < 40; i++) {
		go(&rig, engine_progress(rig.engine, 0).row + 1 + rng_next(&rng) % 60);
		rig_keys(&rig, i % 2 == 0 ? "," : "1\3");
		rig_arrive(&rig);
	}
	rig_end(&rig);
	rig_keys(&rig, ",");
	rig_arrive(&rig);
	rig_end(&rig);
	rig_keys(&rig, ":home\r");
	rig_end(&rig);
	ck_assert_uint_eq(walked.rows, ROWS);
	ck_assert_uint_eq(walked.rows, straight.rows);
	ck_assert_uint_eq(walked.events, straight.events);
	rig_close(&rig);
	free(csv);
}
END_TEST

/* Memory is bounded, and the less there is the sparser is what is kept: rows go again from further
 * back, to the same values. */
START_TEST(little_memory_is_enough)
{
	char *csv = walk_csv(ROWS);
	struct rig rig;

	rig_open(&rig, csv, &walk_options);
	engine_keep(rig.engine, 1);
	rig_picture(&rig, W, H, GLYPHS_BRAILLE);
	rig_rows(&rig, 1, 0, 0);
	go(&rig, 900);
	for (int i = 0; i < 3; i++) {
		rig_keys(&rig, ",");
		rig_arrive(&rig);
	}
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 897);
	compare(&rig, csv, true);
	rig_close(&rig);
	free(csv);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("rewind");
	TCase *tc = tcase_create("rewind");

	tcase_set_timeout(tc, 120);
	tcase_add_test(tc, any_walk_is_as_a_straight_run);
	tcase_add_test(tc, far_rows_come_back);
	tcase_add_test(tc, nothing_is_told_twice);
	tcase_add_test(tc, little_memory_is_enough);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
