/* test_commands.c - what the prompt takes back, looks at and goes to. */
#include "tests/support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/rig.h"

static const char seed[] = "time,x,k\n"
			   "2026-01-01T00:00:00Z,1,a\n2026-01-01T00:00:10Z,2,b\n"
			   "2026-01-01T00:00:20Z,3,a\n2026-01-01T00:00:30Z,4,b\n"
			   "2026-01-01T00:00:40Z,5,a\n2026-01-01T00:00:50Z,6,b\n"
			   "2026-01-01T00:01:00Z,7,a\n2026-01-01T00:01:10Z,8,b\n";
static const struct rig_options plain = { .default_kpis = true };

/* The screen shows it, in the line that says what came of the last command or elsewhere. */
static void
shows(struct rig *rig, const char *text)
{
	const char *picture = rig_picture(rig, 120, 30, GLYPHS_BRAILLE);

	ck_assert_msg(strstr(picture, text) != NULL, "'%s' in\n%s", text, picture);
}

static bool
has_kpi(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return true;
	return false;
}

static double
kpi(const struct rig *rig, const char *name)
{
	for (int i = 0; i < engine_kpis(rig->engine); i++)
		if (strcmp(engine_kpi(rig->engine, i)->name, name) == 0)
			return engine_kpi_value(rig->engine, i);
	ck_abort_msg("no KPI %s", name);
}

/* --- drop ------------------------------------------------------------------------------------- */

START_TEST(what_is_left_goes_on)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":k sum(x, all)\r:k gone: count(x, all)\r:a low: x < 3\r:a high: x > 3\r");
	rig_rows(&rig, 3, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 9);
	rig_keys(&rig, ":drop gone\r");
	shows(&rig, "gone is taken back");
	ck_assert(!has_kpi(&rig, "gone"));
	rig_keys(&rig, ":drop low\r");
	ck_assert_int_eq(engine_rules(rig.engine), 1);
	ck_assert_uint_eq(engine_rule_fired(rig.engine, 0), 1);
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 14);
	ck_assert(has_kpi(&rig, "mean(x)")); /* the default ones stay */
	rig_keys(&rig, ":drop gone\r");
	shows(&rig, "nothing that was asked for is called 'gone'");
	rig_close(&rig);
}
END_TEST

START_TEST(what_is_read_stays)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":d twice = x * 2\r:k top: max(twice, 3)\r");
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":drop twice\r");
	shows(&rig, "'twice' is read by 'top' (drop that first)");
	ck_assert(has_kpi(&rig, "twice"));
	rig_keys(&rig, "\033:drop top\r:drop twice\r");
	ck_assert(!has_kpi(&rig, "twice") && !has_kpi(&rig, "top"));
	ck_assert_int_eq(engine_query(rig.engine)->nderived, 0);
	rig_keys(&rig, ":d twice = x * 3\r"); /* the name is free again */
	rig_rows(&rig, 1, 0, 0);
	ck_assert_double_eq(kpi(&rig, "twice"), 12);
	rig_keys(&rig, ":drop mean(x)\r");
	shows(&rig, "one of the default KPIs");
	rig_close(&rig);
}
END_TEST

/* What a dashboard file asks for too, and what its panes show. */
START_TEST(what_the_file_asks_for)
{
	static const char yaml[] =
	    "sources: [\"" WEIR_SETS "/reactor-15.csv\"]\n"
	    "derive: [{name: ratio, expr: temperature / pH}]\n"
	    "kpis:\n  - {name: warm, expr: mean(ratio)}\n  - max2(temperature, pH)\n"
	    "alerts:\n  - {name: cold, when: ratio < 2}\n"
	    "layout:\n  - panes: [{widget: stat, of: warm}]\n";
	struct error err;
	struct rig rig;

	ck_assert_msg(rig_open_file(&rig, yaml, &err) == 0, "%s", err.text);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":drop ratio\r");
	shows(&rig, "'ratio' is read by 'warm: mean(ratio)'");
	rig_keys(&rig, "\033:drop warm\r"); /* the pane needs it */
	shows(&rig, "warm");
	ck_assert(has_kpi(&rig, "warm"));
	rig_keys(&rig, "\033:drop max2(temperature, pH)\r:drop cold\r");
	ck_assert(!has_kpi(&rig, "max2(temperature, pH)"));
	ck_assert_int_eq(engine_rules(rig.engine), 0);
	rig_rows(&rig, 2, 120, 30);
	rig_close(&rig);
}
END_TEST

/* --- places ----------------------------------------------------------------------------------- */

