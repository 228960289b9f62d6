/* explain.c - what operators are called, and their values, as people read them.
 *
 * In a plan, mean(x, 60) reads .moments, which reads .window, which reads x, and the window's
 * parameters are those of .window alone. What the user wrote is put together again from these. */
#include "data/graph/explain.h"

#include <inttypes.h>
#include <string.h>

#include "data/base/times/clock.h"

enum { LABEL_BYTES = 66, DEPTH_MOST = 12, TEXT_BYTES = 24, WHAT_CELLS = 9 };

struct label {
	struct text *out;
	size_t end; /* of what may be written */
	int depth;
};

enum { INPUTS_SHOWN = 16 }; /* more than have room in LABEL_BYTES */
struct inputs {
	const struct op *all[INPUTS_SHOWN];
	int n;
};

static const char *const signs[] = { "||", "&&", "< <= > >= == !=", "+ -", "* / %", "^" };
enum { SIGNS = sizeof signs / sizeof *signs, PREFIX = SIGNS };

/* How tightly a sign between two inputs binds, from 1; 0: it is no such sign. */
static int
binding(const char *name)
{
	size_t n = strlen(name);

	for (int i = 0; i < SIGNS; i++)
		for (const char *s = signs[i]; *s != '\0'; s += strspn(s, " ")) {
			size_t length = strcspn(s, " ");

			if (length == n && memcmp(s, name, n) == 0)
				return i + 1;
			s += length;
		}
	return 0;
}

static bool
is_part(const struct op_class *class)
{
	return class != NULL && *class->name == '.';
}

/* A definition that is nothing but a part lends it its name: per_second. */
static const struct op_class *
lender(const struct op_class *part)
{
	size_t n = strlen(part->name);

	for (int i = 0; op_classes[i] != NULL; i++) {
		const char *means = op_classes[i]->means;

		if (means != NULL && strncmp(means, part->name, n) == 0 && means[n] == '(')
			return op_classes[i];
	}
	return NULL;
}

/* The value of a parameter, in the operator or in the parts that it was passed on to; NULL. */
static const struct value *
find_value(const struct op *op, const char *name)
{
	for (;; op = op->args[0]) {
		const struct param *params = op->node->class->params;

		for (int i = 0; params[i].name != NULL; i++)
			if (strcmp(params[i].name, name) == 0 && !param_is_input(params[i].type) &&
			    value_given(&op->node->values[i], params[i].type))
				return &op->node->values[i];
		if (op->node->ninputs == 0 || !is_part(op->args[0]->node->class))
			return NULL;
	}
}

/* Those that stand by their place are always told, the others by name where they are no default. */
static bool
by_place(const struct param *p)
{
	return p->type == PARAM_WINDOW ||
	       ((p->type == PARAM_NUMBER || p->type == PARAM_COUNT || p->type == PARAM_DURATION) &&
		   (p->fallback == NULL || *p->fallback != '\0'));
}

/* Where it was written, or is no default; behind inputs of any number nothing has a place. */
static void
add_value(const struct op *op, const struct param *p, bool placed, bool first, struct text *out)
{
	const struct value *v = find_value(op, p->name);
	struct text text = { 0 };

	if (v == NULL)
		return;
	value_print(v, p, &text);
	if (placed || p->fallback == NULL || strcmp(p->fallback, text_get(&text)) != 0) {
		text_add(out, first ? "" : ", ");
		if (!placed)
			text_addf(out, "%s=", p->name);
		text_addf(out, p->type == PARAM_TEXT ? "\"%s\"" : "%s", text_get(&text));
	}
	text_done(&text);
}

static int
count_inputs(const struct op_class *class)
{
	int n = 0;

	for (const struct param *p = class->params; p->name != NULL; p++)
		n += param_is_input(p->type);
	return n;
}

static void add_label(struct label, const struct op *, int least);

/* What an operator reads, as it was written: of a part that has no name of its own, what that
 * reads. */
static void
gather_inputs(struct inputs *in, const struct op *op, int n)
{
	for (int i = 0; i < n; i++) {
		const struct op *arg = op->args[i];
		const struct op_class *class = arg->node->class;

		if (is_part(class) && lender(class) == NULL)
			gather_inputs(in, arg, arg->node->ninputs);
		else if (in->n < INPUTS_SHOWN)
			in->all[in->n++] = arg;
	}
}

static void
add_arguments(struct label l, const struct op *op, const struct op_class *called, int inputs)
{
	struct inputs in = { .n = 0 };
	bool many = false;
	size_t from = l.out->len;
	int next = 0;

	gather_inputs(&in, op, inputs);
	for (const struct param *p = called->params; p->name != NULL; p++) {
		int end = param_takes_many(p->type) ? in.n : next + 1;

		if (!param_is_input(p->type))
			add_value(op, p, by_place(p) && !many, l.out->len == from, l.out);
		many = many || param_takes_many(p->type);
		for (; param_is_input(p->type) && next < end && next < in.n; next++) {
			text_add(l.out, l.out->len == from ? "" : ", ");
			add_label(l, in.all[next], 0);
		}
	}
}

