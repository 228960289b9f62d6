/* manual.c - the manual page, printed from the same tables that the program works by, so that it
 * cannot tell of an option, an operator or a key that is not there. */
#include "app/about/manual.h"

#include <stdlib.h>
#include <string.h>

#include "app/about/list.h"
#include "app/about/manual_parts.h"
#include "app/dashboard/command.h"
#include "app/dashboard/keymap.h"
#include "app/options/options.h"
#include "data/formats/format.h"
#include "data/graph/op.h"
#include "data/sources/source.h"
#include "data/sources/synth/synth.h"
#include "widgets/widget.h"

/* Text as roff reads it: no letter of it is a request, and a minus is not a hyphen. */
static void
add(struct text *out, const char *s)
{
	if (*s == '.' || *s == '\'')
		text_add(out, "\\&");
	for (; *s != '\0'; s++) {
		if (*s == '\\')
			text_add(out, "\\e");
		else if (*s == '-')
			text_add(out, "\\-");
		else
			text_addc(out, *s);
	}
}

static void
add_line(struct text *out, const char *s)
{
	add(out, s);
	text_addc(out, '\n');
}

/* A term in bold, and what it means. */
void
manual_entry(struct text *out, const char *term, const char *meaning)
{
	text_add(out, ".TP\n\\fB");
	add(out, term);
	text_add(out, "\\fR\n");
	add_line(out, meaning != NULL ? meaning : "");
}

/* --- sections --------------------------------------------------------------------------------- */

static void
add_options(struct text *out)
{
	struct text choices = { 0 };

	text_add(out, ".SH OPTIONS\n");
	for (const struct option *o = options; o->param.name != NULL; o++) {
		const struct param *p = &o->param;

		if (o->group != NULL && *o->group != '\0')
			text_addf(out, ".SS %s\n", o->group);
		if (o->absent != NULL)
			continue;
		text_add(out, ".TP\n");
		if (o->letter != 0)
			text_addf(out, "\\fB\\-%c\\fR, ", o->letter);
		text_add(out, "\\fB\\-\\-");
		add(out, p->name);
		text_add(out, "\\fR");
		if (o->argument != NULL) {
			text_add(out, " \\fI");
			add(out, o->argument);
			text_add(out, "\\fR");
		}
		text_addc(out, '\n');
		add(out, p->help);
		text_clear(&choices);
		option_choices(o, &choices);
		add(out, text_get(&choices));
		if (p->fallback != NULL && *p->fallback != '\0') {
			text_add(out, " (");
			add(out, p->fallback);
			text_add(out, ")");
		}
		text_add(out, ".\n");
	}
	text_done(&choices);
}

static void
add_sources(struct text *out)
{
	text_add(out, ".SH SOURCES\n");
	for (int i = 0; source_classes[i] != NULL; i++)
		manual_entry(out, source_classes[i]->form, source_classes[i]->help);
	text_add(out, ".PP\nThe generators of synth:\n");
	for (int i = 0; generators[i] != NULL; i++)
		manual_entry(out, generators[i]->name, generators[i]->help);
}

static void
add_formats(struct text *out)
{
	struct text name = { 0 };

	text_add(out, ".SH FORMATS\nHow rows are written is found out, or told by \\fB\\-F\\fR:\n");
	for (int i = 0; format_classes[i] != NULL; i++) {
		text_clear(&name);
		format_name(format_classes[i], &name);
		manual_entry(out, text_get(&name), format_classes[i]->help);
	}
	text_done(&name);
}

static void
add_operators(struct text *out)
{
	const char *family = "";
	struct text call = { 0 };

	for (int i = 0; op_classes[i] != NULL; i++) {
		const struct op_class *class = op_classes[i];

		if (*class->name == '.')
			continue;
		if (class->family != NULL && strcmp(class->family, family) != 0) {
			text_addf(out, ".SS %s\n", class->family);
			family = class->family;
		}
		text_clear(&call);
		op_form_print(class, &call);
		manual_entry(out, text_get(&call), class->help);
	}
	text_done(&call);
}

static void
add_models(struct text *out)
{
	struct text models = { 0 };

	list_models(&models);
	text_add(out, ".SS methods of forecasts, anomalies and drift\n.nf\n");
	for (char *line = models.s; line != NULL && *line != '\0';) {
		char *end = strchr(line, '\n');

		if (end != NULL)
			*end = '\0';
		add_line(out, line);
		line = end != NULL ? end + 1 : NULL;
	}
	text_add(out, ".fi\n");
	text_done(&models);
}

static void
add_widgets(struct text *out)
{
	text_add(out,
	    ".SH DASHBOARDS\n"
	    "A dashboard file is YAML; \\fBweir \\-\\-default\\-config\\fR prints one with a\n"
	    "comment on each key, \\fBweir check\\fR says what is wrong in one. Its panes are of\n"
	    "these widgets:\n");
	for (int i = 0; widget_classes[i] != NULL; i++) {
		const struct param *p = widget_classes[i]->params;

		manual_entry(out, widget_classes[i]->name, widget_classes[i]->help);
		for (; p != NULL && p->name != NULL; p++) {
			text_add(out, ".br\n\\fI");
			add(out, p->name);
			text_add(out, "\\fR: ");
			add_line(out, p->help);
		}
	}
}

