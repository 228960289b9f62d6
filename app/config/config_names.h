/* config_names.h - what a dashboard file says of columns, against the columns that there are. */
#ifndef WEIR_CONFIG_NAMES_H
#define WEIR_CONFIG_NAMES_H

#include "app/config/config.h"

/* Once the engine knows its columns: every name in `columns` and `of` is one. */
int config_check_names(const struct config *, const struct query *, struct error *);
/* All that is wrong with them. */
void config_check_all_names(const struct config *, const struct query *, struct errors *);

#endif
