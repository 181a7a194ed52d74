/* Losses of pairs against their definition, and worked figures. */
#include "guarded.h"
#include "refused.h"

static long double softplus(long double x) {
    return (x > 0 ? x : 0) + log1pl(expl(-fabsl(x)));
}

static long double truth(const lgt_dpo_opts *o, long double h, long double *slope) {
    long double z = o->beta * h, e = o->label_smoothing, own = 1 / (1 + expl(-z));
    switch (o->form) {
    case LGT_DPO_SIGMOID:
        *slope = o->beta * (e * own - (1 - e) / (1 + expl(z)));
        return (1 - e) * softplus(-z) + e * softplus(z);
    case LGT_DPO_HINGE:
        *slope = z < 1 ? -o->beta : 0;
        return z < 1 ? 1 - z : 0;
    default:
        *slope = 2 * (h - 1 / (2 * (long double)o->beta));
        return *slope * *slope / 4;
    }
}

/* Log-likelihoods of answers: multiples of a quarter that every type holds. */
static double number(size_t i, int which) {
    return -0.25 * (double)((i * (size_t)(7 + 4 * which) + (size_t)which * 13) % 97);
}

static void check(int type, size_t n, uint32_t form, double smoothing, double gamma_of) {
    size_t bytes = dtype_size(type);
    int computed = type == F64 ? F64 : F32;
    guarded in[4], weights = guard_end(n * dtype_size(computed)), loss = guard_end(n * 8);
    guarded grad = guard_end(n * bytes), margin = guard_end(n * 8);
    for (int k = 0; k < 4; k++) {
        in[k] = guard_end(n * bytes);
        for (size_t i = 0; i < n; i++) put(in[k].data, type, i, number(i, k));
    }
    for (size_t i = 0; i < n; i++) put(weights.data, computed, i, 0.25 * (double)(i % 5));
    lgt_dpo_opts opts;
    lgt_dpo_opts_default(&opts);
    opts.form = form, opts.label_smoothing = smoothing, opts.gamma = gamma_of, opts.beta = 0.25;
    double total;
    lgt_status status;
#define DPO(dtype, element, weight)                                                          \
    lgt_dpo_##dtype((const element *)in[0].data, (const element *)in[1].data,                \
                    (const element *)in[2].data, (const element *)in[3].data,                \
                    (const weight *)weights.data, (double *)loss.data, (element *)grad.data, \
                    (double *)margin.data, &total, n, &opts)
    switch (type) {
    case F32: status = DPO(f32, float, float); break;
    case F64: status = DPO(f64, double, double); break;
    case F16: status = DPO(f16, lgt_f16, float); break;
    default: status = DPO(bf16, lgt_bf16, float);
    }
    CHECK_STATUS(status, LGT_OK);
    long double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double weight = 0.25 * (double)(i % 5);
        long double slope, ahead = number(i, 0) - number(i, 1);
        long double h = ahead - gamma_of * (number(i, 2) - number(i, 3));
        long double want = truth(&opts, h, &slope);
        double tiny = 1e-14 * (1 + fabs((double)h));
        if (weight == 0) want = 0;
        sum += weight * want;
        CHECK(fabsl(((double *)loss.data)[i] - want) <= tiny * (1 + fabsl(want)));
        CHECK(fabsl(((double *)margin.data)[i] - opts.beta * h) <= tiny);
        double got = get(grad.data, type, i);
        CHECK(fabsl(got - weight * slope) <= dtype_epsilon(type) * fabsl(weight * slope) + tiny +
                                                 (type == F16 ? 6e-8 : 0));
    }
    CHECK(fabsl(total - sum) <= 1e-13 * (1 + fabsl(sum)));
    for (int k = 0; k < 4; k++) guard_free(in[k]);
    guard_free(weights);
    guard_free(loss);
    guard_free(grad);
    guard_free(margin);
}

static const double pw[4] = {-10, -20, -5, -8}, pl[4] = {-12, -18, -5, -9.5};
static const double rw[4] = {-11, -25, -6, -9}, rl[4] = {-11.5, -18, -5.5, -9.2};

