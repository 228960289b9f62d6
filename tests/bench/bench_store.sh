#!/bin/bash
# bench_store.sh - what recording costs, and how long it takes to go on and to go back. Ten million
# rows are written for it, half a gigabyte.
set -eu
cd "$(dirname "$0")/../.."
B=${BUILD:-build}
W=$PWD/$B/weir
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
say() { printf '%-58s %12s %12s  %s\n' "$1" "$2" "$3" "$4"; }
verdict() { awk "BEGIN { print ($1) ? \"ok\" : \"MISSED\" }"; }
seconds() { # COMMAND...
	local began
	began=$(date +%s%N)
	"$@" >/dev/null
	awk "BEGIN { print ($(date +%s%N) - $began) / 1e9 }"
}
awk 'BEGIN {
	print "time,temperature,pressure,flow,state"
	for (i = 0; i < 10500000; i++)
		printf "%d,%.3f,%.2f,%.4f,%s\n", 1700000000 + i, 20 + i % 500 / 100, 1013 + i * 7919 % 900 / 100,
			i * 7 % 997 / 997, i % 97 < 50 ? "heating" : "idle"
}' >"$T/rows.csv"
say 'what' 'measured' 'asked' ''
rate=(--headless --rate 100000 --stop 400000 -o /dev/null)
plain=$(seconds "$W" "${rate[@]}" "$T/rows.csv")
stored=$(seconds "$W" "${rate[@]}" --store "$T/a.weir" "$T/rows.csv")
cost=$(awk "BEGIN { printf \"%.1f\", 100 * (1 - $plain / $stored) }")
say 'recording at 100,000 rows/s: throughput lost, %' "$cost" '<= 30' "$(verdict "$cost <= 30")"

far=$(($(stat -c %s "$T/rows.csv") * 20 / 21)) # ten million rows, and some are left
"$W" --headless -o /dev/null --store "$T/b.weir" --keep 50MB "$T/rows.csv" &
pid=$!
until [ "$("$W" export "$T/b.weir" 2>/dev/null | tail -1 | cut -d, -f1 | cut -c1-7)" ]; do sleep 0.5; done
while kill -0 $pid 2>/dev/null; do
	at=$(awk '/^pos/ { print $2 }' "/proc/$pid/fdinfo/$(find /proc/$pid/fd -lname "$T/rows.csv" 2>/dev/null |
		head -1 | xargs -r basename)" 2>/dev/null || echo 0)
	[ "${at:-0}" -lt "$far" ] || { kill -TERM $pid; break; }
	sleep 0.05
done
wait $pid || true
began=$(date +%s%N)
"$W" --headless --store "$T/b.weir" --resume --rate 10 --emit rows "$T/rows.csv" >"$T/resumed" &
pid=$!
until [ -s "$T/resumed" ] || ! kill -0 $pid 2>/dev/null; do sleep 0.005; done
took=$(awk "BEGIN { printf \"%.3f\", ($(date +%s%N) - $began) / 1e9 }")
kill $pid
row=$(sed -n '1s/.*"row":\([0-9]*\).*/\1/p' "$T/resumed")
say "resumed at row $row: to its first row, s" "$took" '<= 0.5' "$(verdict "$took <= 0.5")"

read -r half most <<<"$("$B/tests/bench/walk" "$W" "$T/rows.csv" steps 1000000)"
say "a step back at row 1,000,000, ms (longest $most)" "$half" '<= 50' "$(verdict "$half <= 50")"
awk 'BEGIN { print "key,x,y"; for (i = 0; i < 700000; i++) print i % 10000 "," i * 31 % 97 "," i % 13 }' >"$T/keys.csv"
read -r slice _ <<<"$("$B/tests/bench/bench_state" "$T/keys.csv" key)"
say 'checkpoint of 10,000 keys: the longest slice, ms' "$slice" '<= 8' "$(verdict "$slice <= 8")"
