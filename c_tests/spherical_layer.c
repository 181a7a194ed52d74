/* The layer of many outputs against gradient descent with all of them at hand. */
#include "check.h"
#include "guarded.h"
#include "refused.h"

enum { CLASSES = 40, MOST_DIMS = 17, MOST_ROWS = 5, MOST_TARGETS = 3 };

static uint64_t seed = 1;

/* From -1 to 1. */
static double drawn(void) {
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (double)(seed >> 11) / 4503599627370496.0 - 1;
}

typedef struct {
    size_t dims, rows, targets;
    guarded layer, h, labels, own, sum, squares, grad, scratch;
    size_t size, room;
} job;

static job job_new(size_t dims, size_t rows, size_t targets, uint32_t storage) {
    job made;
    memset(&made, 0, sizeof made);
    made.dims = dims, made.rows = rows, made.targets = targets;
    CHECK_STATUS(lgt_spherical_layer_size(CLASSES, (uint32_t)dims, storage, &made.size), LGT_OK);
    size_t weights = CLASSES * dims;
    CHECK(made.size == 32 + 24 * dims * dims + 16 * dims
                           + (storage == LGT_F64 ? 8 * weights : 8 * ((weights + 1) / 2)));
    CHECK_STATUS(lgt_spherical_layer_scratch((uint32_t)dims, rows, &made.room), LGT_OK);
    made.layer = guard_end(made.size), made.scratch = guard_end(made.room);
    made.h = guard_end(rows * dims * 8), made.grad = guard_end(rows * dims * 8);
    made.labels = guard_end(rows * targets), made.own = guard_end(rows * targets * 8);
    made.sum = guard_end(rows * 8), made.squares = guard_end(rows * 8);
    return made;
}

static void job_free(job *j) {
    guard_free(j->layer), guard_free(j->h), guard_free(j->labels), guard_free(j->own);
    guard_free(j->sum), guard_free(j->squares), guard_free(j->grad), guard_free(j->scratch);
}

static lgt_status forward(const job *j) {
    return lgt_spherical_layer_forward(j->layer.data, (const double *)j->h.data, j->dims,
                                       j->labels.data, LGT_U8, j->targets, (double *)j->own.data,
                                       (double *)j->sum.data, (double *)j->squares.data, j->rows,
                                       j->scratch.data, j->room);
}

static lgt_status step(const job *j, double rate, double decay) {
    return lgt_spherical_layer_step(
        j->layer.data, (const double *)j->h.data, j->dims, j->labels.data, LGT_U8, j->targets,
        (const double *)j->own.data, (const double *)j->sum.data, (const double *)j->squares.data,
        rate, decay, (double *)j->grad.data, j->dims, j->rows, j->scratch.data, j->room);
}

static void dense(const job *j, double w[CLASSES][MOST_DIMS], double rate, double decay,
                  int storage_f32) {
    static double g[MOST_ROWS][CLASSES];
    const double *h = (const double *)j->h.data, *own = (const double *)j->own.data;
    const double *grad = (const double *)j->grad.data;
    const double *sum = (const double *)j->sum.data, *squares = (const double *)j->squares.data;
    const uint8_t *labels = (const uint8_t *)j->labels.data;
    double tolerance = storage_f32 ? 1e-5 : 1e-9;
    for (size_t i = 0; i < j->rows; i++) {
        for (size_t c = 0; c < CLASSES; c++) {
            double o = 0;
            for (size_t r = 0; r < j->dims; r++) o += w[c][r] * h[i * j->dims + r];
            g[i][c] = sum[i] + 2 * o * squares[i];
        }
        for (size_t k = 0; k < j->targets; k++)
            g[i][labels[i * j->targets + k]] += own[i * j->targets + k];
        for (size_t r = 0; r < j->dims; r++) {
            double want = 0;
            for (size_t c = 0; c < CLASSES; c++) want += g[i][c] * w[c][r];
            CHECK(fabs(grad[i * j->dims + r] - want) <= tolerance * (1 + fabs(want)));
        }
    }
    for (size_t c = 0; c < CLASSES; c++)
        for (size_t r = 0; r < j->dims; r++) {
            double change = 0;
            for (size_t i = 0; i < j->rows; i++) change += g[i][c] * h[i * j->dims + r];
            w[c][r] = (1 - rate * decay) * w[c][r] - rate * change;
        }
}

