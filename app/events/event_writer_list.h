/* event_writer_list.h - every way to write events: adding one is a file and a line here. */
#ifndef WEIR_EVENT_WRITER_LIST_H
#define WEIR_EVENT_WRITER_LIST_H

/* The first is the one where nothing is said. */
#define EVENT_WRITER_LIST(WRITER)                                                                  \
	WRITER(ndjson)                                                                             \
	WRITER(csv)

#endif
