// bench [-o FILE] [--huge] [NAME..]: times the cases whose names contain one of
// the arguments, or all.
#include <algorithm>
#include <cstdio>
#include <cstring>

#include "cases.hpp"
#include "logitude.hpp"
#include "report.hpp"

int main(int argc, char **argv) {
    const char *path = nullptr;
    bool huge = false;
    std::vector<std::string> wanted;
    for (int i = 1; i < argc; i++) {
        if (std::strcmp(argv[i], "-o") == 0 && i + 1 < argc) {
            path = argv[++i];
        } else if (std::strcmp(argv[i], "--huge") == 0) {
            huge = true;
        } else if (argv[i][0] == '-') {
            std::fprintf(stderr, "usage: %s [-o FILE] [--huge] [NAME..]\n", argv[0]);
            return 2;
        } else {
            wanted.push_back(argv[i]);
        }
    }
    const int processor = pin();
    std::printf("%s; pinned to processor %d\n", lgt_build_info(), processor);
    size_t largest = 0;
    std::vector<Case> chosen;
    for (Case &c : cases(huge)) {
        const bool all = wanted.empty();
        if (all || std::any_of(wanted.begin(), wanted.end(), [&](const std::string &w) {
                return c.name.find(w) != std::string::npos;
            })) {
            if (!c.own_data) largest = std::max(largest, c.shape.size());
            chosen.push_back(std::move(c));
        }
    }
    Data data(largest);
    Report report(path, processor);
    const uint32_t best = lgt_cpu_level();
    for (const Case &c : chosen) {
        const auto kernels = c.kernels(data);
        check(lgt_cpu_set_level(c.level));
        const auto timings =
            race(kernels, c.shape.size(), 2 * c.shape.size() * sizeof(float), c.seconds);
        check(lgt_cpu_set_level(best));
        print(c, timings);
        report.add(c, timings);
    }
    return 0;
}