static void check_weights(const job *j, double w[CLASSES][MOST_DIMS], double tolerance) {
    guarded room = guard_end(8 * j->dims), got = guard_end(CLASSES * j->dims * 8);
    CHECK_STATUS(lgt_spherical_layer_rows(j->layer.data, 0, (double *)got.data, j->dims, CLASSES,
                                          room.data, 8 * j->dims),
                 LGT_OK);
    for (size_t c = 0; c < CLASSES; c++)
        for (size_t r = 0; r < j->dims; r++)
            CHECK(fabs(((double *)got.data)[c * j->dims + r] - w[c][r]) <= tolerance);
    guard_free(room), guard_free(got);
}

static void steps(size_t dims, size_t rows, size_t targets, uint32_t storage) {
    static double w[CLASSES][MOST_DIMS];
    job j = job_new(dims, rows, targets, storage);
    double tolerance = storage == LGT_F32 ? 1e-5 : 1e-9, drift[3];
    for (size_t c = 0; c < CLASSES; c++)
        for (size_t r = 0; r < dims; r++) w[c][r] = (float)drawn();
    CHECK_STATUS(lgt_spherical_layer_init(j.layer.data, j.size, CLASSES, (uint32_t)dims, storage,
                                          w[0], MOST_DIMS),
                 LGT_OK);
    for (int it = 0; it < 60; it++) {
        double decay = it % 5 ? 0 : 0.1;
        for (size_t i = 0; i < rows * dims; i++) ((double *)j.h.data)[i] = drawn();
        for (size_t i = 0; i < rows * targets; i++)
            ((uint8_t *)j.labels.data)[i] = (uint8_t)((drawn() + 1) * (it % 2 ? 2 : CLASSES / 2));
        CHECK_STATUS(forward(&j), LGT_OK);
        for (size_t i = 0; i < rows; i++) {
            double sum = 0, squares = 0;
            for (size_t c = 0; c < CLASSES; c++) {
                double o = 0;
                for (size_t r = 0; r < dims; r++) o += w[c][r] * ((double *)j.h.data)[i * dims + r];
                sum += o, squares += o * o;
                for (size_t k = 0; k < targets; k++)
                    if (((uint8_t *)j.labels.data)[i * targets + k] == c)
                        CHECK(fabs(((double *)j.own.data)[i * targets + k] - o) <= tolerance * 10);
            }
            CHECK(fabs(((double *)j.sum.data)[i] - sum) <= tolerance * (10 + squares));
            CHECK(fabs(((double *)j.squares.data)[i] - squares) <= tolerance * (10 + squares));
        }
        for (size_t i = 0; i < rows * targets; i++) ((double *)j.own.data)[i] = drawn();
        for (size_t i = 0; i < rows; i++) {
            ((double *)j.sum.data)[i] = drawn() * 0.1;
            ((double *)j.squares.data)[i] = it % 3 ? drawn() * 0.1 : 0;
        }
        CHECK_STATUS(step(&j, 0.02, decay), LGT_OK);
        dense(&j, w, 0.02, decay, storage == LGT_F32);
    }
    check_weights(&j, w, 10 * tolerance);
    CHECK_STATUS(lgt_spherical_layer_check(j.layer.data, j.size, drift, drift + 1, drift + 2,
                                           j.scratch.data, j.room),
                 LGT_OK);
    CHECK(drift[0] < 1e-12 && drift[1] < tolerance && drift[2] < tolerance);
    CHECK_STATUS(lgt_spherical_layer_refactor(j.layer.data), LGT_OK);
    check_weights(&j, w, 10 * tolerance);
    CHECK_STATUS(lgt_spherical_layer_check(j.layer.data, j.size, drift, drift + 1, drift + 2,
                                           j.scratch.data, j.room),
                 LGT_OK);
    CHECK(drift[0] == 0 && drift[1] < 1e-14 && drift[2] < 1e-14);
    job_free(&j);
}

