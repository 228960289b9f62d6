#!/bin/bash
# bench_forecast.sh - weir's forecasts on the series of forecasting competitions, beside what is
# published: M4 Hourly and Weekly, M3 Monthly; and the cost of a row. Needs m4_run.py and its data in
# BENCH and DATA (../shared/bench and ../shared/data/m4).
set -eu
cd "$(dirname "$0")/../.."
B=${BUILD:-build}
BENCH=${BENCH:-../shared/bench}
DATA=${DATA:-../shared/data/m4}

if [ -f "$BENCH/m4_run.py" ] && [ -d "$DATA" ]; then
	for set in Hourly Weekly M3monthly; do
		for stamps in "" --no-time; do
			[ "$set" = Hourly ] || [ -z "$stamps" ] || continue
			echo "--- $set ${stamps:-with time stamps}"
			python3 "$BENCH/m4_run.py" --weir "$B/weir" --data "$DATA" --set "$set" $stamps
		done
	done
	cut=$(mktemp -d)
	trap 'rm -rf "$cut"' EXIT
	python3 tests/bench/cut_series.py "$DATA" "$cut"
	for set in quarters:8:4 thirds:8:4 weeks13:8:4 weeks26:6:found; do
		IFS=: read -r name ahead season <<<"$set"
		echo "--- short series, 20 to 60 rows: $name, season $season"
		"$B/tests/bench/bench_forecast" m4 "$cut/$name-train.csv" "$ahead" "$season" "$cut/$name"
		of=("$cut/$name-train.csv" "$cut/$name-test.csv" "${season/found/1}")
		python3 "$BENCH/forecast_score.py" point "${of[@]}" "$cut/$name-mean.csv"
		python3 "$BENCH/forecast_score.py" interval "${of[@]}" "$cut/$name-lower.csv" \
			"$cut/$name-upper.csv"
	done
	cat <<'END'
--- published, all series: sMAPE, MASE, OWA; 95 % intervals: MSIS
M4 Hourly    Doornik OWA .410   Smyl (winner) .440   seasonal naive .628   Theta 1.006   MSIS 6.14
M4 Weekly    Forecast Pro OWA .739   damped trend .917   MSIS 16.20
M3 Monthly   Theta sMAPE 13.892   MASE .858
END
else
	echo "no data in $DATA or no $BENCH/m4_run.py: only the cost is measured"
fi
echo "--- cost of a row, made-up hourly series of 1,000,000 rows"
for h in 1 48; do
	"$B/tests/bench/bench_forecast" cost "$h" 24,168
done
"$B/tests/bench/bench_forecast" cost 1 24,168 compact
