/* Functions of scores in order: scratch that depends on the type and on weights. */
#ifndef RANKED_H
#define RANKED_H

#include "batch.h"

typedef lgt_status (*ranked_size)(size_t n, size_t score_size, uint32_t weighted, size_t *bytes);

static const size_t ranked_sizes[DTYPES] = {4, 8, 2, 2};

/* Exactly as much scratch as is said, before a guard page. */
static inline guarded ranked_scratch(ranked_size size, const labelled *data, size_t *bytes) {
    CHECK_STATUS(size(data->rows, ranked_sizes[data->type], 1, bytes), LGT_OK);
    guarded scratch = guard_end(*bytes);
    memset(scratch.data, 0xa5, *bytes);
    return scratch;
}

/* Scores around 0, many of them equal. */
static inline void ranked_each(void (*check)(const labelled *data)) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t n = 0; n <= 70; n += size_step()) {
            labelled data = points_new(type, LGT_I8 + (uint32_t)(n % 8), n, n + 1);
            for (size_t i = 0; i < n; i++)
                labelled_put_x(&data, i, 0, labelled_x(&data, i, 0) * 4 - 1);
            check(&data);
            labelled_free(data);
        }
    }
}

/* The weight of those labelled so and at least as high as `at`. */
static inline long double ranked_above(const labelled *data, size_t label, double at) {
    long double sum = 0;
    for (size_t r = 0; r < data->rows; r++)
        if (labelled_label(data, r) == label && labelled_x(data, r, 0) >= at)
            sum += labelled_weight(data, r);
    return sum;
}

static inline void ranked_size_refused(ranked_size size) {
    size_t bytes = 7;
    CHECK_STATUS(size(3, 3, 0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(size(3, 4, 2, &bytes), LGT_E_VALUE);
    CHECK_STATUS(size(3, 4, 0, NULL), LGT_E_NULL);
    CHECK_STATUS(size(SIZE_MAX, 4, 0, &bytes), LGT_E_SIZE);
    CHECK_STATUS(size((size_t)1 << 31, 8, 1, &bytes), LGT_E_SIZE);
    CHECK(bytes == 7);
    CHECK_STATUS(size(3, 4, 0, &bytes), LGT_OK);
    CHECK(bytes == 16);
    CHECK_STATUS(size(3, 2, 1, &bytes), LGT_OK);
    CHECK(bytes == 24);
    CHECK_STATUS(size(3, 8, 0, &bytes), LGT_OK);
    CHECK(bytes == 24);
}

#endif