/* A worked step. */
static void worked(void) {
    double w[4][2] = {{1, 0}, {0, 1}, {1, 1}, {-1, 0.5}}, h[2] = {1, 2}, dh[2];
    double own, sum, squares, loss, d[3], got[4][2];
    static const double want[4][2] = {{0.9930230481992097, -0.013953903601580416},
                                      {0.02441933130276573, 1.0488386626055315},
                                      {0.9860460963984196, 0.9720921927968392},
                                      {-1.003488475900395, 0.4930230481992098}};
    uint64_t layer[4 + 3 * 4 + 2 * 2 + 8], scratch[100];
    int64_t label = 1;
    CHECK_STATUS(lgt_spherical_layer_init(layer, sizeof layer, 4, 2, LGT_F64, w[0], 2), LGT_OK);
    CHECK_STATUS(lgt_spherical_layer_forward(layer, h, 2, &label, LGT_I64, 1, &own, &sum, &squares,
                                             1, scratch, sizeof scratch),
                 LGT_OK);
    CHECK(own == 2 && sum == 6 && squares == 14);
    CHECK_STATUS(lgt_spherical_family(LGT_SPHERICAL_Z, 1, 0, &own, &sum, &squares, 4, &loss, d,
                                      d + 1, d + 2, 1),
                 LGT_OK);
    CHECK(fabs(loss - 0.49433478576379014) <= 1e-15);
    CHECK(fabs(d[0] + 0.3488475900395104) <= 1e-15);
    CHECK(fabs(d[1] - 0.034884759003951035) <= 1e-15);
    CHECK(fabs(d[2] - 0.01744237950197552) <= 1e-15);
    CHECK_STATUS(lgt_spherical_layer_step(layer, h, 2, &label, LGT_I64, 1, d, d + 1, d + 2, 0.1, 0,
                                          dh, 2, 1, scratch, sizeof scratch),
                 LGT_OK);
    CHECK(fabs(dh[0] - 0.1744237950197552) <= 1e-15 && fabs(dh[1] + 0.0872118975098776) <= 1e-15);
    CHECK_STATUS(lgt_spherical_layer_rows(layer, 0, got[0], 2, 4, scratch, sizeof scratch), LGT_OK);
    for (int i = 0; i < 8; i++) CHECK(fabs(got[i / 2][i % 2] - want[i / 2][i % 2]) <= 1e-15);
    /* What is kept, as docs/state-format.md has it. */
    static const double kept[18] = {
        0.9965115240996049, -0.006976951800790209, -0.006976951800790209, 0.9860460963984196,
        0, 0, 0, 0, /* the inverse: below */
        2.9659671034835835, 0.475540155722106, 0.475540155722106, 2.28829220895409,
        -0.0034884759003951035, -0.006976951800790207, 1, 2.5};
    for (int i = 0; i < 16; i++) {
        double x;
        memcpy(&x, layer + 4 + i, 8);
        if (i < 4 || i >= 8) CHECK(fabs(x - kept[i]) <= 1e-14);
    }
    double drift;
    CHECK_STATUS(lgt_spherical_layer_check(layer, sizeof layer, &drift, NULL, NULL, scratch,
                                           sizeof scratch),
                 LGT_OK);
    CHECK(drift < 1e-15);
}

