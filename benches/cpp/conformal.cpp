#include "conformal.hpp"

#include <cmath>
#include <memory>
#include <vector>

#include "beside.hpp"
#include "inputs.hpp"
#include "logitude.hpp"

namespace {

constexpr double alpha = 0.1, usual_threshold = 0.9;

// Scores of the rows' own classes, a model of them, and the sets of the same rows.
class Conformal {
  public:
    Conformal(const Scored &data, Shape shape, uint32_t method)
        : d(data), s(shape), model(12), scores(s.rows), masks(s.rows * ((s.cols + 63) / 64)),
          sizes(s.rows) {
        lgt_conformal_opts_default(&opts);
        opts.method = method;
        check(lgt_conformal_sets_scratch(s.cols, &bytes));
        scratch.resize(bytes / sizeof(uint64_t));
        score();
        check(lgt_conformal_fit(model.data(), model.size() * sizeof(uint64_t), scores.data(),
                                nullptr, LGT_I32, s.rows, 0, alpha, &opts, nullptr, 0));
        set();
        expect(covered(), "sets");
    }

    void score() {
        check(lgt_conformal_scores_f32(d.scores.as<float>(), s.cols, d.labels.data(), LGT_I32,
                                       nullptr, scores.data(), s.rows, s.cols, &opts));
    }

    void set(const double *thresholds = nullptr) {
        check(lgt_conformal_sets_f32(model.data(), d.scores.as<float>(), s.cols, nullptr, thresholds,
                                     masks.data(), (s.cols + 63) / 64, sizes.data(), s.rows,
                                     s.cols, scratch.data(), bytes));
    }

  private:
    // Of the rows that made the threshold, as many as it promises.
    bool covered() const {
        size_t hits = 0;
        for (size_t r = 0; r < s.rows; r++) {
            const auto label = static_cast<size_t>(d.labels[r]);
            hits += masks[r * ((s.cols + 63) / 64) + label / 64] >> label % 64 & 1;
        }
        const double share = static_cast<double>(hits) / static_cast<double>(s.rows);
        return share >= 1 - alpha && share < 1 - alpha + 0.01;
    }

    const Scored &d;
    Shape s;
    lgt_conformal_opts opts;
    State model;
    std::vector<double> scores;
    State masks;
    std::vector<uint32_t> sizes;
    State scratch;
    size_t bytes = 0;
};

Case sets(Shape s, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = logits(s);
        auto lac = std::make_shared<Conformal>(*d, s, LGT_CONFORMAL_LAC);
        auto aps = std::make_shared<Conformal>(*d, s, LGT_CONFORMAL_APS);
        auto usual = std::make_shared<std::vector<double>>(s.rows, usual_threshold);
        size_t bytes = 0;
        check(lgt_evaluate_size(nullptr, &bytes));
        auto state = std::make_shared<State>(bytes / sizeof(uint64_t));
        auto evaluate = [=, &d = *d] {
            check(lgt_evaluate_init(state->data(), bytes, nullptr));
            check(lgt_evaluate_update_f32(state->data(), d.scores.as<float>(), s.cols,
                                          d.labels.data(), LGT_I32, nullptr, s.rows, s.cols));
        };
        return keeping({read(d->scores, s.size() * sizeof(float)),
                        {"LAC scores", [=] { lac->score(); }, ""},
                        {"LAC sets", [=] { lac->set(); }, ""},
                        {"APS scores", [=] { aps->score(); }, ""},
                        {"APS sets at 0.9", [=] { aps->set(usual->data()); }, ""},
                        {"APS sets as fitted", [=] { aps->set(); }, ""},
                        {"evaluate", evaluate, ""}},
                       d);
    };
    return {name_of("conformal", s.rows, s.cols), "conformal", s, level, 4.0, kernels, true};
}

Case temperature(Shape s, unsigned level) {
    auto kernels = [=](Data &) {
        auto d = logits(s);
        auto run = [=, &d = *d] {
            lgt_temperature_model model;
            check(lgt_temperature_fit_f32(&model, d.scores.as<float>(), s.cols, d.labels.data(),
                                          LGT_I32, nullptr, s.rows, s.cols, nullptr));
            expect(std::fabs(model.temperature - 1.5) < 0.05, "temperature");
        };
        return keeping({read(d->scores, s.size() * sizeof(float)), {"fit", run, ""}}, d);
    };
    return {name_of("temperature", s.rows, s.cols), "temperature", s, level, 4.0, kernels, true};
}

}  // namespace

std::vector<Case> conformal_cases(unsigned level) {
    const Shape usual = {50000, 1000};
    return {sets(usual, level), temperature(usual, level)};
}
