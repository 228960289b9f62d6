/* picture.h - what is on a canvas as a file: SVG, HTML or plain text. */
#ifndef WEIR_PICTURE_H
#define WEIR_PICTURE_H

#include "app/files/output_file.h"
#include "data/base/error.h"
#include "data/base/text.h"
#include "widgets/draw/canvas.h"
#include "widgets/draw/theme.h"

/* Writes FILE.svg, FILE.html or FILE.txt, as the end of the name says; see output_replace(). */
int picture_write(const char *path, enum output_links, const struct output_guard *,
    const struct canvas *, const struct theme *, struct error *);
/* Whether picture_write() would know what to write: to tell before the work is done. */
int picture_check(const char *path, struct error *);

void picture_svg(const struct canvas *, const struct theme *, struct text *out);
void picture_html(const struct canvas *, const struct theme *, struct text *out);
void picture_txt(const struct canvas *, const struct theme *, struct text *out);

/* --- what the formats share ------------------------------------------------------------------- */

struct ink { /* how a cell looks where there are always colours */
	int32_t fg, bg;
	bool bold, dim, underline, painted; /* painted: bg is not the picture's own */
};
struct ink picture_ink(const struct theme *, const struct cell *);
const struct cell *picture_cell(const struct canvas *, int x, int y);
void picture_rune(struct text *out, uint32_t rune); /* escaped for XML */
int picture_row_end(const struct canvas *, int y);  /* one behind the last cell that is not blank */

#endif