static void refused(void) {
    size_t bytes = 0;
    CHECK_STATUS(lgt_spherical_layer_size(1, 1, LGT_F64, NULL), LGT_E_NULL);
    CHECK_STATUS(lgt_spherical_layer_size(0, 1, LGT_F64, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_spherical_layer_size(1, 0, LGT_F64, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_spherical_layer_size(1, 1, LGT_U8, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_spherical_layer_size(1u << 31, 1u << 31, LGT_F64, &bytes), LGT_E_VALUE);
    CHECK_STATUS(lgt_spherical_layer_scratch(UINT32_MAX, SIZE_MAX / 2, &bytes), LGT_E_SIZE);
    CHECK_STATUS(lgt_spherical_layer_scratch(1, 1, NULL), LGT_E_NULL);

    job j = job_new(2, 3, 2, LGT_F64);
    double *h = (double *)j.h.data, *own = (double *)j.own.data;
    double *squares = (double *)j.squares.data;
    memset(j.layer.data, 0, j.size);
    CHECK_STATUS(step(&j, 0.1, 0), LGT_E_STATE);
    CHECK_STATUS(forward(&j), LGT_E_STATE);
    CHECK_STATUS(lgt_spherical_layer_refactor(j.layer.data), LGT_E_STATE);
    CHECK_STATUS(lgt_spherical_layer_init(j.layer.data, j.size - 1, CLASSES, 2, LGT_F64, NULL, 0),
                 LGT_E_SIZE);
    CHECK_STATUS(lgt_spherical_layer_init(NULL, j.size, CLASSES, 2, LGT_F64, NULL, 0), LGT_E_NULL);
    CHECK_STATUS(lgt_spherical_layer_init(j.layer.data, j.size, CLASSES, 2, LGT_F64, own, 1),
                 LGT_E_STRIDE);
    CHECK_STATUS(lgt_spherical_layer_init(j.layer.data, j.size, CLASSES, 2, LGT_F64,
                                          (const double *)j.layer.data, 2),
                 LGT_E_ALIAS);
    double w[CLASSES][2];
    for (int i = 0; i < 2 * CLASSES; i++) w[i / 2][i % 2] = drawn();
    CHECK_STATUS(lgt_spherical_layer_init(j.layer.data, j.size, CLASSES, 2, LGT_F64, w[0], 2),
                 LGT_OK);
    memset(j.labels.data, 0, 6);
    for (int i = 0; i < 6; i++) h[i] = 1, own[i] = 0.5;
    for (int i = 0; i < 3; i++) squares[i] = ((double *)j.sum.data)[i] = 0.1;
    watch(0, j.layer.data, j.size);
    watch(1, j.grad.data, 48);
    /* Three inputs that are the same: 2 rate squares |h|^2 3 = 1. */
    squares[0] = squares[1] = squares[2] = 0.25;
    REFUSED(step(&j, 1.0 / 3, 0), LGT_E_VALUE);
    REFUSED(step(&j, NAN, 0), LGT_E_VALUE);
    REFUSED(step(&j, HUGE_VAL, 0), LGT_E_VALUE);
    REFUSED(step(&j, 0.1, -1), LGT_E_VALUE);
    REFUSED(step(&j, 0.1, 10), LGT_E_VALUE);
    REFUSED(step(&j, 0.1, NAN), LGT_E_VALUE);
    h[5] = NAN;
    REFUSED(step(&j, 0.1, 0), LGT_E_VALUE);
    h[5] = 1, own[5] = HUGE_VAL;
    REFUSED(step(&j, 0.1, 0), LGT_E_VALUE);
    own[5] = 1, ((uint8_t *)j.labels.data)[5] = CLASSES;
    REFUSED(step(&j, 0.1, 0), LGT_E_LABEL);
    REFUSED(forward(&j), LGT_E_LABEL);
    ((uint8_t *)j.labels.data)[5] = 0;
    j.room--;
    REFUSED(step(&j, 0.1, 0), LGT_E_SCRATCH);
    REFUSED(forward(&j), LGT_E_SCRATCH);
    j.room++;
    guarded sum = j.sum;
    j.sum = j.labels;
    REFUSED(forward(&j), LGT_E_ALIAS);
    j.sum = sum;
    guarded grad = j.grad;
    j.grad = j.h;
    REFUSED(step(&j, 0.1, 0), LGT_E_ALIAS);
    j.grad = j.layer;
    REFUSED(step(&j, 0.1, 0), LGT_E_ALIAS);
    j.grad = grad;
    REFUSED(lgt_spherical_layer_rows(j.layer.data, CLASSES, h, 2, 1, j.scratch.data, j.room),
            LGT_E_LABEL);
    REFUSED(lgt_spherical_layer_rows(j.layer.data, 0, h, 1, 1, j.scratch.data, j.room),
            LGT_E_STRIDE);
    REFUSED(lgt_spherical_layer_rows(j.layer.data, 0, NULL, 2, 1, j.scratch.data, j.room),
            LGT_E_NULL);
    REFUSED(lgt_spherical_layer_check(j.layer.data, j.size - 1, NULL, NULL, NULL, NULL, 0),
            LGT_E_STATE);
    REFUSED(lgt_spherical_layer_check(j.layer.data, 15, NULL, NULL, NULL, NULL, 0), LGT_E_STATE);
    REFUSED(lgt_spherical_layer_check(NULL, j.size, NULL, NULL, NULL, NULL, 0), LGT_E_NULL);
    REFUSED(lgt_spherical_layer_check(j.layer.data, j.size, NULL, NULL, NULL, NULL, 0), LGT_OK);
    /* A rate of 0 changes nothing, and gives the gradients. */
    watch(1, j.layer.data, j.size);
    REFUSED(step(&j, 0, 0), LGT_OK);
    watch_nothing();
    /* Damaged numbers: wrong, and nothing worse. */
    memset((char *)j.layer.data + 32, 0xff, j.size - 32);
    CHECK_STATUS(forward(&j), LGT_OK);
    CHECK_STATUS(step(&j, 0.1, 0), LGT_E_VALUE);
    CHECK_STATUS(lgt_spherical_layer_refactor(j.layer.data), LGT_OK);
    job_free(&j);
}

void test(void) {
    static const size_t dims[4] = {1, 2, 8, MOST_DIMS};
    for (size_t i = 0; i < 4; i++)
        for (size_t rows = 0; rows <= MOST_ROWS; rows += rows ? 2 : 1)
            for (size_t targets = 0; targets <= MOST_TARGETS; targets++) {
                steps(dims[i], rows, targets, LGT_F64);
                steps(dims[i], rows, targets, LGT_F32);
            }
    worked();
    refused();
}
