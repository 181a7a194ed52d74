// Rows that are hard on a kernel that guesses the largest value.
#pragma once
#include <vector>

#include "harness.hpp"
#include "rivals.hpp"

// Numbers that look like logits; the sum of four uniforms is near enough to
// normal.
void fill_logits(float *x, size_t n);

// The row in `x` as it is, and rows made of it for the worst.
std::vector<Kernel> adversarial(const float *x, float *y, Shape s);
