// What is thrown, what it says, and what is returned instead.
#include <string>
#include <vector>

#include "check.h"
#include "logitude/logitude.hpp"

namespace lg = logitude;

/// What a call throws; the text of it in `said`.
template <class Call>
static lg::status thrown(Call call, std::string *said = nullptr) {
  try {
    call();
  } catch (const lg::error &error) {
    if (said != nullptr) *said = error.what();
    CHECK(std::string(error.what()).find(error.function()) == 0);
    return error.status();
  }
  return LGT_OK;
}

static void sizes() {
  std::vector<float> x(6), y(6), small(4);
  std::vector<float> lse(3);
  std::string said;
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows(x, 3), lg::rows(small, 2)); }, &said), LGT_E_SHAPE);
  CHECK(said == "lgt_softmax_f32: LGT_E_SHAPE: the size of `y` does not go with the others.");
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows(x, 3), lg::rows(y, 3), lse); }, &said), LGT_E_SHAPE);
  CHECK(said.find("`lse`") != std::string::npos);
  const std::vector<int> labels(3);
  double total = 0;
  CHECK_STATUS(thrown([&] { lg::focal(lg::rows(x, 3), labels, {}, 2, {}, {}, &total); }, &said),
               LGT_E_SHAPE);
  CHECK(said.find("`labels`") != std::string::npos);
}

// A mask may pick columns: then y has as many as it picks.
static void picked_columns() {
  std::vector<float> x{1, 2, 3}, y(2), all(3);
  const std::uint8_t columns[2] = {2, 0};
  lgt_softmax_mask mask = lg::softmax_mask_default();
  mask.columns = columns, mask.columns_type = LGT_U8, mask.count = 2;
  lgt_softmax_opts opts = lg::softmax_opts_default();
  opts.mask = &mask;
  CHECK_STATUS(lg::softmax(lg::row(x), lg::row(y), {}, &opts), LGT_OK);
  CHECK(y[0] > 0.88f && y[0] < 0.881f);
  CHECK_STATUS(thrown([&] { lg::softmax(lg::row(x), lg::row(all), {}, &opts); }), LGT_E_SHAPE);
}

static void from_c() {
  std::vector<float> x(6), y(6);
  std::string said;
  lgt_softmax_opts opts = lg::softmax_opts_default();
  opts.scale = -1;
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows(x, 3), lg::rows(y, 3), {}, &opts); }, &said),
               LGT_E_VALUE);
  CHECK(said == std::string("lgt_softmax_f32: LGT_E_VALUE: ") + lgt_status_string(LGT_E_VALUE));
  // Overlap, and a stride below the columns.
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows_view<float>(x.data(), 1, 3), {x.data() + 1, 1, 3}); }),
               LGT_E_ALIAS);
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows_view<float>(x.data(), 2, 3, 2), lg::rows(y, 3)); }),
               LGT_E_STRIDE);
}

static void nothing() {
  std::vector<float> none;
  CHECK_STATUS(thrown([&] { lg::softmax(lg::rows(none, 3), lg::rows(none, 3)); }), LGT_OK);
}

static void advisories() {
  std::vector<float> x{-INFINITY, -INFINITY}, y(2);
  CHECK_STATUS(lg::softmax(lg::row(x), lg::row(y)), LGT_EMPTY_ROW);
  lg::nll_state state;
  lgt_nll_report report;
  CHECK_STATUS(lg::nll_finish(state, report), LGT_UNDEFINED);
  CHECK(std::isnan(state.finish().nll) && std::isnan(report.nll));
}

void test(void) {
  sizes();
  picked_columns();
  from_c();
  nothing();
  advisories();
}
