#include "scoring.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "beside.hpp"
#include "inputs.hpp"
#include "logitude.hpp"
#include "memory.hpp"

namespace {

lgt_status update(void *state, const float *x, const int32_t *labels, Shape s) {
    return lgt_evaluate_update_f32(state, x, s.cols, labels, LGT_I32, nullptr, s.rows, s.cols);
}

lgt_status update(void *state, const lgt_bf16 *x, const int32_t *labels, Shape s) {
    return lgt_evaluate_update_bf16(state, x, s.cols, labels, LGT_I32, nullptr, s.rows, s.cols);
}

float widened(float x) { return x; }
float widened(lgt_bf16 x) { return lgt_bf16_to_f32(x); }

// The loss of the first row, from the definition.
template <class T>
double loss(const Scored &d, Shape s) {
    const T *x = d.scores.as<T>();
    const double label = static_cast<double>(widened(x[d.labels[0]]));
    double sum = 0;
    for (size_t c = 0; c < s.cols; c++) {
        sum += std::exp(static_cast<double>(widened(x[c])) - label);
    }
    return std::log(sum);
}

// From an empty state to the report.
template <class T>
Kernel evaluate(const char *name, const Scored &d, Shape s, uint32_t classes) {
    lgt_evaluate_opts opts;
    lgt_evaluate_opts_default(&opts);
    opts.classes = classes;
    size_t bytes = 0;
    check(lgt_evaluate_size(&opts, &bytes));
    auto state = std::make_shared<State>(bytes / sizeof(uint64_t));
    auto score = [=, &d](size_t rows) {
        lgt_evaluate_report report;
        check(lgt_evaluate_init(state->data(), bytes, &opts));
        check(update(state->data(), d.scores.as<T>(), d.labels.data(), {rows, s.cols}));
        check(lgt_evaluate_finish(state->data(), &report));
        return report;
    };
    const double expected = loss<T>(d, s);
    expect(std::fabs(score(1).nll - expected) <= 1e-5 * std::fmax(1, expected), name);
    return {name, [=] { score(s.rows); }, ""};
}

template <class T>
Case evaluation(const char *suffix, Shape s, unsigned level,
                std::shared_ptr<Scored> (*inputs)(Shape)) {
    auto kernels = [=](Data &) {
        auto d = inputs(s);
        const auto classes = static_cast<uint32_t>(s.cols);
        return keeping({read(d->scores, s.size() * sizeof(T)), evaluate<T>("ours", *d, s, classes),
                        evaluate<T>("without classes", *d, s, 0)},
                       d);
    };
    return {name_of("evaluate", s.rows, s.cols) + suffix, "evaluate", s, level, 2.0, kernels, true};
}

Case calibration_error(Shape s, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = probabilities(s);
        auto run = [=, &d = *d] {
            uint64_t state[4 + 13 * 15];
            lgt_ece_top_label_report report;
            check(lgt_ece_top_label_init(state, sizeof state, 15));
            check(lgt_ece_top_label_update_f32(state, d.scores.as<float>(), s.cols,
                                               d.labels.data(), LGT_I32, nullptr, s.rows, s.cols));
            check(lgt_ece_top_label_finish(state, &report));
            expect(report.rows == s.rows && report.ece > 0, "ECE");
        };
        return keeping({read(d->scores, s.size() * sizeof(float)), {"ours", run, ""}}, d);
    };
    return {name_of("ece", s.rows, s.cols), "ece", s, level, 2.0, kernels, true};
}

