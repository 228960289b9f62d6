/* test_save.c - what was asked for at the prompt or by options, written as a dashboard file: read
 * again, it asks for the same. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/rig.h"

static void
write_yaml(const char *path, const char *yaml)
{
	FILE *file = fopen(path, "w");

	ck_assert_ptr_nonnull(file);
	fputs(yaml, file);
	fclose(file);
}

/* Opens the file, lets all rows go, and appends what it asks for and has come to. */
static void
describe(const char *path, struct text *out)
{
	struct args args = { .config = path, .headless = true };
	struct config config;
	struct session s;
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	ck_assert_msg(config_load(&config, path, &err) == 0, "%s: %s", path, err.text);
	ck_assert_msg(session_open(&s, &args, &config, false) == 0, "%s", s.err.text);
	while ((state = engine_run(s.engine, 1000000, &wake, &err)) != ENGINE_END)
		ck_assert_msg(state == ENGINE_RUNNING || state == ENGINE_OPENING, "%s", err.text);
	ck_assert_msg(session_check(&s) == 0, "%s", s.err.text);
	for (int i = 0; i < engine_kpis(s.engine); i++) {
		text_addf(out, "%s: ", engine_kpi(s.engine, i)->name);
		engine_kpi_print(s.engine, i, engine_kpi_value(s.engine, i), out);
		text_addc(out, '\n');
	}
	for (int i = 0; i < engine_rules(s.engine); i++) {
		const struct alert_rule *rule = engine_rule(s.engine, i);

		text_addf(out, "%s: %s for %d %lld clear %s keep %lld %s fired %d\n", rule->name,
		    rule->when, (int)rule->lasting.unit, (long long)rule->lasting.n,
		    rule->clear != NULL ? rule->clear : "-", (long long)rule->keep,
		    severity_name(rule->severity), (int)engine_rule_fired(s.engine, i));
	}
	for (int i = 0; i < engine_query(s.engine)->nderived; i++)
		text_addf(out, "derived %s\n", engine_query(s.engine)->derived[i].name);
	text_addf(out, "actions %d, panes %d, window %lld\n",
	    config.nalerts > 0 ? config.alerts[0].nactions : -1,
	    config.nlayout > 0 ? config.layout[0].npanes : -1,
	    (long long)engine_query(s.engine)->options.window.n);
	session_close(&s);
	config_done(&config);
}

START_TEST(a_file_with_what_was_added)
{
	static const char yaml[] =
	    "about: \"a # in: text\"\n"
	    "sources: [{name: r, uri: \"" WEIR_SETS "/reactor-15.csv\"}]\n"
	    "window: 7\n"
	    "derive: [{name: ratio, expr: temperature / pH}]\n"
	    "kpis: [{name: warm, expr: \"mean(ratio, 3)\", unit: x}, \"max(pH)\"]\n"
	    "alerts:\n"
	    "  - {name: cold, when: temperature < 10, for: 2 rows, clear: temperature > 11, "
	    "keep: 5s, severity: critical, do: [bell, {append: /tmp/x}]}\n"
	    "  - pH > 5.5\n"
	    "layout:\n  - panes: [{widget: stat, of: warm}, {widget: alerts}]\n";
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct text was = { 0 }, is = { 0 };
	struct error err;
	bool hidden;
	struct rig rig;

	close(mkstemps(path, 5));
	ck_assert_msg(rig_open_file(&rig, yaml, &err) == 0, "%s", err.text);
	rig_rows(&rig, 3, 0, 0);
	/* nothing was added: the same */
	ck_assert_msg(session_save(&rig.session, path, &hidden, &err) == 0, "%s", err.text);
	describe(rig.path, &was);
	describe(path, &is);
	ck_assert_str_eq(text_get(&was), text_get(&is));
	/* added, and taken back */
	rig_keys(&rig, ":d twice = temperature * 2\r:k +sum(pH, all)\r");
	rig_keys(&rig, ":k hot: max(twice)\r:a high: twice > 22 for 90s severity info\r");
	rig_keys(&rig, ":drop pH > 5.5\r:drop max(pH)\r");
	ck_assert_int_eq(rig_keys(&rig, ":save /tmp/other.yaml\r"), OUTCOME_SAVE);
	ck_assert_str_eq(dashboard_save_path(rig.dashboard), "/tmp/other.yaml");
	ck_assert_msg(session_save(&rig.session, path, &hidden, &err) == 0, "%s", err.text);
	text_clear(&is);
	describe(path, &is);
	rig_keys(&rig, ":save notes.txt\r");
	rig_says(&rig, "no name of a dashboard file");
	/* the file itself is read */
	ck_assert_int_eq(session_save(&rig.session, rig.path, &hidden, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, "is read"));
	rig_close(&rig);
	write_yaml(path,
	    "sources: [{name: r, uri: \"" WEIR_SETS "/reactor-15.csv\"}]\n"
	    "window: 7\n"
	    "derive:\n  - {name: ratio, expr: temperature / pH}\n"
	    "  - {name: twice, expr: temperature * 2}\n"
	    "kpis:\n  - {name: warm, expr: \"mean(ratio, 3)\"}\n  - +twice\n"
	    "  - \"sum(pH, all)\"\n  - {name: hot, expr: max(twice)}\n"
	    "alerts:\n"
	    "  - {name: cold, when: temperature < 10, for: 2 rows, clear: temperature > 11, "
	    "keep: 5s, severity: critical, do: [bell, {append: /tmp/x}]}\n"
	    "  - {name: high, when: twice > 22, for: 90s, severity: info}\n"
	    "layout:\n  - panes: [{widget: stat, of: warm}, {widget: alerts}]\n");
	text_clear(&was);
	describe(path, &was);
	ck_assert_str_eq(text_get(&is), text_get(&was));
	unlink(path);
	text_done(&was);
	text_done(&is);
}
END_TEST

