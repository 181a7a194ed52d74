#include "logitude.hpp"

#include <cstdio>
#include <cstdlib>

lgt_softmax_opts options(uint32_t algorithm, uint32_t store, const lgt_ctx *ctx) {
    lgt_softmax_opts opts;
    lgt_softmax_opts_default(&opts);
    opts.algorithm = algorithm;
    opts.store = store;
    opts.ctx = ctx;
    return opts;
}

void check(lgt_status status) {
    if (status < 0) {
        std::fprintf(stderr, "%s\n", lgt_status_string(status));
        std::exit(1);
    }
}

Kernel softmax(const char *name, const float *x, float *y, Shape s, lgt_softmax_opts opts) {
    auto run = [=] {
        check(lgt_softmax_f32(x, s.cols, y, s.cols, nullptr, s.rows, s.cols, &opts));
    };
    return {name, run, ""};
}

Kernel softmax_f64(const double *x, double *y, Shape s) {
    auto run = [=] {
        check(lgt_softmax_f64(x, s.cols, y, s.cols, nullptr, s.rows, s.cols, nullptr));
    };
    return {"f64", run, ""};
}

Kernel softmax_f16(const lgt_f16 *x, lgt_f16 *y, Shape s) {
    auto run = [=] {
        check(lgt_softmax_f16(x, s.cols, y, s.cols, nullptr, s.rows, s.cols, nullptr));
    };
    return {"f16", run, ""};
}

Kernel softmax_bf16(const lgt_bf16 *x, lgt_bf16 *y, Shape s) {
    auto run = [=] {
        check(lgt_softmax_bf16(x, s.cols, y, s.cols, nullptr, s.rows, s.cols, nullptr));
    };
    return {"bf16", run, ""};
}

Kernel log_softmax(const float *x, float *y, Shape s) {
    auto run = [=] {
        check(lgt_log_softmax_f32(x, s.cols, y, s.cols, nullptr, s.rows, s.cols, nullptr));
    };
    return {"log_softmax", run, ""};
}

Kernel logsumexp(const float *x, float *y, Shape s) {
    auto run = [=] { check(lgt_logsumexp_f32(x, s.cols, y, s.rows, s.cols, nullptr)); };
    return {"logsumexp", run, ""};
}

Kernel sparsemax(const float *x, float *y, Shape s) {
    auto run = [=] {
        check(lgt_sparsemax_f32(x, s.cols, y, s.cols, nullptr, nullptr, s.rows, s.cols));
    };
    return {"sparsemax", run, ""};
}

Kernel entmax15(const float *x, float *y, Shape s) {
    auto run = [=] {
        check(lgt_entmax15_f32(x, s.cols, y, s.cols, nullptr, nullptr, s.rows, s.cols));
    };
    return {"entmax15", run, ""};
}

Kernel nll(const float *x, const int32_t *labels, Shape s) {
    auto run = [=] {
        uint64_t state[77];
        check(lgt_nll_init(state, sizeof state));
        check(lgt_nll_update_f32(state, x, s.cols, labels, LGT_I32, nullptr, s.rows, s.cols));
    };
    return {"nll", run, ""};
}

Kernel temperature(const float *x, const int32_t *labels, Shape s) {
    auto run = [=] {
        lgt_temperature_model model;
        check(lgt_temperature_fit_f32(&model, x, s.cols, labels, LGT_I32, nullptr, s.rows, s.cols,
                                      nullptr));
    };
    return {"temperature fit", run, ""};
}
