#pragma once
#include <sqlite3.h>

/* sqlite3_config takes what fits the option, which Swift cannot call. */
static inline int sqlite3_config_count_memory(int counts) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, counts); }
static inline int sqlite3_config_statement_journal(int bytes) { return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes); }
