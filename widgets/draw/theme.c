/* theme.c - how a style looks: colours for terminals that have many, few or none.
 *
 * The colours are those of Okabe and Ito ("Color Universal Design", 2008), which eyes without red,
 * green or blue cones tell apart, made brighter on dark and darker on light backgrounds. Areas are
 * muted, and of the 240 fixed colours, so that they look the same with 256 as with 24 bits. Text
 * keeps the terminal's own colours unless a theme paints. Without colour, bold, dim and reverse
 * remain. */
#include "widgets/draw/theme.h"

#include <stddef.h>
#include <string.h>

enum { BOLD = ATTRIBUTE_BOLD, DIM = ATTRIBUTE_DIM, REVERSE = ATTRIBUTE_REVERSE };

static const struct theme dark = {
	.name = "dark",
	.help = "for dark backgrounds; colours that colour-blind eyes tell apart (the default)",
	.colors = true,
	.foreground = 0xd8d8d8,
	.background = 0x15181c,
	.band8 = 4,
	.looks = {
		/* style                colour  of 16  attributes, and without colour */
		[STYLE_TEXT] =         {-1,        -1, 0,    0},
		[STYLE_DIM] =          {0x8d959d,   8, 0,    DIM},
		[STYLE_BOLD] =         {-1,        -1, BOLD, BOLD},
		[STYLE_TITLE] =        {0xf0f0f0,  15, BOLD, BOLD},
		[STYLE_FRAME] =        {0x5f6872,   8, 0,    DIM},
		[STYLE_FOCUS] =        {0xe6b84f,  11, BOLD, BOLD},
		[STYLE_LABEL] =        {0xa4adb6,   7, 0,    0},
		[STYLE_GOOD] =         {0x3fc79a,  10, 0,    0},
		[STYLE_INFO] =         {0x62bdf0,  14, 0,    0},
		[STYLE_WARNING] =      {0xf0c830,  11, 0,    BOLD},
		[STYLE_CRITICAL] =     {0xff7447,   9, BOLD, BOLD | REVERSE},
		[STYLE_BAND] =         {0x1d3540,   8, 0,    DIM},
		[STYLE_EXPECTED] =     {0xa0b8c8,   7, 0,    DIM},
		[STYLE_FORECAST] =     {0xe8e8c8,  15, 0,    BOLD},
		[STYLE_THRESHOLD] =    {0x62bdf0,  14, 0,    0},
		[STYLE_THRESHOLD + 1] = {0xd8b430,  11, 0,    0},
		[STYLE_THRESHOLD + 2] = {0xff7447,   9, 0,    0},
		[STYLE_KEY] =          {0xf0f0f0,  15, BOLD, BOLD},
		[STYLE_SERIES] =       {0x56b4e9,  14, 0,    0},
		[STYLE_SERIES + 1] =   {0xe69f00,   3, 0,    BOLD},
		[STYLE_SERIES + 2] =   {0x1fb88a,  10, 0,    0},
		[STYLE_SERIES + 3] =   {0xf0e442,  11, 0,    BOLD},
		[STYLE_SERIES + 4] =   {0xdd8fb9,  13, 0,    0},
		[STYLE_SERIES + 5] =   {0x5a87e8,  12, 0,    BOLD},
		[STYLE_SERIES + 6] =   {0xe8642a,   9, 0,    0},
		[STYLE_SERIES + 7] =   {0xc0c0c0,   7, 0,    BOLD},
		[STYLE_AREA] =          {0x005f87,  14, 0,    0},
		[STYLE_AREA + 1] =      {0x875f00,   3, 0,    0},
		[STYLE_AREA + 2] =      {0x005f5f,  10, 0,    0},
		[STYLE_AREA + 3] =      {0x5f5f00,  11, 0,    0},
		[STYLE_AREA + 4] =      {0x875f87,  13, 0,    0},
		[STYLE_AREA + 5] =      {0x5f5f87,  12, 0,    0},
		[STYLE_AREA + 6] =      {0x875f5f,   9, 0,    0},
		[STYLE_AREA + 7] =      {0x5f5f5f,   7, 0,    0},
		[STYLE_HEAT] =          {0x005f87,   8, 0,    0},
		[STYLE_HEAT + 1] =      {0x0087af,   4, 0,    0},
		[STYLE_HEAT + 2] =      {0x00afaf,   6, 0,    0},
		[STYLE_HEAT + 3] =      {0x5fd787,   2, 0,    0},
		[STYLE_HEAT + 4] =      {0xd7d75f,  10, 0,    0},
		[STYLE_HEAT + 5] =      {0xffffaf,  11, 0,    0},
	},
};

