#!/usr/bin/env python3
"""cut_series.py - short series out of longer ones: months into quarters, weeks into quarters and half-years.

usage: cut_series.py DATA OUT

Reads DATA/M3monthly-*.csv and DATA/Weekly-*.csv, and writes OUT/NAME-train.csv and OUT/NAME-test.csv, of 20 to
60 rows a series: quarters (sums of three months), thirds (each third month), weeks13 (sums of 13 weeks) with 8
rows to forecast, and weeks26 (sums of 26 weeks) with 6."""
import csv, os, sys

LEAST, MOST = 20, 60


def whole(data, name):
    """Of each series, all that is known of it."""
    series = {}
    for part in ("train", "test"):
        with open(os.path.join(data, "%s-%s.csv" % (name, part))) as f:
            for row in csv.reader(f):
                series.setdefault(row[0], []).extend(float(v) for v in row[1:] if v not in ("", "NA"))
    return series


def sums(values, n):
    values = values[len(values) % n:]
    return [sum(values[i:i + n]) for i in range(0, len(values), n)]


def pieces(series, length, step):
    """Stretches of at most so many rows, from the end on."""
    return {"%s_%d" % (k, end): v[max(0, end - length):end] for k, v in series.items()
            for end in range(len(v), LEAST, -step)}


def write(out, name, series, ahead):
    with open(os.path.join(out, name + "-train.csv"), "w") as train, \
            open(os.path.join(out, name + "-test.csv"), "w") as test:
        for k, v in series.items():
            if LEAST <= len(v) - ahead <= MOST:
                train.write(",".join([k] + ["%.10g" % x for x in v[:-ahead]]) + "\n")
                test.write(",".join([k] + ["%.10g" % x for x in v[-ahead:]]) + "\n")


def main():
    data, out = sys.argv[1:]
    months, weeks = whole(data, "M3monthly"), whole(data, "Weekly")
    write(out, "quarters", {k: sums(v, 3) for k, v in months.items()}, 8)
    write(out, "thirds", {k: v[(len(v) - 1) % 3::3] for k, v in months.items()}, 8)
    write(out, "weeks13", pieces({k: sums(v, 13) for k, v in weeks.items()}, 48, 40), 8)
    write(out, "weeks26", pieces({k: sums(v, 26) for k, v in weeks.items()}, 40, 25), 6)


if __name__ == "__main__":
    main()
