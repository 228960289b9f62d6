/* list.h - the formats, in the order in which `auto` tries them; the last fits anything. */
FORMAT(ndjson)
FORMAT(logfmt)
FORMAT(tsv)
FORMAT(csv)
