/* alarm.c - a libuv timer that its owner may free at once. */
#include "data/sources/alarm.h"

#include <stdint.h>
#include <stdlib.h>
#include <uv.h>

#include "data/base/error.h"

struct alarm {
	uv_timer_t timer;
	void (*ring)(void *);
	void *arg;
};

static void
on_timer(uv_timer_t *timer)
{
	struct alarm *alarm = timer->data;

	alarm->ring(alarm->arg);
}

struct alarm *
alarm_new(struct uv_loop_s *loop, void (*ring)(void *), void *arg)
{
	struct alarm *alarm = memory_zero(1, sizeof *alarm);

	uv_timer_init(loop, &alarm->timer);
	alarm->timer.data = alarm;
	alarm->ring = ring;
	alarm->arg = arg;
	return alarm;
}

void
alarm_set(struct alarm *alarm, int ms)
{
	uv_update_time(alarm->timer.loop);
	uv_timer_start(&alarm->timer, on_timer, (uint64_t)ms, 0);
}

static void
on_closed(uv_handle_t *timer)
{
	free(timer->data);
}

void
alarm_free(struct alarm *alarm)
{
	if (alarm != NULL)
		uv_close((uv_handle_t *)&alarm->timer, on_closed);
}