static const struct theme light = {
	.name = "light",
	.help = "for light backgrounds; found by itself where the terminal tells",
	.colors = true,
	.foreground = 0x202428,
	.background = 0xfcfcf8,
	.band8 = 6,
	.looks = {
		[STYLE_TEXT] =         {-1,        -1, 0,    0},
		[STYLE_DIM] =          {0x686e74,   8, 0,    DIM},
		[STYLE_BOLD] =         {-1,        -1, BOLD, BOLD},
		[STYLE_TITLE] =        {0x101010,   0, BOLD, BOLD},
		[STYLE_FRAME] =        {0x9aa2aa,   8, 0,    DIM},
		[STYLE_FOCUS] =        {0x8a5a00,   4, BOLD, BOLD},
		[STYLE_LABEL] =        {0x50585f,   8, 0,    0},
		[STYLE_GOOD] =         {0x00704f,   2, 0,    0},
		[STYLE_INFO] =         {0x00629b,   4, 0,    0},
		[STYLE_WARNING] =      {0x8a5a00,   3, 0,    BOLD},
		[STYLE_CRITICAL] =     {0xb83200,   1, BOLD, BOLD | REVERSE},
		[STYLE_BAND] =         {0xd3e4ec,   7, 0,    DIM},
		[STYLE_EXPECTED] =     {0x5b7386,   8, 0,    DIM},
		[STYLE_FORECAST] =     {0x4a4a20,   0, 0,    BOLD},
		[STYLE_THRESHOLD] =    {0x00629b,   4, 0,    0},
		[STYLE_THRESHOLD + 1] = {0x8a5a00,   3, 0,    0},
		[STYLE_THRESHOLD + 2] = {0xb83200,   1, 0,    0},
		[STYLE_KEY] =          {0x101010,   0, BOLD, BOLD},
		[STYLE_SERIES] =       {0x0072b2,   4, 0,    0},
		[STYLE_SERIES + 1] =   {0xc05400,   1, 0,    BOLD},
		[STYLE_SERIES + 2] =   {0x00805d,   2, 0,    0},
		[STYLE_SERIES + 3] =   {0x7a1a5a,   5, 0,    BOLD},
		[STYLE_SERIES + 4] =   {0x8a7400,   3, 0,    0},
		[STYLE_SERIES + 5] =   {0x3a3fb0,  12, 0,    BOLD},
		[STYLE_SERIES + 6] =   {0x1f86b6,   6, 0,    0},
		[STYLE_SERIES + 7] =   {0x404040,   8, 0,    BOLD},
		[STYLE_AREA] =          {0xafd7ff,   4, 0,    0},
		[STYLE_AREA + 1] =      {0xffd7af,   1, 0,    0},
		[STYLE_AREA + 2] =      {0xafd7af,   2, 0,    0},
		[STYLE_AREA + 3] =      {0xffffaf,   5, 0,    0},
		[STYLE_AREA + 4] =      {0xd7afd7,   3, 0,    0},
		[STYLE_AREA + 5] =      {0xd7d7ff,  12, 0,    0},
		[STYLE_AREA + 6] =      {0xffafaf,   6, 0,    0},
		[STYLE_AREA + 7] =      {0xd0d0d0,   8, 0,    0},
		[STYLE_HEAT] =          {0xd7ffff,   7, 0,    0},
		[STYLE_HEAT + 1] =      {0xafd7ff,  14, 0,    0},
		[STYLE_HEAT + 2] =      {0x5fafd7,   6, 0,    0},
		[STYLE_HEAT + 3] =      {0x0087af,  12, 0,    0},
		[STYLE_HEAT + 4] =      {0x005f87,   4, 0,    0},
		[STYLE_HEAT + 5] =      {0x00005f,   0, 0,    0},
	},
};

