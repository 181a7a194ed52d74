/* The fits of linear maps under one signature, and what holds of all of them. */
#ifndef LINEAR_H
#define LINEAR_H

#include "labelled.h"
#include "refused.h"

typedef struct {
    lgt_status (*size)(size_t cols, size_t *bytes);
    lgt_status (*scratch)(size_t cols, size_t *bytes);
    lgt_status (*apply_scratch)(size_t cols, size_t *bytes);
    lgt_status (*fit)(int type, void *model, size_t size, const void *x, size_t stride,
                      const void *labels, uint32_t label_type, const void *weights, size_t rows,
                      size_t cols, const lgt_matrix_search_opts *opts, void *scratch, size_t bytes);
    lgt_status (*apply)(int type, const void *model, const void *x, size_t xs, void *y, size_t ys,
                        size_t rows, size_t cols, void *scratch, size_t bytes);
    int probabilities, matrix, bias;
} linear;

/* `MORE` stands before the options of a fit, `ROOM` at the end of an application. */
#define LINEAR_CASES(name, call)                           \
    switch (type) {                                        \
    case F32: return call(lgt_##name##_f32, float, float); \
    case F64: return call(lgt_##name##_f64, double, double); \
    case F16: return call(lgt_##name##_f16, lgt_f16, float); \
    default: return call(lgt_##name##_bf16, lgt_bf16, float); \
    }

#define LINEAR_FIT(f, E, W)                                                                    \
    f(model, size, (const E *)x, stride, labels, label_type, (const W *)weights, rows, cols MORE, \
      opts, scratch, bytes)
#define LINEAR_APPLY(f, E, W) f(model, (const E *)x, xs, (E *)y, ys, rows, cols ROOM)

#define LINEAR(name)                                                                              \
    static lgt_status name##_fit(int type, void *model, size_t size, const void *x, size_t stride, \
                                 const void *labels, uint32_t label_type, const void *weights,    \
                                 size_t rows, size_t cols, const lgt_matrix_search_opts *opts,    \
                                 void *scratch, size_t bytes) {                                   \
        LINEAR_CASES(name##_fit, LINEAR_FIT)                                                      \
    }                                                                                             \
    static lgt_status name##_apply(int type, const void *model, const void *x, size_t xs, void *y, \
                                   size_t ys, size_t rows, size_t cols, void *scratch,            \
                                   size_t bytes) {                                                \
        (void)scratch, (void)bytes;                                                               \
        LINEAR_CASES(name##_apply, LINEAR_APPLY)                                                  \
    }

/* Parameters of a fitted model. */
static inline const double *linear_parameters(const void *model) {
    return (const double *)((const char *)model + sizeof(lgt_model_head));
}

/* Mapped logits of a row by definition. */
static inline void linear_map(const linear *map, const double *p, const double *z, size_t k,
                              long double *u) {
    size_t scales = map->bias ? 0 : map->matrix ? k * k : k;
    for (size_t i = 0; i < k; i++) {
        u[i] = p[scales + i];
        if (!map->matrix) u[i] += (map->bias ? 1 : (long double)p[i]) * z[i];
        for (size_t j = 0; j < k && map->matrix; j++) u[i] += (long double)p[i * k + j] * z[j];
    }
}

enum { LINEAR_MOST = 40 };

/* Fits, each buffer before a guard page; the loss and the slopes at what was found, and
 * the probabilities of its rows. */
static inline void linear_check(const linear *map, int type, size_t rows, size_t k) {
    labelled data = labelled_new(type, LGT_I8 + (uint32_t)k % 8, rows, k, k + k % 3, k % 2 != 0);
    labelled_fill(&data, k);
    if (map->probabilities) labelled_to_probabilities(&data);
    size_t size, bytes, more = 0;
    CHECK_STATUS(map->size(k, &size), LGT_OK);
    CHECK_STATUS(map->scratch(k, &bytes), LGT_OK);
    if (map->apply_scratch) CHECK_STATUS(map->apply_scratch(k, &more), LGT_OK);
    guarded model = guard_end(size), scratch = guard_end(bytes), room = guard_end(more);
    guarded y = guard_end(rows * k * dtype_size(type));
    memset(scratch.data, 0xa5, bytes);
    lgt_matrix_search_opts opts;
    lgt_matrix_search_opts_default(&opts);
    opts.diagonal = opts.off_diagonal = opts.bias = 0.01;
    lgt_status status = map->fit(type, model.data, size, data.x.data, data.stride, data.labels.data,
                                 data.label_type, data.weights.data, rows, k, &opts, scratch.data, bytes);
    CHECK_STATUS(status, LGT_OK);
    CHECK_STATUS(lgt_model_check(model.data, size), LGT_OK);
    const lgt_model_head *head = (const lgt_model_head *)model.data;
    const double *p = linear_parameters(model.data);
    CHECK(head->fit_status == status && head->nll_after <= head->nll_before);
    CHECK_STATUS(map->apply(type, model.data, data.x.data, data.stride, y.data, k, rows, k, room.data, more),
                 LGT_OK);
    long double loss = 0, weight = 0, slopes[LINEAR_MOST] = {0};
    for (size_t r = 0; r < rows; r++) {
        double z[LINEAR_MOST];
        long double u[LINEAR_MOST], top = -INFINITY, sum = 0, w = labelled_weight(&data, r);
        size_t label = labelled_label(&data, r);
        for (size_t i = 0; i < k; i++) {
            z[i] = labelled_x(&data, r, i);
            if (map->probabilities) z[i] = log(fmax(z[i], 1e-9));
        }
        linear_map(map, p, z, k, u);
        for (size_t i = 0; i < k; i++) top = fmaxl(top, u[i]);
        for (size_t i = 0; i < k; i++) sum += expl(u[i] - top);
        loss += w * (top - u[label] + logl(sum));
        weight += w;
        for (size_t i = 0; i < k; i++) {
            long double share = expl(u[i] - top) / sum;
            slopes[i] += w * (share - (i == label));
            double got = get(y.data, type, r * k + i);
            CHECK(fabs(got - (double)share) <= 2 * dtype_epsilon(type) * (double)share + 1e-12 + dtype_tiny(type));
        }
    }
    double near_it = map->matrix || type == F64 ? 1e-10 : 1e-6;
    CHECK(fabsl(loss / weight - head->nll_after) <= near_it * (1 + fabsl(loss / weight)));
    size_t scales = map->bias ? 0 : map->matrix ? k * k : k;
    for (size_t i = 0; i < k; i++)
        CHECK(fabsl(slopes[i] / weight + 2 * opts.bias * p[scales + i]) <= (near_it < 1e-8 ? 1e-8 : 1e-6));
    /* In place. */
    CHECK_STATUS(map->apply(type, model.data, data.x.data, data.stride, data.x.data, data.stride, rows, k,
                            room.data, more),
                 LGT_OK);
    for (size_t r = 0; r < rows; r++)
        CHECK(memcmp((char *)data.x.data + r * data.stride * dtype_size(type),
                     (char *)y.data + r * k * dtype_size(type), k * dtype_size(type)) == 0);
    guard_free(model);
    guard_free(scratch);
    guard_free(room);
    guard_free(y);
    labelled_free(data);
}

/* Whatever is wrong, nothing is written. */
static inline void linear_refused(const linear *map, int type) {
    enum { N = 4, K = 3 };
    static uint64_t model[64], scratch[1 << 12], y[N * K], x[N * K], room[1 << 10];
    static const int32_t good[N] = {0, 1, 2, 0}, bad[N] = {0, 1, 3, 0};
    size_t size, bytes, more = 0;
    CHECK_STATUS(map->size(K, &size), LGT_OK);
    CHECK_STATUS(map->scratch(K, &bytes), LGT_OK);
    CHECK_STATUS(map->size(K, NULL), LGT_E_NULL);
    CHECK_STATUS(map->scratch(K, NULL), LGT_E_NULL);
    CHECK_STATUS(map->scratch(SIZE_MAX / 2, &more), LGT_E_SIZE);
    if (map->apply_scratch) CHECK_STATUS(map->apply_scratch(K, &more), LGT_OK);
    CHECK(size <= sizeof model && bytes <= sizeof scratch && more <= sizeof room);
    for (size_t i = 0; i < N * K; i++) put(x, type, i, (double)(i * 7 % 5) / 8);
    memset(model, 0xa5, sizeof model);
    memset(y, 0xa5, sizeof y);
    watch(0, model, sizeof model);
    watch(1, y, sizeof y);
#define FIT(m, s, xx, stride, l, lt, n, o, sc, b) \
    map->fit(type, m, s, xx, stride, l, lt, NULL, n, K, o, sc, b)
    REFUSED(FIT(NULL, size, x, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(model, size, NULL, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(model, size, x, K, NULL, LGT_I32, N, NULL, scratch, bytes), LGT_E_NULL);
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, NULL, NULL, bytes), LGT_E_NULL);
    REFUSED(FIT(model, size - 1, x, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_SIZE);
    REFUSED(FIT((char *)model + 4, size, x, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_STATE);
    REFUSED(FIT(model, size, x, K - 1, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_STRIDE);
    REFUSED(FIT(model, size, x, SIZE_MAX / 2, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_SIZE);
    REFUSED(FIT(model, size, x, K, bad, LGT_I32, N, NULL, scratch, bytes), LGT_E_LABEL);
    REFUSED(FIT(model, size, x, K, good, 0, N, NULL, scratch, bytes), LGT_E_LABEL);
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, NULL, scratch, bytes - 1), LGT_E_SCRATCH);
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, NULL, (char *)scratch + 4, bytes), LGT_E_SCRATCH);
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, NULL, model, bytes), LGT_E_ALIAS);
    memcpy(scratch, x, sizeof x);
    REFUSED(FIT(model, size, scratch, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_ALIAS);
    lgt_matrix_search_opts opts;
    const double wrong[] = {NAN, -1, INFINITY};
    for (size_t i = 0; i < 3; i++) {
        for (int field = 0; field < 5; field++) {
            lgt_matrix_search_opts_default(&opts);
            double *fields[] = {&opts.tol, &opts.bound, &opts.diagonal, &opts.off_diagonal, &opts.bias};
            *fields[field] = wrong[i];
            REFUSED(FIT(model, size, x, K, good, LGT_I32, N, &opts, scratch, bytes), LGT_E_VALUE);
        }
    }
    lgt_matrix_search_opts_default(NULL);
    lgt_matrix_search_opts_default(&opts);
    opts.max_iter = 0;
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, &opts, scratch, bytes), LGT_E_VALUE);
    opts.struct_size = 8;
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, &opts, scratch, bytes), LGT_E_OPTION);
    put(x, type, 5, NAN);
    REFUSED(FIT(model, size, x, K, good, LGT_I32, N, NULL, scratch, bytes), LGT_E_VALUE);
    put(x, type, 5, 0.5);
