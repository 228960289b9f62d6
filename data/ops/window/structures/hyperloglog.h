/* hyperloglog.h - about how many different values there were, in 256 KB (off by 0.2 % as a rule).
 */
#ifndef WEIR_HYPERLOGLOG_H
#define WEIR_HYPERLOGLOG_H

#include <stdbool.h>
#include <stdint.h>

enum { HLL_BITS = 18, HLL_REGISTERS = 1 << HLL_BITS };

struct hyperloglog {                    /* no pointers: saved as its bytes */
	uint8_t longest[HLL_REGISTERS]; /* longest run of leading zeros seen, plus 1; 0: none */
	double sum;                     /* of 2^-longest */
	uint32_t empty;                 /* registers at 0 */
};

void hll_init(struct hyperloglog *);
void hll_add(struct hyperloglog *, uint64_t hash);
double hll_estimate(const struct hyperloglog *);
bool hll_right(const struct hyperloglog *); /* may it be one? Of bytes that were loaded */

#endif
