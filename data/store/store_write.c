/* store_write.c - a batch becomes rows of tables: all of it with one commit, or nothing. */
#include <stdlib.h>
#include <string.h>

#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/store/store_parts.h"

enum { CHECKPOINTS = 3 }; /* that are kept of a run */

struct rows { /* a piece of a batch, where it stands there */
	struct store_table *table;
	uint32_t n;
	uint64_t first;
	const unsigned char *times;
	struct columns {
		const unsigned char *at; /* numbers and times; of texts their lengths */
		const char *bytes;       /* of the text that is next */
	} * columns;
};

static int
torn(const struct store *s, struct error *err)
{
	return error_set(err, "%s: what was to be written does not fit (start anew)", s->path);
}

static int
pass(struct reader *in, size_t n, const unsigned char **at)
{
	if ((size_t)(in->end - in->p) < n)
		return -1;
	*at = in->p;
	in->p += n;
	return 0;
}

static uint32_t
length_at(const unsigned char *at, uint32_t i)
{
	uint32_t n;

	memcpy(&n, at + i * sizeof n, sizeof n);
	return n;
}

static int64_t
time_at(const unsigned char *at, uint32_t i)
{
	int64_t v;

	memcpy(&v, at + i * sizeof v, sizeof v);
	return v;
}

static double
number_at(const unsigned char *at, uint32_t i)
{
	double v;

	memcpy(&v, at + i * sizeof v, sizeof v);
	return v;
}

/* Finds where the columns of a piece stand. */
static int
find_columns(struct rows *r, struct reader *in)
{
	for (int c = 0; c < r->table->n; c++) {
		struct columns *column = &r->columns[c];
		const unsigned char *bytes;
		size_t total = 0;

		if (r->table->types[c] != COLUMN_TEXT) {
			if (pass(in, r->n * sizeof(double), &column->at) != 0)
				return -1;
			continue;
		}
		if (pass(in, r->n * sizeof(uint32_t), &column->at) != 0)
			return -1;
		for (uint32_t i = 0; i < r->n; i++)
			if (length_at(column->at, i) != UINT32_MAX)
				total += length_at(column->at, i);
		if (pass(in, total, &bytes) != 0)
			return -1;
		column->bytes = (const char *)bytes;
	}
	return 0;
}

/* --- cells ------------------------------------------------------------------------------------ */

static void
bind_time(sqlite3_stmt *stmt, int at, int64_t time)
{
	char buf[TIME_CHARS];

	if (time == TIME_NONE)
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_text(stmt, at, buf, time_format(time, buf), SQLITE_TRANSIENT);
}

static void
bind_text(sqlite3_stmt *stmt, int at, const char *s, uint32_t n)
{
	if (n == UINT32_MAX)
		sqlite3_bind_null(stmt, at);
	else
		sqlite3_bind_text(stmt, at, s, (int)n, SQLITE_STATIC);
}

/* Where the text of a row of a column stands, which is passed over; n UINT32_MAX: it is missing. */
static const char *
next_text(struct columns *c, uint32_t row, uint32_t *n)
{
	const char *s = c->bytes;

	*n = length_at(c->at, row);
	if (*n != UINT32_MAX)
		c->bytes += *n;
	return s;
}

static void
bind_cells(struct rows *r, uint32_t row)
{
	sqlite3_stmt *stmt = r->table->insert;

	for (int c = 0; c < r->table->n; c++) {
		struct columns *column = &r->columns[c];
		uint32_t n;
		const char *s;

		switch (r->table->types[c]) {
		case COLUMN_NUMBER: /* a NaN is bound as NULL */
			sqlite3_bind_double(stmt, c + 1, number_at(column->at, row));
			break;
		case COLUMN_TIME:
			bind_time(stmt, c + 1, time_at(column->at, row));
			break;
		case COLUMN_TEXT:
			s = next_text(column, row, &n);
			bind_text(stmt, c + 1, s, n);
			break;
		}
	}
}

