#!/usr/bin/env python3
"""bench_rows.py - what weir makes of polluted rows, telling it nothing.

In the manner of Pollock (Vitagliano and others, VLDB 2023), with all kinds of its pollutions and as many
files of each: a clean table of 83 rows is polluted in one way at a time, and header, records and cells
are compared with the clean one. Of each the precision, the recall and F1 count, and one point that it was
read at all: 10 is best. The simple score is the mean over the files, the weighted one over how often each
pollution was met in files of open-data portals, as that paper counted them. Below stand further kinds,
which are not in these scores. The same files come out on every machine.

    bench_rows.py [-v]      -v: each file that is not read as it should be"""
import collections
import json
import os
import subprocess
import sys
import tempfile

WEIR = os.path.join(os.environ.get("BUILD", "build"), "weir")
ROWS = 83
NAMES = ["day", "clock", "count", "code", "price", "thing", "about", "link", "left"]
THINGS = ["Wool socks", "Tent, small", 'Hose, 5"', "Men's boots", "Lamp", "Rope & bag"]
TEXTS = ["Light, warm and dry.", "A good one; for cold days, and wet ones.", 'It won\'t break, "they say".',
         "Plain", 'At 6\\\'2" it is too long, or not?', "Made in Ulm"]
QUOTED = (6, 7)  # columns that are written in quotes throughout

# How often each was met among 3,712 files; rows of one kind share what stands here.
MET = {"plain": 1, "nothing": 15, "no end at the end": 184, "two ends at the end": 5, "no header": 470,
       "header of 2 lines": 47, "header of 3 lines": 47, "title and blank row": 282,
       "two tables, same": 62.7, "two tables, wider": 62.7, "two tables, narrower": 62.7, "header alone": 3,
       "one row": 4, "record end CR": 7, "record end LF": 1691, "delimiter '\\t'": 4, "delimiter ';'": 834,
       "delimiter ' '": 4, "delimiter ', '": 101, "quote '": 11, "escape \\": 1, "escape none": 7,
       "row with a cell less": 247, "row with a cell more": 280, "row with a quote more": 7,
       "row with another delimiter": 4}


def clean_rows():
    """Deterministic, with texts that need quotes and a column that is always empty."""
    for i in range(ROWS):
        yield [f"{i % 28 + 1:02}/{i // 28 + 1:02}/2024", f"{i % 24:02}:15", str(i * 7 % 13),
               f"{'AB'[i % 2]}X-{1000 + i * 37 % 997}", f"${i * 1.37 + 5:.2f}", THINGS[i * 5 % 6],
               TEXTS[i * 7 % 6], f"https://example.org/p/{i}.html", ""]


def cell(text, column, d=",", q='"', esc=None, quoted=QUOTED):
    if any(c in text for c in (d, q, "\n", "\r")) or column in quoted:
        return q + text.replace(q, (q if esc is None else esc) + q) + q
    return text


def line(cells, d=",", q='"', esc=None, quoted=QUOTED):
    return d.join(cell(c, i, d, q, esc, quoted) for i, c in enumerate(cells))


def whole(lines, end="\r\n"):
    return (end.join(lines) + end).encode()