Case two_classes(size_t rows, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = probabilities_of_one(rows);
        auto read = [=, &d = *d] {
            memory::read(d.scores.as<float>(), rows);
            memory::read(d.labels.data(), rows);
        };
        auto run = [=, &d = *d] {
            uint64_t state[(592 + 152 * 15) / 8];
            lgt_binary_report report;
            check(lgt_binary_init(state, sizeof state, 15, 0, LGT_BINARY_PROBABILITIES));
            check(lgt_binary_update_f32(state, d.scores.as<float>(), 1, d.labels.data(), LGT_I32,
                                        nullptr, rows));
            check(lgt_binary_finish(state, &report));
            expect(report.rows == rows && report.brier > 0, "two classes");
        };
        return keeping({{"read", read, ""}, {"ours", run, ""}}, d);
    };
    return {"binary-" + std::to_string(rows), "binary", {rows, 1}, level, 1.0, kernels, true};
}

// Macro F1, kappa and Matthews' correlation are in the report.
Case class_counts(size_t rows, uint32_t classes, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = pairs(rows, classes);
        const int64_t *predicted = d->as<int64_t>(), *labels = predicted + rows;
        size_t bytes = 0;
        check(lgt_class_counts_size(classes, nullptr, &bytes));
        auto state = std::make_shared<State>(bytes / sizeof(uint64_t));
        auto run = [=] {
            lgt_class_counts_report report;
            check(lgt_class_counts_init(state->data(), bytes, classes, nullptr));
            check(lgt_class_counts_update(state->data(), predicted, LGT_I64, labels, LGT_I64,
                                          nullptr, rows));
            check(lgt_class_counts_finish(state->data(), &report, nullptr));
            expect(report.rows == rows && report.mcc > 0, "class counts");
        };
        return keeping(
            {{"read", [=] { memory::read(predicted, 2 * rows); }, ""}, {"ours", run, ""}}, d);
    };
    return {name_of("counts", rows, classes), "counts", {rows, 1}, level, 1.0, kernels, true};
}

Case confusion(size_t rows, uint32_t classes, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = pairs(rows, classes);
        const int64_t *predicted = d->as<int64_t>(), *labels = predicted + rows;
        size_t bytes = 0;
        check(lgt_confusion_size(classes, nullptr, &bytes));
        auto state = std::make_shared<State>(bytes / sizeof(uint64_t));
        const size_t cells = size_t{classes} * classes;
        auto ours = std::make_shared<State>(cells), bins = std::make_shared<State>(cells);
        auto count = [=] {
            std::fill(bins->begin(), bins->end(), 0);
            uint64_t *to = bins->data();
            for (size_t r = 0; r < rows; r++) {
                to[static_cast<size_t>(labels[r]) * classes + static_cast<size_t>(predicted[r])]++;
            }
        };
        auto run = [=] {
            check(lgt_confusion_init(state->data(), bytes, classes, nullptr));
            check(lgt_confusion_update(state->data(), predicted, LGT_I64, labels, LGT_I64, nullptr,
                                       rows));
            check(lgt_confusion_get_counts(state->data(), ours->data(), classes));
        };
        count();
        run();
        expect(*ours == *bins, "confusion");
        return keeping({{"read", [=] { memory::read(predicted, 2 * rows); }, ""},
                        {"ours", run, ""},
                        {"bincount loop", count, ""}},
                       d);
    };
    return {name_of("confusion", rows, classes), "confusion", {rows, 1}, level, 2.0, kernels, true};
}

}  // namespace

std::vector<Case> scoring_cases(unsigned level) {
    const Shape usual = {50000, 1000};
    std::vector<Case> all = {evaluation<float>("", usual, level, logits),
                             evaluation<lgt_bf16>("-bf16", usual, level, logits_bf16)};
    for (Shape s : {Shape{2000, 128256}, Shape{1000000, 10}, Shape{300000, 64}}) {
        all.push_back(evaluation<float>("", s, level, logits));
    }
    if (level == LGT_LEVEL_AVX512) {
        all.push_back(evaluation<float>("-avx2", usual, LGT_LEVEL_AVX2, logits));
    }
    all.push_back(calibration_error(usual, level));
    all.push_back(confusion(10000000, 1000, level));
    all.push_back(class_counts(10000000, 1000, level));
    all.push_back(two_classes(1000000, level));
    return all;
}
