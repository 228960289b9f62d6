/* cpu.c - which vector instructions the machine has. */
#include "data/base/cpu.h"

enum cpu_vectors
cpu_vectors(void)
{
#ifdef __x86_64__
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
		       __builtin_cpu_supports("popcnt")
		   ? CPU_VECTORS_32
		   : CPU_VECTORS_16;
#else
	return CPU_VECTORS_NONE;
#endif
}
