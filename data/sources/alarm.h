/* alarm.h - one call after a while, for feeds that wait for a live source to tell its columns. */
#ifndef WEIR_ALARM_H
#define WEIR_ALARM_H

struct uv_loop_s;
struct alarm;

struct alarm *alarm_new(struct uv_loop_s *, void (*ring)(void *), void *arg);
void alarm_set(struct alarm *, int ms); /* rings once; a later time replaces the earlier */
void alarm_free(struct alarm *);        /* NULL is fine */

#endif
