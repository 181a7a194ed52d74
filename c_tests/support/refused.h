/* Memory that a refused call must leave as it is. */
#ifndef REFUSED_H
#define REFUSED_H

#include "check.h"

enum { WATCHES = 4, WATCH_BYTES = 4096 };

static struct {
    const void *data;
    size_t bytes;
    unsigned char before[WATCH_BYTES];
} watches[WATCHES];

/* Remembers what is there now. */
static inline void watch(int slot, const void *data, size_t bytes) {
    if (bytes > WATCH_BYTES) exit(1);
    watches[slot].data = data;
    watches[slot].bytes = bytes;
    memcpy(watches[slot].before, data, bytes);
}

static inline void watch_nothing(void) {
    for (int i = 0; i < WATCHES; i++) watches[i].data = NULL;
}

static inline int untouched(void) {
    for (int i = 0; i < WATCHES; i++)
        if (watches[i].data && memcmp(watches[i].data, watches[i].before, watches[i].bytes) != 0)
            return 0;
    return 1;
}

/* The call says so and has changed nothing. */
#define REFUSED(call, status)      \
    do {                           \
        CHECK_STATUS(call, status); \
        CHECK(untouched());        \
    } while (0)

#endif
