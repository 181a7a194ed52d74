// Scores of a classifier's output, next to reading it.
#pragma once
#include <vector>

#include "cases.hpp"

std::vector<Case> scoring_cases(unsigned level);
