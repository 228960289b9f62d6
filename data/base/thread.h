/* thread.h - threads beside the loop, and how long they wait. */
#ifndef WEIR_THREAD_H
#define WEIR_THREAD_H

#include <pthread.h>
#include <stdint.h>
#include <time.h>

/* Signals are the loop's: the thread has all of them blocked. Not 0: there is none to be had. */
int thread_begin(pthread_t *, void *(*run)(void *), void *arg);
/* A lock, and a condition that counts by the monotonic clock. */
void thread_lock_init(pthread_mutex_t *, pthread_cond_t *);
int64_t thread_clock(void); /* monotonic, ms */
/* In so many ms, for pthread_cond_timedwait. */
struct timespec thread_in_ms(int ms);

#endif
