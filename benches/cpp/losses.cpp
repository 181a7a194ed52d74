#include "losses.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "inputs.hpp"
#include "logitude.hpp"
#include "memory.hpp"

namespace {

// What cross-entropy reads and writes.
struct Losses {
    std::shared_ptr<Scored> of;
    Buffer grad;
    explicit Losses(Shape s) : of(logits(s)), grad(s.size() * sizeof(float)) {}
};

Kernel cross_entropy(const char *name, std::shared_ptr<Losses> d, Shape s, bool grad,
                     double smoothing) {
    auto run = [=] {
        lgt_cross_entropy_opts opts;
        lgt_cross_entropy_opts_default(&opts);
        opts.reduction = LGT_REDUCTION_MEAN;
        opts.label_smoothing = smoothing;
        double total = 0;
        check(lgt_cross_entropy_f32(d->of->scores.as<float>(), s.cols, d->of->labels.data(),
                                    LGT_I32, nullptr, nullptr, nullptr,
                                    grad ? d->grad.as<float>() : nullptr, s.cols, &total, s.rows,
                                    s.cols, &opts));
        if (!(total > 0)) std::abort();
    };
    return {name, run, ""};
}

// The gradient of the first row, from the definition.
void verify(const Losses &d, Shape s) {
    const float *x = d.of->scores.as<float>(), *grad = d.grad.as<float>();
    double sum = 0;
    for (size_t c = 0; c < s.cols; c++) sum += std::exp(double{x[c]});
    for (size_t c = 0; c < s.cols; c++) {
        const bool own = c == static_cast<size_t>(d.of->labels[0]);
        const double want = (std::exp(double{x[c]}) / sum - own) / static_cast<double>(s.rows);
        if (std::fabs(grad[c] - want) > 1e-6 / static_cast<double>(s.rows)) {
            std::fprintf(stderr, "cross-entropy: wrong gradient\n");
            std::exit(1);
        }
    }
}

Case against_copy(Shape s, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = std::make_shared<Losses>(s);
        Kernel ours = cross_entropy("ours", d, s, true, 0);
        ours.run();
        verify(*d, s);
        auto copy = [=] {
            memory::stream_copy(d->of->scores.as<float>(), d->grad.as<float>(), s.size());
        };
        return std::vector<Kernel>{{"stream copy", copy, ""},
                                   ours,
                                   cross_entropy("without gradient", d, s, false, 0),
                                   cross_entropy("with smoothing", d, s, true, 0.1)};
    };
    const std::string name = std::to_string(s.rows) + "x" + std::to_string(s.cols);
    return {"cross_entropy-" + name, "cross_entropy", s, level, 2.0, kernels, true};
}

}  // namespace

std::vector<Case> loss_cases(unsigned level) {
    std::vector<Case> all;
    for (Shape s : {Shape{4096, 32000}, Shape{64000, 1000}, Shape{4096, 1000}, Shape{64, 1000},
                    Shape{100000, 10}}) {
        all.push_back(against_copy(s, level));
    }
    return all;
}
