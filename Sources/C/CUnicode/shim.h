// Unicode's normal forms from GLib. What is used of it is declared here: its own headers bring the whole of GLib along, whose
// pkg-config flags the package manager warns about at each build.
#pragma once

char *g_utf8_normalize(const char *text, long length, int form);
void g_free(void *memory);

enum { vo_nfc = 1 }; // G_NORMALIZE_NFC