static void
add_json(struct text *t, const char *name, const struct columns *c, enum column_type type,
    uint32_t row, const char *s, uint32_t n)
{
	char buf[TIME_CHARS];

	text_add(t, t->len > 1 ? "," : "");
	text_json(t, name, strlen(name));
	text_addc(t, ':');
	if (type == COLUMN_NUMBER)
		text_number(t, number_at(c->at, row));
	else if (type == COLUMN_TEXT)
		text_json(t, s, n);
	else
		text_json(t, buf, (size_t)time_format(time_at(c->at, row), buf));
}

/* A row too wide for a table: the cells that are there, by name. */
static void
bind_wide(struct store *s, struct rows *r, uint32_t row)
{
	text_clear(&s->json);
	text_addc(&s->json, '{');
	for (int c = 0; c < r->table->n; c++) {
		struct columns *column = &r->columns[c];
		enum column_type type = r->table->types[c];
		const char *text = NULL;
		uint32_t n = 0;

		if (type == COLUMN_TEXT)
			text = next_text(column, row, &n);
		if ((type == COLUMN_NUMBER && number_missing(number_at(column->at, row))) ||
		    (type == COLUMN_TIME && time_at(column->at, row) == TIME_NONE) ||
		    (type == COLUMN_TEXT && n == UINT32_MAX))
			continue;
		add_json(&s->json, r->table->stored[c], column, type, row, text, n);
	}
	text_addc(&s->json, '}');
	sqlite3_bind_text(r->table->insert, 1, s->json.s, (int)s->json.len, SQLITE_STATIC);
}

/* --- pieces ----------------------------------------------------------------------------------- */

static int
insert_rows(struct store *s, struct rows *r, struct error *err)
{
	struct store_table *t = r->table;
	int behind = t->wide ? 1 : t->n;

	for (uint32_t i = 0; i < r->n; i++) {
		int64_t time = time_at(r->times, i);

		if (t->wide)
			bind_wide(s, r, i);
		else
			bind_cells(r, i);
		sqlite3_bind_int64(t->insert, behind + 1, s->run);
		sqlite3_bind_int64(t->insert, behind + 2, (int64_t)(r->first + i));
		bind_time(t->insert, behind + 3, t->stamps ? time : TIME_NONE);
		if (store_step(s, t->insert, err) != 0)
			return -1;
		if (time > t->newest || t->newest == TIME_NONE)
			t->newest = time;
	}
	t->last = sqlite3_last_insert_rowid(s->db);
	return 0;
}

static int
write_rows(struct store *s, struct reader *in, struct error *err)
{
	struct rows r;
	uint32_t source;
	int status = -1;

	if (s->ntables == 0 || reader_below(in, (uint32_t)s->ntables - 1, &source) != 0 ||
	    reader_u32(in, &r.n) != 0 || reader_u64(in, &r.first) != 0 ||
	    pass(in, r.n * sizeof(int64_t), &r.times) != 0)
		return torn(s, err);
	r.table = &s->tables[source];
	r.columns = memory_zero((size_t)r.table->n + 1, sizeof *r.columns);
	if (find_columns(&r, in) != 0)
		torn(s, err);
	else
		status = insert_rows(s, &r, err);
	free(r.columns);
	return status;
}

static int
write_fact(struct store *s, struct reader *in, struct error *err)
{
	static const int texts[FACTS] = { [FACT_ALERT] = 5, [FACT_BAD] = 3, [FACT_NOTE] = 2 };
	struct columns all = { 0 };
	uint32_t kind, source;
	uint64_t row;
	int64_t time;
	size_t total = 0;
	sqlite3_stmt *stmt;
	const unsigned char *bytes;

	if (reader_below(in, FACTS - 1, &kind) != 0 || reader_u32(in, &source) != 0 ||
	    reader_u64(in, &row) != 0 || reader_i64(in, &time) != 0 ||
	    pass(in, FACT_TEXTS * sizeof(uint32_t), &all.at) != 0)
		return torn(s, err);
	for (uint32_t i = 0; i < FACT_TEXTS; i++)
		if (length_at(all.at, i) != UINT32_MAX)
			total += length_at(all.at, i);
	if (pass(in, total, &bytes) != 0)
		return torn(s, err);
	all.bytes = (const char *)bytes;
	stmt = s->facts[kind];
	if (stmt == NULL) /* nothing of a run is known: there is nobody to be told of */
		return 0;
	sqlite3_bind_int64(stmt, 1, s->run);
	sqlite3_bind_int64(stmt, 2, (int64_t)source - 1);
	sqlite3_bind_int64(stmt, 3, (int64_t)row);
	bind_time(stmt, 4, time);
	for (uint32_t i = 0; i < (uint32_t)texts[kind]; i++) {
		uint32_t n;
		const char *text = next_text(&all, i, &n);

		bind_text(stmt, 5 + (int)i, text, n);
	}
	return store_step(s, stmt, err);
}

