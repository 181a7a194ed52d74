#include "cases.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include "adversarial.hpp"
#include "conformal.hpp"
#include "logitude.hpp"
#include "masked.hpp"
#include "losses.hpp"
#include "memory.hpp"
#include "scoring.hpp"
#include "workers.hpp"

namespace {

constexpr size_t rows_of_one[] = {1000,    8000,    32000,   128256,   524288,
                                  1000000, 4200000, 8400000, 16000000, 33500000};
constexpr size_t hugest = 256000000;
constexpr Shape batches[] = {{64, 1000},    {4096, 1000},  {64, 32000},   {64000, 1000},
                             {64000, 1024}, {2000, 32000}, {1000000, 10}, {100000, 100}};

std::string name_of(Shape s) {
    return (s.rows == 1 ? "" : std::to_string(s.rows) + "x") + std::to_string(s.cols);
}

template <class T>
void append(std::vector<T> &to, std::vector<T> from) {
    for (T &each : from) to.push_back(std::move(each));
}

std::vector<Kernel> memory_kernels(const float *x, float *y, size_t n) {
    return {{"read", [=] { memory::read(x, n); }, ""},
            {"write", [=] { memory::write(y, n); }, ""},
            {"memcpy", [=] { std::memcpy(y, x, n * sizeof *x); }, ""},
            {"stream copy", [=] { memory::stream_copy(x, y, n); }, ""}};
}

// A rival that computes something else is none. (Float sums of a long row are
// off by per cents.)
void verify(const std::vector<Kernel> &kernels, const float *y, size_t n) {
    const auto find = [&](const char *name) {
        return std::find_if(kernels.begin(), kernels.end(),
                            [&](const Kernel &k) { return k.name == name; });
    };
    const auto ours = find("ours");
    ours->run();
    const std::vector<float> expected(y, y + n);
    for (auto k = ours; k != kernels.end(); k++) {
        if (!k->run) continue;
        k->run();
        for (size_t i = 0; i < n; i++) {
            if (!(std::fabs(y[i] - expected[i]) <= 0.05f * expected[i] + 1e-30f)) {
                std::fprintf(stderr, "%s: wrong result\n", k->name.c_str());
                std::exit(1);
            }
        }
    }
}

// Softmax against everybody.
Case against(const char *group, Shape s, unsigned level, double seconds) {
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        auto k = memory_kernels(x, y, s.size());
        k.push_back(softmax("ours", x, y, s, options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO)));
        append(k, published_kernels(x, y, s, level));
        // They choose their instructions themselves: the best there are.
        if (level == lgt_cpu_level()) {
            k.push_back(xnnpack(x, y, s));
            k.push_back(onednn(x, y, s));
        }
        verify(k, y, s.cols);
        return k;
    };
    return {std::string(group) + "-" + name_of(s), group, s, level, seconds, kernels};
}

// Our algorithms by name, all under one store policy.
Case by_name(const char *group, size_t cols, uint32_t store, unsigned level) {
    const Shape s = {1, cols};
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        std::vector<Kernel> k = {
            softmax("reload", x, y, s, options(LGT_SOFTMAX_THREE_PASS_RELOAD, store)),
            softmax("recompute", x, y, s, options(LGT_SOFTMAX_THREE_PASS_RECOMPUTE, store)),
            softmax("online", x, y, s, options(LGT_SOFTMAX_ONLINE, store)),
#ifdef LGT_SOFTMAX_TWO_PASS
            softmax("two-pass", x, y, s, options(LGT_SOFTMAX_TWO_PASS, store)),
#else
            {"two-pass", {}, "not in the library"},
#endif
            softmax("auto", x, y, s, options(LGT_SOFTMAX_AUTO, store)),
        };
        return k;
    };
    return {std::string(group) + "-" + name_of(s), group, s, level, 0.8, kernels};
}

Case workers(Shape s, unsigned level) {
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        const auto policy = [](const lgt_ctx *ctx) {
            return options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO, ctx);
        };
        Kernel one = softmax("one", x, y, s, policy(nullptr));
        const int other = other_processor();
        if (other < 0) return std::vector<Kernel>{one, {"two", {}, "only one processor"}};
        auto pool = std::make_shared<Workers>(other);
        Kernel two = softmax("two", x, y, s, policy(pool->ctx()));
        Kernel one_wall = one, two_wall = two;
        one_wall.name = "one, wall", one_wall.clock = Clock::wall, one_wall.least = true;
        two_wall.name = "two, wall", two_wall.clock = Clock::wall, two_wall.least = true;
        two.extra = [pool] { return pool->extra(); };
        return std::vector<Kernel>{one, two, one_wall, two_wall};
    };
    return {"workers-" + name_of(s), "workers", s, level, 3.0, kernels};
}