static void
add_call(struct label l, const struct op *op)
{
	const struct op_class *class = op->node->class, *called = class;

	if (is_part(class))
		called = lender(class);
	if (called == NULL) {
		add_label(l, op->args[0], 0);
		return;
	}
	text_addf(l.out, "%s(", called->name);
	/* a part reads those of its lender first */
	add_arguments(l, op, called, called != class ? count_inputs(called) : op->node->ninputs);
	text_addc(l.out, ')');
}

static void
add_sign(struct label l, const struct op *op, int least)
{
	const char *name = op->node->class->name;
	int bind = binding(name), right_first = *name == '^';

	if (bind < least)
		text_addc(l.out, '(');
	add_label(l, op->args[0], bind + right_first);
	text_addf(l.out, " %s ", name);
	add_label(l, op->args[1], bind + !right_first);
	if (bind < least)
		text_addc(l.out, ')');
}

/* least: what binds less stands in parentheses. */
static void
add_label(struct label l, const struct op *op, int least)
{
	const struct node *node = op->node;

	if (l.out->len >= l.end || l.depth++ == DEPTH_MOST) {
		text_add(l.out, l.out->len >= l.end ? "" : "...");
	} else if (node->called != NULL && l.depth > 1) {
		text_add(l.out, node->called);
	} else if (node->class == NULL) {
		text_add(l.out, node->key);
	} else if (binding(node->class->name) > 0 && node->ninputs == 2) {
		add_sign(l, op, least);
	} else if (strcmp(node->class->name, "neg") == 0 || strcmp(node->class->name, "!") == 0) {
		text_addc(l.out, *node->class->name == '!' ? '!' : '-');
		add_label(l, op->args[0], PREFIX);
	} else {
		add_call(l, op);
	}
}

bool
explain_names(const struct op_class *class)
{
	return !is_part(class) || lender(class) != NULL;
}

/* Makes one line of what stands behind from, and cuts it to n bytes, between two characters. */
static void
cut(struct text *out, size_t from, size_t n)
{
	for (size_t i = from; i < out->len; i++)
		if (out->s[i] == '\n' || out->s[i] == '\r')
			out->s[i] = ' ';
	if (out->len <= from + n)
		return;
	out->len = from + n - 3;
	while (out->len > from && ((unsigned char)out->s[out->len] & 0xc0) == 0x80)
		out->len--;
	out->s[out->len] = '\0';
	text_add(out, "...");
}

void
explain_label(const struct op *op, struct text *out)
{
	size_t from = out->len;

	text_add(out, "");
	add_label((struct label){ out, from + LABEL_BYTES, 0 }, op, 0);
	cut(out, from, LABEL_BYTES);
}

void
explain_input(const struct op *op, int input, int most, struct text *out)
{
	size_t from = out->len;

	text_add(out, "");
	add_label((struct label){ out, from + LABEL_BYTES, 2 }, op->args[input], 0);
	cut(out, from, (size_t)most);
}

void
explain_written(const char *key, struct text *out)
{
	size_t from = out->len;

	text_add(out, key);
	cut(out, from, LABEL_BYTES);
}

void
explain_number(struct text *out, double v)
{
	if (number_missing(v))
		text_add(out, "missing");
	else
		text_addf(out, "%.6g", v + 0.0); /* -0 is 0 */
}

void
explain_operand(struct text *out, double v)
{
	bool negative = v < 0;

	text_add(out, negative ? "(" : "");
	explain_number(out, v);
	text_add(out, negative ? ")" : "");
}

static bool
is_truth(const struct node *node)
{
	const char *family = node->class != NULL ? node->class->family : NULL;

	return family != NULL &&
	       (strcmp(family, "comparison") == 0 || strcmp(family, "logic") == 0);
}

/* v: a value of what op computes. */
static void
print(const struct op *op, double v, struct text *out)
{
	size_t from = out->len;

	if (!number_missing(v) && op->node->result == RESULT_TEXT) {
		text_addf(out, "%s", names_text(op->node->names, v));
		cut(out, from, TEXT_BYTES);
	} else if (!number_missing(v) && is_truth(op->node)) {
		text_add(out, v != 0 ? "true" : "false");
	} else {
		explain_number(out, v);
	}
}

void
op_print(const struct op *op, int input, double v, struct text *out)
{
	print(op->args[input], v, out);
}

void
explain_value(const struct op *op, struct text *out)
{
	print(op, op->out_last, out);
}

void
explain_result(const struct op *op, struct text *out)
{
	text_add(out, " = ");
	explain_value(op, out);
	text_addc(out, '\n');
}

void
explain_line(struct text *out, const char *what)
{
	text_addf(out, "  %-*s ", WHAT_CELLS, what);
}

void
explain_seconds(struct text *out, int64_t ns)
{
	explain_elapsed(out, 0, ns);
}

void
explain_elapsed(struct text *out, int64_t from, int64_t to)
{
	text_addf(out, "%.6g s", elapsed_seconds(from, to));
}
