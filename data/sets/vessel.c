/* vessel.c - a heated vessel, simulated second by second on standard output and input.
 *
 * It goes in lock-step: it prints a line, then waits for one, `heater on`, `heater off` or anything
 * else (`.`), and only then goes on. So it can be steered at any pace. The heater itself is slow:
 * switched off, it gives off its heat for a while, and the temperature rises on. `vessel N` ends
 * after N seconds (900). */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double ambient = 20;    /* degrees */
static const double hottest = 150;   /* where it would end with the heater on */
static const double lag = 25;        /* seconds in which the heater follows its switch */
static const double insulation = 90; /* seconds in which the vessel follows its heater */

struct vessel {
	double temperature, heat; /* heat: 0 to 1, of the heater */
	int on;
	uint64_t noise;
};

/* A small error of the thermometer, the same in each run. */
static double
error_of(struct vessel *v)
{
	v->noise = v->noise * 6364136223846793005U + 1442695040888963407U;
	return ((double)(v->noise >> 40) / (double)(1 << 24) - 0.5) * 0.2;
}

static void
step(struct vessel *v)
{
	v->heat += (v->on - v->heat) / lag;
	v->temperature += (v->heat * (hottest - ambient) + ambient - v->temperature) / insulation;
}

static void
print(struct vessel *v, long second)
{
	printf("2026-01-01T%02ld:%02ld:%02ldZ,%.2f,%s\n", second / 3600 % 24, second / 60 % 60,
	    second % 60, v->temperature + error_of(v), v->on ? "on" : "off");
	fflush(stdout);
}

int
main(int argc, char **argv)
{
	struct vessel v = { .temperature = ambient, .on = 1, .noise = 1 };
	long seconds = argc > 1 ? strtol(argv[1], NULL, 10) : 900;
	char line[256];

	puts("time,temperature,heater");
	for (long second = 0; second < seconds; second++) {
		step(&v);
		print(&v, second);
		if (fgets(line, sizeof line, stdin) == NULL)
			break;
		if (strncmp(line, "heater o", 8) == 0)
			v.on = strcmp(line, "heater on\n") == 0;
	}
	return 0;
}
