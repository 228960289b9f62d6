/* list.h - every action: adding one is a file and a line here. */
#ifndef WEIR_ACTIONS_LIST_H
#define WEIR_ACTIONS_LIST_H

#define ACTION_LIST(ACTION)                                                                        \
	ACTION(exec)                                                                               \
	ACTION(post)                                                                               \
	ACTION(publish)                                                                            \
	ACTION(append)                                                                             \
	ACTION(reply)                                                                              \
	ACTION(notify)                                                                             \
	ACTION(pause)                                                                              \
	ACTION(bell)

#endif