static const struct theme mono = {
	.name = "mono",
	.help = "no colour; bold, dim and reverse alone",
	.foreground = 0xd8d8d8,
	.background = 0x15181c,
	.band8 = -1,
	.looks = {
		[STYLE_TEXT] =         {-1, -1, 0,    0},
		[STYLE_DIM] =          {-1, -1, DIM,  DIM},
		[STYLE_BOLD] =         {-1, -1, BOLD, BOLD},
		[STYLE_TITLE] =        {-1, -1, BOLD, BOLD},
		[STYLE_FRAME] =        {-1, -1, DIM,  DIM},
		[STYLE_FOCUS] =        {-1, -1, BOLD, BOLD},
		[STYLE_LABEL] =        {-1, -1, 0,    0},
		[STYLE_GOOD] =         {-1, -1, 0,    0},
		[STYLE_INFO] =         {-1, -1, 0,    0},
		[STYLE_WARNING] =      {-1, -1, BOLD, BOLD},
		[STYLE_CRITICAL] =     {-1, -1, BOLD | REVERSE, BOLD | REVERSE},
		[STYLE_BAND] =         {-1, -1, DIM,  DIM},
		[STYLE_EXPECTED] =     {-1, -1, DIM,  DIM},
		[STYLE_FORECAST] =     {-1, -1, BOLD, BOLD},
		[STYLE_THRESHOLD] =    {-1, -1, 0,    0},
		[STYLE_THRESHOLD + 1] = {-1, -1, 0,    0},
		[STYLE_THRESHOLD + 2] = {-1, -1, 0,    0},
		[STYLE_KEY] =          {-1, -1, BOLD, BOLD},
		[STYLE_SERIES] =       {-1, -1, 0,    0},
		[STYLE_SERIES + 1] =   {-1, -1, BOLD, BOLD},
		[STYLE_SERIES + 2] =   {-1, -1, 0,    0},
		[STYLE_SERIES + 3] =   {-1, -1, BOLD, BOLD},
		[STYLE_SERIES + 4] =   {-1, -1, 0,    0},
		[STYLE_SERIES + 5] =   {-1, -1, BOLD, BOLD},
		[STYLE_SERIES + 6] =   {-1, -1, 0,    0},
		[STYLE_SERIES + 7] =   {-1, -1, BOLD, BOLD},
		[STYLE_AREA] =          {-1, -1, 0,    0},
		[STYLE_AREA + 1] =      {-1, -1, 0,    0},
		[STYLE_AREA + 2] =      {-1, -1, 0,    0},
		[STYLE_AREA + 3] =      {-1, -1, 0,    0},
		[STYLE_AREA + 4] =      {-1, -1, 0,    0},
		[STYLE_AREA + 5] =      {-1, -1, 0,    0},
		[STYLE_AREA + 6] =      {-1, -1, 0,    0},
		[STYLE_AREA + 7] =      {-1, -1, 0,    0},
		[STYLE_HEAT] =          {-1, -1, 0,    0},
		[STYLE_HEAT + 1] =      {-1, -1, 0,    0},
		[STYLE_HEAT + 2] =      {-1, -1, 0,    0},
		[STYLE_HEAT + 3] =      {-1, -1, 0,    0},
		[STYLE_HEAT + 4] =      {-1, -1, 0,    0},
		[STYLE_HEAT + 5] =      {-1, -1, 0,    0},
	},
};

