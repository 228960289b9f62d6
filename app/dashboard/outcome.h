/* outcome.h - what is to be done after a key or a command, by whoever owns the terminal. */
#ifndef WEIR_OUTCOME_H
#define WEIR_OUTCOME_H

enum outcome {
	OUTCOME_NOTHING,
	OUTCOME_DRAW,
	OUTCOME_QUIT,
	OUTCOME_REPAINT,
	OUTCOME_SUSPEND,
	OUTCOME_PICTURE,
	OUTCOME_RELOAD, /* the dashboard file is to be read again */
	OUTCOME_SAVE,   /* what is asked for is to be written: dashboard_save_path() */
	OUTCOME_SOURCE, /* a source is to be added: dashboard_source() */
	OUTCOME_THEME   /* another theme was asked for: dashboard_theme() */
};

#endif
