/* cpu.h - which vector instructions the machine has that the program runs on. */
#ifndef WEIR_CPU_H
#define WEIR_CPU_H

/* The program is built for every machine of its kind. Where wider instructions pay they stand
 * beside plain ones that give the same to the bit, and are chosen when it runs. */
enum cpu_vectors {
	CPU_VECTORS_NONE, /* none that are used here */
	CPU_VECTORS_16,   /* of 16 bytes: SSE2 */
	CPU_VECTORS_32    /* of 32: AVX2, and with it BMI1 and POPCNT */
};

enum cpu_vectors cpu_vectors(void);

#endif
