/* Losses at some temperatures and their derivatives, from the definition. */
#include "labelled.h"
#include "refused.h"

UPDATES(temperature_loss)

enum { T = 4 };

static const double temperatures[T] = {2, 0.5, 1, 10};

static void as_defined(const labelled *data) {
    uint32_t derivatives = (uint32_t)data->cols % (T + 1);
    size_t bytes;
    CHECK_STATUS(lgt_temperature_loss_size(temperatures, T, derivatives, &bytes), LGT_OK);
    guarded state = guard_end(bytes);
    CHECK_STATUS(lgt_temperature_loss_init(state.data, bytes, temperatures, T, derivatives), LGT_OK);
    labelled_laws(temperature_loss_update[data->type], data, state.data, bytes);
    lgt_temperature_loss_report reports[T];
    lgt_status status = lgt_temperature_loss_finish(state.data, reports, T);
    CHECK_STATUS(lgt_temperature_loss_finish(state.data, reports, T - 1), LGT_E_SIZE);
    guard_free(state);
    for (size_t t = 0; t < T; t++) {
        long double b = 1 / (long double)temperatures[t], weight = 0, loss = 0, slope = 0;
        long double curvature = 0, size = 1;
        for (size_t r = 0; r < data->rows; r++) {
            long double w = labelled_weight(data, r), sum = 0, first = 0, second = 0;
            double own = labelled_x(data, r, labelled_label(data, r));
            for (size_t c = 0; c < data->cols; c++) {
                long double d = (long double)labelled_x(data, r, c) - own, e = expl(b * d);
                if (fabsl(d) > size) size = fabsl(d);
                sum += e;
                first += d * e;
                second += d * d * e;
            }
            first /= sum;
            weight += w;
            loss += w * logl(sum);
            slope += w * first;
            curvature += w * (second / sum - first * first);
        }
        CHECK(reports[t].weight == (double)weight && reports[t].temperature == temperatures[t]);
        CHECK_STATUS(status, weight > 0 ? LGT_OK : LGT_UNDEFINED);
        long double bound = data->type == F64 ? 1e-13L : 1e-6L;
        if (weight == 0) {
            CHECK(isnan(reports[t].nll));
            continue;
        }
        CHECK(fabsl(reports[t].nll - loss / weight) <= bound * (loss / weight + b * size));
        if (t >= derivatives) {
            CHECK(isnan(reports[t].slope) && isnan(reports[t].curvature));
            continue;
        }
        CHECK(fabsl(reports[t].slope - slope / weight) <= bound * size);
        CHECK(fabsl(reports[t].curvature - curvature / weight) <= 4 * bound * size * size);
    }
}

/* Far apart, infinite, not a number. */
static void corners(void) {
    const double inf = INFINITY;
    const struct {
        double x[2];
        double loss; /* of label 1 at T = 1 and at T = 2, half of it */
    } cases[] = {{{3072, 0}, 3072}, {{-inf, 0}, 0}, {{0, 3072}, 0}, {{0, -inf}, NAN},
                 {{NAN, 0}, NAN},   {{inf, 0}, NAN}, {{0, inf}, NAN}, {{-inf, -inf}, NAN}};
    const double both[2] = {1, 2};
    for (int type = 0; type < DTYPES; type++)
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
            labelled data = labelled_new(type, LGT_U8, 1, 2, 2, 1);
            for (size_t c = 0; c < 2; c++) labelled_put_x(&data, 0, c, cases[i].x[c]);
            labelled_put_label(&data, 0, 1);
            uint64_t state[353];
            lgt_temperature_loss_report reports[2];
            CHECK_STATUS(lgt_temperature_loss_init(state, sizeof state, both, 2, 1), LGT_OK);
            CHECK_STATUS(labelled_update(temperature_loss_update[type], state, &data), LGT_OK);
            int lost = isnan(cases[i].loss);
            double loss = cases[i].loss;
            CHECK_STATUS(lgt_temperature_loss_finish(state, reports, 2), lost ? LGT_UNDEFINED : LGT_OK);
            CHECK(reports[0].rows == 1 && reports[0].lost_rows == (uint64_t)lost);
            CHECK(lost ? isnan(reports[0].nll) : fabs(reports[0].nll - loss) <= 1e-6 * loss + 1e-30);
            CHECK(lost ? isnan(reports[1].nll) : fabs(2 * reports[1].nll - loss) <= 1e-6 * loss + 1e-30);
            labelled_free(data);
        }
}

static void refused(void) {
    uint64_t state[353], other[353];
    size_t bytes = 77;
    const double good[5] = {1, 2, 1, 1, 1}, zero[1] = {0}, bad[2] = {1, NAN};
    memset(state, 0xa5, sizeof state);
    watch(0, state, sizeof state);
    watch(1, &bytes, sizeof bytes);
    REFUSED(lgt_temperature_loss_size(NULL, 1, 1, &bytes), LGT_E_NULL);
    REFUSED(lgt_temperature_loss_size(good, 1, 1, NULL), LGT_E_NULL);
    REFUSED(lgt_temperature_loss_size(good, 0, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_temperature_loss_size(good, 5, 0, &bytes), LGT_E_VALUE);
    REFUSED(lgt_temperature_loss_size(good, 2, 3, &bytes), LGT_E_VALUE);
    REFUSED(lgt_temperature_loss_init(NULL, sizeof state, good, 2, 2), LGT_E_NULL);
    REFUSED(lgt_temperature_loss_init(state, sizeof state, zero, 1, 1), LGT_E_VALUE);
    REFUSED(lgt_temperature_loss_init(state, sizeof state, bad, 2, 1), LGT_E_VALUE);
    REFUSED(lgt_temperature_loss_init(state, 100, good, 1, 1), LGT_E_SIZE);
    watch_nothing();
    CHECK_STATUS(lgt_temperature_loss_init(state, sizeof state, good, 2, 1), LGT_OK);
    CHECK_STATUS(lgt_temperature_loss_init(other, sizeof other, good, 2, 2), LGT_OK);
    CHECK_STATUS(lgt_temperature_loss_merge(state, other), LGT_E_MISMATCH);
    CHECK_STATUS(lgt_temperature_loss_merge(state, state), LGT_E_ALIAS);
}

void test(void) {
    labelled_each(0, as_defined);
    corners();
    refused();
}
