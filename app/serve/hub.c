/* hub.c - the last events, as lines with numbers, for those who read them as they come and for
 * those who come back.
 *
 * The bytes stand in a ring that is made once; what is older than it holds is gone. While nobody
 * reads, of the rows of one run only those are written that could be among the last: the others
 * would be pushed out at once. */
#include <stdlib.h>
#include <string.h>

#include "app/events/event_file.h"
#include "app/events/ndjson.h"
#include "app/serve/serve_parts.h"

enum { RING = 1 << 21, EVENTS = 1 << 13, LONGEST = RING / 4 };

struct held {
	uint64_t at; /* of its bytes, counted from the start */
	uint32_t n;
	unsigned type;
};

struct hub {
	struct ndjson *writer;
	struct event_file file;
	char *ring;
	struct held *held;
	uint64_t next, oldest;
	uint64_t bytes; /* put so far */
};

static const struct kind {
	const char *word, *begins;
	unsigned type;
} kinds[] = {
	{ "start", "{\"type\":\"start\"", EVENT_START },
	{ "rows", "{\"type\":\"row\"", EVENT_ROW },
	{ "alerts", "{\"type\":\"alert\"", EVENT_ALERT },
	{ "drift", "{\"type\":\"drift\"", EVENT_DRIFT },
	{ "forecast", "{\"type\":\"forecast\"", EVENT_FORECAST },
	{ "bad", "{\"type\":\"bad\"", EVENT_BAD },
	{ "note", "{\"type\":\"note\"", EVENT_NOTE },
	{ "summary", "{\"type\":\"summary\"", EVENT_SUMMARY },
	{ "all", "{", ~0U },
};
enum { KINDS = sizeof kinds / sizeof *kinds };

struct hub *
hub_new(struct engine *e)
{
	struct hub *hub = memory_zero(1, sizeof *hub);

	hub->file = (struct event_file){ .fd = -1, .memory = true, .recent = HUB_RECENT };
	hub->ring = memory_new(RING, 1);
	hub->held = memory_zero(EVENTS, sizeof *hub->held);
	hub->next = hub->oldest = 1;
	hub->writer = ndjson_new(e, &hub->file, ~0U, (struct span){ 0 });
	return hub;
}

void
hub_free(struct hub *hub)
{
	if (hub == NULL)
		return;
	ndjson_free(hub->writer);
	text_done(&hub->file.text);
	free(hub->held);
	free(hub->ring);
	free(hub);
}

void
hub_all_rows(struct hub *hub, bool all)
{
	hub->file.recent = all ? 0 : HUB_RECENT;
}

static unsigned
type_of(const char *line, size_t n)
{
	for (int i = 0; i < KINDS; i++) {
		size_t k = strlen(kinds[i].begins);

		if (n >= k && memcmp(line, kinds[i].begins, k) == 0)
			return kinds[i].type;
	}
	return 0;
}

static void
put(struct hub *hub, const char *line, size_t n)
{
	struct held *held = &hub->held[hub->next % EVENTS];
	size_t at = (size_t)(hub->bytes % RING), first = n < RING - at ? n : RING - at;

	if (n > LONGEST) /* nobody could read it as a whole */
		return;
	memcpy(hub->ring + at, line, first);
	memcpy(hub->ring, line + first, n - first);
	*held = (struct held){ hub->bytes, (uint32_t)n, type_of(line, n) };
	hub->bytes += n;
	hub->next++;
	while (hub->next - hub->oldest > EVENTS ||
	       hub->held[hub->oldest % EVENTS].at + RING < hub->bytes)
		hub->oldest++;
}

void
hub_take(struct hub *hub)
{
	const char *line = text_get(&hub->file.text), *end;

	while ((end = strchr(line, '\n')) != NULL) {
		put(hub, line, (size_t)(end - line));
		line = end + 1;
	}
	text_clear(&hub->file.text);
}

uint64_t
hub_next(const struct hub *hub)
{
	return hub->next;
}

uint64_t
hub_oldest(const struct hub *hub)
{
	return hub->oldest;
}

void
hub_print(const struct hub *hub, uint64_t number, unsigned types, struct text *out)
{
	const struct held *held = &hub->held[number % EVENTS];
	size_t at = (size_t)(held->at % RING), first = held->n < RING - at ? held->n : RING - at;

	if ((held->type & types) == 0)
		return;
	text_addf(out, "id: %llu\ndata: ", (unsigned long long)number);
	text_addn(out, hub->ring + at, first);
	text_addn(out, hub->ring, held->n - first);
	text_add(out, "\n\n");
}

unsigned
hub_types(const char *list)
{
	unsigned types = 0;

	while (*list != '\0') {
		size_t n = strcspn(list, ",");
		unsigned type = 0;

		for (int i = 0; i < KINDS; i++)
			if (strlen(kinds[i].word) == n && memcmp(kinds[i].word, list, n) == 0)
				type = kinds[i].type;
		if (type == 0)
			return 0;
		types |= type;
		list += n + (list[n] == ',');
	}
	return types;
}
