/* What libFuzzer calls, each under a name of its own; and what all of it uses. */
#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "guarded.h"
#include "logitude/logitude.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes as any state, as where a fit stands, and as a fitted model. */
int fuzz_state(const uint8_t *data, size_t size);
int fuzz_search(const uint8_t *data, size_t size);
int fuzz_model(const uint8_t *data, size_t size);

#ifdef __cplusplus
}
#endif

#define MUST(condition) \
    do {                \
        if (!(condition)) abort(); \
    } while (0)

/* The bytes, 8-byte aligned and right before a guard page if they are whole
 * words, as every state is. */
static inline guarded fuzz_copy(const uint8_t *data, size_t size) {
    guarded g = guard_end((size + 7) / 8 * 8);
    if (size) memcpy(g.data, data, size);
    return g;
}

#endif
