# Machines of a workshop, one row a second in turn: awk -f machines.awk > machines.csv
# Presses run at 70 degrees, the mill at 40. The mill's cooling fails for a while, press 2 stops for
# good, and a saw is switched on.
function random() { state = (state * 16807) % 2147483647; return state / 2147483647 }
function noise() { return random() + random() + random() - 1.5 }
function stamp(s) { return sprintf("2026-01-01T%02d:%02d:%02dZ", 8 + int(s / 3600), int(s / 60) % 60, s % 60) }
function row(name, level) {
	printf "%s,%s,%.1f,%d\n", stamp(now++), name, level + noise(), 20 + 60 * random()
	rows++
}
BEGIN {
	state = 20260102
	print "time,machine,temperature,load"
	while (rows < 480) {
		row("press 1", 70)
		if (rows < 300)
			row("press 2", 71)
		row("press 3", 69)
		row("press 4", 72)
		row("mill", rows >= 200 && rows < 280 ? 46 : 40)
		if (rows >= 380)
			row("saw", 55)
	}
}
