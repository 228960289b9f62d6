/* cpu_plain.c - a machine without the widest vectors, for measuring what is left then. */
#include "data/base/cpu.h"

enum cpu_vectors
cpu_vectors(void)
{
#ifdef __x86_64__
	return CPU_VECTORS_16;
#else
	return CPU_VECTORS_NONE;
#endif
}