/* A run that these n words open is saved at the path, a pattern of mkstemps. true: something secret
 * was left out. */
static bool
save_said(char *path, const char *const *said, int n)
{
	char **words = memory_new((size_t)n, sizeof *words);
	struct config none = { 0 };
	struct args args;
	struct session s;
	struct error err;
	bool hidden = false;
	int64_t wake;

	close(mkstemps(path, 5));
	for (int i = 0; i < n; i++)
		words[i] = memory_text(said[i], strlen(said[i]));
	ck_assert_msg(args_parse(&args, n, words, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	while (engine_run(s.engine, 1000000, &wake, &err) == ENGINE_OPENING)
		uv_run(&s.uv, UV_RUN_NOWAIT);
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	args_done(&args);
	for (int i = 0; i < n; i++)
		free(words[i]);
	free(words);
	return hidden;
}

/* Without a file: what options said. */
START_TEST(a_file_of_options)
{
	static const char *const said[] = { "weir", "--headless", "-t", "time", "-w", "5m", "-k",
		"+sum(temperature, all)", "-d", "half = pH / 2", "-a", "temperature < 9.5",
		"--start", "11", "r=data/sets/reactor.csv" };
	enum { WORDS = sizeof said / sizeof *said };
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct text is = { 0 };

	ck_assert(!save_said(path, said, WORDS));
	describe(path, &is);
	ck_assert_ptr_nonnull(strstr(text_get(&is), "sum(temperature, all): "));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "mean(temperature): "));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "temperature < 9.5: temperature < 9.5 for"));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "derived half\n"));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "window 300000000000\n"));
	unlink(path);
	text_done(&is);
}
END_TEST

/* Each source is one of the file, by its name. */
START_TEST(a_file_of_sources)
{
	static const char *const said[] = { "weir", "--headless", "one=data/sets/reactor-15.csv",
		"data/sets/reactor.csv", "two=data/sets/reactor-15.csv" };
	static const char *const names[] = { "one", "reactor", "two" };
	enum { WORDS = sizeof said / sizeof *said, SOURCES = sizeof names / sizeof *names };
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config config;
	struct error err;

	ck_assert(!save_said(path, said, WORDS));
	ck_assert_msg(config_load(&config, path, &err) == 0, "%s", err.text);
	ck_assert_int_eq(config.nsources, SOURCES);
	for (int i = 0; i < SOURCES; i++) {
		const char *file = i == 1 ? "data/sets/reactor.csv" : "data/sets/reactor-15.csv";

		ck_assert_ptr_nonnull(strstr(config.sources[i].uri.s, file));
		ck_assert(config.sources[i].name == NULL
			      ? i == 1
			      : strcmp(config.sources[i].name, names[i]) == 0);
	}
	config_done(&config);
	unlink(path);
}
END_TEST

static void
run_to_end(struct session *s)
{
	struct error err = { 0 };
	enum engine_state state;
	int64_t wake;

	for (int i = 0; i < 1000; i++)
		if ((state = engine_run(s->engine, 1000000, &wake, &err)) == ENGINE_FAILED ||
		    state == ENGINE_WRONG)
			ck_abort_msg("%s", err.text);
}

/* A source that was added shares columns with the others, which meant theirs: in the file nothing
 * tells which was first, so it says whose they are. */
START_TEST(a_file_with_shared_columns)
{
	static const char *const said[] = { "weir", "--headless", "-d", "half = pH / 2", "-k",
		"mean(temperature)", "-k", "m: max(half)", "-a", "low: temperature < 9",
		"one=data/sets/reactor-15.csv" };
	enum { WORDS = sizeof said / sizeof *said };
	char path[] = "/tmp/weir-saved-XXXXXX.yaml", *words[WORDS];
	struct config none = { 0 };
	struct text is = { 0 };
	struct args args;
	struct session s;
	struct error err;
	bool hidden;

	memcpy(words, said, sizeof said);
	close(mkstemps(path, 5));
	ck_assert_int_eq(args_parse(&args, WORDS, words, &err), 0);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	run_to_end(&s);
	ck_assert_int_eq(session_add_source(&s, "two=data/sets/reactor.csv", &err), 0);
	run_to_end(&s);
	ck_assert_int_eq(query_add_kpi(engine_ask(s.engine), "min(two.pH)", &err), 0);
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	args_done(&args);
	describe(path, &is);
	ck_assert_ptr_nonnull(strstr(text_get(&is), "mean(one.temperature): "));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "\nm: "));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "min(two.pH): "));
	ck_assert_ptr_nonnull(strstr(text_get(&is), "low: one.temperature < 9 for"));
	unlink(path);
	text_done(&is);
}
END_TEST

