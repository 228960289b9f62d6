/* trials_back.c - what was counted goes back with the engine: all of it is saved, so nothing has to
 * be counted again. Trials that were not there yet begin anew. */
#include <string.h>

#include "data/trial/trials_parts.h"

void
trials_save(const void *self, struct buffer *out)
{
	const struct trials *t = self;

	buffer_u64(out, t->rows);
	buffer_i64(out, t->first);
	buffer_i64(out, t->last);
	for (int k = 0; k < t->truth.n; k++)
		buffer_u64(out, t->truth.ranges[k].begun ? t->truth.ranges[k].first_row : 0);
	buffer_u32(out, (uint32_t)t->n);
	for (int i = 0; i < t->n; i++) {
		const struct trial *trial = &t->all[i];

		buffer_text(out, trial->name, strlen(trial->name));
		buffer_u32(out, trial->drift);
		buffer_u32(out, (uint32_t)trial->firing);
		buffer_u64(out, trial->alerts);
		buffer_u64(out, trial->right);
		buffer_put(out, trial->delay, (size_t)t->truth.n * sizeof *trial->delay);
	}
}

bool
trials_hold(const void *self, struct reader in)
{
	(void)self;
	(void)in;
	return true;
}

static int
load_trial(struct trials *t, struct reader *in)
{
	struct text name = { 0 };
	struct trial *trial;
	const char *s;
	size_t n;
	uint32_t drift, firing;
	int i;

	if (reader_text(in, &s, &n) != 0 || reader_below(in, 1, &drift) != 0 ||
	    reader_below(in, INT32_MAX, &firing) != 0)
		return -1;
	text_addn(&name, s, n);
	i = trials_take(t, text_get(&name), drift);
	text_done(&name);
	trial = &t->all[i];
	trial->firing = (int)firing;
	return reader_u64(in, &trial->alerts) != 0 || reader_u64(in, &trial->right) != 0
		   ? -1
		   : reader_get(in, trial->delay, (size_t)t->truth.n * sizeof *trial->delay);
}

static void
begin_anew(struct trials *t)
{
	for (int i = 0; i < t->n; i++) {
		t->all[i].firing = 0;
		t->all[i].alerts = t->all[i].right = 0;
		for (int k = 0; k < t->truth.n; k++)
			t->all[i].delay[k] = -1;
	}
}

int
trials_go_back(void *self, struct reader *in)
{
	struct trials *t = self;
	uint32_t n;

	begin_anew(t);
	if (reader_u64(in, &t->rows) != 0 || reader_i64(in, &t->first) != 0 ||
	    reader_i64(in, &t->last) != 0)
		return -1;
	for (int k = 0; k < t->truth.n; k++) {
		if (reader_u64(in, &t->truth.ranges[k].first_row) != 0)
			return -1;
		t->truth.ranges[k].begun = t->truth.ranges[k].first_row > 0;
	}
	if (reader_u32(in, &n) != 0)
		return -1;
	for (uint32_t i = 0; i < n; i++)
		if (load_trial(t, in) != 0)
			return -1;
	return 0;
}
