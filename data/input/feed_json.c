/* feed_json.c - how the rows stand in JSON: each an object, an array, or a place in arrays side by
 * side; and in which member of an object that holds them. */
#include "data/dialect/find.h"
#include "data/formats/json/json_columns.h"
#include "data/formats/json/json_grid.h"
#include "data/formats/json/json_wrapper.h"
#include "data/input/feed_parts.h"

/* Of one object alone: what holds its rows; false: it is a row itself. */
static bool
find_inside(struct feed *feed, const char *s, size_t n, bool whole, struct json_found *found)
{
	struct json_wrapper wrapper;

	if (json_wrapper_find(s, n, '{', false, whole, &wrapper)) {
		if (json_columns_fit_each(wrapper.at, n - (size_t)(wrapper.at - s)))
			found->shape = JSON_COLUMNS;
	} else if (json_columns_fit(s, n, whole)) {
		found->shape = JSON_COLUMNS;
		feed_add_note(feed, "its rows are arrays side by side, each of them a column: what "
				    "stands around them is passed "
				    "over");
		return true;
	} else if (json_wrapper_find(s, n, '[', false, whole, &wrapper)) {
		found->shape = JSON_GRID;
		json_grid_header(wrapper.at, n - (size_t)(wrapper.at - s), found->names);
	} else {
		return false;
	}
	found->wrapped = wrapper.depth;
	feed_add_note(feed, "its rows are the array '%s': what stands around it is passed over",
	    wrapper.path);
	return true;
}

bool
feed_find_json(struct feed *feed, const struct format_class *class, const char *s, size_t n,
    bool whole, struct json_found *found)
{
	bool json =
	    class == format_find("json") || (class == format_find("ndjson") && feed->class == NULL);

	*found = (struct json_found){ 0 };
	if (json && json_grid_fits(s, n)) {
		found->shape = JSON_GRID;
		json_grid_header(s, n, found->names);
		return true;
	}
	return json && (whole || n + 3 >= DIALECT_BYTES) && find_inside(feed, s, n, whole, found);
}
