/* harmless.h - texts that go to a terminal, and to logs that are read line by line: file names,
 * cells and servers' answers in them may hold anything. */
#ifndef WEIR_HARMLESS_H
#define WEIR_HARMLESS_H

/* What a terminal might obey, or what hides or turns text around, becomes "?". */
void make_harmless(char *text);       /* of one line: ends of lines do, too */
void make_lines_harmless(char *text); /* ... of several */

#endif
