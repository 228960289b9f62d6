/* store_tables.c - the tables of a store. */
#include <stdlib.h>
#include <string.h>

#include "data/store/store_parts.h"

/* Pages that were emptied can be given back (auto_vacuum), for a store that is bounded. */
static const char tables[] =
    "CREATE TABLE runs (run INTEGER PRIMARY KEY, began TEXT, version TEXT, command TEXT,"
    " config TEXT, ended TEXT);"
    "CREATE TABLE sources (run INTEGER, source INTEGER, name TEXT, rows_table TEXT, wide INTEGER,"
    " stamps INTEGER, time INTEGER, first INTEGER, PRIMARY KEY (run, source)) WITHOUT ROWID;"
    "CREATE TABLE columns (run INTEGER, source INTEGER, position INTEGER, name TEXT, type TEXT,"
    " unit TEXT, stored TEXT, PRIMARY KEY (run, source, position)) WITHOUT ROWID;"
    "CREATE TABLE alerts (run INTEGER, source INTEGER, row INTEGER, time TEXT, name TEXT,"
    " state TEXT, severity TEXT, key TEXT, expr TEXT);"
    "CREATE TABLE bad (run INTEGER, source INTEGER, row INTEGER, time TEXT, column_name TEXT,"
    " what TEXT, text TEXT);"
    "CREATE TABLE notes (run INTEGER, source INTEGER, row INTEGER, time TEXT, what TEXT,"
    " key TEXT);"
    "CREATE TABLE marks (id INTEGER PRIMARY KEY, run INTEGER, rows_table TEXT, upto INTEGER,"
    " time INTEGER, alerts INTEGER, bad INTEGER, notes INTEGER);"
    "CREATE TABLE checkpoints (id INTEGER PRIMARY KEY, run INTEGER, saved TEXT, rows INTEGER,"
    " out INTEGER, ended INTEGER, state BLOB, mark INTEGER, alerts INTEGER, bad INTEGER,"
    " notes INTEGER);";

int
store_make_tables(struct store *s, struct error *err)
{
	struct text sql = { 0 };
	int status;

	text_addf(&sql,
	    "BEGIN IMMEDIATE; PRAGMA application_id = %d; PRAGMA user_version = %d; %s COMMIT",
	    STORE_ID, STORE_VERSION, tables);
	status = store_exec(s, text_get(&sql), err);
	text_done(&sql);
	if (status != 0)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return status;
}

/* Version 1 did not say when a run ended (of the last one its checkpoint knows), nor up to where
 * rows and the rest stood at a checkpoint. */
static const char carry_over[] =
    "BEGIN IMMEDIATE; ALTER TABLE runs ADD COLUMN ended TEXT;"
    "UPDATE runs SET ended = (SELECT max(saved) FROM checkpoints WHERE run = runs.run AND ended ="
    " 1); ALTER TABLE checkpoints ADD COLUMN mark INTEGER; ALTER TABLE checkpoints ADD COLUMN"
    " alerts INTEGER; ALTER TABLE checkpoints ADD COLUMN bad INTEGER; ALTER TABLE checkpoints ADD"
    " COLUMN notes INTEGER; PRAGMA user_version = 2; COMMIT";

int
store_carry_over(struct store *s, struct error *err)
{
	int64_t version;

	if (store_number(s, "PRAGMA user_version", &version, err) != 0)
		return -1;
	if (version == STORE_VERSION || store_exec(s, carry_over, err) == 0)
		return 0;
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

static void
table_done(struct store_table *t)
{
	sqlite3_finalize(t->insert);
	for (int i = 0; i < t->n; i++)
		free(t->stored[i]);
	free(t->stored);
	free(t->types);
	free(t->name);
}

void
store_forget_run(struct store *s)
{
	for (int i = 0; i < s->ntables; i++)
		table_done(&s->tables[i]);
	free(s->tables);
	s->tables = NULL;
	s->ntables = 0;
	s->run = 0;
	for (int i = 0; i < FACTS; i++) {
		sqlite3_finalize(s->facts[i]);
		s->facts[i] = NULL;
	}
	sqlite3_finalize(s->checkpoint);
	sqlite3_finalize(s->mark);
	s->checkpoint = s->mark = NULL;
}
