/* looks_like.c - the first bytes of what is no stream of rows: archives, pictures, pages, programs.
 *
 * Packed files (gzip and the like) are not among them: their source unpacks them. */
#include "data/formats/looks_like.h"

#include <string.h>
#include <strings.h>

static const struct kind {
	const char *name, *advice;
	size_t at; /* where the mark stands */
	size_t n;
	const char *mark;
	bool text; /* written in letters of any case, perhaps behind blanks */
} kinds[] = {
	{ "a zip archive (or an .xlsx, .ods, .npz)", "take a file out of it: unzip -p", 0, 4,
	    "PK\3\4", false },
	{ "an empty zip archive", "there is nothing in it", 0, 4, "PK\5\6", false },
	{ "a tar archive", "take a file out of it: tar -xOf", 257, 5, "ustar", false },
	{ "a 7z archive", "take a file out of it: 7z x -so", 0, 6, "7z\xbc\xaf\x27\x1c", false },
	{ "a rar archive", "take a file out of it: unrar p -inul", 0, 4, "Rar!", false },
	{ "an ar archive or a Debian package", "take a file out of it: ar p", 0, 7, "!<arch>",
	    false },
	{ "a PNG picture", "give a file of rows", 0, 4, "\x89PNG", false },
	{ "a JPEG picture", "give a file of rows", 0, 3, "\xff\xd8\xff", false },
	{ "a GIF picture", "give a file of rows", 0, 4, "GIF8", false },
	{ "a TIFF picture", "give a file of rows", 0, 4, "II*\0", false },
	{ "a TIFF picture", "give a file of rows", 0, 4, "MM\0*", false },
	{ "a WebP picture", "give a file of rows", 8, 4, "WEBP", false },
	{ "a sound in WAV", "give a file of rows", 8, 8, "WAVEfmt ", false },
	{ "an MP4 film", "give a file of rows", 4, 4, "ftyp", false },
	{ "an Ogg stream", "give a file of rows", 0, 4, "OggS", false },
	{ "an MP3 sound", "give a file of rows", 0, 3, "ID3", false },
	{ "a PDF document", "take its text: pdftotext -layout", 0, 5, "%PDF-", false },
	{ "a Word, Excel or other OLE document", "save it as CSV", 0, 8,
	    "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", false },
	{ "an RTF document", "save it as CSV", 0, 5, "{\\rtf", false },
	{ "a program (ELF)", "exec:COMMAND runs it and reads its rows", 0, 4, "\177ELF", false },
	{ "a compiled Java class", "give a file of rows", 0, 4, "\xca\xfe\xba\xbe", false },
	{ "a SQLite database", "sqlite3 -csv -header FILE 'select ...' writes rows", 0, 15,
	    "SQLite format 3", false },
	{ "a Parquet file", "write it as CSV: duckdb -csv -c \"from 'FILE'\"", 0, 4, "PAR1",
	    false },
	{ "an Arrow file", "write it as CSV", 0, 6, "ARROW1", false },
	{ "an Avro file", "write it as JSON: avro-tools tojson", 0, 4, "Obj\1", false },
	{ "an ORC file", "write it as JSON: orc-contents", 0, 4, "ORC\x08", false },
	{ "an HDF5 file", "write it as CSV", 0, 4, "\x89HDF", false },
	{ "a NumPy array", "write it by numpy.savetxt", 0, 6, "\x93NUMPY", false },
	{ "a network capture", "tshark -T fields writes rows", 0, 4, "\xd4\xc3\xb2\xa1", false },
	{ "a network capture", "tshark -T fields writes rows", 0, 4, "\x0a\x0d\x0d\x0a", false },
	{ "an HTML page", "give the address of the data, not of the page", 0, 9, "<!doctype",
	    true },
	{ "an HTML page", "give the address of the data, not of the page", 0, 5, "<html", true },
	{ "an HTML page", "give the address of the data, not of the page", 0, 5, "<head", true },
	{ "an SVG picture", "give a file of rows", 0, 4, "<svg", true },
	{ "an XML document", "take rows out of it: xmlstarlet sel -t -m", 0, 5, "<?xml", true },
	{ "a script", "exec:COMMAND runs it and reads its rows", 0, 3, "#!/", true },
};

static size_t
blanks(const char *s, size_t n)
{
	size_t i = 0;

	while (i < n && (s[i] == ' ' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r'))
		i++;
	return i;
}

static bool
begins(const struct kind *kind, const char *s, size_t n)
{
	size_t at = kind->text ? blanks(s, n) : kind->at;

	if (at + kind->n > n)
		return false;
	return (kind->text ? strncasecmp(s + at, kind->mark, kind->n)
			   : memcmp(s + at, kind->mark, kind->n)) == 0;
}

/* Control characters that no text has are a twentieth of it. NULs are not counted: they may be half
 * of every character, or what a disk left of a file. */
static bool
is_binary(const char *s, size_t n)
{
	enum { LEAST = 64 };
	size_t controls = 0;

	for (size_t i = 0; i < n; i++)
		controls += s[i] > 0 && s[i] < 32 && strchr("\t\n\v\f\r\x1b\x1e", s[i]) == NULL;
	return n >= LEAST && controls * 20 >= n;
}

const char *
looks_like(const char *first, size_t n, bool told, const char **advice)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if ((!told || !kinds[i].text) && begins(&kinds[i], first, n)) {
			*advice = kinds[i].advice;
			return kinds[i].name;
		}
	*advice = "give a file of rows; -F says how they are written";
	return !told && is_binary(first, n) ? "binary data" : NULL;
}
