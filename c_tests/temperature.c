/* The fitted temperature against the derivative of the loss: within the promised
 * distance of it the slope changes its sign, which it does only once. */
#include "labelled.h"
#include "temperature.h"

static lgt_status fit_to(lgt_temperature_model *model, const labelled *data,
                         const lgt_temperature_opts *opts) {
    return fit(data->type, model, data->x.data, data->stride, data->labels.data, data->label_type,
               data->weights.data, data->rows, data->cols, opts);
}

/* Mean loss at scale beta, and its slope. */
typedef struct {
    long double loss, slope;
} means;

static means means_at(const labelled *data, long double beta) {
    long double weight = 0;
    means m = {0, 0};
    for (size_t r = 0; r < data->rows; r++) {
        long double sum = 0, first = 0, w = labelled_weight(data, r);
        double own = labelled_x(data, r, labelled_label(data, r));
        for (size_t c = 0; c < data->cols; c++) {
            long double d = (long double)labelled_x(data, r, c) - own, e = expl(beta * d);
            sum += e;
            first += d * e;
        }
        weight += w;
        m.loss += w * logl(sum);
        m.slope += w * first / sum;
    }
    m.loss /= weight;
    m.slope /= weight;
    return m;
}

/* Many rows for every number of columns, so that the minimum is inside. */
static void against_slope(int type, size_t cols, int at_end) {
    labelled data = labelled_new(type, LGT_I8 + (uint32_t)cols % 8, 60, cols, cols + cols % 3, at_end);
    labelled_fill(&data, cols);
    guarded room = guard_end(sizeof(lgt_temperature_model));
    lgt_temperature_model *model = (lgt_temperature_model *)room.data;
    CHECK_STATUS(fit_to(model, &data, NULL), LGT_OK);
    CHECK(model->fit_status == LGT_OK && model->iterations >= 1 && model->iterations <= 50);
    long double beta = 1 / (long double)model->temperature, near_it = type == F64 ? 1e-8L : 1e-6L;
    CHECK(means_at(&data, beta * (1 - near_it)).slope < 0);
    CHECK(means_at(&data, beta * (1 + near_it)).slope > 0);
    means before = means_at(&data, 1), after = means_at(&data, beta);
    long double bound = type == F64 ? 1e-13L : 1e-6L;
    CHECK(fabsl(model->nll_before - before.loss) <= bound * before.loss);
    /* That of the last step is told by derivatives. */
    long double told = type == F64 ? 1e-9L : 1e-6L;
    CHECK(fabsl(model->nll_after - after.loss) <= told * after.loss);
    CHECK(model->nll_after <= model->nll_before);
    guard_free(room);
    labelled_free(data);
}

/* A copy with its rows the other way round comes to the same bytes. */
static void order(int type) {
    labelled data = labelled_new(type, LGT_I16, 50, 21, 21, 1);
    labelled back = labelled_new(type, LGT_I16, 50, 21, 21, 1);
    labelled_fill(&data, 7);
    for (size_t r = 0; r < 50; r++) {
        for (size_t c = 0; c < 21; c++) labelled_put_x(&back, r, c, labelled_x(&data, 49 - r, c));
        labelled_put_label(&back, r, (int64_t)labelled_label(&data, 49 - r));
        labelled_put_weight(&back, r, labelled_weight(&data, 49 - r));
    }
    lgt_temperature_model one, two;
    CHECK_STATUS(fit_to(&one, &data, NULL), LGT_OK);
    CHECK_STATUS(fit_to(&two, &back, NULL), LGT_OK);
    CHECK(memcmp(&one, &two, sizeof one) == 0);
    labelled_free(data);
    labelled_free(back);
}

