#!/bin/bash
# bench_anomaly.sh - how well anomaly(x) and drift(x) find what is odd: on made-up series, and on those of
# the Numenta Anomaly Benchmark where nab_run.py and its data are in BENCH and DATA
# (../shared/bench and ../shared/data/nab).
set -eu
cd "$(dirname "$0")/../.."
B=${BUILD:-build}
BENCH=${BENCH:-../shared/bench}
DATA=${DATA:-../shared/data/nab}

python3 tests/bench/bench_anomaly.py "$B/weir"
echo
if [ -f "$BENCH/nab_run.py" ] && [ -d "$DATA" ]; then
	keep=$(mktemp -d)
	trap 'rm -rf "$keep"' EXIT
	python3 "$BENCH/nab_run.py" --weir "$B/weir" --data "$DATA" --keep "$keep"
	python3 tests/bench/nab_folds.py "$BENCH/nab_score.py" "$DATA" "$keep"
	cat <<'END'
published, all 58 series, standard profile: ARTime 74.85, Numenta HTM 70.10, contextOSE 69.90,
knncad 57.99, Windowed Gaussian 39.65
END
else
	echo "no data in $DATA or no $BENCH/nab_run.py: recorded series are not scored"
fi
echo
"$B/tests/bench/bench_ops" 'anomaly(x)' 'anomaly(x, method=z)' 'anomaly(x, method=hampel, w=600)' \
	'anomaly(x, x * 2, x + 1, method=hst)' 'anomaly(x, method=spot)' 'anomaly(x, method=conformal)' \
	'drift(x)' 'drift(x, method=ph)' 'drift(x, method=kswin)' 'drift(x, method=cusum)' |
	sed 's/ / ns a row: /'
