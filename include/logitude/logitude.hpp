// Logitude for C++17: the C functions, one overloaded name for all storage types,
// over arrays that know their size.
//
// lgt_softmax_f32, _f64, _f16 and _bf16 are logitude::softmax, and so with every function:
// functions.hpp, which is generated. Failures are thrown as logitude::error, or returned
// where LOGITUDE_NO_EXCEPTIONS is defined or exceptions are off. This file holds what the
// functions take: views, buffers, errors.
#ifndef LOGITUDE_HPP
#define LOGITUDE_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>

#include "logitude.h"

#if !defined(LOGITUDE_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define LOGITUDE_NO_EXCEPTIONS
#endif
#ifdef LOGITUDE_NO_EXCEPTIONS
#define LOGITUDE_NODISCARD [[nodiscard]]
#else
#define LOGITUDE_NODISCARD
#include <stdexcept>
#include <string>
#endif

namespace logitude {

// Programs of both kinds may be linked together.
#ifdef LOGITUDE_NO_EXCEPTIONS
inline namespace returning {
#else
inline namespace throwing {
#endif

/// 0, an advisory above 0 (outputs are written), or an error below 0.
using status = lgt_status;

/// binary16 and bfloat16, as their bits: C's `lgt_f16` and `lgt_bf16` are one type.
enum class f16 : std::uint16_t {};
enum class bf16 : std::uint16_t {};

// ---- errors ----

#ifndef LOGITUDE_NO_EXCEPTIONS
/// What a function of the C library, or a check before it, refused.
class error : public std::runtime_error {
 public:
  error(logitude::status got, const char *function, const char *argument = nullptr)
      : std::runtime_error(text(got, function, argument)), status_(got), function_(function) {}
  logitude::status status() const noexcept { return status_; }
  /// The name of the C function.
  const char *function() const noexcept { return function_; }

 private:
  static std::string text(logitude::status got, const char *function, const char *argument) {
    std::string said = std::string(function) + ": " + lgt_status_name(got) + ": ";
    if (argument == nullptr) return said + lgt_status_string(got);
    return said + "the size of `" + argument + "` does not go with the others.";
  }
  logitude::status status_;
  const char *function_;
};

/// What a function makes: the value itself, since failures are thrown.
template <class T>
using result = T;
#else
/// What a function makes: a value, if the status is not negative.
template <class T>
class [[nodiscard]] result {
 public:
  result(logitude::status got, T &&made) : status_(got), value_(std::move(made)) {}
  logitude::status status() const noexcept { return status_; }
  explicit operator bool() const noexcept { return status_ >= 0; }
  T &operator*() noexcept { return value_; }
  const T &operator*() const noexcept { return value_; }
  T *operator->() noexcept { return &value_; }
  const T *operator->() const noexcept { return &value_; }

 private:
  logitude::status status_;
  T value_;
};
#endif

namespace detail {

/// The end of every call: failures leave here.
LOGITUDE_NODISCARD inline status answer(status got, const char *function,
                                        const char *argument = nullptr) {
#ifndef LOGITUDE_NO_EXCEPTIONS
  if (got < 0) throw error(got, function, argument);
#else
  static_cast<void>(function), static_cast<void>(argument);
#endif
  return got;
}

/// Sizes that do not go together, found before the call.
LOGITUDE_NODISCARD inline status mismatch(const char *function, const char *argument) {
  return answer(LGT_E_SHAPE, function, argument);
}

template <class T>
result<T> with(status got, T &&made) {
#ifndef LOGITUDE_NO_EXCEPTIONS
  static_cast<void>(got);
  return std::move(made);
#else
  return result<T>(got, std::move(made));
#endif
}

/// The elements of anything with `data()` and `size()`.
template <class C, class = decltype(std::declval<C &>().size())>
using element = std::remove_pointer_t<decltype(std::declval<C &>().data())>;

/// Whether arrays of one type may be read as of another: the same, or const.
template <class From, class To>
using if_reads_as = std::enable_if_t<std::is_convertible_v<From (*)[], To (*)[]>>;

template <class T>
constexpr bool is_plain = std::is_trivially_copyable_v<T> && !std::is_pointer_v<T>;

template <class T>
constexpr bool is_bits = std::is_same_v<T, f16> || std::is_same_v<T, bf16>;

template <class T>
constexpr bool is_number = std::is_arithmetic_v<T> || is_bits<T>;

/// What C calls a storage type.
template <class T>
auto raw(T *data) noexcept {
  if constexpr (is_bits<std::remove_const_t<T>>) {
    using bits = std::conditional_t<std::is_const_v<T>, const std::uint16_t, std::uint16_t>;
    return reinterpret_cast<bits *>(data);
  } else {
    return data;
  }
}

/// The `LGT_I8` .. `LGT_BF16` that stands for a C++ type.
template <class T>
constexpr std::uint32_t type_of() {
  static_assert(is_number<T> && sizeof(T) <= 8, "numbers of a type that the library reads");
  if (std::is_same_v<T, f16>) return LGT_F16;
  if (std::is_same_v<T, bf16>) return LGT_BF16;
  if (std::is_floating_point_v<T>) return sizeof(T) == 4 ? LGT_F32 : LGT_F64;
  constexpr std::uint32_t log2 = sizeof(T) == 1 ? 0 : sizeof(T) == 2 ? 1 : sizeof(T) == 4 ? 2 : 3;
  return (std::is_signed_v<T> ? LGT_I8 : LGT_U8) + log2;
}

}  // namespace detail

// ---- views: what is not owned ----

/// A pointer and how many it points at; made of a vector, an array, a span, or both.
template <class T>
class view {
 public:
  constexpr view() noexcept = default;
  constexpr view(std::nullptr_t) noexcept {}
  constexpr view(T *data, std::size_t size) noexcept : data_(data), size_(size) {}
  template <class U, std::size_t N, class = detail::if_reads_as<U, T>>
  constexpr view(U (&array)[N]) noexcept : data_(array), size_(N) {}
  template <class C, class = detail::if_reads_as<detail::element<C>, T>>
  constexpr view(C &&array) noexcept : data_(array.data()), size_(array.size()) {}
  constexpr T *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr T &operator[](std::size_t i) const noexcept { return data_[i]; }
  constexpr T *begin() const noexcept { return data_; }
  constexpr T *end() const noexcept { return data_ + size_; }

 private:
  T *data_ = nullptr;
  std::size_t size_ = 0;
};

/// Rows that lie `stride` elements apart, each of `cols`.
template <class T>
class rows_view {
 public:
  constexpr rows_view() noexcept = default;
  constexpr rows_view(std::nullptr_t) noexcept {}
  constexpr rows_view(T *data, std::size_t rows, std::size_t cols) noexcept
      : rows_view(data, rows, cols, cols) {}
  constexpr rows_view(T *data, std::size_t rows, std::size_t cols, std::size_t stride) noexcept
      : data_(data), rows_(rows), cols_(cols), stride_(stride) {}
  template <class U, std::size_t R, std::size_t C, class = detail::if_reads_as<U, T>>
  constexpr rows_view(U (&array)[R][C]) noexcept : rows_view(&array[0][0], R, C) {}
  template <class U, class = detail::if_reads_as<U, T>>
  constexpr rows_view(const rows_view<U> &other) noexcept
      : rows_view(other.data(), other.rows(), other.cols(), other.stride()) {}
  constexpr T *data() const noexcept { return data_; }
  constexpr std::size_t rows() const noexcept { return rows_; }
  constexpr std::size_t cols() const noexcept { return cols_; }
  constexpr std::size_t stride() const noexcept { return stride_; }
  constexpr view<T> operator[](std::size_t row) const noexcept {
    return {data_ + row * stride_, cols_};
  }

 private:
  T *data_ = nullptr;
  std::size_t rows_ = 0, cols_ = 0, stride_ = 0;
};

/// An array as rows of that many columns; what is left over of it belongs to no row.
template <class C, class T = detail::element<C>>
constexpr rows_view<T> rows(C &&array, std::size_t cols) noexcept {
  return {array.data(), cols == 0 ? 0 : array.size() / cols, cols};
}

/// An array as one row.
template <class C, class T = detail::element<C>>
constexpr rows_view<T> row(C &&array) noexcept {
  return {array.data(), 1, array.size()};
}

/// One number a row: an array, or a column of rows.
template <class T>
class column_view : public rows_view<T> {
 public:
  constexpr column_view() noexcept = default;
  constexpr column_view(T *data, std::size_t rows, std::size_t stride = 1) noexcept
      : rows_view<T>(data, rows, 1, stride) {}
  template <class U, class = detail::if_reads_as<U, T>>
  constexpr column_view(const column_view<U> &other) noexcept
      : column_view(other.data(), other.rows(), other.stride()) {}
  template <class A, class = std::enable_if_t<std::is_constructible_v<view<T>, A &&>>>
  constexpr column_view(A &&array) noexcept
      : column_view(view<T>(array).data(), view<T>(array).size()) {}
};

/// Numbers of a type that is known when the program runs, such as labels.
class numbers_view {
 public:
  constexpr numbers_view() noexcept = default;
  constexpr numbers_view(std::nullptr_t) noexcept {}
  constexpr numbers_view(const void *data, std::uint32_t type, std::size_t size) noexcept
      : data_(data), type_(type), size_(size) {}
  template <class T>
  constexpr numbers_view(const T *data, std::size_t size) noexcept
      : numbers_view(data, detail::type_of<T>(), size) {}
  template <class T, std::size_t N>
  constexpr numbers_view(const T (&array)[N]) noexcept : numbers_view(array, N) {}
  template <class C, class T = detail::element<const C>,
            class = std::enable_if_t<detail::is_number<std::remove_const_t<T>>>>
  constexpr numbers_view(const C &array) noexcept : numbers_view(array.data(), array.size()) {}
  constexpr const void *data() const noexcept { return data_; }
  constexpr std::uint32_t type() const noexcept { return type_; }
  constexpr std::size_t size() const noexcept { return size_; }

 private:
  const void *data_ = nullptr;
  std::uint32_t type_ = LGT_I32;
  std::size_t size_ = 0;
};

/// Rows of such numbers.
class number_rows : public rows_view<const char> {
 public:
  constexpr number_rows() noexcept = default;
  number_rows(const void *data, std::uint32_t type, std::size_t rows, std::size_t cols,
              std::size_t stride) noexcept
      : rows_view(static_cast<const char *>(data), rows, cols, stride), type_(type) {}
  template <class T>
  number_rows(const rows_view<T> &rows) noexcept
      : number_rows(rows.data(), detail::type_of<std::remove_const_t<T>>(), rows.rows(),
                    rows.cols(), rows.stride()) {}
  template <class T, std::size_t R, std::size_t C>
  number_rows(const T (&array)[R][C]) noexcept : number_rows(rows_view<const T>(array)) {}
  constexpr std::uint32_t type() const noexcept { return type_; }

 private:
  std::uint32_t type_ = LGT_I32;
};

// ---- buffers: what is owned ----

/// Bytes of a state, a model or scratch, 8-byte aligned. Functions that need more make
/// it larger; what is there is then lost.
class buffer {
 public:
  buffer() noexcept = default;
  explicit buffer(std::size_t bytes) { static_cast<void>(detail::answer(grow(bytes), "buffer")); }
  buffer(buffer &&other) noexcept
      : words_(std::move(other.words_)), bytes_(std::exchange(other.bytes_, 0)) {}
  buffer &operator=(buffer &&other) noexcept {
    words_ = std::move(other.words_);
    bytes_ = std::exchange(other.bytes_, 0);
    return *this;
  }
  void *data() noexcept { return words_.get(); }
  const void *data() const noexcept { return words_.get(); }
  std::size_t size() const noexcept { return bytes_; }

  /// Makes room for that many bytes, if there is less.
  status grow(std::size_t bytes) noexcept {
    if (bytes <= bytes_) return LGT_OK;
    const std::size_t words = bytes / 8 + (bytes % 8 != 0);
    words_.reset(new (std::nothrow) std::uint64_t[words]());
    bytes_ = words_ ? words * 8 : 0;
    return words_ ? LGT_OK : LGT_E_NOMEM;
  }

 private:
  std::unique_ptr<std::uint64_t[]> words_;
  std::size_t bytes_ = 0;
};

/// Bytes that are read: of a buffer, or of any array.
class const_bytes {
 public:
  constexpr const_bytes() noexcept = default;
  constexpr const_bytes(const void *data, std::size_t size) noexcept : data_(data), size_(size) {}
  const_bytes(const buffer &of) noexcept : const_bytes(of.data(), of.size()) {}
  template <class T, std::size_t N>
  constexpr const_bytes(const T (&array)[N]) noexcept : const_bytes(view<const T>(array)) {}
  template <class C, class = std::enable_if_t<detail::is_plain<detail::element<const C>>>>
  constexpr const_bytes(const C &of) noexcept
      : const_bytes(of.data(), of.size() * sizeof(*of.data())) {}
  constexpr const void *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }

 private:
  const void *data_ = nullptr;
  std::size_t size_ = 0;
};

/// Bytes that are written: of a buffer, which grows as is needed, or of any array.
class bytes {
 public:
  constexpr bytes() noexcept = default;
  constexpr bytes(void *data, std::size_t size) noexcept : data_(data), size_(size) {}
  bytes(buffer &of) noexcept : bytes(of.data(), of.size()) { buffer_ = &of; }
  template <class T, std::size_t N, class = std::enable_if_t<!std::is_const_v<T>>>
  constexpr bytes(T (&array)[N]) noexcept : bytes(array, sizeof array) {}
  template <class C, class T = detail::element<C>,
            class = std::enable_if_t<detail::is_plain<T> && !std::is_const_v<T>>>
  constexpr bytes(C &of) noexcept : bytes(of.data(), of.size() * sizeof(*of.data())) {}
  constexpr void *data() const noexcept { return data_; }
  constexpr std::size_t size() const noexcept { return size_; }
  operator const_bytes() const noexcept { return {data_, size_}; }

  /// Makes room for that many bytes, where it can.
  status grow(std::size_t size) noexcept {
    if (buffer_ == nullptr) return LGT_OK;
    const status grown = buffer_->grow(size);
    *this = bytes(*buffer_);
    return grown;
  }

 private:
  void *data_ = nullptr;
  std::size_t size_ = 0;
  buffer *buffer_ = nullptr;
};

namespace detail {

/// The columns of what softmax makes of that many, under a mask that picks some.
inline std::size_t picked(std::size_t cols, const lgt_softmax_opts *opts) noexcept {
  const bool picks = opts != nullptr && opts->mask != nullptr && opts->mask->columns != nullptr;
  return picks ? opts->mask->count : cols;
}

struct empty {};  // says that a state is yet to be made

/// What every class of a state is made of.
class state : public buffer {
 protected:
  state() noexcept = default;
  /// Becomes what the bytes of another of this kind are, which may lie anywhere.
  LOGITUDE_NODISCARD status copy(const_bytes saved, std::uint32_t kind) {
    std::uint32_t found = 0;
    status got = grow(saved.size());
    if (got >= 0 && saved.size() > 0) std::memcpy(data(), saved.data(), saved.size());
    if (got >= 0) got = lgt_state_check(data(), saved.size());
    if (got >= 0) got = lgt_state_kind(data(), saved.size(), &found);
    if (got >= 0 && found != kind) got = LGT_E_MISMATCH;
    if (got < 0) buffer::operator=(buffer());
    return answer(got, "lgt_state_check");
  }
};

}  // namespace detail

}  // inline namespace
}  // namespace logitude

#include "functions.hpp"

#endif  // LOGITUDE_HPP
