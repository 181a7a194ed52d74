// Prediction sets and a temperature, next to reading the logits.
#pragma once
#include <vector>

#include "cases.hpp"

std::vector<Case> conformal_cases(unsigned level);
