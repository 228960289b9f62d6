/* writing.c - which delimiter and which quote: of all pairs the one whose records are most alike
 * and whose cells look most like something.
 *
 * Score of a pair = share of records at the most frequent width * (0.1 + 0.9 * share of their cells
 * of a known look) * (width - 1) / width, as in: van den Burg, Nazábal, Sutton, Wrangling messy CSV
 * files by detecting row and type patterns, DMKD 33 (2019), with one pattern, the most frequent
 * width. Blanks count a tenth less, since texts have them too; cells with quotes left over count
 * against their pair. Ties do not go by the order of the pairs: more columns win, then the pair
 * that leaves fewer other delimiters in its cells. */
#include <string.h>

#include "data/dialect/dialect_parts.h"

static const char delimiters[] = { ',', ';', '\t', '|', ' ', DELIMITER_RUNS };

/* A line of one cell that is a value makes sense as it is, but less than any two columns. */
static const float ALONE = .48F;

static bool
is_blank_delimiter(const struct dialect_candidate *candidate)
{
	return candidate->words || candidate->delimiter == ' ';
}

static bool
is_quoted(const struct span *span)
{
	size_t n = (size_t)span->n;
	const char *s = look_trim(span->s, &n);

	return n >= 2 && (s[0] == '"' || s[0] == '\'') && s[n - 1] == s[0] &&
	       memchr(s + 1, s[0], n - 2) == NULL;
}

/* The most frequent width above `above`, the larger of two alike; 0: none. */
static int
usual_width(const struct sample *sample, int above, int *first, int *many)
{
	int best = 0;

	*many = 0;
	for (int i = 0; i < sample->n; i++) {
		int width = sample->records[i].n, n = 0;

		if (sample->records[i].comment || width <= above || width == best)
			continue;
		for (int j = 0; j < sample->n; j++)
			n += sample->records[j].n == width && !sample->records[j].comment;
		if (n > *many || (n == *many && width > best)) {
			best = width;
			*many = n;
			*first = i;
		}
	}
	return best;
}

struct tally {
	int cells, known, values, left;
};

static struct tally
tally_of(const struct sample *sample, int width)
{
	struct tally tally = { 0 };

	for (int i = 0; i < sample->n; i++) {
		const struct record *record = &sample->records[i];

		if (record->n != width || record->comment || sample_filled(sample, record) == 0)
			continue;
		for (int j = 0; j < width; j++) {
			const struct span *span = sample_cell(sample, record, j);
			enum look look = sample_look(sample, record, j);

			tally.cells++;
			tally.known += look != LOOK_TEXT;
			tally.values += look_is_value(look);
			tally.left += is_quoted(span);
		}
	}
	return tally;
}

static void
judge(struct dialect_candidate *candidate, const struct sample *sample)
{
	int first = 0, many, alike = sample->n - sample->comments;
	int width = usual_width(sample, 1, &first, &many), titles;
	struct tally tally = tally_of(sample, width);

	if (width == 0 || tally.cells == 0)
		return;
	/* What stands before the first record of that width may be titles, up to half of all: it
	 * speaks half as much against the pair as what stands behind. */
	titles = first < alike / 2 ? first : alike / 2;
	candidate->width = width;
	candidate->share = (float)many / ((float)alike - (float)titles / 2);
	if (candidate->share > 1)
		candidate->share = 1;
	candidate->known = (float)tally.known / (float)tally.cells;
	if (candidate->delimiter == DELIMITER_RUNS) /* texts with blanks are what it is for */
		candidate->known = .5F + candidate->known / 2;
	candidate->score = candidate->share * (.1F + .9F * candidate->known) * (float)(width - 1) /
			   (float)width * (1 - (float)tally.left / (float)tally.cells);
	if (is_blank_delimiter(candidate))
		candidate->score *= .9F;
}

