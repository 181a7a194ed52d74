/* Soft labels kept and made whole again. */
#include "guarded.h"
#include "refused.h"

static void figures(void) {
    const double p[6] = {.6, .2, .1, .06, .03, .01};
    uint32_t at[2];
    double kept[2], smooth[6], renorm[6];
    CHECK_STATUS(lgt_soft_label_topk_f64(p, 6, 2, at, 2, kept, 2, 1, 6), LGT_OK);
    CHECK(at[0] == 0 && at[1] == 1 && kept[0] == .6 && kept[1] == .2);
    CHECK_STATUS(lgt_soft_label_expand_f64(at, 2, kept, 2, 2, LGT_SOFT_LABEL_SMOOTH, smooth, 6, 1,
                                           6), LGT_OK);
    CHECK_STATUS(lgt_soft_label_expand_f64(at, 2, kept, 2, 2, LGT_SOFT_LABEL_RENORM, renorm, 6, 1,
                                           6), LGT_OK);
    for (int i = 0; i < 6; i++) {
        CHECK(fabs(smooth[i] - (i == 0 ? .6 : i == 1 ? .2 : .05)) <= 1e-16);
        CHECK(fabs(renorm[i] - (i == 0 ? .75 : i == 1 ? .25 : 0)) <= 2e-16);
    }
}

/* Against sorting by counting what is before: larger, or equal and earlier. */
static void against_counts(int type, size_t cols, size_t k) {
    enum { ROWS = 3 };
    size_t bytes = dtype_size(type), stride = cols + 1;
    guarded p = guard_end(ROWS * stride * bytes), values = guard_end(ROWS * k * bytes);
    guarded at = guard_end(ROWS * k * 4), back = guard_end(ROWS * cols * bytes);
    for (size_t i = 0; i < ROWS * stride; i++)
        put(p.data, type, i, (double)((i * 37 + i / 5 * 11) % 23) / 32);
    uint32_t *places = (uint32_t *)at.data;
    lgt_status status, expanded;
#define TOPK(dtype, element)                                                                     \
    (status = lgt_soft_label_topk_##dtype((const element *)p.data, stride, k, places, k,         \
                                          (element *)values.data, k, ROWS, cols),                \
     expanded = lgt_soft_label_expand_##dtype(places, k, (const element *)values.data, k, k,     \
                                              LGT_SOFT_LABEL_SMOOTH, (element *)back.data, cols, \
                                              ROWS, cols))
    switch (type) {
    case F32: TOPK(f32, float); break;
    case F64: TOPK(f64, double); break;
    case F16: TOPK(f16, lgt_f16); break;
    default: TOPK(bf16, lgt_bf16);
    }
    CHECK_STATUS(status, LGT_OK);
    CHECK_STATUS(expanded, LGT_OK);
    for (size_t r = 0; r < ROWS; r++) {
        for (size_t c = 0; c < cols; c++) {
            double x = get(p.data, type, r * stride + c);
            size_t before = 0;
            for (size_t i = 0; i < cols; i++) {
                double other = get(p.data, type, r * stride + i);
                before += other > x || (other == x && i < c);
            }
            if (before >= k) continue;
            CHECK(places[r * k + before] == c);
            CHECK(get(values.data, type, r * k + before) == x);
            CHECK(get(back.data, type, r * cols + c) == x);
        }
    }
    guard_free(p);
    guard_free(values);
    guard_free(at);
    guard_free(back);
}

static void refused(void) {
    const float p[4] = {.5f, .25f, .25f, 0}, bad[2] = {.5f, NAN}, below[2] = {.5f, -1};
    uint32_t at[4] = {1, 2, 3, 4};
    float values[4] = {7, 7, 7, 7}, y[4] = {8, 8, 8, 8};
    watch(0, at, sizeof at);
    watch(1, values, sizeof values);
    watch(2, y, sizeof y);
    REFUSED(lgt_soft_label_topk_f32(p, 4, 0, at, 4, values, 4, 1, 4), LGT_E_SIZE);
    REFUSED(lgt_soft_label_topk_f32(p, 4, 5, at, 5, values, 5, 1, 4), LGT_E_SIZE);
    REFUSED(lgt_soft_label_topk_f32(p, 4, 2, at, 1, values, 2, 1, 4), LGT_E_STRIDE);
    REFUSED(lgt_soft_label_topk_f32(p, 4, 2, NULL, 2, values, 2, 1, 4), LGT_E_NULL);
    REFUSED(lgt_soft_label_topk_f32(values, 4, 2, at, 2, values, 2, 1, 4), LGT_E_ALIAS);
    REFUSED(lgt_soft_label_topk_f32(bad, 2, 1, at, 1, values, 1, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_soft_label_topk_f32(below, 2, 1, at, 1, values, 1, 1, 2), LGT_E_VALUE);
    REFUSED(lgt_soft_label_expand_f32(at, 2, p, 2, 2, 2, y, 4, 1, 4), LGT_E_OPTION);
    REFUSED(lgt_soft_label_expand_f32(at, 4, p, 4, 4, 0, y, 4, 1, 4), LGT_E_LABEL);
    REFUSED(lgt_soft_label_expand_f32(at, 2, bad, 2, 2, 0, y, 4, 1, 4), LGT_E_VALUE);
    REFUSED(lgt_soft_label_expand_f32(at, 2, values, 2, 2, 0, values, 4, 1, 4), LGT_E_ALIAS);
    watch_nothing();
    CHECK_STATUS(lgt_soft_label_topk_f32(NULL, 0, 0, NULL, 0, NULL, 0, 3, 0), LGT_OK);
    CHECK_STATUS(lgt_soft_label_expand_f32(NULL, 0, NULL, 0, 0, 0, NULL, 0, 3, 0), LGT_OK);
}

void test(void) {
    figures();
    for (int type = 0; type < DTYPES; type++)
        for (size_t cols = 1; cols <= 40; cols += size_step())
            for (size_t k = 1; k <= cols; k += 1 + cols / 7) against_counts(type, cols, k);
    refused();
}