/* What waits for the columns of a source that has no rows yet is not lost. */
START_TEST(a_file_with_what_waits)
{
	char path[] = "/tmp/weir-saved-XXXXXX.yaml", spec[64];
	char *words[] = { (char[]){ "weir" }, (char[]){ "--headless" }, (char[]){ "-k" },
		(char[]){ "max(pH)" }, (char[]){ "-k" }, (char[]){ "late: mean(two.n)" },
		(char[]){ "-a" }, (char[]){ "two.n > 5" }, (char[]){ "-d" },
		(char[]){ "q = 2 * n" }, (char[]){ "one=data/sets/reactor-15.csv" }, spec };
	struct config none = { 0 }, config;
	struct args args;
	struct session s;
	struct error err;
	bool hidden;
	int64_t wake;

	close(mkstemps(path, 5));
	snprintf(spec, sizeof spec, "two=unix-listen:%.20s.s", path);
	ck_assert_int_eq(args_parse(&args, sizeof words / sizeof *words, words, &err), 0);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	while (engine_run(s.engine, 1000000, &wake, &err) == ENGINE_OPENING)
		uv_run(&s.uv, UV_RUN_NOWAIT);
	ck_assert_int_eq(engine_joining(s.engine), 1);
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	args_done(&args);
	ck_assert_msg(config_load(&config, path, &err) == 0, "%s", err.text);
	ck_assert_int_eq(config.nsources, 2);
	ck_assert_int_eq(config.nkpis, 2);
	ck_assert_str_eq(config.kpis[1].name, "late");
	ck_assert_str_eq(config.kpis[1].expr.s, "mean(two.n)");
	ck_assert_str_eq(config.alerts[0].when.s, "two.n > 5");
	ck_assert_str_eq(config.derive[0].expr.s, "2 * n");
	config_done(&config);
	unlink(path);
}
END_TEST

/* How rows are written, where it was told: read again, the file says the same. */
START_TEST(a_file_of_a_dialect)
{
	static const char *const said[] = { "weir", "--headless", "-t", "day+at", "-F", "csv",
		"--delimiter", ";", "--quote", "'", "--comment", "%", "--skip", "0", "--decimal",
		",", "--missing", "-999,no \"value\"", "--encoding", "latin1", "--dates", "dmy",
		"--zone", "+02:00", "--time-format", "%d.%m.%Y %H:%M", "--sort",
		"data/sets/reactor-15.csv" };
	enum { WORDS = sizeof said / sizeof *said };
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config config;
	const struct config_source *c;
	struct error err;

	ck_assert(!save_said(path, said, WORDS));
	ck_assert_msg(config_load(&config, path, &err) == 0, "%s: %s", path, err.text);
	ck_assert_int_eq(config.nsources, 1);
	c = &config.sources[0];
	ck_assert_str_eq(c->time.s, "day+at");
	ck_assert_str_eq(c->format, "csv");
	ck_assert_str_eq(c->delimiter, ";");
	ck_assert_str_eq(c->quote, "'");
	ck_assert_str_eq(c->comment, "%");
	ck_assert_str_eq(c->decimal, ",");
	ck_assert_str_eq(c->missing, "-999,no \"value\"");
	ck_assert_str_eq(c->encoding, "latin1");
	ck_assert_str_eq(c->dates, "dmy");
	ck_assert_str_eq(c->zone, "+02:00");
	ck_assert_str_eq(c->time_format, "%d.%m.%Y %H:%M");
	ck_assert(c->sort && c->skip_told && !c->no_header);
	ck_assert_int_eq(c->skip, 0);
	config_done(&config);
	unlink(path);
}
END_TEST

/* The words that open the session may hold a password; the file that is given to others does not.
 */
START_TEST(a_file_without_secrets)
{
	static const char *const said[] = { "weir", "--headless", "-a", "key == 1", "-d", "key = x",
		"r=exec:printf 'x\\n1\\n' http://joe:hush@host/ http://host/?token=hush&a=b" };
	enum { WORDS = sizeof said / sizeof *said };
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config config;
	struct error err;

	ck_assert(save_said(path, said, WORDS));
	ck_assert_msg(config_load(&config, path, &err) == 0, "%s", err.text);
	ck_assert_str_eq(config.sources[0].uri.s,
	    "exec:printf 'x\\n1\\n' http://joe:***@host/ http://host/?token=***&a=b");
	ck_assert_str_eq(config.alerts[0].when.s, "key == 1");
	config_done(&config);
	unlink(path);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("save");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, a_file_with_what_was_added);
	tcase_add_test(tc, a_file_of_options);
	tcase_add_test(tc, a_file_of_sources);
	tcase_add_test(tc, a_file_with_shared_columns);
	tcase_add_test(tc, a_file_with_what_waits);
	tcase_add_test(tc, a_file_of_a_dialect);
	tcase_add_test(tc, a_file_without_secrets);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
