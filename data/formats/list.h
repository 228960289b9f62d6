/* list.h - the formats, in the order in which `auto` tries them. */
FORMAT(tsv)
FORMAT(csv)