static void
add_keys(struct text *out)
{
	struct keymap m;

	text_add(out, ".SH KEYS\n");
	keymap_init(&m, NULL);
	for (int i = 0; i < m.nkeys; i++) {
		const struct hint *h = &m.hints[i];

		if (*h->keys != ':' || h->keys[1] == '\0')
			manual_entry(out, h->ascii != NULL ? h->ascii : h->keys, h->help);
	}
	keymap_done(&m);
	text_add(out,
	    ".SH COMMANDS\n"
	    "Behind \\fB:\\fR, or bound to a key by \\fIkeys:\\fR in a dashboard file. Any other "
	    "line is an\nexpression, which becomes a KPI.\n");
	for (const struct command *const *c = commands; *c != NULL; c++)
		manual_entry(out, (*c)->form, (*c)->help);
}

static const char beginning[] =
    ".TH WEIR 1 \"\" \"weir " WEIR_VERSION "\"\n"
    ".SH NAME\nweir \\- live statistics, forecasts and alerts of a stream, in a terminal\n"
    ".SH SYNOPSIS\n"
    ".B weir\n[\\fIOPTION\\fR]... [\\fISOURCE\\fR]...\n.br\n"
    ".B weir \\-\\-headless\n[\\fIOPTION\\fR]... \\fISOURCE\\fR...\n.br\n"
    ".B weir demo\n[\\fINAME\\fR]\n.br\n"
    ".B weir check\n\\fIFILE\\fR [\\fIOPTION\\fR]...\n.br\n"
    ".B weir backtest\n\\fIFILE\\fR \\-\\-truth \\fIWHERE\\fR \\-a \\fIRULE\\fR...\n.br\n"
    ".B weir export\n[\\-\\-format csv|ndjson] [\\-\\-run N|all] [\\-\\-source NAME] "
    "\\fIFILE.weir\\fR\n.br\n"
    ".B weir list\nops [\\fINAME\\fR]|sources|widgets|models|themes|keys\n"
    ".SH DESCRIPTION\n"
    ".B weir\nreplays recordings or follows rows from a pipe, keeps sliding\\-window KPIs, online\n"
    "forecasts and alerts up to date at every row, and draws them in the terminal. With\n"
    "\\fB\\-\\-headless\\fR the same engine writes events, one JSON object a line. All is "
    "computed in one\npass; the same input gives the same events, whatever the pace.\n";

static const char operators[] =
    ".SH EXPRESSIONS\n"
    "One language serves KPIs, derived columns and alert rules: + \\- * / % ^, comparisons, && || "
    "!\n(also and, or, not), parentheses, numbers, durations, \"text\", column names (in "
    "backticks where\nodd). A window w is a number of rows (60), event time (5m) or all; "
    "every= makes it tumbling or\nhopping, gap= a session. What names columns of several "
    "sources (b.x \\- a.x) is worked out at each\nrow of the source that it names first, with what "
    "the others said last; rows of one stamp go in the\norder of the sources.\n";

static const char times[] =
    ".SH TIMES\n"
    "A column is one of times when its cells are written in one of these forms:\n.nf\n"
    "2026\\-01\\-31T10:15:00.5+02:00   2026\\-01\\-31 10:15 UTC   20260131T101500Z\n"
    "2026\\-01\\-31   2026/01/31   2026\\-01   2026\\-W05\\-6   2026Q1   20260131 (all cells)\n"
    "31.12.2025   12/31/2025   31\\-12\\-25   1/31/26 3:05 PM   31.12.2025 10.15.00\n"
    "Jan 31 2026   31 January 2026   Jan\\-26 (a month)   17/May/2015:10:05:03 +0000\n"
    "10:15:00.5   3:05 PM   10.15.00 (a clock alone: of 1970\\-01\\-01, on over midnight)\n"
    "1767225600   1767225600123 (s, ms, us, ns of 1990 to 2100, in a column called time,\n"
    "    timestamp, ts, date, datetime or epoch, or named by \\-t)\n.fi\n"
    "Years of two digits are 1969 to 2068. Whether day or month come first is told by a part "
    "above 12,\nelse by what makes steps most even (unless time goes back then, and not in another "
    "order), else by what spans less, else by custom: "
    "the month with\nslashes, the day with dots and dashes. Times without a zone are UTC. Of an "
    "hour that clocks show\ntwice the first is taken; one that they leave out is moved on.\n.PP\n"
    "Each key, else each source, has a clock: its greatest time so far, which never goes back. "
    "Rows\nbehind it are counted late and step at its time. When five in a row lie behind it by "
    "more than a\nminute and 3 usual steps, time was set back, and the clock goes on with them.\n"
    ".PP\nAt a live source a clock ticks while no row comes: each second, and where a duration of "
    "a "
    "rule\nends. A tick is the stamp of the last row and the time since it came. It moves windows "
    "of "
    "time,\nabsent and for, never the clock by which rows are late, and lets rows go that "
    "\\-\\-lateness holds back;\nits alerts carry the number of the last row. Rows with stamps of "
    "their own that come through a\npipe have no ticks, and recordings keep their own time.\n"
    ".PP\nA window of 5m covers (now\\-5m, now]: its later end belongs to it, its earlier end "
    "does not; so\nit is for windows that end at the multiples of every=. The value at 10:05 of "
    "sum(x, 5m, "
    "every=5m)\nis that of the rows stamped after 10:00 and up to 10:05, this one included: a row "
    "stamped 10:05\nbelongs to the window that ends there, not to the one that begins.\n";

