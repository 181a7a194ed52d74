// Losses with their gradients, next to copying what they are of.
#pragma once
#include <vector>

#include "cases.hpp"

std::vector<Case> loss_cases(unsigned level);
