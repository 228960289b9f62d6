/* packed.c - unpacking: gzip by zlib, the other packings by libarchive.
 *
 * libarchive passes over gzip's check sums, so that one flipped bit gave other numbers; for the
 * others it goes by the libraries of their makers, which verify what they unpack.
 *
 * A file that ends too early is no end of input: what could be unpacked is given, then it fails.
 * libarchive itself holds back what it had unpacked of the last block when it meets the damage; so
 * the last rows before the cut may be missing, which the error says. */
#include "data/sources/files/packed.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/sources/files/gunzip.h"
#include "data/sources/source.h"

enum { READ = 1 << 16 };

struct packed {
	struct gunzip *gunzip;   /* NULL: it is the archive */
	struct archive *archive; /* NULL: it is gzip */
	const char *path;
	int fd;
	int64_t start; /* where fd stood at first */
	uint64_t made; /* bytes unpacked so far */
};

static const char trailing[] = "something that is not packed follows what is";

static const struct packing {
	const char *bytes;
	size_t n;
	const char *name, *unpacker, *ending;
} packings[] = {
	{ "\x1f\x8b", 2, "gzip", "zcat", ".gz" },
	{ "\x28\xb5\x2f\xfd", 4, "zstd", "zstdcat", ".zst" },
	{ "\xfd"
	  "7zXZ",
	    5, "xz", "xzcat", ".xz" },
	{ "BZh", 3, "bzip2", "bzcat", ".bz2" },
	{ "\x04\x22\x4d\x18", 4, "lz4", "lz4cat", ".lz4" },
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

static bool
ends_with(const char *s, const char *ending)
{
	size_t n = strlen(s), k = strlen(ending);

	return n >= k && strcmp(s + n - k, ending) == 0;
}

const char *
packed_broken(const char *path, const void *first, size_t n)
{
	const unsigned char *bytes = first;
	bool text = true;

	for (size_t i = 0; i < n; i++)
		text = text && (bytes[i] >= ' ' || strchr("\t\n\v\f\r\033", bytes[i]) != NULL) &&
		       bytes[i] != '\0';
	for (size_t i = 0; !text && i < sizeof packings / sizeof *packings; i++)
		if (ends_with(path, packings[i].ending))
			return packings[i].name;
	return NULL;
}

static int
packed_failure(const struct packed *packed, const char *what, struct error *err)
{
	return error_set(err,
	    "%s: %s (the file is cut short or damaged; rows may be missing or wrong)", packed->path,
	    what != NULL ? what : "cannot be unpacked");
}

static int
open_archive(struct packed *packed, struct error *err)
{
	struct archive *archive = packed->archive = archive_read_new();
	struct archive_entry *entry;

	if (archive == NULL)
		return error_set(err, "%s: cannot be unpacked (out of memory)", packed->path);
	archive_read_support_filter_zstd(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_lz4(archive);
	archive_read_support_format_raw(archive);
	archive_read_support_format_empty(archive);
	if (archive_read_open_fd(archive, packed->fd, READ) == ARCHIVE_OK &&
	    archive_read_next_header(archive, &entry) != ARCHIVE_FATAL &&
	    archive_filter_count(archive) > 1) /* else it would pass the bytes on as they are */
		return 0;
	return packed_failure(packed, archive_error_string(archive), err);
}

static bool
is_gzip(const struct packed *packed)
{
	unsigned char first[2];
	const char *unpacker, *name;
	ssize_t n = pread(packed->fd, first, sizeof first, packed->start);

	name = n == (ssize_t)sizeof first ? packed_name(first, sizeof first, &unpacker) : NULL;
	return name != NULL && strcmp(name, "gzip") == 0;
}

static void
end(struct packed *packed)
{
	if (packed->gunzip != NULL)
		gunzip_free(packed->gunzip);
	archive_read_free(packed->archive);
	packed->gunzip = NULL;
	packed->archive = NULL;
}

/* Begins to unpack at the start. */
static int
begin(struct packed *packed, struct error *err)
{
	end(packed);
	packed->made = 0;
	if (lseek(packed->fd, packed->start, SEEK_SET) < 0)
		return packed_failure(packed, strerror(errno), err);
	if (!is_gzip(packed))
		return open_archive(packed, err);
	packed->gunzip = gunzip_new(packed->fd);
	if (packed->gunzip == NULL)
		return error_set(err, "%s: cannot be unpacked (out of memory)", packed->path);
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

/* libarchive leaves what follows a whole bzip2 or lz4 file without a word. */
static bool
has_rest(const struct packed *packed)
{
	struct stat st;

	return fstat(packed->fd, &st) == 0 &&
	       archive_filter_bytes(packed->archive, -1) < st.st_size - packed->start;
}

static long
read_archive(struct packed *packed, char *buf, size_t cap, const char **what)
{
	la_ssize_t n = archive_read_data(packed->archive, buf, cap);

	*what = n < 0 ? archive_error_string(packed->archive) : trailing;
	return n < 0 || (n == 0 && has_rest(packed)) ? -1 : (long)n;
}

long
packed_read(struct packed *packed, char *buf, size_t cap, struct error *err)
{
	const char *what;
	long n = packed->gunzip != NULL ? gunzip_read(packed->gunzip, buf, cap, &what)
					: read_archive(packed, buf, cap, &what);

	if (n < 0)
		return packed_failure(packed, what, err);
	packed->made += (uint64_t)n;
	return n;
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
	return packed->gunzip != NULL ? gunzip_at(packed->gunzip)
				      : (uint64_t)archive_filter_bytes(packed->archive, -1);
}

void
packed_close(struct packed *packed)
{
	end(packed);
	free(packed);
}
