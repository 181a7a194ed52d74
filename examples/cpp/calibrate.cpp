// Calibrates an overconfident classifier: a temperature is fitted to one half of the data,
// and the calibration error of the other half is printed before and after.
#include <cstdio>
#include <random>
#include <vector>

#include "logitude/logitude.hpp"

namespace lg = logitude;

struct data {
  std::vector<float> logits;
  std::vector<int> labels;
};

// Logits that favour the label, and are one and a half times as large as they should be.
static data sample(std::size_t rows, std::size_t cols, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<float> noise;
  std::uniform_int_distribution<int> label(0, static_cast<int>(cols) - 1);
  data made{std::vector<float>(rows * cols), std::vector<int>(rows)};
  for (float &logit : made.logits) logit = 3 * noise(generator);
  for (std::size_t r = 0; r < rows; r++) {
    made.labels[r] = label(generator);
    made.logits[r * cols + static_cast<std::size_t>(made.labels[r])] += 3 * 2.f;
  }
  return made;
}

static lgt_ece_top_label_report score(lg::rows_view<const float> probs, lg::numbers_view labels) {
  lg::ece_top_label_state state(15);
  state.update(probs, labels);
  return state.finish();
}

int main() {
  constexpr std::size_t rows = 4000, cols = 10;
  const data held_out = sample(rows, cols, 1), test = sample(rows, cols, 2);
  const auto logits = lg::rows(test.logits, cols);
  std::vector<float> before(rows * cols), after(rows * cols);

  lg::softmax(logits, lg::rows(before, cols));
  lgt_temperature_model model;
  const lg::status advice =
      lg::temperature_fit(model, lg::rows(held_out.logits, cols), held_out.labels);
  lg::temperature_apply(model, logits, lg::rows(after, cols));

  const auto was = score(lg::rows(before, cols), test.labels);
  const auto is = score(lg::rows(after, cols), test.labels);
  std::printf("temperature %.3f (%s): ECE %.4f before, %.4f after\n", model.temperature,
              lg::status_name(advice), was.ece, is.ece);
  return is.ece < was.ece / 4 ? 0 : 1;
}
