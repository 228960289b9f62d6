/* find.c - the steps that lead to a dialect.
 *
 * First the encoding, then how records are cut into cells, then where among the records the table
 * begins. Each step stands on the one before, so it is judged on bytes that it understands. */
#include "data/dialect/find.h"

#include <stdio.h>
#include <string.h>

#include "data/dialect/dialect_parts.h"
#include "data/dialect/encoding.h"

/* "sep=;" in a line of its own, as spreadsheets write it. */
static bool
is_sep(const char *s, size_t n, char *delimiter)
{
	size_t quoted = n > 0 && s[0] == '"';

	if (n < quoted + 5 || strncmp(s + quoted, "sep=", 4) != 0)
		return false;
	*delimiter = s[quoted + 4];
	s += quoted + 5;
	n -= quoted + 5;
	if (quoted && n > 0 && *s == '"') {
		s++;
		n--;
	}
	return n == 0 || *s == '\n' || *s == '\r';
}

/* A line that stands before the table passes, with its end. */
static void
pass_line(struct finding *finding)
{
	const char *s = finding->text, *end = s + finding->len;

	while (s < end && *s != '\n' && *s != '\r')
		s++;
	if (s < end && *s == '\r' && s + 1 < end && s[1] == '\n')
		s++;
	if (s < end)
		s++;
	finding->len -= (size_t)(s - finding->text);
	finding->text = s;
	finding->dialect->skip++;
}

static void
take_told(struct finding *finding)
{
	const struct dialect_options *options = finding->options;
	struct dialect *dialect = finding->dialect;

	dialect->comment = options->comment != 0 ? options->comment : '#';
	finding->delimiter = options->delimiter;
	if (options->format != NULL && strcmp(options->format, "tsv") == 0 &&
	    finding->delimiter == 0)
		finding->delimiter = '\t';
	if (options->format != NULL && strcmp(options->format, "words") == 0 &&
	    finding->delimiter != DELIMITER_RUNS)
		finding->delimiter = ' ';
	if (options->skip_told)
		while (dialect->skip < options->skip && finding->len > 0)
			pass_line(finding);
	else if (is_sep(finding->text, finding->len, &finding->delimiter)) {
		dialect->sep = true;
		pass_line(finding);
	}
}

/* Is a format told whose records have no dialect? */
static bool
is_other(const char *format)
{
	return format != NULL && strcmp(format, "auto") != 0 && strcmp(format, "csv") != 0 &&
	       strcmp(format, "tsv") != 0 && strcmp(format, "words") != 0;
}

/* Does the log name its columns as Zeek does? */
static bool
names_in_comment(const struct finding *finding)
{
	static const char mark[] = "\n#fields\t";

	return finding->dialect->delimiter == '\t' &&
	       memmem(finding->text, finding->len, mark, sizeof mark - 1) != NULL;
}

static void
find_in_text(struct finding *finding)
{
	struct dialect *dialect = finding->dialect;
	struct writing writing;

	take_told(finding);
	if (is_other(finding->options->format))
		return;
	find_writing(finding);
	if (names_in_comment(finding))
		dialect->format = "words"; /* which knows such logs */
	if (strcmp(dialect->format, "words") != 0)
		find_escape(finding);
	writing = (struct writing){ .delimiter = dialect->delimiter,
		.words = strcmp(dialect->format, "words") == 0 && dialect->delimiter != '\t',
		.quote = dialect->quote,
		.escape = dialect->escape,
		.comment = dialect->comment };
	sample_take(&finding->sample, finding->text, finding->len, finding->whole, &writing);
	find_table(finding);
	sample_done(&finding->sample);
}

void
dialect_find(const char *bytes, size_t n, bool whole, const struct dialect_options *options,
    struct dialect *dialect)
{
	struct encoding encoding;
	struct text text = { 0 };
	struct recoder *recoder = NULL;
	struct finding finding = { .options = options, .dialect = dialect };

	if (n > DIALECT_BYTES) {
		n = DIALECT_BYTES;
		whole = false;
	}
	*dialect = (struct dialect){ 0 };
	encoding = encoding_find(bytes, n, whole, options->encoding);
	snprintf(dialect->encoding, sizeof dialect->encoding, "%s", encoding.name);
	dialect->mark = encoding.mark;
	finding.text = bytes + encoding.mark;
	finding.len = n - (size_t)encoding.mark;
	finding.whole = whole;
	if (strcmp(encoding.name, "UTF-8") != 0)
		recoder = recoder_new(encoding.name, NULL);
	if (recoder != NULL) {
		recoder_feed(recoder, finding.text, finding.len, &text);
		finding.text = text_get(&text);
		finding.len = text.len;
		recoder_free(recoder);
	}
	find_in_text(&finding);
	text_done(&text);
}