START_TEST(forward_to_a_time)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":seek 2026-01-01T00:00:35\r");
	shows(&rig, "forward to 2026-01-01T00:00:35Z");
	rig_rows(&rig, 1, 0, 0); /* and one more */
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 6);
	rig_keys(&rig, ":seek 2026-01-01\r");
	rig_arrive(&rig);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 1);
	rig_keys(&rig, ":seek 7\r");
	rig_rows(&rig, 1, 0, 0);
	ck_assert_uint_eq(engine_progress(rig.engine, 0).row, 8);
	rig_keys(&rig, ":seek noon\r");
	shows(&rig, "'noon' is neither a row nor a time");
	rig_close(&rig);
	rig_open(&rig, "x\n1\n2\n3\n", &plain);
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":seek 2026-01-01\r");
	shows(&rig, "no times of their own");
	rig_close(&rig);
}
END_TEST

/* --- keys ------------------------------------------------------------------------------------- */

static void
open_by_key(struct rig *rig, char *path)
{
	struct text yaml = { 0 };
	struct error err;
	FILE *file;

	strcpy(path, "/tmp/weir-keys-XXXXXX");
	file = fdopen(mkstemp(path), "w");
	fputs(seed, file);
	fclose(file);
	text_addf(&yaml, "sources: [{name: s, uri: %s}]\nby: k\nkpis: [\"sum(x, all)\"]\n", path);
	ck_assert_msg(rig_open_file(rig, yaml.s, &err) == 0, "%s", err.text);
	text_done(&yaml);
}

START_TEST(another_key)
{
	char path[32];
	struct text said = { 0 };
	struct rig rig;

	open_by_key(&rig, path);
	rig_rows(&rig, 6, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 9);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strstr(text_get(&said), "sum(x, all) = ") != NULL, "%s", text_get(&said));
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	rig_keys(&rig, ":key \t\r");
	rig_keys(&rig, "\033:key b\r");
	shows(&rig, "key b alone: Esc in the overview shows all");
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 12);
	/* the rows that its windows hold */
	ck_assert_uint_eq(history_end(rig.history, 0) - history_begin(rig.history, 0), 3);
	rig_rows(&rig, 2, 0, 0);
	ck_assert_double_eq(kpi(&rig, "sum(x, all)"), 20);
	ck_assert_uint_eq(history_end(rig.history, 0) - history_begin(rig.history, 0), 4);
	text_clear(&said);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strstr(text_get(&said), "20") != NULL, "%s", text_get(&said));
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	rig_keys(&rig, ":key c\r");
	shows(&rig, "no row of 'c' is known");
	text_done(&said);
	rig_close(&rig);
	unlink(path);
}
END_TEST

/* A key whose query is exchanged is explained on. */
START_TEST(a_key_after_a_drop)
{
	char path[32];
	struct text said = { 0 };
	struct rig rig;

	open_by_key(&rig, path);
	rig_rows(&rig, 3, 0, 0);
	rig_keys(&rig, ":k max(x, 2)\r");
	rig_rows(&rig, 1, 0, 0);
	rig_keys(&rig, ":drop max(x, 2)\r");
	rig_rows(&rig, 1, 0, 0);
	graph_explain(engine_graph(rig.engine, 0), engine_kpi(rig.engine, 0)->root, &said);
	ck_assert_msg(strchr(text_get(&said), '\n') != text_get(&said) + said.len - 1,
	    "the arithmetic of '%s'", text_get(&said));
	text_done(&said);
	rig_close(&rig);
	unlink(path);
}
END_TEST

START_TEST(without_keys)
{
	struct rig rig;

	rig_open(&rig, seed, &plain);
	rig_rows(&rig, 2, 0, 0);
	rig_keys(&rig, ":key a\r");
	shows(&rig, "there are no keys (weir --by COLUMN begins with some)");
	rig_close(&rig);
}
END_TEST

/* --- saved ------------------------------------------------------------------------------------ */

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
	shows(&rig, "no name of a dashboard file");
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

