/* deny.h - what the program never does, it cannot be made to do either. */
#ifndef WEIR_DENY_H
#define WEIR_DENY_H

/* From here on the calls by which a process starts programs, looks into others or changes the
 * machine fail, in all threads. Children that do so for us were forked before. Where the system or
 * this build knows no such filter nothing changes. */
void deny_calls(void);

#endif
