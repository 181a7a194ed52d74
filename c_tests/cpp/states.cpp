// States own their bytes, move, merge, and come back from bytes.
#include <vector>

#include "check.h"
#include "logitude/logitude.hpp"

namespace lg = logitude;

static const std::vector<float> probs{0.75f, 0.25f, 0.5f, 0.5f, 0.125f, 0.875f};
static const std::vector<int> labels{0, 1, 1};

static lg::status refused(lg::status (*call)()) {
  try {
    return call();
  } catch (const lg::error &error) {
    return error.status();
  }
}

static bool same(const lg::buffer &a, const lg::buffer &b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size()) == 0;
}

static void merged_is_whole() {
  lg::ece_top_label_state whole(10), first(10), second = lg::ece_top_label_state::make(10);
  whole.update(lg::rows(probs, 2), labels);
  first.update(lg::rows_view<const float>(probs.data(), 1, 2), lg::view<const int>(labels.data(), 1));
  second.update(lg::rows_view<const float>(probs.data() + 2, 2, 2),
                lg::view<const int>(labels.data() + 1, 2));
  first.merge(second);
  CHECK(same(first, whole));
  const lgt_ece_top_label_report report = whole.finish();
  CHECK(report.rows == 3 && report.ece > 0);
  std::vector<lgt_reliability_bin> bins(10);
  whole.get_bins(bins);
  CHECK(bins[4].rows == 1 && bins[7].rows == 1 && bins[8].rows == 1);
}

static void moves() {
  lg::nll_state a;
  a.update(lg::rows(probs, 2), labels);
  const double nll = a.finish().nll;
  lg::nll_state b(std::move(a));
  CHECK(b.finish().nll == nll && a.data() == nullptr);
  lg::nll_state c;
  c = std::move(b);
  CHECK(c.finish().nll == nll);
  static_assert(!std::is_copy_constructible_v<lg::nll_state>);
  static_assert(std::is_nothrow_move_constructible_v<lg::nll_state>);
}

// What a program stored or was sent, wherever it lies.
static void loads() {
  lg::brier_state state;
  state.update(lg::rows(probs, 2), labels);
  const auto *first = static_cast<const unsigned char *>(state.data());
  static std::vector<unsigned char> stored;
  stored.assign(1, 0);
  stored.insert(stored.end(), first, first + state.size());
  const lg::const_bytes saved(stored.data() + 1, state.size());
  CHECK(same(lg::brier_state::load(saved), state));
  CHECK(lg::brier_state::load(saved).finish().brier == state.finish().brier);
  stored.erase(stored.begin());
  CHECK_STATUS(refused([] { return lg::nll_state::load(stored), LGT_OK; }), LGT_E_MISMATCH);
  stored.pop_back();
  CHECK_STATUS(refused([] { return lg::brier_state::load(stored), LGT_OK; }), LGT_E_STATE);
  stored.clear();
  CHECK(refused([] { return lg::brier_state::load(stored), LGT_OK; }) < 0);
}

static void parameters() {
  CHECK_STATUS(refused([] { return lg::ece_top_label_state(0), LGT_OK; }), LGT_E_VALUE);
  CHECK_STATUS(refused([] {
                 lg::ece_top_label_state ten(10);
                 return ten.merge(lg::ece_top_label_state(11));
               }),
               LGT_E_MISMATCH);
  lgt_evaluate_opts opts = lg::evaluate_opts_default();
  lg::evaluate_state evaluation(&opts);
  evaluation.update(lg::rows(probs, 2), labels);
  CHECK(evaluation.finish().rows == 3);
  double top = 0;
  evaluation.get_accuracy(1, top);
  CHECK(top == 2.0 / 3 || top == 1.0 / 3);
  lg::pearson_state line;
  line.update(std::vector<float>{1, 2, 3}, std::vector<float>{2, 4, 6});
  CHECK(line.finish(0.95).r == 1);
}

// Any state, by the verbs that need no kind.
static void of_any_kind() {
  lg::rps_state a(0), b(0);
  a.update(lg::rows(probs, 2), labels);
  lg::state_merge(b, a);
  CHECK(same(a, b));
  std::uint32_t kind = 0;
  lg::state_kind(a, kind);
  CHECK(kind == LGT_STATE_RPS);
  lg::state_reset(b);
  CHECK(b.finish().rows == 0);
}

void test(void) {
  merged_is_whole();
  moves();
  loads();
  parameters();
  of_any_kind();
}
