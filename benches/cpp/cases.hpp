// What is measured: a list of cases, each a set of kernels on one shape.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "buffer.hpp"
#include "harness.hpp"
#include "rivals.hpp"

// Logits to read and room to write, shared by all cases.
struct Data {
    Buffer x, y;
    std::vector<int32_t> labels;
    explicit Data(size_t largest);
};

struct Case {
    std::string name, group;
    Shape shape;
    unsigned level;  // LGT_LEVEL_ of the library and of the published kernels
    double seconds;
    std::function<std::vector<Kernel>(Data &)> kernels;
    bool own_data = false;  // it uses nothing of Data
};

// `huge`: the row of 256 million as well.
std::vector<Case> cases(bool huge);
