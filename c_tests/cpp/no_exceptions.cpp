// Without exceptions statuses and results are returned; nothing is lost by it.
#define LOGITUDE_NO_EXCEPTIONS
#include <utility>
#include <vector>

#include "check.h"
#include "logitude/logitude.hpp"

namespace lg = logitude;

void test(void) {
  std::vector<float> x{1, 2, 3, 4}, y(4), small(3);
  const std::vector<int> labels{0, 1};
  CHECK_STATUS(lg::softmax(lg::rows(x, 2), lg::rows(y, 2)), LGT_OK);
  CHECK_STATUS(lg::softmax(lg::rows(x, 2), lg::row(small)), LGT_E_SHAPE);
  CHECK_STATUS(lg::softmax({x.data(), 2, 2, 1}, lg::rows(y, 2)), LGT_E_STRIDE);

  auto refused = lg::ece_top_label_state::make(0);
  CHECK(!refused);
  CHECK_STATUS(refused.status(), LGT_E_VALUE);

  auto made = lg::ece_top_label_state::make(10);
  CHECK(bool(made));
  CHECK_STATUS(made->update(lg::rows(y, 2), labels), LGT_OK);
  lg::ece_top_label_state state = std::move(*made);
  auto report = state.finish();
  CHECK(report && report->rows == 2 && (*report).weight == 2);

  auto nothing = lg::nll_state::make();
  auto undefined = nothing->finish();
  CHECK(undefined);  // an advisory: the report is there
  CHECK_STATUS(undefined.status(), LGT_UNDEFINED);
  CHECK(!lg::brier_state::load(state));
  CHECK_STATUS(lg::ece_top_label_state::load(state)->finish()->rows == 2, true);

  lg::buffer scratch;
  lgt_auroc_report auroc;
  CHECK_STATUS(lg::auroc(y, std::vector<int>{0, 1, 0, 1}, {}, auroc, 1, scratch), LGT_OK);
  CHECK(auroc.auroc == 1);
}
