/* A fit whose rows are split comes to what the whole comes to; and what the loss refuses. */
#include "labelled.h"
#include "refused.h"

enum { ROWS = 60, K = 3, P = 2 * K };

static uint64_t loss[256], other[256], search[512], model[64], scratch[1 << 12];

static lgt_status add(int type, void *state, const labelled *data, size_t from, size_t rows) {
    const char *x = (const char *)data->x.data + from * data->stride * dtype_size(type);
    const char *labels = (const char *)data->labels.data + from * 4;
    const char *weights = (const char *)data->weights.data + from * (type == F64 ? 8 : 4);
#define ADD(dtype, element, weight)                                                                \
    lgt_matrix_loss_update_##dtype(state, (const element *)x, data->stride, labels, LGT_I32,       \
                                   (const weight *)weights, rows, K, scratch, sizeof scratch)
    switch (type) {
    case F32: return ADD(f32, float, float);
    case F64: return ADD(f64, double, double);
    case F16: return ADD(f16, lgt_f16, float);
    default: return ADD(bf16, lgt_bf16, float);
    }
}

static lgt_status whole(int type, const labelled *data) {
#define FIT(dtype, element, weight)                                                                \
    lgt_vector_scaling_fit_##dtype(model, sizeof model, (const element *)data->x.data, data->stride, \
                                   data->labels.data, LGT_I32, (const weight *)data->weights.data, \
                                   ROWS, K, NULL, scratch, sizeof scratch)
    switch (type) {
    case F32: return FIT(f32, float, float);
    case F64: return FIT(f64, double, double);
    case F16: return FIT(f16, lgt_f16, float);
    default: return FIT(bf16, lgt_bf16, float);
    }
}

static void split(int type) {
    labelled data = labelled_new(type, LGT_I32, ROWS, K, K + 1, 1);
    labelled_fill(&data, 5);
    double point[P];
    uint32_t done = 0;
    CHECK_STATUS(lgt_matrix_search_init(search, sizeof search, LGT_MATRIX_FORM_VECTOR, K, 0, NULL), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_init(loss, sizeof loss, LGT_MATRIX_FORM_VECTOR, K, 0), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_init(other, sizeof other, LGT_MATRIX_FORM_VECTOR, K, 0), LGT_OK);
    for (int pass = 0; pass < 2000 && !done; pass++) {
        CHECK_STATUS(lgt_matrix_search_point(search, point, P), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_set(loss, point, P), LGT_OK);
        CHECK_STATUS(lgt_matrix_loss_set(other, point, P), LGT_OK);
        CHECK_STATUS(add(type, loss, &data, 0, 17), LGT_OK);
        CHECK_STATUS(add(type, other, &data, 17, ROWS - 17), LGT_OK);
        CHECK_STATUS(lgt_state_merge(loss, sizeof loss, other, sizeof other), LGT_OK);
        CHECK_STATUS(lgt_matrix_search_step(search, loss, &done), LGT_OK);
    }
    CHECK(done);
    uint64_t of_split[64];
    CHECK(lgt_matrix_search_model(search, of_split, sizeof of_split) >= 0);
    CHECK(whole(type, &data) >= 0);
    for (size_t i = 0; i < P; i++) {
        double a = ((double *)of_split)[5 + i], b = ((double *)model)[5 + i];
        CHECK(fabs(a - b) <= (type == F64 ? 1e-9 : 1e-5) * fmax(1, fabs(b)));
    }
    labelled_free(data);
}

static void refused(void) {
    double point[P] = {1, 1, 1, 0, 0, 0}, bad[P] = {1, 1, NAN, 0, 0, 0};
    size_t bytes = 7;
    const float x[K] = {0, 1, 2};
    const int32_t label = 1;
    lgt_matrix_loss_report report;
    CHECK_STATUS(lgt_matrix_loss_size(3, K, 0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_size(LGT_MATRIX_FORM_VECTOR, 0, 0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_size(LGT_MATRIX_FORM_VECTOR, K, 1e-9, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_size(LGT_MATRIX_FORM_MATRIX, K, NAN, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_size(LGT_MATRIX_FORM_MATRIX, 100000, 0, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_scratch(3, K, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_matrix_loss_scratch(LGT_MATRIX_FORM_VECTOR, K, NULL), LGT_E_NULL);
    CHECK(bytes == 7);
    CHECK_STATUS(lgt_matrix_loss_init(loss, 16, LGT_MATRIX_FORM_VECTOR, K, 0), LGT_E_SIZE);
    CHECK_STATUS(lgt_matrix_loss_init(loss, sizeof loss, LGT_MATRIX_FORM_VECTOR, K, 0), LGT_OK);
    watch(0, loss, sizeof loss);
    REFUSED(lgt_matrix_loss_set(NULL, point, P), LGT_E_NULL);
    REFUSED(lgt_matrix_loss_set(loss, NULL, P), LGT_E_NULL);
    REFUSED(lgt_matrix_loss_set(loss, point, P - 1), LGT_E_SHAPE);
    REFUSED(lgt_matrix_loss_set(loss, bad, P), LGT_E_VALUE);
    REFUSED(lgt_matrix_loss_get(loss, point, NULL, P - 1), LGT_E_SHAPE);
    REFUSED(lgt_matrix_loss_finish(loss, &report), LGT_UNDEFINED);
#define SEE(cols, s, b) lgt_matrix_loss_update_f32(loss, x, K, &label, LGT_I32, NULL, 1, cols, s, b)
    REFUSED(SEE(K - 1, scratch, sizeof scratch), LGT_E_SHAPE);
    REFUSED(SEE(K, scratch, 8), LGT_E_SCRATCH);
    REFUSED(SEE(K, loss, sizeof scratch), LGT_E_ALIAS);
    watch_nothing();
    /* Rows that are no numbers are counted, and in no sum. */
    const float none[K] = {0, NAN, 2};
    CHECK_STATUS(lgt_matrix_loss_set(loss, point, P), LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_update_f32(loss, none, K, &label, LGT_I32, NULL, 1, K, scratch, sizeof scratch),
                 LGT_OK);
    CHECK_STATUS(lgt_matrix_loss_finish(loss, &report), LGT_UNDEFINED);
    CHECK(report.rows == 1 && report.rejected_rows == 1 && report.weight == 0);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) split(type);
    refused();
}
