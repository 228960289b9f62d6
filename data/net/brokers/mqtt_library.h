/* mqtt_library.h - libmosquitto, which wants to be begun once, whoever is first; what it says. */
#ifndef WEIR_MQTT_LIBRARY_H
#define WEIR_MQTT_LIBRARY_H

void mqtt_library_begin(void); /* from any thread, any number of times */

/* Why a call failed, or why the broker refused to be connected to, without the full stop of the
 * library's sentences: more is said behind it. out has MQTT_WORDS characters. */
enum { MQTT_WORDS = 100 };
const char *mqtt_failure(int code, char *out);
const char *mqtt_refusal(int code, char *out);

#endif
