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
#include <unistd.h>

#include "data/sources/source.h"

enum { READ = 1 << 16 };

struct packed {
	struct archive *archive;
	const char *path;
	int fd;
	int64_t start; /* where fd stood at first */
	uint64_t made; /* bytes unpacked so far */
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

/* Begins to unpack at the start. */
static int
begin(struct packed *packed, struct error *err)
{
	struct archive *archive = archive_read_new();
	struct archive_entry *entry;

	archive_read_free(packed->archive);
	packed->archive = archive;
	packed->made = 0;
	if (archive == NULL)
		return error_set(err, "%s: cannot be unpacked (out of memory)", packed->path);
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_zstd(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_lz4(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	if (lseek(packed->fd, packed->start, SEEK_SET) < 0 ||
	    archive_read_open_fd(archive, packed->fd, READ) != ARCHIVE_OK ||
	    archive_read_next_header(archive, &entry) == ARCHIVE_FATAL)
		return packed_failure(packed, err);
	return 0;
}

struct packed *
packed_open(int fd, const char *path, struct error *err)
{
	struct packed *packed = memory_zero(1, sizeof *packed);

	packed->path = path;
	packed->fd = fd;
	packed->start = lseek(fd, 0, SEEK_CUR);
	if (begin(packed, err) == 0)
		return packed;
	packed_close(packed);
	return NULL;
}

long
packed_read(struct packed *packed, char *buf, size_t cap, struct error *err)
{
	la_ssize_t n = archive_read_data(packed->archive, buf, cap);

	if (n < 0)
		return packed_failure(packed, err);
	packed->made += (uint64_t)n;
	return (long)n;
}

int
packed_seek(struct packed *packed, uint64_t offset, struct error *err)
{
	char passed[1 << 14];
	long n = 1;

	if (offset < packed->made && begin(packed, err) < 0)
		return -1;
	while (n > 0 && packed->made < offset) {
		uint64_t left = offset - packed->made;

		n = packed_read(
		    packed, passed, left < sizeof passed ? (size_t)left : sizeof passed, err);
	}
	return n < 0 ? -1 : 0;
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
