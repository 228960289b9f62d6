#!/usr/bin/env python3
"""bench_anomaly.py - how well anomaly(x) and drift(x) find what was put into 200 made-up series.

usage: bench_anomaly.py WEIR

Each series has 3,000 rows and one event after row 1,500. A method detects it when it raises an alert
(a score of 0.5 or more, or a change) within 100 rows from its beginning. False alarms are those from row
500 on before it. Seeded: the same series each time."""
import json, math, os, random, subprocess, sys, tempfile

ROWS, WARM, WITHIN = 3000, 500, 100
METHODS = ["anomaly(x)"] + ["anomaly(x, method=%s)" % m for m in ("z", "hampel", "hst", "spot", "conformal")]
METHODS += ["drift(x)"] + ["drift(x, method=%s)" % m for m in ("ph", "kswin", "cusum")]


def season(i, period):
    return 3 * math.sin(2 * math.pi * i / period)


def spike(r, i, at):
    return r.gauss(0, 1) + (10 if i == at else 0)


def level_shift(r, i, at):
    return r.gauss(0, 1) + (5 if i >= at else 0)


def variance(r, i, at):
    return r.gauss(0, 1 if i < at else 4)


def frequency(r, i, at):
    return season(i, 48 if i < at else 11) + r.gauss(0, 0.3)


def flat(r, i, at):
    return r.gauss(0, 1) if not at <= i < at + 60 else 0.3


def missing_season(r, i, at):
    return (season(i, 48) if not at <= i < at + 96 else 0) + r.gauss(0, 0.3)


KINDS = [spike, level_shift, variance, frequency, flat, missing_season]


def series(n):
    r = random.Random(n)
    kind, at = KINDS[n % len(KINDS)], r.randrange(1500, 2800)
    base, unit = r.uniform(-100, 100), 10 ** r.uniform(-3, 3)
    return kind, at, [base + unit * kind(r, i, at) for i in range(ROWS)]


def run(weir, path):
    """Of each method, the rows (from 0) at which it is at 0.5 or above."""
    asked = [a for k, m in enumerate(METHODS) for a in ("-k", "m%d: %s" % (k, m))]
    out = subprocess.run([weir, "--headless", "--emit", "rows", *asked, path], capture_output=True, check=True)
    alarms = [[] for _ in METHODS]
    for i, line in enumerate(out.stdout.splitlines()):
        kpis = json.loads(line)["kpis"]
        for k in range(len(METHODS)):
            if (kpis["m%d" % k] or 0) >= 0.5:
                alarms[k].append(i)
    return alarms


def main():
    weir, total = sys.argv[1], 200
    found = {m: {k.__name__: 0 for k in KINDS} for m in METHODS}
    false, calm = {m: 0 for m in METHODS}, 0
    of = {k.__name__: 0 for k in KINDS}
    with tempfile.TemporaryDirectory() as d:
        path = os.path.join(d, "x.csv")
        for n in range(total):
            kind, at, x = series(n)
            with open(path, "w") as f:
                f.write("x\n" + "".join("%.6g\n" % v for v in x))
            of[kind.__name__] += 1
            calm += at - WARM
            for m, alarms in zip(METHODS, run(weir, path)):
                found[m][kind.__name__] += any(at <= i < at + WITHIN for i in alarms)
                false[m] += sum(WARM <= i < at for i in alarms)
    names = [k.__name__ for k in KINDS]
    print("200 made-up series: share of events found, and false alarms in 10,000 rows")
    print("%-28s %s %6s %6s" % ("", " ".join("%14s" % k for k in names), "all", "false"))
    for m in METHODS:
        cells = " ".join("%14.2f" % (found[m][k] / of[k]) for k in names)
        print("%-28s %s %6.2f %6.2f" % (m, cells, sum(found[m].values()) / total, 1e4 * false[m] / calm))


if __name__ == "__main__":
    main()
