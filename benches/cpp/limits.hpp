// What no softmax of a shape, and no score, can beat, from copies timed in the same race; and
// what was measured elsewhere of the kernels that ours stand for.
#pragma once
#include <string>
#include <vector>

#include "cases.hpp"

struct Limit {
    std::string name;  // empty if the memory sets none
    double ns;
};

// 0 if it was not measured.
double time_of(const std::vector<Timing> &timings, const std::string &name);

Limit limit(const Case &c, const std::vector<Timing> &timings);

// The ratio of a stand-in to reading and to memcpy, and that of XNNPACK's own
// kernel on another machine.
struct Original {
    std::string kernel;
    double read, copy, read_there, copy_there;
    bool within;  // both within a tenth of the original's
};

std::vector<Original> compare(const Case &c, const std::vector<Timing> &timings);
