/* Transforms of columns under the signature of those of rows, each column held against the
 * definition of a row in long double. */
#ifndef COLS_H
#define COLS_H

#include "transform.h"

/* An array of rows x cols in guarded memory, at its end or its start, apart or in place;
 * with space between rows. Without `value` there is no output. */
static inline void one_array(transform f, double (*value)(const exact_row *, double), int type,
                             size_t rows, size_t cols, double scale, int way) {
    guarded (*guard)(size_t) = way & 1 ? guard_end : guard_start;
    int in_place = way & 2;
    size_t size = dtype_size(type), xs = cols + rows % 3, ys = in_place ? xs : cols + rows % 5;
    size_t x_count = (rows - 1) * xs + cols, y_count = (rows - 1) * ys + cols;
    guarded x = guard(x_count * size), y = guard(y_count * size);
    guarded lse = guard(cols * dtype_size(lse_type(type)));
    void *to = in_place ? x.data : y.data;
    double *kept = (double *)malloc(rows * cols * sizeof(double));
    uint64_t seed = rows * 1000 + cols;
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.scale = scale;
    for (size_t i = 0; i < x_count; i++) put(x.data, type, i, 3 * noise(&seed));
    memset(y.data, 0xa5, y_count * size);
    for (size_t c = 0; c < cols; c++)
        for (size_t r = 0; r < rows; r++) kept[c * rows + r] = get(x.data, type, r * xs + c);
    CHECK_STATUS(f(x.data, xs, to, ys, lse.data, rows, cols, &opts), LGT_OK);
    for (size_t c = 0; c < cols; c++) {
        exact_row column = exact(kept + c * rows, rows, scale);
        CHECK(lse_near(get(lse.data, lse_type(type), c), &column, type));
        for (size_t r = 0; value && r < rows; r++)
            CHECK(near(get(to, type, r * ys + c), value(&column, kept[c * rows + r]), type));
    }
    for (size_t r = 0; !in_place && r + 1 < rows; r++)
        for (size_t i = (r * ys + cols) * size; i < (r + 1) * ys * size; i++)
            CHECK(((unsigned char *)y.data)[i] == 0xa5);
    free(kept);
    guard_free(x);
    guard_free(y);
    guard_free(lse);
}

/* Every tail of every vector, and every way that the results may wait: in a scratch, in the
 * output, nowhere. */
static inline void every_width(const transform *f, double (*value)(const exact_row *, double)) {
    static const size_t tall[] = {1, 2, 7, 8, 9, 31, 255, 256, 257, 300};
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 1; cols <= 70; cols += size_step())
            for (int way = 0; way < 4; way++)
                one_array(f[type], value, type, 1 + cols % 19, cols, cols % 3 ? 1 : 0.25, way);
        for (size_t i = 0; i < sizeof tall / sizeof *tall; i++)
            for (int way = size_step() > 1 ? (int)i % 4 : 0; way < 4; way += (int)size_step())
                one_array(f[type], value, type, tall[i], 130 + 7 * i, 1, way);
    }
    for (int way = 1; way < 4; way++) one_array(f[F32], value, F32, 2100, 33, 1, way);
    one_array(f[F64], value, F64, 1100, 33, 1, 1);
    one_array(f[F32], value, F32, 3, 1100, 1, 1);
}

/* What bad arguments do, outputs untouched. */
static inline void refuses(const transform *f) {
    float x[6] = {0}, y[6], kept[6];
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    memset(y, 0xa5, sizeof y);
    memcpy(kept, y, sizeof y);
    CHECK_STATUS(f[F32](NULL, 3, y, 3, NULL, 2, 3, NULL), LGT_E_NULL);
    CHECK_STATUS(f[F32](x, 3, NULL, 3, NULL, 2, 3, NULL), LGT_E_NULL);
    CHECK_STATUS(f[F32](x, 2, y, 3, NULL, 2, 3, NULL), LGT_E_STRIDE);
    CHECK_STATUS(f[F32](x, 3, y, 2, NULL, 2, 3, NULL), LGT_E_STRIDE);
    CHECK_STATUS(f[F32](x, 2, x + 1, 2, NULL, 2, 2, NULL), LGT_E_ALIAS);
    CHECK_STATUS(f[F32](x, 3, y, 3, y + 2, 2, 3, NULL), LGT_E_ALIAS);
    opts.scale = NAN;
    CHECK_STATUS(f[F32](x, 3, y, 3, NULL, 2, 3, &opts), LGT_E_VALUE);
    opts.scale = 1;
    opts.flags = 2;
    CHECK_STATUS(f[F32](x, 3, y, 3, NULL, 2, 3, &opts), LGT_E_OPTION);
    lgt_softmax_mask mask;
    lgt_softmax_mask_default(&mask);
    opts.flags = 0;
    opts.mask = &mask;
    CHECK_STATUS(f[F32](x, 3, y, 3, NULL, 2, 3, &opts), LGT_E_OPTION);
    CHECK(memcmp(y, kept, sizeof y) == 0);
    CHECK_STATUS(f[F32](NULL, 0, NULL, 0, NULL, 5, 0, NULL), LGT_OK);
}

#endif
