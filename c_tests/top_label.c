/* The predicted class against a loop, and what is refused. */
#include "labelled.h"
#include "refused.h"

static lgt_status call(const labelled *data, void *confidence, uint32_t *predicted) {
    const void *x = data->x.data;
    size_t stride = data->stride, rows = data->rows, cols = data->cols;
    switch (data->type) {
    case F32:
        return lgt_top_label_f32((const float *)x, stride, (float *)confidence, predicted, rows,
                                 cols);
    case F64:
        return lgt_top_label_f64((const double *)x, stride, (double *)confidence, predicted, rows,
                                 cols);
    case F16:
        return lgt_top_label_f16((const lgt_f16 *)x, stride, (float *)confidence, predicted, rows,
                                 cols);
    default:
        return lgt_top_label_bf16((const lgt_bf16 *)x, stride, (float *)confidence, predicted,
                                  rows, cols);
    }
}

static void as_defined(const labelled *data) {
    int type = computed_type(data->type);
    guarded top = guard_end(data->rows * dtype_size(type));
    guarded class_ = guard_end(data->rows * sizeof(uint32_t));
    const uint32_t *got = (const uint32_t *)class_.data;
    CHECK_STATUS(call(data, top.data, (uint32_t *)class_.data), LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        size_t best = 0;
        for (size_t c = 1; c < data->cols; c++)
            if (labelled_x(data, r, c) > labelled_x(data, r, best)) best = c;
        CHECK(got[r] == best && get(top.data, type, r) == labelled_x(data, r, best));
    }
    CHECK_STATUS(call(data, NULL, (uint32_t *)class_.data), LGT_OK);
    CHECK_STATUS(call(data, top.data, NULL), LGT_OK);
    CHECK_STATUS(call(data, NULL, NULL), LGT_OK);
    guard_free(top);
    guard_free(class_);
}

static void corners(void) {
    const float x[3][3] = {{1, NAN, 3}, {-0.0f, 0, 0}, {-INFINITY, -INFINITY, -INFINITY}};
    float top[3];
    uint32_t got[3];
    CHECK_STATUS(lgt_top_label_f32(x[0], 3, top, got, 3, 3), LGT_OK);
    CHECK(isnan(top[0]) && got[0] == UINT32_MAX && top[1] == 0 && got[1] == 0);
    CHECK(top[2] == -INFINITY && got[2] == 0);
    CHECK_STATUS(lgt_top_label_f32(NULL, 0, top, got, 2, 0), LGT_OK);
    CHECK(isnan(top[0]) && isnan(top[1]) && got[0] == UINT32_MAX && got[1] == UINT32_MAX);
    CHECK_STATUS(lgt_top_label_f32(NULL, 3, NULL, NULL, 0, 3), LGT_OK);
}

static void refused(void) {
    float x[6] = {0}, top[2] = {7, 7};
    uint32_t got[2] = {7, 7};
    watch(0, x, sizeof x);
    watch(1, top, sizeof top);
    watch(2, got, sizeof got);
    REFUSED(lgt_top_label_f32(NULL, 3, top, got, 2, 3), LGT_E_NULL);
    REFUSED(lgt_top_label_f32(x, 2, top, got, 2, 3), LGT_E_STRIDE);
    REFUSED(lgt_top_label_f32(x, SIZE_MAX / 2, top, got, 2, 3), LGT_E_SIZE);
    REFUSED(lgt_top_label_f32(x, 3, x + 1, got, 2, 3), LGT_E_ALIAS);
    REFUSED(lgt_top_label_f32(x, 3, top, (uint32_t *)(void *)x, 2, 3), LGT_E_ALIAS);
    REFUSED(lgt_top_label_f32(x, 3, top, (uint32_t *)(void *)top, 2, 3), LGT_E_ALIAS);
    watch_nothing();
}

void test(void) {
    labelled_each(1, as_defined);
    corners();
    refused();
}