/* Lines that are one cell each. */
static void
judge_alone(struct dialect_candidate *candidate, const struct sample *sample)
{
	struct tally tally = tally_of(sample, 1);
	int rows = sample->n - sample->comments;

	if (rows == 0 || tally.cells < rows)
		return;
	candidate->width = 1;
	candidate->share = (float)tally.cells / (float)rows;
	candidate->known = (float)tally.values / (float)(rows > 1 ? rows - 1 : rows);
	if (candidate->known > 1)
		candidate->known = 1;
	candidate->score = candidate->share * candidate->known * ALONE;
}

/* Is there a cell that begins and ends with this quote? */
static bool
quotes_cells(const char *s, size_t n, char quote, char delimiter)
{
	const char *end = s + n;

	for (const char *p = s; p < end && (p = memchr(p, quote, (size_t)(end - p))) != NULL; p++) {
		const char *before = p, *close;

		while (before > s && before[-1] == ' ' && delimiter != ' ')
			before--;
		if (before > s && before[-1] != delimiter && before[-1] != '\n' &&
		    before[-1] != '\r')
			continue;
		close = memchr(p + 1, quote, (size_t)(end - p - 1));
		if (close == NULL)
			return false;
		if (memchr(p, '\n', (size_t)(close - p)) != NULL)
			continue;
		if (close + 1 == end || close[1] == delimiter || close[1] == '\n' ||
		    close[1] == '\r')
			return true;
	}
	return false;
}

/* Cells in double blanks: they part the words of a table set in columns. */
static bool
runs_of_blanks(const char *s, size_t n)
{
	int runs = 0, lines = 0;
	bool run = n > 0 && s[0] == ' ';

	for (size_t i = 1; i < n; i++) {
		run = run || (s[i] == ' ' && s[i - 1] == ' ') || (s[i] == ' ' && s[i - 1] == '\n');
		if (s[i] == '\n') {
			runs += run;
			lines++;
			run = false;
		}
	}
	return runs + run > (lines + 1) / 4;
}

static bool
better(const struct dialect_candidate *a, const struct dialect_candidate *b)
{
	if (a->score > b->score + 1e-6F)
		return true;
	return a->score > b->score - 1e-6F && a->width > b->width;
}

/* Single blanks in cells make of most lines some cells. They are meant where nearly all lines from
 * the first of their width on, which is the header, are alike, and those before it are one cell.
 * Two columns are lines of text with a gap in them. */
static bool
stands_in_columns(const struct sample *sample)
{
	int lines = 0, first = 0, many, width = usual_width(sample, 1, &first, &many);

	for (int i = 0; i < sample->n; i++) {
		if (sample->records[i].comment)
			continue;
		if (i < first && sample->records[i].n > 1)
			return false;
		lines += i >= first;
	}
	return many > 1 && many * 10 >= lines * 9 && width > 2;
}

/* Do words make lines that are as much alike? Then they are all that there is to it. */
static bool
words_will_do(const struct dialect *dialect, const struct dialect_candidate *runs)
{
	for (int i = 0; i < dialect->ncandidates; i++) {
		const struct dialect_candidate *words = &dialect->candidates[i];

		if (words->words && words->share >= runs->share)
			return true;
	}
	return false;
}

/* To its place among those before it. */
static void
move_up(struct dialect *dialect, int i)
{
	for (struct dialect_candidate *at = &dialect->candidates[i];
	     at > dialect->candidates && better(at, at - 1); at--) {
		struct dialect_candidate swap = at[-1];

		at[-1] = *at;
		*at = swap;
	}
}

