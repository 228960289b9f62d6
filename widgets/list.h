/* list.h - every widget: adding one is a file and a line here. */
#ifndef WEIR_WIDGETS_LIST_H
#define WEIR_WIDGETS_LIST_H

#define WIDGET_LIST(WIDGET)                                                                        \
	WIDGET(status)                                                                             \
	WIDGET(chart)                                                                              \
	WIDGET(sparkline)                                                                          \
	WIDGET(table)                                                                              \
	WIDGET(keys)                                                                               \
	WIDGET(kpis)                                                                               \
	WIDGET(alerts)                                                                             \
	WIDGET(trials)                                                                             \
	WIDGET(rows)                                                                               \
	WIDGET(histogram)                                                                          \
	WIDGET(scores)                                                                             \
	WIDGET(experts)                                                                            \
	WIDGET(evidence)                                                                           \
	WIDGET(learning)                                                                           \
	WIDGET(stat)                                                                               \
	WIDGET(gauge)                                                                              \
	WIDGET(bars)                                                                               \
	WIDGET(texts)                                                                              \
	WIDGET(heatmap)                                                                            \
	WIDGET(scatter)                                                                            \
	WIDGET(note)                                                                               \
	WIDGET(sources)                                                                            \
	WIDGET(explain)                                                                            \
	WIDGET(health)                                                                             \
	WIDGET(help)                                                                               \
	WIDGET(hints)

#endif