def pollutions():
    """Yields (kind, bytes, header, rows): what is to come out."""
    rows = list(clean_rows())
    table = [NAMES] + rows
    plain = [line(r) for r in table]

    yield "plain", whole(plain), NAMES, rows
    yield "nothing", b"", [], []
    yield "no end at the end", whole(plain)[:-2], NAMES, rows
    yield "two ends at the end", whole(plain) + b"\r\n", NAMES, rows
    yield "no header", whole(plain[1:]), [], rows
    for n in (2, 3):
        yield (f"header of {n} lines", whole([",".join(NAMES)] * (n - 1) + plain),
               [" ".join([x] * n) for x in NAMES], rows)
    yield "title and blank row", whole(["TITLE" + "," * 8, "," * 8] + plain), NAMES, rows
    yield "two tables, same", whole(plain + [line(r, quoted=()) for r in table[:-1]]), NAMES, rows
    yield "two tables, wider", whole(plain + [line(r + ["" if i else "more"], quoted=())
                                              for i, r in enumerate(table[:-1])]), NAMES, rows
    yield "two tables, narrower", whole(plain + [line(r[:-1], quoted=()) for r in table[:-1]]), NAMES, rows
    yield "header alone", whole(plain[:1]), NAMES, []
    yield "one row", whole(plain[:2]), NAMES, rows[:1]
    yield "record end CR", whole(plain, "\r"), NAMES, rows
    yield "record end LF", whole(plain, "\n"), NAMES, rows
    for d in (";", "\t", ", ", " "):
        parts = [[cell(c, i) for i, c in enumerate(r)] for r in table]  # no quotes because of it
        yield f"delimiter {d!r}", whole([d.join(r) for r in parts]), NAMES, rows
    yield "quote '", whole([line(r, q="'") for r in table]), NAMES, rows
    yield "escape \\", whole([line(r, esc="\\") for r in table]), NAMES, rows
    yield "escape none", whole([line(r, esc="") for r in table]), NAMES, rows
    for at in range(len(table)):
        yield from broken_row(plain, table, at)
    yield from further(plain, rows)


def broken_row(plain, table, at):
    """One record that is not as the others: the header, too."""
    def with_line(text):
        return whole(plain[:at] + [text] + plain[at + 1:])

    row = table[at]
    parts = [cell(c, i) for i, c in enumerate(row)]
    for j in range(len(row)):
        yield "row with a cell more", with_line(",".join(parts[:j] + [""] + parts[j:])), NAMES, table[1:]
        if j > 0:
            less = with_line(",".join(parts[:j - 1] + [parts[j - 1] + parts[j]] + parts[j + 1:]))
            yield "row with a cell less", less, NAMES, table[1:]
        quote = parts[j].startswith('"')
        more = with_line(",".join(parts[:j] + ['"' * (1 + quote) + parts[j][quote:]] + parts[j + 1:]))
        wrong = [r if i != at else r[:j] + ['"' + r[j]] + r[j + 1:] for i, r in enumerate(table)]
        yield "row with a quote more", more, wrong[0], wrong[1:]
    yield "row with another delimiter", with_line(" ".join(parts)), NAMES, table[1:]


def further(plain, rows):
    """Kinds of our own."""
    yield "delimiter '|'", whole([line(r, "|") for r in [NAMES] + rows]), NAMES, rows
    for code in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"):
        more = [r[:5] + [r[5] + " für draußen"] + r[6:] for r in rows]
        text = whole([line(r) for r in [NAMES] + more]).decode()
        yield "encoding " + code, text.encode(code), NAMES, more
    for n in (1, 2, 5):
        titles = ["Report"] * n
        yield f"{n} titles", whole(titles + plain), NAMES, rows
        yield f"{n} titles, padded", whole([t + "," * 8 for t in titles] + plain), NAMES, rows
        yield f"{n} comments", whole(["# " + t for t in titles] + plain), NAMES, rows
        yield f"{n} lines of several words", whole(["made by us, 2024"] * n + plain), NAMES, rows
    for n in (2, 5):
        settings = [["Station", "Ulm"], ["Opened", "1/1/2024"], ["Period", "D"], ["Code", "7"], ["By", "us"]][:n]
        yield f"{n} settings", whole([",".join(s) for s in settings] + [""] + plain), NAMES, rows
        yield (f"{n} settings, padded", whole([",".join(s) + "," * 7 for s in settings] + ["," * 8] + plain),
               NAMES, rows)
    short = [[c.lstrip('"') for c in r[:-1]] for r in rows]
    yield "two blanks apart", whole(["  ".join(r) for r in [NAMES[:-1]] + short]), NAMES[:-1], short
    rule = "+" + "-" * 20 + "+"
    yield ("drawn table", whole([rule, "| " + " | ".join(NAMES[:5]) + " |", rule] +
                                ["| " + " | ".join(r[:5]) + " |" for r in rows] + [rule]),
           [""] + NAMES[:5], [[""] + r[:5] for r in rows])
    yield ("JSON, arrays", json.dumps([NAMES[:5]] + [r[:5] for r in rows]).encode(), NAMES[:5],
           [r[:5] for r in rows])
    yield ("JSON, columns", json.dumps({"unit": {"day": "d"}, "daily": {
        "day": [f"2024-{r[0][3:5]}-{r[0][:2]}" for r in rows], **{n: [r[i + 2] for r in rows] for i, n in
                                                            enumerate(NAMES[2:6])}}}).encode(),
           ["day"] + NAMES[2:6], [[f"2024-{r[0][3:5]}-{r[0][:2]}"] + r[2:6] for r in rows])
    units = ["d", "h", "", "", "$", "", "", "", ""]
    yield "row of units", whole(plain[:1] + [line(units, quoted=())] + plain[1:]), NAMES, rows
    yield "header again", whole(plain[:40] + plain[:1] + plain[40:]), NAMES, rows
    yield "blank lines", whole(plain[:40] + ["", ""] + plain[40:]), NAMES, rows
    for d in (";", "\t", "|"):
        lines = [line(r, d) for r in rows]
        yield f"delimiter {d!r}, no header", whole(lines), [], rows


