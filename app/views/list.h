/* list.h - every view: adding one is a file and a line here. */
#ifndef WEIR_VIEWS_LIST_H
#define WEIR_VIEWS_LIST_H

#define VIEW_LIST(VIEW)                                                                            \
	VIEW(overview)                                                                             \
	VIEW(series)                                                                               \
	VIEW(keys)                                                                                 \
	VIEW(alerts)                                                                               \
	VIEW(rows)                                                                                 \
	VIEW(learning)                                                                             \
	VIEW(sources)                                                                              \
	VIEW(explain)                                                                              \
	VIEW(health)                                                                               \
	VIEW(help)

#endif