static void
consider(struct finding *finding, const struct writing *writing, bool alone)
{
	struct dialect *dialect = finding->dialect;
	struct dialect_candidate *at = &dialect->candidates[dialect->ncandidates];
	struct dialect_candidate found = {
		.delimiter = writing->delimiter, .quote = writing->quote, .words = writing->words
	};

	if (dialect->ncandidates == DIALECT_CANDIDATES)
		return;
	sample_take(&finding->sample, finding->text, finding->len, finding->whole, writing);
	if (alone)
		judge_alone(&found, &finding->sample);
	else
		judge(&found, &finding->sample);
	if (found.score <= 0 ||
	    (found.delimiter == DELIMITER_RUNS && finding->delimiter == 0 &&
		(!stands_in_columns(&finding->sample) || words_will_do(dialect, &found))))
		return;
	*at = found;
	move_up(dialect, dialect->ncandidates++);
}

/* Blanks part words, unless there are quotes with single blanks around them: then each blank is a
 * delimiter, and two have an empty cell between. */
static bool
takes_words(const struct finding *finding, char quote)
{
	return runs_of_blanks(finding->text, finding->len) ||
	       !quotes_cells(finding->text, finding->len, quote, ' ');
}

static void
consider_pair(struct finding *finding, char delimiter, char quote)
{
	const struct writing writing = { .delimiter = delimiter,
		.words = delimiter == DELIMITER_RUNS ||
			 (delimiter == ' ' && takes_words(finding, quote)),
		.quote = quote,
		.comment = finding->dialect->comment };

	consider(finding, &writing, false);
}

static void
consider_delimiter(struct finding *finding, char delimiter)
{
	char told = finding->options->quote;

	if (told != 0) {
		consider_pair(finding, delimiter, told);
		return;
	}
	consider_pair(finding, delimiter, '"');
	if (quotes_cells(finding->text, finding->len, '\'', delimiter))
		consider_pair(finding, delimiter, '\'');
}

static bool
stands_in(const struct finding *finding, char delimiter)
{
	if (delimiter == DELIMITER_RUNS)
		return memmem(finding->text, finding->len, "  ", 2) != NULL;
	return memchr(finding->text, delimiter, finding->len) != NULL;
}

static void
consider_all(struct finding *finding)
{
	const char *format = finding->options->format;
	bool told_csv = format != NULL && strcmp(format, "csv") == 0;
	const struct writing alone = { .quote = '"', .comment = finding->dialect->comment };

	if (finding->delimiter != 0) {
		consider_delimiter(finding, finding->delimiter);
		return;
	}
	for (size_t i = 0; i < sizeof delimiters; i++) {
		if ((delimiters[i] == ' ' || delimiters[i] == DELIMITER_RUNS) && told_csv)
			continue;
		if (stands_in(finding, delimiters[i]))
			consider_delimiter(finding, delimiters[i]);
	}
	consider(finding, &alone, true);
}

/* Other delimiters stand in cells by chance, but not as many in nearly every line: then blanks are
 * likely characters of the cells. */
static void
doubt_blanks(struct dialect *dialect)
{
	bool others = false;

	for (int i = 0; i < dialect->ncandidates; i++) {
		const struct dialect_candidate *c = &dialect->candidates[i];

		others = others || (!is_blank_delimiter(c) && c->width > 1 && c->share >= .95F &&
				       c->known >= .5F);
	}
	for (int i = 0; i < dialect->ncandidates && others; i++)
		if (is_blank_delimiter(&dialect->candidates[i]))
			dialect->candidates[i].score *= .8F;
	for (int i = 1; i < dialect->ncandidates; i++)
		move_up(dialect, i);
}

void
find_writing(struct finding *finding)
{
	struct dialect *dialect = finding->dialect;
	const struct dialect_candidate *best = dialect->candidates;
	char told = finding->delimiter;

	consider_all(finding);
	doubt_blanks(dialect);
	dialect->format = "csv";
	dialect->quote = finding->options->quote != 0 ? finding->options->quote : '"';
	dialect->delimiter = told != 0 ? told : ',';
	if (dialect->ncandidates > 0 && best->width > 1) {
		dialect->delimiter = best->delimiter;
		dialect->quote = best->quote;
		if (best->words)
			dialect->format = "words";
	}
	if (dialect->delimiter == '\t')
		dialect->format = "tsv";
}
