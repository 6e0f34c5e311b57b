// Unicode's normal forms and the world's time zones, from GLib. What is used of it is declared here: its own headers bring the whole of GLib
// along, whose pkg-config flags the package manager warns about at each build.
#pragma once

char *g_utf8_normalize(const char *text, long length, int form);
void g_free(void *memory);

enum { vo_nfc = 1 }; // G_NORMALIZE_NFC

typedef struct _GTimeZone vo_zone;
vo_zone *g_time_zone_new_identifier(const char *identifier); // NULL: there is none of this name
void g_time_zone_unref(vo_zone *zone);
int g_time_zone_find_interval(vo_zone *zone, int type, long long seconds);
int g_time_zone_get_offset(vo_zone *zone, int interval);
const char *g_time_zone_get_abbreviation(vo_zone *zone, int interval);

enum { vo_universal = 2 }; // G_TIME_TYPE_UNIVERSAL
