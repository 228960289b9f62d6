/* command_list.h - every command: adding one is a file and a line here. */
#ifndef WEIR_COMMAND_LIST_H
#define WEIR_COMMAND_LIST_H

#define COMMAND_LIST(COMMAND)                                                                      \
	COMMAND(kpi)                                                                               \
	COMMAND(alert)                                                                             \
	COMMAND(derive)                                                                            \
	COMMAND(drop)                                                                              \
	COMMAND(source)                                                                            \
	COMMAND(rate)                                                                              \
	COMMAND(speed)                                                                             \
	COMMAND(window)                                                                            \
	COMMAND(seek)                                                                              \
	COMMAND(key)                                                                               \
	COMMAND(sort)                                                                              \
	COMMAND(theme)                                                                             \
	COMMAND(dialect)                                                                           \
	COMMAND(view)                                                                              \
	COMMAND(pause)                                                                             \
	COMMAND(step)                                                                              \
	COMMAND(faster)                                                                            \
	COMMAND(slower)                                                                            \
	COMMAND(skip)                                                                              \
	COMMAND(home)                                                                              \
	COMMAND(restart)                                                                           \
	COMMAND(end)                                                                               \
	COMMAND(sideways)                                                                          \
	COMMAND(move)                                                                              \
	COMMAND(page)                                                                              \
	COMMAND(click)                                                                             \
	COMMAND(zoom)                                                                              \
	COMMAND(back)                                                                              \
	COMMAND(wider)                                                                             \
	COMMAND(narrower)                                                                          \
	COMMAND(freeze)                                                                            \
	COMMAND(prompt)                                                                            \
	COMMAND(filter)                                                                            \
	COMMAND(acknowledge)                                                                       \
	COMMAND(picture)                                                                           \
	COMMAND(health)                                                                            \
	COMMAND(save)                                                                              \
	COMMAND(reload)                                                                            \
	COMMAND(repaint)                                                                           \
	COMMAND(suspend)                                                                           \
	COMMAND(quit)

#endif
