#!/usr/bin/env python3
"""bench_rows.py - what weir makes of polluted rows, telling it nothing.

In the manner of Pollock (Vitagliano and others, VLDB 2023): a clean table is polluted in one way at a
time, and header, records and cells are compared with the clean one. Of each the precision, the recall
and F1 count, and one point that it was read at all: 10 is best. Every 1000th of a second counts for
nothing: the same files come out on every machine.

    bench_rows.py [-v]      -v: each file that is not read as it should be"""
import collections
import json
import os
import subprocess
import sys
import tempfile

WEIR = os.path.join(os.environ.get("BUILD", "build"), "weir")
ROWS = 60
NAMES = ["day", "clock", "count", "code", "price", "thing", "about", "link", "left"]
THINGS = ["Wool socks", "Tent, small", 'Hose, 5" wide', "Men's boots", "Lamp", "Rope"]
TEXTS = ["Light, warm and dry.", "A good one; for cold days.", "It won't break, \"they say\".", "Plain"]


def clean_rows():
    """Deterministic, with texts that need quotes and a column that is always empty."""
    for i in range(ROWS):
        yield [f"{i % 28 + 1:02}/{i // 28 + 1:02}/2024", f"{i % 24:02}:15", str(i * 7 % 13),
               f"{'AB'[i % 2]}X-{1000 + i * 37 % 997}", f"${i * 1.37 + 5:.2f}", THINGS[i % 6],
               TEXTS[i * 5 % 4], f"https://example.org/p/{i}.html", ""]


def cell(text, d, q, esc):
    if any(c in text for c in (d[0], q, "\n", "\r")) or text.startswith(("https", q)):
        return q + text.replace(q, esc + q) + q
    return text


def line(cells, d=",", q='"', esc=None):
    return d.join(cell(c, d, q, esc if esc is not None else q) for c in cells)


def whole(lines, end="\n"):
    return (end.join(lines) + end).encode()


def pollutions():
    """Yields (kind, bytes, header, rows): what is to come out."""
    rows = list(clean_rows())
    plain = [line(NAMES)] + [line(r) for r in rows]

    yield "plain", whole(plain), NAMES, rows
    for name, end in (("CR", "\r"), ("CR LF", "\r\n")):
        yield "record end " + name, whole(plain, end), NAMES, rows
    yield "no end at the end", whole(plain)[:-1], NAMES, rows
    yield "two ends at the end", whole(plain) + b"\n", NAMES, rows
    for d in (";", "\t", "|", ", "):
        yield f"delimiter {d!r}", whole([line(r, d) for r in [NAMES] + rows]), NAMES, rows
    yield "quote '", whole([line(r, q="'") for r in [NAMES] + rows]), NAMES, rows
    yield "escape \\", whole([line(r, esc="\\") for r in [NAMES] + rows]), NAMES, rows
    for code in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1"):
        more = [r[:5] + [r[5] + " für draußen"] + r[6:] for r in rows]
        text = whole([line(r) for r in [NAMES] + more]).decode()
        yield "encoding " + code, text.encode(code), NAMES, more
    yield "nothing", b"", [], []
    yield "header alone", whole(plain[:1]), NAMES, []
    yield "one row", whole(plain[:2]), NAMES, rows[:1]
    yield "no header", whole(plain[1:]), [], rows
    for n in (1, 2, 5):
        titles = ["Report"] * n
        yield f"{n} titles", whole(titles + plain), NAMES, rows
        yield f"{n} titles, padded", whole([t + "," * 8 for t in titles] + plain), NAMES, rows
        yield f"{n} comments", whole(["# " + t for t in titles] + plain), NAMES, rows
    for n in (2, 3):
        yield (f"header of {n} lines", whole([plain[0]] * n + plain[1:]),
               [" ".join([x] * n) for x in NAMES], rows)
    for at in range(0, ROWS, 3):
        yield from broken_row(plain, rows, at)


def broken_row(plain, rows, at):
    """One record that is not as the others."""
    def with_line(text):
        return whole(plain[:at + 1] + [text] + plain[at + 2:])

    def with_row(row):
        return rows[:at] + [row] + rows[at + 1:]

    row = rows[at]
    column = at % 8
    more = row[:column + 1] + [""] + row[column + 1:]
    yield "row with a cell more", with_line(line(more)), NAMES, with_row(more)
    less = row[:column] + row[column + 1:]
    yield "row with a cell less", with_line(line(less)), NAMES, with_row(less)
    parts = [cell(c, ",", '"', '"') for c in row]
    parts[column] = '"' + parts[column]
    wrong = row[:column] + ['"' + row[column]] + row[column + 1:]
    yield "row with a quote more", with_line(",".join(parts)), NAMES, with_row(wrong)
    yield "row with another delimiter", with_line(line(row, ";")), NAMES, rows


def run(path, *flags):
    return subprocess.run([WEIR, "--headless", "--emit", "start,rows", "-k", "n: 1", *flags, path],
                          capture_output=True, text=True, check=False).stdout.splitlines()


def read(path):
    """(names, rows) as weir has them, each cell as it stood there."""
    start = run(path)
    if not start:
        return [], []
    names = [c["name"] for c in json.loads(start[0])["sources"][0]["columns"]]
    told = ["--types", ",".join(n + "=text" for n in names)] if names else []
    events = [json.loads(x) for x in run(path, *told)]
    rows = [[e["values"].get(n) or "" for n in names] for e in events if e["type"] == "row"]
    return [n for i, n in enumerate(names) if n != f"c{i + 1}"], rows


def f1(found, right):
    found, right = collections.Counter(found), collections.Counter(right)
    if not found and not right:
        return 3.0
    both = sum((found & right).values())
    p, r = (both / n if n else 0 for n in (sum(found.values()), sum(right.values())))
    return p + r + (2 * p * r / (p + r) if both else 0)


def full(row):
    """Without the empty cells at its end: rows have as many as there are columns."""
    while row and row[-1] == "":
        row = row[:-1]
    return tuple(row)


def score(path, header, rows):
    names, got = read(path)
    found, right = [full(r) for r in got], [full(r) for r in rows]
    return (1 + f1(names, header) + f1(found, right) +
            f1([c for r in found for c in r], [c for r in right for c in r]))


def main():
    scores = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        for i, (kind, data, header, rows) in enumerate(pollutions()):
            path = os.path.join(folder, f"f{i}.csv")
            with open(path, "wb") as f:
                f.write(data)
            scores[kind].append(score(path, header, rows))
            if "-v" in sys.argv and scores[kind][-1] < 9.9999:
                print(f"{scores[kind][-1]:7.4f}  {kind} ({i})")
    for kind, all_of in scores.items():
        print(f"{sum(all_of) / len(all_of):7.3f}  {kind}" + (f" ({len(all_of)})" if all_of[1:] else ""))
    every = [s for all_of in scores.values() for s in all_of]
    print(f"{sum(every) / len(every):7.3f}  of {len(every)} files; "
          f"{sum(sum(a) / len(a) for a in scores.values()) / len(scores):.3f} of {len(scores)} kinds")


if __name__ == "__main__":
    main()
