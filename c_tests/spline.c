/* Spline calibration: values against least squares over the truncated powers that make up
 * natural splines. */
#include "in_order.h"

IN_ORDER(spline)

enum { KNOTS = 5, STEPS = 71 };
static lgt_spline_opts opts;

/* The curve: different scores, and up to each the share of weight and of gains. */
static double score[STEPS + 1], share[STEPS + 1], gain[STEPS + 1];
static size_t steps;

static void curve(const labelled *data, int weighted) {
    double total = 0, last = -1;
    for (size_t r = 0; r < data->rows; r++) total += in_order_weight(data, weighted, r);
    steps = 0;
    share[0] = gain[0] = 0;
    for (;;) {
        double next = INFINITY, weight = 0, gains = 0;
        for (size_t r = 0; r < data->rows; r++) {
            double x = labelled_x(data, r, 0);
            if (x > last && in_order_weight(data, weighted, r) > 0) next = fmin(next, x);
        }
        if (isinf(next)) return;
        for (size_t r = 0; r < data->rows; r++) {
            double w = in_order_weight(data, weighted, r);
            if (labelled_x(data, r, 0) != next) continue;
            weight += w / total;
            gains += w / total * ((double)labelled_label(data, r) - (opts.target ? 0 : next));
        }
        score[++steps] = last = next;
        share[steps] = share[steps - 1] + weight;
        gain[steps] = gain[steps - 1] + gains;
    }
}

static double cube(double t) { return t > 0 ? t * t * t : 0; }

static double power(size_t i, double t) {
    double knot = (double)i / (KNOTS - 1);
    return (cube(t - knot) - cube(t - 1)) / (1 - knot);
}

/* A basis of natural splines. */
static double basis(size_t i, double t) {
    if (i < 2) return i ? t : 1;
    return power(i - 2, t) - power(KNOTS - 2, t);
}

static double factors[KNOTS];

static double spline(double t) {
    double sum = 0;
    for (size_t i = 0; i < KNOTS; i++) sum += factors[i] * basis(i, t);
    return sum;
}

/* Least squares by quadrature, and elimination. */
static void solve(void) {
    static const double node[4] = {-0.8611363115940526, -0.3399810435848563, 0.3399810435848563,
                                   0.8611363115940526};
    static const double weight[4] = {0.3478548451374538, 0.6521451548625461, 0.6521451548625461,
                                     0.3478548451374538};
    long double a[KNOTS][KNOTS + 1];
    memset(a, 0, sizeof a);
    for (size_t s = 1; s <= steps; s++) {
        double end = share[s], rise = (gain[s] - gain[s - 1]) / (end - share[s - 1]);
        for (double from = share[s - 1], to; from < end; from = to) {
            to = fmin(end, (floor(from * (KNOTS - 1) + 1e-9) + 1) / (KNOTS - 1));
            for (int q = 0; q < 4; q++) {
                double t = (from + to) / 2 + (to - from) / 2 * node[q];
                double w = weight[q] * (to - from) / 2;
                double value = gain[s - 1] + rise * (t - share[s - 1]);
                for (size_t i = 0; i < KNOTS; i++) {
                    for (size_t j = 0; j < KNOTS; j++) a[i][j] += w * basis(i, t) * basis(j, t);
                    a[i][KNOTS] += w * basis(i, t) * value;
                }
            }
        }
    }
    for (size_t i = 0; i < KNOTS; i++)
        for (size_t r = 0; r < KNOTS; r++)
            for (size_t j = KNOTS + 1; r != i && j-- > i;) a[r][j] -= a[r][i] / a[i][i] * a[i][j];
    for (size_t i = 0; i < KNOTS; i++) factors[i] = (double)(a[i][KNOTS] / a[i][i]);
}

static void values(const labelled *data, int weighted, const lgt_model_head *model,
                   const void *y) {
    const double *knots = (const double *)(model + 1);
    curve(data, weighted);
    int fitted = model->fit_status == LGT_OK;
    if (fitted) {
        solve();
        for (size_t i = 0; i < KNOTS; i++)
            CHECK(fabs(knots[i] - spline((double)i / (KNOTS - 1))) < 1e-9);
    }
    for (size_t r = 0; r < data->rows; r++) {
        size_t s = 1;
        double x = labelled_x(data, r, 0), exact = 0;
        if (in_order_weight(data, weighted, r) == 0) continue;
        if (fitted) {
            while (score[s] < x) s++;
            exact = (spline(share[s]) - spline(share[s - 1])) / (share[s] - share[s - 1]);
            exact = fmax(0, fmin(1, exact + (opts.target ? 0 : x)));
        } else {
            exact = gain[steps] + (opts.target ? 0 : x);
        }
        CHECK(fabs(get(y, data->type, r) - exact) < 1e-8 + dtype_epsilon(data->type));
    }
}

/* Labels of one kind, or scores: the mean label. */
static int is_open(const labelled *data, int weighted) {
    int hits = 0, misses = 0;
    for (size_t r = 0; r < data->rows; r++) {
        if (in_order_weight(data, weighted, r) == 0) continue;
        hits |= labelled_label(data, r) == 1;
        misses |= labelled_label(data, r) == 0;
    }
    curve(data, weighted);
    return steps < 2 || !(hits && misses);
}

static void nothing(const labelled *data, int weighted, const lgt_model_head *model,
                    const void *y) {
    CHECK(model->fit_status == LGT_DEGENERATE);
    (void)data, (void)weighted, (void)y;
}

static void each(const labelled *data) {
    opts.knots = KNOTS;
    for (int weighted = 0; weighted < 2 && data->rows % 7 < 3; weighted++) {
        for (opts.target = 0; opts.target < 2; opts.target++) {
            int open = is_open(data, weighted);
            in_order_check(&functions, data, weighted, &opts, open ? nothing : values);
        }
    }
}

static void options(void) {
    size_t bytes;
    lgt_spline_opts_default(NULL);
    lgt_spline_opts_default(&opts);
    CHECK(opts.struct_size == sizeof opts && opts.knots == 6 && opts.target == 0);
    CHECK_STATUS(lgt_spline_size(1000000, NULL, &bytes), LGT_OK);
    CHECK(bytes == 40 + 6 * 8 + 1024 * 16);
    CHECK_STATUS(lgt_spline_size(0, NULL, &bytes), LGT_OK);
    CHECK(bytes == 40 + 6 * 8 + 2 * 16);
    for (int bad = 0; bad < 5; bad++) {
        lgt_spline_opts_default(&opts);
        if (bad == 0) opts.knots = 1;
        if (bad == 1) opts.knots = 33;
        if (bad == 2) opts.target = 2;
        if (bad == 3) opts.reserved = 1;
        if (bad == 4) opts.struct_size = 0;
        CHECK_STATUS(lgt_spline_size(3, &opts, &bytes), bad < 2 ? LGT_E_VALUE : LGT_E_OPTION);
    }
    lgt_spline_opts_default(&opts);
}

void test(void) {
    options();
    points_each(each);
    in_order_refused(&functions);
    in_order_any_bytes(&functions, 3, 5);
    in_order_any_bytes(&functions, 6 + 256, 8);
}