static const struct theme contrast = {
	.name = "high-contrast",
	.help = "for projectors and weak eyes: bright on black, whatever the terminal's background",
	.colors = true,
	.paints = true,
	.foreground = 0xffffff,
	.background = 0x000000,
	.band8 = 4,
	.looks = {
		[STYLE_TEXT] =         {0xffffff,  15, 0,    0},
		[STYLE_DIM] =          {0xc8c8c8,   7, 0,    0},
		[STYLE_BOLD] =         {0xffffff,  15, BOLD, BOLD},
		[STYLE_TITLE] =        {0xffffff,  15, BOLD, BOLD},
		[STYLE_FRAME] =        {0xb0b0b0,   7, 0,    0},
		[STYLE_FOCUS] =        {0xffe050,  11, BOLD, BOLD},
		[STYLE_LABEL] =        {0xe8e8e8,  15, 0,    0},
		[STYLE_GOOD] =         {0x50ffc0,  10, BOLD, 0},
		[STYLE_INFO] =         {0x7cd4ff,  14, BOLD, 0},
		[STYLE_WARNING] =      {0xffe050,  11, BOLD, BOLD},
		[STYLE_CRITICAL] =     {0xff9a70,   9, BOLD | REVERSE, BOLD | REVERSE},
		[STYLE_BAND] =         {0x203c4c,   8, 0,    0},
		[STYLE_EXPECTED] =     {0xd0e8f8,   7, 0,    0},
		[STYLE_FORECAST] =     {0xffffd0,  15, BOLD, BOLD},
		[STYLE_THRESHOLD] =    {0x7cd4ff,  14, 0,    0},
		[STYLE_THRESHOLD + 1] = {0xffe050,  11, 0,    0},
		[STYLE_THRESHOLD + 2] = {0xff9a70,   9, 0,    0},
		[STYLE_KEY] =          {0xffffff,  15, BOLD, BOLD},
		[STYLE_SERIES] =       {0x5cc8ff,  14, BOLD, 0},
		[STYLE_SERIES + 1] =   {0xffb000,   3, 0,    BOLD},
		[STYLE_SERIES + 2] =   {0x40e0a0,  10, BOLD, 0},
		[STYLE_SERIES + 3] =   {0xffff50,  11, BOLD, BOLD},
		[STYLE_SERIES + 4] =   {0xffa8d8,  13, BOLD, 0},
		[STYLE_SERIES + 5] =   {0x8890ff,  12, BOLD, BOLD},
		[STYLE_SERIES + 6] =   {0xff8850,   9, BOLD, 0},
		[STYLE_SERIES + 7] =   {0xffffff,  15, BOLD, BOLD},
		[STYLE_AREA] =          {0x005f87,  14, 0,    0},
		[STYLE_AREA + 1] =      {0x875f00,   3, 0,    0},
		[STYLE_AREA + 2] =      {0x005f5f,  10, 0,    0},
		[STYLE_AREA + 3] =      {0x5f5f00,  11, 0,    0},
		[STYLE_AREA + 4] =      {0x875f87,  13, 0,    0},
		[STYLE_AREA + 5] =      {0x5f5f87,  12, 0,    0},
		[STYLE_AREA + 6] =      {0x875f5f,   9, 0,    0},
		[STYLE_AREA + 7] =      {0x5f5f5f,   7, 0,    0},
		[STYLE_HEAT] =          {0x005f87,   8, 0,    0},
		[STYLE_HEAT + 1] =      {0x0087af,   4, 0,    0},
		[STYLE_HEAT + 2] =      {0x00afaf,   6, 0,    0},
		[STYLE_HEAT + 3] =      {0x5fd787,   2, 0,    0},
		[STYLE_HEAT + 4] =      {0xd7d75f,  10, 0,    0},
		[STYLE_HEAT + 5] =      {0xffffaf,  11, 0,    0},
	},
};

const struct theme *const themes[] = { &dark, &light, &mono, &contrast, NULL };

const struct theme *
theme_find(const char *name)
{
	for (int i = 0; themes[i]; i++)
		if (strcmp(themes[i]->name, name) == 0)
			return themes[i];
	return NULL;
}

int32_t
theme_color(const struct theme *theme, enum style style)
{
	int32_t fg = theme->looks[style < STYLE_COUNT ? style : STYLE_TEXT].fg;

	return fg < 0 ? theme->foreground : fg;
}

enum style
back_style(enum back back)
{
	return back >= BACK_AREA ? (enum style)(STYLE_AREA + (int)(back - BACK_AREA)) : STYLE_BAND;
}

int32_t
theme_back(const struct theme *theme, enum back back)
{
	int32_t color = theme->looks[back_style(back)].fg;

	return back != BACK_NONE && color >= 0 ? color : theme->background;
}

/* The level of the 6 x 6 x 6 cube nearest to v, and what it is. */
static int
cube_level(int v, int *is)
{
	static const uint8_t levels[] = { 0, 95, 135, 175, 215, 255 };
	int best = 0;

	for (int i = 1; i < 6; i++)
		if ((levels[i] - v) * (levels[i] - v) < (levels[best] - v) * (levels[best] - v))
			best = i;
	*is = levels[best];
	return best;
}

static int
distance(const int *a, const int *b)
{
	int sum = 0;

	for (int i = 0; i < 3; i++)
		sum += (a[i] - b[i]) * (a[i] - b[i]);
	return sum;
}

int
color_256(int32_t rgb)
{
	int want[3] = { rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255 }, cube[3], number = 16;
	int mean = (want[0] + want[1] + want[2]) / 3;
	int step = mean < 8 ? 0 : mean > 238 ? 23 : (mean - 3) / 10;
	int gray[3] = { 8 + 10 * step, 8 + 10 * step, 8 + 10 * step };

	for (int i = 0; i < 3; i++)
		number = number + cube_level(want[i], &cube[i]) * (i == 0 ? 36 : i == 1 ? 6 : 1);
	return distance(gray, want) < distance(cube, want) ? 232 + step : number;
}
