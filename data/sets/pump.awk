# A pump that runs and rests: its flow, once a second while it runs. awk -f pump.awk > pump.csv
function random() { state = (state * 16807) % 2147483647; return state / 2147483647 }
function stamp(s) { return sprintf("2026-01-01T%02d:%02d:%02dZ", 8 + int(s / 3600), int(s / 60) % 60, s % 60) }
BEGIN {
	state = 20260101
	split("70 90 60 100 80", run)
	split("45 0 90 30 60", rest)
	split("12 15 14 9 13", level)
	print "time,flow"
	for (i = 1; i <= 5; i++) {
		for (k = 0; k < run[i]; k++) {
			ramp = k < 5 ? (k + 1) / 6 : 1
			printf "%s,%.2f\n", stamp(now++), level[i] * ramp + random() - 0.5
		}
		now += rest[i]
	}
}
