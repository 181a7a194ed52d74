/* True and predicted classes between guard pages, for the states that take them. */
#ifndef CLASSES_H
#define CLASSES_H

#include "check.h"
#include "guarded.h"

static const size_t class_widths[9] = {0, 1, 2, 4, 8, 1, 2, 4, 8};

static inline void class_put(void *array, uint32_t type, size_t i, int64_t value) {
    switch (type) {
    case LGT_I8: ((int8_t *)array)[i] = (int8_t)value; break;
    case LGT_I16: ((int16_t *)array)[i] = (int16_t)value; break;
    case LGT_I32: ((int32_t *)array)[i] = (int32_t)value; break;
    case LGT_I64: ((int64_t *)array)[i] = value; break;
    case LGT_U8: ((uint8_t *)array)[i] = (uint8_t)value; break;
    case LGT_U16: ((uint16_t *)array)[i] = (uint16_t)value; break;
    case LGT_U32: ((uint32_t *)array)[i] = (uint32_t)value; break;
    default: ((uint64_t *)array)[i] = (uint64_t)value; break;
    }
}

static inline int64_t class_at(const void *array, uint32_t type, size_t i) {
    switch (type) {
    case LGT_I8: return ((const int8_t *)array)[i];
    case LGT_I16: return ((const int16_t *)array)[i];
    case LGT_I32: return ((const int32_t *)array)[i];
    case LGT_I64: return ((const int64_t *)array)[i];
    case LGT_U8: return ((const uint8_t *)array)[i];
    case LGT_U16: return ((const uint16_t *)array)[i];
    case LGT_U32: return ((const uint32_t *)array)[i];
    default: return (int64_t)((const uint64_t *)array)[i];
    }
}

/* Always the same classes below n. */
static inline int64_t class_noise(uint64_t *seed, size_t n) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((*seed >> 33) % n);
}

typedef struct {
    guarded predicted, labels;
    uint32_t type;
    size_t rows;
} classes;

static inline classes classes_new(uint32_t type, size_t rows, size_t n, int at_end) {
    guarded (*guard)(size_t) = at_end ? guard_end : guard_start;
    classes data = {guard(rows * class_widths[type]), guard(rows * class_widths[type]), type, rows};
    uint64_t seed = rows + n;
    for (size_t r = 0; r < rows; r++) {
        class_put(data.predicted.data, type, r, class_noise(&seed, n));
        class_put(data.labels.data, type, r, class_noise(&seed, n));
    }
    return data;
}

static inline void classes_free(classes data) {
    guard_free(data.predicted);
    guard_free(data.labels);
}

#endif
