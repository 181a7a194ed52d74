#include "kernels.hpp"
#include "row.hpp"
#include "vec512.hpp"

namespace published {

const Kernels avx512 = {reload<Vec512, 4>, recompute<Vec512, 10, 2, 4>, two_pass<Vec512, 10, 1, 4>};

}  // namespace published
