/* mqtt_library.h - libmosquitto, which wants to be begun once, whoever is first. */
#ifndef WEIR_MQTT_LIBRARY_H
#define WEIR_MQTT_LIBRARY_H

void mqtt_library_begin(void); /* from any thread, any number of times */

#endif
