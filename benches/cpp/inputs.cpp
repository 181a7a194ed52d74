#include "inputs.hpp"

#include <cmath>
#include <random>

#include "logitude.hpp"

namespace {

constexpr float too_sure = 1.5f;

// Rows of noise are windows into this one: to draw each number of the largest
// matrix would take longer than to time it.
const std::vector<float> &noise() {
    static const std::vector<float> drawn = [] {
        std::mt19937 random(1);
        std::normal_distribution<float> normal;
        std::vector<float> v(size_t{1} << 22);
        for (float &x : v) x = normal(random);
        return v;
    }();
    return drawn;
}

size_t below(size_t n, std::mt19937_64 &random) { return random() % n; }

}  // namespace

// Noise of variance v, and v more for the label: what softmax then says is right. The
// noise of the other classes comes to about sqrt(2 ln cols) standard deviations, so
// that at this v the label is the largest as often whatever their number.
std::shared_ptr<Scored> logits(Shape s) {
    auto made = std::make_shared<Scored>(s, sizeof(float));
    std::mt19937_64 random(2);
    const float v = 2 * std::log(static_cast<float>(s.cols)), scale = too_sure * std::sqrt(v);
    float *row = made->scores.as<float>();
    for (size_t r = 0; r < s.rows; r++, row += s.cols) {
        const float *from = noise().data() + below(noise().size() - s.cols, random);
        for (size_t c = 0; c < s.cols; c++) row[c] = scale * from[c];
        const size_t label = below(s.cols, random);
        row[label] += too_sure * v;
        made->labels[r] = static_cast<int32_t>(label);
    }
    return made;
}

std::shared_ptr<Scored> logits_bf16(Shape s) {
    const auto exact = logits(s);
    auto made = std::make_shared<Scored>(s, sizeof(lgt_bf16));
    made->labels = exact->labels;
    for (size_t i = 0; i < s.size(); i++) {
        made->scores.as<lgt_bf16>()[i] = lgt_bf16_from_f32(exact->scores.as<float>()[i]);
    }
    return made;
}

std::shared_ptr<Scored> probabilities(Shape s) {
    auto made = logits(s);
    float *x = made->scores.as<float>();
    check(lgt_softmax_f32(x, s.cols, x, s.cols, nullptr, s.rows, s.cols, nullptr));
    return made;
}

std::shared_ptr<Scored> probabilities_of_one(size_t rows) {
    auto made = std::make_shared<Scored>(Shape{rows, 1}, sizeof(float));
    std::mt19937_64 random(3);
    for (size_t r = 0; r < rows; r++) {
        const bool label = below(2, random) == 1;
        const float logit = 2 * noise()[r % noise().size()] + (label ? 2.0f : -2.0f);
        made->scores.as<float>()[r] = 1 / (1 + std::exp(-too_sure * logit));
        made->labels[r] = label;
    }
    return made;
}

std::shared_ptr<Buffer> pairs(size_t rows, uint32_t classes) {
    auto made = std::make_shared<Buffer>(2 * rows * sizeof(int64_t));
    std::mt19937_64 random(4);
    int64_t *predicted = made->as<int64_t>(), *labels = predicted + rows;
    for (size_t r = 0; r < rows; r++) {
        labels[r] = static_cast<int64_t>(below(classes, random));
        predicted[r] =
            below(3, random) > 0 ? labels[r] : static_cast<int64_t>(below(classes, random));
    }
    return made;
}