static const char ending[] =
    ".SH STORES\n"
    "\\fB\\-\\-store\\fR \\fIFILE.weir\\fR records into an SQLite file: the rows of the first "
    "source in the\ntable rows with its columns' own names (of others in rows_NAME; behind them "
    "weir_run, weir_row\nand weir_time), and tables runs, sources, columns, alerts, bad, notes "
    "and checkpoints. What is in\nthe last checkpoint is the state of the whole run: "
    "\\fB\\-\\-resume\\fR goes on from it with the same\nsources, and cuts the file of "
    "\\fB\\-o\\fR back to it first. What a run that was interrupted told\nat its end goes with "
    "that; actions of rules may come twice. Other\nKPIs, rules or columns may be asked for then: "
    "what is the same as before goes on, what is another\nstarts at the next row, and standard "
    "error and a note tell which; a table of \\fB\\-o\\fR keeps its header.\nThe same \\fB\\-b\\fR "
    "and the same options of how rows are read are needed.\n.PP\nA store that exists gets a "
    "further "
    "run without \\fB\\-\\-resume\\fR. Each run has a line in the table runs:\nits number, when it "
    "began and ended (nothing: it was killed, or goes on), the command without what is\nsecret in "
    "it, the configuration; weir_run tells in every row of which run it is. \\fBweir\\fR "
    "\\fIFILE.weir\\fR replays\nits last run, \\fIFILE.weir\\fR?run=N another one; "
    "\\fBexport \\-\\-run all\\fR writes those of all runs with the columns\nof the last one, "
    "each with its weir_run. \\fBweir check\\fR \\fIFILE.weir\\fR lists the runs.\n"
    ".SH BROKERS\n"
    "Messages of a moment tell the columns together; each may have several rows. Rows start at the "
    "stored\nplace, else where \\fBfrom\\fR= says: begin, end or a time. What is lost is connected "
    "again. A message\nis stored as read (offsets of Kafka, XACK of Redis) when its rows were "
    "processed, with\n\\fB\\-\\-store\\fR when the checkpoint behind them is on the disk: so a run "
    "that is killed reads some again,\nand with \\fB\\-\\-store \\-\\-resume\\fR counts each once. "
    "Without \\fBgroup\\fR= nothing is stored at the broker.\nOf MQTT the broker is told as soon "
    "as a "
    "message arrives: with \\fBclient\\fR= and \\fBqos\\fR=1 it keeps what\ncomes while weir is "
    "away, "
    "but what was processed after the last checkpoint before a SIGKILL, or had\narrived and was "
    "not "
    "yet processed, does not come again. QoS 1 may bring a message twice, and no one\ncan tell. "
    "Messages "
    "of QoS 0 that come faster than rows go are dropped and counted. Entries that other\nmembers "
    "of a "
    "group of Redis left pending for \\fBclaim\\fR= (1m) are taken over.\n"
    ".SH EXIT STATUS\n"
    "0 done; 1 a source or sink failed for good; 2 wrong usage or configuration; 3 "
    "\\-\\-fail\\-on; 128+n on\nsignal n.\n.PP\n"
    "What is hardly what was meant (no row, and why; a format told that fits nothing; cells that "
    "are no\ntimes) ends no run: it is a note, and where notes are not among the events that are "
    "written, a line\non standard error.\n"
    ".SH FILES\n.TP\n\\fI$XDG_CONFIG_HOME/weir/NAME.yaml\\fR\n"
    "Dashboards that \\fB\\-c\\fR \\fINAME\\fR finds (~/.config where that is not set).\n"
    ".SH ENVIRONMENT\n.TP\n\\fBNO_COLOR\\fR\nNo colours.\n.TP\n\\fBTERM\\fR, \\fBCOLORTERM\\fR\n"
    "What the terminal can show.\n"
    ".SH EXAMPLES\n.nf\n"
    "weir \\-a 'too hot: temperature > 90 for 5s severity critical' plant.csv\n"
    "some\\-program | weir \\-k 'p95(latency, 5m)'\n"
    "weir \\-\\-headless \\-\\-emit forecast \\-H 48 load.csv\n"
    ".fi\n";

void
manual_print(struct text *out)
{
	text_add(out, beginning);
	add_options(out);
	add_sources(out);
	add_formats(out);
	text_add(out, times);
	text_add(out, operators);
	add_operators(out);
	add_models(out);
	add_widgets(out);
	add_keys(out);
	manual_rules(out);
	text_add(out, ending);
}
