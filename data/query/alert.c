/* alert.c - alert rules read from a line, and what a row does to an alert. */
#include "data/query/alert.h"

#include <stdlib.h>
#include <string.h>

#include "data/base/times/clock.h"
#include "data/base/numbers/number.h"
#include "data/base/times/times.h"
#include "data/expr/expr.h"

static const char *const severities[] = {
	[SEVERITY_INFO] = "info",
	[SEVERITY_WARNING] = "warning",
	[SEVERITY_CRITICAL] = "critical",
};

static const char *const states[] = {
	[ALERT_INACTIVE] = "inactive",
	[ALERT_PENDING] = "pending",
	[ALERT_FIRING] = "firing",
	[ALERT_RESOLVED] = "resolved",
};

const char *
severity_name(enum severity severity)
{
	return severities[severity];
}

int
severity_parse(const char *word, enum severity *severity)
{
	for (int i = 0; i <= SEVERITY_CRITICAL; i++)
		if (strcmp(word, severities[i]) == 0) {
			*severity = (enum severity)i;
			return 0;
		}
	return -1;
}

const char *
alert_state_name(enum alert_state state)
{
	return states[state];
}

/* --- reading a rule --------------------------------------------------------------------------- */

struct words { /* a line read word by word */
	const char *text, *p;
	struct error *err;
};

struct word {
	const char *s;
	size_t n;
};