#define APPLY(m, xx, xs, yy, ys, k, r) map->apply(type, m, xx, xs, yy, ys, N, k, r, more)
    REFUSED(APPLY(NULL, x, K, y, K, K, room), LGT_E_NULL);
    REFUSED(APPLY(model, x, K, y, K, K, room), LGT_E_STATE);
    watch_nothing();
    CHECK(FIT(model, size, x, K, good, LGT_I32, N, NULL, scratch, bytes) >= 0);
    watch(0, model, sizeof model);
    watch(1, y, sizeof y);
    REFUSED(APPLY(model, NULL, K, y, K, K, room), LGT_E_NULL);
    REFUSED(APPLY(model, x, K, NULL, K, K, room), LGT_E_NULL);
    REFUSED(APPLY(model, x, K - 1, y, K, K, room), LGT_E_STRIDE);
    REFUSED(APPLY(model, x, K, y, K, K - 1, room), LGT_E_SHAPE);
    if (more) REFUSED(APPLY(model, x, K, y, K, K, NULL), LGT_E_NULL);
    if (more) REFUSED(APPLY(model, x, K, y, K, K, (char *)room + 4), LGT_E_SCRATCH);
    watch_nothing();
    /* Any bytes past the head: wrong numbers, and no more than that. */
    guarded hostile = guard_end(size);
    for (int byte = 0; byte < 256; byte += 51) {
        memcpy(hostile.data, model, sizeof(lgt_model_head));
        memset((char *)hostile.data + sizeof(lgt_model_head), byte, size - sizeof(lgt_model_head));
        lgt_status status = APPLY(hostile.data, x, K, y, K, K, room);
        CHECK(status >= 0 || status == LGT_E_STATE);
    }
    for (size_t bit = 0; bit < 128; bit++) {
        memcpy(hostile.data, model, size);
        ((unsigned char *)hostile.data)[bit / 8] ^= (unsigned char)(1u << bit % 8);
        lgt_status status = APPLY(hostile.data, x, K, y, K, K, room);
        CHECK(status == LGT_E_STATE || status == LGT_E_SHAPE);
    }
    guard_free(hostile);
}

static inline void linear_all(const linear *map) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t k = 2; k <= (map->matrix ? 20 : (size_t)LINEAR_MOST); k += size_step() + k / 4) {
            linear_check(map, type, 30 + k, k);
            linear_check(map, type, 8 * k, k);
        }
        linear_refused(map, type);
    }
}

#endif
