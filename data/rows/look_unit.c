/* look_unit.c - is it a unit? What stands in round or square brackets is one; else the usual
 * ones, and currencies. Before a number only currencies stand: other letters there (A501) make it a
 * code. */
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
	"µS/cm", "uS/cm", "k", "M", "x", "pcs", "Stk" };

static const char *const currencies[] = { "$", "¢", "£", "¤", "¥", "US$", "A$", "AU$", "C$", "CA$",
	"NZ$", "HK$", "S$", "R$", "MX$", "USD", "EUR", "GBP", "CHF", "JPY", "CNY", "INR", "AUD",
	"CAD", "NZD", "HKD", "SGD", "SEK", "NOK", "DKK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN",
	"TRY", "RUB", "UAH", "BRL", "MXN", "ARS", "CLP", "COP", "ZAR", "KRW", "THB", "IDR", "MYR",
	"PHP", "VND", "ILS", "AED", "SAR", "BTC", "Rs", "Rs.", "kr", "kr.", "zł", "Kč", "Ft", "Fr",
	"Fr." };

static bool
is_among(const char *const *names, size_t count, const char *s, size_t n)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == n && memcmp(names[i], s, n) == 0)
			return true;
	return false;
}

bool
look_is_currency(const char *s, size_t n)
{
	/* U+20A0 to U+20CF: €, ₹, ₽ and the like */
	if (n == 3 && (unsigned char)s[0] == 0xe2 &&
	    ((unsigned char)s[1] == 0x82 || (unsigned char)s[1] == 0x83))
		return (unsigned char)s[1] == 0x82 ? (unsigned char)s[2] >= 0xa0
						   : (unsigned char)s[2] <= 0x8f;
	return is_among(currencies, sizeof currencies / sizeof *currencies, s, n);
}

bool
look_is_unit(const char *s, size_t n)
{
	s = look_trim(s, &n);
	if (n >= 2 && n <= 24 &&
	    ((s[0] == '(' && s[n - 1] == ')') || (s[0] == '[' && s[n - 1] == ']')))
		return true;
	return n > 0 && n <= 8 &&
	       (is_among(units, sizeof units / sizeof *units, s, n) || look_is_currency(s, n));
}
