#pragma once
#include <sqlite3.h>

// sqlite3_db_config is variadic, which Swift can't call.
static inline void csqlite_set(sqlite3 *db, int option, int on) { sqlite3_db_config(db, option, on, (int *)0); }