static bool
in_name(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

static bool
word_is(struct word w, const char *s)
{
	return strlen(s) == w.n && memcmp(w.s, s, w.n) == 0;
}

/* "column 12: WHAT", counted in characters of the whole line. */
static int
wrong_at(const struct words *in, const char *at, const char *what, struct word w)
{
	int column = 1;

	for (const char *p = in->text; p < at; p++)
		column += ((unsigned char)*p & 0xc0) != 0x80;
	if (w.n == 0)
		return error_column(in->err, column, "%s", what);
	return error_column(in->err, column, "'%.*s' %s", (int)(w.n < 40 ? w.n : 40), w.s, what);
}

static struct word
next_word(struct words *in)
{
	struct word w;

	in->p += strspn(in->p, " \t");
	w.s = in->p;
	w.n = strcspn(in->p, " \t");
	in->p += w.n;
	return w;
}

static const char *
behind_quote(const char *p)
{
	char quote = *p++;

	while (*p != '\0' && *p != quote)
		p += *p == '\\' && quote == '"' && p[1] != '\0' ? 2 : 1;
	return *p != '\0' ? p + 1 : p;
}

/* Where the condition ends: at a "for" or "severity" that stands where only an operator could, so
 * outside of quotes and parentheses and behind an operand. A column may bear these names. */
static const char *
condition_end(const char *p)
{
	int depth = 0;
	bool operand = false;

	while (*p != '\0') {
		struct word w = { p, 0 };

		while (in_name(p[w.n]))
			w.n++;
		if (w.n > 0) {
			if (depth == 0 && operand && (word_is(w, "for") || word_is(w, "severity")))
				break;
			operand = !word_is(w, "and") && !word_is(w, "or") && !word_is(w, "not");
			p += w.n;
		} else if (*p == '"' || *p == '`') {
			p = behind_quote(p);
			operand = true;
		} else {
			depth += (*p == '(') - (*p == ')');
			if (*p != ' ' && *p != '\t')
				operand = *p == ')';
			p++;
		}
	}
	return p;
}

static int
parse_lasting(struct alert_rule *rule, struct words *in)
{
	static const char expected[] =
	    "is no time to last (expected a duration such as 5s, or 3 rows)";
	struct word w = next_word(in), unit;
	const char *behind = in->p;
	int64_t ns;
	double rows;

	if (w.n == 0)
		return wrong_at(
		    in, w.s, "nothing after 'for' (expected a duration such as 5s, or 3 rows)", w);
	if (duration_parse(w.s, w.n, &ns) == w.n) {
		rule->lasting = (struct span){ ns > 0 ? SPAN_TIME : SPAN_NONE, ns };
		return 0;
	}
	if (number_cell(w.s, w.n, &rows) != CELL_NUMBER || rows < 0 || rows > 1e15 ||
	    rows != (double)(int64_t)rows)
		return wrong_at(in, w.s, expected, w);
	unit = next_word(in);
	if (!word_is(unit, "rows") && !word_is(unit, "row")) {
		in->p = behind;
		if (rows > 0)
			return wrong_at(in, w.s, expected, w);
	}
	rule->lasting = (struct span){ rows > 0 ? SPAN_ROWS : SPAN_NONE, (int64_t)rows };
	return 0;
}

static int
parse_severity(struct alert_rule *rule, struct words *in)
{
	struct word w = next_word(in);

	for (int i = 0; i <= SEVERITY_CRITICAL; i++)
		if (word_is(w, severities[i])) {
			rule->severity = (enum severity)i;
			return 0;
		}
	if (w.n == 0)
		return wrong_at(
		    in, w.s, "nothing after 'severity' (expected info, warning or critical)", w);
	return wrong_at(in, w.s, "is no severity (expected info, warning or critical)", w);
}

static int
parse_suffixes(struct alert_rule *rule, struct words *in)
{
	bool lasting = false, severity = false;
	struct word w;

	while ((w = next_word(in)).n > 0) {
		if ((word_is(w, "for") && lasting) || (word_is(w, "severity") && severity))
			return wrong_at(in, w.s, "stands there twice", w);
		if (word_is(w, "for")) {
			lasting = true;
			if (parse_lasting(rule, in) != 0)
				return -1;
		} else if (word_is(w, "severity")) {
			severity = true;
			if (parse_severity(rule, in) != 0)
				return -1;
		} else {
			return wrong_at(in, w.s,
			    "after the condition (expected for DURATION, "
			    "for N rows or severity WORD)",
			    w);
		}
	}
	return 0;
}

int
alert_rule_parse(struct alert_rule *rule, const char *text, struct error *err)
{
	struct words in = { text, text, err };
	const char *from, *end;

	*rule = (struct alert_rule){ .severity = SEVERITY_WARNING };
	from = expr_named(text, ':', &rule->name);
	from += strspn(from, " \t");
	end = in.p = condition_end(from);
	while (end > from && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (end == from)
		wrong_at(&in, from, "the condition is missing (expected such as temperature < 10)",
		    (struct word){ from, 0 });
	if (end == from || parse_suffixes(rule, &in) != 0) {
		alert_rule_done(rule);
		return -1;
	}
	rule->when = memory_text(from, (size_t)(end - from));
	if (rule->name == NULL)
		rule->name = memory_text(rule->when, strlen(rule->when));
	return 0;
}

void
alert_rule_done(struct alert_rule *rule)
{
	free(rule->name);
	free(rule->when);
	free(rule->clear);
	rule->name = rule->when = rule->clear = NULL;
}

/* --- one row ---------------------------------------------------------------------------------- */

static bool
lasted(const struct alert *a, const struct alert_rule *rule, int64_t time)
{
	switch (rule->lasting.unit) {
	case SPAN_ROWS:
		return a->since_row >= (uint64_t)rule->lasting.n;
	case SPAN_TIME:
		return elapsed(a->since, time) >= rule->lasting.n;
	default:
		return true;
	}
}

static bool
step_firing(struct alert *a, const struct alert_rule *rule, bool when, bool clear, int64_t time)
{
	if (rule->clear != NULL ? !clear : when) {
		a->until = time;
		return false;
	}
	if (elapsed(a->until, time) < rule->keep)
		return false;
	a->state = ALERT_RESOLVED;
	a->until = time;
	a->since_row = 0;
	return true;
}

/* Its condition was judged. */
static bool
judge(struct alert *a, const struct alert_rule *rule, bool when, bool clear, int64_t time)
{
	if (a->state == ALERT_FIRING)
		return step_firing(a, rule, when, clear, time);
	if (!when) {
		if (a->state == ALERT_PENDING)
			a->state = ALERT_INACTIVE;
		return false;
	}
	/* until is when it was last resolved, also while it is pending again */
	if (!lasted(a, rule, time) || (a->fired > 0 && elapsed(a->until, time) < rule->cooldown)) {
		a->state = ALERT_PENDING;
		return false;
	}
	a->state = ALERT_FIRING;
	a->until = time;
	a->fired++;
	return true;
}

/* Between two rows a condition may have become true by a tick: then it pends with no row yet. */
bool
alert_step(struct alert *a, const struct alert_rule *rule, bool when, bool clear, int64_t time)
{
	if (!when)
		a->since_row = 0;
	else if (a->since_row++ == 0 && a->state != ALERT_PENDING)
		a->since = time;
	return judge(a, rule, when, clear, time);
}

bool
alert_tick(struct alert *a, const struct alert_rule *rule, bool when, bool clear, int64_t time)
{
	if (!when)
		a->since_row = 0;
	else if (a->since_row == 0 && a->state != ALERT_PENDING)
		a->since = time;
	return judge(a, rule, when, clear, time);
}

int64_t
alert_edge(const struct alert *a, const struct alert_rule *rule, int64_t after)
{
	int64_t edge = INT64_MAX, at;

	if (a->state == ALERT_PENDING && rule->lasting.unit == SPAN_TIME) {
		at = elapsed(-rule->lasting.n, a->since);
		edge = at > after ? at : edge;
	}
	if (a->state == ALERT_FIRING && rule->keep > 0) {
		at = elapsed(-rule->keep, a->until);
		edge = at > after && at < edge ? at : edge;
	}
	if (a->state == ALERT_PENDING && a->fired > 0 && rule->cooldown > 0) {
		at = elapsed(-rule->cooldown, a->until);
		edge = at > after && at < edge ? at : edge;
	}
	return edge;
}

/* --- saved ------------------------------------------------------------------------------------ */

void
alert_save(const struct alert *a, struct buffer *out)
{
	buffer_u32(out, (uint32_t)a->state);
	buffer_u64(out, a->since_row);
	buffer_i64(out, a->since);
	buffer_i64(out, a->until);
	buffer_u64(out, a->fired);
}

int
alert_load(struct alert *a, struct reader *in)
{
	uint32_t state;

	if (reader_below(in, ALERT_RESOLVED, &state) != 0 || reader_u64(in, &a->since_row) != 0 ||
	    reader_i64(in, &a->since) != 0 || reader_i64(in, &a->until) != 0 ||
	    reader_u64(in, &a->fired) != 0)
		return -1;
	a->state = (enum alert_state)state;
	return 0;
}