static void options(void) {
    labelled data = labelled_new(F32, LGT_I16, 50, 9, 9, 1);
    labelled_fill(&data, 3);
    lgt_temperature_model model;
    lgt_temperature_opts opts;
    lgt_temperature_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.max_iter == 50 && opts.tol == 1e-8 && opts.start == 0);
    CHECK(opts.t_min == 0.01 && opts.t_max == 100);
    opts.max_iter = 1;
    CHECK_STATUS(fit_to(&model, &data, &opts), LGT_NOT_CONVERGED);
    CHECK(model.temperature == 1 && model.nll_after == model.nll_before && model.iterations == 1);
    /* The minimum is near 2, beyond what is allowed here. */
    opts.max_iter = 50;
    opts.t_max = 1.25;
    CHECK_STATUS(fit_to(&model, &data, &opts), LGT_AT_BOUND);
    CHECK(fabs(model.temperature - 1.25) < 1e-12);
    lgt_temperature_opts_default(NULL);
    labelled_free(data);
}

/* How a fit ends where there is no minimum inside. */
static void endings(void) {
    const float x[2][2] = {{2, 1}, {0, 3}}, flat[2][2] = {{1, 1}, {2, 2}}, nothing[2] = {0, 0};
    const uint64_t right[2] = {0, 1}, wrong[2] = {1, 0};
    lgt_temperature_model model;
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, right, LGT_U64, NULL, 2, 2, NULL),
                 LGT_AT_BOUND);
    CHECK(fabs(model.temperature - 0.01) < 1e-12 && model.fit_status == LGT_AT_BOUND);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, wrong, LGT_U64, NULL, 2, 2, NULL),
                 LGT_AT_BOUND);
    CHECK(fabs(model.temperature - 100) < 1e-9);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, flat[0], 2, right, LGT_U64, NULL, 2, 2, NULL),
                 LGT_DEGENERATE);
    CHECK(model.temperature == 1 && fabs(model.nll_after - log(2)) < 1e-6);
    CHECK_STATUS(lgt_temperature_fit_f32(&model, NULL, 2, NULL, LGT_U64, NULL, 0, 2, NULL),
                 LGT_DEGENERATE);
    CHECK(model.temperature == 1 && isnan(model.nll_before));
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, right, LGT_U64, nothing, 2, 2, NULL),
                 LGT_DEGENERATE);
    CHECK(model.temperature == 1 && isnan(model.nll_before));
}

/* Applying is a softmax of x / T, apart and in place. */
static void application(const labelled *data) {
    lgt_temperature_model model;
    const float x[4][2] = {{4, 0}, {4, 0}, {4, 0}, {4, 0}};
    const uint8_t labels[4] = {0, 0, 0, 1};
    CHECK_STATUS(lgt_temperature_fit_f32(&model, x[0], 2, labels, LGT_U8, NULL, 4, 2, NULL), LGT_OK);
    size_t size = dtype_size(data->type), cols = data->cols;
    guarded apart = guard_end(data->rows * cols * size);
    CHECK_STATUS(apply(data->type, &model, data->x.data, data->stride, apart.data, cols,
                       data->rows, cols),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++) {
        long double total = 0, t = model.temperature;
        for (size_t c = 0; c < cols; c++) total += expl(labelled_x(data, r, c) / t);
        for (size_t c = 0; c < cols; c++) {
            long double exact = expl(labelled_x(data, r, c) / t) / total;
            CHECK(near(get(apart.data, data->type, r * cols + c), (double)exact, data->type));
        }
    }
    CHECK_STATUS(apply(data->type, &model, data->x.data, data->stride, data->x.data, data->stride,
                       data->rows, cols),
                 LGT_OK);
    for (size_t r = 0; r < data->rows; r++)
        CHECK(memcmp((char *)data->x.data + r * data->stride * size,
                     (char *)apart.data + r * cols * size, cols * size) == 0);
    guard_free(apart);
}

void test(void) {
    for (int type = 0; type < DTYPES; type++) {
        for (size_t cols = 2; cols <= 70; cols += size_step())
            against_slope(type, cols, cols % 2 != 0);
        order(type);
    }
    options();
    endings();
    labelled_each(0, application);
}
