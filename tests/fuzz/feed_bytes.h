/* feed_bytes.h - bytes through format, sample and decoder, whole and cut; what fuzz targets share.
 *
 * Functions in a header, since each fuzz target is one file. */
#ifndef WEIR_FEED_BYTES_H
#define WEIR_FEED_BYTES_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "data/rows/decoder.h"
#include "data/formats/format.h"
#include "data/formats/json/json_columns.h"
#include "data/formats/json/json_grid.h"
#include "data/formats/json/json_wrapper.h"
#include "data/input/feed.h"
#include "data/dialect/find.h"
#include "data/inference/inference.h"

static inline uint64_t
digest(uint64_t sum, const void *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		sum = (sum ^ ((const unsigned char *)bytes)[i]) * UINT64_C(0x100000001b3);
	return sum;
}

static inline uint64_t
digest_cell(uint64_t sum, const struct block *block, int column, int row)
{
	union cells cells = block->cells[column];
	double number;

	switch (block->schema->columns[column].type) {
	case COLUMN_NUMBER:
		number = cells.number[row];
		if (isinf(number))
			abort();
		return digest(
		    sum, isnan(number) ? "?" : (const char *)&number, isnan(number) ? 1 : 8);
	case COLUMN_TIME:
		return digest(sum, &cells.time[row], sizeof(int64_t));
	case COLUMN_TEXT:
		return digest(
		    sum, cells.text[row].s, cells.text[row].s != NULL ? cells.text[row].n : 0);
	}
	return sum;
}

static inline uint64_t
digest_block(uint64_t sum, const struct block *block)
{
	int fault = 0;

	for (int row = 0; row == 0 || row < block->n; row++) {
		for (; fault < block->nfaults && block->faults[fault].row == row; fault++) {
			const struct fault *f = &block->faults[fault];

			sum = digest(sum, f->what, strlen(f->what));
			sum = digest(sum, f->text.s, f->text.s != NULL ? f->text.n : 0);
		}
		for (int i = 0; row < block->n && i < block->schema->n; i++)
			sum = digest_cell(sum, block, i, row);
	}
	if (fault != block->nfaults)
		abort();
	return sum;
}

/* Rows of every shape, whether the bytes have it or not. */
static inline void
json_dialect(const char *s, size_t n, struct dialect *dialect)
{
	struct json_wrapper wrapper;

	dialect->shape = (enum json_shape)(n / 2 % 3);
	if (dialect->shape == JSON_GRID && json_grid_fits(s, n))
		json_grid_header(s, n, dialect->titles);
	else if (dialect->shape == JSON_COLUMNS && !json_columns_fit(s, n, true))
		json_columns_fit_each(s, n);
	if (json_wrapper_find(
		s, n, dialect->shape == JSON_GRID ? '[' : '{', false, true, &wrapper) ||
	    n % 2 == 1)
		dialect->wrapped = wrapper.depth > 0 ? wrapper.depth : 1;
}

/* What the bytes give, in pieces of so many bytes; live: blocks are taken before they are full. */
static inline uint64_t
feed_pieces(const char *name, const uint8_t *data, size_t size, size_t piece, bool live)
{
	const struct dialect_options options = { .format = name, .encoding = "UTF-8" };
	struct dialect dialect = { .delimiter = ',', .quote = '"', .comment = '#' };
	const char *parameter;
	struct error err;
	const struct format_class *class = format_told(name, &parameter, &err);
	struct inference *inference;
	struct row_map layout = { 0 };
	struct decoder *decoder = NULL;
	struct format format;
	uint64_t sum = 0;

	if (!class->named)
		dialect_find((const char *)data, size, true, &options, &dialect);
	else if (strcmp(class->name, "json") == 0)
		json_dialect((const char *)data, size, &dialect);
	dialect.parameter = parameter;
	inference = inference_new(class->named, &options, &dialect);
	format_open(&format, class, &dialect, inference_sink(inference));
	for (size_t at = 0; at < size || decoder == NULL; at += piece) {
		size_t n = at < size ? (piece < size - at ? piece : size - at) : 0;

		if (n > 0)
			format.class->feed(&format, (const char *)data + at, n);
		if (decoder == NULL && (n == 0 || inference_full(inference))) {
			if (n == 0)
				format.class->finish(&format);
			if (inference_map(inference, NULL, "f", &layout, &err) != 0)
				abort();
			decoder = decoder_new(&layout, format.class->named, 0);
			inference_replay(inference, decoder_sink(decoder));
			format.sink = decoder_sink(decoder);
		}
		for (struct block *b;
		     decoder != NULL && (b = decoder_block(decoder, live)) != NULL;) {
			sum = digest_block(sum, b);
			decoder_drop(decoder);
		}
	}
	format.class->finish(&format);
	decoder_finish(decoder);
	for (struct block *b; (b = decoder_block(decoder, true)) != NULL;) {
		sum = digest_block(sum, b);
		decoder_drop(decoder);
	}
	format_close(&format);
	decoder_free(decoder);
	inference_free(inference);
	row_map_done(&layout);
	return sum;
}

/* The first two bytes choose, the others are fed. */
static inline int
feed_bytes(const char *name, const uint8_t *data, size_t size)
{
	if (size < 2)
		return 0;
	if (feed_pieces(name, data + 2, size - 2, size, false) !=
	    feed_pieces(name, data + 2, size - 2, 1 + data[1] % 9, true))
		abort();
	return 0;
}

#endif