static int
write_pieces(struct store *s, const struct batch *b, struct error *err)
{
	struct reader in = { b->log.data, b->log.data + b->log.len };
	uint32_t kind;
	int status = 0;

	if (b->log.len == 0)
		return 0;
	while (status == 0 && in.p < in.end) {
		if (reader_u32(&in, &kind) != 0)
			return torn(s, err);
		status = kind == BATCH_RUN    ? store_begin_run(s, &in, b->now, err)
			 : kind == BATCH_ROWS ? write_rows(s, &in, err)
			 : kind == BATCH_FACT ? write_fact(s, &in, err)
					      : torn(s, err);
	}
	return status;
}

/* How far a table had come by then, and when that was: what is too old is found by it. */
static int
write_marks(struct store *s, struct error *err)
{
	for (int i = 0; i < s->ntables; i++) {
		struct store_table *t = &s->tables[i];

		if (t->last == 0)
			continue;
		sqlite3_bind_int64(s->mark, 1, s->run);
		sqlite3_bind_text(s->mark, 2, t->name, -1, SQLITE_STATIC);
		sqlite3_bind_int64(s->mark, 3, t->last);
		sqlite3_bind_int64(s->mark, 4, t->newest);
		if (store_step(s, s->mark, err) != 0)
			return -1;
		t->last = 0;
	}
	return 0;
}

static int
write_checkpoint(struct store *s, const struct batch *b, struct error *err)
{
	char saved[TIME_CHARS];
	sqlite3_stmt *stmt = s->checkpoint;
	struct text sql = { 0 };
	int status;

	if (!b->checkpoint || stmt == NULL)
		return 0;
	sqlite3_bind_int64(stmt, 1, s->run);
	sqlite3_bind_text(stmt, 2, saved, time_format(b->now, saved), SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 3, (int64_t)b->total);
	sqlite3_bind_int64(stmt, 4, b->out);
	sqlite3_bind_int(stmt, 5, b->ended);
	sqlite3_bind_blob64(stmt, 6, b->state.data, b->state.len, SQLITE_STATIC);
	if (store_step(s, stmt, err) != 0)
		return -1;
	text_addf(&sql,
	    "DELETE FROM checkpoints WHERE id <= (SELECT id FROM checkpoints WHERE run = %lld "
	    "ORDER BY id DESC LIMIT 1 OFFSET %d) OR run < %lld",
	    (long long)s->run, CHECKPOINTS, (long long)s->run);
	status = store_exec(s, text_get(&sql), err);
	text_done(&sql);
	return status;
}

static void
measure(struct store *s)
{
	struct error err;
	int64_t pages, size;

	if (store_number(s, "PRAGMA page_count", &pages, &err) == 0 &&
	    store_number(s, "PRAGMA page_size", &size, &err) == 0)
		s->bytes = pages * size;
}

int
store_write(struct store *s, const struct batch *b, struct error *err)
{
	if (store_exec(s, "BEGIN IMMEDIATE", err) == 0 && write_pieces(s, b, err) == 0 &&
	    write_marks(s, err) == 0 && write_checkpoint(s, b, err) == 0 &&
	    (!b->last || store_end_run(s, b->now, err) == 0) && store_trim(s, err) == 0 &&
	    store_exec(s, "COMMIT", err) == 0) {
		if (s->run > 0) /* it went on */
			s->from = 0;
		measure(s);
		return 0;
	}
	/* Of an automatic rollback nothing is left; the run's tables may be gone with it. */
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	for (int i = 0; i < s->ntables; i++)
		s->tables[i].last = 0;
	return -1;
}
