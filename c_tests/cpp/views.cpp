// Views are made of every kind of array, and of nothing else.
#include <array>
#include <string>
#include <vector>
#if __cplusplus >= 202002L
#include <span>
#endif

#include "check.h"
#include "logitude/logitude.hpp"

using namespace logitude;

template <class To, class From>
constexpr bool made_of = std::is_convertible_v<From, To>;

// What is read may be const, what is written may not; storage types do not mix.
static_assert(made_of<view<const float>, std::vector<float> &>);
static_assert(made_of<view<const float>, const std::vector<float> &>);
static_assert(made_of<view<float>, std::vector<float> &>);
static_assert(made_of<view<const float>, view<float>>);
static_assert(!made_of<view<float>, const std::vector<float> &>);
static_assert(!made_of<view<float>, view<const float>>);
static_assert(!made_of<view<const float>, std::vector<double> &>);
static_assert(!made_of<view<const f16>, std::vector<bf16> &>);
static_assert(!made_of<view<const f16>, std::vector<std::uint16_t> &>);
static_assert(!made_of<view<const float>, float *>);
static_assert(made_of<rows_view<const float>, rows_view<float>>);
static_assert(!made_of<rows_view<float>, rows_view<const float>>);
static_assert(!made_of<rows_view<const double>, rows_view<float>>);
static_assert(!made_of<rows_view<float>, std::vector<float> &>, "how many columns?");
static_assert(made_of<column_view<const float>, std::vector<float> &>);
static_assert(made_of<numbers_view, const std::vector<std::int8_t> &>);
static_assert(!made_of<numbers_view, std::vector<std::string> &>);
static_assert(made_of<bytes, std::vector<std::uint64_t> &>);
static_assert(!made_of<bytes, const std::vector<std::uint64_t> &>);
static_assert(made_of<const_bytes, const std::vector<std::uint64_t> &>);
static_assert(!std::is_copy_constructible_v<buffer>);

static void one_dimension() {
  std::vector<float> vector{1, 2, 3};
  std::array<float, 3> array{1, 2, 3};
  float plain[3] = {1, 2, 3};
  const auto is_it = [](view<const float> got, const float *data) {
    CHECK(got.data() == data && got.size() == 3 && got[2] == 3 && got.end() == data + 3);
  };
  is_it(vector, vector.data());
  is_it(array, array.data());
  is_it(plain, plain);
  is_it({plain, 3}, plain);
  is_it(view<float>(vector), vector.data());
#if __cplusplus >= 202002L
  is_it(std::span<float>(vector), vector.data());
  is_it(std::span<const float, 3>(array), array.data());
#endif
  CHECK(view<float>().data() == nullptr && view<float>({}).size() == 0);
  CHECK(view<float>(nullptr).data() == nullptr);
}

static void two_dimensions() {
  std::vector<float> numbers(7);
  const rows_view<float> got = rows(numbers, 3);
  CHECK(got.data() == numbers.data() && got.rows() == 2 && got.cols() == 3 && got.stride() == 3);
  CHECK(got[1].data() == numbers.data() + 3 && got[1].size() == 3);
  CHECK(rows(numbers, 0).rows() == 0);
  CHECK(row(numbers).rows() == 1 && row(numbers).cols() == 7);

  double plain[2][5] = {};
  const rows_view<const double> all(plain);
  CHECK(all.rows() == 2 && all.cols() == 5 && all.stride() == 5);
  const rows_view<double> some(&plain[0][0], 2, 4, 5);
  CHECK(some[1].data() == plain[1] && some.cols() == 4);

  const column_view<float> each(numbers), third(numbers.data() + 2, 2, 3);
  CHECK(each.rows() == 7 && each.cols() == 1 && each.stride() == 1);
  CHECK(third.rows() == 2 && third.stride() == 3 && third[1].data() == numbers.data() + 5);
}

template <class T>
static void type_is(std::uint32_t type) {
  const std::vector<T> numbers(4);
  const numbers_view got(numbers);
  CHECK(got.data() == numbers.data() && got.size() == 4 && got.type() == type);
  const number_rows two = rows(numbers, 2);
  CHECK(two.type() == type && two.rows() == 2 && two.cols() == 2 && two.stride() == 2);
}

static void types() {
  type_is<std::int8_t>(LGT_I8), type_is<std::int16_t>(LGT_I16);
  type_is<std::int32_t>(LGT_I32), type_is<std::int64_t>(LGT_I64);
  type_is<std::uint8_t>(LGT_U8), type_is<std::uint16_t>(LGT_U16);
  type_is<std::uint32_t>(LGT_U32), type_is<std::uint64_t>(LGT_U64);
  type_is<long long>(LGT_I64), type_is<unsigned long long>(LGT_U64);
  type_is<float>(LGT_F32), type_is<double>(LGT_F64);
  type_is<f16>(LGT_F16), type_is<bf16>(LGT_BF16);
  const bool flags[2] = {true, false};
  CHECK(numbers_view(flags).type() == LGT_U8 && numbers_view(flags).size() == 2);
  CHECK(numbers_view(flags, LGT_I8, 2).type() == LGT_I8 && numbers_view({}).data() == nullptr);
}

static void of_bytes() {
  std::vector<std::uint64_t> words(3);
  const bytes writable(words);
  CHECK(writable.data() == words.data() && writable.size() == 24);
  CHECK(const_bytes(writable).size() == 24 && const_bytes(view<std::uint64_t>(words)).size() == 24);
  buffer own(20);
  CHECK(own.size() == 24 && bytes(own).data() == own.data());
  CHECK(reinterpret_cast<std::uintptr_t>(own.data()) % 8 == 0);
  const void *before = own.data();
  CHECK_STATUS(bytes(own).grow(8), LGT_OK);
  CHECK(own.data() == before && own.size() == 24);
  CHECK_STATUS(bytes(own).grow(800), LGT_OK);
  CHECK(own.size() == 800);
  CHECK_STATUS(bytes(words).grow(800), LGT_OK);  // the caller's: C says whether it is enough
  CHECK(bytes(words).size() == 24);

  buffer moved(std::move(own));
  CHECK(moved.size() == 800 && own.size() == 0 && own.data() == nullptr);
  own = std::move(moved);
  CHECK(own.size() == 800 && moved.size() == 0);
}

void test(void) {
  one_dimension();
  two_dimensions();
  types();
  of_bytes();
}
