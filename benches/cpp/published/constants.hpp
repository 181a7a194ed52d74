// e^t on [-ln 2 / 2, ln 2 / 2]: coefficients by Remez for the relative error
// with the constant term held at 1, and ln 2 in two parts for fused arithmetic.
#pragma once

namespace published {

constexpr float log2e = 0x1.715476p+0f;
constexpr float ln2_high = 0x1.62e4p-1f;
constexpr float ln2_low = 0x1.7f7d1cp-20f;
constexpr float c1 = 0x1.fffff6p-1f;
constexpr float c2 = 0x1.fffdc6p-2f;
constexpr float c3 = 0x1.555a6ap-3f;
constexpr float c4 = 0x1.573a54p-5f;
constexpr float c5 = 0x1.0fa834p-7f;
// Where e^x stops being a normal float.
constexpr float least = -0x1.5d589ep+6f;

}  // namespace published
