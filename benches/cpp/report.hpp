// One measured case for people and for programs.
#pragma once
#include <cstdio>
#include <string>
#include <vector>

#include "cases.hpp"

void print(const Case &c, const std::vector<Timing> &timings);

// A JSON document that is written case by case.
class Report {
public:
    Report(const char *path, int processor);
    ~Report();
    void add(const Case &c, const std::vector<Timing> &timings);

private:
    std::FILE *file_ = nullptr;
    bool first_ = true;
};
