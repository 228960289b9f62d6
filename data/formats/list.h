/* list.h - the formats, in the order in which `auto` tries them; the last fits anything. */
FORMAT(ndjson)
FORMAT(json)
FORMAT(clf)
FORMAT(regex)
FORMAT(logfmt)
FORMAT(tsv)
FORMAT(csv)
