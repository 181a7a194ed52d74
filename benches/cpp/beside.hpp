// What is timed beside a read of its input has in common.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "cases.hpp"
#include "memory.hpp"

using State = std::vector<uint64_t>;

inline void expect(bool good, const char *what) {
    if (!good) {
        std::fprintf(stderr, "%s: wrong result\n", what);
        std::exit(1);
    }
}

inline std::string name_of(const char *group, size_t rows, size_t cols) {
    return std::string(group) + "-" + std::to_string(rows) + "x" + std::to_string(cols);
}

// The inputs live as long as their kernels.
template <class T>
std::vector<Kernel> keeping(std::vector<Kernel> kernels, std::shared_ptr<T> inputs) {
    for (Kernel &k : kernels) k.run = [run = k.run, inputs] { run(); };
    return kernels;
}

inline Kernel read(const Buffer &b, size_t bytes) {
    return {"read", [&b, bytes] { memory::read(b.as<float>(), bytes / sizeof(float)); }, ""};
}