Case types(size_t cols, unsigned level) {
    const Shape s = {1, cols};
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        auto f64 = std::make_shared<Buffer>(2 * cols * sizeof(double));
        auto f16 = std::make_shared<Buffer>(2 * cols * sizeof(lgt_f16));
        auto bf16 = std::make_shared<Buffer>(2 * cols * sizeof(lgt_bf16));
        double *x64 = f64->as<double>();
        lgt_f16 *x16 = f16->as<lgt_f16>();
        lgt_bf16 *xb16 = bf16->as<lgt_bf16>();
        for (size_t i = 0; i < cols; i++) {
            x64[i] = static_cast<double>(x[i]);
            x16[i] = lgt_f16_from_f32(x[i]);
            xb16[i] = lgt_bf16_from_f32(x[i]);
        }
        std::vector<Kernel> k = {
            softmax("f32", x, d.y.as<float>(), s, options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO)),
            softmax_f64(x64, x64 + cols, s), softmax_f16(x16, x16 + cols, s),
            softmax_bf16(xb16, xb16 + cols, s)};
        // The arrays live as long as the kernels.
        for (Kernel &each : k) each.run = [run = each.run, f64, f16, bf16] { run(); };
        return k;
    };
    return {"types-" + name_of(s), "types", s, level, 0.8, kernels};
}

Case other_functions(Shape s, unsigned level) {
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        d.labels.resize(s.rows);
        for (size_t r = 0; r < s.rows; r++) d.labels[r] = static_cast<int32_t>(r % s.cols);
        const int32_t *labels = d.labels.data();
        auto k = memory_kernels(x, y, s.size());
        append(k, {softmax("softmax", x, y, s, options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO)),
                   log_softmax(x, y, s), logsumexp(x, y, s), nll(x, labels, s),
                   temperature(x, labels, s)});
        return k;
    };
    return {"functions-" + name_of(s), "functions", s, level, 0.8, kernels};
}

// Sparse maps next to softmax.
Case sparse(Shape s, unsigned level) {
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        return std::vector<Kernel>{
            softmax("softmax", x, y, s, options(LGT_SOFTMAX_AUTO, LGT_STORE_AUTO)),
            sparsemax(x, y, s), entmax15(x, y, s)};
    };
    return {"sparse-" + name_of(s), "sparse", s, level, 2.0, kernels};
}

// What a policy costs, and what it costs together with the output's reader.
Case stores(size_t cols, unsigned level) {
    const Shape s = {1, cols};
    auto kernels = [=](Data &d) {
        const float *x = d.x.as<float>();
        float *y = d.y.as<float>();
        std::vector<Kernel> k;
        for (const auto &[name, store] : {std::pair<const char *, uint32_t>{"auto", LGT_STORE_AUTO},
                                          {"cached", LGT_STORE_CACHED},
                                          {"streaming", LGT_STORE_STREAMING}}) {
            k.push_back(softmax(name, x, y, s, options(LGT_SOFTMAX_AUTO, store)));
            Kernel read = k.back();
            read.name += " + read";
            read.run = [=, run = read.run] {
                run();
                memory::read(y, cols);
            };
            k.push_back(read);
        }
        return k;
    };
    return {"store-" + name_of(s), "store", s, level, 0.8, kernels};
}

}  // namespace

Data::Data(size_t largest) : x(largest * sizeof(float)), y(largest * sizeof(float)) {
    fill_logits(x.as<float>(), largest);
}

std::vector<Case> cases(bool huge) {
    const unsigned level = lgt_cpu_level();
    std::vector<Case> all;
    for (size_t n : rows_of_one) all.push_back(against("row", {1, n}, level, 2.0));
    if (huge) all.push_back(against("row", {1, hugest}, level, 2.0));
    for (Shape s : batches) all.push_back(against("batch", s, level, 2.0));
    if (level == LGT_LEVEL_AVX512) {
        for (size_t n : {32000, 16000000}) {
            all.push_back(against("avx2", {1, n}, LGT_LEVEL_AVX2, 1.5));
        }
    }
    for (Shape s : {Shape{1, 16000000}, Shape{64000, 1000}}) all.push_back(workers(s, level));
    for (size_t n : rows_of_one) all.push_back(by_name("cached", n, LGT_STORE_CACHED, level));
    for (size_t n : rows_of_one) {
        if (n > 4000000) all.push_back(by_name("streaming", n, LGT_STORE_STREAMING, level));
    }
    for (size_t n : {1000, 32000, 4200000}) {
        const Shape s = {1, n};
        all.push_back({"adversarial-" + name_of(s), "adversarial", s, level, 0.8,
                       [s](Data &d) { return adversarial(d.x.as<float>(), d.y.as<float>(), s); }});
    }
    for (Shape s : {Shape{64, 32000}, Shape{4, 32000}}) {
        all.push_back({"masked-" + name_of(s), "masked", s, level, 0.8,
                       [s](Data &d) { return masked(d.x.as<float>(), d.y.as<float>(), s); }});
    }
    for (size_t n : {1000, 32000, 16000000}) all.push_back(types(n, level));
    for (Shape s : {Shape{100000, 10}, Shape{4096, 1000}, Shape{64, 32000}, Shape{1, 16000000}}) {
        all.push_back(other_functions(s, level));
    }
    for (Shape s : {Shape{64, 1000}, Shape{5000, 1000}}) all.push_back(sparse(s, level));
    for (size_t n : {1000000, 16000000}) all.push_back(stores(n, level));
    append(all, scoring_cases(level));
    append(all, conformal_cases(level));
    append(all, loss_cases(level));
    return all;
}
