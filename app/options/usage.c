/* usage.c - --help, printed from the table of options. */
#include <string.h>

#include "app/options/args.h"
#include "app/options/options.h"

void
args_usage(struct text *out)
{
	text_add(out,
	    "usage: weir [OPTION]... [SOURCE]...        the dashboard on the sources\n"
	    "       weir --headless [OPTION]... SOURCE  events as NDJSON, no screen\n"
	    "       weir demo [NAME]                    a narrated demo; no NAME: a menu of them\n"
	    "       weir check FILE.yaml [OPTION]...    what is wrong in a dashboard file\n"
	    "       weir check FILE [OPTION]...         how a recording is written, and why\n"
	    "       weir backtest FILE --truth ROWS -a RULE...  which rule would have told\n"
	    "       weir export FILE.weir               the rows that --store recorded, as CSV\n"
	    "       weir list ops|sources|widgets|models|themes|keys\n"
	    "\n"
	    "SOURCE is a recording, also compressed (`weir list sources` tells the formats);\n"
	    "- for standard input; or synth:NAME for generated rows.\n"
	    "weir --help tells all options; weir --manual | man -l - tells all (man weir).\n");
}

enum { HELP_INDENT = 28, HELP_WIDTH = 80 };

/* Words from column HELP_INDENT on, broken before HELP_WIDTH. */
static void
add_wrapped(struct text *out, const char *words)
{
	size_t at = HELP_INDENT;

	while (*words != '\0') {
		size_t n = strcspn(words, " ");

		if (at > HELP_INDENT && at + 1 + n > HELP_WIDTH) {
			text_addf(out, "\n%*s", HELP_INDENT, "");
			at = HELP_INDENT;
		} else if (at > HELP_INDENT) {
			text_addc(out, ' ');
			at++;
		}
		text_addn(out, words, n);
		at += n;
		words += n + strspn(words + n, " ");
	}
	text_addc(out, '\n');
}

static void
add_option(struct text *out, const struct option *o)
{
	struct text left = { 0 }, right = { 0 };

	if (o->letter != 0)
		text_addf(&left, "  -%c, ", o->letter);
	else
		text_add(&left, "      ");
	text_addf(&left, "--%s%s%s", o->param.name, o->argument != NULL ? " " : "",
	    o->argument != NULL ? o->argument : "");
	text_addf(out, "%-*s", HELP_INDENT, left.s);
	if (left.len >= HELP_INDENT - 1)
		text_addf(out, "\n%*s", HELP_INDENT, "");
	text_add(&right, o->param.help);
	option_choices(o, &right);
	if (o->param.fallback != NULL && *o->param.fallback != '\0')
		text_addf(&right, " (%s)", o->param.fallback);
	add_wrapped(out, right.s);
	text_done(&left);
	text_done(&right);
}

void
args_help(struct text *out)
{
	args_usage(out);
	for (const struct option *o = options; o->param.name != NULL; o++) {
		if (o->group != NULL)
			text_addf(out, "\n%s%s", o->group, *o->group != '\0' ? ":\n" : "");
		if (o->absent == NULL)
			add_option(out, o);
	}
	text_add(out, "\nDurations: 500ms 5s 10m 2h 1d 1w and sums (1h30m).\n"
		      "Exit status: 0 done; 1 a source or sink failed; 2 wrong usage; 3 --fail-on; "
		      "128+n signal n.\n");
}
