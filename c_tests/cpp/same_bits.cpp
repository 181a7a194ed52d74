// Wrappers of every shape of signature give the bits of the C functions, for all four
// storage types.
#include <vector>

#include "check.h"
#include "logitude/logitude.hpp"

namespace lg = logitude;

enum { ROWS = 5, COLS = 7 };

template <class T>
struct c_type;
template <>
struct c_type<float> { using accumulated = float; static constexpr int type = F32; };
template <>
struct c_type<double> { using accumulated = double; static constexpr int type = F64; };
template <>
struct c_type<lg::f16> { using accumulated = float; static constexpr int type = F16; };
template <>
struct c_type<lg::bf16> { using accumulated = float; static constexpr int type = BF16; };

/// The C function of a storage type, as a function of its own arguments.
#define OF(name)                                                                              \
  [](auto first, auto... rest) {                                                              \
    if constexpr (c_type<T>::type == F32) return lgt_##name##_f32(first, rest...);            \
    else if constexpr (c_type<T>::type == F64) return lgt_##name##_f64(first, rest...);       \
    else if constexpr (c_type<T>::type == F16) return lgt_##name##_f16(first, rest...);       \
    else return lgt_##name##_bf16(first, rest...);                                            \
  }

template <class T>
static std::vector<T> numbers(std::size_t count, double scale, double shift, std::uint64_t seed) {
  std::vector<T> made(count);
  for (std::size_t i = 0; i < count; i++) put(made.data(), c_type<T>::type, i, noise(&seed) * scale + shift);
  return made;
}

/// Between 0 and 1.
template <class T>
static std::vector<T> shares(std::size_t count, std::uint64_t seed) {
  std::vector<T> made(count);
  for (std::size_t i = 0; i < count; i++)
    put(made.data(), c_type<T>::type, i, 1 / (1 + std::exp(noise(&seed))));
  return made;
}

template <class T>
static bool same(const std::vector<T> &a, const std::vector<T> &b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(T)) == 0;
}

template <class T>
static bool same(const T &a, const T &b) {
  return std::memcmp(&a, &b, sizeof(T)) == 0;
}

static const std::vector<std::int16_t> labels{0, 6, 3, 3, 1};
static const std::vector<std::uint8_t> flags{0, 1, 1, 0, 1};

template <class T>
struct calls {
  using A = typename c_type<T>::accumulated;
  std::vector<T> x = numbers<T>(ROWS * COLS, 1, 0, 1);
  std::vector<T> p = shares<T>(ROWS, 2);
  std::vector<A> weights = std::vector<A>{1, 2, 0, 1, 3};

  // Rows to rows, with a side output, options, and columns of a larger array.
  void transform() {
    std::vector<T> y(x.size()), want(x.size());
    std::vector<A> lse(ROWS), want_lse(ROWS);
    lgt_softmax_opts opts = lg::softmax_opts_default();
    opts.scale = 0.5;
    CHECK_STATUS(lg::softmax(lg::rows(x, COLS), lg::rows(y, COLS), lse, &opts), LGT_OK);
    OF(softmax)(lg::detail::raw(x.data()), COLS, lg::detail::raw(want.data()), COLS,
                want_lse.data(), ROWS, COLS, &opts);
    CHECK(same(y, want) && same(lse, want_lse));

    std::vector<T> part(x.size()), want_part(x.size());
    lg::softmax(lg::rows_view<T>(x.data() + 1, ROWS, 4, COLS),
                lg::rows_view<T>(part.data() + 1, ROWS, 4, COLS));
    OF(softmax)(lg::detail::raw(x.data()) + 1, COLS, lg::detail::raw(want_part.data()) + 1, COLS,
                static_cast<A *>(nullptr), ROWS, 4, nullptr);
    CHECK(same(part, want_part));
  }

  // Labels of any type, weights, and outputs that may be missing.
  void loss() {
    std::vector<T> grad(x.size()), want_grad(x.size());
    std::vector<double> loss(ROWS), want_loss(ROWS);
    double total = 0, want_total = 0;
    lg::focal(lg::rows(x, COLS), labels, weights, 2.0, loss, lg::rows(grad, COLS), &total);
    OF(focal)(lg::detail::raw(x.data()), COLS, labels.data(), LGT_I16, weights.data(), 2.0,
              want_loss.data(), lg::detail::raw(want_grad.data()), COLS, &want_total, ROWS, COLS,
              nullptr);
    CHECK(same(loss, want_loss) && same(grad, want_grad) && same(total, want_total));
    double alone = 0;
    lg::focal(lg::rows(x, COLS), labels, weights, 2.0, {}, {}, &alone);
    CHECK(same(alone, want_total));
  }

