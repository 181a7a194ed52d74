/* Cross-entropy at temperatures that are to be learnt: worked examples, the definition, and what
 * is refused. */
#include "refused.h"
#include "robust.h"

static lgt_status cross_entropy(int type, const void *x, size_t xs, const void *y, uint32_t kind,
                                const double *taus, size_t count, double rho, double *loss,
                                void *dx, size_t ds, double *dtau, size_t rows, size_t cols) {
#define TAU(dtype, element)                                                                 \
    lgt_tau_cross_entropy_##dtype((const element *)x, xs, y, kind, taus, count, rho, loss,  \
                                  (element *)dx, ds, dtau, rows, cols)
    BY_TYPE(type, TAU)
}

static lgt_status call(const labelled *data, const double *taus, double *loss, void *dx,
                       double *dtau) {
    return cross_entropy(data->type, data->x.data, data->stride, data->labels.data,
                         data->label_type, taus, data->rows, 0.3, loss, dx, data->cols, dtau,
                         data->rows, data->cols);
}

static void as_defined(const labelled *data) {
    robust_check(data, call, 0);
}

static void worked_examples(int type) {
    static const struct {
        double tau, rho, loss, dtau, dx[4];
    } examples[] = {
        {1, 0.5, 0.5538953374413047, 0.061242602855534845,
         {0.6439142598879724, -0.7631171819100899, 0.08714431874203257, 0.03205860328008499}},
        {0.5, 0.5, 0.629391788920446, -0.4308657382665062,
         {0.8649548767993754, -0.8829410867614671, 0.01584220117850692, 0.002144008783584634}},
        {2, 0, -0.19791137884312215, -0.1412439336524931,
         {0.45505423392341127, -0.7239956552934064, 0.16740509727844333, 0.1015363240915518}},
    };
    const double row[4] = {2, 1, 0, -1}, bound = type == F64 ? 1e-14 : 4e-6;
    const uint8_t y = 1;
    uint64_t x[4], dx[4];
    double loss, dtau;
    robust_row(type, x, row, 4);
    for (size_t i = 0; i < 3; i++) {
        CHECK_STATUS(cross_entropy(type, x, 4, &y, LGT_U8, &examples[i].tau, 1, examples[i].rho,
                                   &loss, dx, 4, &dtau, 1, 4),
                     LGT_OK);
        CHECK(fabs(loss - examples[i].loss) <= bound && fabs(dtau - examples[i].dtau) <= bound);
        for (size_t c = 0; c < 4; c++)
            CHECK(fabs(get(dx, type, c) - examples[i].dx[c]) <= bound + dtype_epsilon(type));
    }
}

static void refused(int type) {
    static uint64_t x[6], out[6];
    const int32_t y[2] = {0, 2}, far[2] = {0, 3};
    double a[2] = {1, 2}, b[2] = {3, 4}, taus[2] = {1, NAN};
    for (size_t i = 0; i < 6; i++) put(x, type, i, (double)(i * 7 % 5));
    memset(out, 0xa5, sizeof out);
    watch_nothing();
    watch(0, out, sizeof out);
    watch(1, a, sizeof a);
    watch(2, b, sizeof b);
    watch(3, x, sizeof x);
#define TAU_CALL(x, xs, y, taus, count, rho) \
    cross_entropy(type, x, xs, y, LGT_I32, taus, count, rho, a, out, 3, b, 2, 3)
    REFUSED(TAU_CALL(NULL, 3, y, NULL, 0, 0), LGT_E_NULL);
    REFUSED(TAU_CALL(x, 3, NULL, NULL, 0, 0), LGT_E_NULL);
    REFUSED(TAU_CALL(x, 2, y, NULL, 0, 0), LGT_E_STRIDE);
    REFUSED(TAU_CALL(x, SIZE_MAX / 2, y, NULL, 0, 0), LGT_E_SIZE);
    REFUSED(TAU_CALL(x, 3, far, NULL, 0, 0), LGT_E_LABEL);
    REFUSED(TAU_CALL(x, 3, y, taus, 3, 0), LGT_E_SHAPE);
    REFUSED(TAU_CALL(x, 3, y, taus, 2, 0), LGT_E_VALUE);
    REFUSED(TAU_CALL(x, 3, y, NULL, 0, NAN), LGT_E_VALUE);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, a, out, 2, b, 2, 3), LGT_E_STRIDE);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, a,
                          (char *)(void *)x + dtype_size(type), 3, b, 2, 3),
            LGT_E_ALIAS);
    REFUSED(cross_entropy(type, x, 3, y, LGT_I32, NULL, 0, 0, (double *)(void *)x, out, 3, b, 2, 3),
            LGT_E_ALIAS);
}

void test(void) {
    labelled_each(0, as_defined);
    for (int type = 0; type < DTYPES; type++) {
        worked_examples(type);
        refused(type);
    }
}
