#!/usr/bin/env python3
"""nab_folds.py - the score on recorded series that took no part in the choice of the threshold.

usage: nab_folds.py NAB_SCORE.py DATA SCORES

Five folds over the files of DATA, as they stand in the alphabet: on four of them the best threshold is chosen,
on the fifth it is applied. Prints the standard profile's score of all of them together. SCORES is what
nab_run.py --keep wrote."""
import importlib.util, json, os, sys

FOLDS, FALSE, MISSED = 5, 0.11, 1.0


def main():
    spec = importlib.util.spec_from_file_location("nab_score", sys.argv[1])
    nab = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(nab)
    with open(os.path.join(sys.argv[2], "combined_windows.json")) as f:
        windows = json.load(f)
    names = sorted(windows)
    labels = {n: nab.Labels(os.path.join(sys.argv[2], n), windows[n]) for n in names}
    scores = {n: nab.read_scores(p) for n, p in nab.locate(sys.argv[3], names).items()}
    got = 0
    for fold in range(FOLDS):
        held = [n for i, n in enumerate(names) if i % FOLDS == fold]
        others = [n for i, n in enumerate(names) if i % FOLDS != fold]
        threshold = nab.sweep(*nab.points(others, labels, scores), FALSE, MISSED)[1]
        got += nab.sweep(*nab.points(held, labels, scores), FALSE, MISSED, threshold)[0]
    all_windows = sum(labels[n].nwindows for n in names)
    # 0 where nothing is told, 100 where each window is found at its first row and nothing else
    print("five folds, standard profile: %.2f" % (100 * (got + MISSED * all_windows) / ((1 + MISSED) * all_windows)))


if __name__ == "__main__":
    main()