static void figures(uint32_t form, double gamma_of, const double *want) {
    lgt_dpo_opts opts;
    lgt_dpo_opts_default(&opts);
    opts.form = form, opts.gamma = gamma_of;
    double loss[4], grad[4];
    CHECK_STATUS(lgt_dpo_f64(pw, pl, rw, rl, NULL, loss, grad, NULL, NULL, 4, &opts), LGT_OK);
    for (int i = 0; i < 4; i++) CHECK(fabs(loss[i] - want[i]) <= 6e-11);
    if (form == LGT_DPO_SIGMOID && gamma_of == 1) {
        const double slope[4] = {-.04625701547, -.03775406688, -.04875026035, -.04675456936};
        for (int i = 0; i < 4; i++) CHECK(fabs(grad[i] - slope[i]) <= 6e-12);
    }
}

void test(void) {
    for (int type = 0; type < DTYPES; type++)
        for (size_t n = 0; n < 600; n = n < 20 ? n + 1 : n + 87)
            for (uint32_t form = 0; form < 3; form++) {
                check(type, n, form, 0, 1);
                check(type, n, form, form ? 0 : 0.125, 0.5);
            }
    const double dpo[4] = {.6209570478, .4740769842, .668459648, .6302581947};
    const double ipo[4] = {12.25, 0, 20.25, 13.69};
    const double half[4] = {.6094704307, .6209570478, .6807253035, .6255951823};
    figures(LGT_DPO_SIGMOID, 1, dpo);
    figures(LGT_DPO_IPO, 1, ipo);
    figures(LGT_DPO_SIGMOID, .5, half);

    /* No reference; infinite and NaN; the mean of nothing. */
    const double inf = HUGE_VAL, a[4] = {0, inf, inf, NAN}, b[4] = {0, 0, inf, 0};
    double loss[4], grad[4], total;
    CHECK_STATUS(lgt_dpo_f64(a, b, NULL, NULL, NULL, loss, grad, NULL, NULL, 4, NULL), LGT_OK);
    CHECK(fabs(loss[0] - 0.69314718055994531) <= 1e-15 && grad[0] == -0.05);
    CHECK(loss[1] == 0 && grad[1] == 0 && isnan(loss[2]) && isnan(grad[2]) && isnan(loss[3]));
    CHECK_STATUS(lgt_dpo_f64(b, a, NULL, NULL, NULL, loss, grad, NULL, NULL, 2, NULL), LGT_OK);
    CHECK(loss[1] == inf && grad[1] == -0.1);
    lgt_dpo_opts opts;
    lgt_dpo_opts_default(&opts);
    opts.reduction = LGT_REDUCTION_MEAN;
    CHECK_STATUS(lgt_dpo_f64(a, b, NULL, NULL, NULL, NULL, NULL, NULL, &total, 0, &opts),
                 LGT_UNDEFINED);
    CHECK(isnan(total));
    lgt_dpo_opts_default(&opts);

    double kept[4] = {7, 7, 7, 7}, losses[4] = {7, 7, 7, 7};
    watch(0, kept, sizeof kept);
    watch(1, losses, sizeof losses);
#define REFUSED_DPO(first, second, status) \
    REFUSED(lgt_dpo_f64(pw, pl, first, second, NULL, losses, kept, NULL, NULL, 4, &opts), status)
    REFUSED_DPO(rw, NULL, LGT_E_NULL);
    REFUSED_DPO(rw, kept, LGT_E_ALIAS);
    double *numbers[] = {&opts.beta, &opts.label_smoothing, &opts.gamma, &opts.grad_scale};
    for (int i = 0; i < 4; i++) {
        double before = *numbers[i];
        *numbers[i] = i == 0 ? 0 : i == 1 ? 1.5 : NAN;
        REFUSED_DPO(rw, rl, LGT_E_VALUE);
        *numbers[i] = before;
    }
    opts.form = 3;
    REFUSED_DPO(rw, rl, LGT_E_OPTION);
    opts.form = 1, opts.label_smoothing = .1;
    REFUSED_DPO(rw, rl, LGT_E_OPTION);
    opts.form = 0, opts.reserved = 1;
    REFUSED_DPO(rw, rl, LGT_E_OPTION);
    watch_nothing();
}