  // A state; a report; an array of structs.
  void state() {
    std::vector<std::uint64_t> want(4 + 13 * 3);
    lgt_ece_top_label_init(want.data(), want.size() * 8, 3);
    OF(ece_top_label_update)(want.data(), lg::detail::raw(x.data()), COLS, labels.data(), LGT_I16,
                             weights.data(), ROWS, COLS);
    std::vector<std::uint64_t> got(want.size());
    lg::ece_top_label_init(got, 3);
    lg::ece_top_label_update(got, lg::rows(x, COLS), labels, weights);
    CHECK(same(got, want));
    lgt_ece_top_label_report report, want_report;
    CHECK_STATUS(lg::ece_top_label_finish(got, report),
                 lgt_ece_top_label_finish(want.data(), &want_report));
    CHECK(same(report, want_report));
    std::vector<lgt_reliability_bin> bins(3), want_bins(3);
    lg::ece_top_label_get_bins(got, bins);
    lgt_ece_top_label_get_bins(want.data(), want_bins.data(), 3);
    CHECK(same(bins, want_bins));
  }

  // Numbers, scratch that is asked for, a double in between.
  void batch() {
    lgt_auroc_report report, want;
    std::uint64_t room[64];
    lg::buffer scratch;
    lg::auroc(p, flags, weights, report, 1.0, scratch);
    OF(auroc)(lg::detail::raw(p.data()), flags.data(), LGT_U8, weights.data(), &want, ROWS, 1.0,
              room, sizeof room);
    CHECK(same(report, want));
    lg::auroc(p, flags, weights, report, 1.0, room);
    CHECK(same(report, want));
  }

  // Models: structs and bytes; one number a row, in an array or a column.
  void calibrators() {
    lgt_temperature_model model, want;
    lg::temperature_fit(model, lg::rows(x, COLS), labels);
    OF(temperature_fit)(&want, lg::detail::raw(x.data()), COLS, labels.data(), LGT_I16,
                        static_cast<A *>(nullptr), ROWS, COLS, nullptr);
    CHECK(same(model, want));

    lg::buffer isotonic, scratch;
    lg::isotonic_fit(isotonic, p, flags, weights, nullptr, scratch);
    std::vector<std::uint64_t> want_isotonic(isotonic.size() / 8), room(scratch.size() / 8);
    OF(isotonic_fit)(want_isotonic.data(), isotonic.size(), lg::detail::raw(p.data()), 1,
                     flags.data(), LGT_U8, weights.data(), ROWS, nullptr, room.data(),
                     scratch.size());
    CHECK(std::memcmp(isotonic.data(), want_isotonic.data(), isotonic.size()) == 0);

    std::vector<T> y(ROWS), want_y(ROWS);
    lg::isotonic_apply(isotonic, lg::column_view<T>(x.data() + 2, ROWS, COLS), y);
    OF(isotonic_apply)(want_isotonic.data(), lg::detail::raw(x.data()) + 2, COLS,
                       lg::detail::raw(want_y.data()), 1, ROWS);
    CHECK(same(y, want_y));
  }

  // A second count; rows of labels; arrays that say more than rows and columns.
  void the_rest() {
    std::vector<std::uint32_t> indices(ROWS * 2), want_indices(ROWS * 2);
    std::vector<T> values(ROWS * 2), want_values(ROWS * 2);
    const std::vector<T> q = shares<T>(ROWS * COLS, 3);
    lg::soft_label_topk(lg::rows(q, COLS), lg::rows(indices, 2), lg::rows(values, 2));
    OF(soft_label_topk)(lg::detail::raw(q.data()), COLS, 2, want_indices.data(), 2,
                        lg::detail::raw(want_values.data()), 2, ROWS, COLS);
    CHECK(same(indices, want_indices) && same(values, want_values));

    const std::vector<std::int8_t> relevant(ROWS * COLS, 1);
    lg::buffer state;
    lg::label_ranking_init(state, 0);
    std::vector<std::uint64_t> want(state.size() / 8);
    std::vector<double> each(4 * ROWS), want_each(4 * ROWS);
    lgt_label_ranking_init(want.data(), want.size() * 8, 0);
    lg::label_ranking_update(state, lg::rows(x, COLS), lg::rows(relevant, COLS), {}, each);
    OF(label_ranking_update)(want.data(), lg::detail::raw(x.data()), COLS, relevant.data(), COLS,
                             LGT_I8, static_cast<A *>(nullptr), want_each.data(), ROWS, COLS);
    CHECK(std::memcmp(state.data(), want.data(), state.size()) == 0 && same(each, want_each));
  }

  static void all() {
    calls c;
    c.transform();
    c.loss();
    c.state();
    c.batch();
    c.calibrators();
    c.the_rest();
  }
};

static void without_storage_type() {
  double low = 0, high = 0, want_low = 0, want_high = 0;
  lg::interval_wilson(3, 10, 0.95, low, high);
  lgt_interval_wilson(3, 10, 0.95, &want_low, &want_high);
  CHECK(low == want_low && high == want_high && low > 0);
  CHECK(lg::version() == lgt_version() && lg::version_number() == LGT_VERSION_NUMBER);
  CHECK(lg::f16_to_f32(lg::f16_from_f32(1.5f)) == 1.5f);
  CHECK(lg::bf16_to_f32(lg::bf16_from_f32(1.5f)) == 1.5f);
  std::size_t bad = 9;
  CHECK_STATUS(lg::labels_check(labels, 7, &bad), LGT_OK);
  CHECK(bad == 9);
}

void test(void) {
  calls<float>::all();
  calls<double>::all();
  calls<lg::f16>::all();
  calls<lg::bf16>::all();
  without_storage_type();
}
