/* look_unit.c - is it a unit? What stands in round or square brackets is one; else the usual
 * ones. */
#include "data/rows/look.h"

#include <string.h>

static const char *const units[] = { "%", "‰", "°", "°C", "°F", "C", "F", "K", "ºC", "degC", "degF",
	"deg", "rad", "s", "sec", "ms", "us", "µs", "μs", "ns", "min", "mins", "h", "hr", "hrs",
	"hours", "minutes", "seconds", "d", "days", "day", "y", "yr", "m", "cm", "mm", "µm", "μm",
	"um", "nm", "km", "mi", "ft", "in", "yd", "m2", "m²", "km2", "km²", "ha", "m3", "m³", "l",
	"L", "ml", "mL", "dl", "gal", "g", "kg", "mg", "µg", "μg", "ug", "t", "lb", "lbs", "oz",
	"N", "kN", "Nm", "J", "kJ", "MJ", "cal", "kcal", "W", "kW", "MW", "GW", "mW", "Wh", "kWh",
	"MWh", "GWh", "VA", "kVA", "V", "mV", "kV", "A", "mA", "µA", "Ah", "mAh", "Ohm", "ohm", "Ω",
	"kΩ", "F", "Hz", "kHz", "MHz", "GHz", "rpm", "Pa", "hPa", "kPa", "MPa", "bar", "mbar",
	"psi", "atm", "mmHg", "m/s", "km/h", "kmh", "mph", "kn", "kt", "knots", "m/s2", "m/s²",
	"l/s", "L/s", "l/min", "L/min", "m3/h", "m³/h", "m3/s", "m³/s", "mg/l", "mg/L", "g/l",
	"g/L", "µg/m3", "µg/m³", "μg/m³", "ug/m3", "mg/m3", "mg/m³", "ppm", "ppb", "W/m2", "W/m²",
	"lx", "lux", "lm", "cd", "dB", "dBm", "dBA", "B", "kB", "KB", "MB", "GB", "TB", "KiB",
	"MiB", "GiB", "bit", "bits", "bytes", "bps", "kbps", "Mbps", "Gbps", "kbit/s", "Mbit/s",
	"MB/s", "px", "pH", "mol", "mmol", "mmol/l", "mmol/L", "bpm", "NTU", "PSU", "mS/cm",
	"µS/cm", "uS/cm", "$", "€", "£", "¥", "₹", "US$", "USD", "EUR", "GBP", "CHF", "JPY", "kr",
	"zł", "k", "M", "x", "pcs", "Stk" };

bool
look_is_unit(const char *s, size_t n)
{
	s = look_trim(s, &n);
	if (n >= 2 && n <= 24 &&
	    ((s[0] == '(' && s[n - 1] == ')') || (s[0] == '[' && s[n - 1] == ']')))
		return true;
	if (n == 0 || n > 8)
		return false;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (strlen(units[i]) == n && memcmp(units[i], s, n) == 0)
			return true;
	return false;
}