/* Without a file: what options said. */
START_TEST(a_file_of_options)
{
	static const char *const said[] = { "weir", "--headless", "-t", "time", "-w", "5m", "-k",
		"+sum(temperature, all)", "-d", "half = pH / 2", "-a", "temperature < 9.5",
		"--start", "11", "r=data/sets/reactor.csv" };
	enum { WORDS = sizeof said / sizeof *said };
	char *words[WORDS];
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config none = { 0 };
	struct text is = { 0 };
	struct args args;
	struct session s;
	struct error err;
	bool hidden;
	int64_t wake;

	close(mkstemps(path, 5));
	for (int i = 0; i < WORDS; i++)
		words[i] = memory_text(said[i], strlen(said[i]));
	ck_assert_msg(args_parse(&args, WORDS, words, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	while (engine_run(s.engine, 1000000, &wake, &err) == ENGINE_OPENING)
		;
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	args_done(&args);
	for (int i = 0; i < WORDS; i++)
		free(words[i]);
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
	char *words[WORDS];
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config none = { 0 }, config;
	struct args args;
	struct session s;
	struct error err;
	bool hidden;
	int64_t wake;

	close(mkstemps(path, 5));
	for (int i = 0; i < WORDS; i++)
		words[i] = memory_text(said[i], strlen(said[i]));
	ck_assert_msg(args_parse(&args, WORDS, words, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	while (engine_run(s.engine, 1000000, &wake, &err) == ENGINE_OPENING)
		;
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	args_done(&args);
	for (int i = 0; i < WORDS; i++)
		free(words[i]);
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

/* How rows are written, where it was told: read again, the file says the same. */
START_TEST(a_file_of_a_dialect)
{
	static const char *const said[] = { "weir", "--headless", "-t", "day+at", "-F", "csv",
		"--delimiter", ";", "--quote", "'", "--comment", "%", "--skip", "0", "--decimal",
		",", "--missing", "-999,no \"value\"", "--encoding", "latin1", "--dates", "dmy",
		"--zone", "+02:00", "--time-format", "%d.%m.%Y %H:%M", "--sort",
		"data/sets/reactor-15.csv" };
	enum { WORDS = sizeof said / sizeof *said };
	char *words[WORDS];
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config none = { 0 }, config;
	const struct config_source *c;
	struct args args;
	struct session s;
	struct error err;
	bool hidden;

	close(mkstemps(path, 5));
	for (int i = 0; i < WORDS; i++)
		words[i] = memory_text(said[i], strlen(said[i]));
	ck_assert_msg(args_parse(&args, WORDS, words, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	session_close(&s);
	ck_assert_msg(config_load(&config, path, &err) == 0, "%s: %s", path, err.text);
	ck_assert_int_eq(config.nsources, 1);
	c = &config.sources[0];
	ck_assert_str_eq(c->time.s, args.time);
	ck_assert_str_eq(c->format, args.format);
	ck_assert_str_eq(c->delimiter, ";");
	ck_assert_str_eq(c->quote, "'");
	ck_assert_str_eq(c->comment, "%");
	ck_assert_str_eq(c->decimal, ",");
	ck_assert_str_eq(c->missing, args.missing);
	ck_assert_str_eq(c->encoding, args.encoding);
	ck_assert_str_eq(c->dates, args.dates);
	ck_assert_str_eq(c->zone, args.zone);
	ck_assert_str_eq(c->time_format, args.time_format);
	ck_assert(c->sort && c->skip_told && !c->no_header);
	ck_assert_int_eq(c->skip, 0);
	config_done(&config);
	args_done(&args);
	for (int i = 0; i < WORDS; i++)
		free(words[i]);
	unlink(path);
}
END_TEST

/* The words that open the session may hold a password; the file that is given to others does not. */
START_TEST(a_file_without_secrets)
{
	static const char *const said[] = { "weir", "--headless", "-a", "key == 1", "-d", "key = x",
		"r=exec:printf 'x\\n1\\n' http://joe:hush@host/ http://host/?token=hush&a=b" };
	enum { WORDS = sizeof said / sizeof *said };
	char *words[WORDS];
	char path[] = "/tmp/weir-saved-XXXXXX.yaml";
	struct config none = { 0 }, config;
	struct args args;
	struct session s;
	struct error err;
	bool hidden = false;
	int64_t wake;

	close(mkstemps(path, 5));
	for (int i = 0; i < WORDS; i++)
		words[i] = memory_text(said[i], strlen(said[i]));
	ck_assert_msg(args_parse(&args, WORDS, words, &err) == 0, "%s", err.text);
	ck_assert_msg(session_open(&s, &args, &none, false) == 0, "%s", s.err.text);
	while (engine_run(s.engine, 1000000, &wake, &err) == ENGINE_OPENING)
		uv_run(&s.uv, UV_RUN_ONCE);
	ck_assert_msg(session_save(&s, path, &hidden, &err) == 0, "%s", err.text);
	ck_assert(hidden);
	session_close(&s);
	args_done(&args);
	for (int i = 0; i < WORDS; i++)
		free(words[i]);
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
	Suite *suite = suite_create("commands");
	TCase *tc = tcase_create("all");

	tcase_add_test(tc, what_is_left_goes_on);
	tcase_add_test(tc, what_is_read_stays);
	tcase_add_test(tc, what_the_file_asks_for);
	tcase_add_test(tc, forward_to_a_time);
	tcase_add_test(tc, another_key);
	tcase_add_test(tc, a_key_after_a_drop);
	tcase_add_test(tc, without_keys);
	tcase_add_test(tc, a_file_with_what_was_added);
	tcase_add_test(tc, a_file_of_options);
	tcase_add_test(tc, a_file_of_sources);
	tcase_add_test(tc, a_file_of_a_dialect);
	tcase_add_test(tc, a_file_without_secrets);
	suite_add_tcase(suite, tc);
	return support_run(suite);
}