def run(path, *flags):
    return subprocess.run([WEIR, "--headless", "--emit", "start,rows", "-k", "n: 1", *flags, path],
                          capture_output=True, text=True, check=False).stdout.splitlines()


def read(path):
    """(names, rows) as weir has them, each cell as it stood there; names that it made are none."""
    start = run(path)
    if not start:
        return [], []
    columns = json.loads(start[0])["sources"][0]["columns"]
    names = [c["name"] for c in columns]
    told = ["--types", ",".join(n + "=text" for n in names)] if names else []
    events = [json.loads(x) for x in run(path, *told)]
    rows = [[e["values"].get(n) or "" for n in names] for e in events if e["type"] == "row"]
    header = [n if n != f"c{i + 1}" else "" for i, n in enumerate(names)]
    while header and header[-1] == "":
        header.pop()
    return header, [full(r, len(header)) for r in rows]


def full(row, least):
    """Without the empty cells at its end that only wider rows make."""
    while len(row) > least and row[-1] == "":
        row = row[:-1]
    return row


def f1(found, right):
    found, right = collections.Counter(found), collections.Counter(right)
    if not right:
        return 3.0
    both = sum((found & right).values())
    p, r = (both / n if n else 0 for n in (sum(found.values()), sum(right.values())))
    return p + r + (2 * p * r / (p + r) if both else 0)


def score(path, header, rows):
    names, got = read(path)
    if not rows and not header:
        return 10.0
    if not header:
        rows = [full(r, 0) for r in rows]
    found, right = names + [c for r in got for c in r], header + [c for r in rows for c in r]
    return (1 + f1(names, header) + f1(["".join(r) for r in got], ["".join(r) for r in rows]) +
            f1(found, right))


def mean(numbers):
    return sum(numbers) / len(numbers)


def main():
    scores = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for i, (kind, data, header, rows) in enumerate(pollutions()):
            path = os.path.join(os.environ.get("KEEP", folder), f"f{i}.csv")
            with open(path, "wb") as f:
                f.write(data)
            scores[kind].append(score(path, header, rows))
            if "-v" in sys.argv and scores[kind][-1] < 9.9999:
                print(f"{scores[kind][-1]:7.4f}  {kind} ({i})")
    for kind, all_of in scores.items():
        print(f"{mean(all_of):7.3f}  {kind}" + (f" ({len(all_of)})" if all_of[1:] else ""))
    every = [s for kind in MET for s in scores[kind]]
    weighted = sum(mean(scores[kind]) * n for kind, n in MET.items()) / sum(MET.values())
    print(f"{mean(every):7.3f}  simple, of {len(every)} files; {weighted:.3f} weighted; "
          f"{mean([mean(v) for v in scores.values()]):.3f} of {len(scores)} kinds, further ones among them")


if __name__ == "__main__":
    main()
