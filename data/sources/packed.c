/* packed.c - unpacking by libarchive, which knows all of the packings behind one call.
 *
 * A file that ends too early is no end of input: what could be unpacked is given, then it fails.
 * libarchive itself holds back what it had unpacked of the last block when it meets the damage; so
 * the last rows before the cut may be missing, which the error says. */
#include "data/sources/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "data/sources/source.h"

enum { READ = 1 << 16 };

struct packed {
	struct archive *archive;
	const char *path;
};

static const struct packing {
	const char *bytes;
	size_t n;
	const char *name, *unpacker;
} packings[] = {
	{ "\x1f\x8b", 2, "gzip", "zcat" },
	{ "\x28\xb5\x2f\xfd", 4, "zstd", "zstdcat" },
	{ "\xfd"
	  "7zXZ",
	    5, "xz", "xzcat" },
	{ "BZh", 3, "bzip2", "bzcat" },
	{ "\x04\x22\x4d\x18", 4, "lz4", "lz4cat" },
};

const char *
packed_name(const void *first, size_t n, const char **unpacker)
{
	for (size_t i = 0; i < sizeof packings / sizeof *packings; i++) {
		const struct packing *p = &packings[i];

		if (n < p->n || memcmp(first, p->bytes, p->n) != 0)
			continue;
		*unpacker = p->unpacker;
		return p->name;
	}
	return NULL;
}

static int
packed_failure(const struct packed *packed, struct error *err)
{
	const char *what = archive_error_string(packed->archive);

	return error_set(err,
	    "%s: %s (the file is cut short or damaged; the last rows are missing)", packed->path,
	    what != NULL ? what : "cannot be unpacked");
}

struct packed *
packed_open(int fd, const char *path, struct error *err)
{
	struct packed *packed = memory_zero(1, sizeof *packed);
	struct archive *archive = packed->archive = archive_read_new();
	struct archive_entry *entry;

	packed->path = path;
	if (archive == NULL) {
		error_set(err, "%s: cannot be unpacked (out of memory)", path);
		free(packed);
		return NULL;
	}
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_lz4(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	if (archive_read_open_fd(archive, fd, READ) != ARCHIVE_OK ||
	    archive_read_next_header(archive, &entry) == ARCHIVE_FATAL) {
		packed_failure(packed, err);
		packed_close(packed);
		return NULL;
	}
	return packed;
}

long
packed_read(struct packed *packed, char *buf, size_t cap, struct error *err)
{
	la_ssize_t n = archive_read_data(packed->archive, buf, cap);

	return n < 0 ? packed_failure(packed, err) : (long)n;
}

uint64_t
packed_at(const struct packed *packed)
{
	return (uint64_t)archive_filter_bytes(packed->archive, -1);
}

void
packed_close(struct packed *packed)
{
	archive_read_free(packed->archive);
	free(packed);
}
