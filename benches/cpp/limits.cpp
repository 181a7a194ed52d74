#include "limits.hpp"

#include <cmath>

#include "logitude/logitude.h"

double time_of(const std::vector<Timing> &timings, const std::string &name) {
    for (const Timing &t : timings) {
        if (t.name == name) return t.ns;
    }
    return 0;
}

Limit limit(const Case &c, const std::vector<Timing> &t) {
    const Caches cache = caches();
    const size_t bytes = 2 * c.shape.size() * sizeof(float);
    const double read = time_of(t, "read"), write = time_of(t, "write"),
                 copy = time_of(t, "memcpy"), stream = time_of(t, "stream copy");
    if (read == 0 || c.group == "functions") return {"", 0};
    if (c.own_data) return {"read", read};
    // Short rows are still in a near cache when they are met again: one trip.
    if (c.shape.cols * 8 <= cache.l2 && bytes > cache.l2) {
        if (bytes <= cache.l3) return {"memcpy", copy};
        return {"stream copy", stream};
    }
    if (bytes <= cache.l1) return {"", 0};
    if (bytes <= cache.l2) return {"2 writes", 2 * write};
    if (bytes <= cache.l3) return {"read + memcpy", read + copy};
    return {"read + stream copy", read + stream};
}

namespace {

// XNNPACK's kernels of August 2026, the best of their variants, on one core of
// an Intel server processor with AVX-512, in ns per element.
constexpr int sizes = 10;
constexpr size_t cols[sizes] = {1000,    8000,    32000,   128256,   524288,
                                1000000, 4200000, 8400000, 16000000, 33500000};
constexpr double read_there[sizes] = {.015, .018, .024, .024, .067, .110, .136, .145, .255, .299};
constexpr double copy_there[sizes] = {.029, .083, .087, .081, .270, .234, .280, .500, .645, .649};
struct There {
    unsigned level;
    const char *kernel;
    double ns[sizes];
};
constexpr There there[] = {
    {LGT_LEVEL_AVX512, "reload", {.223, .207, .236, .230, .518, .499, .560, .982, 1.308, 1.314}},
    {LGT_LEVEL_AVX512, "recompute", {.303, .275, .276, .270, .513, .540, .644, .962, 1.515, 1.509}},
    {LGT_LEVEL_AVX512, "two-pass", {.278, .261, .258, .258, .420, .415, .514, .834, 1.143, 1.146}},
    {LGT_LEVEL_AVX2, "reload", {.280, .281, .306, .302, .544, .548, .603, 1.229, 1.448, 1.470}},
    {LGT_LEVEL_AVX2, "recompute", {.500, .477, .483, .473, .624, .645, .728, 1.275, 1.495, 1.536}},
    {LGT_LEVEL_AVX2, "two-pass", {.560, .555, .556, .556, .573, .576, .606, .999, 1.224, 1.194}},
};

}  // namespace

std::vector<Original> compare(const Case &c, const std::vector<Timing> &t) {
    std::vector<Original> result;
    const double read = time_of(t, "read"), copy = time_of(t, "memcpy");
    if (c.shape.rows != 1 || read == 0) return result;
    for (int i = 0; i < sizes; i++) {
        if (cols[i] != c.shape.cols) continue;
        for (const There &k : there) {
            const double ns = time_of(t, k.kernel);
            if (k.level != c.level || ns == 0) continue;
            Original p = {
                k.kernel, ns / read, ns / copy, k.ns[i] / read_there[i], k.ns[i] / copy_there[i],
                false};
            p.within = std::fabs(p.read / p.read_there - 1) <= 0.1 &&
                       std::fabs(p.copy / p.copy_there - 1) <= 0.1;
            result.push_back(p);
        }
    }
    return result;
}
