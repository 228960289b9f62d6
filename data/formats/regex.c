/* regex.c - one row a line, its cells what a pattern's named groups match, by PCRE2.
 *
 * The pattern is compiled to machine code where the processor is known to PCRE2. How much one line
 * may cost is bounded: a pattern that tries too many ways is told of the line, and reading goes on.
 * A line that does not match is bad; a group that took no part is missing. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "data/base/error.h"
#include "data/formats/lines.h"

enum {
	STEPS_MAX = 1000000, /* of the matcher, in one line */
	STACK_MIN = 32 << 10,
	STACK_MAX = 1 << 20
};

struct group {
	const char *name; /* in the table of the code */
	size_t nname;
	uint32_t number;
};

struct regex {
	struct lines lines;
	pcre2_code *code;
	pcre2_match_data *match;
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	struct group *groups;
	uint32_t ngroups;
};

static pcre2_code *
compile(const char *pattern, int *number, size_t *at)
{
	return pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
	    PCRE2_UTF | PCRE2_MATCH_INVALID_UTF, number, at, NULL);
}

static int
regex_check(const char *pattern, struct error *err)
{
	PCRE2_UCHAR words[120];
	uint32_t names = 0;
	int number;
	size_t at;
	pcre2_code *code = compile(pattern, &number, &at);

	if (code == NULL) {
		pcre2_get_error_message(number, words, sizeof words);
		return error_set(err, "regex:%s: %s, at character %zu (man pcre2pattern)", pattern,
		    (const char *)words, at + 1);
	}
	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names);
	pcre2_code_free(code);
	if (names == 0)
		return error_set(err,
		    "regex:%s: has no named group (write (?<column>...) for each column)", pattern);
	return 0;
}

static int
by_number(const void *a, const void *b)
{
	const struct group *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* The table has the names in alphabetical order, columns follow the pattern. */
static void
find_groups(struct regex *regex)
{
	PCRE2_SPTR entry;
	uint32_t size;

	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMECOUNT, &regex->ngroups);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(regex->code, PCRE2_INFO_NAMETABLE, &entry);
	regex->groups = memory_zero(regex->ngroups, sizeof *regex->groups);
	for (uint32_t i = 0; i < regex->ngroups; i++, entry += size) {
		struct group *group = &regex->groups[i];

		group->number = (uint32_t)entry[0] << 8 | entry[1];
		group->name = (const char *)entry + 2;
		group->nname = strlen(group->name);
	}
	qsort(regex->groups, regex->ngroups, sizeof *regex->groups, by_number);
}

static void
regex_open(struct format *f)
{
	struct regex *regex = f->state;
	int number;
	size_t at;

	regex->code = compile(f->dialect->parameter, &number, &at);
	regex->match = pcre2_match_data_create_from_pattern(regex->code, NULL);
	regex->context = pcre2_match_context_create(NULL);
	regex->stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, NULL);
	pcre2_set_match_limit(regex->context, STEPS_MAX);
	pcre2_jit_stack_assign(regex->context, NULL, regex->stack);
	pcre2_jit_compile(regex->code, PCRE2_JIT_COMPLETE); /* where it cannot, it matches slower */
	find_groups(regex);
}

/* Of groups with one name only those that matched count. */
static bool
shares_name(const struct regex *regex, uint32_t i)
{
	const char *name = regex->groups[i].name;

	return (i > 0 && strcmp(regex->groups[i - 1].name, name) == 0) ||
	       (i + 1 < regex->ngroups && strcmp(regex->groups[i + 1].name, name) == 0);
}

static void
give_groups(struct format *f, const char *s)
{
	const struct regex *regex = f->state;
	const size_t *bounds = pcre2_get_ovector_pointer(regex->match);

	for (uint32_t i = 0; i < regex->ngroups; i++) {
		const struct group *group = &regex->groups[i];
		size_t from = bounds[2 * group->number], to = bounds[2 * group->number + 1];
		struct field field = { .s = "" };

		if (from != PCRE2_UNSET && to >= from)
			field = (struct field){ .s = s + from, .n = to - from };
		else if (shares_name(regex, i))
			continue;
		f->sink->named(f->sink->self, group->name, group->nname, &field);
	}
	f->sink->record(f->sink->self);
}

static void
take_line(struct format *f, const char *s, size_t n)
{
	const struct regex *regex = f->state;
	int found = pcre2_match(regex->code, (PCRE2_SPTR)s, n, 0, 0, regex->match, regex->context);

	if (found > 0)
		give_groups(f, s);
	else if (found == PCRE2_ERROR_NOMATCH)
		format_drop(f, "the pattern does not match", s, n);
	else
		format_drop(f, "the pattern tries too much on this line", s, n);
}

static void
regex_feed(struct format *f, const char *s, size_t n)
{
	struct regex *regex = f->state;

	lines_feed(&regex->lines, f, s, n, take_line);
}

static void
regex_finish(struct format *f)
{
	struct regex *regex = f->state;

	lines_finish(&regex->lines, f, take_line);
}

static void
regex_close(struct format *f)
{
	struct regex *regex = f->state;

	lines_done(&regex->lines);
	pcre2_jit_stack_free(regex->stack);
	pcre2_match_context_free(regex->context);
	pcre2_match_data_free(regex->match);
	pcre2_code_free(regex->code);
	free(regex->groups);
}

/* It must be told. */
static bool
regex_fits(const char *first, size_t n, bool whole)
{
	(void)first, (void)n, (void)whole;
	return false;
}

const struct format_class format_regex = {
	.name = "regex",
	.help = "lines that match a pattern (PCRE2): (?<column>...) is a column",
	.parameter = "PATTERN",
	.check = regex_check,
	.named = true,
	.size = sizeof(struct regex),
	.open = regex_open,
	.feed = regex_feed,
	.finish = regex_finish,
	.close = regex_close,
	.fits = regex_fits,
};
