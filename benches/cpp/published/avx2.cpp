#include "kernels.hpp"
#include "row.hpp"
#include "vec256.hpp"

namespace published {

const Kernels avx2 = {reload<Vec256, 4>, recompute<Vec256, 8, 2, 2>, two_pass<Vec256, 8, 2, 4>};

}  // namespace published
