# The text format of Prometheus: each sample has a TYPE before it, is written as it should be, and
# stands there once.
/^# HELP [a-z_]+ .+$/ { next }
/^# TYPE [a-z_]+ (counter|gauge)$/ { type[$3] = $4; next }
{
	name = $0
	sub(/[{ ].*/, "", name)
	series = $0
	sub(/ [^ ]*$/, "", series)
	value = $NF
	if (!(name in type))
		print "no type: " $0
	if (type[name] == "counter" && name !~ /_total$/)
		print "a counter that is called otherwise: " $0
	if (seen[series]++)
		print "twice: " $0
	if (value !~ /^(NaN|[-+]?[0-9]+([.][0-9]+)?(e[-+]?[0-9]+)?)$/)
		print "no number: " $0
	if (series !~ /^[a-z_]+({([a-z_]+="([^"\\]|\\["\\n])*",?)+})?$/)
		print "labels: " $0
	samples++
}
END { print (samples > 10 ? "metrics are well-formed" : "too few samples") }
