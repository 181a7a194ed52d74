// The functions of logitude.hpp, which includes this file.
//
// Generated from the doc comments in src/capi by `cargo api`; not to be edited.
#ifndef LOGITUDE_FUNCTIONS_HPP
#define LOGITUDE_FUNCTIONS_HPP

namespace logitude {

#ifdef LOGITUDE_NO_EXCEPTIONS
inline namespace returning {
#else
inline namespace throwing {
#endif

// ---- version ----

/// lgt_version: The version of the library that is running, as "major.minor.patch".
inline const char *version() {
  return lgt_version();
}

/// lgt_version_number: The version of the library that is running, as `major * 10000 + minor * 100
/// + patch`; compare with `LGT_VERSION_NUMBER` of the header.
inline std::uint32_t version_number() {
  return lgt_version_number();
}

/// lgt_build_info: What this library was built for: version, processor family, the levels it holds
/// kernels for.
inline const char *build_info() {
  return lgt_build_info();
}

// ---- status ----

/// lgt_status_name: The name of a status, such as "LGT_E_ALIAS"; "LGT_?" for a number that is none.
inline const char *status_name(std::int32_t status) {
  return lgt_status_name(status);
}

/// lgt_status_string: One sentence about a status for a person.
inline const char *status_string(std::int32_t status) {
  return lgt_status_string(status);
}

// ---- cpu ----

/// lgt_cpu_level: The level in use, an `LGT_LEVEL_` number.
inline std::uint32_t cpu_level() {
  return lgt_cpu_level();
}

/// lgt_cpu_set_level: Uses exactly this level from now on, for the whole process: for tests, for
/// comparing machines, for finding faults.
LOGITUDE_NODISCARD inline status cpu_set_level(std::uint32_t level) {
  return detail::answer(lgt_cpu_set_level(level),
                        "lgt_cpu_set_level");
}

/// lgt_cpu_level_name: The name of a level, as `LOGITUDE_LEVEL` takes it; "?" for a number that is
/// none.
inline const char *cpu_level_name(std::uint32_t level) {
  return lgt_cpu_level_name(level);
}

// ---- types ----

/// lgt_f16_to_f32: The value of a binary16, exactly.
inline float f16_to_f32(f16 x) {
  return lgt_f16_to_f32(static_cast<lgt_f16>(x));
}

/// lgt_f16_from_f32: The nearest binary16, ties to even; NaN stays NaN, what is too large becomes
/// infinite.
inline f16 f16_from_f32(float x) {
  return f16{lgt_f16_from_f32(x)};
}

/// lgt_bf16_to_f32: The value of a bfloat16, exactly.
inline float bf16_to_f32(bf16 x) {
  return lgt_bf16_to_f32(static_cast<lgt_bf16>(x));
}

/// lgt_bf16_from_f32: The nearest bfloat16, ties to even; NaN stays NaN.
inline bf16 bf16_from_f32(float x) {
  return bf16{lgt_bf16_from_f32(x)};
}

// ---- ctx ----

/// lgt_ctx_default: Writes a context that lends nothing.
inline lgt_ctx ctx_default() {
  lgt_ctx made{};
  lgt_ctx_default(&made);
  return made;
}

// ---- labels ----

/// lgt_labels_check: Looks for a label outside 0 .. cols - 1.
LOGITUDE_NODISCARD inline status labels_check(numbers_view labels, std::size_t cols,
    std::size_t *bad_row = nullptr) {
  const std::size_t rows = labels.size();
  return detail::answer(lgt_labels_check(labels.data(), labels.type(), rows, cols, bad_row),
                        "lgt_labels_check");
}

// ---- softmax_mask ----

/// lgt_softmax_mask_default: Writes the default mask, which changes nothing.
inline lgt_softmax_mask softmax_mask_default() {
  lgt_softmax_mask made{};
  lgt_softmax_mask_default(&made);
  return made;
}

// ---- softmax ----

/// lgt_softmax_opts_default: Writes the default options.
inline lgt_softmax_opts softmax_opts_default() {
  lgt_softmax_opts made{};
  lgt_softmax_opts_default(&made);
  return made;
}

/// lgt_softmax_f32: Row-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_c exp(scale *
/// x[r][c])`.
LOGITUDE_NODISCARD inline status softmax(rows_view<const float> x, rows_view<float> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_softmax_f32", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_softmax_f32", "lse");
  return detail::answer(lgt_softmax_f32(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                        rows, cols, opts),
                        "lgt_softmax_f32");
}
LOGITUDE_NODISCARD inline status softmax(rows_view<const double> x, rows_view<double> y,
    view<double> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_softmax_f64", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_softmax_f64", "lse");
  return detail::answer(lgt_softmax_f64(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                        rows, cols, opts),
                        "lgt_softmax_f64");
}
LOGITUDE_NODISCARD inline status softmax(rows_view<const f16> x, rows_view<f16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_softmax_f16", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_softmax_f16", "lse");
  return detail::answer(lgt_softmax_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                        y.stride(), lse.data(), rows, cols, opts),
                        "lgt_softmax_f16");
}
LOGITUDE_NODISCARD inline status softmax(rows_view<const bf16> x, rows_view<bf16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_softmax_bf16", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_softmax_bf16", "lse");
  return detail::answer(lgt_softmax_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                         y.stride(), lse.data(), rows, cols, opts),
                        "lgt_softmax_bf16");
}

// ---- log_softmax ----

/// lgt_log_softmax_f32: Row-wise log-softmax: `y[r][c] = scale * x[r][c] - ln sum_c exp(scale *
/// x[r][c])`.
LOGITUDE_NODISCARD inline status log_softmax(rows_view<const float> x, rows_view<float> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_log_softmax_f32", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_log_softmax_f32", "lse");
  return detail::answer(lgt_log_softmax_f32(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                            rows, cols, opts),
                        "lgt_log_softmax_f32");
}
LOGITUDE_NODISCARD inline status log_softmax(rows_view<const double> x, rows_view<double> y,
    view<double> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_log_softmax_f64", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_log_softmax_f64", "lse");
  return detail::answer(lgt_log_softmax_f64(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                            rows, cols, opts),
                        "lgt_log_softmax_f64");
}
LOGITUDE_NODISCARD inline status log_softmax(rows_view<const f16> x, rows_view<f16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_log_softmax_f16", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_log_softmax_f16", "lse");
  return detail::answer(lgt_log_softmax_f16(detail::raw(x.data()), x.stride(),
                                            detail::raw(y.data()), y.stride(), lse.data(), rows,
                                            cols, opts),
                        "lgt_log_softmax_f16");
}
LOGITUDE_NODISCARD inline status log_softmax(rows_view<const bf16> x, rows_view<bf16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.rows() != rows || y.cols() != picked) return detail::mismatch("lgt_log_softmax_bf16", "y");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_log_softmax_bf16", "lse");
  return detail::answer(lgt_log_softmax_bf16(detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), lse.data(), rows,
                                             cols, opts),
                        "lgt_log_softmax_bf16");
}

// ---- logsumexp ----

/// lgt_logsumexp_f32: The natural logarithm of each row's sum of exponentials: `lse[r] = ln sum_c
/// exp(scale * x[r][c])`.
LOGITUDE_NODISCARD inline status logsumexp(rows_view<const float> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_f32", "lse");
  return detail::answer(lgt_logsumexp_f32(x.data(), x.stride(), lse.data(), rows, cols, opts),
                        "lgt_logsumexp_f32");
}
LOGITUDE_NODISCARD inline status logsumexp(rows_view<const double> x, view<double> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_f64", "lse");
  return detail::answer(lgt_logsumexp_f64(x.data(), x.stride(), lse.data(), rows, cols, opts),
                        "lgt_logsumexp_f64");
}
LOGITUDE_NODISCARD inline status logsumexp(rows_view<const f16> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_f16", "lse");
  return detail::answer(lgt_logsumexp_f16(detail::raw(x.data()), x.stride(), lse.data(), rows, cols,
                                          opts),
                        "lgt_logsumexp_f16");
}
LOGITUDE_NODISCARD inline status logsumexp(rows_view<const bf16> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_bf16", "lse");
  return detail::answer(lgt_logsumexp_bf16(detail::raw(x.data()), x.stride(), lse.data(), rows,
                                           cols, opts),
                        "lgt_logsumexp_bf16");
}

// ---- state ----

/// lgt_state_check: Says whether `size` bytes are a state that this library can use: right magic,
/// byte order, kind, version and length.
LOGITUDE_NODISCARD inline status state_check(const_bytes state) {
  return detail::answer(lgt_state_check(state.data(), state.size()),
                        "lgt_state_check");
}

/// lgt_state_kind: Writes what a state is a state of: an `LGT_STATE_` number.
LOGITUDE_NODISCARD inline status state_kind(const_bytes state, std::uint32_t &kind) {
  return detail::answer(lgt_state_kind(state.data(), state.size(), &kind),
                        "lgt_state_kind");
}

/// lgt_state_size: Writes how many bytes a state takes up: what is to be stored or sent.
LOGITUDE_NODISCARD inline status state_size(const_bytes state, std::size_t &bytes) {
  return detail::answer(lgt_state_size(state.data(), state.size(), &bytes),
                        "lgt_state_size");
}

/// lgt_state_merge: Adds what another state has seen: the one function that a reduction over stored
/// states needs, whatever kind they are.
LOGITUDE_NODISCARD inline status state_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_state_merge(state.data(), state.size(), other.data(), other.size()),
                        "lgt_state_merge");
}

/// lgt_state_reset: Makes a state forget what it has seen; its parameters stay.
LOGITUDE_NODISCARD inline status state_reset(bytes state) {
  return detail::answer(lgt_state_reset(state.data(), state.size()),
                        "lgt_state_reset");
}

// ---- model ----

/// lgt_model_check: Says whether `size` bytes are a fitted model that this library can use: right
/// magic, byte order, kind, version and length, and parameters that a fit may have found.
LOGITUDE_NODISCARD inline status model_check(const_bytes model) {
  return detail::answer(lgt_model_check(model.data(), model.size()),
                        "lgt_model_check");
}

/// lgt_model_size: Writes what a model is a model of, an `LGT_MODEL_` number, how many bytes it
/// takes up, and how many parameters, of type `double`, follow its head.
LOGITUDE_NODISCARD inline status model_size(const_bytes model, std::uint32_t *kind = nullptr,
    std::size_t *bytes = nullptr, std::size_t *parameters = nullptr) {
  return detail::answer(lgt_model_size(model.data(), model.size(), kind, bytes, parameters),
                        "lgt_model_size");
}

// ---- extsum ----

/// lgt_extsum_size: Writes how many bytes a state of `lgt_extsum` needs: 16, and 16 a row.
LOGITUDE_NODISCARD inline status extsum_size(std::size_t rows, std::size_t &bytes) {
  return detail::answer(lgt_extsum_size(rows, &bytes),
                        "lgt_extsum_size");
}

/// lgt_extsum_init: Starts a state of sums of exponentials, one a row: what shards of a vocabulary,
/// or pieces of a stream, are added to apart and merged.
LOGITUDE_NODISCARD inline status extsum_init(bytes state, std::size_t rows) {
  std::size_t state_bytes = 0;
  status state_room = lgt_extsum_size(rows, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_extsum_size");
  return detail::answer(lgt_extsum_init(state.data(), state.size(), rows),
                        "lgt_extsum_init");
}

/// lgt_extsum_update_f32: Adds columns to sums of exponentials: row `r` of `x` to sum `r`, `sum_c
/// exp(scale * x[r][c])`.
LOGITUDE_NODISCARD inline status extsum_update(bytes state, rows_view<const float> x,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  return detail::answer(lgt_extsum_update_f32(state.data(), x.data(), x.stride(), rows, cols, opts),
                        "lgt_extsum_update_f32");
}
LOGITUDE_NODISCARD inline status extsum_update(bytes state, rows_view<const double> x,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  return detail::answer(lgt_extsum_update_f64(state.data(), x.data(), x.stride(), rows, cols, opts),
                        "lgt_extsum_update_f64");
}
LOGITUDE_NODISCARD inline status extsum_update(bytes state, rows_view<const f16> x,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  return detail::answer(lgt_extsum_update_f16(state.data(), detail::raw(x.data()), x.stride(), rows,
                                              cols, opts),
                        "lgt_extsum_update_f16");
}
LOGITUDE_NODISCARD inline status extsum_update(bytes state, rows_view<const bf16> x,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  return detail::answer(lgt_extsum_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                               rows, cols, opts),
                        "lgt_extsum_update_bf16");
}

/// lgt_extsum_merge: Adds the sums of another state of as many rows.
LOGITUDE_NODISCARD inline status extsum_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_extsum_merge(state.data(), other.data()),
                        "lgt_extsum_merge");
}

/// lgt_extsum_lse: Writes the natural logarithm of each sum, a double whatever was added: -inf
/// where nothing was (and the call returns `LGT_EMPTY_ROW`), +inf, or NaN.
LOGITUDE_NODISCARD inline status extsum_lse(const_bytes state, view<double> lse) {
  return detail::answer(lgt_extsum_lse(state.data(), lse.data()),
                        "lgt_extsum_lse");
}

/// lgt_extsum_scale_f32: The shares that entries have of sums of exponentials: `y[r][c] = exp(scale
/// * x[r][c]) / sum[r]`.
LOGITUDE_NODISCARD inline status extsum_scale(const_bytes state, rows_view<const float> x,
    rows_view<float> y, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_extsum_scale_f32", "y");
  return detail::answer(lgt_extsum_scale_f32(state.data(), x.data(), x.stride(), y.data(),
                                             y.stride(), rows, cols, opts),
                        "lgt_extsum_scale_f32");
}
LOGITUDE_NODISCARD inline status extsum_scale(const_bytes state, rows_view<const double> x,
    rows_view<double> y, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_extsum_scale_f64", "y");
  return detail::answer(lgt_extsum_scale_f64(state.data(), x.data(), x.stride(), y.data(),
                                             y.stride(), rows, cols, opts),
                        "lgt_extsum_scale_f64");
}
LOGITUDE_NODISCARD inline status extsum_scale(const_bytes state, rows_view<const f16> x,
    rows_view<f16> y, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_extsum_scale_f16", "y");
  return detail::answer(lgt_extsum_scale_f16(state.data(), detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), rows, cols, opts),
                        "lgt_extsum_scale_f16");
}
LOGITUDE_NODISCARD inline status extsum_scale(const_bytes state, rows_view<const bf16> x,
    rows_view<bf16> y, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_extsum_scale_bf16", "y");
  return detail::answer(lgt_extsum_scale_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                              detail::raw(y.data()), y.stride(), rows, cols, opts),
                        "lgt_extsum_scale_bf16");
}

/// The bytes of a state of lgt_extsum, and its verbs.
class extsum_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit extsum_state(std::size_t rows) {
    extsum_init(*this, rows);
  }
#endif
  static result<extsum_state> make(std::size_t rows) {
    extsum_state made{detail::empty()};
    const status got = extsum_init(made, rows);
    return detail::with(got, std::move(made));
  }
  static result<extsum_state> load(const_bytes saved) {
    extsum_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_EXTSUM);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x,
      const lgt_softmax_opts *opts = nullptr) {
    return extsum_update(*this, x, opts);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x,
      const lgt_softmax_opts *opts = nullptr) {
    return extsum_update(*this, x, opts);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, const lgt_softmax_opts *opts = nullptr) {
    return extsum_update(*this, x, opts);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x,
      const lgt_softmax_opts *opts = nullptr) {
    return extsum_update(*this, x, opts);
  }
  LOGITUDE_NODISCARD status merge(const extsum_state &other) {
    return extsum_merge(*this, other);
  }
  LOGITUDE_NODISCARD status lse(view<double> lse) const {
    return extsum_lse(*this, lse);
  }
  LOGITUDE_NODISCARD status scale(rows_view<const float> x, rows_view<float> y,
      const lgt_softmax_opts *opts = nullptr) const {
    return extsum_scale(*this, x, y, opts);
  }
  LOGITUDE_NODISCARD status scale(rows_view<const double> x, rows_view<double> y,
      const lgt_softmax_opts *opts = nullptr) const {
    return extsum_scale(*this, x, y, opts);
  }
  LOGITUDE_NODISCARD status scale(rows_view<const f16> x, rows_view<f16> y,
      const lgt_softmax_opts *opts = nullptr) const {
    return extsum_scale(*this, x, y, opts);
  }
  LOGITUDE_NODISCARD status scale(rows_view<const bf16> x, rows_view<bf16> y,
      const lgt_softmax_opts *opts = nullptr) const {
    return extsum_scale(*this, x, y, opts);
  }

 private:
  explicit extsum_state(detail::empty) {}
};

// ---- accuracy ----

/// lgt_accuracy_size: Writes how many bytes a state of `lgt_accuracy` needs.
LOGITUDE_NODISCARD inline status accuracy_size(std::uint32_t k, std::size_t &bytes) {
  return detail::answer(lgt_accuracy_size(k, &bytes),
                        "lgt_accuracy_size");
}

/// lgt_accuracy_init: Starts a state of top-k accuracy: the weighted share of rows whose label
/// ranks among the first `k`.
LOGITUDE_NODISCARD inline status accuracy_init(bytes state, std::uint32_t k) {
  std::size_t state_bytes = 0;
  status state_room = lgt_accuracy_size(k, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_accuracy_size");
  return detail::answer(lgt_accuracy_init(state.data(), state.size(), k),
                        "lgt_accuracy_init");
}

/// lgt_accuracy_update_f32: Adds rows to a state of top-k accuracy: the weighted share of rows
/// whose label ranks among the first `k`.
LOGITUDE_NODISCARD inline status accuracy_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_accuracy_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_accuracy_update_f32", "weights");
  return detail::answer(lgt_accuracy_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_accuracy_update_f32");
}
LOGITUDE_NODISCARD inline status accuracy_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_accuracy_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_accuracy_update_f64", "weights");
  return detail::answer(lgt_accuracy_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_accuracy_update_f64");
}
LOGITUDE_NODISCARD inline status accuracy_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_accuracy_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_accuracy_update_f16", "weights");
  return detail::answer(lgt_accuracy_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols),
                        "lgt_accuracy_update_f16");
}
LOGITUDE_NODISCARD inline status accuracy_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_accuracy_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_accuracy_update_bf16", "weights");
  return detail::answer(lgt_accuracy_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(), rows,
                                                 cols),
                        "lgt_accuracy_update_bf16");
}

/// lgt_accuracy_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status accuracy_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_accuracy_merge(state.data(), other.data()),
                        "lgt_accuracy_merge");
}

/// lgt_accuracy_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status accuracy_finish(const_bytes state, lgt_accuracy_report &report) {
  return detail::answer(lgt_accuracy_finish(state.data(), &report),
                        "lgt_accuracy_finish");
}

/// The bytes of a state of lgt_accuracy, and its verbs.
class accuracy_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit accuracy_state(std::uint32_t k) {
    accuracy_init(*this, k);
  }
#endif
  static result<accuracy_state> make(std::uint32_t k) {
    accuracy_state made{detail::empty()};
    const status got = accuracy_init(made, k);
    return detail::with(got, std::move(made));
  }
  static result<accuracy_state> load(const_bytes saved) {
    accuracy_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_ACCURACY);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return accuracy_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return accuracy_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return accuracy_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return accuracy_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const accuracy_state &other) {
    return accuracy_merge(*this, other);
  }
  result<lgt_accuracy_report> finish() const {
    lgt_accuracy_report report{};
    const status got = accuracy_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit accuracy_state(detail::empty) {}
};

// ---- nll ----

/// lgt_nll_size: Writes how many bytes a state of `lgt_nll` needs.
LOGITUDE_NODISCARD inline status nll_size(std::size_t &bytes) {
  return detail::answer(lgt_nll_size(&bytes),
                        "lgt_nll_size");
}

/// lgt_nll_init: Starts a state of mean negative log-likelihood of the labels, from logits.
LOGITUDE_NODISCARD inline status nll_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_nll_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_nll_size");
  return detail::answer(lgt_nll_init(state.data(), state.size()),
                        "lgt_nll_init");
}

/// lgt_nll_update_f32: Adds rows to a state of mean negative log-likelihood of the labels, from
/// logits.
LOGITUDE_NODISCARD inline status nll_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_nll_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nll_update_f32", "weights");
  return detail::answer(lgt_nll_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                           labels.type(), weights.data(), rows, cols),
                        "lgt_nll_update_f32");
}
LOGITUDE_NODISCARD inline status nll_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_nll_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nll_update_f64", "weights");
  return detail::answer(lgt_nll_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                           labels.type(), weights.data(), rows, cols),
                        "lgt_nll_update_f64");
}
LOGITUDE_NODISCARD inline status nll_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_nll_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nll_update_f16", "weights");
  return detail::answer(lgt_nll_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                           labels.data(), labels.type(), weights.data(), rows,
                                           cols),
                        "lgt_nll_update_f16");
}
LOGITUDE_NODISCARD inline status nll_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_nll_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nll_update_bf16", "weights");
  return detail::answer(lgt_nll_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                            labels.data(), labels.type(), weights.data(), rows,
                                            cols),
                        "lgt_nll_update_bf16");
}

/// lgt_nll_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status nll_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_nll_merge(state.data(), other.data()),
                        "lgt_nll_merge");
}

/// lgt_nll_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status nll_finish(const_bytes state, lgt_nll_report &report) {
  return detail::answer(lgt_nll_finish(state.data(), &report),
                        "lgt_nll_finish");
}

/// The bytes of a state of lgt_nll, and its verbs.
class nll_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit nll_state() {
    nll_init(*this);
  }
#endif
  static result<nll_state> make() {
    nll_state made{detail::empty()};
    const status got = nll_init(made);
    return detail::with(got, std::move(made));
  }
  static result<nll_state> load(const_bytes saved) {
    nll_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_NLL);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return nll_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return nll_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return nll_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return nll_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const nll_state &other) {
    return nll_merge(*this, other);
  }
  result<lgt_nll_report> finish() const {
    lgt_nll_report report{};
    const status got = nll_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit nll_state(detail::empty) {}
};

// ---- brier ----

/// lgt_brier_size: Writes how many bytes a state of `lgt_brier` needs.
LOGITUDE_NODISCARD inline status brier_size(std::size_t &bytes) {
  return detail::answer(lgt_brier_size(&bytes),
                        "lgt_brier_size");
}

/// lgt_brier_init: Starts a state of the multiclass Brier score: the mean of `sum_c (p_c - y_c)^2`,
/// from 0 to 2.
LOGITUDE_NODISCARD inline status brier_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_brier_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_brier_size");
  return detail::answer(lgt_brier_init(state.data(), state.size()),
                        "lgt_brier_init");
}

/// lgt_brier_update_f32: Adds rows to a state of the multiclass Brier score: the mean of `sum_c
/// (p_c - y_c)^2`, from 0 to 2.
LOGITUDE_NODISCARD inline status brier_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_brier_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_brier_update_f32", "weights");
  return detail::answer(lgt_brier_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                             labels.type(), weights.data(), rows, cols),
                        "lgt_brier_update_f32");
}
LOGITUDE_NODISCARD inline status brier_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_brier_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_brier_update_f64", "weights");
  return detail::answer(lgt_brier_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                             labels.type(), weights.data(), rows, cols),
                        "lgt_brier_update_f64");
}
LOGITUDE_NODISCARD inline status brier_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_brier_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_brier_update_f16", "weights");
  return detail::answer(lgt_brier_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                             labels.data(), labels.type(), weights.data(), rows,
                                             cols),
                        "lgt_brier_update_f16");
}
LOGITUDE_NODISCARD inline status brier_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_brier_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_brier_update_bf16", "weights");
  return detail::answer(lgt_brier_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                              labels.data(), labels.type(), weights.data(), rows,
                                              cols),
                        "lgt_brier_update_bf16");
}

/// lgt_brier_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status brier_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_brier_merge(state.data(), other.data()),
                        "lgt_brier_merge");
}

/// lgt_brier_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status brier_finish(const_bytes state, lgt_brier_report &report) {
  return detail::answer(lgt_brier_finish(state.data(), &report),
                        "lgt_brier_finish");
}

/// The bytes of a state of lgt_brier, and its verbs.
class brier_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit brier_state() {
    brier_init(*this);
  }
#endif
  static result<brier_state> make() {
    brier_state made{detail::empty()};
    const status got = brier_init(made);
    return detail::with(got, std::move(made));
  }
  static result<brier_state> load(const_bytes saved) {
    brier_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_BRIER);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return brier_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return brier_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return brier_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return brier_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const brier_state &other) {
    return brier_merge(*this, other);
  }
  result<lgt_brier_report> finish() const {
    lgt_brier_report report{};
    const status got = brier_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit brier_state(detail::empty) {}
};

// ---- reliability ----

/// lgt_reliability_finish: Sums up a reliability curve: every calibration error that bins can tell,
/// from the bins of `lgt_ece_top_label_get_bins`, `lgt_ece_binary_get_bins`, `lgt_ece_equal_mass`
/// or of the caller.
LOGITUDE_NODISCARD inline status reliability_finish(view<const lgt_reliability_bin> bins,
    lgt_reliability_report &report) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_reliability_finish(bins.data(), count, &report),
                        "lgt_reliability_finish");
}

// ---- ece_top_label ----

/// lgt_ece_top_label_size: Writes how many bytes a state of `lgt_ece_top_label` needs.
LOGITUDE_NODISCARD inline status ece_top_label_size(std::uint32_t bins, std::size_t &bytes) {
  return detail::answer(lgt_ece_top_label_size(bins, &bytes),
                        "lgt_ece_top_label_size");
}

/// lgt_ece_top_label_init: Starts a state of expected and maximum calibration error of the
/// predicted class, from probabilities.
LOGITUDE_NODISCARD inline status ece_top_label_init(bytes state, std::uint32_t bins) {
  std::size_t state_bytes = 0;
  status state_room = lgt_ece_top_label_size(bins, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_ece_top_label_size");
  return detail::answer(lgt_ece_top_label_init(state.data(), state.size(), bins),
                        "lgt_ece_top_label_init");
}

/// lgt_ece_top_label_update_f32: Adds rows to a state of expected and maximum calibration error of
/// the predicted class, from probabilities.
LOGITUDE_NODISCARD inline status ece_top_label_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_top_label_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_top_label_update_f32", "weights");
  return detail::answer(lgt_ece_top_label_update_f32(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows, cols),
                        "lgt_ece_top_label_update_f32");
}
LOGITUDE_NODISCARD inline status ece_top_label_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_top_label_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_top_label_update_f64", "weights");
  return detail::answer(lgt_ece_top_label_update_f64(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows, cols),
                        "lgt_ece_top_label_update_f64");
}
LOGITUDE_NODISCARD inline status ece_top_label_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_top_label_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_top_label_update_f16", "weights");
  return detail::answer(lgt_ece_top_label_update_f16(state.data(), detail::raw(x.data()),
                                                     x.stride(), labels.data(), labels.type(),
                                                     weights.data(), rows, cols),
                        "lgt_ece_top_label_update_f16");
}
LOGITUDE_NODISCARD inline status ece_top_label_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_top_label_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_top_label_update_bf16", "weights");
  return detail::answer(lgt_ece_top_label_update_bf16(state.data(), detail::raw(x.data()),
                                                      x.stride(), labels.data(), labels.type(),
                                                      weights.data(), rows, cols),
                        "lgt_ece_top_label_update_bf16");
}

/// lgt_ece_top_label_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status ece_top_label_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_ece_top_label_merge(state.data(), other.data()),
                        "lgt_ece_top_label_merge");
}

/// lgt_ece_top_label_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status ece_top_label_finish(const_bytes state,
    lgt_ece_top_label_report &report) {
  return detail::answer(lgt_ece_top_label_finish(state.data(), &report),
                        "lgt_ece_top_label_finish");
}

/// lgt_ece_top_label_get_bins: Writes the bins of the reliability diagram, lowest confidence first.
LOGITUDE_NODISCARD inline status ece_top_label_get_bins(const_bytes state,
    view<lgt_reliability_bin> bins) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_ece_top_label_get_bins(state.data(), bins.data(), count),
                        "lgt_ece_top_label_get_bins");
}

/// The bytes of a state of lgt_ece_top_label, and its verbs.
class ece_top_label_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit ece_top_label_state(std::uint32_t bins) {
    ece_top_label_init(*this, bins);
  }
#endif
  static result<ece_top_label_state> make(std::uint32_t bins) {
    ece_top_label_state made{detail::empty()};
    const status got = ece_top_label_init(made, bins);
    return detail::with(got, std::move(made));
  }
  static result<ece_top_label_state> load(const_bytes saved) {
    ece_top_label_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_ECE_TOP_LABEL);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_top_label_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return ece_top_label_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_top_label_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_top_label_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const ece_top_label_state &other) {
    return ece_top_label_merge(*this, other);
  }
  result<lgt_ece_top_label_report> finish() const {
    lgt_ece_top_label_report report{};
    const status got = ece_top_label_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_bins(view<lgt_reliability_bin> bins) const {
    return ece_top_label_get_bins(*this, bins);
  }

 private:
  explicit ece_top_label_state(detail::empty) {}
};

// ---- temperature ----

/// lgt_temperature_opts_default: Writes the default options.
inline lgt_temperature_opts temperature_opts_default() {
  lgt_temperature_opts made{};
  lgt_temperature_opts_default(&made);
  return made;
}

/// lgt_temperature_fit_f32: Fits a temperature to held-out logits and labels: the `T` that
/// minimises the mean negative log-likelihood of `softmax(x / T)`.
LOGITUDE_NODISCARD inline status temperature_fit(lgt_temperature_model &model,
    rows_view<const float> x, numbers_view labels, view<const float> weights = {},
    const lgt_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_fit_f32", "weights");
  return detail::answer(lgt_temperature_fit_f32(&model, x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols, opts),
                        "lgt_temperature_fit_f32");
}
LOGITUDE_NODISCARD inline status temperature_fit(lgt_temperature_model &model,
    rows_view<const double> x, numbers_view labels, view<const double> weights = {},
    const lgt_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_fit_f64", "weights");
  return detail::answer(lgt_temperature_fit_f64(&model, x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols, opts),
                        "lgt_temperature_fit_f64");
}
LOGITUDE_NODISCARD inline status temperature_fit(lgt_temperature_model &model,
    rows_view<const f16> x, numbers_view labels, view<const float> weights = {},
    const lgt_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_fit_f16", "weights");
  return detail::answer(lgt_temperature_fit_f16(&model, detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols, opts),
                        "lgt_temperature_fit_f16");
}
LOGITUDE_NODISCARD inline status temperature_fit(lgt_temperature_model &model,
    rows_view<const bf16> x, numbers_view labels, view<const float> weights = {},
    const lgt_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_fit_bf16", "weights");
  return detail::answer(lgt_temperature_fit_bf16(&model, detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(), rows,
                                                 cols, opts),
                        "lgt_temperature_fit_bf16");
}

/// lgt_temperature_apply_f32: Calibrated probabilities: `softmax(x / T)` with the model's
/// temperature.
LOGITUDE_NODISCARD inline status temperature_apply(const lgt_temperature_model &model,
    rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_apply_f32", "y");
  return detail::answer(lgt_temperature_apply_f32(&model, x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_temperature_apply_f32");
}
LOGITUDE_NODISCARD inline status temperature_apply(const lgt_temperature_model &model,
    rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_apply_f64", "y");
  return detail::answer(lgt_temperature_apply_f64(&model, x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_temperature_apply_f64");
}
LOGITUDE_NODISCARD inline status temperature_apply(const lgt_temperature_model &model,
    rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_apply_f16", "y");
  return detail::answer(lgt_temperature_apply_f16(&model, detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_temperature_apply_f16");
}
LOGITUDE_NODISCARD inline status temperature_apply(const lgt_temperature_model &model,
    rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_apply_bf16", "y");
  return detail::answer(lgt_temperature_apply_bf16(&model, detail::raw(x.data()), x.stride(),
                                                   detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_temperature_apply_bf16");
}

// ---- matrix_search ----

/// lgt_matrix_search_opts_default: Writes the default options.
inline lgt_matrix_search_opts matrix_search_opts_default() {
  lgt_matrix_search_opts made{};
  lgt_matrix_search_opts_default(&made);
  return made;
}

/// lgt_matrix_search_size: Writes how many bytes a search needs: 464, and 280 a parameter.
LOGITUDE_NODISCARD inline status matrix_search_size(std::uint32_t form, std::size_t classes,
    double eps, std::size_t &bytes) {
  return detail::answer(lgt_matrix_search_size(form, classes, eps, &bytes),
                        "lgt_matrix_search_size");
}

/// lgt_matrix_search_init: Starts the search for the linear map of least loss, for fits whose rows
/// are split among workers.
LOGITUDE_NODISCARD inline status matrix_search_init(bytes search, std::uint32_t form,
    std::size_t classes, double eps, const lgt_matrix_search_opts *opts = nullptr) {
  std::size_t search_bytes = 0;
  status search_room = lgt_matrix_search_size(form, classes, eps, &search_bytes);
  if (search_room >= 0) search_room = search.grow(search_bytes);
  if (search_room < 0) return detail::answer(search_room, "lgt_matrix_search_size");
  return detail::answer(lgt_matrix_search_init(search.data(), search.size(), form, classes, eps,
                                               opts),
                        "lgt_matrix_search_init");
}

/// lgt_matrix_search_point: Writes the point at which the search wants the loss next; when it is
/// done, the best.
LOGITUDE_NODISCARD inline status matrix_search_point(const_bytes search, view<double> point) {
  const std::size_t count = point.size();
  return detail::answer(lgt_matrix_search_point(search.data(), point.data(), count),
                        "lgt_matrix_search_point");
}

/// lgt_matrix_search_step: Takes the loss at the point that the search wanted, of all rows.
LOGITUDE_NODISCARD inline status matrix_search_step(bytes search, const_bytes loss,
    std::uint32_t &done) {
  return detail::answer(lgt_matrix_search_step(search.data(), loss.data(), &done),
                        "lgt_matrix_search_step");
}

/// lgt_matrix_search_model: Writes the model of the best point, of `lgt_prior_shift`,
/// `lgt_vector_scaling`, `lgt_matrix_scaling` or, with `eps`, `lgt_dirichlet`.
LOGITUDE_NODISCARD inline status matrix_search_model(const_bytes search, bytes model) {
  return detail::answer(lgt_matrix_search_model(search.data(), model.data(), model.size()),
                        "lgt_matrix_search_model");
}

// ---- matrix_loss ----

/// lgt_matrix_loss_size: Writes how many bytes a state of `lgt_matrix_loss` needs: 72, 24 a
/// parameter and 8 a class.
LOGITUDE_NODISCARD inline status matrix_loss_size(std::uint32_t form, std::size_t classes,
    double eps, std::size_t &bytes) {
  return detail::answer(lgt_matrix_loss_size(form, classes, eps, &bytes),
                        "lgt_matrix_loss_size");
}

/// lgt_matrix_loss_init: Starts a state of the loss of a linear map.
LOGITUDE_NODISCARD inline status matrix_loss_init(bytes state, std::uint32_t form,
    std::size_t classes, double eps) {
  std::size_t state_bytes = 0;
  status state_room = lgt_matrix_loss_size(form, classes, eps, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_matrix_loss_size");
  return detail::answer(lgt_matrix_loss_init(state.data(), state.size(), form, classes, eps),
                        "lgt_matrix_loss_init");
}

/// lgt_matrix_loss_scratch: Writes how many bytes of scratch `lgt_matrix_loss_update` needs.
LOGITUDE_NODISCARD inline status matrix_loss_scratch(std::uint32_t form, std::size_t classes,
    std::size_t &bytes) {
  return detail::answer(lgt_matrix_loss_scratch(form, classes, &bytes),
                        "lgt_matrix_loss_scratch");
}

/// lgt_matrix_loss_set: Sets the point at which the loss is looked at, and forgets all rows.
LOGITUDE_NODISCARD inline status matrix_loss_set(bytes state, view<const double> point) {
  const std::size_t count = point.size();
  return detail::answer(lgt_matrix_loss_set(state.data(), point.data(), count),
                        "lgt_matrix_loss_set");
}

/// lgt_matrix_loss_update_f32: Adds rows at the state's point: of each, the loss of `softmax(A z +
/// b)`, its gradient and the curvature of each parameter by itself.
LOGITUDE_NODISCARD inline status matrix_loss_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_loss_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_loss_update_f32", "weights");
  return detail::answer(lgt_matrix_loss_update_f32(state.data(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_loss_update_f32");
}
LOGITUDE_NODISCARD inline status matrix_loss_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_loss_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_loss_update_f64", "weights");
  return detail::answer(lgt_matrix_loss_update_f64(state.data(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_loss_update_f64");
}
LOGITUDE_NODISCARD inline status matrix_loss_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_loss_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_loss_update_f16", "weights");
  return detail::answer(lgt_matrix_loss_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_loss_update_f16");
}
LOGITUDE_NODISCARD inline status matrix_loss_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_loss_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_loss_update_bf16", "weights");
  return detail::answer(lgt_matrix_loss_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(), weights.data(),
                                                    rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_loss_update_bf16");
}

/// lgt_matrix_loss_merge: Adds rows seen elsewhere at the same point.
LOGITUDE_NODISCARD inline status matrix_loss_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_matrix_loss_merge(state.data(), other.data()),
                        "lgt_matrix_loss_merge");
}

/// lgt_matrix_loss_finish: Writes the mean loss, without penalties.
LOGITUDE_NODISCARD inline status matrix_loss_finish(const_bytes state,
    lgt_matrix_loss_report &report) {
  return detail::answer(lgt_matrix_loss_finish(state.data(), &report),
                        "lgt_matrix_loss_finish");
}

/// lgt_matrix_loss_get: Writes the mean gradient and curvature; NaN if there are no rows.
LOGITUDE_NODISCARD inline status matrix_loss_get(const_bytes state, view<double> gradient,
    view<double> curvature, std::size_t count) {
  if (gradient.data() != nullptr && gradient.size() != count)
    return detail::mismatch("lgt_matrix_loss_get", "gradient");
  if (curvature.data() != nullptr && curvature.size() != count)
    return detail::mismatch("lgt_matrix_loss_get", "curvature");
  return detail::answer(lgt_matrix_loss_get(state.data(), gradient.data(), curvature.data(), count),
                        "lgt_matrix_loss_get");
}

/// The bytes of a state of lgt_matrix_loss, and its verbs.
class matrix_loss_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit matrix_loss_state(std::uint32_t form, std::size_t classes, double eps) {
    matrix_loss_init(*this, form, classes, eps);
  }
#endif
  static result<matrix_loss_state> make(std::uint32_t form, std::size_t classes, double eps) {
    matrix_loss_state made{detail::empty()};
    const status got = matrix_loss_init(made, form, classes, eps);
    return detail::with(got, std::move(made));
  }
  static result<matrix_loss_state> load(const_bytes saved) {
    matrix_loss_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_MATRIX_LOSS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status set(view<const double> point) {
    return matrix_loss_set(*this, point);
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights, bytes scratch) {
    return matrix_loss_update(*this, x, labels, weights, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights, bytes scratch) {
    return matrix_loss_update(*this, x, labels, weights, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights, bytes scratch) {
    return matrix_loss_update(*this, x, labels, weights, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights, bytes scratch) {
    return matrix_loss_update(*this, x, labels, weights, scratch);
  }
  LOGITUDE_NODISCARD status merge(const matrix_loss_state &other) {
    return matrix_loss_merge(*this, other);
  }
  result<lgt_matrix_loss_report> finish() const {
    lgt_matrix_loss_report report{};
    const status got = matrix_loss_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get(view<double> gradient, view<double> curvature,
      std::size_t count) const {
    return matrix_loss_get(*this, gradient, curvature, count);
  }

 private:
  explicit matrix_loss_state(detail::empty) {}
};

// ---- logistic_search ----

/// lgt_logistic_search_opts_default: Writes the default options.
inline lgt_logistic_search_opts logistic_search_opts_default() {
  lgt_logistic_search_opts made{};
  lgt_logistic_search_opts_default(&made);
  return made;
}

/// lgt_logistic_search_init: Starts a fit over data that is in several places, or does not fit into
/// memory.
LOGITUDE_NODISCARD inline status logistic_search_init(lgt_logistic_search &search,
    const lgt_logistic_search_opts *opts = nullptr) {
  return detail::answer(lgt_logistic_search_init(&search, opts),
                        "lgt_logistic_search_init");
}

/// lgt_logistic_search_step: Takes the answer of all data to what was asked, and decides on the
/// next question, or sets `done`.
LOGITUDE_NODISCARD inline status logistic_search_step(lgt_logistic_search &search,
    const_bytes loss) {
  return detail::answer(lgt_logistic_search_step(&search, loss.data()),
                        "lgt_logistic_search_step");
}

/// lgt_logistic_search_model: Writes the best model met so far, an `lgt_platt_model` or an
/// `lgt_beta_model`.
LOGITUDE_NODISCARD inline status logistic_search_model(const lgt_logistic_search &search,
    bytes model) {
  return detail::answer(lgt_logistic_search_model(&search, model.data(), model.size()),
                        "lgt_logistic_search_model");
}

// ---- reduction ----

/// lgt_reduction_opts_default: Writes the default options.
inline lgt_reduction_opts reduction_opts_default() {
  lgt_reduction_opts made{};
  lgt_reduction_opts_default(&made);
  return made;
}

// ---- roc_curve ----

/// lgt_roc_curve_scratch: Writes how many bytes of scratch `lgt_roc_curve` needs: without weights 4
/// a score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status roc_curve_scratch(std::size_t n, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_roc_curve_scratch(n, score_size, weighted, &bytes),
                        "lgt_roc_curve_scratch");
}

/// lgt_roc_curve_f32: The ROC curve: for every threshold the share of label 0, and that of label 1,
/// whose scores are at least that.
LOGITUDE_NODISCARD inline status roc_curve(view<const float> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> tpr, view<float> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_roc_curve_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_roc_curve_f32", "weights");
  if (tpr.size() != capacity) return detail::mismatch("lgt_roc_curve_f32", "tpr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_roc_curve_f32", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_roc_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_roc_curve_scratch");
  return detail::answer(lgt_roc_curve_f32(x.data(), labels.data(), labels.type(), weights.data(),
                                          fpr.data(), tpr.data(), thresholds.data(), &report, n,
                                          capacity, corners, scratch.data(), scratch.size()),
                        "lgt_roc_curve_f32");
}
LOGITUDE_NODISCARD inline status roc_curve(view<const double> x, numbers_view labels,
    view<const double> weights, view<double> fpr, view<double> tpr, view<double> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_roc_curve_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_roc_curve_f64", "weights");
  if (tpr.size() != capacity) return detail::mismatch("lgt_roc_curve_f64", "tpr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_roc_curve_f64", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_roc_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_roc_curve_scratch");
  return detail::answer(lgt_roc_curve_f64(x.data(), labels.data(), labels.type(), weights.data(),
                                          fpr.data(), tpr.data(), thresholds.data(), &report, n,
                                          capacity, corners, scratch.data(), scratch.size()),
                        "lgt_roc_curve_f64");
}
LOGITUDE_NODISCARD inline status roc_curve(view<const f16> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> tpr, view<f16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_roc_curve_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_roc_curve_f16", "weights");
  if (tpr.size() != capacity) return detail::mismatch("lgt_roc_curve_f16", "tpr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_roc_curve_f16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_roc_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_roc_curve_scratch");
  return detail::answer(lgt_roc_curve_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                          weights.data(), fpr.data(), tpr.data(),
                                          detail::raw(thresholds.data()), &report, n, capacity,
                                          corners, scratch.data(), scratch.size()),
                        "lgt_roc_curve_f16");
}
LOGITUDE_NODISCARD inline status roc_curve(view<const bf16> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> tpr, view<bf16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_roc_curve_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_roc_curve_bf16", "weights");
  if (tpr.size() != capacity) return detail::mismatch("lgt_roc_curve_bf16", "tpr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_roc_curve_bf16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_roc_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_roc_curve_scratch");
  return detail::answer(lgt_roc_curve_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                           weights.data(), fpr.data(), tpr.data(),
                                           detail::raw(thresholds.data()), &report, n, capacity,
                                           corners, scratch.data(), scratch.size()),
                        "lgt_roc_curve_bf16");
}

// ---- loss ----

/// lgt_loss_opts_default: Writes the default options.
inline lgt_loss_opts loss_opts_default() {
  lgt_loss_opts made{};
  lgt_loss_opts_default(&made);
  return made;
}

// ---- ace ----

/// lgt_ace_scratch: Writes how many bytes of scratch `lgt_ace` needs: 24 a row.
LOGITUDE_NODISCARD inline status ace_scratch(std::size_t rows, std::size_t &bytes) {
  return detail::answer(lgt_ace_scratch(rows, &bytes),
                        "lgt_ace_scratch");
}

/// lgt_ace_f32: Adaptive calibration error of rows of probabilities: for each class `bins` bins of
/// equal mass, and the plain mean of the gaps |confidence - frequency| over all bins of all classes
/// that are not empty.
LOGITUDE_NODISCARD inline status ace(rows_view<const float> x, numbers_view labels,
    view<const float> weights, lgt_ace_report &report, std::uint32_t bins, double threshold,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ace_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ace_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ace_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ace_scratch");
  return detail::answer(lgt_ace_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                    weights.data(), &report, rows, cols, bins, threshold,
                                    scratch.data(), scratch.size()),
                        "lgt_ace_f32");
}
LOGITUDE_NODISCARD inline status ace(rows_view<const double> x, numbers_view labels,
    view<const double> weights, lgt_ace_report &report, std::uint32_t bins, double threshold,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ace_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ace_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ace_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ace_scratch");
  return detail::answer(lgt_ace_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                    weights.data(), &report, rows, cols, bins, threshold,
                                    scratch.data(), scratch.size()),
                        "lgt_ace_f64");
}
LOGITUDE_NODISCARD inline status ace(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_ace_report &report, std::uint32_t bins, double threshold,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ace_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ace_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ace_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ace_scratch");
  return detail::answer(lgt_ace_f16(detail::raw(x.data()), x.stride(), labels.data(), labels.type(),
                                    weights.data(), &report, rows, cols, bins, threshold,
                                    scratch.data(), scratch.size()),
                        "lgt_ace_f16");
}
LOGITUDE_NODISCARD inline status ace(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_ace_report &report, std::uint32_t bins, double threshold,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ace_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ace_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ace_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ace_scratch");
  return detail::answer(lgt_ace_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                     labels.type(), weights.data(), &report, rows, cols, bins,
                                     threshold, scratch.data(), scratch.size()),
                        "lgt_ace_bf16");
}

// ---- agreement ----

/// lgt_agreement_opts_default: Writes the default options.
inline lgt_agreement_opts agreement_opts_default() {
  lgt_agreement_opts made{};
  lgt_agreement_opts_default(&made);
  return made;
}

/// lgt_agreement_finish_opts_default: Writes the default options.
inline lgt_agreement_finish_opts agreement_finish_opts_default() {
  lgt_agreement_finish_opts made{};
  lgt_agreement_finish_opts_default(&made);
  return made;
}

/// lgt_agreement_size: Writes how many bytes a state of `lgt_agreement` needs: with C categories
/// and R as the most ratings of an item, 48 + 8 R (1 + C + C (C - 1) / 2), and with
/// `LGT_AGREEMENT_ERRORS` as often 8 C (C + 1) (C + 2) (C + 3) / 24 more.
LOGITUDE_NODISCARD inline status agreement_size(std::uint32_t categories,
    const lgt_agreement_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_agreement_size(categories, opts, &bytes),
                        "lgt_agreement_size");
}

/// lgt_agreement_init: Starts a state of agreement of raters, who put items into categories.
LOGITUDE_NODISCARD inline status agreement_init(bytes state, std::uint32_t categories,
    const lgt_agreement_opts *opts = nullptr) {
  std::size_t state_bytes = 0;
  status state_room = lgt_agreement_size(categories, opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_agreement_size");
  return detail::answer(lgt_agreement_init(state.data(), state.size(), categories, opts),
                        "lgt_agreement_init");
}

/// lgt_agreement_update: Adds items to a state of agreement of raters: the category into which each
/// rater put each item.
LOGITUDE_NODISCARD inline status agreement_update(bytes state, number_rows ratings) {
  const std::size_t items = ratings.rows();
  const std::size_t raters = ratings.cols();
  return detail::answer(lgt_agreement_update(state.data(), ratings.data(), ratings.type(),
                                             ratings.stride(), items, raters),
                        "lgt_agreement_update");
}

/// lgt_agreement_update_counts: Adds items to a state of agreement of raters: how many raters put
/// each item into each category.
LOGITUDE_NODISCARD inline status agreement_update_counts(bytes state, number_rows counts) {
  const std::size_t items = counts.rows();
  return detail::answer(lgt_agreement_update_counts(state.data(), counts.data(), counts.type(),
                                                    counts.stride(), items),
                        "lgt_agreement_update_counts");
}

/// lgt_agreement_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status agreement_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_agreement_merge(state.data(), other.data()),
                        "lgt_agreement_merge");
}

/// lgt_agreement_finish: Writes one coefficient of agreement; the state can go on.
LOGITUDE_NODISCARD inline status agreement_finish(const_bytes state, lgt_agreement_report &report,
    const lgt_agreement_finish_opts *opts = nullptr) {
  return detail::answer(lgt_agreement_finish(state.data(), &report, opts),
                        "lgt_agreement_finish");
}

/// lgt_agreement_finish_fleiss: Writes Fleiss' kappa with his test that raters agree by chance
/// only, and Randolph's; the state can go on.
LOGITUDE_NODISCARD inline status agreement_finish_fleiss(const_bytes state,
    lgt_agreement_fleiss_report &report) {
  return detail::answer(lgt_agreement_finish_fleiss(state.data(), &report),
                        "lgt_agreement_finish_fleiss");
}

/// lgt_agreement_get_categories: Writes Fleiss' kappa and test of each category against the rest;
/// the state can go on.
LOGITUDE_NODISCARD inline status agreement_get_categories(const_bytes state,
    view<lgt_agreement_category> categories) {
  const std::size_t count = categories.size();
  return detail::answer(lgt_agreement_get_categories(state.data(), categories.data(), count),
                        "lgt_agreement_get_categories");
}

/// The bytes of a state of lgt_agreement, and its verbs.
class agreement_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit agreement_state(std::uint32_t categories, const lgt_agreement_opts *opts = nullptr) {
    agreement_init(*this, categories, opts);
  }
#endif
  static result<agreement_state> make(std::uint32_t categories,
      const lgt_agreement_opts *opts = nullptr) {
    agreement_state made{detail::empty()};
    const status got = agreement_init(made, categories, opts);
    return detail::with(got, std::move(made));
  }
  static result<agreement_state> load(const_bytes saved) {
    agreement_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_AGREEMENT);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(number_rows ratings) {
    return agreement_update(*this, ratings);
  }
  LOGITUDE_NODISCARD status update_counts(number_rows counts) {
    return agreement_update_counts(*this, counts);
  }
  LOGITUDE_NODISCARD status merge(const agreement_state &other) {
    return agreement_merge(*this, other);
  }
  result<lgt_agreement_report> finish(const lgt_agreement_finish_opts *opts = nullptr) const {
    lgt_agreement_report report{};
    const status got = agreement_finish(*this, report, opts);
    return detail::with(got, std::move(report));
  }
  result<lgt_agreement_fleiss_report> finish_fleiss() const {
    lgt_agreement_fleiss_report report{};
    const status got = agreement_finish_fleiss(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_categories(view<lgt_agreement_category> categories) const {
    return agreement_get_categories(*this, categories);
  }

 private:
  explicit agreement_state(detail::empty) {}
};

// ---- association ----

/// lgt_association_finish: Writes how far two columns of classes depend on each other: chi-square
/// and what is made of it, and by how much the one helps to guess the other; the state can go on.
LOGITUDE_NODISCARD inline status association_finish(const_bytes state,
    lgt_association_report &report) {
  return detail::answer(lgt_association_finish(state.data(), &report),
                        "lgt_association_finish");
}

// ---- attention_weights ----

/// lgt_attention_weights_opts_default: Writes the default options.
inline lgt_attention_weights_opts attention_weights_opts_default() {
  lgt_attention_weights_opts made{};
  lgt_attention_weights_opts_default(&made);
  return made;
}

/// lgt_attention_weights_f32: Attention weights of each row of scores without softmax: sigmoid,
/// `elu + 1`, or the scores themselves, as they are or divided by their sum.
LOGITUDE_NODISCARD inline status attention_weights(rows_view<const float> x, std::uint32_t kind,
    rows_view<float> y, const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_attention_weights_f32", "y");
  return detail::answer(lgt_attention_weights_f32(x.data(), x.stride(), kind, y.data(), y.stride(),
                                                  rows, cols, opts),
                        "lgt_attention_weights_f32");
}
LOGITUDE_NODISCARD inline status attention_weights(rows_view<const double> x, std::uint32_t kind,
    rows_view<double> y, const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_attention_weights_f64", "y");
  return detail::answer(lgt_attention_weights_f64(x.data(), x.stride(), kind, y.data(), y.stride(),
                                                  rows, cols, opts),
                        "lgt_attention_weights_f64");
}
LOGITUDE_NODISCARD inline status attention_weights(rows_view<const f16> x, std::uint32_t kind,
    rows_view<f16> y, const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_attention_weights_f16", "y");
  return detail::answer(lgt_attention_weights_f16(detail::raw(x.data()), x.stride(), kind,
                                                  detail::raw(y.data()), y.stride(), rows, cols,
                                                  opts),
                        "lgt_attention_weights_f16");
}
LOGITUDE_NODISCARD inline status attention_weights(rows_view<const bf16> x, std::uint32_t kind,
    rows_view<bf16> y, const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_attention_weights_bf16", "y");
  return detail::answer(lgt_attention_weights_bf16(detail::raw(x.data()), x.stride(), kind,
                                                   detail::raw(y.data()), y.stride(), rows, cols,
                                                   opts),
                        "lgt_attention_weights_bf16");
}

/// lgt_attention_weights_grad_f32: Gradient of `lgt_attention_weights_f32`: `dx = scale a' dy`, or
/// `scale a' (dy - sum y dy) / (sum a + eps)` where weights are divided.
LOGITUDE_NODISCARD inline status attention_weights_grad(rows_view<const float> x,
    std::uint32_t kind, rows_view<const float> dy, rows_view<float> dx,
    const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f32", "dx");
  return detail::answer(lgt_attention_weights_grad_f32(x.data(), x.stride(), kind, dy.data(),
                                                       dy.stride(), dx.data(), dx.stride(), rows,
                                                       cols, opts),
                        "lgt_attention_weights_grad_f32");
}
LOGITUDE_NODISCARD inline status attention_weights_grad(rows_view<const double> x,
    std::uint32_t kind, rows_view<const double> dy, rows_view<double> dx,
    const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f64", "dx");
  return detail::answer(lgt_attention_weights_grad_f64(x.data(), x.stride(), kind, dy.data(),
                                                       dy.stride(), dx.data(), dx.stride(), rows,
                                                       cols, opts),
                        "lgt_attention_weights_grad_f64");
}
LOGITUDE_NODISCARD inline status attention_weights_grad(rows_view<const f16> x, std::uint32_t kind,
    rows_view<const f16> dy, rows_view<f16> dx, const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_f16", "dx");
  return detail::answer(lgt_attention_weights_grad_f16(detail::raw(x.data()), x.stride(), kind,
                                                       detail::raw(dy.data()), dy.stride(),
                                                       detail::raw(dx.data()), dx.stride(), rows,
                                                       cols, opts),
                        "lgt_attention_weights_grad_f16");
}
LOGITUDE_NODISCARD inline status attention_weights_grad(rows_view<const bf16> x, std::uint32_t kind,
    rows_view<const bf16> dy, rows_view<bf16> dx,
    const lgt_attention_weights_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_attention_weights_grad_bf16", "dx");
  return detail::answer(lgt_attention_weights_grad_bf16(detail::raw(x.data()), x.stride(), kind,
                                                        detail::raw(dy.data()), dy.stride(),
                                                        detail::raw(dx.data()), dx.stride(), rows,
                                                        cols, opts),
                        "lgt_attention_weights_grad_bf16");
}

// ---- auroc ----

/// lgt_auroc_scratch: Writes how many bytes of scratch `lgt_auroc` needs: without weights 4 a
/// score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status auroc_scratch(std::size_t n, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_auroc_scratch(n, score_size, weighted, &bytes),
                        "lgt_auroc_scratch");
}

/// lgt_auroc_f32: The area under the ROC curve: of all pairs of a row of label 1 and one of label
/// 0, the share whose scores are in order, with half of those whose scores are equal (Mann and
/// Whitney's U).
LOGITUDE_NODISCARD inline status auroc(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_auroc_report &report, double max_fpr, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_auroc_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_auroc_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_auroc_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_auroc_scratch");
  return detail::answer(lgt_auroc_f32(x.data(), labels.data(), labels.type(), weights.data(),
                                      &report, n, max_fpr, scratch.data(), scratch.size()),
                        "lgt_auroc_f32");
}
LOGITUDE_NODISCARD inline status auroc(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_auroc_report &report, double max_fpr, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_auroc_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_auroc_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_auroc_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_auroc_scratch");
  return detail::answer(lgt_auroc_f64(x.data(), labels.data(), labels.type(), weights.data(),
                                      &report, n, max_fpr, scratch.data(), scratch.size()),
                        "lgt_auroc_f64");
}
LOGITUDE_NODISCARD inline status auroc(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_auroc_report &report, double max_fpr, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_auroc_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_auroc_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_auroc_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_auroc_scratch");
  return detail::answer(lgt_auroc_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                      weights.data(), &report, n, max_fpr, scratch.data(),
                                      scratch.size()),
                        "lgt_auroc_f16");
}
LOGITUDE_NODISCARD inline status auroc(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_auroc_report &report, double max_fpr, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_auroc_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_auroc_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_auroc_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_auroc_scratch");
  return detail::answer(lgt_auroc_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                       weights.data(), &report, n, max_fpr, scratch.data(),
                                       scratch.size()),
                        "lgt_auroc_bf16");
}

// ---- average_precision ----

/// lgt_average_precision_scratch: Writes how many bytes of scratch `lgt_average_precision` needs:
/// without weights 4 a score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status average_precision_scratch(std::size_t n, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_average_precision_scratch(n, score_size, weighted, &bytes),
                        "lgt_average_precision_scratch");
}

/// lgt_average_precision_f32: Average precision: the mean, by weight, over rows of label 1 of the
/// precision at their scores, the share of label 1 among all rows of scores as high or higher.
LOGITUDE_NODISCARD inline status average_precision(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_average_precision_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_average_precision_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_average_precision_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_average_precision_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_average_precision_scratch");
  return detail::answer(lgt_average_precision_f32(x.data(), labels.data(), labels.type(),
                                                  weights.data(), &report, n, scratch.data(),
                                                  scratch.size()),
                        "lgt_average_precision_f32");
}
LOGITUDE_NODISCARD inline status average_precision(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_average_precision_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_average_precision_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_average_precision_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_average_precision_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_average_precision_scratch");
  return detail::answer(lgt_average_precision_f64(x.data(), labels.data(), labels.type(),
                                                  weights.data(), &report, n, scratch.data(),
                                                  scratch.size()),
                        "lgt_average_precision_f64");
}
LOGITUDE_NODISCARD inline status average_precision(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_average_precision_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_average_precision_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_average_precision_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_average_precision_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_average_precision_scratch");
  return detail::answer(lgt_average_precision_f16(detail::raw(x.data()), labels.data(),
                                                  labels.type(), weights.data(), &report, n,
                                                  scratch.data(), scratch.size()),
                        "lgt_average_precision_f16");
}
LOGITUDE_NODISCARD inline status average_precision(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_average_precision_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_average_precision_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_average_precision_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_average_precision_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_average_precision_scratch");
  return detail::answer(lgt_average_precision_bf16(detail::raw(x.data()), labels.data(),
                                                   labels.type(), weights.data(), &report, n,
                                                   scratch.data(), scratch.size()),
                        "lgt_average_precision_bf16");
}

// ---- bbq ----

/// lgt_bbq_opts_default: Writes the default options.
inline lgt_bbq_opts bbq_opts_default() {
  lgt_bbq_opts made{};
  lgt_bbq_opts_default(&made);
  return made;
}

/// lgt_bbq_size: Writes how many bytes a model of `lgt_bbq` takes at most: about 8 MB for a million
/// rows.
LOGITUDE_NODISCARD inline status bbq_size(std::size_t rows, std::size_t &bytes) {
  return detail::answer(lgt_bbq_size(rows, &bytes),
                        "lgt_bbq_size");
}

/// lgt_bbq_scratch: Writes how many bytes of scratch `lgt_bbq_fit` needs: for each row 40, the
/// bytes of a score, and what it takes to sort (as much again, at least 4; with weights at least
/// 8); and 80 times the cube root of their number.
LOGITUDE_NODISCARD inline status bbq_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_bbq_scratch(rows, score_size, weighted, &bytes),
                        "lgt_bbq_scratch");
}

/// lgt_bbq_fit_f32: Fits Bayesian binning into quantiles (BBQ) to held-out probabilities of two
/// classes: an average over histogram binnings with bins of equal mass, of all numbers of bins B
/// from `max(1, floor(n^(1/3) / 10))` to `min(n, ceil(10 n^(1/3)))`, for n rows.
LOGITUDE_NODISCARD inline status bbq_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_bbq_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_bbq_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bbq_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_bbq_size(rows, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_bbq_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_bbq_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_bbq_scratch");
  return detail::answer(lgt_bbq_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                        labels.data(), labels.type(), weights.data(), rows, opts,
                                        scratch.data(), scratch.size()),
                        "lgt_bbq_fit_f32");
}
LOGITUDE_NODISCARD inline status bbq_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_bbq_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_bbq_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bbq_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_bbq_size(rows, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_bbq_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_bbq_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_bbq_scratch");
  return detail::answer(lgt_bbq_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                        labels.data(), labels.type(), weights.data(), rows, opts,
                                        scratch.data(), scratch.size()),
                        "lgt_bbq_fit_f64");
}
LOGITUDE_NODISCARD inline status bbq_fit(bytes model, column_view<const f16> x, numbers_view labels,
    view<const float> weights, const lgt_bbq_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_bbq_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bbq_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_bbq_size(rows, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_bbq_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_bbq_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_bbq_scratch");
  return detail::answer(lgt_bbq_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                        x.stride(), labels.data(), labels.type(), weights.data(),
                                        rows, opts, scratch.data(), scratch.size()),
                        "lgt_bbq_fit_f16");
}
LOGITUDE_NODISCARD inline status bbq_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_bbq_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_bbq_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bbq_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_bbq_size(rows, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_bbq_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_bbq_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_bbq_scratch");
  return detail::answer(lgt_bbq_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                         x.stride(), labels.data(), labels.type(), weights.data(),
                                         rows, opts, scratch.data(), scratch.size()),
                        "lgt_bbq_fit_bf16");
}

/// lgt_bbq_apply_f32: Calibrates scores with a model of `lgt_bbq`: the value of the bin that each
/// is in.
LOGITUDE_NODISCARD inline status bbq_apply(const_bytes model, column_view<const float> x,
    column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_bbq_apply_f32", "y");
  return detail::answer(lgt_bbq_apply_f32(model.data(), x.data(), x.stride(), y.data(), y.stride(),
                                          rows),
                        "lgt_bbq_apply_f32");
}
LOGITUDE_NODISCARD inline status bbq_apply(const_bytes model, column_view<const double> x,
    column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_bbq_apply_f64", "y");
  return detail::answer(lgt_bbq_apply_f64(model.data(), x.data(), x.stride(), y.data(), y.stride(),
                                          rows),
                        "lgt_bbq_apply_f64");
}
LOGITUDE_NODISCARD inline status bbq_apply(const_bytes model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_bbq_apply_f16", "y");
  return detail::answer(lgt_bbq_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                          detail::raw(y.data()), y.stride(), rows),
                        "lgt_bbq_apply_f16");
}
LOGITUDE_NODISCARD inline status bbq_apply(const_bytes model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_bbq_apply_bf16", "y");
  return detail::answer(lgt_bbq_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                           detail::raw(y.data()), y.stride(), rows),
                        "lgt_bbq_apply_bf16");
}

// ---- beta ----

/// lgt_beta_opts_default: Writes the default options.
inline lgt_beta_opts beta_opts_default() {
  lgt_beta_opts made{};
  lgt_beta_opts_default(&made);
  return made;
}

/// lgt_beta_fit_f32: Fits beta calibration to probabilities: the `a`, `b` and `c` that minimise the
/// mean negative log-likelihood of the logit `a ln s - b ln(1 - s) + c`, with a and b at least 0,
/// so that the map never falls. a = b = 1, c = 0 leaves probabilities as they are.
LOGITUDE_NODISCARD inline status beta_fit(lgt_beta_model &model, column_view<const float> x,
    numbers_view labels, view<const float> weights = {}, const lgt_beta_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_beta_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_beta_fit_f32", "weights");
  return detail::answer(lgt_beta_fit_f32(&model, x.data(), x.stride(), labels.data(), labels.type(),
                                         weights.data(), rows, opts),
                        "lgt_beta_fit_f32");
}
LOGITUDE_NODISCARD inline status beta_fit(lgt_beta_model &model, column_view<const double> x,
    numbers_view labels, view<const double> weights = {}, const lgt_beta_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_beta_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_beta_fit_f64", "weights");
  return detail::answer(lgt_beta_fit_f64(&model, x.data(), x.stride(), labels.data(), labels.type(),
                                         weights.data(), rows, opts),
                        "lgt_beta_fit_f64");
}
LOGITUDE_NODISCARD inline status beta_fit(lgt_beta_model &model, column_view<const f16> x,
    numbers_view labels, view<const float> weights = {}, const lgt_beta_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_beta_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_beta_fit_f16", "weights");
  return detail::answer(lgt_beta_fit_f16(&model, detail::raw(x.data()), x.stride(), labels.data(),
                                         labels.type(), weights.data(), rows, opts),
                        "lgt_beta_fit_f16");
}
LOGITUDE_NODISCARD inline status beta_fit(lgt_beta_model &model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}, const lgt_beta_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_beta_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_beta_fit_bf16", "weights");
  return detail::answer(lgt_beta_fit_bf16(&model, detail::raw(x.data()), x.stride(), labels.data(),
                                          labels.type(), weights.data(), rows, opts),
                        "lgt_beta_fit_bf16");
}

/// lgt_beta_apply_f32: Calibrated probabilities: those of the logit `a ln s - b ln(1 - s) + c`,
/// with s held in [eps, 1 - eps].
LOGITUDE_NODISCARD inline status beta_apply(const lgt_beta_model &model, column_view<const float> x,
    column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_beta_apply_f32", "y");
  return detail::answer(lgt_beta_apply_f32(&model, x.data(), x.stride(), y.data(), y.stride(),
                                           rows),
                        "lgt_beta_apply_f32");
}
LOGITUDE_NODISCARD inline status beta_apply(const lgt_beta_model &model,
    column_view<const double> x, column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_beta_apply_f64", "y");
  return detail::answer(lgt_beta_apply_f64(&model, x.data(), x.stride(), y.data(), y.stride(),
                                           rows),
                        "lgt_beta_apply_f64");
}
LOGITUDE_NODISCARD inline status beta_apply(const lgt_beta_model &model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_beta_apply_f16", "y");
  return detail::answer(lgt_beta_apply_f16(&model, detail::raw(x.data()), x.stride(),
                                           detail::raw(y.data()), y.stride(), rows),
                        "lgt_beta_apply_f16");
}
LOGITUDE_NODISCARD inline status beta_apply(const lgt_beta_model &model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_beta_apply_bf16", "y");
  return detail::answer(lgt_beta_apply_bf16(&model, detail::raw(x.data()), x.stride(),
                                            detail::raw(y.data()), y.stride(), rows),
                        "lgt_beta_apply_bf16");
}

// ---- binary ----

/// lgt_binary_size: Writes how many bytes a state of `lgt_binary` needs.
LOGITUDE_NODISCARD inline status binary_size(std::uint32_t bins, double eps, std::uint32_t input,
    std::size_t &bytes) {
  return detail::answer(lgt_binary_size(bins, eps, input, &bytes),
                        "lgt_binary_size");
}

/// lgt_binary_init: Starts a state of what there is to say of scores of two classes.
LOGITUDE_NODISCARD inline status binary_init(bytes state, std::uint32_t bins, double eps,
    std::uint32_t input) {
  std::size_t state_bytes = 0;
  status state_room = lgt_binary_size(bins, eps, input, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_binary_size");
  return detail::answer(lgt_binary_init(state.data(), state.size(), bins, eps, input),
                        "lgt_binary_init");
}

/// lgt_binary_update_f32: Adds rows to a state of what there is to say of scores of two classes:
/// log loss, Brier score, calibration error with its bins, confusion at 1/2, Spiegelhalter's test,
/// Brier skill and D2, all from one pass.
LOGITUDE_NODISCARD inline status binary_update(bytes state, column_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_binary_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_update_f32", "weights");
  return detail::answer(lgt_binary_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                              labels.type(), weights.data(), rows),
                        "lgt_binary_update_f32");
}
LOGITUDE_NODISCARD inline status binary_update(bytes state, column_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_binary_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_update_f64", "weights");
  return detail::answer(lgt_binary_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                              labels.type(), weights.data(), rows),
                        "lgt_binary_update_f64");
}
LOGITUDE_NODISCARD inline status binary_update(bytes state, column_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_binary_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_update_f16", "weights");
  return detail::answer(lgt_binary_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                              labels.data(), labels.type(), weights.data(), rows),
                        "lgt_binary_update_f16");
}
LOGITUDE_NODISCARD inline status binary_update(bytes state, column_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_binary_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_update_bf16", "weights");
  return detail::answer(lgt_binary_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                               labels.data(), labels.type(), weights.data(), rows),
                        "lgt_binary_update_bf16");
}

/// lgt_binary_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status binary_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_binary_merge(state.data(), other.data()),
                        "lgt_binary_merge");
}

/// lgt_binary_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status binary_finish(const_bytes state, lgt_binary_report &report) {
  return detail::answer(lgt_binary_finish(state.data(), &report),
                        "lgt_binary_finish");
}

/// lgt_binary_get_bins: Writes the bins of the reliability curve, lowest probability first: for
/// `lgt_reliability_finish` and `lgt_hosmer_lemeshow_finish` too.
LOGITUDE_NODISCARD inline status binary_get_bins(const_bytes state,
    view<lgt_reliability_bin> bins) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_binary_get_bins(state.data(), bins.data(), count),
                        "lgt_binary_get_bins");
}

/// The bytes of a state of lgt_binary, and its verbs.
class binary_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit binary_state(std::uint32_t bins, double eps, std::uint32_t input) {
    binary_init(*this, bins, eps, input);
  }
#endif
  static result<binary_state> make(std::uint32_t bins, double eps, std::uint32_t input) {
    binary_state made{detail::empty()};
    const status got = binary_init(made, bins, eps, input);
    return detail::with(got, std::move(made));
  }
  static result<binary_state> load(const_bytes saved) {
    binary_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_BINARY);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(column_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const binary_state &other) {
    return binary_merge(*this, other);
  }
  result<lgt_binary_report> finish() const {
    lgt_binary_report report{};
    const status got = binary_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_bins(view<lgt_reliability_bin> bins) const {
    return binary_get_bins(*this, bins);
  }

 private:
  explicit binary_state(detail::empty) {}
};

// ---- binary_cross_entropy ----

/// lgt_binary_cross_entropy_f32: Binary cross-entropy of each row of logits, one for every column,
/// with its gradient: the sum over columns of `-w t ln sigmoid(x) - (1 - t) ln(1 - sigmoid(x))`.
LOGITUDE_NODISCARD inline status binary_cross_entropy(rows_view<const float> x,
    rows_view<const float> targets, view<const float> positive = {}, view<const float> weights = {},
    view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f32", "targets");
  if (positive.data() != nullptr && positive.size() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f32", "positive");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_binary_cross_entropy_f32", "grad");
  return detail::answer(lgt_binary_cross_entropy_f32(x.data(), x.stride(), targets.data(),
                                                     targets.stride(), positive.data(),
                                                     weights.data(), loss.data(), grad.data(),
                                                     grad.stride(), total, rows, cols, opts),
                        "lgt_binary_cross_entropy_f32");
}
LOGITUDE_NODISCARD inline status binary_cross_entropy(rows_view<const double> x,
    rows_view<const double> targets, view<const double> positive = {},
    view<const double> weights = {}, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f64", "targets");
  if (positive.data() != nullptr && positive.size() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f64", "positive");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_binary_cross_entropy_f64", "grad");
  return detail::answer(lgt_binary_cross_entropy_f64(x.data(), x.stride(), targets.data(),
                                                     targets.stride(), positive.data(),
                                                     weights.data(), loss.data(), grad.data(),
                                                     grad.stride(), total, rows, cols, opts),
                        "lgt_binary_cross_entropy_f64");
}
LOGITUDE_NODISCARD inline status binary_cross_entropy(rows_view<const f16> x,
    rows_view<const f16> targets, view<const float> positive = {}, view<const float> weights = {},
    view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f16", "targets");
  if (positive.data() != nullptr && positive.size() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_f16", "positive");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_binary_cross_entropy_f16", "grad");
  return detail::answer(lgt_binary_cross_entropy_f16(detail::raw(x.data()), x.stride(),
                                                     detail::raw(targets.data()), targets.stride(),
                                                     positive.data(), weights.data(), loss.data(),
                                                     detail::raw(grad.data()), grad.stride(), total,
                                                     rows, cols, opts),
                        "lgt_binary_cross_entropy_f16");
}
LOGITUDE_NODISCARD inline status binary_cross_entropy(rows_view<const bf16> x,
    rows_view<const bf16> targets, view<const float> positive = {}, view<const float> weights = {},
    view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_bf16", "targets");
  if (positive.data() != nullptr && positive.size() != cols)
    return detail::mismatch("lgt_binary_cross_entropy_bf16", "positive");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_binary_cross_entropy_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_binary_cross_entropy_bf16", "grad");
  return detail::answer(lgt_binary_cross_entropy_bf16(detail::raw(x.data()), x.stride(),
                                                      detail::raw(targets.data()), targets.stride(),
                                                      positive.data(), weights.data(), loss.data(),
                                                      detail::raw(grad.data()), grad.stride(),
                                                      total, rows, cols, opts),
                        "lgt_binary_cross_entropy_bf16");
}

// ---- binned_auroc ----

/// lgt_binned_auroc_size: Writes how many bytes a state of `lgt_binned_auroc` needs: 48, and 48 a
/// bucket.
LOGITUDE_NODISCARD inline status binned_auroc_size(std::uint32_t k, std::size_t &bytes) {
  return detail::answer(lgt_binned_auroc_size(k, &bytes),
                        "lgt_binned_auroc_size");
}

/// lgt_binned_auroc_init: Starts a state of AUROC and average precision in bounded memory.
LOGITUDE_NODISCARD inline status binned_auroc_init(bytes state, std::uint32_t k, std::uint32_t map,
    view<const double> edges = {}) {
  const std::size_t edge_count = edges.size();
  std::size_t state_bytes = 0;
  status state_room = lgt_binned_auroc_size(k, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_binned_auroc_size");
  return detail::answer(lgt_binned_auroc_init(state.data(), state.size(), k, map, edges.data(),
                                              edge_count),
                        "lgt_binned_auroc_init");
}

/// lgt_binned_auroc_update_f32: Adds scores of two classes to a state of AUROC and average
/// precision, which counts them in 2^k buckets: memory is bounded, and so is what that leaves open.
LOGITUDE_NODISCARD inline status binned_auroc_update(bytes state, view<const float> x,
    numbers_view labels, view<const double> edges = {}) {
  const std::size_t rows = x.size();
  const std::size_t edge_count = edges.size();
  if (labels.size() != rows) return detail::mismatch("lgt_binned_auroc_update_f32", "labels");
  return detail::answer(lgt_binned_auroc_update_f32(state.data(), x.data(), labels.data(),
                                                    labels.type(), edges.data(), rows, edge_count),
                        "lgt_binned_auroc_update_f32");
}
LOGITUDE_NODISCARD inline status binned_auroc_update(bytes state, view<const double> x,
    numbers_view labels, view<const double> edges = {}) {
  const std::size_t rows = x.size();
  const std::size_t edge_count = edges.size();
  if (labels.size() != rows) return detail::mismatch("lgt_binned_auroc_update_f64", "labels");
  return detail::answer(lgt_binned_auroc_update_f64(state.data(), x.data(), labels.data(),
                                                    labels.type(), edges.data(), rows, edge_count),
                        "lgt_binned_auroc_update_f64");
}
LOGITUDE_NODISCARD inline status binned_auroc_update(bytes state, view<const f16> x,
    numbers_view labels, view<const double> edges = {}) {
  const std::size_t rows = x.size();
  const std::size_t edge_count = edges.size();
  if (labels.size() != rows) return detail::mismatch("lgt_binned_auroc_update_f16", "labels");
  return detail::answer(lgt_binned_auroc_update_f16(state.data(), detail::raw(x.data()),
                                                    labels.data(), labels.type(), edges.data(),
                                                    rows, edge_count),
                        "lgt_binned_auroc_update_f16");
}
LOGITUDE_NODISCARD inline status binned_auroc_update(bytes state, view<const bf16> x,
    numbers_view labels, view<const double> edges = {}) {
  const std::size_t rows = x.size();
  const std::size_t edge_count = edges.size();
  if (labels.size() != rows) return detail::mismatch("lgt_binned_auroc_update_bf16", "labels");
  return detail::answer(lgt_binned_auroc_update_bf16(state.data(), detail::raw(x.data()),
                                                     labels.data(), labels.type(), edges.data(),
                                                     rows, edge_count),
                        "lgt_binned_auroc_update_bf16");
}

/// lgt_binned_auroc_merge: Adds what another state of the same k, map and edges has seen.
LOGITUDE_NODISCARD inline status binned_auroc_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_binned_auroc_merge(state.data(), other.data()),
                        "lgt_binned_auroc_merge");
}

/// lgt_binned_auroc_finish: Writes AUROC and average precision of all rows so far, with bounds.
LOGITUDE_NODISCARD inline status binned_auroc_finish(const_bytes state,
    lgt_binned_auroc_report &report) {
  return detail::answer(lgt_binned_auroc_finish(state.data(), &report),
                        "lgt_binned_auroc_finish");
}

/// lgt_binned_auroc_fpr_at_tpr: Writes bounds for the least false positive rate of a threshold
/// whose true positive rate is at least `tpr`.
LOGITUDE_NODISCARD inline status binned_auroc_fpr_at_tpr(const_bytes state, double tpr, double &low,
    double &high) {
  return detail::answer(lgt_binned_auroc_fpr_at_tpr(state.data(), tpr, &low, &high),
                        "lgt_binned_auroc_fpr_at_tpr");
}

/// The bytes of a state of lgt_binned_auroc, and its verbs.
class binned_auroc_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit binned_auroc_state(std::uint32_t k, std::uint32_t map, view<const double> edges = {}) {
    binned_auroc_init(*this, k, map, edges);
  }
#endif
  static result<binned_auroc_state> make(std::uint32_t k, std::uint32_t map,
      view<const double> edges = {}) {
    binned_auroc_state made{detail::empty()};
    const status got = binned_auroc_init(made, k, map, edges);
    return detail::with(got, std::move(made));
  }
  static result<binned_auroc_state> load(const_bytes saved) {
    binned_auroc_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_BINNED_AUROC);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(view<const float> x, numbers_view labels,
      view<const double> edges = {}) {
    return binned_auroc_update(*this, x, labels, edges);
  }
  LOGITUDE_NODISCARD status update(view<const double> x, numbers_view labels,
      view<const double> edges = {}) {
    return binned_auroc_update(*this, x, labels, edges);
  }
  LOGITUDE_NODISCARD status update(view<const f16> x, numbers_view labels,
      view<const double> edges = {}) {
    return binned_auroc_update(*this, x, labels, edges);
  }
  LOGITUDE_NODISCARD status update(view<const bf16> x, numbers_view labels,
      view<const double> edges = {}) {
    return binned_auroc_update(*this, x, labels, edges);
  }
  LOGITUDE_NODISCARD status merge(const binned_auroc_state &other) {
    return binned_auroc_merge(*this, other);
  }
  result<lgt_binned_auroc_report> finish() const {
    lgt_binned_auroc_report report{};
    const status got = binned_auroc_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status fpr_at_tpr(double tpr, double &low, double &high) const {
    return binned_auroc_fpr_at_tpr(*this, tpr, low, high);
  }

 private:
  explicit binned_auroc_state(detail::empty) {}
};

// ---- bootstrap ----

/// lgt_bootstrap_size: Writes how many bytes a state of `lgt_bootstrap` needs: 32, and for each
/// replicate and once more as many as a state of the metric.
LOGITUDE_NODISCARD inline status bootstrap_size(std::uint32_t kind, std::uint32_t param,
    std::uint32_t replicates, std::size_t &bytes) {
  return detail::answer(lgt_bootstrap_size(kind, param, replicates, &bytes),
                        "lgt_bootstrap_size");
}

/// lgt_bootstrap_init: Starts a state of `replicates` replicates of a metric, and of the metric
/// itself.
LOGITUDE_NODISCARD inline status bootstrap_init(bytes state, std::uint32_t kind,
    std::uint32_t param, std::uint32_t replicates, std::uint64_t seed) {
  std::size_t state_bytes = 0;
  status state_room = lgt_bootstrap_size(kind, param, replicates, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_bootstrap_size");
  return detail::answer(lgt_bootstrap_init(state.data(), state.size(), kind, param, replicates,
                                           seed),
                        "lgt_bootstrap_init");
}

/// lgt_bootstrap_update_f32: Adds rows to every replicate of a metric, each time with a random
/// weight: how much the metric would vary from one sample of rows to another, in one pass.
LOGITUDE_NODISCARD inline status bootstrap_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights, std::uint64_t first_row) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_bootstrap_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bootstrap_update_f32", "weights");
  return detail::answer(lgt_bootstrap_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                 labels.type(), weights.data(), first_row, rows,
                                                 cols),
                        "lgt_bootstrap_update_f32");
}
LOGITUDE_NODISCARD inline status bootstrap_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights, std::uint64_t first_row) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_bootstrap_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bootstrap_update_f64", "weights");
  return detail::answer(lgt_bootstrap_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                 labels.type(), weights.data(), first_row, rows,
                                                 cols),
                        "lgt_bootstrap_update_f64");
}
LOGITUDE_NODISCARD inline status bootstrap_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, std::uint64_t first_row) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_bootstrap_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bootstrap_update_f16", "weights");
  return detail::answer(lgt_bootstrap_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(),
                                                 first_row, rows, cols),
                        "lgt_bootstrap_update_f16");
}
LOGITUDE_NODISCARD inline status bootstrap_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, std::uint64_t first_row) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_bootstrap_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_bootstrap_update_bf16", "weights");
  return detail::answer(lgt_bootstrap_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                  labels.data(), labels.type(), weights.data(),
                                                  first_row, rows, cols),
                        "lgt_bootstrap_update_bf16");
}

/// lgt_bootstrap_merge: Adds what another state of the same parameters and seed has seen.
LOGITUDE_NODISCARD inline status bootstrap_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_bootstrap_merge(state.data(), other.data()),
                        "lgt_bootstrap_merge");
}

/// lgt_bootstrap_get_replicate: Writes one replicate as a state of the metric, for all that can be
/// done with one: its `finish`, its bins.
LOGITUDE_NODISCARD inline status bootstrap_get_replicate(const_bytes state, std::uint32_t replicate,
    bytes out) {
  return detail::answer(lgt_bootstrap_get_replicate(state.data(), replicate, out.data(),
                                                    out.size()),
                        "lgt_bootstrap_get_replicate");
}

/// lgt_bootstrap_get_original: Writes the state that the metric's own update would have made of the
/// rows as they are, without any drawing.
LOGITUDE_NODISCARD inline status bootstrap_get_original(const_bytes state, bytes out) {
  return detail::answer(lgt_bootstrap_get_original(state.data(), out.data(), out.size()),
                        "lgt_bootstrap_get_original");
}

/// lgt_bootstrap_get_values: Writes the metric of every replicate, in their order: accuracy, nll,
/// brier or ece; NaN where it is undefined.
LOGITUDE_NODISCARD inline status bootstrap_get_values(const_bytes state, view<double> values) {
  const std::size_t count = values.size();
  return detail::answer(lgt_bootstrap_get_values(state.data(), values.data(), count),
                        "lgt_bootstrap_get_values");
}

/// lgt_bootstrap_finish: Writes what the replicates say of the metric: its standard error, and the
/// percentile interval.
LOGITUDE_NODISCARD inline status bootstrap_finish(const_bytes state, double confidence,
    view<double> values, lgt_bootstrap_report &report) {
  const std::size_t count = values.size();
  return detail::answer(lgt_bootstrap_finish(state.data(), confidence, values.data(), count,
                                             &report),
                        "lgt_bootstrap_finish");
}

/// lgt_bootstrap_weights_f32: Writes the weights that rows have in a replicate: what
/// `lgt_bootstrap_update_f32` draws, for any other function that takes weights.
LOGITUDE_NODISCARD inline status bootstrap_weights(std::uint64_t seed, std::uint32_t replicate,
    std::uint64_t first_row, view<float> weights) {
  const std::size_t rows = weights.size();
  return detail::answer(lgt_bootstrap_weights_f32(seed, replicate, first_row, weights.data(), rows),
                        "lgt_bootstrap_weights_f32");
}
LOGITUDE_NODISCARD inline status bootstrap_weights(std::uint64_t seed, std::uint32_t replicate,
    std::uint64_t first_row, view<double> weights) {
  const std::size_t rows = weights.size();
  return detail::answer(lgt_bootstrap_weights_f64(seed, replicate, first_row, weights.data(), rows),
                        "lgt_bootstrap_weights_f64");
}
LOGITUDE_NODISCARD inline status bootstrap_weights(std::uint64_t seed, std::uint32_t replicate,
    std::uint64_t first_row, view<f16> weights) {
  const std::size_t rows = weights.size();
  return detail::answer(lgt_bootstrap_weights_f16(seed, replicate, first_row,
                                                  detail::raw(weights.data()), rows),
                        "lgt_bootstrap_weights_f16");
}
LOGITUDE_NODISCARD inline status bootstrap_weights(std::uint64_t seed, std::uint32_t replicate,
    std::uint64_t first_row, view<bf16> weights) {
  const std::size_t rows = weights.size();
  return detail::answer(lgt_bootstrap_weights_bf16(seed, replicate, first_row,
                                                   detail::raw(weights.data()), rows),
                        "lgt_bootstrap_weights_bf16");
}

/// The bytes of a state of lgt_bootstrap, and its verbs.
class bootstrap_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit bootstrap_state(std::uint32_t kind, std::uint32_t param, std::uint32_t replicates,
      std::uint64_t seed) {
    bootstrap_init(*this, kind, param, replicates, seed);
  }
#endif
  static result<bootstrap_state> make(std::uint32_t kind, std::uint32_t param,
      std::uint32_t replicates, std::uint64_t seed) {
    bootstrap_state made{detail::empty()};
    const status got = bootstrap_init(made, kind, param, replicates, seed);
    return detail::with(got, std::move(made));
  }
  static result<bootstrap_state> load(const_bytes saved) {
    bootstrap_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_BOOTSTRAP);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights, std::uint64_t first_row) {
    return bootstrap_update(*this, x, labels, weights, first_row);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights, std::uint64_t first_row) {
    return bootstrap_update(*this, x, labels, weights, first_row);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights, std::uint64_t first_row) {
    return bootstrap_update(*this, x, labels, weights, first_row);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights, std::uint64_t first_row) {
    return bootstrap_update(*this, x, labels, weights, first_row);
  }
  LOGITUDE_NODISCARD status merge(const bootstrap_state &other) {
    return bootstrap_merge(*this, other);
  }
  LOGITUDE_NODISCARD status get_replicate(std::uint32_t replicate, bytes out) const {
    return bootstrap_get_replicate(*this, replicate, out);
  }
  LOGITUDE_NODISCARD status get_original(bytes out) const {
    return bootstrap_get_original(*this, out);
  }
  LOGITUDE_NODISCARD status get_values(view<double> values) const {
    return bootstrap_get_values(*this, values);
  }
  result<lgt_bootstrap_report> finish(double confidence, view<double> values) const {
    lgt_bootstrap_report report{};
    const status got = bootstrap_finish(*this, confidence, values, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit bootstrap_state(detail::empty) {}
};

// ---- brier_decomposition ----

/// lgt_brier_decomposition_scratch: Writes how many bytes of scratch `lgt_brier_decomposition`
/// needs: 24 a probability.
LOGITUDE_NODISCARD inline status brier_decomposition_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_brier_decomposition_scratch(n, &bytes),
                        "lgt_brier_decomposition_scratch");
}

/// lgt_brier_decomposition_f32: The Brier score of forecasts of one thing and what it is made of:
/// `brier = reliability - resolution + uncertainty + within_variance - within_covariance`.
LOGITUDE_NODISCARD inline status brier_decomposition(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_brier_decomposition_report &report, std::uint32_t bins,
    bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_brier_decomposition_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_brier_decomposition_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_brier_decomposition_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_brier_decomposition_scratch");
  return detail::answer(lgt_brier_decomposition_f32(x.data(), labels.data(), labels.type(),
                                                    weights.data(), &report, n, bins,
                                                    scratch.data(), scratch.size()),
                        "lgt_brier_decomposition_f32");
}
LOGITUDE_NODISCARD inline status brier_decomposition(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_brier_decomposition_report &report, std::uint32_t bins,
    bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_brier_decomposition_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_brier_decomposition_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_brier_decomposition_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_brier_decomposition_scratch");
  return detail::answer(lgt_brier_decomposition_f64(x.data(), labels.data(), labels.type(),
                                                    weights.data(), &report, n, bins,
                                                    scratch.data(), scratch.size()),
                        "lgt_brier_decomposition_f64");
}
LOGITUDE_NODISCARD inline status brier_decomposition(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_brier_decomposition_report &report, std::uint32_t bins,
    bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_brier_decomposition_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_brier_decomposition_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_brier_decomposition_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_brier_decomposition_scratch");
  return detail::answer(lgt_brier_decomposition_f16(detail::raw(x.data()), labels.data(),
                                                    labels.type(), weights.data(), &report, n, bins,
                                                    scratch.data(), scratch.size()),
                        "lgt_brier_decomposition_f16");
}
LOGITUDE_NODISCARD inline status brier_decomposition(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_brier_decomposition_report &report, std::uint32_t bins,
    bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_brier_decomposition_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_brier_decomposition_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_brier_decomposition_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_brier_decomposition_scratch");
  return detail::answer(lgt_brier_decomposition_bf16(detail::raw(x.data()), labels.data(),
                                                     labels.type(), weights.data(), &report, n,
                                                     bins, scratch.data(), scratch.size()),
                        "lgt_brier_decomposition_bf16");
}

/// lgt_brier_decomposition_finish: The parts of a Brier score that bins tell, from those of
/// `lgt_ece_binary_get_bins`, say, which merge.
LOGITUDE_NODISCARD inline status brier_decomposition_finish(view<const lgt_reliability_bin> bins,
    lgt_brier_decomposition_report &report) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_brier_decomposition_finish(bins.data(), count, &report),
                        "lgt_brier_decomposition_finish");
}

// ---- budget ----

/// lgt_budget_f32: Row-wise budget map: the numbers from 0 to 1 nearest to the scores that add up
/// to a budget.
LOGITUDE_NODISCARD inline status budget(rows_view<const float> x, double budget,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_budget_f32", "y");
  return detail::answer(lgt_budget_f32(x.data(), x.stride(), budget, y.data(), y.stride(), rows,
                                       cols),
                        "lgt_budget_f32");
}
LOGITUDE_NODISCARD inline status budget(rows_view<const double> x, double budget,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_budget_f64", "y");
  return detail::answer(lgt_budget_f64(x.data(), x.stride(), budget, y.data(), y.stride(), rows,
                                       cols),
                        "lgt_budget_f64");
}
LOGITUDE_NODISCARD inline status budget(rows_view<const f16> x, double budget, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_budget_f16", "y");
  return detail::answer(lgt_budget_f16(detail::raw(x.data()), x.stride(), budget,
                                       detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_budget_f16");
}
LOGITUDE_NODISCARD inline status budget(rows_view<const bf16> x, double budget, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_budget_bf16", "y");
  return detail::answer(lgt_budget_bf16(detail::raw(x.data()), x.stride(), budget,
                                        detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_budget_bf16");
}

/// lgt_budget_grad_f32: Gradient of `lgt_budget_f32` through its result: `dx = J dy`.
LOGITUDE_NODISCARD inline status budget_grad(rows_view<const float> y, rows_view<const float> dy,
    rows_view<float> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_budget_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_budget_grad_f32", "dx");
  return detail::answer(lgt_budget_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(), dx.data(),
                                            dx.stride(), rows, cols),
                        "lgt_budget_grad_f32");
}
LOGITUDE_NODISCARD inline status budget_grad(rows_view<const double> y, rows_view<const double> dy,
    rows_view<double> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_budget_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_budget_grad_f64", "dx");
  return detail::answer(lgt_budget_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(), dx.data(),
                                            dx.stride(), rows, cols),
                        "lgt_budget_grad_f64");
}
LOGITUDE_NODISCARD inline status budget_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<f16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_budget_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_budget_grad_f16", "dx");
  return detail::answer(lgt_budget_grad_f16(detail::raw(y.data()), y.stride(),
                                            detail::raw(dy.data()), dy.stride(),
                                            detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_budget_grad_f16");
}
LOGITUDE_NODISCARD inline status budget_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    rows_view<bf16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_budget_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_budget_grad_bf16", "dx");
  return detail::answer(lgt_budget_grad_bf16(detail::raw(y.data()), y.stride(),
                                             detail::raw(dy.data()), dy.stride(),
                                             detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_budget_grad_bf16");
}

// ---- ca_features ----

/// lgt_ca_features_f32: Features from which a temperature may be predicted for each row: from
/// `view_count` transformed copies of the samples, the probabilities of the `k` classes that the
/// original scores highest.
LOGITUDE_NODISCARD inline status ca_features(rows_view<const float> x, const float *views,
    std::size_t views_stride, std::size_t view_stride, std::size_t view_count, rows_view<float> y,
    std::size_t k) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != view_count * k)
    return detail::mismatch("lgt_ca_features_f32", "y");
  return detail::answer(lgt_ca_features_f32(x.data(), x.stride(), views, views_stride, view_stride,
                                            view_count, y.data(), y.stride(), rows, cols, k),
                        "lgt_ca_features_f32");
}
LOGITUDE_NODISCARD inline status ca_features(rows_view<const double> x, const double *views,
    std::size_t views_stride, std::size_t view_stride, std::size_t view_count, rows_view<double> y,
    std::size_t k) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != view_count * k)
    return detail::mismatch("lgt_ca_features_f64", "y");
  return detail::answer(lgt_ca_features_f64(x.data(), x.stride(), views, views_stride, view_stride,
                                            view_count, y.data(), y.stride(), rows, cols, k),
                        "lgt_ca_features_f64");
}
LOGITUDE_NODISCARD inline status ca_features(rows_view<const f16> x, const f16 *views,
    std::size_t views_stride, std::size_t view_stride, std::size_t view_count, rows_view<f16> y,
    std::size_t k) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != view_count * k)
    return detail::mismatch("lgt_ca_features_f16", "y");
  return detail::answer(lgt_ca_features_f16(detail::raw(x.data()), x.stride(), detail::raw(views),
                                            views_stride, view_stride, view_count,
                                            detail::raw(y.data()), y.stride(), rows, cols, k),
                        "lgt_ca_features_f16");
}
LOGITUDE_NODISCARD inline status ca_features(rows_view<const bf16> x, const bf16 *views,
    std::size_t views_stride, std::size_t view_stride, std::size_t view_count, rows_view<bf16> y,
    std::size_t k) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != view_count * k)
    return detail::mismatch("lgt_ca_features_bf16", "y");
  return detail::answer(lgt_ca_features_bf16(detail::raw(x.data()), x.stride(), detail::raw(views),
                                             views_stride, view_stride, view_count,
                                             detail::raw(y.data()), y.stride(), rows, cols, k),
                        "lgt_ca_features_bf16");
}

// ---- ca_loss ----

/// lgt_ca_loss_size: Writes how many bytes a state of `lgt_ca_loss` needs.
LOGITUDE_NODISCARD inline status ca_loss_size(std::size_t &bytes) {
  return detail::answer(lgt_ca_loss_size(&bytes),
                        "lgt_ca_loss_size");
}

/// lgt_ca_loss_init: Starts a state of the correctness-aware loss.
LOGITUDE_NODISCARD inline status ca_loss_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_ca_loss_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_ca_loss_size");
  return detail::answer(lgt_ca_loss_init(state.data(), state.size()),
                        "lgt_ca_loss_init");
}

/// lgt_ca_loss_update_f32: Adds rows to a state of the correctness-aware loss: the mean of `(c -
/// r)^2`, where `c` is the largest share of `softmax(x / T)`, and `r` is 1 where the first largest
/// logit is the label's, else 0.
LOGITUDE_NODISCARD inline status ca_loss_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}, view<const double> temperatures = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_update_f32", "weights");
  return detail::answer(lgt_ca_loss_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                               labels.type(), weights.data(), temperatures.data(),
                                               temperature_count, rows, cols),
                        "lgt_ca_loss_update_f32");
}
LOGITUDE_NODISCARD inline status ca_loss_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}, view<const double> temperatures = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_update_f64", "weights");
  return detail::answer(lgt_ca_loss_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                               labels.type(), weights.data(), temperatures.data(),
                                               temperature_count, rows, cols),
                        "lgt_ca_loss_update_f64");
}
LOGITUDE_NODISCARD inline status ca_loss_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}, view<const double> temperatures = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_update_f16", "weights");
  return detail::answer(lgt_ca_loss_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                               labels.data(), labels.type(), weights.data(),
                                               temperatures.data(), temperature_count, rows, cols),
                        "lgt_ca_loss_update_f16");
}
LOGITUDE_NODISCARD inline status ca_loss_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}, view<const double> temperatures = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_update_bf16", "weights");
  return detail::answer(lgt_ca_loss_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), weights.data(),
                                                temperatures.data(), temperature_count, rows, cols),
                        "lgt_ca_loss_update_bf16");
}

/// lgt_ca_loss_merge: Adds what another state has seen.
LOGITUDE_NODISCARD inline status ca_loss_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_ca_loss_merge(state.data(), other.data()),
                        "lgt_ca_loss_merge");
}

/// lgt_ca_loss_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status ca_loss_finish(const_bytes state, lgt_ca_loss_report &report) {
  return detail::answer(lgt_ca_loss_finish(state.data(), &report),
                        "lgt_ca_loss_finish");
}

/// lgt_ca_loss_grad_f32: The correctness-aware loss of a batch, as `lgt_ca_loss_update_f32` has it,
/// with its gradients: in each row's temperature, and in each row's `u = x / T`.
LOGITUDE_NODISCARD inline status ca_loss_grad(rows_view<const float> x, numbers_view labels,
    view<const float> weights, view<const double> temperatures, double *loss, view<double> dt,
    rows_view<float> du, std::uint32_t flags) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_grad_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f32", "weights");
  if (dt.data() != nullptr && dt.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f32", "dt");
  if (du.data() != nullptr && (du.rows() != rows || du.cols() != cols))
    return detail::mismatch("lgt_ca_loss_grad_f32", "du");
  return detail::answer(lgt_ca_loss_grad_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                             weights.data(), temperatures.data(), temperature_count,
                                             loss, dt.data(), du.data(), du.stride(), rows, cols,
                                             flags),
                        "lgt_ca_loss_grad_f32");
}
LOGITUDE_NODISCARD inline status ca_loss_grad(rows_view<const double> x, numbers_view labels,
    view<const double> weights, view<const double> temperatures, double *loss, view<double> dt,
    rows_view<double> du, std::uint32_t flags) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_grad_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f64", "weights");
  if (dt.data() != nullptr && dt.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f64", "dt");
  if (du.data() != nullptr && (du.rows() != rows || du.cols() != cols))
    return detail::mismatch("lgt_ca_loss_grad_f64", "du");
  return detail::answer(lgt_ca_loss_grad_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                             weights.data(), temperatures.data(), temperature_count,
                                             loss, dt.data(), du.data(), du.stride(), rows, cols,
                                             flags),
                        "lgt_ca_loss_grad_f64");
}
LOGITUDE_NODISCARD inline status ca_loss_grad(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, view<const double> temperatures, double *loss, view<double> dt,
    rows_view<f16> du, std::uint32_t flags) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_grad_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f16", "weights");
  if (dt.data() != nullptr && dt.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_f16", "dt");
  if (du.data() != nullptr && (du.rows() != rows || du.cols() != cols))
    return detail::mismatch("lgt_ca_loss_grad_f16", "du");
  return detail::answer(lgt_ca_loss_grad_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                             labels.type(), weights.data(), temperatures.data(),
                                             temperature_count, loss, dt.data(),
                                             detail::raw(du.data()), du.stride(), rows, cols,
                                             flags),
                        "lgt_ca_loss_grad_f16");
}
LOGITUDE_NODISCARD inline status ca_loss_grad(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, view<const double> temperatures, double *loss, view<double> dt,
    rows_view<bf16> du, std::uint32_t flags) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t temperature_count = temperatures.size();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_loss_grad_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_bf16", "weights");
  if (dt.data() != nullptr && dt.size() != rows)
    return detail::mismatch("lgt_ca_loss_grad_bf16", "dt");
  if (du.data() != nullptr && (du.rows() != rows || du.cols() != cols))
    return detail::mismatch("lgt_ca_loss_grad_bf16", "du");
  return detail::answer(lgt_ca_loss_grad_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), weights.data(), temperatures.data(),
                                              temperature_count, loss, dt.data(),
                                              detail::raw(du.data()), du.stride(), rows, cols,
                                              flags),
                        "lgt_ca_loss_grad_bf16");
}

/// The bytes of a state of lgt_ca_loss, and its verbs.
class ca_loss_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit ca_loss_state() {
    ca_loss_init(*this);
  }
#endif
  static result<ca_loss_state> make() {
    ca_loss_state made{detail::empty()};
    const status got = ca_loss_init(made);
    return detail::with(got, std::move(made));
  }
  static result<ca_loss_state> load(const_bytes saved) {
    ca_loss_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_CA_LOSS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}, view<const double> temperatures = {}) {
    return ca_loss_update(*this, x, labels, weights, temperatures);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}, view<const double> temperatures = {}) {
    return ca_loss_update(*this, x, labels, weights, temperatures);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}, view<const double> temperatures = {}) {
    return ca_loss_update(*this, x, labels, weights, temperatures);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}, view<const double> temperatures = {}) {
    return ca_loss_update(*this, x, labels, weights, temperatures);
  }
  LOGITUDE_NODISCARD status merge(const ca_loss_state &other) {
    return ca_loss_merge(*this, other);
  }
  result<lgt_ca_loss_report> finish() const {
    lgt_ca_loss_report report{};
    const status got = ca_loss_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit ca_loss_state(detail::empty) {}
};

// ---- ca_temperature ----

/// lgt_ca_temperature_opts_default: Writes the default options.
inline lgt_ca_temperature_opts ca_temperature_opts_default() {
  lgt_ca_temperature_opts made{};
  lgt_ca_temperature_opts_default(&made);
  return made;
}

/// lgt_ca_temperature_fit_f32: Fits a temperature to held-out logits and labels: the `T` of least
/// correctness-aware loss (see `lgt_ca_loss_update_f32`), balanced or uniform.
LOGITUDE_NODISCARD inline status ca_temperature_fit(lgt_temperature_model &model,
    rows_view<const float> x, numbers_view labels, view<const float> weights = {},
    const lgt_ca_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_temperature_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_temperature_fit_f32", "weights");
  return detail::answer(lgt_ca_temperature_fit_f32(&model, x.data(), x.stride(), labels.data(),
                                                   labels.type(), weights.data(), rows, cols, opts),
                        "lgt_ca_temperature_fit_f32");
}
LOGITUDE_NODISCARD inline status ca_temperature_fit(lgt_temperature_model &model,
    rows_view<const double> x, numbers_view labels, view<const double> weights = {},
    const lgt_ca_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_temperature_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_temperature_fit_f64", "weights");
  return detail::answer(lgt_ca_temperature_fit_f64(&model, x.data(), x.stride(), labels.data(),
                                                   labels.type(), weights.data(), rows, cols, opts),
                        "lgt_ca_temperature_fit_f64");
}
LOGITUDE_NODISCARD inline status ca_temperature_fit(lgt_temperature_model &model,
    rows_view<const f16> x, numbers_view labels, view<const float> weights = {},
    const lgt_ca_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_temperature_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_temperature_fit_f16", "weights");
  return detail::answer(lgt_ca_temperature_fit_f16(&model, detail::raw(x.data()), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, opts),
                        "lgt_ca_temperature_fit_f16");
}
LOGITUDE_NODISCARD inline status ca_temperature_fit(lgt_temperature_model &model,
    rows_view<const bf16> x, numbers_view labels, view<const float> weights = {},
    const lgt_ca_temperature_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ca_temperature_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ca_temperature_fit_bf16", "weights");
  return detail::answer(lgt_ca_temperature_fit_bf16(&model, detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(), weights.data(),
                                                    rows, cols, opts),
                        "lgt_ca_temperature_fit_bf16");
}

// ---- calibration_slope ----

/// lgt_calibration_slope_opts_default: Writes the default options.
inline lgt_calibration_slope_opts calibration_slope_opts_default() {
  lgt_calibration_slope_opts made{};
  lgt_calibration_slope_opts_default(&made);
  return made;
}

/// lgt_calibration_slope_fit_f32: Fits intercept a and slope b of calibration: logistic regression
/// of what came true on the logits x of the forecasts, P(y = 1) = 1 / (1 + e^-(a + b x)).
LOGITUDE_NODISCARD inline status calibration_slope_fit(lgt_calibration_slope_report &report,
    column_view<const float> x, numbers_view labels, view<const float> weights = {},
    const lgt_calibration_slope_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_calibration_slope_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_calibration_slope_fit_f32", "weights");
  return detail::answer(lgt_calibration_slope_fit_f32(&report, x.data(), x.stride(), labels.data(),
                                                      labels.type(), weights.data(), rows, opts),
                        "lgt_calibration_slope_fit_f32");
}
LOGITUDE_NODISCARD inline status calibration_slope_fit(lgt_calibration_slope_report &report,
    column_view<const double> x, numbers_view labels, view<const double> weights = {},
    const lgt_calibration_slope_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_calibration_slope_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_calibration_slope_fit_f64", "weights");
  return detail::answer(lgt_calibration_slope_fit_f64(&report, x.data(), x.stride(), labels.data(),
                                                      labels.type(), weights.data(), rows, opts),
                        "lgt_calibration_slope_fit_f64");
}
LOGITUDE_NODISCARD inline status calibration_slope_fit(lgt_calibration_slope_report &report,
    column_view<const f16> x, numbers_view labels, view<const float> weights = {},
    const lgt_calibration_slope_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_calibration_slope_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_calibration_slope_fit_f16", "weights");
  return detail::answer(lgt_calibration_slope_fit_f16(&report, detail::raw(x.data()), x.stride(),
                                                      labels.data(), labels.type(), weights.data(),
                                                      rows, opts),
                        "lgt_calibration_slope_fit_f16");
}
LOGITUDE_NODISCARD inline status calibration_slope_fit(lgt_calibration_slope_report &report,
    column_view<const bf16> x, numbers_view labels, view<const float> weights = {},
    const lgt_calibration_slope_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_calibration_slope_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_calibration_slope_fit_bf16", "weights");
  return detail::answer(lgt_calibration_slope_fit_bf16(&report, detail::raw(x.data()), x.stride(),
                                                       labels.data(), labels.type(), weights.data(),
                                                       rows, opts),
                        "lgt_calibration_slope_fit_bf16");
}

// ---- class_counts ----

/// lgt_class_counts_opts_default: Writes the default options.
inline lgt_class_counts_opts class_counts_opts_default() {
  lgt_class_counts_opts made{};
  lgt_class_counts_opts_default(&made);
  return made;
}

/// lgt_class_counts_finish_opts_default: Writes the default options.
inline lgt_class_counts_finish_opts class_counts_finish_opts_default() {
  lgt_class_counts_finish_opts made{};
  lgt_class_counts_finish_opts_default(&made);
  return made;
}

/// lgt_class_counts_size: Writes how many bytes a state of `lgt_class_counts` needs: 48, and 36 a
/// class (96 with weights), in whole words.
LOGITUDE_NODISCARD inline status class_counts_size(std::uint32_t classes,
    const lgt_class_counts_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_class_counts_size(classes, opts, &bytes),
                        "lgt_class_counts_size");
}

/// lgt_class_counts_init: Starts a state of class counts: how often each class was true, predicted,
/// and both.
LOGITUDE_NODISCARD inline status class_counts_init(bytes state, std::uint32_t classes,
    const lgt_class_counts_opts *opts = nullptr) {
  std::size_t state_bytes = 0;
  status state_room = lgt_class_counts_size(classes, opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_class_counts_size");
  return detail::answer(lgt_class_counts_init(state.data(), state.size(), classes, opts),
                        "lgt_class_counts_init");
}

/// lgt_class_counts_update: Adds rows to a state of class counts: how often each class was true,
/// predicted, and both.
LOGITUDE_NODISCARD inline status class_counts_update(bytes state, numbers_view predicted,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = predicted.size();
  if (labels.size() != rows) return detail::mismatch("lgt_class_counts_update", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_class_counts_update", "weights");
  return detail::answer(lgt_class_counts_update(state.data(), predicted.data(), predicted.type(),
                                                labels.data(), labels.type(), weights.data(), rows),
                        "lgt_class_counts_update");
}

/// lgt_class_counts_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status class_counts_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_class_counts_merge(state.data(), other.data()),
                        "lgt_class_counts_merge");
}

/// lgt_class_counts_finish: Writes averages over classes, accuracy and agreement; the state can go
/// on.
LOGITUDE_NODISCARD inline status class_counts_finish(const_bytes state,
    lgt_class_counts_report &report, const lgt_class_counts_finish_opts *opts = nullptr) {
  return detail::answer(lgt_class_counts_finish(state.data(), &report, opts),
                        "lgt_class_counts_finish");
}

/// lgt_class_counts_get_classes: Writes each class by itself; the state can go on.
LOGITUDE_NODISCARD inline status class_counts_get_classes(const_bytes state,
    view<lgt_class_counts_class> classes, const lgt_class_counts_finish_opts *opts = nullptr) {
  const std::size_t count = classes.size();
  return detail::answer(lgt_class_counts_get_classes(state.data(), classes.data(), count, opts),
                        "lgt_class_counts_get_classes");
}

/// The bytes of a state of lgt_class_counts, and its verbs.
class class_counts_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit class_counts_state(std::uint32_t classes, const lgt_class_counts_opts *opts = nullptr) {
    class_counts_init(*this, classes, opts);
  }
#endif
  static result<class_counts_state> make(std::uint32_t classes,
      const lgt_class_counts_opts *opts = nullptr) {
    class_counts_state made{detail::empty()};
    const status got = class_counts_init(made, classes, opts);
    return detail::with(got, std::move(made));
  }
  static result<class_counts_state> load(const_bytes saved) {
    class_counts_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_CLASS_COUNTS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(numbers_view predicted, numbers_view labels,
      view<const double> weights = {}) {
    return class_counts_update(*this, predicted, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const class_counts_state &other) {
    return class_counts_merge(*this, other);
  }
  result<lgt_class_counts_report> finish(const lgt_class_counts_finish_opts *opts = nullptr) const {
    lgt_class_counts_report report{};
    const status got = class_counts_finish(*this, report, opts);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_classes(view<lgt_class_counts_class> classes,
      const lgt_class_counts_finish_opts *opts = nullptr) const {
    return class_counts_get_classes(*this, classes, opts);
  }

 private:
  explicit class_counts_state(detail::empty) {}
};

// ---- concordance_index ----

/// lgt_concordance_index_scratch: Writes how many bytes of scratch `lgt_concordance_index` needs:
/// 12 a row.
LOGITUDE_NODISCARD inline status concordance_index_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_concordance_index_scratch(n, &bytes),
                        "lgt_concordance_index_scratch");
}

/// lgt_concordance_index_f32: Harrell's concordance index: of the pairs of rows of which it is
/// known which lasted longer, the share that was predicted to, equal predictions counting half.
LOGITUDE_NODISCARD inline status concordance_index(view<const float> x, view<const float> y,
    numbers_view events, lgt_concordance_index_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_concordance_index_f32", "y");
  if (events.data() != nullptr && events.size() != n)
    return detail::mismatch("lgt_concordance_index_f32", "events");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_concordance_index_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_concordance_index_scratch");
  return detail::answer(lgt_concordance_index_f32(x.data(), y.data(), events.data(), events.type(),
                                                  &report, n, scratch.data(), scratch.size()),
                        "lgt_concordance_index_f32");
}
LOGITUDE_NODISCARD inline status concordance_index(view<const double> x, view<const double> y,
    numbers_view events, lgt_concordance_index_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_concordance_index_f64", "y");
  if (events.data() != nullptr && events.size() != n)
    return detail::mismatch("lgt_concordance_index_f64", "events");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_concordance_index_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_concordance_index_scratch");
  return detail::answer(lgt_concordance_index_f64(x.data(), y.data(), events.data(), events.type(),
                                                  &report, n, scratch.data(), scratch.size()),
                        "lgt_concordance_index_f64");
}
LOGITUDE_NODISCARD inline status concordance_index(view<const f16> x, view<const f16> y,
    numbers_view events, lgt_concordance_index_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_concordance_index_f16", "y");
  if (events.data() != nullptr && events.size() != n)
    return detail::mismatch("lgt_concordance_index_f16", "events");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_concordance_index_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_concordance_index_scratch");
  return detail::answer(lgt_concordance_index_f16(detail::raw(x.data()), detail::raw(y.data()),
                                                  events.data(), events.type(), &report, n,
                                                  scratch.data(), scratch.size()),
                        "lgt_concordance_index_f16");
}
LOGITUDE_NODISCARD inline status concordance_index(view<const bf16> x, view<const bf16> y,
    numbers_view events, lgt_concordance_index_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_concordance_index_bf16", "y");
  if (events.data() != nullptr && events.size() != n)
    return detail::mismatch("lgt_concordance_index_bf16", "events");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_concordance_index_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_concordance_index_scratch");
  return detail::answer(lgt_concordance_index_bf16(detail::raw(x.data()), detail::raw(y.data()),
                                                   events.data(), events.type(), &report, n,
                                                   scratch.data(), scratch.size()),
                        "lgt_concordance_index_bf16");
}

// ---- conformal ----

/// lgt_conformal_opts_default: Writes the default options.
inline lgt_conformal_opts conformal_opts_default() {
  lgt_conformal_opts made{};
  lgt_conformal_opts_default(&made);
  return made;
}

/// lgt_conformal_size: Writes how many bytes a model of `lgt_conformal_fit` takes: 96 for one
/// threshold, 80 and 16 a class for thresholds of their own.
LOGITUDE_NODISCARD inline status conformal_size(std::size_t classes, std::size_t &bytes) {
  return detail::answer(lgt_conformal_size(classes, &bytes),
                        "lgt_conformal_size");
}

/// lgt_conformal_scratch: Writes how many bytes of scratch `lgt_conformal_fit` needs: none for one
/// threshold, 8 a score, 8 a class and 8 for thresholds by class.
LOGITUDE_NODISCARD inline status conformal_scratch(std::size_t n, std::size_t classes,
    std::size_t &bytes) {
  return detail::answer(lgt_conformal_scratch(n, classes, &bytes),
                        "lgt_conformal_scratch");
}

/// lgt_conformal_fit: Finds the threshold of prediction sets: of `n` scores of rows with known
/// classes the `k`-th lowest, `k = ceil((n + 1) (1 - alpha))`.
LOGITUDE_NODISCARD inline status conformal_fit(bytes model, view<const double> scores,
    numbers_view labels, std::size_t classes, double alpha, const lgt_conformal_opts *opts,
    bytes scratch) {
  const std::size_t n = scores.size();
  if (labels.data() != nullptr && labels.size() != n)
    return detail::mismatch("lgt_conformal_fit", "labels");
  std::size_t model_bytes = 0;
  status model_room = lgt_conformal_size(classes, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_conformal_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_scratch(n, classes, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_scratch");
  return detail::answer(lgt_conformal_fit(model.data(), model.size(), scores.data(), labels.data(),
                                          labels.type(), n, classes, alpha, opts, scratch.data(),
                                          scratch.size()),
                        "lgt_conformal_fit");
}

/// lgt_conformal_weighted_scratch: Writes how many bytes of scratch `lgt_conformal_weighted` needs:
/// 32 a score.
LOGITUDE_NODISCARD inline status conformal_weighted_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_conformal_weighted_scratch(n, &bytes),
                        "lgt_conformal_weighted_scratch");
}

/// lgt_conformal_weighted: A threshold for each of `rows` new rows, where these are from another
/// distribution than the `n` rows of known class, and weights say how much more likely each row is
/// under it: the least score such that those up to it have a share of `1 - alpha` of all weight,
/// that of the new row included. +inf where there is none, `LGT_DEGENERATE`.
LOGITUDE_NODISCARD inline status conformal_weighted(view<const double> scores,
    view<const double> weights, view<const double> new_weights, double alpha,
    view<double> thresholds, bytes scratch) {
  const std::size_t n = scores.size();
  const std::size_t rows = new_weights.size();
  if (weights.size() != n) return detail::mismatch("lgt_conformal_weighted", "weights");
  if (thresholds.size() != rows) return detail::mismatch("lgt_conformal_weighted", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_weighted_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_weighted_scratch");
  return detail::answer(lgt_conformal_weighted(scores.data(), weights.data(), n, new_weights.data(),
                                               alpha, thresholds.data(), rows, scratch.data(),
                                               scratch.size()),
                        "lgt_conformal_weighted");
}

// ---- conformal_scores ----

/// lgt_conformal_scores_f32: Writes the score that each row gives its own class: what
/// `lgt_conformal_fit` makes thresholds of.
LOGITUDE_NODISCARD inline status conformal_scores(rows_view<const float> x, numbers_view labels,
    view<const double> u, view<double> scores, const lgt_conformal_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_conformal_scores_f32", "labels");
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_scores_f32", "u");
  if (scores.size() != rows) return detail::mismatch("lgt_conformal_scores_f32", "scores");
  return detail::answer(lgt_conformal_scores_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                                 u.data(), scores.data(), rows, cols, opts),
                        "lgt_conformal_scores_f32");
}
LOGITUDE_NODISCARD inline status conformal_scores(rows_view<const double> x, numbers_view labels,
    view<const double> u, view<double> scores, const lgt_conformal_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_conformal_scores_f64", "labels");
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_scores_f64", "u");
  if (scores.size() != rows) return detail::mismatch("lgt_conformal_scores_f64", "scores");
  return detail::answer(lgt_conformal_scores_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                                 u.data(), scores.data(), rows, cols, opts),
                        "lgt_conformal_scores_f64");
}
LOGITUDE_NODISCARD inline status conformal_scores(rows_view<const f16> x, numbers_view labels,
    view<const double> u, view<double> scores, const lgt_conformal_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_conformal_scores_f16", "labels");
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_scores_f16", "u");
  if (scores.size() != rows) return detail::mismatch("lgt_conformal_scores_f16", "scores");
  return detail::answer(lgt_conformal_scores_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                 labels.type(), u.data(), scores.data(), rows, cols,
                                                 opts),
                        "lgt_conformal_scores_f16");
}
LOGITUDE_NODISCARD inline status conformal_scores(rows_view<const bf16> x, numbers_view labels,
    view<const double> u, view<double> scores, const lgt_conformal_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_conformal_scores_bf16", "labels");
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_scores_bf16", "u");
  if (scores.size() != rows) return detail::mismatch("lgt_conformal_scores_bf16", "scores");
  return detail::answer(lgt_conformal_scores_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                  labels.type(), u.data(), scores.data(), rows,
                                                  cols, opts),
                        "lgt_conformal_scores_bf16");
}

// ---- conformal_sets ----

/// lgt_conformal_sets_scratch: Writes how many bytes of scratch `lgt_conformal_sets` needs: 32 a
/// column, of columns in 64s.
LOGITUDE_NODISCARD inline status conformal_sets_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_conformal_sets_scratch(cols, &bytes),
                        "lgt_conformal_sets_scratch");
}

/// lgt_conformal_sets_f32: Writes the prediction set of each row: the classes whose scores, as
/// `lgt_conformal_scores` has them, are not above the model's threshold, or their own where classes
/// have thresholds of their own.
LOGITUDE_NODISCARD inline status conformal_sets(const_bytes model, rows_view<const float> x,
    view<const double> u, view<const double> thresholds, rows_view<std::uint64_t> masks,
    view<std::uint32_t> sizes, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f32", "u");
  if (thresholds.data() != nullptr && thresholds.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f32", "thresholds");
  if (masks.rows() != rows || masks.cols() != (cols + 63) / 64)
    return detail::mismatch("lgt_conformal_sets_f32", "masks");
  if (sizes.data() != nullptr && sizes.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f32", "sizes");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_sets_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_sets_scratch");
  return detail::answer(lgt_conformal_sets_f32(model.data(), x.data(), x.stride(), u.data(),
                                               thresholds.data(), masks.data(), masks.stride(),
                                               sizes.data(), rows, cols, scratch.data(),
                                               scratch.size()),
                        "lgt_conformal_sets_f32");
}
LOGITUDE_NODISCARD inline status conformal_sets(const_bytes model, rows_view<const double> x,
    view<const double> u, view<const double> thresholds, rows_view<std::uint64_t> masks,
    view<std::uint32_t> sizes, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f64", "u");
  if (thresholds.data() != nullptr && thresholds.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f64", "thresholds");
  if (masks.rows() != rows || masks.cols() != (cols + 63) / 64)
    return detail::mismatch("lgt_conformal_sets_f64", "masks");
  if (sizes.data() != nullptr && sizes.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f64", "sizes");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_sets_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_sets_scratch");
  return detail::answer(lgt_conformal_sets_f64(model.data(), x.data(), x.stride(), u.data(),
                                               thresholds.data(), masks.data(), masks.stride(),
                                               sizes.data(), rows, cols, scratch.data(),
                                               scratch.size()),
                        "lgt_conformal_sets_f64");
}
LOGITUDE_NODISCARD inline status conformal_sets(const_bytes model, rows_view<const f16> x,
    view<const double> u, view<const double> thresholds, rows_view<std::uint64_t> masks,
    view<std::uint32_t> sizes, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f16", "u");
  if (thresholds.data() != nullptr && thresholds.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f16", "thresholds");
  if (masks.rows() != rows || masks.cols() != (cols + 63) / 64)
    return detail::mismatch("lgt_conformal_sets_f16", "masks");
  if (sizes.data() != nullptr && sizes.size() != rows)
    return detail::mismatch("lgt_conformal_sets_f16", "sizes");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_sets_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_sets_scratch");
  return detail::answer(lgt_conformal_sets_f16(model.data(), detail::raw(x.data()), x.stride(),
                                               u.data(), thresholds.data(), masks.data(),
                                               masks.stride(), sizes.data(), rows, cols,
                                               scratch.data(), scratch.size()),
                        "lgt_conformal_sets_f16");
}
LOGITUDE_NODISCARD inline status conformal_sets(const_bytes model, rows_view<const bf16> x,
    view<const double> u, view<const double> thresholds, rows_view<std::uint64_t> masks,
    view<std::uint32_t> sizes, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && u.size() != rows)
    return detail::mismatch("lgt_conformal_sets_bf16", "u");
  if (thresholds.data() != nullptr && thresholds.size() != rows)
    return detail::mismatch("lgt_conformal_sets_bf16", "thresholds");
  if (masks.rows() != rows || masks.cols() != (cols + 63) / 64)
    return detail::mismatch("lgt_conformal_sets_bf16", "masks");
  if (sizes.data() != nullptr && sizes.size() != rows)
    return detail::mismatch("lgt_conformal_sets_bf16", "sizes");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_conformal_sets_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_conformal_sets_scratch");
  return detail::answer(lgt_conformal_sets_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                u.data(), thresholds.data(), masks.data(),
                                                masks.stride(), sizes.data(), rows, cols,
                                                scratch.data(), scratch.size()),
                        "lgt_conformal_sets_bf16");
}

// ---- confusion ----

/// lgt_confusion_agreement_opts_default: Writes the default options.
inline lgt_confusion_agreement_opts confusion_agreement_opts_default() {
  lgt_confusion_agreement_opts made{};
  lgt_confusion_agreement_opts_default(&made);
  return made;
}

/// lgt_confusion_size: Writes how many bytes a state of `lgt_confusion` needs: 48, and 9 for each
/// pair of classes (32 with weights), in whole words.
LOGITUDE_NODISCARD inline status confusion_size(std::uint32_t classes,
    const lgt_class_counts_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_confusion_size(classes, opts, &bytes),
                        "lgt_confusion_size");
}

/// lgt_confusion_init: Starts a confusion matrix: how many rows of each true class were given each
/// class.
LOGITUDE_NODISCARD inline status confusion_init(bytes state, std::uint32_t classes,
    const lgt_class_counts_opts *opts = nullptr) {
  std::size_t state_bytes = 0;
  status state_room = lgt_confusion_size(classes, opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_confusion_size");
  return detail::answer(lgt_confusion_init(state.data(), state.size(), classes, opts),
                        "lgt_confusion_init");
}

/// lgt_confusion_update: Adds rows to a confusion matrix: how many rows of each true class were
/// given each class.
LOGITUDE_NODISCARD inline status confusion_update(bytes state, numbers_view predicted,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = predicted.size();
  if (labels.size() != rows) return detail::mismatch("lgt_confusion_update", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_confusion_update", "weights");
  return detail::answer(lgt_confusion_update(state.data(), predicted.data(), predicted.type(),
                                             labels.data(), labels.type(), weights.data(), rows),
                        "lgt_confusion_update");
}

/// lgt_confusion_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status confusion_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_confusion_merge(state.data(), other.data()),
                        "lgt_confusion_merge");
}

/// lgt_confusion_finish: Writes averages over classes, accuracy and agreement, as
/// `lgt_class_counts_finish` does of the same rows, to the same bits; the state can go on.
LOGITUDE_NODISCARD inline status confusion_finish(const_bytes state,
    lgt_class_counts_report &report, const lgt_class_counts_finish_opts *opts = nullptr) {
  return detail::answer(lgt_confusion_finish(state.data(), &report, opts),
                        "lgt_confusion_finish");
}

/// lgt_confusion_get_classes: Writes each class by itself, as `lgt_class_counts_get_classes` does.
LOGITUDE_NODISCARD inline status confusion_get_classes(const_bytes state,
    view<lgt_class_counts_class> classes, const lgt_class_counts_finish_opts *opts = nullptr) {
  const std::size_t count = classes.size();
  return detail::answer(lgt_confusion_get_classes(state.data(), classes.data(), count, opts),
                        "lgt_confusion_get_classes");
}

/// lgt_confusion_get_counts: Writes the matrix as whole numbers: entry (i, j) is the rows of true
/// class i that were given class j.
LOGITUDE_NODISCARD inline status confusion_get_counts(const_bytes state,
    rows_view<std::uint64_t> counts) {
  const std::size_t classes = counts.rows();
  if (counts.cols() != classes) return detail::mismatch("lgt_confusion_get_counts", "counts");
  return detail::answer(lgt_confusion_get_counts(state.data(), counts.data(), counts.stride()),
                        "lgt_confusion_get_counts");
}

/// lgt_confusion_get_matrix: Writes the matrix, or the shares that its entries are of a row, a
/// column or all; the state can go on.
LOGITUDE_NODISCARD inline status confusion_get_matrix(const_bytes state, rows_view<double> matrix,
    std::uint32_t normalize) {
  const std::size_t classes = matrix.rows();
  if (matrix.cols() != classes) return detail::mismatch("lgt_confusion_get_matrix", "matrix");
  return detail::answer(lgt_confusion_get_matrix(state.data(), matrix.data(), matrix.stride(),
                                                 normalize),
                        "lgt_confusion_get_matrix");
}

/// lgt_confusion_get_agreement: Writes how far truth and prediction, or two annotators, or two
/// clusterings, agree; the state can go on.
LOGITUDE_NODISCARD inline status confusion_get_agreement(const_bytes state,
    lgt_confusion_agreement &agreement, const lgt_confusion_agreement_opts *opts = nullptr) {
  return detail::answer(lgt_confusion_get_agreement(state.data(), &agreement, opts),
                        "lgt_confusion_get_agreement");
}

/// The bytes of a state of lgt_confusion, and its verbs.
class confusion_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit confusion_state(std::uint32_t classes, const lgt_class_counts_opts *opts = nullptr) {
    confusion_init(*this, classes, opts);
  }
#endif
  static result<confusion_state> make(std::uint32_t classes,
      const lgt_class_counts_opts *opts = nullptr) {
    confusion_state made{detail::empty()};
    const status got = confusion_init(made, classes, opts);
    return detail::with(got, std::move(made));
  }
  static result<confusion_state> load(const_bytes saved) {
    confusion_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_CONFUSION);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(numbers_view predicted, numbers_view labels,
      view<const double> weights = {}) {
    return confusion_update(*this, predicted, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const confusion_state &other) {
    return confusion_merge(*this, other);
  }
  result<lgt_class_counts_report> finish(const lgt_class_counts_finish_opts *opts = nullptr) const {
    lgt_class_counts_report report{};
    const status got = confusion_finish(*this, report, opts);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_classes(view<lgt_class_counts_class> classes,
      const lgt_class_counts_finish_opts *opts = nullptr) const {
    return confusion_get_classes(*this, classes, opts);
  }
  LOGITUDE_NODISCARD status get_counts(rows_view<std::uint64_t> counts) const {
    return confusion_get_counts(*this, counts);
  }
  LOGITUDE_NODISCARD status get_matrix(rows_view<double> matrix, std::uint32_t normalize) const {
    return confusion_get_matrix(*this, matrix, normalize);
  }
  result<lgt_confusion_agreement> get_agreement(const lgt_confusion_agreement_opts *opts = nullptr) const {
    lgt_confusion_agreement agreement{};
    const status got = confusion_get_agreement(*this, agreement, opts);
    return detail::with(got, std::move(agreement));
  }

 private:
  explicit confusion_state(detail::empty) {}
};

// ---- contrastive_dro ----

/// lgt_contrastive_dro_f32: The robust contrastive loss of anchors, each with its partner on the
/// diagonal: `tau ln mean exp(h / tau) + tau rho`, where `h_j = s_ij - s_ii` for the columns `j !=
/// i`, with its derivatives in the similarities and in `tau`.
LOGITUDE_NODISCARD inline status contrastive_dro(rows_view<const float> x, view<const double> taus,
    double rho, view<double> loss = {}, rows_view<float> dx = {}, view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f32", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_contrastive_dro_f32", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f32", "dtau");
  return detail::answer(lgt_contrastive_dro_f32(x.data(), x.stride(), taus.data(), tau_count, rho,
                                                loss.data(), dx.data(), dx.stride(), dtau.data(),
                                                rows, cols),
                        "lgt_contrastive_dro_f32");
}
LOGITUDE_NODISCARD inline status contrastive_dro(rows_view<const double> x, view<const double> taus,
    double rho, view<double> loss = {}, rows_view<double> dx = {}, view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f64", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_contrastive_dro_f64", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f64", "dtau");
  return detail::answer(lgt_contrastive_dro_f64(x.data(), x.stride(), taus.data(), tau_count, rho,
                                                loss.data(), dx.data(), dx.stride(), dtau.data(),
                                                rows, cols),
                        "lgt_contrastive_dro_f64");
}
LOGITUDE_NODISCARD inline status contrastive_dro(rows_view<const f16> x, view<const double> taus,
    double rho, view<double> loss = {}, rows_view<f16> dx = {}, view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f16", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_contrastive_dro_f16", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_f16", "dtau");
  return detail::answer(lgt_contrastive_dro_f16(detail::raw(x.data()), x.stride(), taus.data(),
                                                tau_count, rho, loss.data(), detail::raw(dx.data()),
                                                dx.stride(), dtau.data(), rows, cols),
                        "lgt_contrastive_dro_f16");
}
LOGITUDE_NODISCARD inline status contrastive_dro(rows_view<const bf16> x, view<const double> taus,
    double rho, view<double> loss = {}, rows_view<bf16> dx = {}, view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_bf16", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_contrastive_dro_bf16", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_contrastive_dro_bf16", "dtau");
  return detail::answer(lgt_contrastive_dro_bf16(detail::raw(x.data()), x.stride(), taus.data(),
                                                 tau_count, rho, loss.data(),
                                                 detail::raw(dx.data()), dx.stride(), dtau.data(),
                                                 rows, cols),
                        "lgt_contrastive_dro_bf16");
}

// ---- coverage ----

/// lgt_coverage_size: Writes how many bytes a state of `lgt_coverage` needs: 128 a class and 88.
LOGITUDE_NODISCARD inline status coverage_size(std::uint32_t classes, std::size_t &bytes) {
  return detail::answer(lgt_coverage_size(classes, &bytes),
                        "lgt_coverage_size");
}

/// lgt_coverage_init: Starts a state of the coverage of prediction sets: how often they hold the
/// true class, and how large they are.
LOGITUDE_NODISCARD inline status coverage_init(bytes state, std::uint32_t classes) {
  std::size_t state_bytes = 0;
  status state_room = lgt_coverage_size(classes, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_coverage_size");
  return detail::answer(lgt_coverage_init(state.data(), state.size(), classes),
                        "lgt_coverage_init");
}

/// lgt_coverage_update: Adds rows to a state of the coverage of prediction sets: how often they
/// hold the true class, and how large they are.
LOGITUDE_NODISCARD inline status coverage_update(bytes state, rows_view<const std::uint64_t> masks,
    numbers_view labels, view<const double> weights, std::size_t cols) {
  const std::size_t rows = masks.rows();
  if (masks.cols() != (cols + 63) / 64) return detail::mismatch("lgt_coverage_update", "masks");
  if (labels.size() != rows) return detail::mismatch("lgt_coverage_update", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_coverage_update", "weights");
  return detail::answer(lgt_coverage_update(state.data(), masks.data(), masks.stride(),
                                            labels.data(), labels.type(), weights.data(), rows,
                                            cols),
                        "lgt_coverage_update");
}

/// lgt_coverage_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status coverage_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_coverage_merge(state.data(), other.data()),
                        "lgt_coverage_merge");
}

/// lgt_coverage_finish: Writes the coverage of all rows and the sizes of their sets, and how
/// coverage differs from class to class and from size to size; the state can go on.
LOGITUDE_NODISCARD inline status coverage_finish(const_bytes state, lgt_coverage_report &report,
    double alpha, view<const std::uint32_t> edges = {}) {
  const std::size_t count = edges.size();
  return detail::answer(lgt_coverage_finish(state.data(), &report, alpha, edges.data(), count),
                        "lgt_coverage_finish");
}

/// lgt_coverage_get_classes: Writes the coverage of the rows of each class; the state can go on.
LOGITUDE_NODISCARD inline status coverage_get_classes(const_bytes state,
    view<lgt_coverage_group> classes) {
  const std::size_t count = classes.size();
  return detail::answer(lgt_coverage_get_classes(state.data(), classes.data(), count),
                        "lgt_coverage_get_classes");
}

/// lgt_coverage_get_sizes: Writes the coverage of the rows whose sets are of each size, from 0 to
/// all classes; the state can go on.
LOGITUDE_NODISCARD inline status coverage_get_sizes(const_bytes state,
    view<lgt_coverage_group> sizes) {
  const std::size_t count = sizes.size();
  return detail::answer(lgt_coverage_get_sizes(state.data(), sizes.data(), count),
                        "lgt_coverage_get_sizes");
}

/// The bytes of a state of lgt_coverage, and its verbs.
class coverage_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit coverage_state(std::uint32_t classes) {
    coverage_init(*this, classes);
  }
#endif
  static result<coverage_state> make(std::uint32_t classes) {
    coverage_state made{detail::empty()};
    const status got = coverage_init(made, classes);
    return detail::with(got, std::move(made));
  }
  static result<coverage_state> load(const_bytes saved) {
    coverage_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_COVERAGE);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const std::uint64_t> masks, numbers_view labels,
      view<const double> weights, std::size_t cols) {
    return coverage_update(*this, masks, labels, weights, cols);
  }
  LOGITUDE_NODISCARD status merge(const coverage_state &other) {
    return coverage_merge(*this, other);
  }
  result<lgt_coverage_report> finish(double alpha, view<const std::uint32_t> edges = {}) const {
    lgt_coverage_report report{};
    const status got = coverage_finish(*this, report, alpha, edges);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_classes(view<lgt_coverage_group> classes) const {
    return coverage_get_classes(*this, classes);
  }
  LOGITUDE_NODISCARD status get_sizes(view<lgt_coverage_group> sizes) const {
    return coverage_get_sizes(*this, sizes);
  }

 private:
  explicit coverage_state(detail::empty) {}
};

// ---- cross_entropy ----

/// lgt_cross_entropy_opts_default: Writes the default options.
inline lgt_cross_entropy_opts cross_entropy_opts_default() {
  lgt_cross_entropy_opts made{};
  lgt_cross_entropy_opts_default(&made);
  return made;
}

/// lgt_cross_entropy_f32: Cross-entropy of each row of logits with its label, `-ln p` of the
/// label's share `p`, and its gradient.
LOGITUDE_NODISCARD inline status cross_entropy(rows_view<const float> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, view<double> lse = {},
    rows_view<float> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_cross_entropy_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f32", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f32", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_f32", "grad");
  return detail::answer(lgt_cross_entropy_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), lse.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_cross_entropy_f32");
}
LOGITUDE_NODISCARD inline status cross_entropy(rows_view<const double> x, numbers_view labels,
    view<const double> weights = {}, view<double> loss = {}, view<double> lse = {},
    rows_view<double> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_cross_entropy_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f64", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f64", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_f64", "grad");
  return detail::answer(lgt_cross_entropy_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), lse.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_cross_entropy_f64");
}
LOGITUDE_NODISCARD inline status cross_entropy(rows_view<const f16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, view<double> lse = {},
    rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_cross_entropy_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f16", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_f16", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_f16", "grad");
  return detail::answer(lgt_cross_entropy_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), weights.data(), loss.data(),
                                              lse.data(), detail::raw(grad.data()), grad.stride(),
                                              total, rows, cols, opts),
                        "lgt_cross_entropy_f16");
}
LOGITUDE_NODISCARD inline status cross_entropy(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, view<double> lse = {},
    rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_cross_entropy_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_bf16", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_bf16", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_bf16", "grad");
  return detail::answer(lgt_cross_entropy_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.type(), weights.data(), loss.data(),
                                               lse.data(), detail::raw(grad.data()), grad.stride(),
                                               total, rows, cols, opts),
                        "lgt_cross_entropy_bf16");
}

/// lgt_cross_entropy_soft_f32: Cross-entropy of each row of logits with soft labels, `-sum_c w_c
/// t_c ln p_c`, and its gradient.
LOGITUDE_NODISCARD inline status cross_entropy_soft(rows_view<const float> x,
    rows_view<const float> targets, view<const float> weights = {}, view<double> loss = {},
    view<double> lse = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_cross_entropy_soft_f32", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f32", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f32", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_soft_f32", "grad");
  return detail::answer(lgt_cross_entropy_soft_f32(x.data(), x.stride(), targets.data(),
                                                   targets.stride(), weights.data(), loss.data(),
                                                   lse.data(), grad.data(), grad.stride(), total,
                                                   rows, cols, opts),
                        "lgt_cross_entropy_soft_f32");
}
LOGITUDE_NODISCARD inline status cross_entropy_soft(rows_view<const double> x,
    rows_view<const double> targets, view<const double> weights = {}, view<double> loss = {},
    view<double> lse = {}, rows_view<double> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_cross_entropy_soft_f64", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f64", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f64", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_soft_f64", "grad");
  return detail::answer(lgt_cross_entropy_soft_f64(x.data(), x.stride(), targets.data(),
                                                   targets.stride(), weights.data(), loss.data(),
                                                   lse.data(), grad.data(), grad.stride(), total,
                                                   rows, cols, opts),
                        "lgt_cross_entropy_soft_f64");
}
LOGITUDE_NODISCARD inline status cross_entropy_soft(rows_view<const f16> x,
    rows_view<const f16> targets, view<const float> weights = {}, view<double> loss = {},
    view<double> lse = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_cross_entropy_soft_f16", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f16", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_f16", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_soft_f16", "grad");
  return detail::answer(lgt_cross_entropy_soft_f16(detail::raw(x.data()), x.stride(),
                                                   detail::raw(targets.data()), targets.stride(),
                                                   weights.data(), loss.data(), lse.data(),
                                                   detail::raw(grad.data()), grad.stride(), total,
                                                   rows, cols, opts),
                        "lgt_cross_entropy_soft_f16");
}
LOGITUDE_NODISCARD inline status cross_entropy_soft(rows_view<const bf16> x,
    rows_view<const bf16> targets, view<const float> weights = {}, view<double> loss = {},
    view<double> lse = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_cross_entropy_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_cross_entropy_soft_bf16", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_bf16", "loss");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_cross_entropy_soft_bf16", "lse");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_cross_entropy_soft_bf16", "grad");
  return detail::answer(lgt_cross_entropy_soft_bf16(detail::raw(x.data()), x.stride(),
                                                    detail::raw(targets.data()), targets.stride(),
                                                    weights.data(), loss.data(), lse.data(),
                                                    detail::raw(grad.data()), grad.stride(), total,
                                                    rows, cols, opts),
                        "lgt_cross_entropy_soft_bf16");
}

// ---- csr ----

/// lgt_csr_count: Adds to each column's count the rows that have it.
LOGITUDE_NODISCARD inline status csr_count(const lgt_csr &csr, view<std::uint64_t> counts,
    std::size_t rows) {
  const std::size_t cols = counts.size();
  return detail::answer(lgt_csr_count(&csr, counts.data(), rows, cols),
                        "lgt_csr_count");
}

// ---- decoupled_softmax ----

/// lgt_decoupled_softmax_f32: Decoupled softmax loss of each row of scores, with its gradient: each
/// positive competes with the row's negatives, and not with the other positives.
LOGITUDE_NODISCARD inline status decoupled_softmax(rows_view<const float> x, number_rows labels,
    rows_view<const float> gains, view<const float> weights, view<const double> lse,
    double temperature, view<double> loss = {}, view<double> pull = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_decoupled_softmax_f32", "labels");
  if (gains.data() != nullptr && (gains.rows() != rows || gains.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f32", "gains");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f32", "weights");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f32", "lse");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f32", "loss");
  if (pull.data() != nullptr && pull.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f32", "pull");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f32", "grad");
  return detail::answer(lgt_decoupled_softmax_f32(x.data(), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(), gains.data(),
                                                  gains.stride(), weights.data(), lse.data(),
                                                  temperature, loss.data(), pull.data(),
                                                  grad.data(), grad.stride(), total, rows, cols,
                                                  opts),
                        "lgt_decoupled_softmax_f32");
}
LOGITUDE_NODISCARD inline status decoupled_softmax(rows_view<const double> x, number_rows labels,
    rows_view<const double> gains, view<const double> weights, view<const double> lse,
    double temperature, view<double> loss = {}, view<double> pull = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_decoupled_softmax_f64", "labels");
  if (gains.data() != nullptr && (gains.rows() != rows || gains.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f64", "gains");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f64", "weights");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f64", "lse");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f64", "loss");
  if (pull.data() != nullptr && pull.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f64", "pull");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f64", "grad");
  return detail::answer(lgt_decoupled_softmax_f64(x.data(), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(), gains.data(),
                                                  gains.stride(), weights.data(), lse.data(),
                                                  temperature, loss.data(), pull.data(),
                                                  grad.data(), grad.stride(), total, rows, cols,
                                                  opts),
                        "lgt_decoupled_softmax_f64");
}
LOGITUDE_NODISCARD inline status decoupled_softmax(rows_view<const f16> x, number_rows labels,
    rows_view<const f16> gains, view<const float> weights, view<const double> lse,
    double temperature, view<double> loss = {}, view<double> pull = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_decoupled_softmax_f16", "labels");
  if (gains.data() != nullptr && (gains.rows() != rows || gains.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f16", "gains");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f16", "weights");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f16", "lse");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f16", "loss");
  if (pull.data() != nullptr && pull.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_f16", "pull");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_f16", "grad");
  return detail::answer(lgt_decoupled_softmax_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(),
                                                  detail::raw(gains.data()), gains.stride(),
                                                  weights.data(), lse.data(), temperature,
                                                  loss.data(), pull.data(),
                                                  detail::raw(grad.data()), grad.stride(), total,
                                                  rows, cols, opts),
                        "lgt_decoupled_softmax_f16");
}
LOGITUDE_NODISCARD inline status decoupled_softmax(rows_view<const bf16> x, number_rows labels,
    rows_view<const bf16> gains, view<const float> weights, view<const double> lse,
    double temperature, view<double> loss = {}, view<double> pull = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_decoupled_softmax_bf16", "labels");
  if (gains.data() != nullptr && (gains.rows() != rows || gains.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_bf16", "gains");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_bf16", "weights");
  if (lse.data() != nullptr && lse.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_bf16", "lse");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_bf16", "loss");
  if (pull.data() != nullptr && pull.size() != rows)
    return detail::mismatch("lgt_decoupled_softmax_bf16", "pull");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_decoupled_softmax_bf16", "grad");
  return detail::answer(lgt_decoupled_softmax_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                   labels.stride(), labels.type(),
                                                   detail::raw(gains.data()), gains.stride(),
                                                   weights.data(), lse.data(), temperature,
                                                   loss.data(), pull.data(),
                                                   detail::raw(grad.data()), grad.stride(), total,
                                                   rows, cols, opts),
                        "lgt_decoupled_softmax_bf16");
}

// ---- delong ----

/// lgt_delong_scratch: Writes how many bytes of scratch `lgt_delong` needs: 8 a score.
LOGITUDE_NODISCARD inline status delong_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_delong_scratch(n, &bytes),
                        "lgt_delong_scratch");
}

/// lgt_delong_f32: The area under the ROC curve with its variance and confidence intervals, by
/// DeLong's method.
LOGITUDE_NODISCARD inline status delong(view<const float> x, numbers_view labels, double confidence,
    lgt_delong_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_delong_f32", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_scratch");
  return detail::answer(lgt_delong_f32(x.data(), labels.data(), labels.type(), confidence, &report,
                                       n, scratch.data(), scratch.size()),
                        "lgt_delong_f32");
}
LOGITUDE_NODISCARD inline status delong(view<const double> x, numbers_view labels,
    double confidence, lgt_delong_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_delong_f64", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_scratch");
  return detail::answer(lgt_delong_f64(x.data(), labels.data(), labels.type(), confidence, &report,
                                       n, scratch.data(), scratch.size()),
                        "lgt_delong_f64");
}
LOGITUDE_NODISCARD inline status delong(view<const f16> x, numbers_view labels, double confidence,
    lgt_delong_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_delong_f16", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_scratch");
  return detail::answer(lgt_delong_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                       confidence, &report, n, scratch.data(), scratch.size()),
                        "lgt_delong_f16");
}
LOGITUDE_NODISCARD inline status delong(view<const bf16> x, numbers_view labels, double confidence,
    lgt_delong_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_delong_bf16", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_scratch");
  return detail::answer(lgt_delong_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                        confidence, &report, n, scratch.data(), scratch.size()),
                        "lgt_delong_bf16");
}

/// lgt_delong_test_scratch: Writes how many bytes of scratch `lgt_delong_test` needs: 12 a row.
LOGITUDE_NODISCARD inline status delong_test_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_delong_test_scratch(n, &bytes),
                        "lgt_delong_test_scratch");
}

/// lgt_delong_test_f32: Compares the AUROCs of two scores of the same rows, by DeLong's test.
LOGITUDE_NODISCARD inline status delong_test(view<const float> first, view<const float> second,
    numbers_view labels, double confidence, lgt_delong_test_report &report, bytes scratch) {
  const std::size_t n = first.size();
  if (second.size() != n) return detail::mismatch("lgt_delong_test_f32", "second");
  if (labels.size() != n) return detail::mismatch("lgt_delong_test_f32", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_test_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_test_scratch");
  return detail::answer(lgt_delong_test_f32(first.data(), second.data(), labels.data(),
                                            labels.type(), confidence, &report, n, scratch.data(),
                                            scratch.size()),
                        "lgt_delong_test_f32");
}
LOGITUDE_NODISCARD inline status delong_test(view<const double> first, view<const double> second,
    numbers_view labels, double confidence, lgt_delong_test_report &report, bytes scratch) {
  const std::size_t n = first.size();
  if (second.size() != n) return detail::mismatch("lgt_delong_test_f64", "second");
  if (labels.size() != n) return detail::mismatch("lgt_delong_test_f64", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_test_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_test_scratch");
  return detail::answer(lgt_delong_test_f64(first.data(), second.data(), labels.data(),
                                            labels.type(), confidence, &report, n, scratch.data(),
                                            scratch.size()),
                        "lgt_delong_test_f64");
}
LOGITUDE_NODISCARD inline status delong_test(view<const f16> first, view<const f16> second,
    numbers_view labels, double confidence, lgt_delong_test_report &report, bytes scratch) {
  const std::size_t n = first.size();
  if (second.size() != n) return detail::mismatch("lgt_delong_test_f16", "second");
  if (labels.size() != n) return detail::mismatch("lgt_delong_test_f16", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_test_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_test_scratch");
  return detail::answer(lgt_delong_test_f16(detail::raw(first.data()), detail::raw(second.data()),
                                            labels.data(), labels.type(), confidence, &report, n,
                                            scratch.data(), scratch.size()),
                        "lgt_delong_test_f16");
}
LOGITUDE_NODISCARD inline status delong_test(view<const bf16> first, view<const bf16> second,
    numbers_view labels, double confidence, lgt_delong_test_report &report, bytes scratch) {
  const std::size_t n = first.size();
  if (second.size() != n) return detail::mismatch("lgt_delong_test_bf16", "second");
  if (labels.size() != n) return detail::mismatch("lgt_delong_test_bf16", "labels");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_delong_test_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_delong_test_scratch");
  return detail::answer(lgt_delong_test_bf16(detail::raw(first.data()), detail::raw(second.data()),
                                             labels.data(), labels.type(), confidence, &report, n,
                                             scratch.data(), scratch.size()),
                        "lgt_delong_test_bf16");
}

// ---- det_curve ----

/// lgt_det_curve_scratch: Writes how many bytes of scratch `lgt_det_curve` needs: without weights 4
/// a score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status det_curve_scratch(std::size_t n, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_det_curve_scratch(n, score_size, weighted, &bytes),
                        "lgt_det_curve_scratch");
}

/// lgt_det_curve_f32: The detection error tradeoff curve: for every threshold the share of label 0
/// whose scores are at least that, and the share of label 1 whose scores are below.
LOGITUDE_NODISCARD inline status det_curve(view<const float> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> fnr, view<float> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_det_curve_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_det_curve_f32", "weights");
  if (fnr.size() != capacity) return detail::mismatch("lgt_det_curve_f32", "fnr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_det_curve_f32", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_det_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_det_curve_scratch");
  return detail::answer(lgt_det_curve_f32(x.data(), labels.data(), labels.type(), weights.data(),
                                          fpr.data(), fnr.data(), thresholds.data(), &report, n,
                                          capacity, corners, scratch.data(), scratch.size()),
                        "lgt_det_curve_f32");
}
LOGITUDE_NODISCARD inline status det_curve(view<const double> x, numbers_view labels,
    view<const double> weights, view<double> fpr, view<double> fnr, view<double> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_det_curve_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_det_curve_f64", "weights");
  if (fnr.size() != capacity) return detail::mismatch("lgt_det_curve_f64", "fnr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_det_curve_f64", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_det_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_det_curve_scratch");
  return detail::answer(lgt_det_curve_f64(x.data(), labels.data(), labels.type(), weights.data(),
                                          fpr.data(), fnr.data(), thresholds.data(), &report, n,
                                          capacity, corners, scratch.data(), scratch.size()),
                        "lgt_det_curve_f64");
}
LOGITUDE_NODISCARD inline status det_curve(view<const f16> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> fnr, view<f16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_det_curve_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_det_curve_f16", "weights");
  if (fnr.size() != capacity) return detail::mismatch("lgt_det_curve_f16", "fnr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_det_curve_f16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_det_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_det_curve_scratch");
  return detail::answer(lgt_det_curve_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                          weights.data(), fpr.data(), fnr.data(),
                                          detail::raw(thresholds.data()), &report, n, capacity,
                                          corners, scratch.data(), scratch.size()),
                        "lgt_det_curve_f16");
}
LOGITUDE_NODISCARD inline status det_curve(view<const bf16> x, numbers_view labels,
    view<const float> weights, view<double> fpr, view<double> fnr, view<bf16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = fpr.size();
  if (labels.size() != n) return detail::mismatch("lgt_det_curve_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_det_curve_bf16", "weights");
  if (fnr.size() != capacity) return detail::mismatch("lgt_det_curve_bf16", "fnr");
  if (thresholds.size() != capacity) return detail::mismatch("lgt_det_curve_bf16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_det_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_det_curve_scratch");
  return detail::answer(lgt_det_curve_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                           weights.data(), fpr.data(), fnr.data(),
                                           detail::raw(thresholds.data()), &report, n, capacity,
                                           corners, scratch.data(), scratch.size()),
                        "lgt_det_curve_bf16");
}

// ---- dirichlet ----

/// lgt_dirichlet_size: Writes how many bytes a model of `lgt_dirichlet` takes up: 40, and 8 a
/// parameter, of which there are cols x cols + cols + 1: the matrix row by row, biases, then `eps`.
LOGITUDE_NODISCARD inline status dirichlet_size(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_dirichlet_size(cols, &bytes),
                        "lgt_dirichlet_size");
}

/// lgt_dirichlet_scratch: Writes how many bytes of scratch `lgt_dirichlet_fit` needs: about 8 x 35
/// a parameter.
LOGITUDE_NODISCARD inline status dirichlet_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_dirichlet_scratch(cols, &bytes),
                        "lgt_dirichlet_scratch");
}

/// lgt_dirichlet_apply_scratch: Writes how many bytes of scratch `lgt_dirichlet_apply` needs: about
/// 128 a class.
LOGITUDE_NODISCARD inline status dirichlet_apply_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_dirichlet_apply_scratch(cols, &bytes),
                        "lgt_dirichlet_apply_scratch");
}

/// lgt_dirichlet_fit_f32: Dirichlet calibration: fits a matrix and biases to held-out probabilities
/// and labels, the `W` and `b` that minimise the mean negative log-likelihood of `softmax(W ln p +
/// b)`, where p is the larger of a probability and `eps`, plus the penalties of
/// `lgt_matrix_scaling_fit`.
LOGITUDE_NODISCARD inline status dirichlet_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, double eps, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_dirichlet_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dirichlet_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_dirichlet_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_dirichlet_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_scratch");
  return detail::answer(lgt_dirichlet_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                              labels.data(), labels.type(), weights.data(), rows,
                                              cols, eps, opts, scratch.data(), scratch.size()),
                        "lgt_dirichlet_fit_f32");
}
LOGITUDE_NODISCARD inline status dirichlet_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, double eps, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_dirichlet_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dirichlet_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_dirichlet_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_dirichlet_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_scratch");
  return detail::answer(lgt_dirichlet_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                              labels.data(), labels.type(), weights.data(), rows,
                                              cols, eps, opts, scratch.data(), scratch.size()),
                        "lgt_dirichlet_fit_f64");
}
LOGITUDE_NODISCARD inline status dirichlet_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, double eps, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_dirichlet_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dirichlet_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_dirichlet_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_dirichlet_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_scratch");
  return detail::answer(lgt_dirichlet_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                              x.stride(), labels.data(), labels.type(),
                                              weights.data(), rows, cols, eps, opts, scratch.data(),
                                              scratch.size()),
                        "lgt_dirichlet_fit_f16");
}
LOGITUDE_NODISCARD inline status dirichlet_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, double eps, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_dirichlet_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dirichlet_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_dirichlet_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_dirichlet_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_scratch");
  return detail::answer(lgt_dirichlet_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                               x.stride(), labels.data(), labels.type(),
                                               weights.data(), rows, cols, eps, opts,
                                               scratch.data(), scratch.size()),
                        "lgt_dirichlet_fit_bf16");
}

/// lgt_dirichlet_apply_f32: Calibrated probabilities: `softmax(W ln p + b)` with the model's matrix
/// and biases, p the larger of a probability and the `eps` of the fit.
LOGITUDE_NODISCARD inline status dirichlet_apply(const_bytes model, rows_view<const float> x,
    rows_view<float> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_dirichlet_apply_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_apply_scratch");
  return detail::answer(lgt_dirichlet_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                y.stride(), rows, cols, scratch.data(),
                                                scratch.size()),
                        "lgt_dirichlet_apply_f32");
}
LOGITUDE_NODISCARD inline status dirichlet_apply(const_bytes model, rows_view<const double> x,
    rows_view<double> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_dirichlet_apply_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_apply_scratch");
  return detail::answer(lgt_dirichlet_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                y.stride(), rows, cols, scratch.data(),
                                                scratch.size()),
                        "lgt_dirichlet_apply_f64");
}
LOGITUDE_NODISCARD inline status dirichlet_apply(const_bytes model, rows_view<const f16> x,
    rows_view<f16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_dirichlet_apply_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_apply_scratch");
  return detail::answer(lgt_dirichlet_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                                detail::raw(y.data()), y.stride(), rows, cols,
                                                scratch.data(), scratch.size()),
                        "lgt_dirichlet_apply_f16");
}
LOGITUDE_NODISCARD inline status dirichlet_apply(const_bytes model, rows_view<const bf16> x,
    rows_view<bf16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_dirichlet_apply_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_dirichlet_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_dirichlet_apply_scratch");
  return detail::answer(lgt_dirichlet_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                 detail::raw(y.data()), y.stride(), rows, cols,
                                                 scratch.data(), scratch.size()),
                        "lgt_dirichlet_apply_bf16");
}

// ---- dkd ----

/// lgt_dkd_f32: Decoupled knowledge distillation: `temperature^2 (alpha TCKD + beta NCKD)` of a
/// teacher's logits and a student's, with its gradient in the student's logits.
LOGITUDE_NODISCARD inline status dkd(rows_view<const float> x, rows_view<const float> teacher,
    numbers_view labels, view<const float> weights, double alpha, double beta, double temperature,
    view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_dkd_f32", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_dkd_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dkd_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dkd_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_dkd_f32", "grad");
  return detail::answer(lgt_dkd_f32(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                    labels.data(), labels.type(), weights.data(), alpha, beta,
                                    temperature, loss.data(), grad.data(), grad.stride(), total,
                                    rows, cols, opts),
                        "lgt_dkd_f32");
}
LOGITUDE_NODISCARD inline status dkd(rows_view<const double> x, rows_view<const double> teacher,
    numbers_view labels, view<const double> weights, double alpha, double beta, double temperature,
    view<double> loss = {}, rows_view<double> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_dkd_f64", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_dkd_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dkd_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dkd_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_dkd_f64", "grad");
  return detail::answer(lgt_dkd_f64(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                    labels.data(), labels.type(), weights.data(), alpha, beta,
                                    temperature, loss.data(), grad.data(), grad.stride(), total,
                                    rows, cols, opts),
                        "lgt_dkd_f64");
}
LOGITUDE_NODISCARD inline status dkd(rows_view<const f16> x, rows_view<const f16> teacher,
    numbers_view labels, view<const float> weights, double alpha, double beta, double temperature,
    view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_dkd_f16", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_dkd_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dkd_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dkd_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_dkd_f16", "grad");
  return detail::answer(lgt_dkd_f16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                    teacher.stride(), labels.data(), labels.type(), weights.data(),
                                    alpha, beta, temperature, loss.data(), detail::raw(grad.data()),
                                    grad.stride(), total, rows, cols, opts),
                        "lgt_dkd_f16");
}
LOGITUDE_NODISCARD inline status dkd(rows_view<const bf16> x, rows_view<const bf16> teacher,
    numbers_view labels, view<const float> weights, double alpha, double beta, double temperature,
    view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_dkd_bf16", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_dkd_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dkd_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_dkd_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_dkd_bf16", "grad");
  return detail::answer(lgt_dkd_bf16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                     teacher.stride(), labels.data(), labels.type(), weights.data(),
                                     alpha, beta, temperature, loss.data(),
                                     detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                     opts),
                        "lgt_dkd_bf16");
}

// ---- dpo ----

/// lgt_dpo_opts_default: Writes the default options.
inline lgt_dpo_opts dpo_opts_default() {
  lgt_dpo_opts made{};
  lgt_dpo_opts_default(&made);
  return made;
}

/// lgt_dpo_f32: Direct preference optimisation: the loss of each pair of answers of which one was
/// chosen, by how much likelier the policy makes it than the reference did, with its derivative.
LOGITUDE_NODISCARD inline status dpo(view<const float> chosen, view<const float> rejected,
    view<const float> reference_chosen = {}, view<const float> reference_rejected = {},
    view<const float> weights = {}, view<double> loss = {}, view<float> grad = {},
    view<double> margin = {}, double *total = nullptr, const lgt_dpo_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_dpo_f32", "rejected");
  if (reference_chosen.data() != nullptr && reference_chosen.size() != rows)
    return detail::mismatch("lgt_dpo_f32", "reference_chosen");
  if (reference_rejected.data() != nullptr && reference_rejected.size() != rows)
    return detail::mismatch("lgt_dpo_f32", "reference_rejected");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dpo_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dpo_f32", "loss");
  if (grad.data() != nullptr && grad.size() != rows) return detail::mismatch("lgt_dpo_f32", "grad");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_dpo_f32", "margin");
  return detail::answer(lgt_dpo_f32(chosen.data(), rejected.data(), reference_chosen.data(),
                                    reference_rejected.data(), weights.data(), loss.data(),
                                    grad.data(), margin.data(), total, rows, opts),
                        "lgt_dpo_f32");
}
LOGITUDE_NODISCARD inline status dpo(view<const double> chosen, view<const double> rejected,
    view<const double> reference_chosen = {}, view<const double> reference_rejected = {},
    view<const double> weights = {}, view<double> loss = {}, view<double> grad = {},
    view<double> margin = {}, double *total = nullptr, const lgt_dpo_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_dpo_f64", "rejected");
  if (reference_chosen.data() != nullptr && reference_chosen.size() != rows)
    return detail::mismatch("lgt_dpo_f64", "reference_chosen");
  if (reference_rejected.data() != nullptr && reference_rejected.size() != rows)
    return detail::mismatch("lgt_dpo_f64", "reference_rejected");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dpo_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dpo_f64", "loss");
  if (grad.data() != nullptr && grad.size() != rows) return detail::mismatch("lgt_dpo_f64", "grad");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_dpo_f64", "margin");
  return detail::answer(lgt_dpo_f64(chosen.data(), rejected.data(), reference_chosen.data(),
                                    reference_rejected.data(), weights.data(), loss.data(),
                                    grad.data(), margin.data(), total, rows, opts),
                        "lgt_dpo_f64");
}
LOGITUDE_NODISCARD inline status dpo(view<const f16> chosen, view<const f16> rejected,
    view<const f16> reference_chosen = {}, view<const f16> reference_rejected = {},
    view<const float> weights = {}, view<double> loss = {}, view<f16> grad = {},
    view<double> margin = {}, double *total = nullptr, const lgt_dpo_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_dpo_f16", "rejected");
  if (reference_chosen.data() != nullptr && reference_chosen.size() != rows)
    return detail::mismatch("lgt_dpo_f16", "reference_chosen");
  if (reference_rejected.data() != nullptr && reference_rejected.size() != rows)
    return detail::mismatch("lgt_dpo_f16", "reference_rejected");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dpo_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_dpo_f16", "loss");
  if (grad.data() != nullptr && grad.size() != rows) return detail::mismatch("lgt_dpo_f16", "grad");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_dpo_f16", "margin");
  return detail::answer(lgt_dpo_f16(detail::raw(chosen.data()), detail::raw(rejected.data()),
                                    detail::raw(reference_chosen.data()),
                                    detail::raw(reference_rejected.data()), weights.data(),
                                    loss.data(), detail::raw(grad.data()), margin.data(), total,
                                    rows, opts),
                        "lgt_dpo_f16");
}
LOGITUDE_NODISCARD inline status dpo(view<const bf16> chosen, view<const bf16> rejected,
    view<const bf16> reference_chosen = {}, view<const bf16> reference_rejected = {},
    view<const float> weights = {}, view<double> loss = {}, view<bf16> grad = {},
    view<double> margin = {}, double *total = nullptr, const lgt_dpo_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_dpo_bf16", "rejected");
  if (reference_chosen.data() != nullptr && reference_chosen.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "reference_chosen");
  if (reference_rejected.data() != nullptr && reference_rejected.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "reference_rejected");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "loss");
  if (grad.data() != nullptr && grad.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "grad");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_dpo_bf16", "margin");
  return detail::answer(lgt_dpo_bf16(detail::raw(chosen.data()), detail::raw(rejected.data()),
                                     detail::raw(reference_chosen.data()),
                                     detail::raw(reference_rejected.data()), weights.data(),
                                     loss.data(), detail::raw(grad.data()), margin.data(), total,
                                     rows, opts),
                        "lgt_dpo_bf16");
}

// ---- dro_kl ----

/// lgt_dro_kl_f32: Robust optimisation over each row of losses: the largest `<p, l> - tau_min KL(p
/// || uniform)` of distributions `p` with `KL(p || uniform) <= rho`, the temperature of its dual,
/// and `p`.
LOGITUDE_NODISCARD inline status dro_kl(rows_view<const float> x, double rho, double tau_min,
    double tau_max, view<double> value = {}, view<double> tau = {}, rows_view<float> p = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (value.data() != nullptr && value.size() != rows)
    return detail::mismatch("lgt_dro_kl_f32", "value");
  if (tau.data() != nullptr && tau.size() != rows) return detail::mismatch("lgt_dro_kl_f32", "tau");
  if (p.data() != nullptr && (p.rows() != rows || p.cols() != cols))
    return detail::mismatch("lgt_dro_kl_f32", "p");
  return detail::answer(lgt_dro_kl_f32(x.data(), x.stride(), rho, tau_min, tau_max, value.data(),
                                       tau.data(), p.data(), p.stride(), rows, cols),
                        "lgt_dro_kl_f32");
}
LOGITUDE_NODISCARD inline status dro_kl(rows_view<const double> x, double rho, double tau_min,
    double tau_max, view<double> value = {}, view<double> tau = {}, rows_view<double> p = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (value.data() != nullptr && value.size() != rows)
    return detail::mismatch("lgt_dro_kl_f64", "value");
  if (tau.data() != nullptr && tau.size() != rows) return detail::mismatch("lgt_dro_kl_f64", "tau");
  if (p.data() != nullptr && (p.rows() != rows || p.cols() != cols))
    return detail::mismatch("lgt_dro_kl_f64", "p");
  return detail::answer(lgt_dro_kl_f64(x.data(), x.stride(), rho, tau_min, tau_max, value.data(),
                                       tau.data(), p.data(), p.stride(), rows, cols),
                        "lgt_dro_kl_f64");
}
LOGITUDE_NODISCARD inline status dro_kl(rows_view<const f16> x, double rho, double tau_min,
    double tau_max, view<double> value = {}, view<double> tau = {}, rows_view<f16> p = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (value.data() != nullptr && value.size() != rows)
    return detail::mismatch("lgt_dro_kl_f16", "value");
  if (tau.data() != nullptr && tau.size() != rows) return detail::mismatch("lgt_dro_kl_f16", "tau");
  if (p.data() != nullptr && (p.rows() != rows || p.cols() != cols))
    return detail::mismatch("lgt_dro_kl_f16", "p");
  return detail::answer(lgt_dro_kl_f16(detail::raw(x.data()), x.stride(), rho, tau_min, tau_max,
                                       value.data(), tau.data(), detail::raw(p.data()), p.stride(),
                                       rows, cols),
                        "lgt_dro_kl_f16");
}
LOGITUDE_NODISCARD inline status dro_kl(rows_view<const bf16> x, double rho, double tau_min,
    double tau_max, view<double> value = {}, view<double> tau = {}, rows_view<bf16> p = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (value.data() != nullptr && value.size() != rows)
    return detail::mismatch("lgt_dro_kl_bf16", "value");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_dro_kl_bf16", "tau");
  if (p.data() != nullptr && (p.rows() != rows || p.cols() != cols))
    return detail::mismatch("lgt_dro_kl_bf16", "p");
  return detail::answer(lgt_dro_kl_bf16(detail::raw(x.data()), x.stride(), rho, tau_min, tau_max,
                                        value.data(), tau.data(), detail::raw(p.data()), p.stride(),
                                        rows, cols),
                        "lgt_dro_kl_bf16");
}

// ---- dro_temperature ----

/// lgt_dro_temperature_f32: The robust temperature of each row: the `tau` at which `KL(softmax(x /
/// tau) || uniform)` is `rho`, so that every row is as sure as every other.
LOGITUDE_NODISCARD inline status dro_temperature(rows_view<const float> x, double rho,
    double tau_min, double tau_max, view<double> tau = {}, view<double> kl = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f32", "tau");
  if (kl.data() != nullptr && kl.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f32", "kl");
  return detail::answer(lgt_dro_temperature_f32(x.data(), x.stride(), rho, tau_min, tau_max,
                                                tau.data(), kl.data(), rows, cols),
                        "lgt_dro_temperature_f32");
}
LOGITUDE_NODISCARD inline status dro_temperature(rows_view<const double> x, double rho,
    double tau_min, double tau_max, view<double> tau = {}, view<double> kl = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f64", "tau");
  if (kl.data() != nullptr && kl.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f64", "kl");
  return detail::answer(lgt_dro_temperature_f64(x.data(), x.stride(), rho, tau_min, tau_max,
                                                tau.data(), kl.data(), rows, cols),
                        "lgt_dro_temperature_f64");
}
LOGITUDE_NODISCARD inline status dro_temperature(rows_view<const f16> x, double rho, double tau_min,
    double tau_max, view<double> tau = {}, view<double> kl = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f16", "tau");
  if (kl.data() != nullptr && kl.size() != rows)
    return detail::mismatch("lgt_dro_temperature_f16", "kl");
  return detail::answer(lgt_dro_temperature_f16(detail::raw(x.data()), x.stride(), rho, tau_min,
                                                tau_max, tau.data(), kl.data(), rows, cols),
                        "lgt_dro_temperature_f16");
}
LOGITUDE_NODISCARD inline status dro_temperature(rows_view<const bf16> x, double rho,
    double tau_min, double tau_max, view<double> tau = {}, view<double> kl = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_dro_temperature_bf16", "tau");
  if (kl.data() != nullptr && kl.size() != rows)
    return detail::mismatch("lgt_dro_temperature_bf16", "kl");
  return detail::answer(lgt_dro_temperature_bf16(detail::raw(x.data()), x.stride(), rho, tau_min,
                                                 tau_max, tau.data(), kl.data(), rows, cols),
                        "lgt_dro_temperature_bf16");
}

// ---- ece_binary ----

/// lgt_ece_binary_size: Writes how many bytes a state of `lgt_ece_binary` needs: 40, and 104 a bin.
LOGITUDE_NODISCARD inline status ece_binary_size(std::uint32_t bins, std::uint32_t closed,
    std::size_t &bytes) {
  return detail::answer(lgt_ece_binary_size(bins, closed, &bytes),
                        "lgt_ece_binary_size");
}

/// lgt_ece_binary_init: Starts a state of calibration error of binary probabilities: P(y = 1)
/// against how often y is 1.
LOGITUDE_NODISCARD inline status ece_binary_init(bytes state, std::uint32_t bins,
    std::uint32_t closed) {
  std::size_t state_bytes = 0;
  status state_room = lgt_ece_binary_size(bins, closed, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_ece_binary_size");
  return detail::answer(lgt_ece_binary_init(state.data(), state.size(), bins, closed),
                        "lgt_ece_binary_init");
}

/// lgt_ece_binary_update_f32: Adds probabilities to a state of calibration error of binary
/// probabilities: P(y = 1) against how often y is 1.
LOGITUDE_NODISCARD inline status ece_binary_update(bytes state, view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_binary_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_binary_update_f32", "weights");
  return detail::answer(lgt_ece_binary_update_f32(state.data(), x.data(), labels.data(),
                                                  labels.type(), weights.data(), n),
                        "lgt_ece_binary_update_f32");
}
LOGITUDE_NODISCARD inline status ece_binary_update(bytes state, view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_binary_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_binary_update_f64", "weights");
  return detail::answer(lgt_ece_binary_update_f64(state.data(), x.data(), labels.data(),
                                                  labels.type(), weights.data(), n),
                        "lgt_ece_binary_update_f64");
}
LOGITUDE_NODISCARD inline status ece_binary_update(bytes state, view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_binary_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_binary_update_f16", "weights");
  return detail::answer(lgt_ece_binary_update_f16(state.data(), detail::raw(x.data()),
                                                  labels.data(), labels.type(), weights.data(), n),
                        "lgt_ece_binary_update_f16");
}
LOGITUDE_NODISCARD inline status ece_binary_update(bytes state, view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_binary_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_binary_update_bf16", "weights");
  return detail::answer(lgt_ece_binary_update_bf16(state.data(), detail::raw(x.data()),
                                                   labels.data(), labels.type(), weights.data(), n),
                        "lgt_ece_binary_update_bf16");
}

/// lgt_ece_binary_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status ece_binary_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_ece_binary_merge(state.data(), other.data()),
                        "lgt_ece_binary_merge");
}

/// lgt_ece_binary_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status ece_binary_finish(const_bytes state,
    lgt_reliability_report &report) {
  return detail::answer(lgt_ece_binary_finish(state.data(), &report),
                        "lgt_ece_binary_finish");
}

/// lgt_ece_binary_get_bins: Writes the bins of the reliability curve, lowest probability first.
LOGITUDE_NODISCARD inline status ece_binary_get_bins(const_bytes state,
    view<lgt_reliability_bin> bins) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_ece_binary_get_bins(state.data(), bins.data(), count),
                        "lgt_ece_binary_get_bins");
}

/// The bytes of a state of lgt_ece_binary, and its verbs.
class ece_binary_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit ece_binary_state(std::uint32_t bins, std::uint32_t closed) {
    ece_binary_init(*this, bins, closed);
  }
#endif
  static result<ece_binary_state> make(std::uint32_t bins, std::uint32_t closed) {
    ece_binary_state made{detail::empty()};
    const status got = ece_binary_init(made, bins, closed);
    return detail::with(got, std::move(made));
  }
  static result<ece_binary_state> load(const_bytes saved) {
    ece_binary_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_ECE_BINARY);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return ece_binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_binary_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const ece_binary_state &other) {
    return ece_binary_merge(*this, other);
  }
  result<lgt_reliability_report> finish() const {
    lgt_reliability_report report{};
    const status got = ece_binary_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_bins(view<lgt_reliability_bin> bins) const {
    return ece_binary_get_bins(*this, bins);
  }

 private:
  explicit ece_binary_state(detail::empty) {}
};

// ---- ece_classwise ----

/// lgt_ece_classwise_size: Writes how many bytes a state of `lgt_ece_classwise` needs: 80, and 104
/// a bin of a class.
LOGITUDE_NODISCARD inline status ece_classwise_size(std::uint32_t bins, std::uint32_t classes,
    double threshold, std::size_t &bytes) {
  return detail::answer(lgt_ece_classwise_size(bins, classes, threshold, &bytes),
                        "lgt_ece_classwise_size");
}

/// lgt_ece_classwise_init: Starts a state of calibration error of each class, from probabilities:
/// the static calibration error.
LOGITUDE_NODISCARD inline status ece_classwise_init(bytes state, std::uint32_t bins,
    std::uint32_t classes, double threshold) {
  std::size_t state_bytes = 0;
  status state_room = lgt_ece_classwise_size(bins, classes, threshold, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_ece_classwise_size");
  return detail::answer(lgt_ece_classwise_init(state.data(), state.size(), bins, classes,
                                               threshold),
                        "lgt_ece_classwise_init");
}

/// lgt_ece_classwise_update_f32: Adds rows to a state of calibration error of each class, from
/// probabilities.
LOGITUDE_NODISCARD inline status ece_classwise_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_classwise_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_classwise_update_f32", "weights");
  return detail::answer(lgt_ece_classwise_update_f32(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows, cols),
                        "lgt_ece_classwise_update_f32");
}
LOGITUDE_NODISCARD inline status ece_classwise_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_classwise_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_classwise_update_f64", "weights");
  return detail::answer(lgt_ece_classwise_update_f64(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows, cols),
                        "lgt_ece_classwise_update_f64");
}
LOGITUDE_NODISCARD inline status ece_classwise_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_classwise_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_classwise_update_f16", "weights");
  return detail::answer(lgt_ece_classwise_update_f16(state.data(), detail::raw(x.data()),
                                                     x.stride(), labels.data(), labels.type(),
                                                     weights.data(), rows, cols),
                        "lgt_ece_classwise_update_f16");
}
LOGITUDE_NODISCARD inline status ece_classwise_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ece_classwise_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ece_classwise_update_bf16", "weights");
  return detail::answer(lgt_ece_classwise_update_bf16(state.data(), detail::raw(x.data()),
                                                      x.stride(), labels.data(), labels.type(),
                                                      weights.data(), rows, cols),
                        "lgt_ece_classwise_update_bf16");
}

/// lgt_ece_classwise_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status ece_classwise_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_ece_classwise_merge(state.data(), other.data()),
                        "lgt_ece_classwise_merge");
}

/// lgt_ece_classwise_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status ece_classwise_finish(const_bytes state,
    lgt_ece_classwise_report &report) {
  return detail::answer(lgt_ece_classwise_finish(state.data(), &report),
                        "lgt_ece_classwise_finish");
}

/// lgt_ece_classwise_get_class: Writes what the bins of one class amount to, as
/// `lgt_reliability_finish` does.
LOGITUDE_NODISCARD inline status ece_classwise_get_class(const_bytes state,
    std::uint32_t class_index, lgt_reliability_report &report) {
  return detail::answer(lgt_ece_classwise_get_class(state.data(), class_index, &report),
                        "lgt_ece_classwise_get_class");
}

/// lgt_ece_classwise_get_bins: Writes the bins of the reliability curve of one class, lowest
/// probability first.
LOGITUDE_NODISCARD inline status ece_classwise_get_bins(const_bytes state,
    std::uint32_t class_index, view<lgt_reliability_bin> bins) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_ece_classwise_get_bins(state.data(), class_index, bins.data(), count),
                        "lgt_ece_classwise_get_bins");
}

/// The bytes of a state of lgt_ece_classwise, and its verbs.
class ece_classwise_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit ece_classwise_state(std::uint32_t bins, std::uint32_t classes, double threshold) {
    ece_classwise_init(*this, bins, classes, threshold);
  }
#endif
  static result<ece_classwise_state> make(std::uint32_t bins, std::uint32_t classes,
      double threshold) {
    ece_classwise_state made{detail::empty()};
    const status got = ece_classwise_init(made, bins, classes, threshold);
    return detail::with(got, std::move(made));
  }
  static result<ece_classwise_state> load(const_bytes saved) {
    ece_classwise_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_ECE_CLASSWISE);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_classwise_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return ece_classwise_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_classwise_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return ece_classwise_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const ece_classwise_state &other) {
    return ece_classwise_merge(*this, other);
  }
  result<lgt_ece_classwise_report> finish() const {
    lgt_ece_classwise_report report{};
    const status got = ece_classwise_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  result<lgt_reliability_report> get_class(std::uint32_t class_index) const {
    lgt_reliability_report report{};
    const status got = ece_classwise_get_class(*this, class_index, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_bins(std::uint32_t class_index,
      view<lgt_reliability_bin> bins) const {
    return ece_classwise_get_bins(*this, class_index, bins);
  }

 private:
  explicit ece_classwise_state(detail::empty) {}
};

// ---- ece_equal_mass ----

/// lgt_ece_equal_mass_scratch: Writes how many bytes of scratch `lgt_ece_equal_mass` needs: 24 a
/// probability.
LOGITUDE_NODISCARD inline status ece_equal_mass_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_ece_equal_mass_scratch(n, &bytes),
                        "lgt_ece_equal_mass_scratch");
}

/// lgt_ece_equal_mass_f32: Calibration errors over `count` bins of equal mass: rows in order of
/// their probabilities, cut into parts of as equal numbers as can be, of which the first ones hold
/// one more where they must (numpy's `array_split`).
LOGITUDE_NODISCARD inline status ece_equal_mass(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_reliability_report &report, view<lgt_reliability_bin> bins,
    std::uint32_t count, std::uint32_t ties, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_equal_mass_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_equal_mass_f32", "weights");
  if (bins.data() != nullptr && bins.size() != count)
    return detail::mismatch("lgt_ece_equal_mass_f32", "bins");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ece_equal_mass_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ece_equal_mass_scratch");
  return detail::answer(lgt_ece_equal_mass_f32(x.data(), labels.data(), labels.type(),
                                               weights.data(), &report, bins.data(), n, count, ties,
                                               scratch.data(), scratch.size()),
                        "lgt_ece_equal_mass_f32");
}
LOGITUDE_NODISCARD inline status ece_equal_mass(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_reliability_report &report, view<lgt_reliability_bin> bins,
    std::uint32_t count, std::uint32_t ties, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_equal_mass_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_equal_mass_f64", "weights");
  if (bins.data() != nullptr && bins.size() != count)
    return detail::mismatch("lgt_ece_equal_mass_f64", "bins");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ece_equal_mass_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ece_equal_mass_scratch");
  return detail::answer(lgt_ece_equal_mass_f64(x.data(), labels.data(), labels.type(),
                                               weights.data(), &report, bins.data(), n, count, ties,
                                               scratch.data(), scratch.size()),
                        "lgt_ece_equal_mass_f64");
}
LOGITUDE_NODISCARD inline status ece_equal_mass(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_reliability_report &report, view<lgt_reliability_bin> bins,
    std::uint32_t count, std::uint32_t ties, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_equal_mass_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_equal_mass_f16", "weights");
  if (bins.data() != nullptr && bins.size() != count)
    return detail::mismatch("lgt_ece_equal_mass_f16", "bins");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ece_equal_mass_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ece_equal_mass_scratch");
  return detail::answer(lgt_ece_equal_mass_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                               weights.data(), &report, bins.data(), n, count, ties,
                                               scratch.data(), scratch.size()),
                        "lgt_ece_equal_mass_f16");
}
LOGITUDE_NODISCARD inline status ece_equal_mass(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_reliability_report &report, view<lgt_reliability_bin> bins,
    std::uint32_t count, std::uint32_t ties, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ece_equal_mass_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ece_equal_mass_bf16", "weights");
  if (bins.data() != nullptr && bins.size() != count)
    return detail::mismatch("lgt_ece_equal_mass_bf16", "bins");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ece_equal_mass_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ece_equal_mass_scratch");
  return detail::answer(lgt_ece_equal_mass_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                                weights.data(), &report, bins.data(), n, count,
                                                ties, scratch.data(), scratch.size()),
                        "lgt_ece_equal_mass_bf16");
}

// ---- ensemble_temperature ----

/// lgt_ensemble_temperature_scratch: Writes the bytes of scratch that
/// `lgt_ensemble_temperature_fit` needs: 16 a row.
LOGITUDE_NODISCARD inline status ensemble_temperature_scratch(std::size_t rows,
    std::size_t &bytes) {
  return detail::answer(lgt_ensemble_temperature_scratch(rows, &bytes),
                        "lgt_ensemble_temperature_scratch");
}

/// lgt_ensemble_temperature_fit_f32: Fits a mixture to held-out logits and labels: `w1 softmax(x /
/// T) + w2 softmax(x) + w3 / K`, with K classes and weights that are at least 0 and sum to 1.
LOGITUDE_NODISCARD inline status ensemble_temperature_fit(lgt_ensemble_temperature_model &model,
    rows_view<const float> x, numbers_view labels, view<const float> weights,
    const lgt_temperature_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ensemble_temperature_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ensemble_temperature_fit_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ensemble_temperature_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ensemble_temperature_scratch");
  return detail::answer(lgt_ensemble_temperature_fit_f32(&model, x.data(), x.stride(),
                                                         labels.data(), labels.type(),
                                                         weights.data(), rows, cols, opts,
                                                         scratch.data(), scratch.size()),
                        "lgt_ensemble_temperature_fit_f32");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_fit(lgt_ensemble_temperature_model &model,
    rows_view<const double> x, numbers_view labels, view<const double> weights,
    const lgt_temperature_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ensemble_temperature_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ensemble_temperature_fit_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ensemble_temperature_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ensemble_temperature_scratch");
  return detail::answer(lgt_ensemble_temperature_fit_f64(&model, x.data(), x.stride(),
                                                         labels.data(), labels.type(),
                                                         weights.data(), rows, cols, opts,
                                                         scratch.data(), scratch.size()),
                        "lgt_ensemble_temperature_fit_f64");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_fit(lgt_ensemble_temperature_model &model,
    rows_view<const f16> x, numbers_view labels, view<const float> weights,
    const lgt_temperature_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ensemble_temperature_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ensemble_temperature_fit_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ensemble_temperature_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ensemble_temperature_scratch");
  return detail::answer(lgt_ensemble_temperature_fit_f16(&model, detail::raw(x.data()), x.stride(),
                                                         labels.data(), labels.type(),
                                                         weights.data(), rows, cols, opts,
                                                         scratch.data(), scratch.size()),
                        "lgt_ensemble_temperature_fit_f16");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_fit(lgt_ensemble_temperature_model &model,
    rows_view<const bf16> x, numbers_view labels, view<const float> weights,
    const lgt_temperature_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_ensemble_temperature_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ensemble_temperature_fit_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ensemble_temperature_scratch(rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ensemble_temperature_scratch");
  return detail::answer(lgt_ensemble_temperature_fit_bf16(&model, detail::raw(x.data()), x.stride(),
                                                          labels.data(), labels.type(),
                                                          weights.data(), rows, cols, opts,
                                                          scratch.data(), scratch.size()),
                        "lgt_ensemble_temperature_fit_bf16");
}

/// lgt_ensemble_temperature_apply_f32: Calibrated probabilities: the model's mixture of `softmax(x
/// / T)`, `softmax(x)` and 1 / cols.
LOGITUDE_NODISCARD inline status ensemble_temperature_apply(const lgt_ensemble_temperature_model &model,
    rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_ensemble_temperature_apply_f32", "y");
  return detail::answer(lgt_ensemble_temperature_apply_f32(&model, x.data(), x.stride(), y.data(),
                                                           y.stride(), rows, cols),
                        "lgt_ensemble_temperature_apply_f32");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_apply(const lgt_ensemble_temperature_model &model,
    rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_ensemble_temperature_apply_f64", "y");
  return detail::answer(lgt_ensemble_temperature_apply_f64(&model, x.data(), x.stride(), y.data(),
                                                           y.stride(), rows, cols),
                        "lgt_ensemble_temperature_apply_f64");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_apply(const lgt_ensemble_temperature_model &model,
    rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_ensemble_temperature_apply_f16", "y");
  return detail::answer(lgt_ensemble_temperature_apply_f16(&model, detail::raw(x.data()),
                                                           x.stride(), detail::raw(y.data()),
                                                           y.stride(), rows, cols),
                        "lgt_ensemble_temperature_apply_f16");
}
LOGITUDE_NODISCARD inline status ensemble_temperature_apply(const lgt_ensemble_temperature_model &model,
    rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_ensemble_temperature_apply_bf16", "y");
  return detail::answer(lgt_ensemble_temperature_apply_bf16(&model, detail::raw(x.data()),
                                                            x.stride(), detail::raw(y.data()),
                                                            y.stride(), rows, cols),
                        "lgt_ensemble_temperature_apply_bf16");
}

// ---- entmax ----

/// lgt_entmax_f32: Row-wise alpha-entmax: sparse shares, from softmax to sparsemax and beyond.
LOGITUDE_NODISCARD inline status entmax(rows_view<const float> x, double alpha,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax_f32", "y");
  return detail::answer(lgt_entmax_f32(x.data(), x.stride(), alpha, y.data(), y.stride(), rows,
                                       cols),
                        "lgt_entmax_f32");
}
LOGITUDE_NODISCARD inline status entmax(rows_view<const double> x, double alpha,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax_f64", "y");
  return detail::answer(lgt_entmax_f64(x.data(), x.stride(), alpha, y.data(), y.stride(), rows,
                                       cols),
                        "lgt_entmax_f64");
}
LOGITUDE_NODISCARD inline status entmax(rows_view<const f16> x, double alpha, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax_f16", "y");
  return detail::answer(lgt_entmax_f16(detail::raw(x.data()), x.stride(), alpha,
                                       detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_entmax_f16");
}
LOGITUDE_NODISCARD inline status entmax(rows_view<const bf16> x, double alpha, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax_bf16", "y");
  return detail::answer(lgt_entmax_bf16(detail::raw(x.data()), x.stride(), alpha,
                                        detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_entmax_bf16");
}

/// lgt_entmax_grad_f32: Gradient of `lgt_entmax_f32` through its result: `dx = J dy`.
LOGITUDE_NODISCARD inline status entmax_grad(rows_view<const float> y, rows_view<const float> dy,
    double alpha, rows_view<float> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_entmax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_entmax_grad_f32", "dx");
  return detail::answer(lgt_entmax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(), alpha,
                                            dx.data(), dx.stride(), rows, cols),
                        "lgt_entmax_grad_f32");
}
LOGITUDE_NODISCARD inline status entmax_grad(rows_view<const double> y, rows_view<const double> dy,
    double alpha, rows_view<double> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_entmax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_entmax_grad_f64", "dx");
  return detail::answer(lgt_entmax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(), alpha,
                                            dx.data(), dx.stride(), rows, cols),
                        "lgt_entmax_grad_f64");
}
LOGITUDE_NODISCARD inline status entmax_grad(rows_view<const f16> y, rows_view<const f16> dy,
    double alpha, rows_view<f16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_entmax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_entmax_grad_f16", "dx");
  return detail::answer(lgt_entmax_grad_f16(detail::raw(y.data()), y.stride(),
                                            detail::raw(dy.data()), dy.stride(), alpha,
                                            detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_entmax_grad_f16");
}
LOGITUDE_NODISCARD inline status entmax_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    double alpha, rows_view<bf16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_entmax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_entmax_grad_bf16", "dx");
  return detail::answer(lgt_entmax_grad_bf16(detail::raw(y.data()), y.stride(),
                                             detail::raw(dy.data()), dy.stride(), alpha,
                                             detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_entmax_grad_bf16");
}

// ---- entmax15 ----

/// lgt_entmax15_f32: Row-wise entmax with alpha 1.5, between softmax and sparsemax.
LOGITUDE_NODISCARD inline status entmax15(rows_view<const float> x, rows_view<float> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax15_f32", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_entmax15_f32", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_entmax15_f32", "support");
  return detail::answer(lgt_entmax15_f32(x.data(), x.stride(), y.data(), y.stride(), tau.data(),
                                         support.data(), rows, cols),
                        "lgt_entmax15_f32");
}
LOGITUDE_NODISCARD inline status entmax15(rows_view<const double> x, rows_view<double> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax15_f64", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_entmax15_f64", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_entmax15_f64", "support");
  return detail::answer(lgt_entmax15_f64(x.data(), x.stride(), y.data(), y.stride(), tau.data(),
                                         support.data(), rows, cols),
                        "lgt_entmax15_f64");
}
LOGITUDE_NODISCARD inline status entmax15(rows_view<const f16> x, rows_view<f16> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax15_f16", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_entmax15_f16", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_entmax15_f16", "support");
  return detail::answer(lgt_entmax15_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                         y.stride(), tau.data(), support.data(), rows, cols),
                        "lgt_entmax15_f16");
}
LOGITUDE_NODISCARD inline status entmax15(rows_view<const bf16> x, rows_view<bf16> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_entmax15_bf16", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_entmax15_bf16", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_entmax15_bf16", "support");
  return detail::answer(lgt_entmax15_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                          y.stride(), tau.data(), support.data(), rows, cols),
                        "lgt_entmax15_bf16");
}

/// lgt_entmax15_grad_f32: Gradient of `lgt_entmax15_f32` through its result: `dx = J dy`.
LOGITUDE_NODISCARD inline status entmax15_grad(rows_view<const float> y, rows_view<const float> dy,
    rows_view<float> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f32", "dx");
  return detail::answer(lgt_entmax15_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                              dx.data(), dx.stride(), rows, cols),
                        "lgt_entmax15_grad_f32");
}
LOGITUDE_NODISCARD inline status entmax15_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<double> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f64", "dx");
  return detail::answer(lgt_entmax15_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                              dx.data(), dx.stride(), rows, cols),
                        "lgt_entmax15_grad_f64");
}
LOGITUDE_NODISCARD inline status entmax15_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<f16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_f16", "dx");
  return detail::answer(lgt_entmax15_grad_f16(detail::raw(y.data()), y.stride(),
                                              detail::raw(dy.data()), dy.stride(),
                                              detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_entmax15_grad_f16");
}
LOGITUDE_NODISCARD inline status entmax15_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    rows_view<bf16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_entmax15_grad_bf16", "dx");
  return detail::answer(lgt_entmax15_grad_bf16(detail::raw(y.data()), y.stride(),
                                               detail::raw(dy.data()), dy.stride(),
                                               detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_entmax15_grad_bf16");
}

// ---- entmax15_loss ----

/// lgt_entmax15_loss_f32: Entmax loss with alpha 1.5 of each row, with its gradient in the logits.
LOGITUDE_NODISCARD inline status entmax15_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax15_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax15_loss_f32", "grad");
  return detail::answer(lgt_entmax15_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_entmax15_loss_f32");
}
LOGITUDE_NODISCARD inline status entmax15_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights = {}, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax15_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax15_loss_f64", "grad");
  return detail::answer(lgt_entmax15_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_entmax15_loss_f64");
}
LOGITUDE_NODISCARD inline status entmax15_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax15_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax15_loss_f16", "grad");
  return detail::answer(lgt_entmax15_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), weights.data(), loss.data(),
                                              detail::raw(grad.data()), grad.stride(), total, rows,
                                              cols, opts),
                        "lgt_entmax15_loss_f16");
}
LOGITUDE_NODISCARD inline status entmax15_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax15_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax15_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax15_loss_bf16", "grad");
  return detail::answer(lgt_entmax15_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.type(), weights.data(), loss.data(),
                                               detail::raw(grad.data()), grad.stride(), total, rows,
                                               cols, opts),
                        "lgt_entmax15_loss_bf16");
}

// ---- entmax_loss ----

/// lgt_entmax_loss_f32: Alpha-entmax loss of each row, with its gradient in the logits.
LOGITUDE_NODISCARD inline status entmax_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double alpha, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax_loss_f32", "grad");
  return detail::answer(lgt_entmax_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                            weights.data(), alpha, loss.data(), grad.data(),
                                            grad.stride(), total, rows, cols, opts),
                        "lgt_entmax_loss_f32");
}
LOGITUDE_NODISCARD inline status entmax_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double alpha, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax_loss_f64", "grad");
  return detail::answer(lgt_entmax_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                            weights.data(), alpha, loss.data(), grad.data(),
                                            grad.stride(), total, rows, cols, opts),
                        "lgt_entmax_loss_f64");
}
LOGITUDE_NODISCARD inline status entmax_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double alpha, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax_loss_f16", "grad");
  return detail::answer(lgt_entmax_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                            labels.type(), weights.data(), alpha, loss.data(),
                                            detail::raw(grad.data()), grad.stride(), total, rows,
                                            cols, opts),
                        "lgt_entmax_loss_f16");
}
LOGITUDE_NODISCARD inline status entmax_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double alpha, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_entmax_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entmax_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entmax_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entmax_loss_bf16", "grad");
  return detail::answer(lgt_entmax_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                             labels.type(), weights.data(), alpha, loss.data(),
                                             detail::raw(grad.data()), grad.stride(), total, rows,
                                             cols, opts),
                        "lgt_entmax_loss_bf16");
}

// ---- entropy ----

/// lgt_entropy_f32: Entropy of each row's softmax, in nats, with its gradient in the logits: with
/// `p = softmax(x / temperature)` it is `H = -sum p ln p`, its gradient `-p (ln p + H) /
/// temperature`.
LOGITUDE_NODISCARD inline status entropy(rows_view<const float> x, view<const float> weights,
    double temperature, view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entropy_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entropy_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entropy_f32", "grad");
  return detail::answer(lgt_entropy_f32(x.data(), x.stride(), weights.data(), temperature,
                                        loss.data(), grad.data(), grad.stride(), total, rows, cols,
                                        opts),
                        "lgt_entropy_f32");
}
LOGITUDE_NODISCARD inline status entropy(rows_view<const double> x, view<const double> weights,
    double temperature, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entropy_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entropy_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entropy_f64", "grad");
  return detail::answer(lgt_entropy_f64(x.data(), x.stride(), weights.data(), temperature,
                                        loss.data(), grad.data(), grad.stride(), total, rows, cols,
                                        opts),
                        "lgt_entropy_f64");
}
LOGITUDE_NODISCARD inline status entropy(rows_view<const f16> x, view<const float> weights,
    double temperature, view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entropy_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entropy_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entropy_f16", "grad");
  return detail::answer(lgt_entropy_f16(detail::raw(x.data()), x.stride(), weights.data(),
                                        temperature, loss.data(), detail::raw(grad.data()),
                                        grad.stride(), total, rows, cols, opts),
                        "lgt_entropy_f16");
}
LOGITUDE_NODISCARD inline status entropy(rows_view<const bf16> x, view<const float> weights,
    double temperature, view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_entropy_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_entropy_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_entropy_bf16", "grad");
  return detail::answer(lgt_entropy_bf16(detail::raw(x.data()), x.stride(), weights.data(),
                                         temperature, loss.data(), detail::raw(grad.data()),
                                         grad.stride(), total, rows, cols, opts),
                        "lgt_entropy_bf16");
}

// ---- evaluate ----

/// lgt_evaluate_opts_default: Writes the defaults to `opts`, unless that is NULL.
inline lgt_evaluate_opts evaluate_opts_default() {
  lgt_evaluate_opts made{};
  lgt_evaluate_opts_default(&made);
  return made;
}

/// lgt_evaluate_size: Writes how many bytes a state of `lgt_evaluate` needs: 472, and 136 a bin, 40
/// a rank, 24 a class.
LOGITUDE_NODISCARD inline status evaluate_size(const lgt_evaluate_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_evaluate_size(opts, &bytes),
                        "lgt_evaluate_size");
}

/// lgt_evaluate_init: Starts a state of everything that one visit to each row of scores tells.
LOGITUDE_NODISCARD inline status evaluate_init(bytes state,
    const lgt_evaluate_opts *opts = nullptr) {
  std::size_t state_bytes = 0;
  status state_room = lgt_evaluate_size(opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_evaluate_size");
  return detail::answer(lgt_evaluate_init(state.data(), state.size(), opts),
                        "lgt_evaluate_init");
}

/// lgt_evaluate_update_f32: Adds rows to a state of everything that one visit to each row of scores
/// tells: accuracy at every rank, negative log-likelihood, Brier score, confidence and its
/// calibration errors with their bins, entropy, margin, and the counts of each class.
LOGITUDE_NODISCARD inline status evaluate_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_evaluate_update_f32", "weights");
  return detail::answer(lgt_evaluate_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_evaluate_update_f32");
}
LOGITUDE_NODISCARD inline status evaluate_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_evaluate_update_f64", "weights");
  return detail::answer(lgt_evaluate_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_evaluate_update_f64");
}
LOGITUDE_NODISCARD inline status evaluate_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_evaluate_update_f16", "weights");
  return detail::answer(lgt_evaluate_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols),
                        "lgt_evaluate_update_f16");
}
LOGITUDE_NODISCARD inline status evaluate_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_evaluate_update_bf16", "weights");
  return detail::answer(lgt_evaluate_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(), rows,
                                                 cols),
                        "lgt_evaluate_update_bf16");
}

/// lgt_evaluate_merge: Adds what another state of the same options has seen.
LOGITUDE_NODISCARD inline status evaluate_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_evaluate_merge(state.data(), other.data()),
                        "lgt_evaluate_merge");
}

/// lgt_evaluate_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status evaluate_finish(const_bytes state, lgt_evaluate_report &report) {
  return detail::answer(lgt_evaluate_finish(state.data(), &report),
                        "lgt_evaluate_finish");
}

/// lgt_evaluate_get_accuracy: Writes the top-k accuracy so far: the weighted share of rows whose
/// label ranks among the first `k`.
LOGITUDE_NODISCARD inline status evaluate_get_accuracy(const_bytes state, std::uint32_t k,
    double &accuracy) {
  return detail::answer(lgt_evaluate_get_accuracy(state.data(), k, &accuracy),
                        "lgt_evaluate_get_accuracy");
}

/// lgt_evaluate_get_bins: Writes the bins of the reliability diagram, lowest confidence first.
LOGITUDE_NODISCARD inline status evaluate_get_bins(const_bytes state,
    view<lgt_reliability_bin> bins) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_evaluate_get_bins(state.data(), bins.data(), count),
                        "lgt_evaluate_get_bins");
}

/// lgt_evaluate_get_classes: Writes what was counted of each class; `lgt_evaluate_finish_classes`
/// makes precision, recall and their kin of it.
LOGITUDE_NODISCARD inline status evaluate_get_classes(const_bytes state,
    view<lgt_evaluate_class> classes) {
  const std::size_t count = classes.size();
  return detail::answer(lgt_evaluate_get_classes(state.data(), classes.data(), count),
                        "lgt_evaluate_get_classes");
}

/// lgt_evaluate_finish_classes: Writes precision, recall, F-beta and their kin, averaged over
/// classes, with MCC and Cohen's kappa: of the predicted class against the label, as
/// `lgt_class_counts_finish` does for labels alone.
LOGITUDE_NODISCARD inline status evaluate_finish_classes(const_bytes state,
    lgt_class_counts_report &report, const lgt_class_counts_finish_opts *opts = nullptr) {
  return detail::answer(lgt_evaluate_finish_classes(state.data(), &report, opts),
                        "lgt_evaluate_finish_classes");
}

/// The bytes of a state of lgt_evaluate, and its verbs.
class evaluate_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit evaluate_state(const lgt_evaluate_opts *opts = nullptr) {
    evaluate_init(*this, opts);
  }
#endif
  static result<evaluate_state> make(const lgt_evaluate_opts *opts = nullptr) {
    evaluate_state made{detail::empty()};
    const status got = evaluate_init(made, opts);
    return detail::with(got, std::move(made));
  }
  static result<evaluate_state> load(const_bytes saved) {
    evaluate_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_EVALUATE);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return evaluate_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return evaluate_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return evaluate_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return evaluate_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const evaluate_state &other) {
    return evaluate_merge(*this, other);
  }
  result<lgt_evaluate_report> finish() const {
    lgt_evaluate_report report{};
    const status got = evaluate_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_accuracy(std::uint32_t k, double &accuracy) const {
    return evaluate_get_accuracy(*this, k, accuracy);
  }
  LOGITUDE_NODISCARD status get_bins(view<lgt_reliability_bin> bins) const {
    return evaluate_get_bins(*this, bins);
  }
  LOGITUDE_NODISCARD status get_classes(view<lgt_evaluate_class> classes) const {
    return evaluate_get_classes(*this, classes);
  }
  result<lgt_class_counts_report> finish_classes(const lgt_class_counts_finish_opts *opts = nullptr) const {
    lgt_class_counts_report report{};
    const status got = evaluate_finish_classes(*this, report, opts);
    return detail::with(got, std::move(report));
  }

 private:
  explicit evaluate_state(detail::empty) {}
};

// ---- evaluate_rows ----

/// lgt_evaluate_rows_size: Writes how many bytes a state of `lgt_evaluate_rows` needs: 16, and 64 a
/// row.
LOGITUDE_NODISCARD inline status evaluate_rows_size(std::size_t rows, std::size_t &bytes) {
  return detail::answer(lgt_evaluate_rows_size(rows, &bytes),
                        "lgt_evaluate_rows_size");
}

/// lgt_evaluate_rows_init: Starts a state of rows of logits that are to be evaluated but whose
/// columns are seen in parts: shards of a vocabulary, each by one worker.
LOGITUDE_NODISCARD inline status evaluate_rows_init(bytes state, std::size_t rows) {
  std::size_t state_bytes = 0;
  status state_room = lgt_evaluate_rows_size(rows, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_evaluate_rows_size");
  return detail::answer(lgt_evaluate_rows_init(state.data(), state.size(), rows),
                        "lgt_evaluate_rows_init");
}

/// lgt_evaluate_rows_update_f32: Adds columns to rows that are to be evaluated, a mergeable state:
/// each column is read once, and of a row is kept what its columns so far come to, relative to the
/// largest of them, and how many of them stand before the label, whose logit every part is told.
LOGITUDE_NODISCARD inline status evaluate_rows_update(bytes state, rows_view<const float> x,
    std::uint64_t first_column, view<const double> label_scores, numbers_view labels) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (label_scores.size() != rows)
    return detail::mismatch("lgt_evaluate_rows_update_f32", "label_scores");
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_rows_update_f32", "labels");
  return detail::answer(lgt_evaluate_rows_update_f32(state.data(), x.data(), x.stride(),
                                                     first_column, label_scores.data(),
                                                     labels.data(), labels.type(), rows, cols),
                        "lgt_evaluate_rows_update_f32");
}
LOGITUDE_NODISCARD inline status evaluate_rows_update(bytes state, rows_view<const double> x,
    std::uint64_t first_column, view<const double> label_scores, numbers_view labels) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (label_scores.size() != rows)
    return detail::mismatch("lgt_evaluate_rows_update_f64", "label_scores");
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_rows_update_f64", "labels");
  return detail::answer(lgt_evaluate_rows_update_f64(state.data(), x.data(), x.stride(),
                                                     first_column, label_scores.data(),
                                                     labels.data(), labels.type(), rows, cols),
                        "lgt_evaluate_rows_update_f64");
}
LOGITUDE_NODISCARD inline status evaluate_rows_update(bytes state, rows_view<const f16> x,
    std::uint64_t first_column, view<const double> label_scores, numbers_view labels) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (label_scores.size() != rows)
    return detail::mismatch("lgt_evaluate_rows_update_f16", "label_scores");
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_rows_update_f16", "labels");
  return detail::answer(lgt_evaluate_rows_update_f16(state.data(), detail::raw(x.data()),
                                                     x.stride(), first_column, label_scores.data(),
                                                     labels.data(), labels.type(), rows, cols),
                        "lgt_evaluate_rows_update_f16");
}
LOGITUDE_NODISCARD inline status evaluate_rows_update(bytes state, rows_view<const bf16> x,
    std::uint64_t first_column, view<const double> label_scores, numbers_view labels) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (label_scores.size() != rows)
    return detail::mismatch("lgt_evaluate_rows_update_bf16", "label_scores");
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_rows_update_bf16", "labels");
  return detail::answer(lgt_evaluate_rows_update_bf16(state.data(), detail::raw(x.data()),
                                                      x.stride(), first_column, label_scores.data(),
                                                      labels.data(), labels.type(), rows, cols),
                        "lgt_evaluate_rows_update_bf16");
}

/// lgt_evaluate_rows_merge: Adds other columns of the same rows.
LOGITUDE_NODISCARD inline status evaluate_rows_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_evaluate_rows_merge(state.data(), other.data()),
                        "lgt_evaluate_rows_merge");
}

/// lgt_evaluate_rows_add_to: Adds rows, all of whose columns have been seen, to a state of
/// `lgt_evaluate` that was started for logits.
LOGITUDE_NODISCARD inline status evaluate_rows_add_to(const_bytes state, bytes evaluation,
    view<const double> label_scores, numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = label_scores.size();
  if (labels.size() != rows) return detail::mismatch("lgt_evaluate_rows_add_to", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_evaluate_rows_add_to", "weights");
  return detail::answer(lgt_evaluate_rows_add_to(state.data(), evaluation.data(),
                                                 label_scores.data(), labels.data(), labels.type(),
                                                 weights.data()),
                        "lgt_evaluate_rows_add_to");
}

/// The bytes of a state of lgt_evaluate_rows, and its verbs.
class evaluate_rows_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit evaluate_rows_state(std::size_t rows) {
    evaluate_rows_init(*this, rows);
  }
#endif
  static result<evaluate_rows_state> make(std::size_t rows) {
    evaluate_rows_state made{detail::empty()};
    const status got = evaluate_rows_init(made, rows);
    return detail::with(got, std::move(made));
  }
  static result<evaluate_rows_state> load(const_bytes saved) {
    evaluate_rows_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_EVALUATE_ROWS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, std::uint64_t first_column,
      view<const double> label_scores, numbers_view labels) {
    return evaluate_rows_update(*this, x, first_column, label_scores, labels);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, std::uint64_t first_column,
      view<const double> label_scores, numbers_view labels) {
    return evaluate_rows_update(*this, x, first_column, label_scores, labels);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, std::uint64_t first_column,
      view<const double> label_scores, numbers_view labels) {
    return evaluate_rows_update(*this, x, first_column, label_scores, labels);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, std::uint64_t first_column,
      view<const double> label_scores, numbers_view labels) {
    return evaluate_rows_update(*this, x, first_column, label_scores, labels);
  }
  LOGITUDE_NODISCARD status merge(const evaluate_rows_state &other) {
    return evaluate_rows_merge(*this, other);
  }
  LOGITUDE_NODISCARD status add_to(bytes evaluation, view<const double> label_scores,
      numbers_view labels, view<const double> weights = {}) const {
    return evaluate_rows_add_to(*this, evaluation, label_scores, labels, weights);
  }

 private:
  explicit evaluate_rows_state(detail::empty) {}
};

// ---- focal ----

/// lgt_focal_f32: Focal loss of each row, `-(1 - p)^gamma ln p` of the label's share `p`, with its
/// gradient in the logits: what is already right counts little.
LOGITUDE_NODISCARD inline status focal(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double gamma, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_focal_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_focal_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_focal_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_focal_f32", "grad");
  return detail::answer(lgt_focal_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                      weights.data(), gamma, loss.data(), grad.data(),
                                      grad.stride(), total, rows, cols, opts),
                        "lgt_focal_f32");
}
LOGITUDE_NODISCARD inline status focal(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double gamma, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_focal_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_focal_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_focal_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_focal_f64", "grad");
  return detail::answer(lgt_focal_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                      weights.data(), gamma, loss.data(), grad.data(),
                                      grad.stride(), total, rows, cols, opts),
                        "lgt_focal_f64");
}
LOGITUDE_NODISCARD inline status focal(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double gamma, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_focal_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_focal_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_focal_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_focal_f16", "grad");
  return detail::answer(lgt_focal_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                      labels.type(), weights.data(), gamma, loss.data(),
                                      detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                      opts),
                        "lgt_focal_f16");
}
LOGITUDE_NODISCARD inline status focal(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double gamma, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_focal_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_focal_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_focal_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_focal_bf16", "grad");
  return detail::answer(lgt_focal_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                       labels.type(), weights.data(), gamma, loss.data(),
                                       detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                       opts),
                        "lgt_focal_bf16");
}

// ---- gumbel_softmax ----

/// lgt_gumbel_softmax_opts_default: Writes the default options.
inline lgt_gumbel_softmax_opts gumbel_softmax_opts_default() {
  lgt_gumbel_softmax_opts made{};
  lgt_gumbel_softmax_opts_default(&made);
  return made;
}

/// lgt_gumbel_softmax_f32: Gumbel softmax of each row: `y = softmax((x + g) / tau)`, where `g =
/// -ln(-ln u)` of uniform numbers `u`; or the one hot of the largest `x + g`.
LOGITUDE_NODISCARD inline status gumbel_softmax(rows_view<const float> x, rows_view<const float> u,
    rows_view<float> y, rows_view<float> soft = {}, const lgt_gumbel_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && (u.rows() != rows || u.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f32", "u");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_gumbel_softmax_f32", "y");
  if (soft.data() != nullptr && (soft.rows() != rows || soft.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f32", "soft");
  return detail::answer(lgt_gumbel_softmax_f32(x.data(), x.stride(), u.data(), u.stride(), y.data(),
                                               y.stride(), soft.data(), soft.stride(), rows, cols,
                                               opts),
                        "lgt_gumbel_softmax_f32");
}
LOGITUDE_NODISCARD inline status gumbel_softmax(rows_view<const double> x,
    rows_view<const double> u, rows_view<double> y, rows_view<double> soft = {},
    const lgt_gumbel_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && (u.rows() != rows || u.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f64", "u");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_gumbel_softmax_f64", "y");
  if (soft.data() != nullptr && (soft.rows() != rows || soft.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f64", "soft");
  return detail::answer(lgt_gumbel_softmax_f64(x.data(), x.stride(), u.data(), u.stride(), y.data(),
                                               y.stride(), soft.data(), soft.stride(), rows, cols,
                                               opts),
                        "lgt_gumbel_softmax_f64");
}
LOGITUDE_NODISCARD inline status gumbel_softmax(rows_view<const f16> x, rows_view<const float> u,
    rows_view<f16> y, rows_view<f16> soft = {}, const lgt_gumbel_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && (u.rows() != rows || u.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f16", "u");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_gumbel_softmax_f16", "y");
  if (soft.data() != nullptr && (soft.rows() != rows || soft.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_f16", "soft");
  return detail::answer(lgt_gumbel_softmax_f16(detail::raw(x.data()), x.stride(), u.data(),
                                               u.stride(), detail::raw(y.data()), y.stride(),
                                               detail::raw(soft.data()), soft.stride(), rows, cols,
                                               opts),
                        "lgt_gumbel_softmax_f16");
}
LOGITUDE_NODISCARD inline status gumbel_softmax(rows_view<const bf16> x, rows_view<const float> u,
    rows_view<bf16> y, rows_view<bf16> soft = {}, const lgt_gumbel_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (u.data() != nullptr && (u.rows() != rows || u.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_bf16", "u");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_gumbel_softmax_bf16", "y");
  if (soft.data() != nullptr && (soft.rows() != rows || soft.cols() != cols))
    return detail::mismatch("lgt_gumbel_softmax_bf16", "soft");
  return detail::answer(lgt_gumbel_softmax_bf16(detail::raw(x.data()), x.stride(), u.data(),
                                                u.stride(), detail::raw(y.data()), y.stride(),
                                                detail::raw(soft.data()), soft.stride(), rows, cols,
                                                opts),
                        "lgt_gumbel_softmax_bf16");
}

/// lgt_gumbel_softmax_grad_f32: Gradient of `lgt_gumbel_softmax_f32` in the scores: `dx = y (dy -
/// sum y dy) / tau` of the shares `y`.
LOGITUDE_NODISCARD inline status gumbel_softmax_grad(rows_view<const float> y,
    rows_view<const float> dy, rows_view<float> dx, double tau) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f32", "dx");
  return detail::answer(lgt_gumbel_softmax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                                    dx.data(), dx.stride(), tau, rows, cols),
                        "lgt_gumbel_softmax_grad_f32");
}
LOGITUDE_NODISCARD inline status gumbel_softmax_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<double> dx, double tau) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f64", "dx");
  return detail::answer(lgt_gumbel_softmax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                                    dx.data(), dx.stride(), tau, rows, cols),
                        "lgt_gumbel_softmax_grad_f64");
}
LOGITUDE_NODISCARD inline status gumbel_softmax_grad(rows_view<const f16> y,
    rows_view<const f16> dy, rows_view<f16> dx, double tau) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_f16", "dx");
  return detail::answer(lgt_gumbel_softmax_grad_f16(detail::raw(y.data()), y.stride(),
                                                    detail::raw(dy.data()), dy.stride(),
                                                    detail::raw(dx.data()), dx.stride(), tau, rows,
                                                    cols),
                        "lgt_gumbel_softmax_grad_f16");
}
LOGITUDE_NODISCARD inline status gumbel_softmax_grad(rows_view<const bf16> y,
    rows_view<const bf16> dy, rows_view<bf16> dx, double tau) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_gumbel_softmax_grad_bf16", "dx");
  return detail::answer(lgt_gumbel_softmax_grad_bf16(detail::raw(y.data()), y.stride(),
                                                     detail::raw(dy.data()), dy.stride(),
                                                     detail::raw(dx.data()), dx.stride(), tau, rows,
                                                     cols),
                        "lgt_gumbel_softmax_grad_bf16");
}

// ---- hinge ----

/// lgt_hinge_f32: Hinge loss of each row of scores, with its gradient: a score that is not `margin`
/// below the label's costs what it lacks, `max(0, margin - x_y + x_c)^power`.
LOGITUDE_NODISCARD inline status hinge(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double margin, std::uint32_t power, std::uint32_t form,
    view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_hinge_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_hinge_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_hinge_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_hinge_f32", "grad");
  return detail::answer(lgt_hinge_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                      weights.data(), margin, power, form, loss.data(), grad.data(),
                                      grad.stride(), total, rows, cols, opts),
                        "lgt_hinge_f32");
}
LOGITUDE_NODISCARD inline status hinge(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double margin, std::uint32_t power, std::uint32_t form,
    view<double> loss = {}, rows_view<double> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_hinge_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_hinge_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_hinge_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_hinge_f64", "grad");
  return detail::answer(lgt_hinge_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                      weights.data(), margin, power, form, loss.data(), grad.data(),
                                      grad.stride(), total, rows, cols, opts),
                        "lgt_hinge_f64");
}
LOGITUDE_NODISCARD inline status hinge(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double margin, std::uint32_t power, std::uint32_t form,
    view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_hinge_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_hinge_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_hinge_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_hinge_f16", "grad");
  return detail::answer(lgt_hinge_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                      labels.type(), weights.data(), margin, power, form,
                                      loss.data(), detail::raw(grad.data()), grad.stride(), total,
                                      rows, cols, opts),
                        "lgt_hinge_f16");
}
LOGITUDE_NODISCARD inline status hinge(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double margin, std::uint32_t power, std::uint32_t form,
    view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_hinge_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_hinge_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_hinge_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_hinge_bf16", "grad");
  return detail::answer(lgt_hinge_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                       labels.type(), weights.data(), margin, power, form,
                                       loss.data(), detail::raw(grad.data()), grad.stride(), total,
                                       rows, cols, opts),
                        "lgt_hinge_bf16");
}

// ---- histogram_binning ----

/// lgt_histogram_binning_opts_default: Writes the default options.
inline lgt_histogram_binning_opts histogram_binning_opts_default() {
  lgt_histogram_binning_opts made{};
  lgt_histogram_binning_opts_default(&made);
  return made;
}

/// lgt_histogram_binning_size: Writes how many bytes a model of `lgt_histogram_binning` takes at
/// most: 32, and 16 a bin.
LOGITUDE_NODISCARD inline status histogram_binning_size(const lgt_histogram_binning_opts *opts,
    std::size_t &bytes) {
  return detail::answer(lgt_histogram_binning_size(opts, &bytes),
                        "lgt_histogram_binning_size");
}

/// lgt_histogram_binning_scratch: Writes how many bytes of scratch `lgt_histogram_binning_fit`
/// needs: 104 a bin of equal width; of equal mass, a row 32, twice the bytes of a score and some
/// more with weights.
LOGITUDE_NODISCARD inline status histogram_binning_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, const lgt_histogram_binning_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_histogram_binning_scratch(rows, score_size, weighted, opts, &bytes),
                        "lgt_histogram_binning_scratch");
}

/// lgt_histogram_binning_fit_f32: Fits histogram binning to held-out scores of two classes: the
/// calibrated probability of a score is the share of label 1 among the rows of its bin.
LOGITUDE_NODISCARD inline status histogram_binning_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_histogram_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_histogram_binning_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_histogram_binning_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_histogram_binning_size(opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_histogram_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_histogram_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_histogram_binning_scratch");
  return detail::answer(lgt_histogram_binning_fit_f32(model.data(), model.size(), x.data(),
                                                      x.stride(), labels.data(), labels.type(),
                                                      weights.data(), rows, opts, scratch.data(),
                                                      scratch.size()),
                        "lgt_histogram_binning_fit_f32");
}
LOGITUDE_NODISCARD inline status histogram_binning_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_histogram_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_histogram_binning_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_histogram_binning_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_histogram_binning_size(opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_histogram_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_histogram_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_histogram_binning_scratch");
  return detail::answer(lgt_histogram_binning_fit_f64(model.data(), model.size(), x.data(),
                                                      x.stride(), labels.data(), labels.type(),
                                                      weights.data(), rows, opts, scratch.data(),
                                                      scratch.size()),
                        "lgt_histogram_binning_fit_f64");
}
LOGITUDE_NODISCARD inline status histogram_binning_fit(bytes model, column_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_histogram_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_histogram_binning_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_histogram_binning_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_histogram_binning_size(opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_histogram_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_histogram_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_histogram_binning_scratch");
  return detail::answer(lgt_histogram_binning_fit_f16(model.data(), model.size(),
                                                      detail::raw(x.data()), x.stride(),
                                                      labels.data(), labels.type(), weights.data(),
                                                      rows, opts, scratch.data(), scratch.size()),
                        "lgt_histogram_binning_fit_f16");
}
LOGITUDE_NODISCARD inline status histogram_binning_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_histogram_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_histogram_binning_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_histogram_binning_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_histogram_binning_size(opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_histogram_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_histogram_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_histogram_binning_scratch");
  return detail::answer(lgt_histogram_binning_fit_bf16(model.data(), model.size(),
                                                       detail::raw(x.data()), x.stride(),
                                                       labels.data(), labels.type(), weights.data(),
                                                       rows, opts, scratch.data(), scratch.size()),
                        "lgt_histogram_binning_fit_bf16");
}

/// lgt_histogram_binning_from_state: Makes a model of what a state of `lgt_ece_binary` has seen:
/// the one that `lgt_histogram_binning_fit` makes of the same rows with as many bins of equal
/// width, but that `nll_before` is NaN.
LOGITUDE_NODISCARD inline status histogram_binning_from_state(bytes model, const_bytes state,
    std::size_t score_size) {
  return detail::answer(lgt_histogram_binning_from_state(model.data(), model.size(), state.data(),
                                                         score_size),
                        "lgt_histogram_binning_from_state");
}

/// lgt_histogram_binning_apply_f32: Calibrates scores with a model of `lgt_histogram_binning`: the
/// value of the bin that each is in.
LOGITUDE_NODISCARD inline status histogram_binning_apply(const_bytes model,
    column_view<const float> x, column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_histogram_binning_apply_f32", "y");
  return detail::answer(lgt_histogram_binning_apply_f32(model.data(), x.data(), x.stride(),
                                                        y.data(), y.stride(), rows),
                        "lgt_histogram_binning_apply_f32");
}
LOGITUDE_NODISCARD inline status histogram_binning_apply(const_bytes model,
    column_view<const double> x, column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_histogram_binning_apply_f64", "y");
  return detail::answer(lgt_histogram_binning_apply_f64(model.data(), x.data(), x.stride(),
                                                        y.data(), y.stride(), rows),
                        "lgt_histogram_binning_apply_f64");
}
LOGITUDE_NODISCARD inline status histogram_binning_apply(const_bytes model,
    column_view<const f16> x, column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_histogram_binning_apply_f16", "y");
  return detail::answer(lgt_histogram_binning_apply_f16(model.data(), detail::raw(x.data()),
                                                        x.stride(), detail::raw(y.data()),
                                                        y.stride(), rows),
                        "lgt_histogram_binning_apply_f16");
}
LOGITUDE_NODISCARD inline status histogram_binning_apply(const_bytes model,
    column_view<const bf16> x, column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_histogram_binning_apply_bf16", "y");
  return detail::answer(lgt_histogram_binning_apply_bf16(model.data(), detail::raw(x.data()),
                                                         x.stride(), detail::raw(y.data()),
                                                         y.stride(), rows),
                        "lgt_histogram_binning_apply_bf16");
}

// ---- hosmer_lemeshow ----

/// lgt_hosmer_lemeshow_finish: Tests the bins of a reliability curve for calibration: the statistic
/// of Hosmer and Lemeshow, the sum over bins that are not empty of `n (f - c)^2 / (c (1 - c))` with
/// weight n, frequency f and confidence c, and its p-value from chi-square.
LOGITUDE_NODISCARD inline status hosmer_lemeshow_finish(view<const lgt_reliability_bin> bins,
    std::uint32_t dof_offset, lgt_hosmer_lemeshow_report &report) {
  const std::size_t count = bins.size();
  return detail::answer(lgt_hosmer_lemeshow_finish(bins.data(), count, dof_offset, &report),
                        "lgt_hosmer_lemeshow_finish");
}

// ---- icc ----

/// lgt_icc_scratch: Writes how many bytes of scratch `lgt_icc` needs: 8 for each item and each
/// rater.
LOGITUDE_NODISCARD inline status icc_scratch(std::size_t items, std::size_t raters,
    std::size_t &bytes) {
  return detail::answer(lgt_icc_scratch(items, raters, &bytes),
                        "lgt_icc_scratch");
}

/// lgt_icc_f32: Intraclass correlations of items that were all rated by the same number of raters:
/// how much of the spread of ratings is that of the items.
LOGITUDE_NODISCARD inline status icc(rows_view<const float> x, lgt_icc_report &report,
    double confidence, bytes scratch) {
  const std::size_t items = x.rows();
  const std::size_t raters = x.cols();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_icc_scratch(items, raters, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_icc_scratch");
  return detail::answer(lgt_icc_f32(x.data(), x.stride(), &report, items, raters, confidence,
                                    scratch.data(), scratch.size()),
                        "lgt_icc_f32");
}
LOGITUDE_NODISCARD inline status icc(rows_view<const double> x, lgt_icc_report &report,
    double confidence, bytes scratch) {
  const std::size_t items = x.rows();
  const std::size_t raters = x.cols();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_icc_scratch(items, raters, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_icc_scratch");
  return detail::answer(lgt_icc_f64(x.data(), x.stride(), &report, items, raters, confidence,
                                    scratch.data(), scratch.size()),
                        "lgt_icc_f64");
}
LOGITUDE_NODISCARD inline status icc(rows_view<const f16> x, lgt_icc_report &report,
    double confidence, bytes scratch) {
  const std::size_t items = x.rows();
  const std::size_t raters = x.cols();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_icc_scratch(items, raters, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_icc_scratch");
  return detail::answer(lgt_icc_f16(detail::raw(x.data()), x.stride(), &report, items, raters,
                                    confidence, scratch.data(), scratch.size()),
                        "lgt_icc_f16");
}
LOGITUDE_NODISCARD inline status icc(rows_view<const bf16> x, lgt_icc_report &report,
    double confidence, bytes scratch) {
  const std::size_t items = x.rows();
  const std::size_t raters = x.cols();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_icc_scratch(items, raters, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_icc_scratch");
  return detail::answer(lgt_icc_bf16(detail::raw(x.data()), x.stride(), &report, items, raters,
                                     confidence, scratch.data(), scratch.size()),
                        "lgt_icc_bf16");
}

// ---- info_nce ----

/// lgt_info_nce_f32: InfoNCE loss of each row of similarities, with its gradient: the cross-entropy
/// of `softmax(x / temperature)` with the one column that belongs to the row.
LOGITUDE_NODISCARD inline status info_nce(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double temperature, std::uint32_t direction, view<double> loss = {},
    rows_view<float> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_info_nce_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_info_nce_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_info_nce_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_info_nce_f32", "grad");
  return detail::answer(lgt_info_nce_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                         weights.data(), temperature, direction, loss.data(),
                                         grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_info_nce_f32");
}
LOGITUDE_NODISCARD inline status info_nce(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double temperature, std::uint32_t direction, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_info_nce_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_info_nce_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_info_nce_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_info_nce_f64", "grad");
  return detail::answer(lgt_info_nce_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                         weights.data(), temperature, direction, loss.data(),
                                         grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_info_nce_f64");
}
LOGITUDE_NODISCARD inline status info_nce(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double temperature, std::uint32_t direction, view<double> loss = {},
    rows_view<f16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_info_nce_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_info_nce_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_info_nce_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_info_nce_f16", "grad");
  return detail::answer(lgt_info_nce_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                         labels.type(), weights.data(), temperature, direction,
                                         loss.data(), detail::raw(grad.data()), grad.stride(),
                                         total, rows, cols, opts),
                        "lgt_info_nce_f16");
}
LOGITUDE_NODISCARD inline status info_nce(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double temperature, std::uint32_t direction, view<double> loss = {},
    rows_view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_info_nce_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_info_nce_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_info_nce_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_info_nce_bf16", "grad");
  return detail::answer(lgt_info_nce_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                          labels.type(), weights.data(), temperature, direction,
                                          loss.data(), detail::raw(grad.data()), grad.stride(),
                                          total, rows, cols, opts),
                        "lgt_info_nce_bf16");
}

// ---- interval ----

/// lgt_interval_wilson: Writes Wilson's score interval for the probability of success: a good
/// choice for accuracy, error rates and other shares of rows.
LOGITUDE_NODISCARD inline status interval_wilson(double successes, double trials, double confidence,
    double &low, double &high) {
  return detail::answer(lgt_interval_wilson(successes, trials, confidence, &low, &high),
                        "lgt_interval_wilson");
}

/// lgt_interval_clopper_pearson: Writes the interval of Clopper and Pearson ("exact") for the
/// probability of success: its coverage is never less than `confidence`, and for few trials a good
/// deal more.
LOGITUDE_NODISCARD inline status interval_clopper_pearson(double successes, double trials,
    double confidence, double &low, double &high) {
  return detail::answer(lgt_interval_clopper_pearson(successes, trials, confidence, &low, &high),
                        "lgt_interval_clopper_pearson");
}

/// lgt_interval_jeffreys: Writes Jeffreys' interval for the probability of success: the middle of
/// the posterior from a beta prior of parameters 1/2.
LOGITUDE_NODISCARD inline status interval_jeffreys(double successes, double trials,
    double confidence, double &low, double &high) {
  return detail::answer(lgt_interval_jeffreys(successes, trials, confidence, &low, &high),
                        "lgt_interval_jeffreys");
}

/// lgt_interval_agresti_coull: Writes the interval of Agresti and Coull for the probability of
/// success: the normal interval after adding `z^2 / 2` successes and as many failures, `z` the
/// normal quantile; around the same middle as Wilson's and never shorter.
LOGITUDE_NODISCARD inline status interval_agresti_coull(double successes, double trials,
    double confidence, double &low, double &high) {
  return detail::answer(lgt_interval_agresti_coull(successes, trials, confidence, &low, &high),
                        "lgt_interval_agresti_coull");
}

/// lgt_interval_normal: Writes the normal interval (Wald's) for the probability of success: the
/// share and so many of its standard errors, cut off at 0 and 1.
LOGITUDE_NODISCARD inline status interval_normal(double successes, double trials, double confidence,
    double &low, double &high) {
  return detail::answer(lgt_interval_normal(successes, trials, confidence, &low, &high),
                        "lgt_interval_normal");
}

/// lgt_interval_percentile: Writes the percentile interval of a statistic from what it was in each
/// replicate: `(1 - confidence) / 2` of the values are cut off on either side.
LOGITUDE_NODISCARD inline status interval_percentile(view<const double> values, double confidence,
    double &low, double &high) {
  const std::size_t count = values.size();
  return detail::answer(lgt_interval_percentile(values.data(), count, confidence, &low, &high),
                        "lgt_interval_percentile");
}

/// lgt_interval_bca: Writes the bias-corrected and accelerated interval (BCa) of a statistic, from
/// what it was in each replicate and what it is without each row in turn.
LOGITUDE_NODISCARD inline status interval_bca(view<const double> values, double statistic,
    view<const double> jackknife, double confidence, double &low, double &high) {
  const std::size_t count = values.size();
  const std::size_t rows = jackknife.size();
  return detail::answer(lgt_interval_bca(values.data(), count, statistic, jackknife.data(), rows,
                                         confidence, &low, &high),
                        "lgt_interval_bca");
}

// ---- inverse_propensity ----

/// lgt_inverse_propensity: What each label weighs in propensity-scored metrics: `1 + C (N_l +
/// B)^-A` with `C = (ln N - 1) (B + 1)^A`, for a label that `N_l` of `N` rows have.
LOGITUDE_NODISCARD inline status inverse_propensity(view<const std::uint64_t> counts,
    view<double> weights, std::uint64_t rows, double a, double b) {
  const std::size_t labels = counts.size();
  if (weights.size() != labels) return detail::mismatch("lgt_inverse_propensity", "weights");
  return detail::answer(lgt_inverse_propensity(counts.data(), weights.data(), labels, rows, a, b),
                        "lgt_inverse_propensity");
}

// ---- isotonic ----

/// lgt_isotonic_opts_default: Writes the default options.
inline lgt_isotonic_opts isotonic_opts_default() {
  lgt_isotonic_opts made{};
  lgt_isotonic_opts_default(&made);
  return made;
}

/// lgt_isotonic_size: Writes how many bytes a model of `lgt_isotonic` takes at most: with weights
/// 40 and 16 a row.
LOGITUDE_NODISCARD inline status isotonic_size(std::size_t rows, std::uint32_t weighted,
    std::size_t &bytes) {
  return detail::answer(lgt_isotonic_size(rows, weighted, &bytes),
                        "lgt_isotonic_size");
}

/// lgt_isotonic_scratch: Writes how many bytes of scratch `lgt_isotonic_fit` needs: without weights
/// twice the bytes of a score a row (at least 6) and some more for blocks, with weights 48 a row
/// and those of a score.
LOGITUDE_NODISCARD inline status isotonic_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_isotonic_scratch(rows, score_size, weighted, &bytes),
                        "lgt_isotonic_scratch");
}

/// lgt_isotonic_fit_f32: Fits an isotonic calibrator to held-out scores of two classes: the
/// function, rising with the score, that is nearest to the labels by squares, and by likelihood as
/// well.
LOGITUDE_NODISCARD inline status isotonic_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_isotonic_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_isotonic_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_isotonic_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_isotonic_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_isotonic_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_isotonic_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_isotonic_scratch");
  return detail::answer(lgt_isotonic_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                             labels.data(), labels.type(), weights.data(), rows,
                                             opts, scratch.data(), scratch.size()),
                        "lgt_isotonic_fit_f32");
}
LOGITUDE_NODISCARD inline status isotonic_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_isotonic_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_isotonic_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_isotonic_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_isotonic_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_isotonic_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_isotonic_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_isotonic_scratch");
  return detail::answer(lgt_isotonic_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                             labels.data(), labels.type(), weights.data(), rows,
                                             opts, scratch.data(), scratch.size()),
                        "lgt_isotonic_fit_f64");
}
LOGITUDE_NODISCARD inline status isotonic_fit(bytes model, column_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_isotonic_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_isotonic_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_isotonic_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_isotonic_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_isotonic_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_isotonic_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_isotonic_scratch");
  return detail::answer(lgt_isotonic_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                             x.stride(), labels.data(), labels.type(),
                                             weights.data(), rows, opts, scratch.data(),
                                             scratch.size()),
                        "lgt_isotonic_fit_f16");
}
LOGITUDE_NODISCARD inline status isotonic_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_isotonic_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_isotonic_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_isotonic_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_isotonic_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_isotonic_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_isotonic_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_isotonic_scratch");
  return detail::answer(lgt_isotonic_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                              x.stride(), labels.data(), labels.type(),
                                              weights.data(), rows, opts, scratch.data(),
                                              scratch.size()),
                        "lgt_isotonic_fit_bf16");
}

/// lgt_isotonic_apply_f32: Calibrated probabilities: the fitted function at new scores.
LOGITUDE_NODISCARD inline status isotonic_apply(const_bytes model, column_view<const float> x,
    column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_isotonic_apply_f32", "y");
  return detail::answer(lgt_isotonic_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                               y.stride(), rows),
                        "lgt_isotonic_apply_f32");
}
LOGITUDE_NODISCARD inline status isotonic_apply(const_bytes model, column_view<const double> x,
    column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_isotonic_apply_f64", "y");
  return detail::answer(lgt_isotonic_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                               y.stride(), rows),
                        "lgt_isotonic_apply_f64");
}
LOGITUDE_NODISCARD inline status isotonic_apply(const_bytes model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_isotonic_apply_f16", "y");
  return detail::answer(lgt_isotonic_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                               detail::raw(y.data()), y.stride(), rows),
                        "lgt_isotonic_apply_f16");
}
LOGITUDE_NODISCARD inline status isotonic_apply(const_bytes model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_isotonic_apply_bf16", "y");
  return detail::answer(lgt_isotonic_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                detail::raw(y.data()), y.stride(), rows),
                        "lgt_isotonic_apply_bf16");
}

// ---- js_div ----

/// lgt_js_div_f32: Jensen-Shannon divergence of the softmax of two rows of logits, in nats, with
/// its gradient in both: with `p` and `q` the softmax of `x` and `y` over the temperature and `m =
/// (p + q) / 2`, half of `KL(p || m) + KL(q || m)`.
LOGITUDE_NODISCARD inline status js_div(rows_view<const float> x, rows_view<const float> y,
    view<const float> weights, double temperature, view<double> loss = {},
    rows_view<float> grad = {}, rows_view<float> y_grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_js_div_f32", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_js_div_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_js_div_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f32", "grad");
  if (y_grad.data() != nullptr && (y_grad.rows() != rows || y_grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f32", "y_grad");
  return detail::answer(lgt_js_div_f32(x.data(), x.stride(), y.data(), y.stride(), weights.data(),
                                       temperature, loss.data(), grad.data(), grad.stride(),
                                       y_grad.data(), y_grad.stride(), total, rows, cols, opts),
                        "lgt_js_div_f32");
}
LOGITUDE_NODISCARD inline status js_div(rows_view<const double> x, rows_view<const double> y,
    view<const double> weights, double temperature, view<double> loss = {},
    rows_view<double> grad = {}, rows_view<double> y_grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_js_div_f64", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_js_div_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_js_div_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f64", "grad");
  if (y_grad.data() != nullptr && (y_grad.rows() != rows || y_grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f64", "y_grad");
  return detail::answer(lgt_js_div_f64(x.data(), x.stride(), y.data(), y.stride(), weights.data(),
                                       temperature, loss.data(), grad.data(), grad.stride(),
                                       y_grad.data(), y_grad.stride(), total, rows, cols, opts),
                        "lgt_js_div_f64");
}
LOGITUDE_NODISCARD inline status js_div(rows_view<const f16> x, rows_view<const f16> y,
    view<const float> weights, double temperature, view<double> loss = {}, rows_view<f16> grad = {},
    rows_view<f16> y_grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_js_div_f16", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_js_div_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_js_div_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f16", "grad");
  if (y_grad.data() != nullptr && (y_grad.rows() != rows || y_grad.cols() != cols))
    return detail::mismatch("lgt_js_div_f16", "y_grad");
  return detail::answer(lgt_js_div_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                       y.stride(), weights.data(), temperature, loss.data(),
                                       detail::raw(grad.data()), grad.stride(),
                                       detail::raw(y_grad.data()), y_grad.stride(), total, rows,
                                       cols, opts),
                        "lgt_js_div_f16");
}
LOGITUDE_NODISCARD inline status js_div(rows_view<const bf16> x, rows_view<const bf16> y,
    view<const float> weights, double temperature, view<double> loss = {},
    rows_view<bf16> grad = {}, rows_view<bf16> y_grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_js_div_bf16", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_js_div_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_js_div_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_js_div_bf16", "grad");
  if (y_grad.data() != nullptr && (y_grad.rows() != rows || y_grad.cols() != cols))
    return detail::mismatch("lgt_js_div_bf16", "y_grad");
  return detail::answer(lgt_js_div_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                        y.stride(), weights.data(), temperature, loss.data(),
                                        detail::raw(grad.data()), grad.stride(),
                                        detail::raw(y_grad.data()), y_grad.stride(), total, rows,
                                        cols, opts),
                        "lgt_js_div_bf16");
}

// ---- kd ----

/// lgt_kd_f32: Knowledge distillation: `temperature^2 KL(T || S)` of the softmax of a teacher's
/// logits and a student's, both at that temperature, with its gradient in the student's logits,
/// `temperature (S - T)`.
LOGITUDE_NODISCARD inline status kd(rows_view<const float> x, rows_view<const float> teacher,
    view<const float> weights, double temperature, view<double> loss = {},
    rows_view<float> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_kd_f32", "teacher");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kd_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_kd_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kd_f32", "grad");
  return detail::answer(lgt_kd_f32(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                   weights.data(), temperature, loss.data(), grad.data(),
                                   grad.stride(), total, rows, cols, opts),
                        "lgt_kd_f32");
}
LOGITUDE_NODISCARD inline status kd(rows_view<const double> x, rows_view<const double> teacher,
    view<const double> weights, double temperature, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_kd_f64", "teacher");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kd_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_kd_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kd_f64", "grad");
  return detail::answer(lgt_kd_f64(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                   weights.data(), temperature, loss.data(), grad.data(),
                                   grad.stride(), total, rows, cols, opts),
                        "lgt_kd_f64");
}
LOGITUDE_NODISCARD inline status kd(rows_view<const f16> x, rows_view<const f16> teacher,
    view<const float> weights, double temperature, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_kd_f16", "teacher");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kd_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_kd_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kd_f16", "grad");
  return detail::answer(lgt_kd_f16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                   teacher.stride(), weights.data(), temperature, loss.data(),
                                   detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                   opts),
                        "lgt_kd_f16");
}
LOGITUDE_NODISCARD inline status kd(rows_view<const bf16> x, rows_view<const bf16> teacher,
    view<const float> weights, double temperature, view<double> loss = {},
    rows_view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_kd_bf16", "teacher");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kd_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_kd_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kd_bf16", "grad");
  return detail::answer(lgt_kd_bf16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                    teacher.stride(), weights.data(), temperature, loss.data(),
                                    detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                    opts),
                        "lgt_kd_bf16");
}

// ---- kendall ----

/// lgt_kendall_scratch: Writes how many bytes of scratch `lgt_kendall` needs: 12 a row.
LOGITUDE_NODISCARD inline status kendall_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_kendall_scratch(n, &bytes),
                        "lgt_kendall_scratch");
}

/// lgt_kendall_f32: Kendall's tau, in all its forms: of the pairs of rows, those in the same order
/// in x and in y less those in opposite orders.
LOGITUDE_NODISCARD inline status kendall(view<const float> x, view<const float> y,
    lgt_kendall_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_kendall_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_kendall_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_kendall_scratch");
  return detail::answer(lgt_kendall_f32(x.data(), y.data(), &report, n, scratch.data(),
                                        scratch.size()),
                        "lgt_kendall_f32");
}
LOGITUDE_NODISCARD inline status kendall(view<const double> x, view<const double> y,
    lgt_kendall_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_kendall_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_kendall_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_kendall_scratch");
  return detail::answer(lgt_kendall_f64(x.data(), y.data(), &report, n, scratch.data(),
                                        scratch.size()),
                        "lgt_kendall_f64");
}
LOGITUDE_NODISCARD inline status kendall(view<const f16> x, view<const f16> y,
    lgt_kendall_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_kendall_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_kendall_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_kendall_scratch");
  return detail::answer(lgt_kendall_f16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                        scratch.data(), scratch.size()),
                        "lgt_kendall_f16");
}
LOGITUDE_NODISCARD inline status kendall(view<const bf16> x, view<const bf16> y,
    lgt_kendall_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_kendall_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_kendall_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_kendall_scratch");
  return detail::answer(lgt_kendall_bf16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                         scratch.data(), scratch.size()),
                        "lgt_kendall_bf16");
}

// ---- kl_div ----

/// lgt_kl_div_f32: Kullback-Leibler divergence of each row's softmax from its targets, in nats,
/// with its gradient in the logits: the sum over columns of `q ln(q / p)`, where `p = softmax(x /
/// temperature)`.
LOGITUDE_NODISCARD inline status kl_div(rows_view<const float> x, rows_view<const float> targets,
    std::uint32_t target_type, view<const float> weights, double temperature,
    view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_kl_div_f32", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kl_div_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_kl_div_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kl_div_f32", "grad");
  return detail::answer(lgt_kl_div_f32(x.data(), x.stride(), targets.data(), targets.stride(),
                                       target_type, weights.data(), temperature, loss.data(),
                                       grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_kl_div_f32");
}
LOGITUDE_NODISCARD inline status kl_div(rows_view<const double> x, rows_view<const double> targets,
    std::uint32_t target_type, view<const double> weights, double temperature,
    view<double> loss = {}, rows_view<double> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_kl_div_f64", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kl_div_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_kl_div_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kl_div_f64", "grad");
  return detail::answer(lgt_kl_div_f64(x.data(), x.stride(), targets.data(), targets.stride(),
                                       target_type, weights.data(), temperature, loss.data(),
                                       grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_kl_div_f64");
}
LOGITUDE_NODISCARD inline status kl_div(rows_view<const f16> x, rows_view<const f16> targets,
    std::uint32_t target_type, view<const float> weights, double temperature,
    view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_kl_div_f16", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kl_div_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_kl_div_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kl_div_f16", "grad");
  return detail::answer(lgt_kl_div_f16(detail::raw(x.data()), x.stride(),
                                       detail::raw(targets.data()), targets.stride(), target_type,
                                       weights.data(), temperature, loss.data(),
                                       detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                       opts),
                        "lgt_kl_div_f16");
}
LOGITUDE_NODISCARD inline status kl_div(rows_view<const bf16> x, rows_view<const bf16> targets,
    std::uint32_t target_type, view<const float> weights, double temperature,
    view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_kl_div_bf16", "targets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_kl_div_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_kl_div_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_kl_div_bf16", "grad");
  return detail::answer(lgt_kl_div_bf16(detail::raw(x.data()), x.stride(),
                                        detail::raw(targets.data()), targets.stride(), target_type,
                                        weights.data(), temperature, loss.data(),
                                        detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                        opts),
                        "lgt_kl_div_bf16");
}

// ---- ks_calibration ----

/// lgt_ks_calibration_scratch: Writes how many bytes of scratch `lgt_ks_calibration` needs: 24 a
/// probability.
LOGITUDE_NODISCARD inline status ks_calibration_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_ks_calibration_scratch(n, &bytes),
                        "lgt_ks_calibration_scratch");
}

/// lgt_ks_calibration_f32: The Kolmogorov-Smirnov calibration error, which needs no bins: the
/// largest difference, over all thresholds, between the sum of probabilities up to it and the
/// number of what came true there, as a share of all weight.
LOGITUDE_NODISCARD inline status ks_calibration(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_ks_calibration_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ks_calibration_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ks_calibration_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_calibration_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_calibration_scratch");
  return detail::answer(lgt_ks_calibration_f32(x.data(), labels.data(), labels.type(),
                                               weights.data(), &report, n, scratch.data(),
                                               scratch.size()),
                        "lgt_ks_calibration_f32");
}
LOGITUDE_NODISCARD inline status ks_calibration(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_ks_calibration_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ks_calibration_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ks_calibration_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_calibration_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_calibration_scratch");
  return detail::answer(lgt_ks_calibration_f64(x.data(), labels.data(), labels.type(),
                                               weights.data(), &report, n, scratch.data(),
                                               scratch.size()),
                        "lgt_ks_calibration_f64");
}
LOGITUDE_NODISCARD inline status ks_calibration(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_ks_calibration_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ks_calibration_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ks_calibration_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_calibration_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_calibration_scratch");
  return detail::answer(lgt_ks_calibration_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                               weights.data(), &report, n, scratch.data(),
                                               scratch.size()),
                        "lgt_ks_calibration_f16");
}
LOGITUDE_NODISCARD inline status ks_calibration(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_ks_calibration_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_ks_calibration_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_ks_calibration_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_calibration_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_calibration_scratch");
  return detail::answer(lgt_ks_calibration_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                                weights.data(), &report, n, scratch.data(),
                                                scratch.size()),
                        "lgt_ks_calibration_bf16");
}

// ---- ks_two_sample ----

/// lgt_ks_two_sample_opts_default: Writes the defaults to `opts`, unless that is NULL.
inline lgt_ks_two_sample_opts ks_two_sample_opts_default() {
  lgt_ks_two_sample_opts made{};
  lgt_ks_two_sample_opts_default(&made);
  return made;
}

/// lgt_ks_two_sample_scratch: Writes how many bytes of scratch `lgt_ks_two_sample` needs: a little
/// over 8 a number.
LOGITUDE_NODISCARD inline status ks_two_sample_scratch(std::size_t n, std::size_t m,
    std::size_t &bytes) {
  return detail::answer(lgt_ks_two_sample_scratch(n, m, &bytes),
                        "lgt_ks_two_sample_scratch");
}

/// lgt_ks_two_sample_f32: The Kolmogorov-Smirnov test of two samples: whether they are from one
/// distribution.
LOGITUDE_NODISCARD inline status ks_two_sample(view<const float> x, view<const float> y,
    lgt_ks_two_sample_report &report, const lgt_ks_two_sample_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_two_sample_scratch(n, m, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_two_sample_scratch");
  return detail::answer(lgt_ks_two_sample_f32(x.data(), y.data(), &report, n, m, opts,
                                              scratch.data(), scratch.size()),
                        "lgt_ks_two_sample_f32");
}
LOGITUDE_NODISCARD inline status ks_two_sample(view<const double> x, view<const double> y,
    lgt_ks_two_sample_report &report, const lgt_ks_two_sample_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_two_sample_scratch(n, m, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_two_sample_scratch");
  return detail::answer(lgt_ks_two_sample_f64(x.data(), y.data(), &report, n, m, opts,
                                              scratch.data(), scratch.size()),
                        "lgt_ks_two_sample_f64");
}
LOGITUDE_NODISCARD inline status ks_two_sample(view<const f16> x, view<const f16> y,
    lgt_ks_two_sample_report &report, const lgt_ks_two_sample_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_two_sample_scratch(n, m, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_two_sample_scratch");
  return detail::answer(lgt_ks_two_sample_f16(detail::raw(x.data()), detail::raw(y.data()), &report,
                                              n, m, opts, scratch.data(), scratch.size()),
                        "lgt_ks_two_sample_f16");
}
LOGITUDE_NODISCARD inline status ks_two_sample(view<const bf16> x, view<const bf16> y,
    lgt_ks_two_sample_report &report, const lgt_ks_two_sample_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_ks_two_sample_scratch(n, m, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_ks_two_sample_scratch");
  return detail::answer(lgt_ks_two_sample_bf16(detail::raw(x.data()), detail::raw(y.data()),
                                               &report, n, m, opts, scratch.data(), scratch.size()),
                        "lgt_ks_two_sample_bf16");
}

// ---- label_ranking ----

/// lgt_label_ranking_size: Writes how many bytes a state of `lgt_label_ranking` needs.
LOGITUDE_NODISCARD inline status label_ranking_size(std::uint32_t flags, std::size_t &bytes) {
  return detail::answer(lgt_label_ranking_size(flags, &bytes),
                        "lgt_label_ranking_size");
}

/// lgt_label_ranking_init: Starts a state of label ranking: average precision, coverage error,
/// ranking loss and one-error of rows that have any number of labels.
LOGITUDE_NODISCARD inline status label_ranking_init(bytes state, std::uint32_t flags) {
  std::size_t state_bytes = 0;
  status state_room = lgt_label_ranking_size(flags, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_label_ranking_size");
  return detail::answer(lgt_label_ranking_init(state.data(), state.size(), flags),
                        "lgt_label_ranking_init");
}

/// lgt_label_ranking_update_f32: Adds rows to a state of label ranking: how well their scores put
/// the labels that a row has before those that it has not.
LOGITUDE_NODISCARD inline status label_ranking_update(bytes state, rows_view<const float> x,
    number_rows labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_label_ranking_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_f32", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_f32", "values");
  return detail::answer(lgt_label_ranking_update_f32(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.stride(), labels.type(),
                                                     weights.data(), values.data(), rows, cols),
                        "lgt_label_ranking_update_f32");
}
LOGITUDE_NODISCARD inline status label_ranking_update(bytes state, rows_view<const double> x,
    number_rows labels, view<const double> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_label_ranking_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_f64", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_f64", "values");
  return detail::answer(lgt_label_ranking_update_f64(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.stride(), labels.type(),
                                                     weights.data(), values.data(), rows, cols),
                        "lgt_label_ranking_update_f64");
}
LOGITUDE_NODISCARD inline status label_ranking_update(bytes state, rows_view<const f16> x,
    number_rows labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_label_ranking_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_f16", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_f16", "values");
  return detail::answer(lgt_label_ranking_update_f16(state.data(), detail::raw(x.data()),
                                                     x.stride(), labels.data(), labels.stride(),
                                                     labels.type(), weights.data(), values.data(),
                                                     rows, cols),
                        "lgt_label_ranking_update_f16");
}
LOGITUDE_NODISCARD inline status label_ranking_update(bytes state, rows_view<const bf16> x,
    number_rows labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_label_ranking_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_bf16", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_bf16", "values");
  return detail::answer(lgt_label_ranking_update_bf16(state.data(), detail::raw(x.data()),
                                                      x.stride(), labels.data(), labels.stride(),
                                                      labels.type(), weights.data(), values.data(),
                                                      rows, cols),
                        "lgt_label_ranking_update_bf16");
}

/// lgt_label_ranking_update_csr_f32: Adds rows to a state of label ranking, from the numbers of the
/// labels that each has.
LOGITUDE_NODISCARD inline status label_ranking_update_csr(bytes state, rows_view<const float> x,
    const lgt_csr &labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f32", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f32", "values");
  return detail::answer(lgt_label_ranking_update_csr_f32(state.data(), x.data(), x.stride(),
                                                         &labels, weights.data(), values.data(),
                                                         rows, cols),
                        "lgt_label_ranking_update_csr_f32");
}
LOGITUDE_NODISCARD inline status label_ranking_update_csr(bytes state, rows_view<const double> x,
    const lgt_csr &labels, view<const double> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f64", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f64", "values");
  return detail::answer(lgt_label_ranking_update_csr_f64(state.data(), x.data(), x.stride(),
                                                         &labels, weights.data(), values.data(),
                                                         rows, cols),
                        "lgt_label_ranking_update_csr_f64");
}
LOGITUDE_NODISCARD inline status label_ranking_update_csr(bytes state, rows_view<const f16> x,
    const lgt_csr &labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f16", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_csr_f16", "values");
  return detail::answer(lgt_label_ranking_update_csr_f16(state.data(), detail::raw(x.data()),
                                                         x.stride(), &labels, weights.data(),
                                                         values.data(), rows, cols),
                        "lgt_label_ranking_update_csr_f16");
}
LOGITUDE_NODISCARD inline status label_ranking_update_csr(bytes state, rows_view<const bf16> x,
    const lgt_csr &labels, view<const float> weights = {}, view<double> values = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_label_ranking_update_csr_bf16", "weights");
  if (values.data() != nullptr && values.size() != 4 * rows)
    return detail::mismatch("lgt_label_ranking_update_csr_bf16", "values");
  return detail::answer(lgt_label_ranking_update_csr_bf16(state.data(), detail::raw(x.data()),
                                                          x.stride(), &labels, weights.data(),
                                                          values.data(), rows, cols),
                        "lgt_label_ranking_update_csr_bf16");
}

/// lgt_label_ranking_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status label_ranking_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_label_ranking_merge(state.data(), other.data()),
                        "lgt_label_ranking_merge");
}

/// lgt_label_ranking_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status label_ranking_finish(const_bytes state,
    lgt_label_ranking_report &report) {
  return detail::answer(lgt_label_ranking_finish(state.data(), &report),
                        "lgt_label_ranking_finish");
}

/// The bytes of a state of lgt_label_ranking, and its verbs.
class label_ranking_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit label_ranking_state(std::uint32_t flags) {
    label_ranking_init(*this, flags);
  }
#endif
  static result<label_ranking_state> make(std::uint32_t flags) {
    label_ranking_state made{detail::empty()};
    const status got = label_ranking_init(made, flags);
    return detail::with(got, std::move(made));
  }
  static result<label_ranking_state> load(const_bytes saved) {
    label_ranking_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_LABEL_RANKING);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, number_rows labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, number_rows labels,
      view<const double> weights = {}, view<double> values = {}) {
    return label_ranking_update(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, number_rows labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, number_rows labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update_csr(rows_view<const float> x, const lgt_csr &labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update_csr(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update_csr(rows_view<const double> x, const lgt_csr &labels,
      view<const double> weights = {}, view<double> values = {}) {
    return label_ranking_update_csr(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update_csr(rows_view<const f16> x, const lgt_csr &labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update_csr(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status update_csr(rows_view<const bf16> x, const lgt_csr &labels,
      view<const float> weights = {}, view<double> values = {}) {
    return label_ranking_update_csr(*this, x, labels, weights, values);
  }
  LOGITUDE_NODISCARD status merge(const label_ranking_state &other) {
    return label_ranking_merge(*this, other);
  }
  result<lgt_label_ranking_report> finish() const {
    lgt_label_ranking_report report{};
    const status got = label_ranking_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit label_ranking_state(detail::empty) {}
};

// ---- likelihood_ratios ----

/// lgt_likelihood_ratios: Writes the likelihood ratios of a binary test: how many times as likely
/// it is positive, or negative, where the condition is than where it is not.
LOGITUDE_NODISCARD inline status likelihood_ratios(double tn, double fp, double fn_, double tp,
    lgt_likelihood_ratios_report &report) {
  return detail::answer(lgt_likelihood_ratios(tn, fp, fn_, tp, &report),
                        "lgt_likelihood_ratios");
}

// ---- log_loss ----

/// lgt_log_loss_size: Writes how many bytes a state of `lgt_log_loss` needs.
LOGITUDE_NODISCARD inline status log_loss_size(double eps, std::uint32_t flags,
    std::size_t &bytes) {
  return detail::answer(lgt_log_loss_size(eps, flags, &bytes),
                        "lgt_log_loss_size");
}

/// lgt_log_loss_init: Starts a state of log loss of probabilities: the mean of `-ln p_label`.
LOGITUDE_NODISCARD inline status log_loss_init(bytes state, double eps, std::uint32_t flags) {
  std::size_t state_bytes = 0;
  status state_room = lgt_log_loss_size(eps, flags, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_log_loss_size");
  return detail::answer(lgt_log_loss_init(state.data(), state.size(), eps, flags),
                        "lgt_log_loss_init");
}

/// lgt_log_loss_update_f32: Adds rows to a state of log loss of probabilities: the mean of `-ln
/// p_label`.
LOGITUDE_NODISCARD inline status log_loss_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_log_loss_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_log_loss_update_f32", "weights");
  return detail::answer(lgt_log_loss_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_log_loss_update_f32");
}
LOGITUDE_NODISCARD inline status log_loss_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_log_loss_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_log_loss_update_f64", "weights");
  return detail::answer(lgt_log_loss_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), weights.data(), rows, cols),
                        "lgt_log_loss_update_f64");
}
LOGITUDE_NODISCARD inline status log_loss_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_log_loss_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_log_loss_update_f16", "weights");
  return detail::answer(lgt_log_loss_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols),
                        "lgt_log_loss_update_f16");
}
LOGITUDE_NODISCARD inline status log_loss_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_log_loss_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_log_loss_update_bf16", "weights");
  return detail::answer(lgt_log_loss_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(), rows,
                                                 cols),
                        "lgt_log_loss_update_bf16");
}

/// lgt_log_loss_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status log_loss_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_log_loss_merge(state.data(), other.data()),
                        "lgt_log_loss_merge");
}

/// lgt_log_loss_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status log_loss_finish(const_bytes state, lgt_log_loss_report &report) {
  return detail::answer(lgt_log_loss_finish(state.data(), &report),
                        "lgt_log_loss_finish");
}

/// The bytes of a state of lgt_log_loss, and its verbs.
class log_loss_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit log_loss_state(double eps, std::uint32_t flags) {
    log_loss_init(*this, eps, flags);
  }
#endif
  static result<log_loss_state> make(double eps, std::uint32_t flags) {
    log_loss_state made{detail::empty()};
    const status got = log_loss_init(made, eps, flags);
    return detail::with(got, std::move(made));
  }
  static result<log_loss_state> load(const_bytes saved) {
    log_loss_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_LOG_LOSS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return log_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return log_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return log_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return log_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const log_loss_state &other) {
    return log_loss_merge(*this, other);
  }
  result<lgt_log_loss_report> finish() const {
    lgt_log_loss_report report{};
    const status got = log_loss_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit log_loss_state(detail::empty) {}
};

// ---- log_sigmoid ----

/// lgt_log_sigmoid_f32: Logarithm of the sigmoid of each entry: `y = -ln(1 + exp(-x))`.
LOGITUDE_NODISCARD inline status log_sigmoid(rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_log_sigmoid_f32", "y");
  return detail::answer(lgt_log_sigmoid_f32(x.data(), x.stride(), y.data(), y.stride(), rows, cols),
                        "lgt_log_sigmoid_f32");
}
LOGITUDE_NODISCARD inline status log_sigmoid(rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_log_sigmoid_f64", "y");
  return detail::answer(lgt_log_sigmoid_f64(x.data(), x.stride(), y.data(), y.stride(), rows, cols),
                        "lgt_log_sigmoid_f64");
}
LOGITUDE_NODISCARD inline status log_sigmoid(rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_log_sigmoid_f16", "y");
  return detail::answer(lgt_log_sigmoid_f16(detail::raw(x.data()), x.stride(),
                                            detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_log_sigmoid_f16");
}
LOGITUDE_NODISCARD inline status log_sigmoid(rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_log_sigmoid_bf16", "y");
  return detail::answer(lgt_log_sigmoid_bf16(detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_log_sigmoid_bf16");
}

/// lgt_log_sigmoid_grad_f32: Gradient of `lgt_log_sigmoid_f32`: `dx = dy sigmoid(-x)`.
LOGITUDE_NODISCARD inline status log_sigmoid_grad(rows_view<const float> x,
    rows_view<const float> dy, rows_view<float> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f32", "dx");
  return detail::answer(lgt_log_sigmoid_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(),
                                                 dx.data(), dx.stride(), rows, cols),
                        "lgt_log_sigmoid_grad_f32");
}
LOGITUDE_NODISCARD inline status log_sigmoid_grad(rows_view<const double> x,
    rows_view<const double> dy, rows_view<double> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f64", "dx");
  return detail::answer(lgt_log_sigmoid_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(),
                                                 dx.data(), dx.stride(), rows, cols),
                        "lgt_log_sigmoid_grad_f64");
}
LOGITUDE_NODISCARD inline status log_sigmoid_grad(rows_view<const f16> x, rows_view<const f16> dy,
    rows_view<f16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_f16", "dx");
  return detail::answer(lgt_log_sigmoid_grad_f16(detail::raw(x.data()), x.stride(),
                                                 detail::raw(dy.data()), dy.stride(),
                                                 detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_log_sigmoid_grad_f16");
}
LOGITUDE_NODISCARD inline status log_sigmoid_grad(rows_view<const bf16> x, rows_view<const bf16> dy,
    rows_view<bf16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_sigmoid_grad_bf16", "dx");
  return detail::answer(lgt_log_sigmoid_grad_bf16(detail::raw(x.data()), x.stride(),
                                                  detail::raw(dy.data()), dy.stride(),
                                                  detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_log_sigmoid_grad_bf16");
}

// ---- log_softmax_cols ----

/// lgt_log_softmax_cols_f32: Column-wise log-softmax: `y[r][c] = scale * x[r][c] - ln sum_r
/// exp(scale * x[r][c])`: log-softmax along axis 0, without a transposed copy.
LOGITUDE_NODISCARD inline status log_softmax_cols(rows_view<const float> x, rows_view<float> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f32", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f32", "lse");
  return detail::answer(lgt_log_softmax_cols_f32(x.data(), x.stride(), y.data(), y.stride(),
                                                 lse.data(), rows, cols, opts),
                        "lgt_log_softmax_cols_f32");
}
LOGITUDE_NODISCARD inline status log_softmax_cols(rows_view<const double> x, rows_view<double> y,
    view<double> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f64", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f64", "lse");
  return detail::answer(lgt_log_softmax_cols_f64(x.data(), x.stride(), y.data(), y.stride(),
                                                 lse.data(), rows, cols, opts),
                        "lgt_log_softmax_cols_f64");
}
LOGITUDE_NODISCARD inline status log_softmax_cols(rows_view<const f16> x, rows_view<f16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f16", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_log_softmax_cols_f16", "lse");
  return detail::answer(lgt_log_softmax_cols_f16(detail::raw(x.data()), x.stride(),
                                                 detail::raw(y.data()), y.stride(), lse.data(),
                                                 rows, cols, opts),
                        "lgt_log_softmax_cols_f16");
}
LOGITUDE_NODISCARD inline status log_softmax_cols(rows_view<const bf16> x, rows_view<bf16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_bf16", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_log_softmax_cols_bf16", "lse");
  return detail::answer(lgt_log_softmax_cols_bf16(detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), lse.data(),
                                                  rows, cols, opts),
                        "lgt_log_softmax_cols_bf16");
}

/// lgt_log_softmax_cols_grad_f32: Gradient of column-wise log-softmax, as a vector-Jacobian
/// product: `dx[r][c] = scale * (dy[r][c] - exp(y[r][c]) * sum_r dy[r][c])`, each sum over the rows
/// of a column.
LOGITUDE_NODISCARD inline status log_softmax_cols_grad(rows_view<const float> y,
    rows_view<const float> dy, rows_view<float> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f32", "dx");
  return detail::answer(lgt_log_softmax_cols_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                                      dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_log_softmax_cols_grad_f32");
}
LOGITUDE_NODISCARD inline status log_softmax_cols_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<double> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f64", "dx");
  return detail::answer(lgt_log_softmax_cols_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                                      dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_log_softmax_cols_grad_f64");
}
LOGITUDE_NODISCARD inline status log_softmax_cols_grad(rows_view<const f16> y,
    rows_view<const f16> dy, rows_view<f16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_f16", "dx");
  return detail::answer(lgt_log_softmax_cols_grad_f16(detail::raw(y.data()), y.stride(),
                                                      detail::raw(dy.data()), dy.stride(),
                                                      detail::raw(dx.data()), dx.stride(), rows,
                                                      cols, opts),
                        "lgt_log_softmax_cols_grad_f16");
}
LOGITUDE_NODISCARD inline status log_softmax_cols_grad(rows_view<const bf16> y,
    rows_view<const bf16> dy, rows_view<bf16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_log_softmax_cols_grad_bf16", "dx");
  return detail::answer(lgt_log_softmax_cols_grad_bf16(detail::raw(y.data()), y.stride(),
                                                       detail::raw(dy.data()), dy.stride(),
                                                       detail::raw(dx.data()), dx.stride(), rows,
                                                       cols, opts),
                        "lgt_log_softmax_cols_grad_bf16");
}

// ---- log_softmax_grad ----

/// lgt_log_softmax_grad_f32: Gradient of row-wise log-softmax, as a vector-Jacobian product: from
/// the log-shares `y` and the gradient `dy` of something in them to that in the scores, `dx[r][c] =
/// scale * (dy[r][c] - exp(y[r][c]) * sum_c dy[r][c])`.
LOGITUDE_NODISCARD inline status log_softmax_grad(rows_view<const float> y,
    rows_view<const float> dy, rows_view<const float> x, rows_view<float> dx,
    view<double> dsink = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_log_softmax_grad_f32", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_log_softmax_grad_f32", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_log_softmax_grad_f32", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_log_softmax_grad_f32", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_log_softmax_grad_f32", "dsink");
  return detail::answer(lgt_log_softmax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                                 x.data(), x.stride(), dx.data(), dx.stride(),
                                                 dsink.data(), rows, cols, opts),
                        "lgt_log_softmax_grad_f32");
}
LOGITUDE_NODISCARD inline status log_softmax_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<const double> x, rows_view<double> dx,
    view<double> dsink = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_log_softmax_grad_f64", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_log_softmax_grad_f64", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_log_softmax_grad_f64", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_log_softmax_grad_f64", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_log_softmax_grad_f64", "dsink");
  return detail::answer(lgt_log_softmax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                                 x.data(), x.stride(), dx.data(), dx.stride(),
                                                 dsink.data(), rows, cols, opts),
                        "lgt_log_softmax_grad_f64");
}
LOGITUDE_NODISCARD inline status log_softmax_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<const f16> x, rows_view<f16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_log_softmax_grad_f16", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_log_softmax_grad_f16", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_log_softmax_grad_f16", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_log_softmax_grad_f16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_log_softmax_grad_f16", "dsink");
  return detail::answer(lgt_log_softmax_grad_f16(detail::raw(y.data()), y.stride(),
                                                 detail::raw(dy.data()), dy.stride(),
                                                 detail::raw(x.data()), x.stride(),
                                                 detail::raw(dx.data()), dx.stride(), dsink.data(),
                                                 rows, cols, opts),
                        "lgt_log_softmax_grad_f16");
}
LOGITUDE_NODISCARD inline status log_softmax_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    rows_view<const bf16> x, rows_view<bf16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_log_softmax_grad_bf16", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_log_softmax_grad_bf16", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_log_softmax_grad_bf16", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_log_softmax_grad_bf16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_log_softmax_grad_bf16", "dsink");
  return detail::answer(lgt_log_softmax_grad_bf16(detail::raw(y.data()), y.stride(),
                                                  detail::raw(dy.data()), dy.stride(),
                                                  detail::raw(x.data()), x.stride(),
                                                  detail::raw(dx.data()), dx.stride(), dsink.data(),
                                                  rows, cols, opts),
                        "lgt_log_softmax_grad_bf16");
}

// ---- logistic_loss ----

/// lgt_logistic_loss_size: Writes the size of a state in bytes.
LOGITUDE_NODISCARD inline status logistic_loss_size(std::size_t &bytes) {
  return detail::answer(lgt_logistic_loss_size(&bytes),
                        "lgt_logistic_loss_size");
}

/// lgt_logistic_loss_init: Makes a state that has seen nothing, for what a search asks next: that
/// is part of its parameters, so that answers to different questions are never merged.
LOGITUDE_NODISCARD inline status logistic_loss_init(bytes state,
    const lgt_logistic_search &search) {
  return detail::answer(lgt_logistic_loss_init(state.data(), state.size(), &search),
                        "lgt_logistic_loss_init");
}

/// lgt_logistic_loss_update_f32: Adds rows to the answer: of each class the weight and the range of
/// scores, or loss, slopes and curvatures at the point that `lgt_logistic_loss_init` was told.
LOGITUDE_NODISCARD inline status logistic_loss_update(bytes state, column_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_logistic_loss_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_logistic_loss_update_f32", "weights");
  return detail::answer(lgt_logistic_loss_update_f32(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows),
                        "lgt_logistic_loss_update_f32");
}
LOGITUDE_NODISCARD inline status logistic_loss_update(bytes state, column_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_logistic_loss_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_logistic_loss_update_f64", "weights");
  return detail::answer(lgt_logistic_loss_update_f64(state.data(), x.data(), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows),
                        "lgt_logistic_loss_update_f64");
}
LOGITUDE_NODISCARD inline status logistic_loss_update(bytes state, column_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_logistic_loss_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_logistic_loss_update_f16", "weights");
  return detail::answer(lgt_logistic_loss_update_f16(state.data(), detail::raw(x.data()),
                                                     x.stride(), labels.data(), labels.type(),
                                                     weights.data(), rows),
                        "lgt_logistic_loss_update_f16");
}
LOGITUDE_NODISCARD inline status logistic_loss_update(bytes state, column_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_logistic_loss_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_logistic_loss_update_bf16", "weights");
  return detail::answer(lgt_logistic_loss_update_bf16(state.data(), detail::raw(x.data()),
                                                      x.stride(), labels.data(), labels.type(),
                                                      weights.data(), rows),
                        "lgt_logistic_loss_update_bf16");
}

/// lgt_logistic_loss_merge: Adds what another state has seen.
LOGITUDE_NODISCARD inline status logistic_loss_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_logistic_loss_merge(state.data(), other.data()),
                        "lgt_logistic_loss_merge");
}

/// The bytes of a state of lgt_logistic_loss, and its verbs.
class logistic_loss_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit logistic_loss_state(const lgt_logistic_search &search) {
    logistic_loss_init(*this, search);
  }
#endif
  static result<logistic_loss_state> make(const lgt_logistic_search &search) {
    logistic_loss_state made{detail::empty()};
    const status got = logistic_loss_init(made, search);
    return detail::with(got, std::move(made));
  }
  static result<logistic_loss_state> load(const_bytes saved) {
    logistic_loss_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_LOGISTIC_LOSS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(column_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return logistic_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return logistic_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return logistic_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(column_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return logistic_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const logistic_loss_state &other) {
    return logistic_loss_merge(*this, other);
  }

 private:
  explicit logistic_loss_state(detail::empty) {}
};

// ---- logit ----

/// lgt_logit_f32: Logit of each entry, the inverse of sigmoid: `y = ln(x / (1 - x))`.
LOGITUDE_NODISCARD inline status logit(rows_view<const float> x, rows_view<float> y, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_logit_f32", "y");
  return detail::answer(lgt_logit_f32(x.data(), x.stride(), y.data(), y.stride(), eps, rows, cols),
                        "lgt_logit_f32");
}
LOGITUDE_NODISCARD inline status logit(rows_view<const double> x, rows_view<double> y, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_logit_f64", "y");
  return detail::answer(lgt_logit_f64(x.data(), x.stride(), y.data(), y.stride(), eps, rows, cols),
                        "lgt_logit_f64");
}
LOGITUDE_NODISCARD inline status logit(rows_view<const f16> x, rows_view<f16> y, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_logit_f16", "y");
  return detail::answer(lgt_logit_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                      y.stride(), eps, rows, cols),
                        "lgt_logit_f16");
}
LOGITUDE_NODISCARD inline status logit(rows_view<const bf16> x, rows_view<bf16> y, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_logit_bf16", "y");
  return detail::answer(lgt_logit_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                       y.stride(), eps, rows, cols),
                        "lgt_logit_bf16");
}

/// lgt_logit_grad_f32: Gradient of `lgt_logit_f32`: `dx = dy / (x (1 - x))`.
LOGITUDE_NODISCARD inline status logit_grad(rows_view<const float> x, rows_view<const float> dy,
    rows_view<float> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_logit_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_logit_grad_f32", "dx");
  return detail::answer(lgt_logit_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(), dx.data(),
                                           dx.stride(), eps, rows, cols),
                        "lgt_logit_grad_f32");
}
LOGITUDE_NODISCARD inline status logit_grad(rows_view<const double> x, rows_view<const double> dy,
    rows_view<double> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_logit_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_logit_grad_f64", "dx");
  return detail::answer(lgt_logit_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(), dx.data(),
                                           dx.stride(), eps, rows, cols),
                        "lgt_logit_grad_f64");
}
LOGITUDE_NODISCARD inline status logit_grad(rows_view<const f16> x, rows_view<const f16> dy,
    rows_view<f16> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_logit_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_logit_grad_f16", "dx");
  return detail::answer(lgt_logit_grad_f16(detail::raw(x.data()), x.stride(),
                                           detail::raw(dy.data()), dy.stride(),
                                           detail::raw(dx.data()), dx.stride(), eps, rows, cols),
                        "lgt_logit_grad_f16");
}
LOGITUDE_NODISCARD inline status logit_grad(rows_view<const bf16> x, rows_view<const bf16> dy,
    rows_view<bf16> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_logit_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_logit_grad_bf16", "dx");
  return detail::answer(lgt_logit_grad_bf16(detail::raw(x.data()), x.stride(),
                                            detail::raw(dy.data()), dy.stride(),
                                            detail::raw(dx.data()), dx.stride(), eps, rows, cols),
                        "lgt_logit_grad_bf16");
}

// ---- logsumexp_cols ----

/// lgt_logsumexp_cols_f32: Column-wise logarithm of the sum of exponentials: `lse[c] = ln sum_r
/// exp(scale * x[r][c])`, along axis 0.
LOGITUDE_NODISCARD inline status logsumexp_cols(rows_view<const float> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_f32", "lse");
  return detail::answer(lgt_logsumexp_cols_f32(x.data(), x.stride(), lse.data(), rows, cols, opts),
                        "lgt_logsumexp_cols_f32");
}
LOGITUDE_NODISCARD inline status logsumexp_cols(rows_view<const double> x, view<double> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_f64", "lse");
  return detail::answer(lgt_logsumexp_cols_f64(x.data(), x.stride(), lse.data(), rows, cols, opts),
                        "lgt_logsumexp_cols_f64");
}
LOGITUDE_NODISCARD inline status logsumexp_cols(rows_view<const f16> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_f16", "lse");
  return detail::answer(lgt_logsumexp_cols_f16(detail::raw(x.data()), x.stride(), lse.data(), rows,
                                               cols, opts),
                        "lgt_logsumexp_cols_f16");
}
LOGITUDE_NODISCARD inline status logsumexp_cols(rows_view<const bf16> x, view<float> lse,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_bf16", "lse");
  return detail::answer(lgt_logsumexp_cols_bf16(detail::raw(x.data()), x.stride(), lse.data(), rows,
                                                cols, opts),
                        "lgt_logsumexp_cols_bf16");
}

/// lgt_logsumexp_cols_grad_f32: Gradient of column-wise logsumexp, as a vector-Jacobian product:
/// `dx[r][c] = scale * exp(scale * x[r][c] - lse[c]) * dlse[c]`.
LOGITUDE_NODISCARD inline status logsumexp_cols_grad(rows_view<const float> x,
    view<const float> lse, view<const float> dlse, rows_view<float> dx,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f32", "lse");
  if (dlse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f32", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_cols_grad_f32", "dx");
  return detail::answer(lgt_logsumexp_cols_grad_f32(x.data(), x.stride(), lse.data(), dlse.data(),
                                                    dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_logsumexp_cols_grad_f32");
}
LOGITUDE_NODISCARD inline status logsumexp_cols_grad(rows_view<const double> x,
    view<const double> lse, view<const double> dlse, rows_view<double> dx,
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f64", "lse");
  if (dlse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f64", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_cols_grad_f64", "dx");
  return detail::answer(lgt_logsumexp_cols_grad_f64(x.data(), x.stride(), lse.data(), dlse.data(),
                                                    dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_logsumexp_cols_grad_f64");
}
LOGITUDE_NODISCARD inline status logsumexp_cols_grad(rows_view<const f16> x, view<const float> lse,
    view<const float> dlse, rows_view<f16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f16", "lse");
  if (dlse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_f16", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_cols_grad_f16", "dx");
  return detail::answer(lgt_logsumexp_cols_grad_f16(detail::raw(x.data()), x.stride(), lse.data(),
                                                    dlse.data(), detail::raw(dx.data()),
                                                    dx.stride(), rows, cols, opts),
                        "lgt_logsumexp_cols_grad_f16");
}
LOGITUDE_NODISCARD inline status logsumexp_cols_grad(rows_view<const bf16> x, view<const float> lse,
    view<const float> dlse, rows_view<bf16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_bf16", "lse");
  if (dlse.size() != cols) return detail::mismatch("lgt_logsumexp_cols_grad_bf16", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_cols_grad_bf16", "dx");
  return detail::answer(lgt_logsumexp_cols_grad_bf16(detail::raw(x.data()), x.stride(), lse.data(),
                                                     dlse.data(), detail::raw(dx.data()),
                                                     dx.stride(), rows, cols, opts),
                        "lgt_logsumexp_cols_grad_bf16");
}

// ---- logsumexp_grad ----

/// lgt_logsumexp_grad_f32: Gradient of the row-wise logarithm of the sum of exponentials, as a
/// vector-Jacobian product: `dx[r][c] = scale * exp(scale * x[r][c] - lse[r]) * dlse[r]`, which is
/// softmax times `dlse`.
LOGITUDE_NODISCARD inline status logsumexp_grad(rows_view<const float> x, view<const float> lse,
    view<const float> dlse, rows_view<float> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f32", "lse");
  if (dlse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f32", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_grad_f32", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_logsumexp_grad_f32", "dsink");
  return detail::answer(lgt_logsumexp_grad_f32(x.data(), x.stride(), lse.data(), dlse.data(),
                                               dx.data(), dx.stride(), dsink.data(), rows, cols,
                                               opts),
                        "lgt_logsumexp_grad_f32");
}
LOGITUDE_NODISCARD inline status logsumexp_grad(rows_view<const double> x, view<const double> lse,
    view<const double> dlse, rows_view<double> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f64", "lse");
  if (dlse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f64", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_grad_f64", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_logsumexp_grad_f64", "dsink");
  return detail::answer(lgt_logsumexp_grad_f64(x.data(), x.stride(), lse.data(), dlse.data(),
                                               dx.data(), dx.stride(), dsink.data(), rows, cols,
                                               opts),
                        "lgt_logsumexp_grad_f64");
}
LOGITUDE_NODISCARD inline status logsumexp_grad(rows_view<const f16> x, view<const float> lse,
    view<const float> dlse, rows_view<f16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f16", "lse");
  if (dlse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_f16", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_grad_f16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_logsumexp_grad_f16", "dsink");
  return detail::answer(lgt_logsumexp_grad_f16(detail::raw(x.data()), x.stride(), lse.data(),
                                               dlse.data(), detail::raw(dx.data()), dx.stride(),
                                               dsink.data(), rows, cols, opts),
                        "lgt_logsumexp_grad_f16");
}
LOGITUDE_NODISCARD inline status logsumexp_grad(rows_view<const bf16> x, view<const float> lse,
    view<const float> dlse, rows_view<bf16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (lse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_bf16", "lse");
  if (dlse.size() != rows) return detail::mismatch("lgt_logsumexp_grad_bf16", "dlse");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_logsumexp_grad_bf16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_logsumexp_grad_bf16", "dsink");
  return detail::answer(lgt_logsumexp_grad_bf16(detail::raw(x.data()), x.stride(), lse.data(),
                                                dlse.data(), detail::raw(dx.data()), dx.stride(),
                                                dsink.data(), rows, cols, opts),
                        "lgt_logsumexp_grad_bf16");
}

// ---- mann_whitney ----

/// lgt_mann_whitney_opts_default: Writes the defaults to `opts`, unless that is NULL.
inline lgt_mann_whitney_opts mann_whitney_opts_default() {
  lgt_mann_whitney_opts made{};
  lgt_mann_whitney_opts_default(&made);
  return made;
}

/// lgt_mann_whitney_scratch: Writes how many bytes of scratch `lgt_mann_whitney` needs: 8 a number,
/// or, where the p-value may be exact, 16 for each U up to half of n m, if that is more.
LOGITUDE_NODISCARD inline status mann_whitney_scratch(std::size_t n, std::size_t m,
    const lgt_mann_whitney_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_mann_whitney_scratch(n, m, opts, &bytes),
                        "lgt_mann_whitney_scratch");
}

/// lgt_mann_whitney_f32: The Mann-Whitney U test (Wilcoxon's rank-sum test): whether numbers of one
/// sample tend to be larger than those of another.
LOGITUDE_NODISCARD inline status mann_whitney(view<const float> x, view<const float> y,
    lgt_mann_whitney_report &report, const lgt_mann_whitney_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mann_whitney_scratch(n, m, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mann_whitney_scratch");
  return detail::answer(lgt_mann_whitney_f32(x.data(), y.data(), &report, n, m, opts,
                                             scratch.data(), scratch.size()),
                        "lgt_mann_whitney_f32");
}
LOGITUDE_NODISCARD inline status mann_whitney(view<const double> x, view<const double> y,
    lgt_mann_whitney_report &report, const lgt_mann_whitney_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mann_whitney_scratch(n, m, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mann_whitney_scratch");
  return detail::answer(lgt_mann_whitney_f64(x.data(), y.data(), &report, n, m, opts,
                                             scratch.data(), scratch.size()),
                        "lgt_mann_whitney_f64");
}
LOGITUDE_NODISCARD inline status mann_whitney(view<const f16> x, view<const f16> y,
    lgt_mann_whitney_report &report, const lgt_mann_whitney_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mann_whitney_scratch(n, m, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mann_whitney_scratch");
  return detail::answer(lgt_mann_whitney_f16(detail::raw(x.data()), detail::raw(y.data()), &report,
                                             n, m, opts, scratch.data(), scratch.size()),
                        "lgt_mann_whitney_f16");
}
LOGITUDE_NODISCARD inline status mann_whitney(view<const bf16> x, view<const bf16> y,
    lgt_mann_whitney_report &report, const lgt_mann_whitney_opts *opts, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t m = y.size();
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mann_whitney_scratch(n, m, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mann_whitney_scratch");
  return detail::answer(lgt_mann_whitney_bf16(detail::raw(x.data()), detail::raw(y.data()), &report,
                                              n, m, opts, scratch.data(), scratch.size()),
                        "lgt_mann_whitney_bf16");
}

// ---- matching ----

/// lgt_matching_size: Writes how many bytes a state of `lgt_matching` needs.
LOGITUDE_NODISCARD inline status matching_size(std::size_t &bytes) {
  return detail::answer(lgt_matching_size(&bytes),
                        "lgt_matching_size");
}

/// lgt_matching_init: Starts a state of matching: at what rank queries find the candidate that is
/// their own, as recall at some cutoffs, mean rank and mean reciprocal rank.
LOGITUDE_NODISCARD inline status matching_init(bytes state, view<const std::uint32_t> cutoffs,
    std::uint32_t ties) {
  const std::size_t count = cutoffs.size();
  std::size_t state_bytes = 0;
  status state_room = lgt_matching_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_matching_size");
  return detail::answer(lgt_matching_init(state.data(), state.size(), cutoffs.data(), count, ties),
                        "lgt_matching_init");
}

/// lgt_matching_update_f32: Adds queries to a state of matching, from their scores of all
/// candidates.
LOGITUDE_NODISCARD inline status matching_update(bytes state, rows_view<const float> x,
    numbers_view labels, std::size_t offset, view<double> ranks = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_matching_update_f32", "labels");
  if (ranks.data() != nullptr && ranks.size() != rows)
    return detail::mismatch("lgt_matching_update_f32", "ranks");
  return detail::answer(lgt_matching_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), offset, ranks.data(), rows, cols),
                        "lgt_matching_update_f32");
}
LOGITUDE_NODISCARD inline status matching_update(bytes state, rows_view<const double> x,
    numbers_view labels, std::size_t offset, view<double> ranks = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_matching_update_f64", "labels");
  if (ranks.data() != nullptr && ranks.size() != rows)
    return detail::mismatch("lgt_matching_update_f64", "ranks");
  return detail::answer(lgt_matching_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                labels.type(), offset, ranks.data(), rows, cols),
                        "lgt_matching_update_f64");
}
LOGITUDE_NODISCARD inline status matching_update(bytes state, rows_view<const f16> x,
    numbers_view labels, std::size_t offset, view<double> ranks = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_matching_update_f16", "labels");
  if (ranks.data() != nullptr && ranks.size() != rows)
    return detail::mismatch("lgt_matching_update_f16", "ranks");
  return detail::answer(lgt_matching_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                labels.data(), labels.type(), offset, ranks.data(),
                                                rows, cols),
                        "lgt_matching_update_f16");
}
LOGITUDE_NODISCARD inline status matching_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, std::size_t offset, view<double> ranks = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.data() != nullptr && labels.size() != rows)
    return detail::mismatch("lgt_matching_update_bf16", "labels");
  if (ranks.data() != nullptr && ranks.size() != rows)
    return detail::mismatch("lgt_matching_update_bf16", "ranks");
  return detail::answer(lgt_matching_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), offset, ranks.data(),
                                                 rows, cols),
                        "lgt_matching_update_bf16");
}

/// lgt_matching_count_f32: Adds, for each query, how many candidates of a shard score above its
/// true one and how many as high: of all shards, this is what `lgt_matching_add` makes ranks of.
LOGITUDE_NODISCARD inline status matching_count(rows_view<const float> x, view<const float> own,
    view<std::uint64_t> greater, view<std::uint64_t> equal) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (own.size() != rows) return detail::mismatch("lgt_matching_count_f32", "own");
  if (greater.size() != rows) return detail::mismatch("lgt_matching_count_f32", "greater");
  if (equal.size() != rows) return detail::mismatch("lgt_matching_count_f32", "equal");
  return detail::answer(lgt_matching_count_f32(x.data(), x.stride(), own.data(), greater.data(),
                                               equal.data(), rows, cols),
                        "lgt_matching_count_f32");
}
LOGITUDE_NODISCARD inline status matching_count(rows_view<const double> x, view<const double> own,
    view<std::uint64_t> greater, view<std::uint64_t> equal) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (own.size() != rows) return detail::mismatch("lgt_matching_count_f64", "own");
  if (greater.size() != rows) return detail::mismatch("lgt_matching_count_f64", "greater");
  if (equal.size() != rows) return detail::mismatch("lgt_matching_count_f64", "equal");
  return detail::answer(lgt_matching_count_f64(x.data(), x.stride(), own.data(), greater.data(),
                                               equal.data(), rows, cols),
                        "lgt_matching_count_f64");
}
LOGITUDE_NODISCARD inline status matching_count(rows_view<const f16> x, view<const f16> own,
    view<std::uint64_t> greater, view<std::uint64_t> equal) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (own.size() != rows) return detail::mismatch("lgt_matching_count_f16", "own");
  if (greater.size() != rows) return detail::mismatch("lgt_matching_count_f16", "greater");
  if (equal.size() != rows) return detail::mismatch("lgt_matching_count_f16", "equal");
  return detail::answer(lgt_matching_count_f16(detail::raw(x.data()), x.stride(),
                                               detail::raw(own.data()), greater.data(),
                                               equal.data(), rows, cols),
                        "lgt_matching_count_f16");
}
LOGITUDE_NODISCARD inline status matching_count(rows_view<const bf16> x, view<const bf16> own,
    view<std::uint64_t> greater, view<std::uint64_t> equal) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (own.size() != rows) return detail::mismatch("lgt_matching_count_bf16", "own");
  if (greater.size() != rows) return detail::mismatch("lgt_matching_count_bf16", "greater");
  if (equal.size() != rows) return detail::mismatch("lgt_matching_count_bf16", "equal");
  return detail::answer(lgt_matching_count_bf16(detail::raw(x.data()), x.stride(),
                                                detail::raw(own.data()), greater.data(),
                                                equal.data(), rows, cols),
                        "lgt_matching_count_bf16");
}

/// lgt_matching_add: Adds queries to a state of matching, from counts of all their candidates.
LOGITUDE_NODISCARD inline status matching_add(bytes state, view<const std::uint64_t> greater,
    view<const std::uint64_t> equal, view<double> ranks = {}) {
  const std::size_t rows = greater.size();
  if (equal.size() != rows) return detail::mismatch("lgt_matching_add", "equal");
  if (ranks.data() != nullptr && ranks.size() != rows)
    return detail::mismatch("lgt_matching_add", "ranks");
  return detail::answer(lgt_matching_add(state.data(), greater.data(), equal.data(), ranks.data(),
                                         rows),
                        "lgt_matching_add");
}

/// lgt_matching_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status matching_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_matching_merge(state.data(), other.data()),
                        "lgt_matching_merge");
}

/// lgt_matching_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status matching_finish(const_bytes state, lgt_matching_report &report) {
  return detail::answer(lgt_matching_finish(state.data(), &report),
                        "lgt_matching_finish");
}

/// lgt_matching_get_recall: Writes the recall at each cutoff: the share of queries whose rank is at
/// most that.
LOGITUDE_NODISCARD inline status matching_get_recall(const_bytes state, view<double> recall) {
  const std::size_t count = recall.size();
  return detail::answer(lgt_matching_get_recall(state.data(), recall.data(), count),
                        "lgt_matching_get_recall");
}

/// lgt_matching_median_rank: Writes the median of ranks, between the two in the middle if their
/// number is even.
LOGITUDE_NODISCARD inline status matching_median_rank(view<const double> ranks, double &median) {
  const std::size_t n = ranks.size();
  return detail::answer(lgt_matching_median_rank(ranks.data(), &median, n),
                        "lgt_matching_median_rank");
}

/// The bytes of a state of lgt_matching, and its verbs.
class matching_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit matching_state(view<const std::uint32_t> cutoffs, std::uint32_t ties) {
    matching_init(*this, cutoffs, ties);
  }
#endif
  static result<matching_state> make(view<const std::uint32_t> cutoffs, std::uint32_t ties) {
    matching_state made{detail::empty()};
    const status got = matching_init(made, cutoffs, ties);
    return detail::with(got, std::move(made));
  }
  static result<matching_state> load(const_bytes saved) {
    matching_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_MATCHING);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      std::size_t offset, view<double> ranks = {}) {
    return matching_update(*this, x, labels, offset, ranks);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      std::size_t offset, view<double> ranks = {}) {
    return matching_update(*this, x, labels, offset, ranks);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels, std::size_t offset,
      view<double> ranks = {}) {
    return matching_update(*this, x, labels, offset, ranks);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels, std::size_t offset,
      view<double> ranks = {}) {
    return matching_update(*this, x, labels, offset, ranks);
  }
  LOGITUDE_NODISCARD status add(view<const std::uint64_t> greater, view<const std::uint64_t> equal,
      view<double> ranks = {}) {
    return matching_add(*this, greater, equal, ranks);
  }
  LOGITUDE_NODISCARD status merge(const matching_state &other) {
    return matching_merge(*this, other);
  }
  result<lgt_matching_report> finish() const {
    lgt_matching_report report{};
    const status got = matching_finish(*this, report);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_recall(view<double> recall) const {
    return matching_get_recall(*this, recall);
  }

 private:
  explicit matching_state(detail::empty) {}
};

// ---- matrix_scaling ----

/// lgt_matrix_scaling_size: Writes how many bytes a model of `lgt_matrix_scaling` takes up: 40, and
/// 8 a parameter, of which there are cols x cols + cols: the matrix row by row, then biases.
LOGITUDE_NODISCARD inline status matrix_scaling_size(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_matrix_scaling_size(cols, &bytes),
                        "lgt_matrix_scaling_size");
}

/// lgt_matrix_scaling_scratch: Writes how many bytes of scratch `lgt_matrix_scaling_fit` needs:
/// about 8 x 35 a parameter.
LOGITUDE_NODISCARD inline status matrix_scaling_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_matrix_scaling_scratch(cols, &bytes),
                        "lgt_matrix_scaling_scratch");
}

/// lgt_matrix_scaling_apply_scratch: Writes how many bytes of scratch `lgt_matrix_scaling_apply`
/// needs: about 128 a class.
LOGITUDE_NODISCARD inline status matrix_scaling_apply_scratch(std::size_t cols,
    std::size_t &bytes) {
  return detail::answer(lgt_matrix_scaling_apply_scratch(cols, &bytes),
                        "lgt_matrix_scaling_apply_scratch");
}

/// lgt_matrix_scaling_fit_f32: Fits a matrix and biases to held-out logits and labels: the `W` and
/// `b` that minimise the mean negative log-likelihood of `softmax(W x + b)`, plus `diagonal` times
/// the sum of `(w_ii - 1)^2`, `off_diagonal` times the sum of `w_ij^2`, i not j, and `bias` times
/// the sum of `b^2`.
LOGITUDE_NODISCARD inline status matrix_scaling_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_scaling_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_scaling_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_matrix_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_matrix_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_scratch");
  return detail::answer(lgt_matrix_scaling_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, opts, scratch.data(),
                                                   scratch.size()),
                        "lgt_matrix_scaling_fit_f32");
}
LOGITUDE_NODISCARD inline status matrix_scaling_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_scaling_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_scaling_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_matrix_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_matrix_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_scratch");
  return detail::answer(lgt_matrix_scaling_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, opts, scratch.data(),
                                                   scratch.size()),
                        "lgt_matrix_scaling_fit_f64");
}
LOGITUDE_NODISCARD inline status matrix_scaling_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_scaling_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_scaling_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_matrix_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_matrix_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_scratch");
  return detail::answer(lgt_matrix_scaling_fit_f16(model.data(), model.size(),
                                                   detail::raw(x.data()), x.stride(), labels.data(),
                                                   labels.type(), weights.data(), rows, cols, opts,
                                                   scratch.data(), scratch.size()),
                        "lgt_matrix_scaling_fit_f16");
}
LOGITUDE_NODISCARD inline status matrix_scaling_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_matrix_scaling_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_matrix_scaling_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_matrix_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_matrix_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_scratch");
  return detail::answer(lgt_matrix_scaling_fit_bf16(model.data(), model.size(),
                                                    detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(), weights.data(),
                                                    rows, cols, opts, scratch.data(),
                                                    scratch.size()),
                        "lgt_matrix_scaling_fit_bf16");
}

/// lgt_matrix_scaling_apply_f32: Calibrated probabilities: `softmax(W x + b)` with the model's
/// matrix and biases.
LOGITUDE_NODISCARD inline status matrix_scaling_apply(const_bytes model, rows_view<const float> x,
    rows_view<float> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_matrix_scaling_apply_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_apply_scratch");
  return detail::answer(lgt_matrix_scaling_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                     y.stride(), rows, cols, scratch.data(),
                                                     scratch.size()),
                        "lgt_matrix_scaling_apply_f32");
}
LOGITUDE_NODISCARD inline status matrix_scaling_apply(const_bytes model, rows_view<const double> x,
    rows_view<double> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_matrix_scaling_apply_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_apply_scratch");
  return detail::answer(lgt_matrix_scaling_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                     y.stride(), rows, cols, scratch.data(),
                                                     scratch.size()),
                        "lgt_matrix_scaling_apply_f64");
}
LOGITUDE_NODISCARD inline status matrix_scaling_apply(const_bytes model, rows_view<const f16> x,
    rows_view<f16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_matrix_scaling_apply_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_apply_scratch");
  return detail::answer(lgt_matrix_scaling_apply_f16(model.data(), detail::raw(x.data()),
                                                     x.stride(), detail::raw(y.data()), y.stride(),
                                                     rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_scaling_apply_f16");
}
LOGITUDE_NODISCARD inline status matrix_scaling_apply(const_bytes model, rows_view<const bf16> x,
    rows_view<bf16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_matrix_scaling_apply_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_matrix_scaling_apply_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_matrix_scaling_apply_scratch");
  return detail::answer(lgt_matrix_scaling_apply_bf16(model.data(), detail::raw(x.data()),
                                                      x.stride(), detail::raw(y.data()), y.stride(),
                                                      rows, cols, scratch.data(), scratch.size()),
                        "lgt_matrix_scaling_apply_bf16");
}

// ---- mcnemar ----

/// lgt_mcnemar: Tests whether two classifiers are right equally often, from how many rows only the
/// one and only the other has right.
LOGITUDE_NODISCARD inline status mcnemar(std::uint64_t b, std::uint64_t c,
    lgt_mcnemar_report &report) {
  return detail::answer(lgt_mcnemar(b, c, &report),
                        "lgt_mcnemar");
}

/// lgt_mcnemar_labels: As `lgt_mcnemar`, from what two classifiers predicted for the same rows.
LOGITUDE_NODISCARD inline status mcnemar_labels(numbers_view first, numbers_view second,
    numbers_view labels, lgt_mcnemar_report &report) {
  const std::size_t rows = first.size();
  if (second.size() != rows) return detail::mismatch("lgt_mcnemar_labels", "second");
  if (labels.size() != rows) return detail::mismatch("lgt_mcnemar_labels", "labels");
  return detail::answer(lgt_mcnemar_labels(first.data(), first.type(), second.data(), second.type(),
                                           labels.data(), labels.type(), &report, rows),
                        "lgt_mcnemar_labels");
}

// ---- mix_labels ----

/// lgt_mix_labels_f32: Mixes labels as the images they belong to were mixed: `share a + (1 - share)
/// b`, where `share` is the part of the image that is of the first.
LOGITUDE_NODISCARD inline status mix_labels(rows_view<const float> a, rows_view<const float> b,
    view<const double> share, rows_view<float> y) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  const std::size_t count = share.size();
  if (b.rows() != rows || b.cols() != cols) return detail::mismatch("lgt_mix_labels_f32", "b");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_mix_labels_f32", "y");
  return detail::answer(lgt_mix_labels_f32(a.data(), a.stride(), b.data(), b.stride(), share.data(),
                                           count, y.data(), y.stride(), rows, cols),
                        "lgt_mix_labels_f32");
}
LOGITUDE_NODISCARD inline status mix_labels(rows_view<const double> a, rows_view<const double> b,
    view<const double> share, rows_view<double> y) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  const std::size_t count = share.size();
  if (b.rows() != rows || b.cols() != cols) return detail::mismatch("lgt_mix_labels_f64", "b");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_mix_labels_f64", "y");
  return detail::answer(lgt_mix_labels_f64(a.data(), a.stride(), b.data(), b.stride(), share.data(),
                                           count, y.data(), y.stride(), rows, cols),
                        "lgt_mix_labels_f64");
}
LOGITUDE_NODISCARD inline status mix_labels(rows_view<const f16> a, rows_view<const f16> b,
    view<const double> share, rows_view<f16> y) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  const std::size_t count = share.size();
  if (b.rows() != rows || b.cols() != cols) return detail::mismatch("lgt_mix_labels_f16", "b");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_mix_labels_f16", "y");
  return detail::answer(lgt_mix_labels_f16(detail::raw(a.data()), a.stride(), detail::raw(b.data()),
                                           b.stride(), share.data(), count, detail::raw(y.data()),
                                           y.stride(), rows, cols),
                        "lgt_mix_labels_f16");
}
LOGITUDE_NODISCARD inline status mix_labels(rows_view<const bf16> a, rows_view<const bf16> b,
    view<const double> share, rows_view<bf16> y) {
  const std::size_t rows = a.rows();
  const std::size_t cols = a.cols();
  const std::size_t count = share.size();
  if (b.rows() != rows || b.cols() != cols) return detail::mismatch("lgt_mix_labels_bf16", "b");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_mix_labels_bf16", "y");
  return detail::answer(lgt_mix_labels_bf16(detail::raw(a.data()), a.stride(),
                                            detail::raw(b.data()), b.stride(), share.data(), count,
                                            detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_mix_labels_bf16");
}

// ---- mmce ----

/// lgt_mmce_scratch: Writes how many bytes of scratch `lgt_mmce` needs: 24 a probability.
LOGITUDE_NODISCARD inline status mmce_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_mmce_scratch(n, &bytes),
                        "lgt_mmce_scratch");
}

/// lgt_mmce_f32: Maximum mean calibration error: `sqrt(sum_ij u_i u_j exp(-|p_i - p_j| / 0.4))`,
/// with `u_i = w_i (p_i - y_i) / W` (`mmce`), or with what came true and what did not weighing 1
/// each (`mmce_weighted`: `u_i` is `w_i (1 - p_i) / W_1` for the former, `-w_i p_i / W_0` for the
/// latter).
LOGITUDE_NODISCARD inline status mmce(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_mmce_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_mmce_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_mmce_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mmce_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mmce_scratch");
  return detail::answer(lgt_mmce_f32(x.data(), labels.data(), labels.type(), weights.data(),
                                     &report, n, scratch.data(), scratch.size()),
                        "lgt_mmce_f32");
}
LOGITUDE_NODISCARD inline status mmce(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_mmce_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_mmce_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_mmce_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mmce_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mmce_scratch");
  return detail::answer(lgt_mmce_f64(x.data(), labels.data(), labels.type(), weights.data(),
                                     &report, n, scratch.data(), scratch.size()),
                        "lgt_mmce_f64");
}
LOGITUDE_NODISCARD inline status mmce(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_mmce_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_mmce_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_mmce_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mmce_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mmce_scratch");
  return detail::answer(lgt_mmce_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                     weights.data(), &report, n, scratch.data(), scratch.size()),
                        "lgt_mmce_f16");
}
LOGITUDE_NODISCARD inline status mmce(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_mmce_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_mmce_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_mmce_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_mmce_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_mmce_scratch");
  return detail::answer(lgt_mmce_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                      weights.data(), &report, n, scratch.data(), scratch.size()),
                        "lgt_mmce_bf16");
}

// ---- multiclass_auroc ----

/// lgt_multiclass_auroc_scratch: Writes how many bytes of scratch `lgt_multiclass_auroc` needs: 16
/// a row, 40 a class and 8; with `micro` 16 an entry instead of a row.
LOGITUDE_NODISCARD inline status multiclass_auroc_scratch(std::size_t rows, std::size_t cols,
    std::uint32_t micro, std::size_t &bytes) {
  return detail::answer(lgt_multiclass_auroc_scratch(rows, cols, micro, &bytes),
                        "lgt_multiclass_auroc_scratch");
}

/// lgt_multiclass_auroc_f32: AUROC of many classes: of each class against the rest, averaged by
/// class or by weight, and of each class against each other one, averaged over pairs; and average
/// precision.
LOGITUDE_NODISCARD inline status multiclass_auroc(rows_view<const float> x, numbers_view labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_multiclass_auroc_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multiclass_auroc_f32", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f32", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f32", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multiclass_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multiclass_auroc_scratch");
  return detail::answer(lgt_multiclass_auroc_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                                 weights.data(), &report, auroc.data(),
                                                 average_precision.data(), rows, cols, micro,
                                                 scratch.data(), scratch.size()),
                        "lgt_multiclass_auroc_f32");
}
LOGITUDE_NODISCARD inline status multiclass_auroc(rows_view<const double> x, numbers_view labels,
    view<const double> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_multiclass_auroc_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multiclass_auroc_f64", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f64", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f64", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multiclass_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multiclass_auroc_scratch");
  return detail::answer(lgt_multiclass_auroc_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                                 weights.data(), &report, auroc.data(),
                                                 average_precision.data(), rows, cols, micro,
                                                 scratch.data(), scratch.size()),
                        "lgt_multiclass_auroc_f64");
}
LOGITUDE_NODISCARD inline status multiclass_auroc(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_multiclass_auroc_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multiclass_auroc_f16", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f16", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_f16", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multiclass_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multiclass_auroc_scratch");
  return detail::answer(lgt_multiclass_auroc_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                 labels.type(), weights.data(), &report,
                                                 auroc.data(), average_precision.data(), rows, cols,
                                                 micro, scratch.data(), scratch.size()),
                        "lgt_multiclass_auroc_f16");
}
LOGITUDE_NODISCARD inline status multiclass_auroc(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_multiclass_auroc_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multiclass_auroc_bf16", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_bf16", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multiclass_auroc_bf16", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multiclass_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multiclass_auroc_scratch");
  return detail::answer(lgt_multiclass_auroc_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                  labels.type(), weights.data(), &report,
                                                  auroc.data(), average_precision.data(), rows,
                                                  cols, micro, scratch.data(), scratch.size()),
                        "lgt_multiclass_auroc_bf16");
}

// ---- multilabel ----

/// lgt_multilabel_opts_default: Writes the default options.
inline lgt_multilabel_opts multilabel_opts_default() {
  lgt_multilabel_opts made{};
  lgt_multilabel_opts_default(&made);
  return made;
}

/// lgt_multilabel_finish_opts_default: Writes the default options.
inline lgt_multilabel_finish_opts multilabel_finish_opts_default() {
  lgt_multilabel_finish_opts made{};
  lgt_multilabel_finish_opts_default(&made);
  return made;
}

/// lgt_multilabel_size: Writes how many bytes a state of `lgt_multilabel` needs: 400, and 36 a
/// label (96 with weights), in whole words.
LOGITUDE_NODISCARD inline status multilabel_size(std::uint32_t labels,
    const lgt_multilabel_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_multilabel_size(labels, opts, &bytes),
                        "lgt_multilabel_size");
}

/// lgt_multilabel_init: Starts a state of multi-label counts.
LOGITUDE_NODISCARD inline status multilabel_init(bytes state, std::uint32_t labels,
    const lgt_multilabel_opts *opts = nullptr) {
  std::size_t state_bytes = 0;
  status state_room = lgt_multilabel_size(labels, opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_multilabel_size");
  return detail::answer(lgt_multilabel_init(state.data(), state.size(), labels, opts),
                        "lgt_multilabel_init");
}

/// lgt_multilabel_update: Adds rows to a state of multi-label counts: how often each label was
/// true, given, and both, and averages over rows.
LOGITUDE_NODISCARD inline status multilabel_update(bytes state, number_rows predicted,
    number_rows labels, view<const double> weights = {}) {
  const std::size_t rows = predicted.rows();
  const std::size_t cols = predicted.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_update", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_update", "weights");
  return detail::answer(lgt_multilabel_update(state.data(), predicted.data(), predicted.stride(),
                                              predicted.type(), labels.data(), labels.stride(),
                                              labels.type(), weights.data(), rows, cols),
                        "lgt_multilabel_update");
}

/// lgt_multilabel_update_f32: Adds rows to a state of multi-label counts: labels are given by
/// scores above a threshold.
LOGITUDE_NODISCARD inline status multilabel_update(bytes state, rows_view<const float> x,
    number_rows labels, view<const float> weights, double threshold) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_update_f32", "weights");
  return detail::answer(lgt_multilabel_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(), weights.data(),
                                                  rows, cols, threshold),
                        "lgt_multilabel_update_f32");
}
LOGITUDE_NODISCARD inline status multilabel_update(bytes state, rows_view<const double> x,
    number_rows labels, view<const double> weights, double threshold) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_update_f64", "weights");
  return detail::answer(lgt_multilabel_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(), weights.data(),
                                                  rows, cols, threshold),
                        "lgt_multilabel_update_f64");
}
LOGITUDE_NODISCARD inline status multilabel_update(bytes state, rows_view<const f16> x,
    number_rows labels, view<const float> weights, double threshold) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_update_f16", "weights");
  return detail::answer(lgt_multilabel_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                  labels.data(), labels.stride(), labels.type(),
                                                  weights.data(), rows, cols, threshold),
                        "lgt_multilabel_update_f16");
}
LOGITUDE_NODISCARD inline status multilabel_update(bytes state, rows_view<const bf16> x,
    number_rows labels, view<const float> weights, double threshold) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_update_bf16", "weights");
  return detail::answer(lgt_multilabel_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                   labels.data(), labels.stride(), labels.type(),
                                                   weights.data(), rows, cols, threshold),
                        "lgt_multilabel_update_bf16");
}

/// lgt_multilabel_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status multilabel_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_multilabel_merge(state.data(), other.data()),
                        "lgt_multilabel_merge");
}

/// lgt_multilabel_finish: Writes averages over labels or rows, exact matches and wrong labels; the
/// state can go on.
LOGITUDE_NODISCARD inline status multilabel_finish(const_bytes state, lgt_multilabel_report &report,
    const lgt_multilabel_finish_opts *opts = nullptr) {
  return detail::answer(lgt_multilabel_finish(state.data(), &report, opts),
                        "lgt_multilabel_finish");
}

/// lgt_multilabel_get_labels: Writes each label by itself; the state can go on.
LOGITUDE_NODISCARD inline status multilabel_get_labels(const_bytes state,
    view<lgt_multilabel_label> labels, const lgt_multilabel_finish_opts *opts = nullptr) {
  const std::size_t count = labels.size();
  return detail::answer(lgt_multilabel_get_labels(state.data(), labels.data(), count, opts),
                        "lgt_multilabel_get_labels");
}

/// The bytes of a state of lgt_multilabel, and its verbs.
class multilabel_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit multilabel_state(std::uint32_t labels, const lgt_multilabel_opts *opts = nullptr) {
    multilabel_init(*this, labels, opts);
  }
#endif
  static result<multilabel_state> make(std::uint32_t labels,
      const lgt_multilabel_opts *opts = nullptr) {
    multilabel_state made{detail::empty()};
    const status got = multilabel_init(made, labels, opts);
    return detail::with(got, std::move(made));
  }
  static result<multilabel_state> load(const_bytes saved) {
    multilabel_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_MULTILABEL);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(number_rows predicted, number_rows labels,
      view<const double> weights = {}) {
    return multilabel_update(*this, predicted, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, number_rows labels,
      view<const float> weights, double threshold) {
    return multilabel_update(*this, x, labels, weights, threshold);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, number_rows labels,
      view<const double> weights, double threshold) {
    return multilabel_update(*this, x, labels, weights, threshold);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, number_rows labels,
      view<const float> weights, double threshold) {
    return multilabel_update(*this, x, labels, weights, threshold);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, number_rows labels,
      view<const float> weights, double threshold) {
    return multilabel_update(*this, x, labels, weights, threshold);
  }
  LOGITUDE_NODISCARD status merge(const multilabel_state &other) {
    return multilabel_merge(*this, other);
  }
  result<lgt_multilabel_report> finish(const lgt_multilabel_finish_opts *opts = nullptr) const {
    lgt_multilabel_report report{};
    const status got = multilabel_finish(*this, report, opts);
    return detail::with(got, std::move(report));
  }
  LOGITUDE_NODISCARD status get_labels(view<lgt_multilabel_label> labels,
      const lgt_multilabel_finish_opts *opts = nullptr) const {
    return multilabel_get_labels(*this, labels, opts);
  }

 private:
  explicit multilabel_state(detail::empty) {}
};

// ---- multilabel_auroc ----

/// lgt_multilabel_auroc_scratch: Writes how many bytes of scratch `lgt_multilabel_auroc` needs: 16
/// a row, 40 a class and 8; with `micro` 16 an entry instead of a row.
LOGITUDE_NODISCARD inline status multilabel_auroc_scratch(std::size_t rows, std::size_t cols,
    std::uint32_t micro, std::size_t &bytes) {
  return detail::answer(lgt_multilabel_auroc_scratch(rows, cols, micro, &bytes),
                        "lgt_multilabel_auroc_scratch");
}

/// lgt_multilabel_auroc_f32: AUROC and average precision of many labels, of which a row may have
/// any: of each label by its own column, averaged by label or by weight, and over all entries.
LOGITUDE_NODISCARD inline status multilabel_auroc(rows_view<const float> x, number_rows labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_auroc_f32", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f32", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f32", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multilabel_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multilabel_auroc_scratch");
  return detail::answer(lgt_multilabel_auroc_f32(x.data(), x.stride(), labels.data(),
                                                 labels.stride(), labels.type(), weights.data(),
                                                 &report, auroc.data(), average_precision.data(),
                                                 rows, cols, micro, scratch.data(), scratch.size()),
                        "lgt_multilabel_auroc_f32");
}
LOGITUDE_NODISCARD inline status multilabel_auroc(rows_view<const double> x, number_rows labels,
    view<const double> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_auroc_f64", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f64", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f64", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multilabel_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multilabel_auroc_scratch");
  return detail::answer(lgt_multilabel_auroc_f64(x.data(), x.stride(), labels.data(),
                                                 labels.stride(), labels.type(), weights.data(),
                                                 &report, auroc.data(), average_precision.data(),
                                                 rows, cols, micro, scratch.data(), scratch.size()),
                        "lgt_multilabel_auroc_f64");
}
LOGITUDE_NODISCARD inline status multilabel_auroc(rows_view<const f16> x, number_rows labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_auroc_f16", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f16", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_f16", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multilabel_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multilabel_auroc_scratch");
  return detail::answer(lgt_multilabel_auroc_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                 labels.stride(), labels.type(), weights.data(),
                                                 &report, auroc.data(), average_precision.data(),
                                                 rows, cols, micro, scratch.data(), scratch.size()),
                        "lgt_multilabel_auroc_f16");
}
LOGITUDE_NODISCARD inline status multilabel_auroc(rows_view<const bf16> x, number_rows labels,
    view<const float> weights, lgt_multiclass_auroc_report &report, view<double> auroc,
    view<double> average_precision, std::uint32_t micro, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_multilabel_auroc_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_multilabel_auroc_bf16", "weights");
  if (auroc.data() != nullptr && auroc.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_bf16", "auroc");
  if (average_precision.data() != nullptr && average_precision.size() != cols)
    return detail::mismatch("lgt_multilabel_auroc_bf16", "average_precision");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_multilabel_auroc_scratch(rows, cols, micro, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_multilabel_auroc_scratch");
  return detail::answer(lgt_multilabel_auroc_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                  labels.stride(), labels.type(), weights.data(),
                                                  &report, auroc.data(), average_precision.data(),
                                                  rows, cols, micro, scratch.data(),
                                                  scratch.size()),
                        "lgt_multilabel_auroc_bf16");
}

// ---- nkd ----

/// lgt_nkd_f32: Normalised knowledge distillation: `-T_y ln S_y - gamma temperature^2 sum T^_i ln
/// S^_i` of a teacher's logits and a student's, with its gradient in the student's logits.
LOGITUDE_NODISCARD inline status nkd(rows_view<const float> x, rows_view<const float> teacher,
    numbers_view labels, view<const float> weights, double gamma, double temperature,
    view<double> loss = {}, rows_view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_nkd_f32", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_nkd_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nkd_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_nkd_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_nkd_f32", "grad");
  return detail::answer(lgt_nkd_f32(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                    labels.data(), labels.type(), weights.data(), gamma,
                                    temperature, loss.data(), grad.data(), grad.stride(), total,
                                    rows, cols, opts),
                        "lgt_nkd_f32");
}
LOGITUDE_NODISCARD inline status nkd(rows_view<const double> x, rows_view<const double> teacher,
    numbers_view labels, view<const double> weights, double gamma, double temperature,
    view<double> loss = {}, rows_view<double> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_nkd_f64", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_nkd_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nkd_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_nkd_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_nkd_f64", "grad");
  return detail::answer(lgt_nkd_f64(x.data(), x.stride(), teacher.data(), teacher.stride(),
                                    labels.data(), labels.type(), weights.data(), gamma,
                                    temperature, loss.data(), grad.data(), grad.stride(), total,
                                    rows, cols, opts),
                        "lgt_nkd_f64");
}
LOGITUDE_NODISCARD inline status nkd(rows_view<const f16> x, rows_view<const f16> teacher,
    numbers_view labels, view<const float> weights, double gamma, double temperature,
    view<double> loss = {}, rows_view<f16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_nkd_f16", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_nkd_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nkd_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows) return detail::mismatch("lgt_nkd_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_nkd_f16", "grad");
  return detail::answer(lgt_nkd_f16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                    teacher.stride(), labels.data(), labels.type(), weights.data(),
                                    gamma, temperature, loss.data(), detail::raw(grad.data()),
                                    grad.stride(), total, rows, cols, opts),
                        "lgt_nkd_f16");
}
LOGITUDE_NODISCARD inline status nkd(rows_view<const bf16> x, rows_view<const bf16> teacher,
    numbers_view labels, view<const float> weights, double gamma, double temperature,
    view<double> loss = {}, rows_view<bf16> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (teacher.rows() != rows || teacher.cols() != cols)
    return detail::mismatch("lgt_nkd_bf16", "teacher");
  if (labels.size() != rows) return detail::mismatch("lgt_nkd_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_nkd_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_nkd_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_nkd_bf16", "grad");
  return detail::answer(lgt_nkd_bf16(detail::raw(x.data()), x.stride(), detail::raw(teacher.data()),
                                     teacher.stride(), labels.data(), labels.type(), weights.data(),
                                     gamma, temperature, loss.data(), detail::raw(grad.data()),
                                     grad.stride(), total, rows, cols, opts),
                        "lgt_nkd_bf16");
}

// ---- normmax ----

/// lgt_normmax_f32: Row-wise alpha-normmax: the shares `p` that maximise `p x` less their
/// alpha-norm.
LOGITUDE_NODISCARD inline status normmax(rows_view<const float> x, double alpha,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_normmax_f32", "y");
  return detail::answer(lgt_normmax_f32(x.data(), x.stride(), alpha, y.data(), y.stride(), rows,
                                        cols),
                        "lgt_normmax_f32");
}
LOGITUDE_NODISCARD inline status normmax(rows_view<const double> x, double alpha,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_normmax_f64", "y");
  return detail::answer(lgt_normmax_f64(x.data(), x.stride(), alpha, y.data(), y.stride(), rows,
                                        cols),
                        "lgt_normmax_f64");
}
LOGITUDE_NODISCARD inline status normmax(rows_view<const f16> x, double alpha, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_normmax_f16", "y");
  return detail::answer(lgt_normmax_f16(detail::raw(x.data()), x.stride(), alpha,
                                        detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_normmax_f16");
}
LOGITUDE_NODISCARD inline status normmax(rows_view<const bf16> x, double alpha, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_normmax_bf16", "y");
  return detail::answer(lgt_normmax_bf16(detail::raw(x.data()), x.stride(), alpha,
                                         detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_normmax_bf16");
}

/// lgt_normmax_grad_f32: Gradient of `lgt_normmax_f32` through its result: `dx = J dy`.
LOGITUDE_NODISCARD inline status normmax_grad(rows_view<const float> y, rows_view<const float> dy,
    double alpha, rows_view<float> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_normmax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_normmax_grad_f32", "dx");
  return detail::answer(lgt_normmax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(), alpha,
                                             dx.data(), dx.stride(), rows, cols),
                        "lgt_normmax_grad_f32");
}
LOGITUDE_NODISCARD inline status normmax_grad(rows_view<const double> y, rows_view<const double> dy,
    double alpha, rows_view<double> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_normmax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_normmax_grad_f64", "dx");
  return detail::answer(lgt_normmax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(), alpha,
                                             dx.data(), dx.stride(), rows, cols),
                        "lgt_normmax_grad_f64");
}
LOGITUDE_NODISCARD inline status normmax_grad(rows_view<const f16> y, rows_view<const f16> dy,
    double alpha, rows_view<f16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_normmax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_normmax_grad_f16", "dx");
  return detail::answer(lgt_normmax_grad_f16(detail::raw(y.data()), y.stride(),
                                             detail::raw(dy.data()), dy.stride(), alpha,
                                             detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_normmax_grad_f16");
}
LOGITUDE_NODISCARD inline status normmax_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    double alpha, rows_view<bf16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_normmax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_normmax_grad_bf16", "dx");
  return detail::answer(lgt_normmax_grad_bf16(detail::raw(y.data()), y.stride(),
                                              detail::raw(dy.data()), dy.stride(), alpha,
                                              detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_normmax_grad_bf16");
}

// ---- one_vs_rest ----

/// lgt_one_vs_rest_size: Writes how many bytes a model of `lgt_one_vs_rest` takes at most.
LOGITUDE_NODISCARD inline status one_vs_rest_size(std::size_t rows, std::size_t cols,
    std::uint32_t weighted, const lgt_reduction_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_one_vs_rest_size(rows, cols, weighted, opts, &bytes),
                        "lgt_one_vs_rest_size");
}

/// lgt_one_vs_rest_scratch: Writes how many bytes of scratch `lgt_one_vs_rest_fit` needs: for each
/// row 9 bytes, with weights 17, and what the method needs for the same rows.
LOGITUDE_NODISCARD inline status one_vs_rest_scratch(std::size_t rows, std::size_t cols,
    std::uint32_t weighted, const lgt_reduction_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_one_vs_rest_scratch(rows, cols, weighted, opts, &bytes),
                        "lgt_one_vs_rest_scratch");
}

/// lgt_one_vs_rest_fit_f32: Fits one calibrator of two classes to each column, "this class or
/// another"; the calibrated columns of a row are then divided by their sum.
LOGITUDE_NODISCARD inline status one_vs_rest_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_one_vs_rest_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_one_vs_rest_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_one_vs_rest_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_one_vs_rest_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_one_vs_rest_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_one_vs_rest_scratch");
  return detail::answer(lgt_one_vs_rest_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols, opts, scratch.data(), scratch.size()),
                        "lgt_one_vs_rest_fit_f32");
}
LOGITUDE_NODISCARD inline status one_vs_rest_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_reduction_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_one_vs_rest_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_one_vs_rest_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_one_vs_rest_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_one_vs_rest_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_one_vs_rest_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_one_vs_rest_scratch");
  return detail::answer(lgt_one_vs_rest_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols, opts, scratch.data(), scratch.size()),
                        "lgt_one_vs_rest_fit_f64");
}
LOGITUDE_NODISCARD inline status one_vs_rest_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_one_vs_rest_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_one_vs_rest_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_one_vs_rest_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_one_vs_rest_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_one_vs_rest_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_one_vs_rest_scratch");
  return detail::answer(lgt_one_vs_rest_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                                x.stride(), labels.data(), labels.type(),
                                                weights.data(), rows, cols, opts, scratch.data(),
                                                scratch.size()),
                        "lgt_one_vs_rest_fit_f16");
}
LOGITUDE_NODISCARD inline status one_vs_rest_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_one_vs_rest_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_one_vs_rest_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_one_vs_rest_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_one_vs_rest_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_one_vs_rest_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_one_vs_rest_scratch");
  return detail::answer(lgt_one_vs_rest_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                                 x.stride(), labels.data(), labels.type(),
                                                 weights.data(), rows, cols, opts, scratch.data(),
                                                 scratch.size()),
                        "lgt_one_vs_rest_fit_bf16");
}

/// lgt_one_vs_rest_apply_f32: Calibrated probabilities: each column through its own calibrator,
/// divided by the sum of the row.
LOGITUDE_NODISCARD inline status one_vs_rest_apply(const_bytes model, rows_view<const float> x,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_one_vs_rest_apply_f32", "y");
  return detail::answer(lgt_one_vs_rest_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_one_vs_rest_apply_f32");
}
LOGITUDE_NODISCARD inline status one_vs_rest_apply(const_bytes model, rows_view<const double> x,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_one_vs_rest_apply_f64", "y");
  return detail::answer(lgt_one_vs_rest_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_one_vs_rest_apply_f64");
}
LOGITUDE_NODISCARD inline status one_vs_rest_apply(const_bytes model, rows_view<const f16> x,
    rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_one_vs_rest_apply_f16", "y");
  return detail::answer(lgt_one_vs_rest_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_one_vs_rest_apply_f16");
}
LOGITUDE_NODISCARD inline status one_vs_rest_apply(const_bytes model, rows_view<const bf16> x,
    rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_one_vs_rest_apply_bf16", "y");
  return detail::answer(lgt_one_vs_rest_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                   detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_one_vs_rest_apply_bf16");
}

// ---- operating_point ----

/// lgt_operating_point_scratch: Writes how many bytes of scratch `lgt_operating_point` needs:
/// without weights 4 a score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status operating_point_scratch(std::size_t n, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_operating_point_scratch(n, score_size, weighted, &bytes),
                        "lgt_operating_point_scratch");
}

/// lgt_operating_point_f32: A threshold chosen by a rule, and all that comes of it.
LOGITUDE_NODISCARD inline status operating_point(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_operating_point_report &report, std::uint32_t rule,
    double target, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_operating_point_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_operating_point_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_operating_point_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_operating_point_scratch");
  return detail::answer(lgt_operating_point_f32(x.data(), labels.data(), labels.type(),
                                                weights.data(), &report, n, rule, target,
                                                scratch.data(), scratch.size()),
                        "lgt_operating_point_f32");
}
LOGITUDE_NODISCARD inline status operating_point(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_operating_point_report &report, std::uint32_t rule,
    double target, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_operating_point_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_operating_point_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_operating_point_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_operating_point_scratch");
  return detail::answer(lgt_operating_point_f64(x.data(), labels.data(), labels.type(),
                                                weights.data(), &report, n, rule, target,
                                                scratch.data(), scratch.size()),
                        "lgt_operating_point_f64");
}
LOGITUDE_NODISCARD inline status operating_point(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_operating_point_report &report, std::uint32_t rule,
    double target, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_operating_point_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_operating_point_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_operating_point_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_operating_point_scratch");
  return detail::answer(lgt_operating_point_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                                weights.data(), &report, n, rule, target,
                                                scratch.data(), scratch.size()),
                        "lgt_operating_point_f16");
}
LOGITUDE_NODISCARD inline status operating_point(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_operating_point_report &report, std::uint32_t rule,
    double target, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_operating_point_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_operating_point_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_operating_point_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_operating_point_scratch");
  return detail::answer(lgt_operating_point_bf16(detail::raw(x.data()), labels.data(),
                                                 labels.type(), weights.data(), &report, n, rule,
                                                 target, scratch.data(), scratch.size()),
                        "lgt_operating_point_bf16");
}

// ---- pairwise_reward ----

/// lgt_pairwise_reward_f32: The loss of each pair of rewards, of which one should be larger, with
/// its derivative: `-ln sigmoid(chosen - rejected - margin)`, the likelihood of the choice as
/// Bradley and Terry have it.
LOGITUDE_NODISCARD inline status pairwise_reward(view<const float> chosen,
    view<const float> rejected, view<const float> margin = {}, view<const float> weights = {},
    view<double> loss = {}, view<float> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_pairwise_reward_f32", "rejected");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f32", "margin");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f32", "loss");
  if (grad.data() != nullptr && grad.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f32", "grad");
  return detail::answer(lgt_pairwise_reward_f32(chosen.data(), rejected.data(), margin.data(),
                                                weights.data(), loss.data(), grad.data(), total,
                                                rows, opts),
                        "lgt_pairwise_reward_f32");
}
LOGITUDE_NODISCARD inline status pairwise_reward(view<const double> chosen,
    view<const double> rejected, view<const double> margin = {}, view<const double> weights = {},
    view<double> loss = {}, view<double> grad = {}, double *total = nullptr,
    const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_pairwise_reward_f64", "rejected");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f64", "margin");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f64", "loss");
  if (grad.data() != nullptr && grad.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f64", "grad");
  return detail::answer(lgt_pairwise_reward_f64(chosen.data(), rejected.data(), margin.data(),
                                                weights.data(), loss.data(), grad.data(), total,
                                                rows, opts),
                        "lgt_pairwise_reward_f64");
}
LOGITUDE_NODISCARD inline status pairwise_reward(view<const f16> chosen, view<const f16> rejected,
    view<const f16> margin = {}, view<const float> weights = {}, view<double> loss = {},
    view<f16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_pairwise_reward_f16", "rejected");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f16", "margin");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f16", "loss");
  if (grad.data() != nullptr && grad.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_f16", "grad");
  return detail::answer(lgt_pairwise_reward_f16(detail::raw(chosen.data()),
                                                detail::raw(rejected.data()),
                                                detail::raw(margin.data()), weights.data(),
                                                loss.data(), detail::raw(grad.data()), total, rows,
                                                opts),
                        "lgt_pairwise_reward_f16");
}
LOGITUDE_NODISCARD inline status pairwise_reward(view<const bf16> chosen, view<const bf16> rejected,
    view<const bf16> margin = {}, view<const float> weights = {}, view<double> loss = {},
    view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = chosen.size();
  if (rejected.size() != rows) return detail::mismatch("lgt_pairwise_reward_bf16", "rejected");
  if (margin.data() != nullptr && margin.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_bf16", "margin");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_bf16", "loss");
  if (grad.data() != nullptr && grad.size() != rows)
    return detail::mismatch("lgt_pairwise_reward_bf16", "grad");
  return detail::answer(lgt_pairwise_reward_bf16(detail::raw(chosen.data()),
                                                 detail::raw(rejected.data()),
                                                 detail::raw(margin.data()), weights.data(),
                                                 loss.data(), detail::raw(grad.data()), total, rows,
                                                 opts),
                        "lgt_pairwise_reward_bf16");
}

// ---- pearson ----

/// lgt_pearson_size: Writes how many bytes a state of `lgt_pearson` needs.
LOGITUDE_NODISCARD inline status pearson_size(std::size_t &bytes) {
  return detail::answer(lgt_pearson_size(&bytes),
                        "lgt_pearson_size");
}

/// lgt_pearson_init: Starts a state of Pearson's correlation.
LOGITUDE_NODISCARD inline status pearson_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_pearson_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_pearson_size");
  return detail::answer(lgt_pearson_init(state.data(), state.size()),
                        "lgt_pearson_init");
}

/// lgt_pearson_update_f32: Adds rows to a state of Pearson's correlation of x and y, which also
/// knows the line of least squares for y over x, and Lin's concordance.
LOGITUDE_NODISCARD inline status pearson_update(bytes state, view<const float> x,
    view<const float> y, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_pearson_update_f32", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_pearson_update_f32", "weights");
  return detail::answer(lgt_pearson_update_f32(state.data(), x.data(), y.data(), weights.data(), n),
                        "lgt_pearson_update_f32");
}
LOGITUDE_NODISCARD inline status pearson_update(bytes state, view<const double> x,
    view<const double> y, view<const double> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_pearson_update_f64", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_pearson_update_f64", "weights");
  return detail::answer(lgt_pearson_update_f64(state.data(), x.data(), y.data(), weights.data(), n),
                        "lgt_pearson_update_f64");
}
LOGITUDE_NODISCARD inline status pearson_update(bytes state, view<const f16> x, view<const f16> y,
    view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_pearson_update_f16", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_pearson_update_f16", "weights");
  return detail::answer(lgt_pearson_update_f16(state.data(), detail::raw(x.data()),
                                               detail::raw(y.data()), weights.data(), n),
                        "lgt_pearson_update_f16");
}
LOGITUDE_NODISCARD inline status pearson_update(bytes state, view<const bf16> x, view<const bf16> y,
    view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_pearson_update_bf16", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_pearson_update_bf16", "weights");
  return detail::answer(lgt_pearson_update_bf16(state.data(), detail::raw(x.data()),
                                                detail::raw(y.data()), weights.data(), n),
                        "lgt_pearson_update_bf16");
}

/// lgt_pearson_merge: Adds what another state has seen.
LOGITUDE_NODISCARD inline status pearson_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_pearson_merge(state.data(), other.data()),
                        "lgt_pearson_merge");
}

/// lgt_pearson_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status pearson_finish(const_bytes state, double level,
    lgt_pearson_report &report) {
  return detail::answer(lgt_pearson_finish(state.data(), level, &report),
                        "lgt_pearson_finish");
}

/// The bytes of a state of lgt_pearson, and its verbs.
class pearson_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit pearson_state() {
    pearson_init(*this);
  }
#endif
  static result<pearson_state> make() {
    pearson_state made{detail::empty()};
    const status got = pearson_init(made);
    return detail::with(got, std::move(made));
  }
  static result<pearson_state> load(const_bytes saved) {
    pearson_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_PEARSON);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(view<const float> x, view<const float> y,
      view<const float> weights = {}) {
    return pearson_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const double> x, view<const double> y,
      view<const double> weights = {}) {
    return pearson_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const f16> x, view<const f16> y,
      view<const float> weights = {}) {
    return pearson_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const bf16> x, view<const bf16> y,
      view<const float> weights = {}) {
    return pearson_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status merge(const pearson_state &other) {
    return pearson_merge(*this, other);
  }
  result<lgt_pearson_report> finish(double level) const {
    lgt_pearson_report report{};
    const status got = pearson_finish(*this, level, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit pearson_state(detail::empty) {}
};

// ---- pinball ----

/// lgt_pinball_f32: Pinball loss of each row of predicted quantiles, with its gradient: the sum
/// over columns of `q (y - x)` where the target `y` is above the prediction `x`, and of `(1 - q) (x
/// - y)` where it is below, for the column's level `q`.
LOGITUDE_NODISCARD inline status pinball(rows_view<const float> x, rows_view<const float> targets,
    view<const double> levels, view<const float> weights = {}, view<double> loss = {},
    rows_view<float> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_pinball_f32", "targets");
  if (levels.size() != cols) return detail::mismatch("lgt_pinball_f32", "levels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pinball_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pinball_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_pinball_f32", "grad");
  return detail::answer(lgt_pinball_f32(x.data(), x.stride(), targets.data(), targets.stride(),
                                        levels.data(), weights.data(), loss.data(), grad.data(),
                                        grad.stride(), total, rows, cols, opts),
                        "lgt_pinball_f32");
}
LOGITUDE_NODISCARD inline status pinball(rows_view<const double> x, rows_view<const double> targets,
    view<const double> levels, view<const double> weights = {}, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_pinball_f64", "targets");
  if (levels.size() != cols) return detail::mismatch("lgt_pinball_f64", "levels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pinball_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pinball_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_pinball_f64", "grad");
  return detail::answer(lgt_pinball_f64(x.data(), x.stride(), targets.data(), targets.stride(),
                                        levels.data(), weights.data(), loss.data(), grad.data(),
                                        grad.stride(), total, rows, cols, opts),
                        "lgt_pinball_f64");
}
LOGITUDE_NODISCARD inline status pinball(rows_view<const f16> x, rows_view<const f16> targets,
    view<const double> levels, view<const float> weights = {}, view<double> loss = {},
    rows_view<f16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_pinball_f16", "targets");
  if (levels.size() != cols) return detail::mismatch("lgt_pinball_f16", "levels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pinball_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pinball_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_pinball_f16", "grad");
  return detail::answer(lgt_pinball_f16(detail::raw(x.data()), x.stride(),
                                        detail::raw(targets.data()), targets.stride(),
                                        levels.data(), weights.data(), loss.data(),
                                        detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                        opts),
                        "lgt_pinball_f16");
}
LOGITUDE_NODISCARD inline status pinball(rows_view<const bf16> x, rows_view<const bf16> targets,
    view<const double> levels, view<const float> weights = {}, view<double> loss = {},
    rows_view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (targets.rows() != rows || targets.cols() != cols)
    return detail::mismatch("lgt_pinball_bf16", "targets");
  if (levels.size() != cols) return detail::mismatch("lgt_pinball_bf16", "levels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_pinball_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_pinball_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_pinball_bf16", "grad");
  return detail::answer(lgt_pinball_bf16(detail::raw(x.data()), x.stride(),
                                         detail::raw(targets.data()), targets.stride(),
                                         levels.data(), weights.data(), loss.data(),
                                         detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                         opts),
                        "lgt_pinball_bf16");
}

// ---- platt ----

/// lgt_platt_opts_default: Writes the default options.
inline lgt_platt_opts platt_opts_default() {
  lgt_platt_opts made{};
  lgt_platt_opts_default(&made);
  return made;
}

/// lgt_platt_fit_f32: Fits Platt's calibration to scores of any kind: the `a` and `b` that minimise
/// the mean cross-entropy of `P(y = 1) = 1 / (1 + exp(-(a s + b)))`.
LOGITUDE_NODISCARD inline status platt_fit(lgt_platt_model &model, column_view<const float> x,
    numbers_view labels, view<const float> weights = {}, const lgt_platt_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_platt_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_platt_fit_f32", "weights");
  return detail::answer(lgt_platt_fit_f32(&model, x.data(), x.stride(), labels.data(),
                                          labels.type(), weights.data(), rows, opts),
                        "lgt_platt_fit_f32");
}
LOGITUDE_NODISCARD inline status platt_fit(lgt_platt_model &model, column_view<const double> x,
    numbers_view labels, view<const double> weights = {}, const lgt_platt_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_platt_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_platt_fit_f64", "weights");
  return detail::answer(lgt_platt_fit_f64(&model, x.data(), x.stride(), labels.data(),
                                          labels.type(), weights.data(), rows, opts),
                        "lgt_platt_fit_f64");
}
LOGITUDE_NODISCARD inline status platt_fit(lgt_platt_model &model, column_view<const f16> x,
    numbers_view labels, view<const float> weights = {}, const lgt_platt_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_platt_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_platt_fit_f16", "weights");
  return detail::answer(lgt_platt_fit_f16(&model, detail::raw(x.data()), x.stride(), labels.data(),
                                          labels.type(), weights.data(), rows, opts),
                        "lgt_platt_fit_f16");
}
LOGITUDE_NODISCARD inline status platt_fit(lgt_platt_model &model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}, const lgt_platt_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_platt_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_platt_fit_bf16", "weights");
  return detail::answer(lgt_platt_fit_bf16(&model, detail::raw(x.data()), x.stride(), labels.data(),
                                           labels.type(), weights.data(), rows, opts),
                        "lgt_platt_fit_bf16");
}

/// lgt_platt_apply_f32: Calibrated probabilities: `1 / (1 + exp(-(a s + b)))`.
LOGITUDE_NODISCARD inline status platt_apply(const lgt_platt_model &model,
    column_view<const float> x, column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_platt_apply_f32", "y");
  return detail::answer(lgt_platt_apply_f32(&model, x.data(), x.stride(), y.data(), y.stride(),
                                            rows),
                        "lgt_platt_apply_f32");
}
LOGITUDE_NODISCARD inline status platt_apply(const lgt_platt_model &model,
    column_view<const double> x, column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_platt_apply_f64", "y");
  return detail::answer(lgt_platt_apply_f64(&model, x.data(), x.stride(), y.data(), y.stride(),
                                            rows),
                        "lgt_platt_apply_f64");
}
LOGITUDE_NODISCARD inline status platt_apply(const lgt_platt_model &model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_platt_apply_f16", "y");
  return detail::answer(lgt_platt_apply_f16(&model, detail::raw(x.data()), x.stride(),
                                            detail::raw(y.data()), y.stride(), rows),
                        "lgt_platt_apply_f16");
}
LOGITUDE_NODISCARD inline status platt_apply(const lgt_platt_model &model,
    column_view<const bf16> x, column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_platt_apply_bf16", "y");
  return detail::answer(lgt_platt_apply_bf16(&model, detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), rows),
                        "lgt_platt_apply_bf16");
}

// ---- precision_recall_curve ----

/// lgt_precision_recall_curve_scratch: Writes how many bytes of scratch
/// `lgt_precision_recall_curve` needs: without weights 4 a score, of f64 8; with weights 8.
LOGITUDE_NODISCARD inline status precision_recall_curve_scratch(std::size_t n,
    std::size_t score_size, std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_precision_recall_curve_scratch(n, score_size, weighted, &bytes),
                        "lgt_precision_recall_curve_scratch");
}

/// lgt_precision_recall_curve_f32: The precision-recall curve: for every threshold the share of
/// label 1 among the rows whose scores are at least that, and the share that they are of all of
/// label 1.
LOGITUDE_NODISCARD inline status precision_recall_curve(view<const float> x, numbers_view labels,
    view<const float> weights, view<double> precision, view<double> recall, view<float> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = precision.size();
  if (labels.size() != n) return detail::mismatch("lgt_precision_recall_curve_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_precision_recall_curve_f32", "weights");
  if (recall.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f32", "recall");
  if (thresholds.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f32", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_precision_recall_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_precision_recall_curve_scratch");
  return detail::answer(lgt_precision_recall_curve_f32(x.data(), labels.data(), labels.type(),
                                                       weights.data(), precision.data(),
                                                       recall.data(), thresholds.data(), &report, n,
                                                       capacity, corners, scratch.data(),
                                                       scratch.size()),
                        "lgt_precision_recall_curve_f32");
}
LOGITUDE_NODISCARD inline status precision_recall_curve(view<const double> x, numbers_view labels,
    view<const double> weights, view<double> precision, view<double> recall,
    view<double> thresholds, lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = precision.size();
  if (labels.size() != n) return detail::mismatch("lgt_precision_recall_curve_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_precision_recall_curve_f64", "weights");
  if (recall.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f64", "recall");
  if (thresholds.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f64", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_precision_recall_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_precision_recall_curve_scratch");
  return detail::answer(lgt_precision_recall_curve_f64(x.data(), labels.data(), labels.type(),
                                                       weights.data(), precision.data(),
                                                       recall.data(), thresholds.data(), &report, n,
                                                       capacity, corners, scratch.data(),
                                                       scratch.size()),
                        "lgt_precision_recall_curve_f64");
}
LOGITUDE_NODISCARD inline status precision_recall_curve(view<const f16> x, numbers_view labels,
    view<const float> weights, view<double> precision, view<double> recall, view<f16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = precision.size();
  if (labels.size() != n) return detail::mismatch("lgt_precision_recall_curve_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_precision_recall_curve_f16", "weights");
  if (recall.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f16", "recall");
  if (thresholds.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_f16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_precision_recall_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_precision_recall_curve_scratch");
  return detail::answer(lgt_precision_recall_curve_f16(detail::raw(x.data()), labels.data(),
                                                       labels.type(), weights.data(),
                                                       precision.data(), recall.data(),
                                                       detail::raw(thresholds.data()), &report, n,
                                                       capacity, corners, scratch.data(),
                                                       scratch.size()),
                        "lgt_precision_recall_curve_f16");
}
LOGITUDE_NODISCARD inline status precision_recall_curve(view<const bf16> x, numbers_view labels,
    view<const float> weights, view<double> precision, view<double> recall, view<bf16> thresholds,
    lgt_roc_curve_report &report, std::uint32_t corners, bytes scratch) {
  const std::size_t n = x.size();
  const std::size_t capacity = precision.size();
  if (labels.size() != n) return detail::mismatch("lgt_precision_recall_curve_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_precision_recall_curve_bf16", "weights");
  if (recall.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_bf16", "recall");
  if (thresholds.size() != capacity)
    return detail::mismatch("lgt_precision_recall_curve_bf16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_precision_recall_curve_scratch(n, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_precision_recall_curve_scratch");
  return detail::answer(lgt_precision_recall_curve_bf16(detail::raw(x.data()), labels.data(),
                                                        labels.type(), weights.data(),
                                                        precision.data(), recall.data(),
                                                        detail::raw(thresholds.data()), &report, n,
                                                        capacity, corners, scratch.data(),
                                                        scratch.size()),
                        "lgt_precision_recall_curve_bf16");
}

// ---- prior_shift ----

/// lgt_prior_shift_size: Writes how many bytes a model of `lgt_prior_shift` takes up: 40, and 8 a
/// parameter, of which there are cols.
LOGITUDE_NODISCARD inline status prior_shift_size(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_prior_shift_size(cols, &bytes),
                        "lgt_prior_shift_size");
}

/// lgt_prior_shift_scratch: Writes how many bytes of scratch `lgt_prior_shift_fit` needs: about 8 x
/// 35 a parameter.
LOGITUDE_NODISCARD inline status prior_shift_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_prior_shift_scratch(cols, &bytes),
                        "lgt_prior_shift_scratch");
}

/// lgt_prior_shift_fit_f32: Fits a bias for each class to held-out logits and labels: the `b` that
/// minimises the mean negative log-likelihood of `softmax(x + b)`, plus `bias` times the sum of
/// `b^2`.
LOGITUDE_NODISCARD inline status prior_shift_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_prior_shift_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_prior_shift_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_prior_shift_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_prior_shift_scratch");
  return detail::answer(lgt_prior_shift_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols, opts, scratch.data(), scratch.size()),
                        "lgt_prior_shift_fit_f32");
}
LOGITUDE_NODISCARD inline status prior_shift_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_prior_shift_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_prior_shift_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_prior_shift_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_prior_shift_scratch");
  return detail::answer(lgt_prior_shift_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                                labels.data(), labels.type(), weights.data(), rows,
                                                cols, opts, scratch.data(), scratch.size()),
                        "lgt_prior_shift_fit_f64");
}
LOGITUDE_NODISCARD inline status prior_shift_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_prior_shift_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_prior_shift_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_prior_shift_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_prior_shift_scratch");
  return detail::answer(lgt_prior_shift_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                                x.stride(), labels.data(), labels.type(),
                                                weights.data(), rows, cols, opts, scratch.data(),
                                                scratch.size()),
                        "lgt_prior_shift_fit_f16");
}
LOGITUDE_NODISCARD inline status prior_shift_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_prior_shift_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_prior_shift_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_prior_shift_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_prior_shift_scratch");
  return detail::answer(lgt_prior_shift_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                                 x.stride(), labels.data(), labels.type(),
                                                 weights.data(), rows, cols, opts, scratch.data(),
                                                 scratch.size()),
                        "lgt_prior_shift_fit_bf16");
}

/// lgt_prior_shift_apply_f32: Probabilities with shifted priors: `softmax(x + b)` with the model's
/// biases.
LOGITUDE_NODISCARD inline status prior_shift_apply(const_bytes model, rows_view<const float> x,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_prior_shift_apply_f32", "y");
  return detail::answer(lgt_prior_shift_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_prior_shift_apply_f32");
}
LOGITUDE_NODISCARD inline status prior_shift_apply(const_bytes model, rows_view<const double> x,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_prior_shift_apply_f64", "y");
  return detail::answer(lgt_prior_shift_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                  y.stride(), rows, cols),
                        "lgt_prior_shift_apply_f64");
}
LOGITUDE_NODISCARD inline status prior_shift_apply(const_bytes model, rows_view<const f16> x,
    rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_prior_shift_apply_f16", "y");
  return detail::answer(lgt_prior_shift_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_prior_shift_apply_f16");
}
LOGITUDE_NODISCARD inline status prior_shift_apply(const_bytes model, rows_view<const bf16> x,
    rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_prior_shift_apply_bf16", "y");
  return detail::answer(lgt_prior_shift_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                   detail::raw(y.data()), y.stride(), rows, cols),
                        "lgt_prior_shift_apply_bf16");
}

// ---- rank ----

/// lgt_rank_scratch: Writes how many bytes of scratch `lgt_rank` needs: 8 a number.
LOGITUDE_NODISCARD inline status rank_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_rank_scratch(n, &bytes),
                        "lgt_rank_scratch");
}

/// lgt_rank_f32: The ranks of numbers, from 1 on, the least first.
LOGITUDE_NODISCARD inline status rank(view<const float> x, view<double> ranks,
    lgt_rank_report &report, std::uint32_t method, bytes scratch) {
  const std::size_t n = x.size();
  if (ranks.size() != n) return detail::mismatch("lgt_rank_f32", "ranks");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_rank_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_rank_scratch");
  return detail::answer(lgt_rank_f32(x.data(), ranks.data(), &report, n, method, scratch.data(),
                                     scratch.size()),
                        "lgt_rank_f32");
}
LOGITUDE_NODISCARD inline status rank(view<const double> x, view<double> ranks,
    lgt_rank_report &report, std::uint32_t method, bytes scratch) {
  const std::size_t n = x.size();
  if (ranks.size() != n) return detail::mismatch("lgt_rank_f64", "ranks");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_rank_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_rank_scratch");
  return detail::answer(lgt_rank_f64(x.data(), ranks.data(), &report, n, method, scratch.data(),
                                     scratch.size()),
                        "lgt_rank_f64");
}
LOGITUDE_NODISCARD inline status rank(view<const f16> x, view<double> ranks,
    lgt_rank_report &report, std::uint32_t method, bytes scratch) {
  const std::size_t n = x.size();
  if (ranks.size() != n) return detail::mismatch("lgt_rank_f16", "ranks");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_rank_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_rank_scratch");
  return detail::answer(lgt_rank_f16(detail::raw(x.data()), ranks.data(), &report, n, method,
                                     scratch.data(), scratch.size()),
                        "lgt_rank_f16");
}
LOGITUDE_NODISCARD inline status rank(view<const bf16> x, view<double> ranks,
    lgt_rank_report &report, std::uint32_t method, bytes scratch) {
  const std::size_t n = x.size();
  if (ranks.size() != n) return detail::mismatch("lgt_rank_bf16", "ranks");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_rank_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_rank_scratch");
  return detail::answer(lgt_rank_bf16(detail::raw(x.data()), ranks.data(), &report, n, method,
                                      scratch.data(), scratch.size()),
                        "lgt_rank_bf16");
}

// ---- ranking ----

/// lgt_ranking_opts_default: Writes the default options.
inline lgt_ranking_opts ranking_opts_default() {
  lgt_ranking_opts made{};
  lgt_ranking_opts_default(&made);
  return made;
}

/// lgt_ranking_size: Writes how many bytes a state of `lgt_ranking` needs: 48, and 608 a measure.
LOGITUDE_NODISCARD inline status ranking_size(view<const lgt_ranking_measure> measures,
    const lgt_ranking_opts *opts, std::size_t &bytes) {
  const std::size_t count = measures.size();
  if (count > std::numeric_limits<std::uint32_t>::max()) return detail::answer(LGT_E_SIZE, "lgt_ranking_size");
  return detail::answer(lgt_ranking_size(measures.data(), static_cast<std::uint32_t>(count), opts,
                                         &bytes),
                        "lgt_ranking_size");
}

/// lgt_ranking_init: Starts a state of means over queries: nDCG, average precision and other
/// measures of the order in which documents are ranked.
LOGITUDE_NODISCARD inline status ranking_init(bytes state, view<const lgt_ranking_measure> measures,
    const lgt_ranking_opts *opts = nullptr) {
  const std::size_t count = measures.size();
  if (count > std::numeric_limits<std::uint32_t>::max()) return detail::answer(LGT_E_SIZE, "lgt_ranking_init");
  std::size_t state_bytes = 0;
  status state_room = lgt_ranking_size(measures.data(), static_cast<std::uint32_t>(count), opts, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_ranking_size");
  return detail::answer(lgt_ranking_init(state.data(), state.size(), measures.data(),
                                         static_cast<std::uint32_t>(count), opts),
                        "lgt_ranking_init");
}

/// lgt_ranking_scratch: Writes how many bytes of scratch an update of `lgt_ranking` needs: 24 for
/// each document of the longest query, and 8.
LOGITUDE_NODISCARD inline status ranking_scratch(std::size_t longest, std::size_t &bytes) {
  return detail::answer(lgt_ranking_scratch(longest, &bytes),
                        "lgt_ranking_scratch");
}

/// lgt_ranking_update_f32: Adds queries to a state of means of measures of ranking: of each query
/// the documents are put in the order of their scores, the highest first, and every measure of the
/// state is taken of their grades.
LOGITUDE_NODISCARD inline status ranking_update(bytes state, rows_view<const float> x,
    number_rows relevance, view<const std::uint64_t> offsets, view<const float> weights,
    view<double> values, std::size_t rows, bytes scratch) {
  const std::size_t cols = x.cols();
  if (x.rows() != (offsets.data() != nullptr ? 1 : rows))
    return detail::mismatch("lgt_ranking_update_f32", "x");
  if (relevance.rows() != (offsets.data() != nullptr ? 1 : rows) || relevance.cols() != cols)
    return detail::mismatch("lgt_ranking_update_f32", "relevance");
  if (offsets.data() != nullptr && offsets.size() != rows + 1)
    return detail::mismatch("lgt_ranking_update_f32", "offsets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ranking_update_f32", "weights");
  return detail::answer(lgt_ranking_update_f32(state.data(), x.data(), x.stride(), relevance.data(),
                                               relevance.stride(), relevance.type(), offsets.data(),
                                               weights.data(), values.data(), rows, cols,
                                               scratch.data(), scratch.size()),
                        "lgt_ranking_update_f32");
}
LOGITUDE_NODISCARD inline status ranking_update(bytes state, rows_view<const double> x,
    number_rows relevance, view<const std::uint64_t> offsets, view<const double> weights,
    view<double> values, std::size_t rows, bytes scratch) {
  const std::size_t cols = x.cols();
  if (x.rows() != (offsets.data() != nullptr ? 1 : rows))
    return detail::mismatch("lgt_ranking_update_f64", "x");
  if (relevance.rows() != (offsets.data() != nullptr ? 1 : rows) || relevance.cols() != cols)
    return detail::mismatch("lgt_ranking_update_f64", "relevance");
  if (offsets.data() != nullptr && offsets.size() != rows + 1)
    return detail::mismatch("lgt_ranking_update_f64", "offsets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ranking_update_f64", "weights");
  return detail::answer(lgt_ranking_update_f64(state.data(), x.data(), x.stride(), relevance.data(),
                                               relevance.stride(), relevance.type(), offsets.data(),
                                               weights.data(), values.data(), rows, cols,
                                               scratch.data(), scratch.size()),
                        "lgt_ranking_update_f64");
}
LOGITUDE_NODISCARD inline status ranking_update(bytes state, rows_view<const f16> x,
    number_rows relevance, view<const std::uint64_t> offsets, view<const float> weights,
    view<double> values, std::size_t rows, bytes scratch) {
  const std::size_t cols = x.cols();
  if (x.rows() != (offsets.data() != nullptr ? 1 : rows))
    return detail::mismatch("lgt_ranking_update_f16", "x");
  if (relevance.rows() != (offsets.data() != nullptr ? 1 : rows) || relevance.cols() != cols)
    return detail::mismatch("lgt_ranking_update_f16", "relevance");
  if (offsets.data() != nullptr && offsets.size() != rows + 1)
    return detail::mismatch("lgt_ranking_update_f16", "offsets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ranking_update_f16", "weights");
  return detail::answer(lgt_ranking_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                               relevance.data(), relevance.stride(),
                                               relevance.type(), offsets.data(), weights.data(),
                                               values.data(), rows, cols, scratch.data(),
                                               scratch.size()),
                        "lgt_ranking_update_f16");
}
LOGITUDE_NODISCARD inline status ranking_update(bytes state, rows_view<const bf16> x,
    number_rows relevance, view<const std::uint64_t> offsets, view<const float> weights,
    view<double> values, std::size_t rows, bytes scratch) {
  const std::size_t cols = x.cols();
  if (x.rows() != (offsets.data() != nullptr ? 1 : rows))
    return detail::mismatch("lgt_ranking_update_bf16", "x");
  if (relevance.rows() != (offsets.data() != nullptr ? 1 : rows) || relevance.cols() != cols)
    return detail::mismatch("lgt_ranking_update_bf16", "relevance");
  if (offsets.data() != nullptr && offsets.size() != rows + 1)
    return detail::mismatch("lgt_ranking_update_bf16", "offsets");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_ranking_update_bf16", "weights");
  return detail::answer(lgt_ranking_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                relevance.data(), relevance.stride(),
                                                relevance.type(), offsets.data(), weights.data(),
                                                values.data(), rows, cols, scratch.data(),
                                                scratch.size()),
                        "lgt_ranking_update_bf16");
}

/// lgt_ranking_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status ranking_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_ranking_merge(state.data(), other.data()),
                        "lgt_ranking_merge");
}

/// lgt_ranking_finish: Writes the means so far; the state can go on.
LOGITUDE_NODISCARD inline status ranking_finish(const_bytes state,
    view<lgt_ranking_report> reports) {
  const std::size_t count = reports.size();
  return detail::answer(lgt_ranking_finish(state.data(), reports.data(), count),
                        "lgt_ranking_finish");
}

/// The bytes of a state of lgt_ranking, and its verbs.
class ranking_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit ranking_state(view<const lgt_ranking_measure> measures,
      const lgt_ranking_opts *opts = nullptr) {
    ranking_init(*this, measures, opts);
  }
#endif
  static result<ranking_state> make(view<const lgt_ranking_measure> measures,
      const lgt_ranking_opts *opts = nullptr) {
    ranking_state made{detail::empty()};
    const status got = ranking_init(made, measures, opts);
    return detail::with(got, std::move(made));
  }
  static result<ranking_state> load(const_bytes saved) {
    ranking_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_RANKING);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, number_rows relevance,
      view<const std::uint64_t> offsets, view<const float> weights, view<double> values,
      std::size_t rows, bytes scratch) {
    return ranking_update(*this, x, relevance, offsets, weights, values, rows, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, number_rows relevance,
      view<const std::uint64_t> offsets, view<const double> weights, view<double> values,
      std::size_t rows, bytes scratch) {
    return ranking_update(*this, x, relevance, offsets, weights, values, rows, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, number_rows relevance,
      view<const std::uint64_t> offsets, view<const float> weights, view<double> values,
      std::size_t rows, bytes scratch) {
    return ranking_update(*this, x, relevance, offsets, weights, values, rows, scratch);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, number_rows relevance,
      view<const std::uint64_t> offsets, view<const float> weights, view<double> values,
      std::size_t rows, bytes scratch) {
    return ranking_update(*this, x, relevance, offsets, weights, values, rows, scratch);
  }
  LOGITUDE_NODISCARD status merge(const ranking_state &other) {
    return ranking_merge(*this, other);
  }
  LOGITUDE_NODISCARD status finish(view<lgt_ranking_report> reports) const {
    return ranking_finish(*this, reports);
  }

 private:
  explicit ranking_state(detail::empty) {}
};

// ---- regression ----

/// lgt_regression_size: Writes how many bytes a state of `lgt_regression` needs.
LOGITUDE_NODISCARD inline status regression_size(std::size_t &bytes) {
  return detail::answer(lgt_regression_size(&bytes),
                        "lgt_regression_size");
}

/// lgt_regression_init: Starts a state of errors of predictions of numbers.
LOGITUDE_NODISCARD inline status regression_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_regression_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_regression_size");
  return detail::answer(lgt_regression_init(state.data(), state.size()),
                        "lgt_regression_init");
}

/// lgt_regression_update_f32: Adds rows to a state of errors of predictions x of numbers y: R
/// squared, explained variance, mean squared, absolute, relative and pinball errors, and the
/// largest.
LOGITUDE_NODISCARD inline status regression_update(bytes state, view<const float> x,
    view<const float> y, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_regression_update_f32", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_regression_update_f32", "weights");
  return detail::answer(lgt_regression_update_f32(state.data(), x.data(), y.data(), weights.data(),
                                                  n),
                        "lgt_regression_update_f32");
}
LOGITUDE_NODISCARD inline status regression_update(bytes state, view<const double> x,
    view<const double> y, view<const double> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_regression_update_f64", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_regression_update_f64", "weights");
  return detail::answer(lgt_regression_update_f64(state.data(), x.data(), y.data(), weights.data(),
                                                  n),
                        "lgt_regression_update_f64");
}
LOGITUDE_NODISCARD inline status regression_update(bytes state, view<const f16> x,
    view<const f16> y, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_regression_update_f16", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_regression_update_f16", "weights");
  return detail::answer(lgt_regression_update_f16(state.data(), detail::raw(x.data()),
                                                  detail::raw(y.data()), weights.data(), n),
                        "lgt_regression_update_f16");
}
LOGITUDE_NODISCARD inline status regression_update(bytes state, view<const bf16> x,
    view<const bf16> y, view<const float> weights = {}) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_regression_update_bf16", "y");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_regression_update_bf16", "weights");
  return detail::answer(lgt_regression_update_bf16(state.data(), detail::raw(x.data()),
                                                   detail::raw(y.data()), weights.data(), n),
                        "lgt_regression_update_bf16");
}

/// lgt_regression_merge: Adds what another state has seen.
LOGITUDE_NODISCARD inline status regression_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_regression_merge(state.data(), other.data()),
                        "lgt_regression_merge");
}

/// lgt_regression_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status regression_finish(const_bytes state, std::uint32_t predictors,
    double quantile, lgt_regression_report &report) {
  return detail::answer(lgt_regression_finish(state.data(), predictors, quantile, &report),
                        "lgt_regression_finish");
}

/// The bytes of a state of lgt_regression, and its verbs.
class regression_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit regression_state() {
    regression_init(*this);
  }
#endif
  static result<regression_state> make() {
    regression_state made{detail::empty()};
    const status got = regression_init(made);
    return detail::with(got, std::move(made));
  }
  static result<regression_state> load(const_bytes saved) {
    regression_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_REGRESSION);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(view<const float> x, view<const float> y,
      view<const float> weights = {}) {
    return regression_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const double> x, view<const double> y,
      view<const double> weights = {}) {
    return regression_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const f16> x, view<const f16> y,
      view<const float> weights = {}) {
    return regression_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status update(view<const bf16> x, view<const bf16> y,
      view<const float> weights = {}) {
    return regression_update(*this, x, y, weights);
  }
  LOGITUDE_NODISCARD status merge(const regression_state &other) {
    return regression_merge(*this, other);
  }
  result<lgt_regression_report> finish(std::uint32_t predictors, double quantile) const {
    lgt_regression_report report{};
    const status got = regression_finish(*this, predictors, quantile, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit regression_state(detail::empty) {}
};

// ---- renyi_entropy ----

/// lgt_renyi_entropy_f32: Rényi entropy of each row's softmax, in nats, with its gradient in the
/// logits: of order `alpha` it is `ln(sum p^alpha) / (1 - alpha)`, where `p = softmax(x /
/// temperature)`.
LOGITUDE_NODISCARD inline status renyi_entropy(rows_view<const float> x, view<const float> weights,
    double alpha, double temperature, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_renyi_entropy_f32", "grad");
  return detail::answer(lgt_renyi_entropy_f32(x.data(), x.stride(), weights.data(), alpha,
                                              temperature, loss.data(), grad.data(), grad.stride(),
                                              total, rows, cols, opts),
                        "lgt_renyi_entropy_f32");
}
LOGITUDE_NODISCARD inline status renyi_entropy(rows_view<const double> x,
    view<const double> weights, double alpha, double temperature, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_renyi_entropy_f64", "grad");
  return detail::answer(lgt_renyi_entropy_f64(x.data(), x.stride(), weights.data(), alpha,
                                              temperature, loss.data(), grad.data(), grad.stride(),
                                              total, rows, cols, opts),
                        "lgt_renyi_entropy_f64");
}
LOGITUDE_NODISCARD inline status renyi_entropy(rows_view<const f16> x, view<const float> weights,
    double alpha, double temperature, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_renyi_entropy_f16", "grad");
  return detail::answer(lgt_renyi_entropy_f16(detail::raw(x.data()), x.stride(), weights.data(),
                                              alpha, temperature, loss.data(),
                                              detail::raw(grad.data()), grad.stride(), total, rows,
                                              cols, opts),
                        "lgt_renyi_entropy_f16");
}
LOGITUDE_NODISCARD inline status renyi_entropy(rows_view<const bf16> x, view<const float> weights,
    double alpha, double temperature, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_renyi_entropy_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_renyi_entropy_bf16", "grad");
  return detail::answer(lgt_renyi_entropy_bf16(detail::raw(x.data()), x.stride(), weights.data(),
                                               alpha, temperature, loss.data(),
                                               detail::raw(grad.data()), grad.stride(), total, rows,
                                               cols, opts),
                        "lgt_renyi_entropy_bf16");
}

// ---- risk_coverage ----

/// lgt_risk_coverage_scratch: Writes how many bytes of scratch `lgt_risk_coverage` needs: 8 a row.
LOGITUDE_NODISCARD inline status risk_coverage_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_risk_coverage_scratch(n, &bytes),
                        "lgt_risk_coverage_scratch");
}

/// lgt_risk_coverage_f32: The risk-coverage curve of confidences and losses, and the areas under
/// it: what a model loses on the rows it is most confident of.
LOGITUDE_NODISCARD inline status risk_coverage(view<const float> confidences,
    view<const float> losses, double coverage, double risk, lgt_risk_coverage_report &report,
    view<double> coverages, view<double> risks, view<double> thresholds, bytes scratch) {
  const std::size_t n = confidences.size();
  if (losses.size() != n) return detail::mismatch("lgt_risk_coverage_f32", "losses");
  if (coverages.data() != nullptr && coverages.size() != n)
    return detail::mismatch("lgt_risk_coverage_f32", "coverages");
  if (risks.data() != nullptr && risks.size() != n)
    return detail::mismatch("lgt_risk_coverage_f32", "risks");
  if (thresholds.data() != nullptr && thresholds.size() != n)
    return detail::mismatch("lgt_risk_coverage_f32", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_risk_coverage_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_risk_coverage_scratch");
  return detail::answer(lgt_risk_coverage_f32(confidences.data(), losses.data(), coverage, risk,
                                              &report, coverages.data(), risks.data(),
                                              thresholds.data(), n, scratch.data(), scratch.size()),
                        "lgt_risk_coverage_f32");
}
LOGITUDE_NODISCARD inline status risk_coverage(view<const double> confidences,
    view<const double> losses, double coverage, double risk, lgt_risk_coverage_report &report,
    view<double> coverages, view<double> risks, view<double> thresholds, bytes scratch) {
  const std::size_t n = confidences.size();
  if (losses.size() != n) return detail::mismatch("lgt_risk_coverage_f64", "losses");
  if (coverages.data() != nullptr && coverages.size() != n)
    return detail::mismatch("lgt_risk_coverage_f64", "coverages");
  if (risks.data() != nullptr && risks.size() != n)
    return detail::mismatch("lgt_risk_coverage_f64", "risks");
  if (thresholds.data() != nullptr && thresholds.size() != n)
    return detail::mismatch("lgt_risk_coverage_f64", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_risk_coverage_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_risk_coverage_scratch");
  return detail::answer(lgt_risk_coverage_f64(confidences.data(), losses.data(), coverage, risk,
                                              &report, coverages.data(), risks.data(),
                                              thresholds.data(), n, scratch.data(), scratch.size()),
                        "lgt_risk_coverage_f64");
}
LOGITUDE_NODISCARD inline status risk_coverage(view<const f16> confidences, view<const f16> losses,
    double coverage, double risk, lgt_risk_coverage_report &report, view<double> coverages,
    view<double> risks, view<double> thresholds, bytes scratch) {
  const std::size_t n = confidences.size();
  if (losses.size() != n) return detail::mismatch("lgt_risk_coverage_f16", "losses");
  if (coverages.data() != nullptr && coverages.size() != n)
    return detail::mismatch("lgt_risk_coverage_f16", "coverages");
  if (risks.data() != nullptr && risks.size() != n)
    return detail::mismatch("lgt_risk_coverage_f16", "risks");
  if (thresholds.data() != nullptr && thresholds.size() != n)
    return detail::mismatch("lgt_risk_coverage_f16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_risk_coverage_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_risk_coverage_scratch");
  return detail::answer(lgt_risk_coverage_f16(detail::raw(confidences.data()),
                                              detail::raw(losses.data()), coverage, risk, &report,
                                              coverages.data(), risks.data(), thresholds.data(), n,
                                              scratch.data(), scratch.size()),
                        "lgt_risk_coverage_f16");
}
LOGITUDE_NODISCARD inline status risk_coverage(view<const bf16> confidences,
    view<const bf16> losses, double coverage, double risk, lgt_risk_coverage_report &report,
    view<double> coverages, view<double> risks, view<double> thresholds, bytes scratch) {
  const std::size_t n = confidences.size();
  if (losses.size() != n) return detail::mismatch("lgt_risk_coverage_bf16", "losses");
  if (coverages.data() != nullptr && coverages.size() != n)
    return detail::mismatch("lgt_risk_coverage_bf16", "coverages");
  if (risks.data() != nullptr && risks.size() != n)
    return detail::mismatch("lgt_risk_coverage_bf16", "risks");
  if (thresholds.data() != nullptr && thresholds.size() != n)
    return detail::mismatch("lgt_risk_coverage_bf16", "thresholds");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_risk_coverage_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_risk_coverage_scratch");
  return detail::answer(lgt_risk_coverage_bf16(detail::raw(confidences.data()),
                                               detail::raw(losses.data()), coverage, risk, &report,
                                               coverages.data(), risks.data(), thresholds.data(), n,
                                               scratch.data(), scratch.size()),
                        "lgt_risk_coverage_bf16");
}

// ---- rps ----

/// lgt_rps_size: Writes how many bytes a state of `lgt_rps` needs.
LOGITUDE_NODISCARD inline status rps_size(std::uint32_t flags, std::size_t &bytes) {
  return detail::answer(lgt_rps_size(flags, &bytes),
                        "lgt_rps_size");
}

/// lgt_rps_init: Starts a state of the ranked probability score: the mean of `sum_k (F_k - Y_k)^2`
/// over the first cols - 1 classes.
LOGITUDE_NODISCARD inline status rps_init(bytes state, std::uint32_t flags) {
  std::size_t state_bytes = 0;
  status state_room = lgt_rps_size(flags, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_rps_size");
  return detail::answer(lgt_rps_init(state.data(), state.size(), flags),
                        "lgt_rps_init");
}

/// lgt_rps_update_f32: Adds rows to a state of the ranked probability score: the mean of `sum_k
/// (F_k - Y_k)^2` over the first cols - 1 classes.
LOGITUDE_NODISCARD inline status rps_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_rps_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_rps_update_f32", "weights");
  return detail::answer(lgt_rps_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                           labels.type(), weights.data(), rows, cols),
                        "lgt_rps_update_f32");
}
LOGITUDE_NODISCARD inline status rps_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_rps_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_rps_update_f64", "weights");
  return detail::answer(lgt_rps_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                           labels.type(), weights.data(), rows, cols),
                        "lgt_rps_update_f64");
}
LOGITUDE_NODISCARD inline status rps_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_rps_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_rps_update_f16", "weights");
  return detail::answer(lgt_rps_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                           labels.data(), labels.type(), weights.data(), rows,
                                           cols),
                        "lgt_rps_update_f16");
}
LOGITUDE_NODISCARD inline status rps_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_rps_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_rps_update_bf16", "weights");
  return detail::answer(lgt_rps_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                            labels.data(), labels.type(), weights.data(), rows,
                                            cols),
                        "lgt_rps_update_bf16");
}

/// lgt_rps_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status rps_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_rps_merge(state.data(), other.data()),
                        "lgt_rps_merge");
}

/// lgt_rps_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status rps_finish(const_bytes state, lgt_rps_report &report) {
  return detail::answer(lgt_rps_finish(state.data(), &report),
                        "lgt_rps_finish");
}

/// The bytes of a state of lgt_rps, and its verbs.
class rps_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit rps_state(std::uint32_t flags) {
    rps_init(*this, flags);
  }
#endif
  static result<rps_state> make(std::uint32_t flags) {
    rps_state made{detail::empty()};
    const status got = rps_init(made, flags);
    return detail::with(got, std::move(made));
  }
  static result<rps_state> load(const_bytes saved) {
    rps_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_RPS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return rps_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return rps_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return rps_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return rps_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const rps_state &other) {
    return rps_merge(*this, other);
  }
  result<lgt_rps_report> finish() const {
    lgt_rps_report report{};
    const status got = rps_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit rps_state(detail::empty) {}
};

// ---- saerens ----

/// lgt_saerens_opts_default: Writes the default options.
inline lgt_saerens_opts saerens_opts_default() {
  lgt_saerens_opts made{};
  lgt_saerens_opts_default(&made);
  return made;
}

/// lgt_saerens_scratch: Writes how many bytes of scratch `lgt_saerens_fit` needs: 40 a class.
LOGITUDE_NODISCARD inline status saerens_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_saerens_scratch(cols, &bytes),
                        "lgt_saerens_scratch");
}

/// lgt_saerens_fit_f32: New class priors from unlabelled probabilities: expectation maximisation
/// from the priors of the training set, `train_priors`, to those that make the rows most likely.
LOGITUDE_NODISCARD inline status saerens_fit(bytes model, rows_view<const float> x,
    view<const float> weights, view<const double> train_priors, view<double> priors,
    const lgt_saerens_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_saerens_fit_f32", "weights");
  if (train_priors.size() != cols) return detail::mismatch("lgt_saerens_fit_f32", "train_priors");
  if (priors.data() != nullptr && priors.size() != cols)
    return detail::mismatch("lgt_saerens_fit_f32", "priors");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_saerens_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_saerens_scratch");
  return detail::answer(lgt_saerens_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                            weights.data(), rows, cols, train_priors.data(),
                                            priors.data(), opts, scratch.data(), scratch.size()),
                        "lgt_saerens_fit_f32");
}
LOGITUDE_NODISCARD inline status saerens_fit(bytes model, rows_view<const double> x,
    view<const double> weights, view<const double> train_priors, view<double> priors,
    const lgt_saerens_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_saerens_fit_f64", "weights");
  if (train_priors.size() != cols) return detail::mismatch("lgt_saerens_fit_f64", "train_priors");
  if (priors.data() != nullptr && priors.size() != cols)
    return detail::mismatch("lgt_saerens_fit_f64", "priors");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_saerens_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_saerens_scratch");
  return detail::answer(lgt_saerens_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                            weights.data(), rows, cols, train_priors.data(),
                                            priors.data(), opts, scratch.data(), scratch.size()),
                        "lgt_saerens_fit_f64");
}
LOGITUDE_NODISCARD inline status saerens_fit(bytes model, rows_view<const f16> x,
    view<const float> weights, view<const double> train_priors, view<double> priors,
    const lgt_saerens_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_saerens_fit_f16", "weights");
  if (train_priors.size() != cols) return detail::mismatch("lgt_saerens_fit_f16", "train_priors");
  if (priors.data() != nullptr && priors.size() != cols)
    return detail::mismatch("lgt_saerens_fit_f16", "priors");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_saerens_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_saerens_scratch");
  return detail::answer(lgt_saerens_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                            x.stride(), weights.data(), rows, cols,
                                            train_priors.data(), priors.data(), opts,
                                            scratch.data(), scratch.size()),
                        "lgt_saerens_fit_f16");
}
LOGITUDE_NODISCARD inline status saerens_fit(bytes model, rows_view<const bf16> x,
    view<const float> weights, view<const double> train_priors, view<double> priors,
    const lgt_saerens_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_saerens_fit_bf16", "weights");
  if (train_priors.size() != cols) return detail::mismatch("lgt_saerens_fit_bf16", "train_priors");
  if (priors.data() != nullptr && priors.size() != cols)
    return detail::mismatch("lgt_saerens_fit_bf16", "priors");
  std::size_t model_bytes = 0;
  status model_room = lgt_prior_shift_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_prior_shift_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_saerens_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_saerens_scratch");
  return detail::answer(lgt_saerens_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                             x.stride(), weights.data(), rows, cols,
                                             train_priors.data(), priors.data(), opts,
                                             scratch.data(), scratch.size()),
                        "lgt_saerens_fit_bf16");
}

// ---- scaling_binning ----

/// lgt_scaling_binning_opts_default: Writes the default options.
inline lgt_scaling_binning_opts scaling_binning_opts_default() {
  lgt_scaling_binning_opts made{};
  lgt_scaling_binning_opts_default(&made);
  return made;
}

/// lgt_scaling_binning_size: Writes how many bytes a model of `lgt_scaling_binning` takes at most:
/// 64 and 16 a bin, of which there are no more than rows.
LOGITUDE_NODISCARD inline status scaling_binning_size(std::size_t rows,
    const lgt_scaling_binning_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_scaling_binning_size(rows, opts, &bytes),
                        "lgt_scaling_binning_size");
}

/// lgt_scaling_binning_scratch: Writes how many bytes of scratch `lgt_scaling_binning_fit` needs:
/// twice the bytes of a score a row (at least 6), with weights 8 a row and those of a score.
LOGITUDE_NODISCARD inline status scaling_binning_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_scaling_binning_scratch(rows, score_size, weighted, &bytes),
                        "lgt_scaling_binning_scratch");
}

/// lgt_scaling_binning_fit_f32: Fits a scaling-binning calibrator to held-out scores of two
/// classes: a logistic regression on the score, then bins of equal weight, each of which gives the
/// mean of the regression's values in it.
LOGITUDE_NODISCARD inline status scaling_binning_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_scaling_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_scaling_binning_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_scaling_binning_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_scaling_binning_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_scaling_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_scaling_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_scaling_binning_scratch");
  return detail::answer(lgt_scaling_binning_fit_f32(model.data(), model.size(), x.data(),
                                                    x.stride(), labels.data(), labels.type(),
                                                    weights.data(), rows, opts, scratch.data(),
                                                    scratch.size()),
                        "lgt_scaling_binning_fit_f32");
}
LOGITUDE_NODISCARD inline status scaling_binning_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_scaling_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_scaling_binning_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_scaling_binning_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_scaling_binning_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_scaling_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_scaling_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_scaling_binning_scratch");
  return detail::answer(lgt_scaling_binning_fit_f64(model.data(), model.size(), x.data(),
                                                    x.stride(), labels.data(), labels.type(),
                                                    weights.data(), rows, opts, scratch.data(),
                                                    scratch.size()),
                        "lgt_scaling_binning_fit_f64");
}
LOGITUDE_NODISCARD inline status scaling_binning_fit(bytes model, column_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_scaling_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_scaling_binning_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_scaling_binning_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_scaling_binning_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_scaling_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_scaling_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_scaling_binning_scratch");
  return detail::answer(lgt_scaling_binning_fit_f16(model.data(), model.size(),
                                                    detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(), weights.data(),
                                                    rows, opts, scratch.data(), scratch.size()),
                        "lgt_scaling_binning_fit_f16");
}
LOGITUDE_NODISCARD inline status scaling_binning_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_scaling_binning_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_scaling_binning_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_scaling_binning_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_scaling_binning_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_scaling_binning_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_scaling_binning_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_scaling_binning_scratch");
  return detail::answer(lgt_scaling_binning_fit_bf16(model.data(), model.size(),
                                                     detail::raw(x.data()), x.stride(),
                                                     labels.data(), labels.type(), weights.data(),
                                                     rows, opts, scratch.data(), scratch.size()),
                        "lgt_scaling_binning_fit_bf16");
}

/// lgt_scaling_binning_apply_f32: Calibrated probabilities: the value of the bin that the score is
/// in.
LOGITUDE_NODISCARD inline status scaling_binning_apply(const_bytes model,
    column_view<const float> x, column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_scaling_binning_apply_f32", "y");
  return detail::answer(lgt_scaling_binning_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                      y.stride(), rows),
                        "lgt_scaling_binning_apply_f32");
}
LOGITUDE_NODISCARD inline status scaling_binning_apply(const_bytes model,
    column_view<const double> x, column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_scaling_binning_apply_f64", "y");
  return detail::answer(lgt_scaling_binning_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                      y.stride(), rows),
                        "lgt_scaling_binning_apply_f64");
}
LOGITUDE_NODISCARD inline status scaling_binning_apply(const_bytes model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_scaling_binning_apply_f16", "y");
  return detail::answer(lgt_scaling_binning_apply_f16(model.data(), detail::raw(x.data()),
                                                      x.stride(), detail::raw(y.data()), y.stride(),
                                                      rows),
                        "lgt_scaling_binning_apply_f16");
}
LOGITUDE_NODISCARD inline status scaling_binning_apply(const_bytes model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_scaling_binning_apply_bf16", "y");
  return detail::answer(lgt_scaling_binning_apply_bf16(model.data(), detail::raw(x.data()),
                                                       x.stride(), detail::raw(y.data()),
                                                       y.stride(), rows),
                        "lgt_scaling_binning_apply_bf16");
}

// ---- sigmoid ----

/// lgt_sigmoid_f32: Sigmoid of each entry: `y = 1 / (1 + exp(-x))`.
LOGITUDE_NODISCARD inline status sigmoid(rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sigmoid_f32", "y");
  return detail::answer(lgt_sigmoid_f32(x.data(), x.stride(), y.data(), y.stride(), rows, cols),
                        "lgt_sigmoid_f32");
}
LOGITUDE_NODISCARD inline status sigmoid(rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sigmoid_f64", "y");
  return detail::answer(lgt_sigmoid_f64(x.data(), x.stride(), y.data(), y.stride(), rows, cols),
                        "lgt_sigmoid_f64");
}
LOGITUDE_NODISCARD inline status sigmoid(rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sigmoid_f16", "y");
  return detail::answer(lgt_sigmoid_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                        y.stride(), rows, cols),
                        "lgt_sigmoid_f16");
}
LOGITUDE_NODISCARD inline status sigmoid(rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sigmoid_bf16", "y");
  return detail::answer(lgt_sigmoid_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                         y.stride(), rows, cols),
                        "lgt_sigmoid_bf16");
}

/// lgt_sigmoid_grad_f32: Gradient of `lgt_sigmoid_f32`: `dx = dy sigmoid(x) sigmoid(-x)`.
LOGITUDE_NODISCARD inline status sigmoid_grad(rows_view<const float> x, rows_view<const float> dy,
    rows_view<float> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f32", "dx");
  return detail::answer(lgt_sigmoid_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(),
                                             dx.data(), dx.stride(), rows, cols),
                        "lgt_sigmoid_grad_f32");
}
LOGITUDE_NODISCARD inline status sigmoid_grad(rows_view<const double> x, rows_view<const double> dy,
    rows_view<double> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f64", "dx");
  return detail::answer(lgt_sigmoid_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(),
                                             dx.data(), dx.stride(), rows, cols),
                        "lgt_sigmoid_grad_f64");
}
LOGITUDE_NODISCARD inline status sigmoid_grad(rows_view<const f16> x, rows_view<const f16> dy,
    rows_view<f16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols) return detail::mismatch("lgt_sigmoid_grad_f16", "dx");
  return detail::answer(lgt_sigmoid_grad_f16(detail::raw(x.data()), x.stride(),
                                             detail::raw(dy.data()), dy.stride(),
                                             detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_sigmoid_grad_f16");
}
LOGITUDE_NODISCARD inline status sigmoid_grad(rows_view<const bf16> x, rows_view<const bf16> dy,
    rows_view<bf16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_sigmoid_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_sigmoid_grad_bf16", "dx");
  return detail::answer(lgt_sigmoid_grad_bf16(detail::raw(x.data()), x.stride(),
                                              detail::raw(dy.data()), dy.stride(),
                                              detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_sigmoid_grad_bf16");
}

// ---- smooth_ece ----

/// lgt_smooth_ece_scratch: Writes how many bytes of scratch `lgt_smooth_ece` needs: for any number
/// of probabilities less than 256 KiB.
LOGITUDE_NODISCARD inline status smooth_ece_scratch(std::size_t _n, std::size_t &bytes) {
  return detail::answer(lgt_smooth_ece_scratch(_n, &bytes),
                        "lgt_smooth_ece_scratch");
}

/// lgt_smooth_ece_f32: Smooth calibration error: the residuals p - y smoothed along p by a Gaussian
/// of bandwidth `s`, reflected at 0 and 1, integrated in magnitude; at the one `s` that is equal to
/// the result.
LOGITUDE_NODISCARD inline status smooth_ece(view<const float> x, numbers_view labels,
    view<const float> weights, lgt_smooth_ece_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_smooth_ece_f32", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_smooth_ece_f32", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_smooth_ece_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_smooth_ece_scratch");
  return detail::answer(lgt_smooth_ece_f32(x.data(), labels.data(), labels.type(), weights.data(),
                                           &report, n, scratch.data(), scratch.size()),
                        "lgt_smooth_ece_f32");
}
LOGITUDE_NODISCARD inline status smooth_ece(view<const double> x, numbers_view labels,
    view<const double> weights, lgt_smooth_ece_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_smooth_ece_f64", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_smooth_ece_f64", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_smooth_ece_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_smooth_ece_scratch");
  return detail::answer(lgt_smooth_ece_f64(x.data(), labels.data(), labels.type(), weights.data(),
                                           &report, n, scratch.data(), scratch.size()),
                        "lgt_smooth_ece_f64");
}
LOGITUDE_NODISCARD inline status smooth_ece(view<const f16> x, numbers_view labels,
    view<const float> weights, lgt_smooth_ece_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_smooth_ece_f16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_smooth_ece_f16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_smooth_ece_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_smooth_ece_scratch");
  return detail::answer(lgt_smooth_ece_f16(detail::raw(x.data()), labels.data(), labels.type(),
                                           weights.data(), &report, n, scratch.data(),
                                           scratch.size()),
                        "lgt_smooth_ece_f16");
}
LOGITUDE_NODISCARD inline status smooth_ece(view<const bf16> x, numbers_view labels,
    view<const float> weights, lgt_smooth_ece_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (labels.size() != n) return detail::mismatch("lgt_smooth_ece_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != n)
    return detail::mismatch("lgt_smooth_ece_bf16", "weights");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_smooth_ece_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_smooth_ece_scratch");
  return detail::answer(lgt_smooth_ece_bf16(detail::raw(x.data()), labels.data(), labels.type(),
                                            weights.data(), &report, n, scratch.data(),
                                            scratch.size()),
                        "lgt_smooth_ece_bf16");
}

// ---- soft_label ----

/// lgt_soft_label_topk_f32: Keeps the `k` largest shares of each row and where they stand, so that
/// soft labels of many classes take little room: `lgt_soft_label_expand_f32` makes rows of them
/// again.
LOGITUDE_NODISCARD inline status soft_label_topk(rows_view<const float> x,
    rows_view<std::uint32_t> indices, rows_view<float> values) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t k = indices.cols();
  if (indices.rows() != rows) return detail::mismatch("lgt_soft_label_topk_f32", "indices");
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_topk_f32", "values");
  return detail::answer(lgt_soft_label_topk_f32(x.data(), x.stride(), k, indices.data(),
                                                indices.stride(), values.data(), values.stride(),
                                                rows, cols),
                        "lgt_soft_label_topk_f32");
}
LOGITUDE_NODISCARD inline status soft_label_topk(rows_view<const double> x,
    rows_view<std::uint32_t> indices, rows_view<double> values) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t k = indices.cols();
  if (indices.rows() != rows) return detail::mismatch("lgt_soft_label_topk_f64", "indices");
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_topk_f64", "values");
  return detail::answer(lgt_soft_label_topk_f64(x.data(), x.stride(), k, indices.data(),
                                                indices.stride(), values.data(), values.stride(),
                                                rows, cols),
                        "lgt_soft_label_topk_f64");
}
LOGITUDE_NODISCARD inline status soft_label_topk(rows_view<const f16> x,
    rows_view<std::uint32_t> indices, rows_view<f16> values) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t k = indices.cols();
  if (indices.rows() != rows) return detail::mismatch("lgt_soft_label_topk_f16", "indices");
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_topk_f16", "values");
  return detail::answer(lgt_soft_label_topk_f16(detail::raw(x.data()), x.stride(), k,
                                                indices.data(), indices.stride(),
                                                detail::raw(values.data()), values.stride(), rows,
                                                cols),
                        "lgt_soft_label_topk_f16");
}
LOGITUDE_NODISCARD inline status soft_label_topk(rows_view<const bf16> x,
    rows_view<std::uint32_t> indices, rows_view<bf16> values) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t k = indices.cols();
  if (indices.rows() != rows) return detail::mismatch("lgt_soft_label_topk_bf16", "indices");
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_topk_bf16", "values");
  return detail::answer(lgt_soft_label_topk_bf16(detail::raw(x.data()), x.stride(), k,
                                                 indices.data(), indices.stride(),
                                                 detail::raw(values.data()), values.stride(), rows,
                                                 cols),
                        "lgt_soft_label_topk_bf16");
}

/// lgt_soft_label_expand_f32: Makes rows of soft labels of their largest shares and where those
/// stand.
LOGITUDE_NODISCARD inline status soft_label_expand(rows_view<const std::uint32_t> indices,
    rows_view<const float> values, std::uint32_t mode, rows_view<float> y) {
  const std::size_t rows = indices.rows();
  const std::size_t k = indices.cols();
  const std::size_t cols = y.cols();
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_expand_f32", "values");
  if (y.rows() != rows) return detail::mismatch("lgt_soft_label_expand_f32", "y");
  return detail::answer(lgt_soft_label_expand_f32(indices.data(), indices.stride(), values.data(),
                                                  values.stride(), k, mode, y.data(), y.stride(),
                                                  rows, cols),
                        "lgt_soft_label_expand_f32");
}
LOGITUDE_NODISCARD inline status soft_label_expand(rows_view<const std::uint32_t> indices,
    rows_view<const double> values, std::uint32_t mode, rows_view<double> y) {
  const std::size_t rows = indices.rows();
  const std::size_t k = indices.cols();
  const std::size_t cols = y.cols();
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_expand_f64", "values");
  if (y.rows() != rows) return detail::mismatch("lgt_soft_label_expand_f64", "y");
  return detail::answer(lgt_soft_label_expand_f64(indices.data(), indices.stride(), values.data(),
                                                  values.stride(), k, mode, y.data(), y.stride(),
                                                  rows, cols),
                        "lgt_soft_label_expand_f64");
}
LOGITUDE_NODISCARD inline status soft_label_expand(rows_view<const std::uint32_t> indices,
    rows_view<const f16> values, std::uint32_t mode, rows_view<f16> y) {
  const std::size_t rows = indices.rows();
  const std::size_t k = indices.cols();
  const std::size_t cols = y.cols();
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_expand_f16", "values");
  if (y.rows() != rows) return detail::mismatch("lgt_soft_label_expand_f16", "y");
  return detail::answer(lgt_soft_label_expand_f16(indices.data(), indices.stride(),
                                                  detail::raw(values.data()), values.stride(), k,
                                                  mode, detail::raw(y.data()), y.stride(), rows,
                                                  cols),
                        "lgt_soft_label_expand_f16");
}
LOGITUDE_NODISCARD inline status soft_label_expand(rows_view<const std::uint32_t> indices,
    rows_view<const bf16> values, std::uint32_t mode, rows_view<bf16> y) {
  const std::size_t rows = indices.rows();
  const std::size_t k = indices.cols();
  const std::size_t cols = y.cols();
  if (values.rows() != rows || values.cols() != k)
    return detail::mismatch("lgt_soft_label_expand_bf16", "values");
  if (y.rows() != rows) return detail::mismatch("lgt_soft_label_expand_bf16", "y");
  return detail::answer(lgt_soft_label_expand_bf16(indices.data(), indices.stride(),
                                                   detail::raw(values.data()), values.stride(), k,
                                                   mode, detail::raw(y.data()), y.stride(), rows,
                                                   cols),
                        "lgt_soft_label_expand_bf16");
}

// ---- soft_label_regions ----

/// lgt_soft_label_regions_opts_default: Writes the default options.
inline lgt_soft_label_regions_opts soft_label_regions_opts_default() {
  lgt_soft_label_regions_opts made{};
  lgt_soft_label_regions_opts_default(&made);
  return made;
}

/// lgt_soft_label_regions_f32: Adapts soft labels to how sure they are: which of them are worth
/// learning from, and as what.
LOGITUDE_NODISCARD inline status soft_label_regions(rows_view<const float> x, numbers_view labels,
    rows_view<float> y = {}, view<float> weights = {}, view<std::uint8_t> region = {},
    const lgt_soft_label_regions_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_soft_label_regions_f32", "labels");
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_label_regions_f32", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f32", "weights");
  if (region.data() != nullptr && region.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f32", "region");
  return detail::answer(lgt_soft_label_regions_f32(x.data(), x.stride(), labels.data(),
                                                   labels.type(), y.data(), y.stride(),
                                                   weights.data(), region.data(), rows, cols, opts),
                        "lgt_soft_label_regions_f32");
}
LOGITUDE_NODISCARD inline status soft_label_regions(rows_view<const double> x, numbers_view labels,
    rows_view<double> y = {}, view<double> weights = {}, view<std::uint8_t> region = {},
    const lgt_soft_label_regions_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_soft_label_regions_f64", "labels");
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_label_regions_f64", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f64", "weights");
  if (region.data() != nullptr && region.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f64", "region");
  return detail::answer(lgt_soft_label_regions_f64(x.data(), x.stride(), labels.data(),
                                                   labels.type(), y.data(), y.stride(),
                                                   weights.data(), region.data(), rows, cols, opts),
                        "lgt_soft_label_regions_f64");
}
LOGITUDE_NODISCARD inline status soft_label_regions(rows_view<const f16> x, numbers_view labels,
    rows_view<f16> y = {}, view<float> weights = {}, view<std::uint8_t> region = {},
    const lgt_soft_label_regions_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_soft_label_regions_f16", "labels");
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_label_regions_f16", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f16", "weights");
  if (region.data() != nullptr && region.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_f16", "region");
  return detail::answer(lgt_soft_label_regions_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                   labels.type(), detail::raw(y.data()), y.stride(),
                                                   weights.data(), region.data(), rows, cols, opts),
                        "lgt_soft_label_regions_f16");
}
LOGITUDE_NODISCARD inline status soft_label_regions(rows_view<const bf16> x, numbers_view labels,
    rows_view<bf16> y = {}, view<float> weights = {}, view<std::uint8_t> region = {},
    const lgt_soft_label_regions_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_soft_label_regions_bf16", "labels");
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_label_regions_bf16", "y");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_bf16", "weights");
  if (region.data() != nullptr && region.size() != rows)
    return detail::mismatch("lgt_soft_label_regions_bf16", "region");
  return detail::answer(lgt_soft_label_regions_bf16(detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(),
                                                    detail::raw(y.data()), y.stride(),
                                                    weights.data(), region.data(), rows, cols,
                                                    opts),
                        "lgt_soft_label_regions_bf16");
}

// ---- soft_topk ----

/// lgt_soft_topk_f32: Soft top-k of each row: shares `p = sigmoid(alpha (x + t))` of which `t` is
/// such that they sum to `k`.
LOGITUDE_NODISCARD inline status soft_topk(rows_view<const float> x, double k, double alpha,
    std::uint32_t flags, rows_view<float> y = {}, view<double> t = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_topk_f32", "y");
  if (t.data() != nullptr && t.size() != rows) return detail::mismatch("lgt_soft_topk_f32", "t");
  return detail::answer(lgt_soft_topk_f32(x.data(), x.stride(), k, alpha, flags, y.data(),
                                          y.stride(), t.data(), rows, cols),
                        "lgt_soft_topk_f32");
}
LOGITUDE_NODISCARD inline status soft_topk(rows_view<const double> x, double k, double alpha,
    std::uint32_t flags, rows_view<double> y = {}, view<double> t = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_topk_f64", "y");
  if (t.data() != nullptr && t.size() != rows) return detail::mismatch("lgt_soft_topk_f64", "t");
  return detail::answer(lgt_soft_topk_f64(x.data(), x.stride(), k, alpha, flags, y.data(),
                                          y.stride(), t.data(), rows, cols),
                        "lgt_soft_topk_f64");
}
LOGITUDE_NODISCARD inline status soft_topk(rows_view<const f16> x, double k, double alpha,
    std::uint32_t flags, rows_view<f16> y = {}, view<double> t = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_topk_f16", "y");
  if (t.data() != nullptr && t.size() != rows) return detail::mismatch("lgt_soft_topk_f16", "t");
  return detail::answer(lgt_soft_topk_f16(detail::raw(x.data()), x.stride(), k, alpha, flags,
                                          detail::raw(y.data()), y.stride(), t.data(), rows, cols),
                        "lgt_soft_topk_f16");
}
LOGITUDE_NODISCARD inline status soft_topk(rows_view<const bf16> x, double k, double alpha,
    std::uint32_t flags, rows_view<bf16> y = {}, view<double> t = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.data() != nullptr && (y.rows() != rows || y.cols() != cols))
    return detail::mismatch("lgt_soft_topk_bf16", "y");
  if (t.data() != nullptr && t.size() != rows) return detail::mismatch("lgt_soft_topk_bf16", "t");
  return detail::answer(lgt_soft_topk_bf16(detail::raw(x.data()), x.stride(), k, alpha, flags,
                                           detail::raw(y.data()), y.stride(), t.data(), rows, cols),
                        "lgt_soft_topk_bf16");
}

/// lgt_soft_topk_grad_f32: Gradient of `lgt_soft_topk_f32`: with `v = alpha p (1 - p)`, `dx = v (dy
/// - sum v dy / sum v)`; of logarithms `dx = u - v sum u / sum v` with `u = alpha (1 - p) dy`.
LOGITUDE_NODISCARD inline status soft_topk_grad(rows_view<const float> x, view<const double> t,
    rows_view<const float> dy, double alpha, std::uint32_t flags, rows_view<float> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (t.size() != rows) return detail::mismatch("lgt_soft_topk_grad_f32", "t");
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f32", "dx");
  return detail::answer(lgt_soft_topk_grad_f32(x.data(), x.stride(), t.data(), dy.data(),
                                               dy.stride(), alpha, flags, dx.data(), dx.stride(),
                                               rows, cols),
                        "lgt_soft_topk_grad_f32");
}
LOGITUDE_NODISCARD inline status soft_topk_grad(rows_view<const double> x, view<const double> t,
    rows_view<const double> dy, double alpha, std::uint32_t flags, rows_view<double> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (t.size() != rows) return detail::mismatch("lgt_soft_topk_grad_f64", "t");
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f64", "dx");
  return detail::answer(lgt_soft_topk_grad_f64(x.data(), x.stride(), t.data(), dy.data(),
                                               dy.stride(), alpha, flags, dx.data(), dx.stride(),
                                               rows, cols),
                        "lgt_soft_topk_grad_f64");
}
LOGITUDE_NODISCARD inline status soft_topk_grad(rows_view<const f16> x, view<const double> t,
    rows_view<const f16> dy, double alpha, std::uint32_t flags, rows_view<f16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (t.size() != rows) return detail::mismatch("lgt_soft_topk_grad_f16", "t");
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_f16", "dx");
  return detail::answer(lgt_soft_topk_grad_f16(detail::raw(x.data()), x.stride(), t.data(),
                                               detail::raw(dy.data()), dy.stride(), alpha, flags,
                                               detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_soft_topk_grad_f16");
}
LOGITUDE_NODISCARD inline status soft_topk_grad(rows_view<const bf16> x, view<const double> t,
    rows_view<const bf16> dy, double alpha, std::uint32_t flags, rows_view<bf16> dx) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (t.size() != rows) return detail::mismatch("lgt_soft_topk_grad_bf16", "t");
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_soft_topk_grad_bf16", "dx");
  return detail::answer(lgt_soft_topk_grad_bf16(detail::raw(x.data()), x.stride(), t.data(),
                                                detail::raw(dy.data()), dy.stride(), alpha, flags,
                                                detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_soft_topk_grad_bf16");
}

// ---- soft_topk_loss ----

/// lgt_soft_topk_loss_f32: Soft top-k loss of each row with its gradient: the mean over what is
/// relevant of `-ln p`, where `p` are the shares of `lgt_soft_topk_f32`.
LOGITUDE_NODISCARD inline status soft_topk_loss(rows_view<const float> x, number_rows labels,
    view<const float> weights, double k, double alpha, view<double> loss = {},
    rows_view<float> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_soft_topk_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_soft_topk_loss_f32", "grad");
  return detail::answer(lgt_soft_topk_loss_f32(x.data(), x.stride(), labels.data(), labels.stride(),
                                               labels.type(), weights.data(), k, alpha, loss.data(),
                                               grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_soft_topk_loss_f32");
}
LOGITUDE_NODISCARD inline status soft_topk_loss(rows_view<const double> x, number_rows labels,
    view<const double> weights, double k, double alpha, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_soft_topk_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_soft_topk_loss_f64", "grad");
  return detail::answer(lgt_soft_topk_loss_f64(x.data(), x.stride(), labels.data(), labels.stride(),
                                               labels.type(), weights.data(), k, alpha, loss.data(),
                                               grad.data(), grad.stride(), total, rows, cols, opts),
                        "lgt_soft_topk_loss_f64");
}
LOGITUDE_NODISCARD inline status soft_topk_loss(rows_view<const f16> x, number_rows labels,
    view<const float> weights, double k, double alpha, view<double> loss = {},
    rows_view<f16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_soft_topk_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_soft_topk_loss_f16", "grad");
  return detail::answer(lgt_soft_topk_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.stride(), labels.type(), weights.data(), k,
                                               alpha, loss.data(), detail::raw(grad.data()),
                                               grad.stride(), total, rows, cols, opts),
                        "lgt_soft_topk_loss_f16");
}
LOGITUDE_NODISCARD inline status soft_topk_loss(rows_view<const bf16> x, number_rows labels,
    view<const float> weights, double k, double alpha, view<double> loss = {},
    rows_view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.rows() != rows || labels.cols() != cols)
    return detail::mismatch("lgt_soft_topk_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_soft_topk_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_soft_topk_loss_bf16", "grad");
  return detail::answer(lgt_soft_topk_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                labels.stride(), labels.type(), weights.data(), k,
                                                alpha, loss.data(), detail::raw(grad.data()),
                                                grad.stride(), total, rows, cols, opts),
                        "lgt_soft_topk_loss_bf16");
}

// ---- softmax_cols ----

/// lgt_softmax_cols_f32: Column-wise softmax: `y[r][c] = exp(scale * x[r][c]) / sum_r exp(scale *
/// x[r][c])`, so that every column sums to one: softmax along axis 0, without a transposed copy.
LOGITUDE_NODISCARD inline status softmax_cols(rows_view<const float> x, rows_view<float> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softmax_cols_f32", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_softmax_cols_f32", "lse");
  return detail::answer(lgt_softmax_cols_f32(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                             rows, cols, opts),
                        "lgt_softmax_cols_f32");
}
LOGITUDE_NODISCARD inline status softmax_cols(rows_view<const double> x, rows_view<double> y,
    view<double> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softmax_cols_f64", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_softmax_cols_f64", "lse");
  return detail::answer(lgt_softmax_cols_f64(x.data(), x.stride(), y.data(), y.stride(), lse.data(),
                                             rows, cols, opts),
                        "lgt_softmax_cols_f64");
}
LOGITUDE_NODISCARD inline status softmax_cols(rows_view<const f16> x, rows_view<f16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softmax_cols_f16", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_softmax_cols_f16", "lse");
  return detail::answer(lgt_softmax_cols_f16(detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), lse.data(), rows,
                                             cols, opts),
                        "lgt_softmax_cols_f16");
}
LOGITUDE_NODISCARD inline status softmax_cols(rows_view<const bf16> x, rows_view<bf16> y,
    view<float> lse = {}, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softmax_cols_bf16", "y");
  if (lse.data() != nullptr && lse.size() != cols)
    return detail::mismatch("lgt_softmax_cols_bf16", "lse");
  return detail::answer(lgt_softmax_cols_bf16(detail::raw(x.data()), x.stride(),
                                              detail::raw(y.data()), y.stride(), lse.data(), rows,
                                              cols, opts),
                        "lgt_softmax_cols_bf16");
}

/// lgt_softmax_cols_grad_f32: Gradient of column-wise softmax, as a vector-Jacobian product:
/// `dx[r][c] = scale * y[r][c] * (dy[r][c] - sum_r y[r][c] * dy[r][c])`, each sum over the rows of
/// a column.
LOGITUDE_NODISCARD inline status softmax_cols_grad(rows_view<const float> y,
    rows_view<const float> dy, rows_view<float> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f32", "dx");
  return detail::answer(lgt_softmax_cols_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                                  dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_softmax_cols_grad_f32");
}
LOGITUDE_NODISCARD inline status softmax_cols_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<double> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f64", "dx");
  return detail::answer(lgt_softmax_cols_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                                  dx.data(), dx.stride(), rows, cols, opts),
                        "lgt_softmax_cols_grad_f64");
}
LOGITUDE_NODISCARD inline status softmax_cols_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<f16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_f16", "dx");
  return detail::answer(lgt_softmax_cols_grad_f16(detail::raw(y.data()), y.stride(),
                                                  detail::raw(dy.data()), dy.stride(),
                                                  detail::raw(dx.data()), dx.stride(), rows, cols,
                                                  opts),
                        "lgt_softmax_cols_grad_f16");
}
LOGITUDE_NODISCARD inline status softmax_cols_grad(rows_view<const bf16> y,
    rows_view<const bf16> dy, rows_view<bf16> dx, const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softmax_cols_grad_bf16", "dx");
  return detail::answer(lgt_softmax_cols_grad_bf16(detail::raw(y.data()), y.stride(),
                                                   detail::raw(dy.data()), dy.stride(),
                                                   detail::raw(dx.data()), dx.stride(), rows, cols,
                                                   opts),
                        "lgt_softmax_cols_grad_bf16");
}

// ---- softmax_grad ----

/// lgt_softmax_grad_f32: Gradient of row-wise softmax, as a vector-Jacobian product: from the
/// shares `y` and the gradient `dy` of something in them to that in the scores, `dx[r][c] = scale *
/// y[r][c] * (dy[r][c] - sum_c y[r][c] * dy[r][c])`.
LOGITUDE_NODISCARD inline status softmax_grad(rows_view<const float> y, rows_view<const float> dy,
    rows_view<const float> x, rows_view<float> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_softmax_grad_f32", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_softmax_grad_f32", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_softmax_grad_f32", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_softmax_grad_f32", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_softmax_grad_f32", "dsink");
  return detail::answer(lgt_softmax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(), x.data(),
                                             x.stride(), dx.data(), dx.stride(), dsink.data(), rows,
                                             cols, opts),
                        "lgt_softmax_grad_f32");
}
LOGITUDE_NODISCARD inline status softmax_grad(rows_view<const double> y, rows_view<const double> dy,
    rows_view<const double> x, rows_view<double> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_softmax_grad_f64", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_softmax_grad_f64", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_softmax_grad_f64", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_softmax_grad_f64", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_softmax_grad_f64", "dsink");
  return detail::answer(lgt_softmax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(), x.data(),
                                             x.stride(), dx.data(), dx.stride(), dsink.data(), rows,
                                             cols, opts),
                        "lgt_softmax_grad_f64");
}
LOGITUDE_NODISCARD inline status softmax_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<const f16> x, rows_view<f16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_softmax_grad_f16", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_softmax_grad_f16", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_softmax_grad_f16", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_softmax_grad_f16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_softmax_grad_f16", "dsink");
  return detail::answer(lgt_softmax_grad_f16(detail::raw(y.data()), y.stride(),
                                             detail::raw(dy.data()), dy.stride(),
                                             detail::raw(x.data()), x.stride(),
                                             detail::raw(dx.data()), dx.stride(), dsink.data(),
                                             rows, cols, opts),
                        "lgt_softmax_grad_f16");
}
LOGITUDE_NODISCARD inline status softmax_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    rows_view<const bf16> x, rows_view<bf16> dx, view<double> dsink = {},
    const lgt_softmax_opts *opts = nullptr) {
  const std::size_t rows = y.rows();
  const std::size_t cols = dx.cols();
  const std::size_t picked = detail::picked(cols, opts);
  if (y.cols() != picked) return detail::mismatch("lgt_softmax_grad_bf16", "y");
  if (dy.rows() != rows || dy.cols() != picked)
    return detail::mismatch("lgt_softmax_grad_bf16", "dy");
  if (x.data() != nullptr && (x.rows() != rows || x.cols() != cols))
    return detail::mismatch("lgt_softmax_grad_bf16", "x");
  if (dx.rows() != rows) return detail::mismatch("lgt_softmax_grad_bf16", "dx");
  if (dsink.data() != nullptr && dsink.size() != rows)
    return detail::mismatch("lgt_softmax_grad_bf16", "dsink");
  return detail::answer(lgt_softmax_grad_bf16(detail::raw(y.data()), y.stride(),
                                              detail::raw(dy.data()), dy.stride(),
                                              detail::raw(x.data()), x.stride(),
                                              detail::raw(dx.data()), dx.stride(), dsink.data(),
                                              rows, cols, opts),
                        "lgt_softmax_grad_bf16");
}

// ---- softplus ----

/// lgt_softplus_f32: Softplus of each entry: `y = ln(1 + exp(beta x)) / beta`.
LOGITUDE_NODISCARD inline status softplus(rows_view<const float> x, rows_view<float> y,
    double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softplus_f32", "y");
  return detail::answer(lgt_softplus_f32(x.data(), x.stride(), y.data(), y.stride(), beta, rows,
                                         cols),
                        "lgt_softplus_f32");
}
LOGITUDE_NODISCARD inline status softplus(rows_view<const double> x, rows_view<double> y,
    double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softplus_f64", "y");
  return detail::answer(lgt_softplus_f64(x.data(), x.stride(), y.data(), y.stride(), beta, rows,
                                         cols),
                        "lgt_softplus_f64");
}
LOGITUDE_NODISCARD inline status softplus(rows_view<const f16> x, rows_view<f16> y, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softplus_f16", "y");
  return detail::answer(lgt_softplus_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                         y.stride(), beta, rows, cols),
                        "lgt_softplus_f16");
}
LOGITUDE_NODISCARD inline status softplus(rows_view<const bf16> x, rows_view<bf16> y, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_softplus_bf16", "y");
  return detail::answer(lgt_softplus_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                          y.stride(), beta, rows, cols),
                        "lgt_softplus_bf16");
}

/// lgt_softplus_grad_f32: Gradient of `lgt_softplus_f32`: `dx = dy sigmoid(beta x)`.
LOGITUDE_NODISCARD inline status softplus_grad(rows_view<const float> x, rows_view<const float> dy,
    rows_view<float> dx, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f32", "dx");
  return detail::answer(lgt_softplus_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(),
                                              dx.data(), dx.stride(), beta, rows, cols),
                        "lgt_softplus_grad_f32");
}
LOGITUDE_NODISCARD inline status softplus_grad(rows_view<const double> x,
    rows_view<const double> dy, rows_view<double> dx, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f64", "dx");
  return detail::answer(lgt_softplus_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(),
                                              dx.data(), dx.stride(), beta, rows, cols),
                        "lgt_softplus_grad_f64");
}
LOGITUDE_NODISCARD inline status softplus_grad(rows_view<const f16> x, rows_view<const f16> dy,
    rows_view<f16> dx, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_f16", "dx");
  return detail::answer(lgt_softplus_grad_f16(detail::raw(x.data()), x.stride(),
                                              detail::raw(dy.data()), dy.stride(),
                                              detail::raw(dx.data()), dx.stride(), beta, rows,
                                              cols),
                        "lgt_softplus_grad_f16");
}
LOGITUDE_NODISCARD inline status softplus_grad(rows_view<const bf16> x, rows_view<const bf16> dy,
    rows_view<bf16> dx, double beta) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_softplus_grad_bf16", "dx");
  return detail::answer(lgt_softplus_grad_bf16(detail::raw(x.data()), x.stride(),
                                               detail::raw(dy.data()), dy.stride(),
                                               detail::raw(dx.data()), dx.stride(), beta, rows,
                                               cols),
                        "lgt_softplus_grad_bf16");
}

// ---- somers ----

/// lgt_somers_scratch: Writes how many bytes of scratch `lgt_somers` needs: 12 a row.
LOGITUDE_NODISCARD inline status somers_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_somers_scratch(n, &bytes),
                        "lgt_somers_scratch");
}

/// lgt_somers_f32: Somers' D: of pairs of rows that differ in x, those in the same order in y less
/// those in the opposite order.
LOGITUDE_NODISCARD inline status somers(view<const float> x, view<const float> y,
    lgt_somers_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_somers_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_somers_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_somers_scratch");
  return detail::answer(lgt_somers_f32(x.data(), y.data(), &report, n, scratch.data(),
                                       scratch.size()),
                        "lgt_somers_f32");
}
LOGITUDE_NODISCARD inline status somers(view<const double> x, view<const double> y,
    lgt_somers_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_somers_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_somers_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_somers_scratch");
  return detail::answer(lgt_somers_f64(x.data(), y.data(), &report, n, scratch.data(),
                                       scratch.size()),
                        "lgt_somers_f64");
}
LOGITUDE_NODISCARD inline status somers(view<const f16> x, view<const f16> y,
    lgt_somers_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_somers_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_somers_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_somers_scratch");
  return detail::answer(lgt_somers_f16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                       scratch.data(), scratch.size()),
                        "lgt_somers_f16");
}
LOGITUDE_NODISCARD inline status somers(view<const bf16> x, view<const bf16> y,
    lgt_somers_report &report, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_somers_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_somers_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_somers_scratch");
  return detail::answer(lgt_somers_bf16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                        scratch.data(), scratch.size()),
                        "lgt_somers_bf16");
}

// ---- sparsemax ----

/// lgt_sparsemax_f32: Row-wise sparsemax: the shares nearest to the scores.
LOGITUDE_NODISCARD inline status sparsemax(rows_view<const float> x, rows_view<float> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sparsemax_f32", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_sparsemax_f32", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_sparsemax_f32", "support");
  return detail::answer(lgt_sparsemax_f32(x.data(), x.stride(), y.data(), y.stride(), tau.data(),
                                          support.data(), rows, cols),
                        "lgt_sparsemax_f32");
}
LOGITUDE_NODISCARD inline status sparsemax(rows_view<const double> x, rows_view<double> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sparsemax_f64", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_sparsemax_f64", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_sparsemax_f64", "support");
  return detail::answer(lgt_sparsemax_f64(x.data(), x.stride(), y.data(), y.stride(), tau.data(),
                                          support.data(), rows, cols),
                        "lgt_sparsemax_f64");
}
LOGITUDE_NODISCARD inline status sparsemax(rows_view<const f16> x, rows_view<f16> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sparsemax_f16", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_sparsemax_f16", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_sparsemax_f16", "support");
  return detail::answer(lgt_sparsemax_f16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                          y.stride(), tau.data(), support.data(), rows, cols),
                        "lgt_sparsemax_f16");
}
LOGITUDE_NODISCARD inline status sparsemax(rows_view<const bf16> x, rows_view<bf16> y,
    view<double> tau = {}, view<std::size_t> support = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_sparsemax_bf16", "y");
  if (tau.data() != nullptr && tau.size() != rows)
    return detail::mismatch("lgt_sparsemax_bf16", "tau");
  if (support.data() != nullptr && support.size() != rows)
    return detail::mismatch("lgt_sparsemax_bf16", "support");
  return detail::answer(lgt_sparsemax_bf16(detail::raw(x.data()), x.stride(), detail::raw(y.data()),
                                           y.stride(), tau.data(), support.data(), rows, cols),
                        "lgt_sparsemax_bf16");
}

/// lgt_sparsemax_grad_f32: Gradient of `lgt_sparsemax_f32` through its result: `dx = J dy`.
LOGITUDE_NODISCARD inline status sparsemax_grad(rows_view<const float> y, rows_view<const float> dy,
    rows_view<float> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f32", "dx");
  return detail::answer(lgt_sparsemax_grad_f32(y.data(), y.stride(), dy.data(), dy.stride(),
                                               dx.data(), dx.stride(), rows, cols),
                        "lgt_sparsemax_grad_f32");
}
LOGITUDE_NODISCARD inline status sparsemax_grad(rows_view<const double> y,
    rows_view<const double> dy, rows_view<double> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f64", "dx");
  return detail::answer(lgt_sparsemax_grad_f64(y.data(), y.stride(), dy.data(), dy.stride(),
                                               dx.data(), dx.stride(), rows, cols),
                        "lgt_sparsemax_grad_f64");
}
LOGITUDE_NODISCARD inline status sparsemax_grad(rows_view<const f16> y, rows_view<const f16> dy,
    rows_view<f16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_f16", "dx");
  return detail::answer(lgt_sparsemax_grad_f16(detail::raw(y.data()), y.stride(),
                                               detail::raw(dy.data()), dy.stride(),
                                               detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_sparsemax_grad_f16");
}
LOGITUDE_NODISCARD inline status sparsemax_grad(rows_view<const bf16> y, rows_view<const bf16> dy,
    rows_view<bf16> dx) {
  const std::size_t rows = y.rows();
  const std::size_t cols = y.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_sparsemax_grad_bf16", "dx");
  return detail::answer(lgt_sparsemax_grad_bf16(detail::raw(y.data()), y.stride(),
                                                detail::raw(dy.data()), dy.stride(),
                                                detail::raw(dx.data()), dx.stride(), rows, cols),
                        "lgt_sparsemax_grad_bf16");
}

// ---- sparsemax_loss ----

/// lgt_sparsemax_loss_f32: Sparsemax loss of each row, with its gradient in the logits.
LOGITUDE_NODISCARD inline status sparsemax_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_sparsemax_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_sparsemax_loss_f32", "grad");
  return detail::answer(lgt_sparsemax_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                               weights.data(), loss.data(), grad.data(),
                                               grad.stride(), total, rows, cols, opts),
                        "lgt_sparsemax_loss_f32");
}
LOGITUDE_NODISCARD inline status sparsemax_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights = {}, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_sparsemax_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_sparsemax_loss_f64", "grad");
  return detail::answer(lgt_sparsemax_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                               weights.data(), loss.data(), grad.data(),
                                               grad.stride(), total, rows, cols, opts),
                        "lgt_sparsemax_loss_f64");
}
LOGITUDE_NODISCARD inline status sparsemax_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_sparsemax_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_sparsemax_loss_f16", "grad");
  return detail::answer(lgt_sparsemax_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.type(), weights.data(), loss.data(),
                                               detail::raw(grad.data()), grad.stride(), total, rows,
                                               cols, opts),
                        "lgt_sparsemax_loss_f16");
}
LOGITUDE_NODISCARD inline status sparsemax_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_sparsemax_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_sparsemax_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_sparsemax_loss_bf16", "grad");
  return detail::answer(lgt_sparsemax_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                labels.type(), weights.data(), loss.data(),
                                                detail::raw(grad.data()), grad.stride(), total,
                                                rows, cols, opts),
                        "lgt_sparsemax_loss_bf16");
}

// ---- spearman ----

/// lgt_spearman_scratch: Writes how many bytes of scratch `lgt_spearman` needs: 12 a row.
LOGITUDE_NODISCARD inline status spearman_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_spearman_scratch(n, &bytes),
                        "lgt_spearman_scratch");
}

/// lgt_spearman_f32: Spearman's rank correlation: Pearson's of the ranks, where equal numbers (-0
/// and 0 are) have the mean of theirs.
LOGITUDE_NODISCARD inline status spearman(view<const float> x, view<const float> y,
    lgt_spearman_report &report, double level, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_spearman_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spearman_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spearman_scratch");
  return detail::answer(lgt_spearman_f32(x.data(), y.data(), &report, n, level, scratch.data(),
                                         scratch.size()),
                        "lgt_spearman_f32");
}
LOGITUDE_NODISCARD inline status spearman(view<const double> x, view<const double> y,
    lgt_spearman_report &report, double level, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_spearman_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spearman_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spearman_scratch");
  return detail::answer(lgt_spearman_f64(x.data(), y.data(), &report, n, level, scratch.data(),
                                         scratch.size()),
                        "lgt_spearman_f64");
}
LOGITUDE_NODISCARD inline status spearman(view<const f16> x, view<const f16> y,
    lgt_spearman_report &report, double level, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_spearman_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spearman_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spearman_scratch");
  return detail::answer(lgt_spearman_f16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                         level, scratch.data(), scratch.size()),
                        "lgt_spearman_f16");
}
LOGITUDE_NODISCARD inline status spearman(view<const bf16> x, view<const bf16> y,
    lgt_spearman_report &report, double level, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_spearman_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spearman_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spearman_scratch");
  return detail::answer(lgt_spearman_bf16(detail::raw(x.data()), detail::raw(y.data()), &report, n,
                                          level, scratch.data(), scratch.size()),
                        "lgt_spearman_bf16");
}

// ---- spherical ----

/// lgt_spherical_size: Writes how many bytes a state of `lgt_spherical` needs.
LOGITUDE_NODISCARD inline status spherical_size(std::size_t &bytes) {
  return detail::answer(lgt_spherical_size(&bytes),
                        "lgt_spherical_size");
}

/// lgt_spherical_init: Starts a state of the spherical score: the mean of `p_label / sqrt(sum_c
/// p_c^2)`, from 0 to 1.
LOGITUDE_NODISCARD inline status spherical_init(bytes state) {
  std::size_t state_bytes = 0;
  status state_room = lgt_spherical_size(&state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_spherical_size");
  return detail::answer(lgt_spherical_init(state.data(), state.size()),
                        "lgt_spherical_init");
}

/// lgt_spherical_update_f32: Adds rows to a state of the spherical score: the mean of `p_label /
/// sqrt(sum_c p_c^2)`, from 0 to 1.
LOGITUDE_NODISCARD inline status spherical_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_update_f32", "weights");
  return detail::answer(lgt_spherical_update_f32(state.data(), x.data(), x.stride(), labels.data(),
                                                 labels.type(), weights.data(), rows, cols),
                        "lgt_spherical_update_f32");
}
LOGITUDE_NODISCARD inline status spherical_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_update_f64", "weights");
  return detail::answer(lgt_spherical_update_f64(state.data(), x.data(), x.stride(), labels.data(),
                                                 labels.type(), weights.data(), rows, cols),
                        "lgt_spherical_update_f64");
}
LOGITUDE_NODISCARD inline status spherical_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_update_f16", "weights");
  return detail::answer(lgt_spherical_update_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                 labels.data(), labels.type(), weights.data(), rows,
                                                 cols),
                        "lgt_spherical_update_f16");
}
LOGITUDE_NODISCARD inline status spherical_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_update_bf16", "weights");
  return detail::answer(lgt_spherical_update_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                  labels.data(), labels.type(), weights.data(),
                                                  rows, cols),
                        "lgt_spherical_update_bf16");
}

/// lgt_spherical_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status spherical_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_spherical_merge(state.data(), other.data()),
                        "lgt_spherical_merge");
}

/// lgt_spherical_finish: Writes the result so far; the state can go on.
LOGITUDE_NODISCARD inline status spherical_finish(const_bytes state, lgt_spherical_report &report) {
  return detail::answer(lgt_spherical_finish(state.data(), &report),
                        "lgt_spherical_finish");
}

/// The bytes of a state of lgt_spherical, and its verbs.
class spherical_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit spherical_state() {
    spherical_init(*this);
  }
#endif
  static result<spherical_state> make() {
    spherical_state made{detail::empty()};
    const status got = spherical_init(made);
    return detail::with(got, std::move(made));
  }
  static result<spherical_state> load(const_bytes saved) {
    spherical_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_SPHERICAL);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return spherical_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return spherical_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return spherical_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return spherical_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const spherical_state &other) {
    return spherical_merge(*this, other);
  }
  result<lgt_spherical_report> finish() const {
    lgt_spherical_report report{};
    const status got = spherical_finish(*this, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit spherical_state(detail::empty) {}
};

// ---- spherical_family ----

/// lgt_spherical_family: Losses of the spherical family from the three numbers of a row that they
/// depend on, with the derivatives in them: the label's output, the sum of all outputs and the sum
/// of their squares.
LOGITUDE_NODISCARD inline status spherical_family(std::uint32_t kind, double a, double b,
    view<const double> own, view<const double> sum, view<const double> squares,
    std::uint64_t classes, view<double> loss = {}, view<double> d_own = {}, view<double> d_sum = {},
    view<double> d_squares = {}) {
  const std::size_t n = own.size();
  if (sum.size() != n) return detail::mismatch("lgt_spherical_family", "sum");
  if (squares.size() != n) return detail::mismatch("lgt_spherical_family", "squares");
  if (loss.data() != nullptr && loss.size() != n)
    return detail::mismatch("lgt_spherical_family", "loss");
  if (d_own.data() != nullptr && d_own.size() != n)
    return detail::mismatch("lgt_spherical_family", "d_own");
  if (d_sum.data() != nullptr && d_sum.size() != n)
    return detail::mismatch("lgt_spherical_family", "d_sum");
  if (d_squares.data() != nullptr && d_squares.size() != n)
    return detail::mismatch("lgt_spherical_family", "d_squares");
  return detail::answer(lgt_spherical_family(kind, a, b, own.data(), sum.data(), squares.data(),
                                             classes, loss.data(), d_own.data(), d_sum.data(),
                                             d_squares.data(), n),
                        "lgt_spherical_family");
}

// ---- spherical_layer ----

/// lgt_spherical_layer_size: Writes how many bytes a layer needs: 32 + 24 dims^2 + 16 dims, and 8
/// classes dims (with `LGT_F32` 4, up to a multiple of 8).
LOGITUDE_NODISCARD inline status spherical_layer_size(std::uint32_t classes, std::uint32_t dims,
    std::uint32_t storage, std::size_t &bytes) {
  return detail::answer(lgt_spherical_layer_size(classes, dims, storage, &bytes),
                        "lgt_spherical_layer_size");
}

/// lgt_spherical_layer_scratch: Writes how many bytes of scratch `lgt_spherical_layer_forward`,
/// `lgt_spherical_layer_step` and `lgt_spherical_layer_check` need.
LOGITUDE_NODISCARD inline status spherical_layer_scratch(std::uint32_t dims, std::size_t rows,
    std::size_t &bytes) {
  return detail::answer(lgt_spherical_layer_scratch(dims, rows, &bytes),
                        "lgt_spherical_layer_scratch");
}

/// lgt_spherical_layer_init: Starts a linear layer of many outputs, trained by gradient descent
/// under a loss of the spherical family, whose steps cost the same however many outputs there are.
LOGITUDE_NODISCARD inline status spherical_layer_init(bytes layer, std::uint32_t classes,
    std::uint32_t dims, std::uint32_t storage, rows_view<const double> weights = {}) {
  if (weights.data() != nullptr && (weights.rows() != classes || weights.cols() != dims))
    return detail::mismatch("lgt_spherical_layer_init", "weights");
  std::size_t layer_bytes = 0;
  status layer_room = lgt_spherical_layer_size(classes, dims, storage, &layer_bytes);
  if (layer_room >= 0) layer_room = layer.grow(layer_bytes);
  if (layer_room < 0) return detail::answer(layer_room, "lgt_spherical_layer_size");
  return detail::answer(lgt_spherical_layer_init(layer.data(), layer.size(), classes, dims, storage,
                                                 weights.data(), weights.stride()),
                        "lgt_spherical_layer_init");
}

/// lgt_spherical_layer_forward: Writes, for each input, the outputs of its labels, the sum of all
/// outputs and that of their squares: all that a loss of the spherical family wants to know.
LOGITUDE_NODISCARD inline status spherical_layer_forward(const_bytes layer,
    rows_view<const double> h, numbers_view labels, std::size_t targets, view<double> own,
    view<double> sum, view<double> squares, bytes scratch) {
  const std::size_t rows = h.rows();
  const std::size_t dims = h.cols();
  if (labels.size() != rows * targets)
    return detail::mismatch("lgt_spherical_layer_forward", "labels");
  if (own.size() != rows * targets) return detail::mismatch("lgt_spherical_layer_forward", "own");
  if (sum.size() != rows) return detail::mismatch("lgt_spherical_layer_forward", "sum");
  if (squares.size() != rows) return detail::mismatch("lgt_spherical_layer_forward", "squares");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spherical_layer_scratch(static_cast<std::uint32_t>(dims), rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spherical_layer_scratch");
  return detail::answer(lgt_spherical_layer_forward(layer.data(), h.data(), h.stride(),
                                                    labels.data(), labels.type(), targets,
                                                    own.data(), sum.data(), squares.data(), rows,
                                                    scratch.data(), scratch.size()),
                        "lgt_spherical_layer_forward");
}

/// lgt_spherical_layer_step: A step of gradient descent on the weights of a layer, and the
/// gradients in its inputs.
LOGITUDE_NODISCARD inline status spherical_layer_step(bytes layer, rows_view<const double> h,
    numbers_view labels, std::size_t targets, view<const double> d_own, view<const double> d_sum,
    view<const double> d_squares, double rate, double decay, rows_view<double> d_h, bytes scratch) {
  const std::size_t rows = h.rows();
  const std::size_t dims = h.cols();
  if (labels.size() != rows * targets)
    return detail::mismatch("lgt_spherical_layer_step", "labels");
  if (d_own.size() != rows * targets) return detail::mismatch("lgt_spherical_layer_step", "d_own");
  if (d_sum.size() != rows) return detail::mismatch("lgt_spherical_layer_step", "d_sum");
  if (d_squares.size() != rows) return detail::mismatch("lgt_spherical_layer_step", "d_squares");
  if (d_h.data() != nullptr && (d_h.rows() != rows || d_h.cols() != dims))
    return detail::mismatch("lgt_spherical_layer_step", "d_h");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spherical_layer_scratch(static_cast<std::uint32_t>(dims), rows, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spherical_layer_scratch");
  return detail::answer(lgt_spherical_layer_step(layer.data(), h.data(), h.stride(), labels.data(),
                                                 labels.type(), targets, d_own.data(), d_sum.data(),
                                                 d_squares.data(), rate, decay, d_h.data(),
                                                 d_h.stride(), rows, scratch.data(),
                                                 scratch.size()),
                        "lgt_spherical_layer_step");
}

/// lgt_spherical_layer_rows: Writes rows of the weights of a layer.
LOGITUDE_NODISCARD inline status spherical_layer_rows(const_bytes layer, std::size_t first,
    rows_view<double> weights, bytes scratch) {
  const std::size_t rows = weights.rows();
  return detail::answer(lgt_spherical_layer_rows(layer.data(), first, weights.data(),
                                                 weights.stride(), rows, scratch.data(),
                                                 scratch.size()),
                        "lgt_spherical_layer_rows");
}

/// lgt_spherical_layer_refactor: Starts a layer afresh from its own weights: what is kept beside
/// them is found anew, so that what rounding has added up is gone.
LOGITUDE_NODISCARD inline status spherical_layer_refactor(bytes layer) {
  return detail::answer(lgt_spherical_layer_refactor(layer.data()),
                        "lgt_spherical_layer_refactor");
}

/// lgt_spherical_layer_check: Says whether `size` bytes are a layer, and how far what is kept
/// beside the weights has drifted by rounding.
LOGITUDE_NODISCARD inline status spherical_layer_check(const_bytes layer, double *inverse = nullptr,
    double *gram = nullptr, double *sums = nullptr, bytes scratch = {}) {
  return detail::answer(lgt_spherical_layer_check(layer.data(), layer.size(), inverse, gram, sums,
                                                  scratch.data(), scratch.size()),
                        "lgt_spherical_layer_check");
}

// ---- spherical_loss ----

/// lgt_spherical_loss_f32: Negative logarithm of the spherical softmax of each row's label, with
/// its gradient in the outputs.
LOGITUDE_NODISCARD inline status spherical_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double eps, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_spherical_loss_f32", "grad");
  return detail::answer(lgt_spherical_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                               weights.data(), eps, loss.data(), grad.data(),
                                               grad.stride(), total, rows, cols, opts),
                        "lgt_spherical_loss_f32");
}
LOGITUDE_NODISCARD inline status spherical_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double eps, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_spherical_loss_f64", "grad");
  return detail::answer(lgt_spherical_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                               weights.data(), eps, loss.data(), grad.data(),
                                               grad.stride(), total, rows, cols, opts),
                        "lgt_spherical_loss_f64");
}
LOGITUDE_NODISCARD inline status spherical_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double eps, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_spherical_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_spherical_loss_f16", "grad");
  return detail::answer(lgt_spherical_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.type(), weights.data(), eps, loss.data(),
                                               detail::raw(grad.data()), grad.stride(), total, rows,
                                               cols, opts),
                        "lgt_spherical_loss_f16");
}
LOGITUDE_NODISCARD inline status spherical_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double eps, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_spherical_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spherical_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_spherical_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_spherical_loss_bf16", "grad");
  return detail::answer(lgt_spherical_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                labels.type(), weights.data(), eps, loss.data(),
                                                detail::raw(grad.data()), grad.stride(), total,
                                                rows, cols, opts),
                        "lgt_spherical_loss_bf16");
}

// ---- spherical_softmax ----

/// lgt_spherical_softmax_f32: Spherical softmax of each row: shares in proportion to `x^2 + eps`.
LOGITUDE_NODISCARD inline status spherical_softmax(rows_view<const float> x, rows_view<float> y,
    double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_f32", "y");
  return detail::answer(lgt_spherical_softmax_f32(x.data(), x.stride(), y.data(), y.stride(), eps,
                                                  rows, cols),
                        "lgt_spherical_softmax_f32");
}
LOGITUDE_NODISCARD inline status spherical_softmax(rows_view<const double> x, rows_view<double> y,
    double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_f64", "y");
  return detail::answer(lgt_spherical_softmax_f64(x.data(), x.stride(), y.data(), y.stride(), eps,
                                                  rows, cols),
                        "lgt_spherical_softmax_f64");
}
LOGITUDE_NODISCARD inline status spherical_softmax(rows_view<const f16> x, rows_view<f16> y,
    double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_f16", "y");
  return detail::answer(lgt_spherical_softmax_f16(detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), eps, rows,
                                                  cols),
                        "lgt_spherical_softmax_f16");
}
LOGITUDE_NODISCARD inline status spherical_softmax(rows_view<const bf16> x, rows_view<bf16> y,
    double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_bf16", "y");
  return detail::answer(lgt_spherical_softmax_bf16(detail::raw(x.data()), x.stride(),
                                                   detail::raw(y.data()), y.stride(), eps, rows,
                                                   cols),
                        "lgt_spherical_softmax_bf16");
}

/// lgt_spherical_softmax_grad_f32: Gradient of `lgt_spherical_softmax_f32`: `dx = 2 x (dy - sum y
/// dy) / sum (x^2 + eps)`.
LOGITUDE_NODISCARD inline status spherical_softmax_grad(rows_view<const float> x,
    rows_view<const float> dy, rows_view<float> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f32", "dx");
  return detail::answer(lgt_spherical_softmax_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(),
                                                       dx.data(), dx.stride(), eps, rows, cols),
                        "lgt_spherical_softmax_grad_f32");
}
LOGITUDE_NODISCARD inline status spherical_softmax_grad(rows_view<const double> x,
    rows_view<const double> dy, rows_view<double> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f64", "dx");
  return detail::answer(lgt_spherical_softmax_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(),
                                                       dx.data(), dx.stride(), eps, rows, cols),
                        "lgt_spherical_softmax_grad_f64");
}
LOGITUDE_NODISCARD inline status spherical_softmax_grad(rows_view<const f16> x,
    rows_view<const f16> dy, rows_view<f16> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_f16", "dx");
  return detail::answer(lgt_spherical_softmax_grad_f16(detail::raw(x.data()), x.stride(),
                                                       detail::raw(dy.data()), dy.stride(),
                                                       detail::raw(dx.data()), dx.stride(), eps,
                                                       rows, cols),
                        "lgt_spherical_softmax_grad_f16");
}
LOGITUDE_NODISCARD inline status spherical_softmax_grad(rows_view<const bf16> x,
    rows_view<const bf16> dy, rows_view<bf16> dx, double eps) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_spherical_softmax_grad_bf16", "dx");
  return detail::answer(lgt_spherical_softmax_grad_bf16(detail::raw(x.data()), x.stride(),
                                                        detail::raw(dy.data()), dy.stride(),
                                                        detail::raw(dx.data()), dx.stride(), eps,
                                                        rows, cols),
                        "lgt_spherical_softmax_grad_bf16");
}

// ---- spline ----

/// lgt_spline_opts_default: Writes the default options.
inline lgt_spline_opts spline_opts_default() {
  lgt_spline_opts made{};
  lgt_spline_opts_default(&made);
  return made;
}

/// lgt_spline_size: Writes how many bytes a model of `lgt_spline` takes at most: 40, 8 a knot, and
/// 16 a row up to 1024 rows.
LOGITUDE_NODISCARD inline status spline_size(std::size_t rows, const lgt_spline_opts *opts,
    std::size_t &bytes) {
  return detail::answer(lgt_spline_size(rows, opts, &bytes),
                        "lgt_spline_size");
}

/// lgt_spline_scratch: Writes how many bytes of scratch `lgt_spline_fit` needs: twice the bytes of
/// a score a row (at least 6), with weights 8 a row and those of a score.
LOGITUDE_NODISCARD inline status spline_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_spline_scratch(rows, score_size, weighted, &bytes),
                        "lgt_spline_scratch");
}

/// lgt_spline_fit_f32: Fits a spline calibrator to held-out scores of two classes: along rows in
/// order of their scores, the slope of the curve to which hits add up is the probability of a hit.
LOGITUDE_NODISCARD inline status spline_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_spline_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_spline_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spline_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_spline_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_spline_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spline_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spline_scratch");
  return detail::answer(lgt_spline_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                           labels.data(), labels.type(), weights.data(), rows, opts,
                                           scratch.data(), scratch.size()),
                        "lgt_spline_fit_f32");
}
LOGITUDE_NODISCARD inline status spline_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_spline_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_spline_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spline_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_spline_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_spline_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spline_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spline_scratch");
  return detail::answer(lgt_spline_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                           labels.data(), labels.type(), weights.data(), rows, opts,
                                           scratch.data(), scratch.size()),
                        "lgt_spline_fit_f64");
}
LOGITUDE_NODISCARD inline status spline_fit(bytes model, column_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_spline_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_spline_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spline_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_spline_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_spline_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spline_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spline_scratch");
  return detail::answer(lgt_spline_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                           x.stride(), labels.data(), labels.type(), weights.data(),
                                           rows, opts, scratch.data(), scratch.size()),
                        "lgt_spline_fit_f16");
}
LOGITUDE_NODISCARD inline status spline_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_spline_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_spline_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_spline_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_spline_size(rows, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_spline_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_spline_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_spline_scratch");
  return detail::answer(lgt_spline_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                            x.stride(), labels.data(), labels.type(),
                                            weights.data(), rows, opts, scratch.data(),
                                            scratch.size()),
                        "lgt_spline_fit_bf16");
}

/// lgt_spline_apply_f32: Calibrated probabilities: the fitted function at new scores.
LOGITUDE_NODISCARD inline status spline_apply(const_bytes model, column_view<const float> x,
    column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_spline_apply_f32", "y");
  return detail::answer(lgt_spline_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                             y.stride(), rows),
                        "lgt_spline_apply_f32");
}
LOGITUDE_NODISCARD inline status spline_apply(const_bytes model, column_view<const double> x,
    column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_spline_apply_f64", "y");
  return detail::answer(lgt_spline_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                             y.stride(), rows),
                        "lgt_spline_apply_f64");
}
LOGITUDE_NODISCARD inline status spline_apply(const_bytes model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_spline_apply_f16", "y");
  return detail::answer(lgt_spline_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                             detail::raw(y.data()), y.stride(), rows),
                        "lgt_spline_apply_f16");
}
LOGITUDE_NODISCARD inline status spline_apply(const_bytes model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_spline_apply_bf16", "y");
  return detail::answer(lgt_spline_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                              detail::raw(y.data()), y.stride(), rows),
                        "lgt_spline_apply_bf16");
}

// ---- squared_error ----

/// lgt_squared_error_f32: Squared error of each row against its label's unit vector, `sum_k (x_k -
/// y_k)^2` with `y` = 1 at the label and 0 elsewhere, with its gradient in the outputs.
LOGITUDE_NODISCARD inline status squared_error(rows_view<const float> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_squared_error_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_squared_error_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_squared_error_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_squared_error_f32", "grad");
  return detail::answer(lgt_squared_error_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_squared_error_f32");
}
LOGITUDE_NODISCARD inline status squared_error(rows_view<const double> x, numbers_view labels,
    view<const double> weights = {}, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_squared_error_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_squared_error_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_squared_error_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_squared_error_f64", "grad");
  return detail::answer(lgt_squared_error_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                              weights.data(), loss.data(), grad.data(),
                                              grad.stride(), total, rows, cols, opts),
                        "lgt_squared_error_f64");
}
LOGITUDE_NODISCARD inline status squared_error(rows_view<const f16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_squared_error_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_squared_error_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_squared_error_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_squared_error_f16", "grad");
  return detail::answer(lgt_squared_error_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), weights.data(), loss.data(),
                                              detail::raw(grad.data()), grad.stride(), total, rows,
                                              cols, opts),
                        "lgt_squared_error_f16");
}
LOGITUDE_NODISCARD inline status squared_error(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_squared_error_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_squared_error_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_squared_error_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_squared_error_bf16", "grad");
  return detail::answer(lgt_squared_error_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                               labels.type(), weights.data(), loss.data(),
                                               detail::raw(grad.data()), grad.stride(), total, rows,
                                               cols, opts),
                        "lgt_squared_error_bf16");
}

// ---- streaming_auroc ----

/// lgt_streaming_auroc_size: Writes how many bytes a state of `lgt_streaming_auroc` needs: 40, and
/// 8 a row.
LOGITUDE_NODISCARD inline status streaming_auroc_size(std::uint32_t capacity, std::size_t &bytes) {
  return detail::answer(lgt_streaming_auroc_size(capacity, &bytes),
                        "lgt_streaming_auroc_size");
}

/// lgt_streaming_auroc_init: Starts a state of AUROC and average precision that keeps every score.
LOGITUDE_NODISCARD inline status streaming_auroc_init(bytes state, std::uint32_t capacity) {
  std::size_t state_bytes = 0;
  status state_room = lgt_streaming_auroc_size(capacity, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_streaming_auroc_size");
  return detail::answer(lgt_streaming_auroc_init(state.data(), state.size(), capacity),
                        "lgt_streaming_auroc_init");
}

/// lgt_streaming_auroc_update_f32: Adds scores of two classes to a state that keeps them all, in
/// order: AUROC, average precision and DeLong's variance of any number of parts are exactly those
/// of all rows at once.
LOGITUDE_NODISCARD inline status streaming_auroc_update(bytes state, view<const float> x,
    numbers_view labels) {
  const std::size_t rows = x.size();
  if (labels.size() != rows) return detail::mismatch("lgt_streaming_auroc_update_f32", "labels");
  return detail::answer(lgt_streaming_auroc_update_f32(state.data(), x.data(), labels.data(),
                                                       labels.type(), rows),
                        "lgt_streaming_auroc_update_f32");
}
LOGITUDE_NODISCARD inline status streaming_auroc_update(bytes state, view<const double> x,
    numbers_view labels) {
  const std::size_t rows = x.size();
  if (labels.size() != rows) return detail::mismatch("lgt_streaming_auroc_update_f64", "labels");
  return detail::answer(lgt_streaming_auroc_update_f64(state.data(), x.data(), labels.data(),
                                                       labels.type(), rows),
                        "lgt_streaming_auroc_update_f64");
}
LOGITUDE_NODISCARD inline status streaming_auroc_update(bytes state, view<const f16> x,
    numbers_view labels) {
  const std::size_t rows = x.size();
  if (labels.size() != rows) return detail::mismatch("lgt_streaming_auroc_update_f16", "labels");
  return detail::answer(lgt_streaming_auroc_update_f16(state.data(), detail::raw(x.data()),
                                                       labels.data(), labels.type(), rows),
                        "lgt_streaming_auroc_update_f16");
}
LOGITUDE_NODISCARD inline status streaming_auroc_update(bytes state, view<const bf16> x,
    numbers_view labels) {
  const std::size_t rows = x.size();
  if (labels.size() != rows) return detail::mismatch("lgt_streaming_auroc_update_bf16", "labels");
  return detail::answer(lgt_streaming_auroc_update_bf16(state.data(), detail::raw(x.data()),
                                                        labels.data(), labels.type(), rows),
                        "lgt_streaming_auroc_update_bf16");
}

/// lgt_streaming_auroc_merge: Adds what another state has seen, whatever its capacity: the other's
/// rows take room in this one.
LOGITUDE_NODISCARD inline status streaming_auroc_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_streaming_auroc_merge(state.data(), other.data()),
                        "lgt_streaming_auroc_merge");
}

/// lgt_streaming_auroc_finish: Writes AUROC and average precision of all rows so far.
LOGITUDE_NODISCARD inline status streaming_auroc_finish(const_bytes state, double confidence,
    lgt_streaming_auroc_report &report) {
  return detail::answer(lgt_streaming_auroc_finish(state.data(), confidence, &report),
                        "lgt_streaming_auroc_finish");
}

/// The bytes of a state of lgt_streaming_auroc, and its verbs.
class streaming_auroc_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit streaming_auroc_state(std::uint32_t capacity) {
    streaming_auroc_init(*this, capacity);
  }
#endif
  static result<streaming_auroc_state> make(std::uint32_t capacity) {
    streaming_auroc_state made{detail::empty()};
    const status got = streaming_auroc_init(made, capacity);
    return detail::with(got, std::move(made));
  }
  static result<streaming_auroc_state> load(const_bytes saved) {
    streaming_auroc_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_STREAMING_AUROC);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(view<const float> x, numbers_view labels) {
    return streaming_auroc_update(*this, x, labels);
  }
  LOGITUDE_NODISCARD status update(view<const double> x, numbers_view labels) {
    return streaming_auroc_update(*this, x, labels);
  }
  LOGITUDE_NODISCARD status update(view<const f16> x, numbers_view labels) {
    return streaming_auroc_update(*this, x, labels);
  }
  LOGITUDE_NODISCARD status update(view<const bf16> x, numbers_view labels) {
    return streaming_auroc_update(*this, x, labels);
  }
  LOGITUDE_NODISCARD status merge(const streaming_auroc_state &other) {
    return streaming_auroc_merge(*this, other);
  }
  result<lgt_streaming_auroc_report> finish(double confidence) const {
    lgt_streaming_auroc_report report{};
    const status got = streaming_auroc_finish(*this, confidence, report);
    return detail::with(got, std::move(report));
  }

 private:
  explicit streaming_auroc_state(detail::empty) {}
};

// ---- tau_cross_entropy ----

/// lgt_tau_cross_entropy_f32: The loss by which a temperature is learnt along with the logits: for
/// each row `tau ln sum exp(x / tau) - x_y + (rho - ln n) tau`, with its derivatives in `x` and in
/// `tau`.
LOGITUDE_NODISCARD inline status tau_cross_entropy(rows_view<const float> x, numbers_view labels,
    view<const double> taus, double rho, view<double> loss = {}, rows_view<float> dx = {},
    view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (labels.size() != rows) return detail::mismatch("lgt_tau_cross_entropy_f32", "labels");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f32", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_tau_cross_entropy_f32", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f32", "dtau");
  return detail::answer(lgt_tau_cross_entropy_f32(x.data(), x.stride(), labels.data(),
                                                  labels.type(), taus.data(), tau_count, rho,
                                                  loss.data(), dx.data(), dx.stride(), dtau.data(),
                                                  rows, cols),
                        "lgt_tau_cross_entropy_f32");
}
LOGITUDE_NODISCARD inline status tau_cross_entropy(rows_view<const double> x, numbers_view labels,
    view<const double> taus, double rho, view<double> loss = {}, rows_view<double> dx = {},
    view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (labels.size() != rows) return detail::mismatch("lgt_tau_cross_entropy_f64", "labels");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f64", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_tau_cross_entropy_f64", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f64", "dtau");
  return detail::answer(lgt_tau_cross_entropy_f64(x.data(), x.stride(), labels.data(),
                                                  labels.type(), taus.data(), tau_count, rho,
                                                  loss.data(), dx.data(), dx.stride(), dtau.data(),
                                                  rows, cols),
                        "lgt_tau_cross_entropy_f64");
}
LOGITUDE_NODISCARD inline status tau_cross_entropy(rows_view<const f16> x, numbers_view labels,
    view<const double> taus, double rho, view<double> loss = {}, rows_view<f16> dx = {},
    view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (labels.size() != rows) return detail::mismatch("lgt_tau_cross_entropy_f16", "labels");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f16", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_tau_cross_entropy_f16", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_f16", "dtau");
  return detail::answer(lgt_tau_cross_entropy_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                                  labels.type(), taus.data(), tau_count, rho,
                                                  loss.data(), detail::raw(dx.data()), dx.stride(),
                                                  dtau.data(), rows, cols),
                        "lgt_tau_cross_entropy_f16");
}
LOGITUDE_NODISCARD inline status tau_cross_entropy(rows_view<const bf16> x, numbers_view labels,
    view<const double> taus, double rho, view<double> loss = {}, rows_view<bf16> dx = {},
    view<double> dtau = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  const std::size_t tau_count = taus.size();
  if (labels.size() != rows) return detail::mismatch("lgt_tau_cross_entropy_bf16", "labels");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_bf16", "loss");
  if (dx.data() != nullptr && (dx.rows() != rows || dx.cols() != cols))
    return detail::mismatch("lgt_tau_cross_entropy_bf16", "dx");
  if (dtau.data() != nullptr && dtau.size() != rows)
    return detail::mismatch("lgt_tau_cross_entropy_bf16", "dtau");
  return detail::answer(lgt_tau_cross_entropy_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                                   labels.type(), taus.data(), tau_count, rho,
                                                   loss.data(), detail::raw(dx.data()), dx.stride(),
                                                   dtau.data(), rows, cols),
                        "lgt_tau_cross_entropy_bf16");
}

// ---- taylor_loss ----

/// lgt_taylor_loss_f32: Negative logarithm of the Taylor softmax of each row's label, with its
/// gradient in the outputs.
LOGITUDE_NODISCARD inline status taylor_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<float> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_taylor_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_taylor_loss_f32", "grad");
  return detail::answer(lgt_taylor_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                            weights.data(), loss.data(), grad.data(), grad.stride(),
                                            total, rows, cols, opts),
                        "lgt_taylor_loss_f32");
}
LOGITUDE_NODISCARD inline status taylor_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights = {}, view<double> loss = {}, rows_view<double> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_taylor_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_taylor_loss_f64", "grad");
  return detail::answer(lgt_taylor_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                            weights.data(), loss.data(), grad.data(), grad.stride(),
                                            total, rows, cols, opts),
                        "lgt_taylor_loss_f64");
}
LOGITUDE_NODISCARD inline status taylor_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_taylor_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_taylor_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_taylor_loss_f16", "grad");
  return detail::answer(lgt_taylor_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                            labels.type(), weights.data(), loss.data(),
                                            detail::raw(grad.data()), grad.stride(), total, rows,
                                            cols, opts),
                        "lgt_taylor_loss_f16");
}
LOGITUDE_NODISCARD inline status taylor_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights = {}, view<double> loss = {}, rows_view<bf16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_taylor_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_taylor_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_taylor_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_taylor_loss_bf16", "grad");
  return detail::answer(lgt_taylor_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                             labels.type(), weights.data(), loss.data(),
                                             detail::raw(grad.data()), grad.stride(), total, rows,
                                             cols, opts),
                        "lgt_taylor_loss_bf16");
}

// ---- taylor_softmax ----

/// lgt_taylor_softmax_f32: Taylor softmax of each row: shares in proportion to the Taylor
/// polynomial of `exp` of an even order, `1 + x + x^2 / 2` for 2.
LOGITUDE_NODISCARD inline status taylor_softmax(rows_view<const float> x, rows_view<float> y,
    std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_taylor_softmax_f32", "y");
  return detail::answer(lgt_taylor_softmax_f32(x.data(), x.stride(), y.data(), y.stride(), order,
                                               rows, cols),
                        "lgt_taylor_softmax_f32");
}
LOGITUDE_NODISCARD inline status taylor_softmax(rows_view<const double> x, rows_view<double> y,
    std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_taylor_softmax_f64", "y");
  return detail::answer(lgt_taylor_softmax_f64(x.data(), x.stride(), y.data(), y.stride(), order,
                                               rows, cols),
                        "lgt_taylor_softmax_f64");
}
LOGITUDE_NODISCARD inline status taylor_softmax(rows_view<const f16> x, rows_view<f16> y,
    std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_taylor_softmax_f16", "y");
  return detail::answer(lgt_taylor_softmax_f16(detail::raw(x.data()), x.stride(),
                                               detail::raw(y.data()), y.stride(), order, rows,
                                               cols),
                        "lgt_taylor_softmax_f16");
}
LOGITUDE_NODISCARD inline status taylor_softmax(rows_view<const bf16> x, rows_view<bf16> y,
    std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_taylor_softmax_bf16", "y");
  return detail::answer(lgt_taylor_softmax_bf16(detail::raw(x.data()), x.stride(),
                                                detail::raw(y.data()), y.stride(), order, rows,
                                                cols),
                        "lgt_taylor_softmax_bf16");
}

/// lgt_taylor_softmax_grad_f32: Gradient of `lgt_taylor_softmax_f32`: `dx = a' (dy - sum y dy) /
/// sum a`, where `a` is the polynomial and `a'` its derivative.
LOGITUDE_NODISCARD inline status taylor_softmax_grad(rows_view<const float> x,
    rows_view<const float> dy, rows_view<float> dx, std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f32", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f32", "dx");
  return detail::answer(lgt_taylor_softmax_grad_f32(x.data(), x.stride(), dy.data(), dy.stride(),
                                                    dx.data(), dx.stride(), order, rows, cols),
                        "lgt_taylor_softmax_grad_f32");
}
LOGITUDE_NODISCARD inline status taylor_softmax_grad(rows_view<const double> x,
    rows_view<const double> dy, rows_view<double> dx, std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f64", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f64", "dx");
  return detail::answer(lgt_taylor_softmax_grad_f64(x.data(), x.stride(), dy.data(), dy.stride(),
                                                    dx.data(), dx.stride(), order, rows, cols),
                        "lgt_taylor_softmax_grad_f64");
}
LOGITUDE_NODISCARD inline status taylor_softmax_grad(rows_view<const f16> x,
    rows_view<const f16> dy, rows_view<f16> dx, std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_f16", "dx");
  return detail::answer(lgt_taylor_softmax_grad_f16(detail::raw(x.data()), x.stride(),
                                                    detail::raw(dy.data()), dy.stride(),
                                                    detail::raw(dx.data()), dx.stride(), order,
                                                    rows, cols),
                        "lgt_taylor_softmax_grad_f16");
}
LOGITUDE_NODISCARD inline status taylor_softmax_grad(rows_view<const bf16> x,
    rows_view<const bf16> dy, rows_view<bf16> dx, std::uint32_t order) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (dy.rows() != rows || dy.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_bf16", "dy");
  if (dx.rows() != rows || dx.cols() != cols)
    return detail::mismatch("lgt_taylor_softmax_grad_bf16", "dx");
  return detail::answer(lgt_taylor_softmax_grad_bf16(detail::raw(x.data()), x.stride(),
                                                     detail::raw(dy.data()), dy.stride(),
                                                     detail::raw(dx.data()), dx.stride(), order,
                                                     rows, cols),
                        "lgt_taylor_softmax_grad_bf16");
}

// ---- temperature_loss ----

/// lgt_temperature_loss_size: Writes how many bytes a state of `lgt_temperature_loss` needs.
LOGITUDE_NODISCARD inline status temperature_loss_size(view<const double> temperatures,
    std::uint32_t derivatives, std::size_t &bytes) {
  const std::size_t count = temperatures.size();
  if (count > std::numeric_limits<std::uint32_t>::max()) return detail::answer(LGT_E_SIZE, "lgt_temperature_loss_size");
  return detail::answer(lgt_temperature_loss_size(temperatures.data(),
                                                  static_cast<std::uint32_t>(count), derivatives,
                                                  &bytes),
                        "lgt_temperature_loss_size");
}

/// lgt_temperature_loss_init: Starts a state of the negative log-likelihood of `softmax(x / T)` at
/// some temperatures: what a fit asks of the data, so that it can ask it of shards.
LOGITUDE_NODISCARD inline status temperature_loss_init(bytes state, view<const double> temperatures,
    std::uint32_t derivatives) {
  const std::size_t count = temperatures.size();
  if (count > std::numeric_limits<std::uint32_t>::max()) return detail::answer(LGT_E_SIZE, "lgt_temperature_loss_init");
  std::size_t state_bytes = 0;
  status state_room = lgt_temperature_loss_size(temperatures.data(), static_cast<std::uint32_t>(count), derivatives, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_temperature_loss_size");
  return detail::answer(lgt_temperature_loss_init(state.data(), state.size(), temperatures.data(),
                                                  static_cast<std::uint32_t>(count), derivatives),
                        "lgt_temperature_loss_init");
}

/// lgt_temperature_loss_update_f32: Adds rows to a state of the negative log-likelihood of
/// `softmax(x / T)` at some temperatures.
LOGITUDE_NODISCARD inline status temperature_loss_update(bytes state, rows_view<const float> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_loss_update_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_loss_update_f32", "weights");
  return detail::answer(lgt_temperature_loss_update_f32(state.data(), x.data(), x.stride(),
                                                        labels.data(), labels.type(),
                                                        weights.data(), rows, cols),
                        "lgt_temperature_loss_update_f32");
}
LOGITUDE_NODISCARD inline status temperature_loss_update(bytes state, rows_view<const double> x,
    numbers_view labels, view<const double> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_loss_update_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_loss_update_f64", "weights");
  return detail::answer(lgt_temperature_loss_update_f64(state.data(), x.data(), x.stride(),
                                                        labels.data(), labels.type(),
                                                        weights.data(), rows, cols),
                        "lgt_temperature_loss_update_f64");
}
LOGITUDE_NODISCARD inline status temperature_loss_update(bytes state, rows_view<const f16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_loss_update_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_loss_update_f16", "weights");
  return detail::answer(lgt_temperature_loss_update_f16(state.data(), detail::raw(x.data()),
                                                        x.stride(), labels.data(), labels.type(),
                                                        weights.data(), rows, cols),
                        "lgt_temperature_loss_update_f16");
}
LOGITUDE_NODISCARD inline status temperature_loss_update(bytes state, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_temperature_loss_update_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_temperature_loss_update_bf16", "weights");
  return detail::answer(lgt_temperature_loss_update_bf16(state.data(), detail::raw(x.data()),
                                                         x.stride(), labels.data(), labels.type(),
                                                         weights.data(), rows, cols),
                        "lgt_temperature_loss_update_bf16");
}

/// lgt_temperature_loss_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status temperature_loss_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_temperature_loss_merge(state.data(), other.data()),
                        "lgt_temperature_loss_merge");
}

/// lgt_temperature_loss_finish: Writes the result so far, for each temperature; the state can go
/// on.
LOGITUDE_NODISCARD inline status temperature_loss_finish(const_bytes state,
    view<lgt_temperature_loss_report> reports) {
  const std::size_t count = reports.size();
  return detail::answer(lgt_temperature_loss_finish(state.data(), reports.data(), count),
                        "lgt_temperature_loss_finish");
}

/// The bytes of a state of lgt_temperature_loss, and its verbs.
class temperature_loss_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit temperature_loss_state(view<const double> temperatures, std::uint32_t derivatives) {
    temperature_loss_init(*this, temperatures, derivatives);
  }
#endif
  static result<temperature_loss_state> make(view<const double> temperatures,
      std::uint32_t derivatives) {
    temperature_loss_state made{detail::empty()};
    const status got = temperature_loss_init(made, temperatures, derivatives);
    return detail::with(got, std::move(made));
  }
  static result<temperature_loss_state> load(const_bytes saved) {
    temperature_loss_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_TEMPERATURE_LOSS);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update(rows_view<const float> x, numbers_view labels,
      view<const float> weights = {}) {
    return temperature_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const double> x, numbers_view labels,
      view<const double> weights = {}) {
    return temperature_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const f16> x, numbers_view labels,
      view<const float> weights = {}) {
    return temperature_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status update(rows_view<const bf16> x, numbers_view labels,
      view<const float> weights = {}) {
    return temperature_loss_update(*this, x, labels, weights);
  }
  LOGITUDE_NODISCARD status merge(const temperature_loss_state &other) {
    return temperature_loss_merge(*this, other);
  }
  LOGITUDE_NODISCARD status finish(view<lgt_temperature_loss_report> reports) const {
    return temperature_loss_finish(*this, reports);
  }

 private:
  explicit temperature_loss_state(detail::empty) {}
};

// ---- temperature_net ----

/// lgt_temperature_net_f32: A temperature for each row of features, by a network with one hidden
/// layer: `T = clamp(w2 relu(W1 f + b1) + b2, t_min, t_max)`.
LOGITUDE_NODISCARD inline status temperature_net(rows_view<const float> x,
    view<const double> parameters, view<double> t, std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_f32", "parameters");
  if (t.size() != rows) return detail::mismatch("lgt_temperature_net_f32", "t");
  return detail::answer(lgt_temperature_net_f32(x.data(), x.stride(), parameters.data(), t.data(),
                                                rows, inputs, hidden, t_min, t_max),
                        "lgt_temperature_net_f32");
}
LOGITUDE_NODISCARD inline status temperature_net(rows_view<const double> x,
    view<const double> parameters, view<double> t, std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_f64", "parameters");
  if (t.size() != rows) return detail::mismatch("lgt_temperature_net_f64", "t");
  return detail::answer(lgt_temperature_net_f64(x.data(), x.stride(), parameters.data(), t.data(),
                                                rows, inputs, hidden, t_min, t_max),
                        "lgt_temperature_net_f64");
}
LOGITUDE_NODISCARD inline status temperature_net(rows_view<const f16> x,
    view<const double> parameters, view<double> t, std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_f16", "parameters");
  if (t.size() != rows) return detail::mismatch("lgt_temperature_net_f16", "t");
  return detail::answer(lgt_temperature_net_f16(detail::raw(x.data()), x.stride(),
                                                parameters.data(), t.data(), rows, inputs, hidden,
                                                t_min, t_max),
                        "lgt_temperature_net_f16");
}
LOGITUDE_NODISCARD inline status temperature_net(rows_view<const bf16> x,
    view<const double> parameters, view<double> t, std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_bf16", "parameters");
  if (t.size() != rows) return detail::mismatch("lgt_temperature_net_bf16", "t");
  return detail::answer(lgt_temperature_net_bf16(detail::raw(x.data()), x.stride(),
                                                 parameters.data(), t.data(), rows, inputs, hidden,
                                                 t_min, t_max),
                        "lgt_temperature_net_bf16");
}

/// lgt_temperature_net_grad_f32: The gradient of a loss through `lgt_temperature_net_f32`, from its
/// derivatives in the temperatures (of `lgt_ca_loss_grad`, say): in the parameters, summed over
/// rows, and in the features.
LOGITUDE_NODISCARD inline status temperature_net_grad(rows_view<const float> x,
    view<const double> parameters, view<const double> dt, view<double> dparameters, view<double> dx,
    std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f32", "parameters");
  if (dt.size() != rows) return detail::mismatch("lgt_temperature_net_grad_f32", "dt");
  if (dparameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f32", "dparameters");
  if (dx.data() != nullptr && dx.size() != rows * inputs)
    return detail::mismatch("lgt_temperature_net_grad_f32", "dx");
  return detail::answer(lgt_temperature_net_grad_f32(x.data(), x.stride(), parameters.data(),
                                                     dt.data(), dparameters.data(), dx.data(), rows,
                                                     inputs, hidden, t_min, t_max),
                        "lgt_temperature_net_grad_f32");
}
LOGITUDE_NODISCARD inline status temperature_net_grad(rows_view<const double> x,
    view<const double> parameters, view<const double> dt, view<double> dparameters, view<double> dx,
    std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f64", "parameters");
  if (dt.size() != rows) return detail::mismatch("lgt_temperature_net_grad_f64", "dt");
  if (dparameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f64", "dparameters");
  if (dx.data() != nullptr && dx.size() != rows * inputs)
    return detail::mismatch("lgt_temperature_net_grad_f64", "dx");
  return detail::answer(lgt_temperature_net_grad_f64(x.data(), x.stride(), parameters.data(),
                                                     dt.data(), dparameters.data(), dx.data(), rows,
                                                     inputs, hidden, t_min, t_max),
                        "lgt_temperature_net_grad_f64");
}
LOGITUDE_NODISCARD inline status temperature_net_grad(rows_view<const f16> x,
    view<const double> parameters, view<const double> dt, view<double> dparameters, view<double> dx,
    std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f16", "parameters");
  if (dt.size() != rows) return detail::mismatch("lgt_temperature_net_grad_f16", "dt");
  if (dparameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_f16", "dparameters");
  if (dx.data() != nullptr && dx.size() != rows * inputs)
    return detail::mismatch("lgt_temperature_net_grad_f16", "dx");
  return detail::answer(lgt_temperature_net_grad_f16(detail::raw(x.data()), x.stride(),
                                                     parameters.data(), dt.data(),
                                                     dparameters.data(), dx.data(), rows, inputs,
                                                     hidden, t_min, t_max),
                        "lgt_temperature_net_grad_f16");
}
LOGITUDE_NODISCARD inline status temperature_net_grad(rows_view<const bf16> x,
    view<const double> parameters, view<const double> dt, view<double> dparameters, view<double> dx,
    std::size_t hidden, double t_min, double t_max) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_bf16", "parameters");
  if (dt.size() != rows) return detail::mismatch("lgt_temperature_net_grad_bf16", "dt");
  if (dparameters.size() != hidden * (inputs + 2) + 1)
    return detail::mismatch("lgt_temperature_net_grad_bf16", "dparameters");
  if (dx.data() != nullptr && dx.size() != rows * inputs)
    return detail::mismatch("lgt_temperature_net_grad_bf16", "dx");
  return detail::answer(lgt_temperature_net_grad_bf16(detail::raw(x.data()), x.stride(),
                                                      parameters.data(), dt.data(),
                                                      dparameters.data(), dx.data(), rows, inputs,
                                                      hidden, t_min, t_max),
                        "lgt_temperature_net_grad_bf16");
}

// ---- temperature_rows ----

/// lgt_temperature_rows_apply_f32: `softmax(x / T)` with a temperature for each row: what a model
/// that predicts temperatures asks for.
LOGITUDE_NODISCARD inline status temperature_rows_apply(view<const float> temperatures,
    rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = temperatures.size();
  const std::size_t cols = x.cols();
  if (x.rows() != rows) return detail::mismatch("lgt_temperature_rows_apply_f32", "x");
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_rows_apply_f32", "y");
  return detail::answer(lgt_temperature_rows_apply_f32(temperatures.data(), x.data(), x.stride(),
                                                       y.data(), y.stride(), rows, cols),
                        "lgt_temperature_rows_apply_f32");
}
LOGITUDE_NODISCARD inline status temperature_rows_apply(view<const double> temperatures,
    rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = temperatures.size();
  const std::size_t cols = x.cols();
  if (x.rows() != rows) return detail::mismatch("lgt_temperature_rows_apply_f64", "x");
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_rows_apply_f64", "y");
  return detail::answer(lgt_temperature_rows_apply_f64(temperatures.data(), x.data(), x.stride(),
                                                       y.data(), y.stride(), rows, cols),
                        "lgt_temperature_rows_apply_f64");
}
LOGITUDE_NODISCARD inline status temperature_rows_apply(view<const float> temperatures,
    rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = temperatures.size();
  const std::size_t cols = x.cols();
  if (x.rows() != rows) return detail::mismatch("lgt_temperature_rows_apply_f16", "x");
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_rows_apply_f16", "y");
  return detail::answer(lgt_temperature_rows_apply_f16(temperatures.data(), detail::raw(x.data()),
                                                       x.stride(), detail::raw(y.data()),
                                                       y.stride(), rows, cols),
                        "lgt_temperature_rows_apply_f16");
}
LOGITUDE_NODISCARD inline status temperature_rows_apply(view<const float> temperatures,
    rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = temperatures.size();
  const std::size_t cols = x.cols();
  if (x.rows() != rows) return detail::mismatch("lgt_temperature_rows_apply_bf16", "x");
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_temperature_rows_apply_bf16", "y");
  return detail::answer(lgt_temperature_rows_apply_bf16(temperatures.data(), detail::raw(x.data()),
                                                        x.stride(), detail::raw(y.data()),
                                                        y.stride(), rows, cols),
                        "lgt_temperature_rows_apply_bf16");
}

// ---- temperature_search ----

/// lgt_temperature_search_init: Starts a fit of temperature that is told about the data step by
/// step, so that it may lie in many places.
LOGITUDE_NODISCARD inline status temperature_search_init(lgt_temperature_search &search,
    const lgt_temperature_opts *opts = nullptr) {
  return detail::answer(lgt_temperature_search_init(&search, opts),
                        "lgt_temperature_search_init");
}

/// lgt_temperature_search_state: Starts a state of what a search wants to know next of the data: an
/// `lgt_temperature_loss` at its temperatures.
LOGITUDE_NODISCARD inline status temperature_search_state(const lgt_temperature_search &search,
    bytes state) {
  return detail::answer(lgt_temperature_search_state(&search, state.data(), state.size()),
                        "lgt_temperature_search_state");
}

/// lgt_temperature_search_step: Tells a search what was found of the data at the temperatures it
/// asked for.
LOGITUDE_NODISCARD inline status temperature_search_step(lgt_temperature_search &search,
    const_bytes state) {
  return detail::answer(lgt_temperature_search_step(&search, state.data()),
                        "lgt_temperature_search_step");
}

/// lgt_temperature_search_model: Writes the model that a search has found, or the best so far.
LOGITUDE_NODISCARD inline status temperature_search_model(const lgt_temperature_search &search,
    lgt_temperature_model &model) {
  return detail::answer(lgt_temperature_search_model(&search, &model),
                        "lgt_temperature_search_model");
}

// ---- tempnet ----

/// lgt_tempnet_scratch: Writes how many bytes of scratch `lgt_tempnet` takes: 8 for each hidden
/// unit and each output.
LOGITUDE_NODISCARD inline status tempnet_scratch(std::size_t hidden, std::size_t outputs,
    std::size_t &bytes) {
  return detail::answer(lgt_tempnet_scratch(hidden, outputs, &bytes),
                        "lgt_tempnet_scratch");
}

/// lgt_tempnet_f32: A temperature for each row, by TempNet's head: `h = sigmoid(W1 x / |x| + b1)`,
/// `v = W2 h + b2`, `w = softmax(v / e^s)`, and `tau = tau_min + (tau_max - tau_min) sigmoid(sum_j
/// a_j (w_j - 1 / m) v_j + c)`, where `m` is the number of outputs.
LOGITUDE_NODISCARD inline status tempnet(rows_view<const float> x, view<const double> parameters,
    view<double> tau, std::size_t hidden, std::size_t outputs, double tau_min, double tau_max,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 1) + outputs * (hidden + 2) + 2)
    return detail::mismatch("lgt_tempnet_f32", "parameters");
  if (tau.size() != rows) return detail::mismatch("lgt_tempnet_f32", "tau");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_tempnet_scratch(hidden, outputs, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_tempnet_scratch");
  return detail::answer(lgt_tempnet_f32(x.data(), x.stride(), parameters.data(), tau.data(), rows,
                                        inputs, hidden, outputs, tau_min, tau_max, scratch.data(),
                                        scratch.size()),
                        "lgt_tempnet_f32");
}
LOGITUDE_NODISCARD inline status tempnet(rows_view<const double> x, view<const double> parameters,
    view<double> tau, std::size_t hidden, std::size_t outputs, double tau_min, double tau_max,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 1) + outputs * (hidden + 2) + 2)
    return detail::mismatch("lgt_tempnet_f64", "parameters");
  if (tau.size() != rows) return detail::mismatch("lgt_tempnet_f64", "tau");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_tempnet_scratch(hidden, outputs, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_tempnet_scratch");
  return detail::answer(lgt_tempnet_f64(x.data(), x.stride(), parameters.data(), tau.data(), rows,
                                        inputs, hidden, outputs, tau_min, tau_max, scratch.data(),
                                        scratch.size()),
                        "lgt_tempnet_f64");
}
LOGITUDE_NODISCARD inline status tempnet(rows_view<const f16> x, view<const double> parameters,
    view<double> tau, std::size_t hidden, std::size_t outputs, double tau_min, double tau_max,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 1) + outputs * (hidden + 2) + 2)
    return detail::mismatch("lgt_tempnet_f16", "parameters");
  if (tau.size() != rows) return detail::mismatch("lgt_tempnet_f16", "tau");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_tempnet_scratch(hidden, outputs, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_tempnet_scratch");
  return detail::answer(lgt_tempnet_f16(detail::raw(x.data()), x.stride(), parameters.data(),
                                        tau.data(), rows, inputs, hidden, outputs, tau_min, tau_max,
                                        scratch.data(), scratch.size()),
                        "lgt_tempnet_f16");
}
LOGITUDE_NODISCARD inline status tempnet(rows_view<const bf16> x, view<const double> parameters,
    view<double> tau, std::size_t hidden, std::size_t outputs, double tau_min, double tau_max,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t inputs = x.cols();
  if (parameters.size() != hidden * (inputs + 1) + outputs * (hidden + 2) + 2)
    return detail::mismatch("lgt_tempnet_bf16", "parameters");
  if (tau.size() != rows) return detail::mismatch("lgt_tempnet_bf16", "tau");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_tempnet_scratch(hidden, outputs, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_tempnet_scratch");
  return detail::answer(lgt_tempnet_bf16(detail::raw(x.data()), x.stride(), parameters.data(),
                                         tau.data(), rows, inputs, hidden, outputs, tau_min,
                                         tau_max, scratch.data(), scratch.size()),
                        "lgt_tempnet_bf16");
}

// ---- top_label ----

/// lgt_top_label_f32: Each row's largest probability and its class: what makes one question of yes
/// and no (was the predicted class right?) out of many classes, for the functions that take
/// confidences and hits.
LOGITUDE_NODISCARD inline status top_label(rows_view<const float> x, view<float> confidence = {},
    view<std::uint32_t> predicted = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (confidence.data() != nullptr && confidence.size() != rows)
    return detail::mismatch("lgt_top_label_f32", "confidence");
  if (predicted.data() != nullptr && predicted.size() != rows)
    return detail::mismatch("lgt_top_label_f32", "predicted");
  return detail::answer(lgt_top_label_f32(x.data(), x.stride(), confidence.data(), predicted.data(),
                                          rows, cols),
                        "lgt_top_label_f32");
}
LOGITUDE_NODISCARD inline status top_label(rows_view<const double> x, view<double> confidence = {},
    view<std::uint32_t> predicted = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (confidence.data() != nullptr && confidence.size() != rows)
    return detail::mismatch("lgt_top_label_f64", "confidence");
  if (predicted.data() != nullptr && predicted.size() != rows)
    return detail::mismatch("lgt_top_label_f64", "predicted");
  return detail::answer(lgt_top_label_f64(x.data(), x.stride(), confidence.data(), predicted.data(),
                                          rows, cols),
                        "lgt_top_label_f64");
}
LOGITUDE_NODISCARD inline status top_label(rows_view<const f16> x, view<float> confidence = {},
    view<std::uint32_t> predicted = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (confidence.data() != nullptr && confidence.size() != rows)
    return detail::mismatch("lgt_top_label_f16", "confidence");
  if (predicted.data() != nullptr && predicted.size() != rows)
    return detail::mismatch("lgt_top_label_f16", "predicted");
  return detail::answer(lgt_top_label_f16(detail::raw(x.data()), x.stride(), confidence.data(),
                                          predicted.data(), rows, cols),
                        "lgt_top_label_f16");
}
LOGITUDE_NODISCARD inline status top_label(rows_view<const bf16> x, view<float> confidence = {},
    view<std::uint32_t> predicted = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (confidence.data() != nullptr && confidence.size() != rows)
    return detail::mismatch("lgt_top_label_bf16", "confidence");
  if (predicted.data() != nullptr && predicted.size() != rows)
    return detail::mismatch("lgt_top_label_bf16", "predicted");
  return detail::answer(lgt_top_label_bf16(detail::raw(x.data()), x.stride(), confidence.data(),
                                           predicted.data(), rows, cols),
                        "lgt_top_label_bf16");
}

// ---- top_label_calibration ----

/// lgt_top_label_calibration_size: Writes how many bytes a model of `lgt_top_label_calibration`
/// takes at most.
LOGITUDE_NODISCARD inline status top_label_calibration_size(std::size_t rows, std::size_t cols,
    std::uint32_t weighted, const lgt_reduction_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_top_label_calibration_size(rows, cols, weighted, opts, &bytes),
                        "lgt_top_label_calibration_size");
}

/// lgt_top_label_calibration_scratch: Writes how many bytes of scratch
/// `lgt_top_label_calibration_fit` needs: for each row 9 bytes, with weights 17, and what the
/// method needs for the same rows.
LOGITUDE_NODISCARD inline status top_label_calibration_scratch(std::size_t rows, std::size_t cols,
    std::uint32_t weighted, const lgt_reduction_opts *opts, std::size_t &bytes) {
  return detail::answer(lgt_top_label_calibration_scratch(rows, cols, weighted, opts, &bytes),
                        "lgt_top_label_calibration_scratch");
}

/// lgt_top_label_calibration_fit_f32: Fits a calibrator of two classes, right or wrong, to the
/// largest probability of the rows with each predicted class, the first of equal ones; classes that
/// fewer than `min_rows` rows are predicted to be share one that is fitted to all rows.
LOGITUDE_NODISCARD inline status top_label_calibration_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_top_label_calibration_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_top_label_calibration_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_top_label_calibration_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_top_label_calibration_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_top_label_calibration_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_top_label_calibration_scratch");
  return detail::answer(lgt_top_label_calibration_fit_f32(model.data(), model.size(), x.data(),
                                                          x.stride(), labels.data(), labels.type(),
                                                          weights.data(), rows, cols, opts,
                                                          scratch.data(), scratch.size()),
                        "lgt_top_label_calibration_fit_f32");
}
LOGITUDE_NODISCARD inline status top_label_calibration_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_reduction_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_top_label_calibration_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_top_label_calibration_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_top_label_calibration_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_top_label_calibration_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_top_label_calibration_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_top_label_calibration_scratch");
  return detail::answer(lgt_top_label_calibration_fit_f64(model.data(), model.size(), x.data(),
                                                          x.stride(), labels.data(), labels.type(),
                                                          weights.data(), rows, cols, opts,
                                                          scratch.data(), scratch.size()),
                        "lgt_top_label_calibration_fit_f64");
}
LOGITUDE_NODISCARD inline status top_label_calibration_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_top_label_calibration_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_top_label_calibration_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_top_label_calibration_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_top_label_calibration_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_top_label_calibration_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_top_label_calibration_scratch");
  return detail::answer(lgt_top_label_calibration_fit_f16(model.data(), model.size(),
                                                          detail::raw(x.data()), x.stride(),
                                                          labels.data(), labels.type(),
                                                          weights.data(), rows, cols, opts,
                                                          scratch.data(), scratch.size()),
                        "lgt_top_label_calibration_fit_f16");
}
LOGITUDE_NODISCARD inline status top_label_calibration_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_reduction_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows)
    return detail::mismatch("lgt_top_label_calibration_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_top_label_calibration_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_top_label_calibration_size(rows, cols, weights.data() != nullptr, opts, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_top_label_calibration_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_top_label_calibration_scratch(rows, cols, weights.data() != nullptr, opts, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_top_label_calibration_scratch");
  return detail::answer(lgt_top_label_calibration_fit_bf16(model.data(), model.size(),
                                                           detail::raw(x.data()), x.stride(),
                                                           labels.data(), labels.type(),
                                                           weights.data(), rows, cols, opts,
                                                           scratch.data(), scratch.size()),
                        "lgt_top_label_calibration_fit_bf16");
}

/// lgt_top_label_calibration_apply_f32: Rows in which the largest probability is replaced by the
/// calibrated one, and the others share the rest as they did before: equally where they were all 0.
LOGITUDE_NODISCARD inline status top_label_calibration_apply(const_bytes model,
    rows_view<const float> x, rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_top_label_calibration_apply_f32", "y");
  return detail::answer(lgt_top_label_calibration_apply_f32(model.data(), x.data(), x.stride(),
                                                            y.data(), y.stride(), rows, cols),
                        "lgt_top_label_calibration_apply_f32");
}
LOGITUDE_NODISCARD inline status top_label_calibration_apply(const_bytes model,
    rows_view<const double> x, rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_top_label_calibration_apply_f64", "y");
  return detail::answer(lgt_top_label_calibration_apply_f64(model.data(), x.data(), x.stride(),
                                                            y.data(), y.stride(), rows, cols),
                        "lgt_top_label_calibration_apply_f64");
}
LOGITUDE_NODISCARD inline status top_label_calibration_apply(const_bytes model,
    rows_view<const f16> x, rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_top_label_calibration_apply_f16", "y");
  return detail::answer(lgt_top_label_calibration_apply_f16(model.data(), detail::raw(x.data()),
                                                            x.stride(), detail::raw(y.data()),
                                                            y.stride(), rows, cols),
                        "lgt_top_label_calibration_apply_f16");
}
LOGITUDE_NODISCARD inline status top_label_calibration_apply(const_bytes model,
    rows_view<const bf16> x, rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_top_label_calibration_apply_bf16", "y");
  return detail::answer(lgt_top_label_calibration_apply_bf16(model.data(), detail::raw(x.data()),
                                                            x.stride(), detail::raw(y.data()),
                                                            y.stride(), rows, cols),
                        "lgt_top_label_calibration_apply_bf16");
}

// ---- uskd ----

/// lgt_uskd_opts_default: Writes the default options.
inline lgt_uskd_opts uskd_opts_default() {
  lgt_uskd_opts made{};
  lgt_uskd_opts_default(&made);
  return made;
}

/// lgt_uskd_scratch: How many bytes of scratch `lgt_uskd_f32`, `lgt_zipf_targets_f32` and their
/// other forms need.
LOGITUDE_NODISCARD inline status uskd_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_uskd_scratch(cols, &bytes),
                        "lgt_uskd_scratch");
}

/// lgt_uskd_f32: Distillation without a teacher, from soft labels of the student's own making, with
/// its gradients: for a whole batch, since the labels' targets depend on it.
LOGITUDE_NODISCARD inline status uskd(rows_view<const float> x, rows_view<const float> weak,
    numbers_view labels, view<const float> weights, view<double> loss, rows_view<float> grad,
    rows_view<float> weak_grad, double *total, const lgt_uskd_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weak.rows() != rows || weak.cols() != cols) return detail::mismatch("lgt_uskd_f32", "weak");
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_uskd_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f32", "grad");
  if (weak_grad.data() != nullptr && (weak_grad.rows() != rows || weak_grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f32", "weak_grad");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_uskd_f32(x.data(), x.stride(), weak.data(), weak.stride(),
                                     labels.data(), labels.type(), weights.data(), loss.data(),
                                     grad.data(), grad.stride(), weak_grad.data(),
                                     weak_grad.stride(), total, rows, cols, opts, scratch.data(),
                                     scratch.size()),
                        "lgt_uskd_f32");
}
LOGITUDE_NODISCARD inline status uskd(rows_view<const double> x, rows_view<const double> weak,
    numbers_view labels, view<const double> weights, view<double> loss, rows_view<double> grad,
    rows_view<double> weak_grad, double *total, const lgt_uskd_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weak.rows() != rows || weak.cols() != cols) return detail::mismatch("lgt_uskd_f64", "weak");
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_uskd_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f64", "grad");
  if (weak_grad.data() != nullptr && (weak_grad.rows() != rows || weak_grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f64", "weak_grad");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_uskd_f64(x.data(), x.stride(), weak.data(), weak.stride(),
                                     labels.data(), labels.type(), weights.data(), loss.data(),
                                     grad.data(), grad.stride(), weak_grad.data(),
                                     weak_grad.stride(), total, rows, cols, opts, scratch.data(),
                                     scratch.size()),
                        "lgt_uskd_f64");
}
LOGITUDE_NODISCARD inline status uskd(rows_view<const f16> x, rows_view<const f16> weak,
    numbers_view labels, view<const float> weights, view<double> loss, rows_view<f16> grad,
    rows_view<f16> weak_grad, double *total, const lgt_uskd_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weak.rows() != rows || weak.cols() != cols) return detail::mismatch("lgt_uskd_f16", "weak");
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_uskd_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f16", "grad");
  if (weak_grad.data() != nullptr && (weak_grad.rows() != rows || weak_grad.cols() != cols))
    return detail::mismatch("lgt_uskd_f16", "weak_grad");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_uskd_f16(detail::raw(x.data()), x.stride(), detail::raw(weak.data()),
                                     weak.stride(), labels.data(), labels.type(), weights.data(),
                                     loss.data(), detail::raw(grad.data()), grad.stride(),
                                     detail::raw(weak_grad.data()), weak_grad.stride(), total, rows,
                                     cols, opts, scratch.data(), scratch.size()),
                        "lgt_uskd_f16");
}
LOGITUDE_NODISCARD inline status uskd(rows_view<const bf16> x, rows_view<const bf16> weak,
    numbers_view labels, view<const float> weights, view<double> loss, rows_view<bf16> grad,
    rows_view<bf16> weak_grad, double *total, const lgt_uskd_opts *opts, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (weak.rows() != rows || weak.cols() != cols) return detail::mismatch("lgt_uskd_bf16", "weak");
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_uskd_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_uskd_bf16", "grad");
  if (weak_grad.data() != nullptr && (weak_grad.rows() != rows || weak_grad.cols() != cols))
    return detail::mismatch("lgt_uskd_bf16", "weak_grad");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_uskd_bf16(detail::raw(x.data()), x.stride(), detail::raw(weak.data()),
                                      weak.stride(), labels.data(), labels.type(), weights.data(),
                                      loss.data(), detail::raw(grad.data()), grad.stride(),
                                      detail::raw(weak_grad.data()), weak_grad.stride(), total,
                                      rows, cols, opts, scratch.data(), scratch.size()),
                        "lgt_uskd_bf16");
}

// ---- uskd_targets ----

/// lgt_uskd_targets_f32: The target of each row's label in distillation without a teacher: `S_y^2 +
/// 1` less the mean of `S_y^2` over the batch, where `S` is the softmax of a row of logits.
LOGITUDE_NODISCARD inline status uskd_targets(rows_view<const float> x, numbers_view labels,
    view<const float> weights, view<double> targets) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_targets_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_targets_f32", "weights");
  if (targets.size() != rows) return detail::mismatch("lgt_uskd_targets_f32", "targets");
  return detail::answer(lgt_uskd_targets_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                             weights.data(), targets.data(), rows, cols),
                        "lgt_uskd_targets_f32");
}
LOGITUDE_NODISCARD inline status uskd_targets(rows_view<const double> x, numbers_view labels,
    view<const double> weights, view<double> targets) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_targets_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_targets_f64", "weights");
  if (targets.size() != rows) return detail::mismatch("lgt_uskd_targets_f64", "targets");
  return detail::answer(lgt_uskd_targets_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                             weights.data(), targets.data(), rows, cols),
                        "lgt_uskd_targets_f64");
}
LOGITUDE_NODISCARD inline status uskd_targets(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, view<double> targets) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_targets_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_targets_f16", "weights");
  if (targets.size() != rows) return detail::mismatch("lgt_uskd_targets_f16", "targets");
  return detail::answer(lgt_uskd_targets_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                             labels.type(), weights.data(), targets.data(), rows,
                                             cols),
                        "lgt_uskd_targets_f16");
}
LOGITUDE_NODISCARD inline status uskd_targets(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, view<double> targets) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_uskd_targets_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_uskd_targets_bf16", "weights");
  if (targets.size() != rows) return detail::mismatch("lgt_uskd_targets_bf16", "targets");
  return detail::answer(lgt_uskd_targets_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), weights.data(), targets.data(), rows,
                                              cols),
                        "lgt_uskd_targets_bf16");
}

// ---- vector_scaling ----

/// lgt_vector_scaling_size: Writes how many bytes a model of `lgt_vector_scaling` takes up: 40, and
/// 8 a parameter, of which there are 2 cols: scales, then biases.
LOGITUDE_NODISCARD inline status vector_scaling_size(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_vector_scaling_size(cols, &bytes),
                        "lgt_vector_scaling_size");
}

/// lgt_vector_scaling_scratch: Writes how many bytes of scratch `lgt_vector_scaling_fit` needs:
/// about 8 x 35 a parameter.
LOGITUDE_NODISCARD inline status vector_scaling_scratch(std::size_t cols, std::size_t &bytes) {
  return detail::answer(lgt_vector_scaling_scratch(cols, &bytes),
                        "lgt_vector_scaling_scratch");
}

/// lgt_vector_scaling_fit_f32: Fits a scale and a bias for each class to held-out logits and
/// labels: the `a` and `b` that minimise the mean negative log-likelihood of `softmax(a x + b)`,
/// plus `diagonal` times the sum of `(a - 1)^2` and `bias` times the sum of `b^2`.
LOGITUDE_NODISCARD inline status vector_scaling_fit(bytes model, rows_view<const float> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_vector_scaling_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_vector_scaling_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_vector_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_vector_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_vector_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_vector_scaling_scratch");
  return detail::answer(lgt_vector_scaling_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, opts, scratch.data(),
                                                   scratch.size()),
                        "lgt_vector_scaling_fit_f32");
}
LOGITUDE_NODISCARD inline status vector_scaling_fit(bytes model, rows_view<const double> x,
    numbers_view labels, view<const double> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_vector_scaling_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_vector_scaling_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_vector_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_vector_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_vector_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_vector_scaling_scratch");
  return detail::answer(lgt_vector_scaling_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                                   labels.data(), labels.type(), weights.data(),
                                                   rows, cols, opts, scratch.data(),
                                                   scratch.size()),
                        "lgt_vector_scaling_fit_f64");
}
LOGITUDE_NODISCARD inline status vector_scaling_fit(bytes model, rows_view<const f16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_vector_scaling_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_vector_scaling_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_vector_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_vector_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_vector_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_vector_scaling_scratch");
  return detail::answer(lgt_vector_scaling_fit_f16(model.data(), model.size(),
                                                   detail::raw(x.data()), x.stride(), labels.data(),
                                                   labels.type(), weights.data(), rows, cols, opts,
                                                   scratch.data(), scratch.size()),
                        "lgt_vector_scaling_fit_f16");
}
LOGITUDE_NODISCARD inline status vector_scaling_fit(bytes model, rows_view<const bf16> x,
    numbers_view labels, view<const float> weights, const lgt_matrix_search_opts *opts,
    bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_vector_scaling_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_vector_scaling_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_vector_scaling_size(cols, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_vector_scaling_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_vector_scaling_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_vector_scaling_scratch");
  return detail::answer(lgt_vector_scaling_fit_bf16(model.data(), model.size(),
                                                    detail::raw(x.data()), x.stride(),
                                                    labels.data(), labels.type(), weights.data(),
                                                    rows, cols, opts, scratch.data(),
                                                    scratch.size()),
                        "lgt_vector_scaling_fit_bf16");
}

/// lgt_vector_scaling_apply_f32: Calibrated probabilities: `softmax(a x + b)` with the model's
/// scales and biases.
LOGITUDE_NODISCARD inline status vector_scaling_apply(const_bytes model, rows_view<const float> x,
    rows_view<float> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_vector_scaling_apply_f32", "y");
  return detail::answer(lgt_vector_scaling_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                     y.stride(), rows, cols),
                        "lgt_vector_scaling_apply_f32");
}
LOGITUDE_NODISCARD inline status vector_scaling_apply(const_bytes model, rows_view<const double> x,
    rows_view<double> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_vector_scaling_apply_f64", "y");
  return detail::answer(lgt_vector_scaling_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                     y.stride(), rows, cols),
                        "lgt_vector_scaling_apply_f64");
}
LOGITUDE_NODISCARD inline status vector_scaling_apply(const_bytes model, rows_view<const f16> x,
    rows_view<f16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_vector_scaling_apply_f16", "y");
  return detail::answer(lgt_vector_scaling_apply_f16(model.data(), detail::raw(x.data()),
                                                     x.stride(), detail::raw(y.data()), y.stride(),
                                                     rows, cols),
                        "lgt_vector_scaling_apply_f16");
}
LOGITUDE_NODISCARD inline status vector_scaling_apply(const_bytes model, rows_view<const bf16> x,
    rows_view<bf16> y) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (y.rows() != rows || y.cols() != cols)
    return detail::mismatch("lgt_vector_scaling_apply_bf16", "y");
  return detail::answer(lgt_vector_scaling_apply_bf16(model.data(), detail::raw(x.data()),
                                                      x.stride(), detail::raw(y.data()), y.stride(),
                                                      rows, cols),
                        "lgt_vector_scaling_apply_bf16");
}

// ---- venn_abers ----

/// lgt_venn_abers_size: Writes how many bytes a model of `lgt_venn_abers` takes at most: 40 and 24
/// a row.
LOGITUDE_NODISCARD inline status venn_abers_size(std::size_t rows, std::uint32_t weighted,
    std::size_t &bytes) {
  return detail::answer(lgt_venn_abers_size(rows, weighted, &bytes),
                        "lgt_venn_abers_size");
}

/// lgt_venn_abers_scratch: Writes how many bytes of scratch `lgt_venn_abers_fit` needs: 24 a row
/// and those of a score.
LOGITUDE_NODISCARD inline status venn_abers_scratch(std::size_t rows, std::size_t score_size,
    std::uint32_t weighted, std::size_t &bytes) {
  return detail::answer(lgt_venn_abers_scratch(rows, score_size, weighted, &bytes),
                        "lgt_venn_abers_scratch");
}

/// lgt_venn_abers_fit_f32: Fits an inductive Venn-Abers predictor to held-out scores of two
/// classes: for a new score it gives two probabilities of label 1, what isotonic regression says if
/// the new row is one of the data with label 0, and what it says if with label 1.
LOGITUDE_NODISCARD inline status venn_abers_fit(bytes model, column_view<const float> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_venn_abers_fit_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_venn_abers_fit_f32", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_venn_abers_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_venn_abers_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_venn_abers_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_venn_abers_scratch");
  return detail::answer(lgt_venn_abers_fit_f32(model.data(), model.size(), x.data(), x.stride(),
                                               labels.data(), labels.type(), weights.data(), rows,
                                               scratch.data(), scratch.size()),
                        "lgt_venn_abers_fit_f32");
}
LOGITUDE_NODISCARD inline status venn_abers_fit(bytes model, column_view<const double> x,
    numbers_view labels, view<const double> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_venn_abers_fit_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_venn_abers_fit_f64", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_venn_abers_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_venn_abers_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_venn_abers_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_venn_abers_scratch");
  return detail::answer(lgt_venn_abers_fit_f64(model.data(), model.size(), x.data(), x.stride(),
                                               labels.data(), labels.type(), weights.data(), rows,
                                               scratch.data(), scratch.size()),
                        "lgt_venn_abers_fit_f64");
}
LOGITUDE_NODISCARD inline status venn_abers_fit(bytes model, column_view<const f16> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_venn_abers_fit_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_venn_abers_fit_f16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_venn_abers_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_venn_abers_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_venn_abers_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_venn_abers_scratch");
  return detail::answer(lgt_venn_abers_fit_f16(model.data(), model.size(), detail::raw(x.data()),
                                               x.stride(), labels.data(), labels.type(),
                                               weights.data(), rows, scratch.data(),
                                               scratch.size()),
                        "lgt_venn_abers_fit_f16");
}
LOGITUDE_NODISCARD inline status venn_abers_fit(bytes model, column_view<const bf16> x,
    numbers_view labels, view<const float> weights, bytes scratch) {
  const std::size_t rows = x.rows();
  if (labels.size() != rows) return detail::mismatch("lgt_venn_abers_fit_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_venn_abers_fit_bf16", "weights");
  std::size_t model_bytes = 0;
  status model_room = lgt_venn_abers_size(rows, weights.data() != nullptr, &model_bytes);
  if (model_room >= 0) model_room = model.grow(model_bytes);
  if (model_room < 0) return detail::answer(model_room, "lgt_venn_abers_size");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_venn_abers_scratch(rows, sizeof(*x.data()), weights.data() != nullptr, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_venn_abers_scratch");
  return detail::answer(lgt_venn_abers_fit_bf16(model.data(), model.size(), detail::raw(x.data()),
                                                x.stride(), labels.data(), labels.type(),
                                                weights.data(), rows, scratch.data(),
                                                scratch.size()),
                        "lgt_venn_abers_fit_bf16");
}

/// lgt_venn_abers_apply_f32: Calibrated probabilities: p1 / (1 - p0 + p1), where p0 is the lower
/// and p1 the upper probability of each score, which is what loses least by logarithmic loss
/// whichever label is true.
LOGITUDE_NODISCARD inline status venn_abers_apply(const_bytes model, column_view<const float> x,
    column_view<float> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_venn_abers_apply_f32", "y");
  return detail::answer(lgt_venn_abers_apply_f32(model.data(), x.data(), x.stride(), y.data(),
                                                 y.stride(), rows),
                        "lgt_venn_abers_apply_f32");
}
LOGITUDE_NODISCARD inline status venn_abers_apply(const_bytes model, column_view<const double> x,
    column_view<double> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_venn_abers_apply_f64", "y");
  return detail::answer(lgt_venn_abers_apply_f64(model.data(), x.data(), x.stride(), y.data(),
                                                 y.stride(), rows),
                        "lgt_venn_abers_apply_f64");
}
LOGITUDE_NODISCARD inline status venn_abers_apply(const_bytes model, column_view<const f16> x,
    column_view<f16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_venn_abers_apply_f16", "y");
  return detail::answer(lgt_venn_abers_apply_f16(model.data(), detail::raw(x.data()), x.stride(),
                                                 detail::raw(y.data()), y.stride(), rows),
                        "lgt_venn_abers_apply_f16");
}
LOGITUDE_NODISCARD inline status venn_abers_apply(const_bytes model, column_view<const bf16> x,
    column_view<bf16> y) {
  const std::size_t rows = x.rows();
  if (y.rows() != rows) return detail::mismatch("lgt_venn_abers_apply_bf16", "y");
  return detail::answer(lgt_venn_abers_apply_bf16(model.data(), detail::raw(x.data()), x.stride(),
                                                  detail::raw(y.data()), y.stride(), rows),
                        "lgt_venn_abers_apply_bf16");
}

/// lgt_venn_abers_interval_f32: Lower and upper probabilities: what isotonic regression says of
/// each score if it is one of the data with label 0, and if with label 1.
LOGITUDE_NODISCARD inline status venn_abers_interval(const_bytes model, column_view<const float> x,
    view<float> lower = {}, view<float> upper = {}) {
  const std::size_t rows = x.rows();
  if (lower.data() != nullptr && lower.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f32", "lower");
  if (upper.data() != nullptr && upper.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f32", "upper");
  return detail::answer(lgt_venn_abers_interval_f32(model.data(), x.data(), x.stride(),
                                                    lower.data(), upper.data(), rows),
                        "lgt_venn_abers_interval_f32");
}
LOGITUDE_NODISCARD inline status venn_abers_interval(const_bytes model, column_view<const double> x,
    view<double> lower = {}, view<double> upper = {}) {
  const std::size_t rows = x.rows();
  if (lower.data() != nullptr && lower.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f64", "lower");
  if (upper.data() != nullptr && upper.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f64", "upper");
  return detail::answer(lgt_venn_abers_interval_f64(model.data(), x.data(), x.stride(),
                                                    lower.data(), upper.data(), rows),
                        "lgt_venn_abers_interval_f64");
}
LOGITUDE_NODISCARD inline status venn_abers_interval(const_bytes model, column_view<const f16> x,
    view<f16> lower = {}, view<f16> upper = {}) {
  const std::size_t rows = x.rows();
  if (lower.data() != nullptr && lower.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f16", "lower");
  if (upper.data() != nullptr && upper.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_f16", "upper");
  return detail::answer(lgt_venn_abers_interval_f16(model.data(), detail::raw(x.data()), x.stride(),
                                                    detail::raw(lower.data()),
                                                    detail::raw(upper.data()), rows),
                        "lgt_venn_abers_interval_f16");
}
LOGITUDE_NODISCARD inline status venn_abers_interval(const_bytes model, column_view<const bf16> x,
    view<bf16> lower = {}, view<bf16> upper = {}) {
  const std::size_t rows = x.rows();
  if (lower.data() != nullptr && lower.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_bf16", "lower");
  if (upper.data() != nullptr && upper.size() != rows)
    return detail::mismatch("lgt_venn_abers_interval_bf16", "upper");
  return detail::answer(lgt_venn_abers_interval_bf16(model.data(), detail::raw(x.data()),
                                                     x.stride(), detail::raw(lower.data()),
                                                     detail::raw(upper.data()), rows),
                        "lgt_venn_abers_interval_bf16");
}

// ---- weighted_tau ----

/// lgt_weighted_tau_scratch: Writes how many bytes of scratch `lgt_weighted_tau` needs: 20 a row.
LOGITUDE_NODISCARD inline status weighted_tau_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_weighted_tau_scratch(n, &bytes),
                        "lgt_weighted_tau_scratch");
}

/// lgt_weighted_tau_f32: Kendall's tau where rows at the top count more: with the rank of a row
/// from 0 on, a pair counts 1 / (rank + 1) of the one plus, or times, that of the other.
LOGITUDE_NODISCARD inline status weighted_tau(view<const float> x, view<const float> y,
    lgt_weighted_tau_report &report, std::uint32_t ranking, std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_weighted_tau_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_weighted_tau_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_weighted_tau_scratch");
  return detail::answer(lgt_weighted_tau_f32(x.data(), y.data(), &report, n, ranking, flags,
                                             scratch.data(), scratch.size()),
                        "lgt_weighted_tau_f32");
}
LOGITUDE_NODISCARD inline status weighted_tau(view<const double> x, view<const double> y,
    lgt_weighted_tau_report &report, std::uint32_t ranking, std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_weighted_tau_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_weighted_tau_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_weighted_tau_scratch");
  return detail::answer(lgt_weighted_tau_f64(x.data(), y.data(), &report, n, ranking, flags,
                                             scratch.data(), scratch.size()),
                        "lgt_weighted_tau_f64");
}
LOGITUDE_NODISCARD inline status weighted_tau(view<const f16> x, view<const f16> y,
    lgt_weighted_tau_report &report, std::uint32_t ranking, std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_weighted_tau_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_weighted_tau_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_weighted_tau_scratch");
  return detail::answer(lgt_weighted_tau_f16(detail::raw(x.data()), detail::raw(y.data()), &report,
                                             n, ranking, flags, scratch.data(), scratch.size()),
                        "lgt_weighted_tau_f16");
}
LOGITUDE_NODISCARD inline status weighted_tau(view<const bf16> x, view<const bf16> y,
    lgt_weighted_tau_report &report, std::uint32_t ranking, std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_weighted_tau_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_weighted_tau_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_weighted_tau_scratch");
  return detail::answer(lgt_weighted_tau_bf16(detail::raw(x.data()), detail::raw(y.data()), &report,
                                              n, ranking, flags, scratch.data(), scratch.size()),
                        "lgt_weighted_tau_bf16");
}

// ---- xi ----

/// lgt_xi_scratch: Writes how many bytes of scratch `lgt_xi` needs: 12 a row.
LOGITUDE_NODISCARD inline status xi_scratch(std::size_t n, std::size_t &bytes) {
  return detail::answer(lgt_xi_scratch(n, &bytes),
                        "lgt_xi_scratch");
}

/// lgt_xi_f32: Chatterjee's correlation xi: how well y is told by x, 0 if not at all and towards 1
/// if it is a function of x, of any shape.
LOGITUDE_NODISCARD inline status xi(view<const float> x, view<const float> y, lgt_xi_report &report,
    std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_xi_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_xi_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_xi_scratch");
  return detail::answer(lgt_xi_f32(x.data(), y.data(), &report, n, flags, scratch.data(),
                                   scratch.size()),
                        "lgt_xi_f32");
}
LOGITUDE_NODISCARD inline status xi(view<const double> x, view<const double> y,
    lgt_xi_report &report, std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_xi_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_xi_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_xi_scratch");
  return detail::answer(lgt_xi_f64(x.data(), y.data(), &report, n, flags, scratch.data(),
                                   scratch.size()),
                        "lgt_xi_f64");
}
LOGITUDE_NODISCARD inline status xi(view<const f16> x, view<const f16> y, lgt_xi_report &report,
    std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_xi_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_xi_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_xi_scratch");
  return detail::answer(lgt_xi_f16(detail::raw(x.data()), detail::raw(y.data()), &report, n, flags,
                                   scratch.data(), scratch.size()),
                        "lgt_xi_f16");
}
LOGITUDE_NODISCARD inline status xi(view<const bf16> x, view<const bf16> y, lgt_xi_report &report,
    std::uint32_t flags, bytes scratch) {
  const std::size_t n = x.size();
  if (y.size() != n) return detail::mismatch("lgt_xi_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_xi_scratch(n, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_xi_scratch");
  return detail::answer(lgt_xi_bf16(detail::raw(x.data()), detail::raw(y.data()), &report, n, flags,
                                    scratch.data(), scratch.size()),
                        "lgt_xi_bf16");
}

// ---- xmc ----

/// lgt_xmc_size: Writes how many bytes a state of `lgt_xmc` needs: 48, and 96 a rank (352 with
/// propensities).
LOGITUDE_NODISCARD inline status xmc_size(std::uint32_t k, std::uint32_t flags,
    std::size_t &bytes) {
  return detail::answer(lgt_xmc_size(k, flags, &bytes),
                        "lgt_xmc_size");
}

/// lgt_xmc_init: Starts a state of extreme classification: precision, recall, nDCG and their
/// propensity-scored forms at every cutoff from 1 to k.
LOGITUDE_NODISCARD inline status xmc_init(bytes state, std::uint32_t k, std::uint32_t flags) {
  std::size_t state_bytes = 0;
  status state_room = lgt_xmc_size(k, flags, &state_bytes);
  if (state_room >= 0) state_room = state.grow(state_bytes);
  if (state_room < 0) return detail::answer(state_room, "lgt_xmc_size");
  return detail::answer(lgt_xmc_init(state.data(), state.size(), k, flags),
                        "lgt_xmc_init");
}

/// lgt_xmc_update_top: Adds rows to a state of extreme classification, from the labels that were
/// predicted, best first.
LOGITUDE_NODISCARD inline status xmc_update_top(bytes state, number_rows predicted,
    const lgt_csr &labels, view<const double> inverse_propensities, std::size_t cols) {
  const std::size_t rows = predicted.rows();
  const std::size_t width = predicted.cols();
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_top", "inverse_propensities");
  return detail::answer(lgt_xmc_update_top(state.data(), predicted.data(), predicted.stride(),
                                           predicted.type(), width, &labels,
                                           inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_top");
}

/// lgt_xmc_update_f32: Adds rows to a state of extreme classification, from the scores of some
/// labels each.
LOGITUDE_NODISCARD inline status xmc_update(bytes state, const lgt_csr &predicted,
    view<const float> scores, const lgt_csr &labels, view<const double> inverse_propensities,
    std::size_t rows, std::size_t cols) {
  if (scores.size() != predicted.nnz) return detail::mismatch("lgt_xmc_update_f32", "scores");
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_f32", "inverse_propensities");
  return detail::answer(lgt_xmc_update_f32(state.data(), &predicted, scores.data(), &labels,
                                           inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_f32");
}
LOGITUDE_NODISCARD inline status xmc_update(bytes state, const lgt_csr &predicted,
    view<const double> scores, const lgt_csr &labels, view<const double> inverse_propensities,
    std::size_t rows, std::size_t cols) {
  if (scores.size() != predicted.nnz) return detail::mismatch("lgt_xmc_update_f64", "scores");
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_f64", "inverse_propensities");
  return detail::answer(lgt_xmc_update_f64(state.data(), &predicted, scores.data(), &labels,
                                           inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_f64");
}
LOGITUDE_NODISCARD inline status xmc_update(bytes state, const lgt_csr &predicted,
    view<const f16> scores, const lgt_csr &labels, view<const double> inverse_propensities,
    std::size_t rows, std::size_t cols) {
  if (scores.size() != predicted.nnz) return detail::mismatch("lgt_xmc_update_f16", "scores");
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_f16", "inverse_propensities");
  return detail::answer(lgt_xmc_update_f16(state.data(), &predicted, detail::raw(scores.data()),
                                           &labels, inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_f16");
}
LOGITUDE_NODISCARD inline status xmc_update(bytes state, const lgt_csr &predicted,
    view<const bf16> scores, const lgt_csr &labels, view<const double> inverse_propensities,
    std::size_t rows, std::size_t cols) {
  if (scores.size() != predicted.nnz) return detail::mismatch("lgt_xmc_update_bf16", "scores");
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_bf16", "inverse_propensities");
  return detail::answer(lgt_xmc_update_bf16(state.data(), &predicted, detail::raw(scores.data()),
                                            &labels, inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_bf16");
}

/// lgt_xmc_update_dense_f32: Adds rows to a state of extreme classification, from the scores of all
/// labels.
LOGITUDE_NODISCARD inline status xmc_update_dense(bytes state, rows_view<const float> x,
    const lgt_csr &labels, view<const double> inverse_propensities = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_dense_f32", "inverse_propensities");
  return detail::answer(lgt_xmc_update_dense_f32(state.data(), x.data(), x.stride(), &labels,
                                                 inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_dense_f32");
}
LOGITUDE_NODISCARD inline status xmc_update_dense(bytes state, rows_view<const double> x,
    const lgt_csr &labels, view<const double> inverse_propensities = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_dense_f64", "inverse_propensities");
  return detail::answer(lgt_xmc_update_dense_f64(state.data(), x.data(), x.stride(), &labels,
                                                 inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_dense_f64");
}
LOGITUDE_NODISCARD inline status xmc_update_dense(bytes state, rows_view<const f16> x,
    const lgt_csr &labels, view<const double> inverse_propensities = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_dense_f16", "inverse_propensities");
  return detail::answer(lgt_xmc_update_dense_f16(state.data(), detail::raw(x.data()), x.stride(),
                                                 &labels, inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_dense_f16");
}
LOGITUDE_NODISCARD inline status xmc_update_dense(bytes state, rows_view<const bf16> x,
    const lgt_csr &labels, view<const double> inverse_propensities = {}) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (inverse_propensities.data() != nullptr && inverse_propensities.size() != cols)
    return detail::mismatch("lgt_xmc_update_dense_bf16", "inverse_propensities");
  return detail::answer(lgt_xmc_update_dense_bf16(state.data(), detail::raw(x.data()), x.stride(),
                                                  &labels, inverse_propensities.data(), rows, cols),
                        "lgt_xmc_update_dense_bf16");
}

/// lgt_xmc_merge: Adds what another state of the same parameters has seen.
LOGITUDE_NODISCARD inline status xmc_merge(bytes state, const_bytes other) {
  return detail::answer(lgt_xmc_merge(state.data(), other.data()),
                        "lgt_xmc_merge");
}

/// lgt_xmc_finish: Writes the result so far at one cutoff; the state can go on.
LOGITUDE_NODISCARD inline status xmc_finish(const_bytes state, lgt_xmc_report &report,
    std::uint32_t k, std::uint32_t flags) {
  return detail::answer(lgt_xmc_finish(state.data(), &report, k, flags),
                        "lgt_xmc_finish");
}

/// The bytes of a state of lgt_xmc, and its verbs.
class xmc_state : public detail::state {
 public:
#ifndef LOGITUDE_NO_EXCEPTIONS
  explicit xmc_state(std::uint32_t k, std::uint32_t flags) {
    xmc_init(*this, k, flags);
  }
#endif
  static result<xmc_state> make(std::uint32_t k, std::uint32_t flags) {
    xmc_state made{detail::empty()};
    const status got = xmc_init(made, k, flags);
    return detail::with(got, std::move(made));
  }
  static result<xmc_state> load(const_bytes saved) {
    xmc_state made{detail::empty()};
    const status got = made.copy(saved, LGT_STATE_XMC);
    return detail::with(got, std::move(made));
  }
  LOGITUDE_NODISCARD status update_top(number_rows predicted, const lgt_csr &labels,
      view<const double> inverse_propensities, std::size_t cols) {
    return xmc_update_top(*this, predicted, labels, inverse_propensities, cols);
  }
  LOGITUDE_NODISCARD status update(const lgt_csr &predicted, view<const float> scores,
      const lgt_csr &labels, view<const double> inverse_propensities, std::size_t rows,
      std::size_t cols) {
    return xmc_update(*this, predicted, scores, labels, inverse_propensities, rows, cols);
  }
  LOGITUDE_NODISCARD status update(const lgt_csr &predicted, view<const double> scores,
      const lgt_csr &labels, view<const double> inverse_propensities, std::size_t rows,
      std::size_t cols) {
    return xmc_update(*this, predicted, scores, labels, inverse_propensities, rows, cols);
  }
  LOGITUDE_NODISCARD status update(const lgt_csr &predicted, view<const f16> scores,
      const lgt_csr &labels, view<const double> inverse_propensities, std::size_t rows,
      std::size_t cols) {
    return xmc_update(*this, predicted, scores, labels, inverse_propensities, rows, cols);
  }
  LOGITUDE_NODISCARD status update(const lgt_csr &predicted, view<const bf16> scores,
      const lgt_csr &labels, view<const double> inverse_propensities, std::size_t rows,
      std::size_t cols) {
    return xmc_update(*this, predicted, scores, labels, inverse_propensities, rows, cols);
  }
  LOGITUDE_NODISCARD status update_dense(rows_view<const float> x, const lgt_csr &labels,
      view<const double> inverse_propensities = {}) {
    return xmc_update_dense(*this, x, labels, inverse_propensities);
  }
  LOGITUDE_NODISCARD status update_dense(rows_view<const double> x, const lgt_csr &labels,
      view<const double> inverse_propensities = {}) {
    return xmc_update_dense(*this, x, labels, inverse_propensities);
  }
  LOGITUDE_NODISCARD status update_dense(rows_view<const f16> x, const lgt_csr &labels,
      view<const double> inverse_propensities = {}) {
    return xmc_update_dense(*this, x, labels, inverse_propensities);
  }
  LOGITUDE_NODISCARD status update_dense(rows_view<const bf16> x, const lgt_csr &labels,
      view<const double> inverse_propensities = {}) {
    return xmc_update_dense(*this, x, labels, inverse_propensities);
  }
  LOGITUDE_NODISCARD status merge(const xmc_state &other) {
    return xmc_merge(*this, other);
  }
  result<lgt_xmc_report> finish(std::uint32_t k, std::uint32_t flags) const {
    lgt_xmc_report report{};
    const status got = xmc_finish(*this, report, k, flags);
    return detail::with(got, std::move(report));
  }

 private:
  explicit xmc_state(detail::empty) {}
};

// ---- z_loss ----

/// lgt_z_loss_f32: Z-loss of each row, `ln(1 + exp(a (b - z))) / a` of the z-score `z` of the
/// label's output among all outputs of its row, with its gradient in the outputs.
LOGITUDE_NODISCARD inline status z_loss(rows_view<const float> x, numbers_view labels,
    view<const float> weights, double a, double b, view<double> loss = {},
    rows_view<float> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_z_loss_f32", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_z_loss_f32", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_z_loss_f32", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_z_loss_f32", "grad");
  return detail::answer(lgt_z_loss_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                       weights.data(), a, b, loss.data(), grad.data(),
                                       grad.stride(), total, rows, cols, opts),
                        "lgt_z_loss_f32");
}
LOGITUDE_NODISCARD inline status z_loss(rows_view<const double> x, numbers_view labels,
    view<const double> weights, double a, double b, view<double> loss = {},
    rows_view<double> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_z_loss_f64", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_z_loss_f64", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_z_loss_f64", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_z_loss_f64", "grad");
  return detail::answer(lgt_z_loss_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                       weights.data(), a, b, loss.data(), grad.data(),
                                       grad.stride(), total, rows, cols, opts),
                        "lgt_z_loss_f64");
}
LOGITUDE_NODISCARD inline status z_loss(rows_view<const f16> x, numbers_view labels,
    view<const float> weights, double a, double b, view<double> loss = {}, rows_view<f16> grad = {},
    double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_z_loss_f16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_z_loss_f16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_z_loss_f16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_z_loss_f16", "grad");
  return detail::answer(lgt_z_loss_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                       labels.type(), weights.data(), a, b, loss.data(),
                                       detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                       opts),
                        "lgt_z_loss_f16");
}
LOGITUDE_NODISCARD inline status z_loss(rows_view<const bf16> x, numbers_view labels,
    view<const float> weights, double a, double b, view<double> loss = {},
    rows_view<bf16> grad = {}, double *total = nullptr, const lgt_loss_opts *opts = nullptr) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_z_loss_bf16", "labels");
  if (weights.data() != nullptr && weights.size() != rows)
    return detail::mismatch("lgt_z_loss_bf16", "weights");
  if (loss.data() != nullptr && loss.size() != rows)
    return detail::mismatch("lgt_z_loss_bf16", "loss");
  if (grad.data() != nullptr && (grad.rows() != rows || grad.cols() != cols))
    return detail::mismatch("lgt_z_loss_bf16", "grad");
  return detail::answer(lgt_z_loss_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                        labels.type(), weights.data(), a, b, loss.data(),
                                        detail::raw(grad.data()), grad.stride(), total, rows, cols,
                                        opts),
                        "lgt_z_loss_bf16");
}

// ---- zipf_targets ----

/// lgt_zipf_targets_f32: Soft labels of the classes other than a row's label by Zipf's law: `1 /
/// rank`, the largest score of rank 1, made to add up to 1; 0 for the label.
LOGITUDE_NODISCARD inline status zipf_targets(rows_view<const float> x, numbers_view labels,
    std::uint32_t order, rows_view<float> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_zipf_targets_f32", "labels");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_zipf_targets_f32", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_zipf_targets_f32(x.data(), x.stride(), labels.data(), labels.type(),
                                             order, y.data(), y.stride(), rows, cols,
                                             scratch.data(), scratch.size()),
                        "lgt_zipf_targets_f32");
}
LOGITUDE_NODISCARD inline status zipf_targets(rows_view<const double> x, numbers_view labels,
    std::uint32_t order, rows_view<double> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_zipf_targets_f64", "labels");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_zipf_targets_f64", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_zipf_targets_f64(x.data(), x.stride(), labels.data(), labels.type(),
                                             order, y.data(), y.stride(), rows, cols,
                                             scratch.data(), scratch.size()),
                        "lgt_zipf_targets_f64");
}
LOGITUDE_NODISCARD inline status zipf_targets(rows_view<const f16> x, numbers_view labels,
    std::uint32_t order, rows_view<f16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_zipf_targets_f16", "labels");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_zipf_targets_f16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_zipf_targets_f16(detail::raw(x.data()), x.stride(), labels.data(),
                                             labels.type(), order, detail::raw(y.data()),
                                             y.stride(), rows, cols, scratch.data(),
                                             scratch.size()),
                        "lgt_zipf_targets_f16");
}
LOGITUDE_NODISCARD inline status zipf_targets(rows_view<const bf16> x, numbers_view labels,
    std::uint32_t order, rows_view<bf16> y, bytes scratch) {
  const std::size_t rows = x.rows();
  const std::size_t cols = x.cols();
  if (labels.size() != rows) return detail::mismatch("lgt_zipf_targets_bf16", "labels");
  if (y.rows() != rows || y.cols() != cols) return detail::mismatch("lgt_zipf_targets_bf16", "y");
  std::size_t scratch_bytes = 0;
  status scratch_room = lgt_uskd_scratch(cols, &scratch_bytes);
  if (scratch_room >= 0) scratch_room = scratch.grow(scratch_bytes);
  if (scratch_room < 0) return detail::answer(scratch_room, "lgt_uskd_scratch");
  return detail::answer(lgt_zipf_targets_bf16(detail::raw(x.data()), x.stride(), labels.data(),
                                              labels.type(), order, detail::raw(y.data()),
                                              y.stride(), rows, cols, scratch.data(),
                                              scratch.size()),
                        "lgt_zipf_targets_bf16");
}

}  // inline namespace
}  // namespace logitude

#endif  // LOGITUDE_FUNCTIONS_HPP
