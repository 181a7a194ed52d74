#include "harness.hpp"

#include <sched.h>
#include <time.h>

#include <algorithm>
#include <fstream>
#include <tuple>

namespace {

cpu_set_t allowed;
int pinned = -1;

double now(Clock clock) {
    timespec t;
    clock_gettime(clock == Clock::thread ? CLOCK_THREAD_CPUTIME_ID : CLOCK_MONOTONIC, &t);
    return static_cast<double>(t.tv_sec) + 1e-9 * static_cast<double>(t.tv_nsec);
}

double median(std::vector<double> v) {
    const size_t half = v.size() / 2;
    std::nth_element(v.begin(), v.begin() + half, v.end());
    return v[half];
}

// After a kernel with non-temporal stores, a cache that holds all or part of
// the data needs several calls to be as that kernel's successor leaves it.
size_t warm_ups(size_t bytes) {
    const Caches c = caches();
    return bytes > c.l2 / 2 && bytes < 3 * c.l3 ? 5 : 1;
}

// Of the data or unified cache of a level. glibc's own answer counts the third
// level once for every core that may share it.
size_t cache(int level, size_t otherwise) {
    for (int index = 0; index < 8; index++) {
        const std::string path =
            "/sys/devices/system/cpu/cpu0/cache/index" + std::to_string(index) + "/";
        std::ifstream level_file(path + "level"), type_file(path + "type"),
            size_file(path + "size");
        int found = 0;
        std::string type;
        size_t kib = 0;
        if (level_file >> found && type_file >> type && size_file >> kib && found == level &&
            type != "Instruction") {
            return kib << 10;
        }
    }
    return otherwise;
}

}  // namespace

double thread_time() { return now(Clock::thread); }

Caches caches() {
    static const Caches found = {cache(1, 32 << 10), cache(2, 1 << 20), cache(3, 32 << 20)};
    return found;
}

int pin() {
    sched_getaffinity(0, sizeof allowed, &allowed);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &allowed)) pinned = cpu;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(pinned, &one);
    sched_setaffinity(0, sizeof one, &one);
    return pinned;
}

int other_processor() {
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        if (CPU_ISSET(cpu, &allowed) && cpu != pinned) return cpu;
    }
    return -1;
}

std::vector<Timing> race(const std::vector<Kernel> &kernels, size_t elements, size_t bytes,
                         double seconds) {
    const size_t warm = warm_ups(bytes);
    // Short calls are timed many at once: reading the clock takes part of a
    // microsecond.
    const size_t calls = std::max<size_t>(1, 100000 / elements);
    double one_round = 0;
    for (const Kernel &k : kernels) {
        if (!k.run) continue;
        k.run();
        const double start = now(Clock::wall);
        k.run();
        one_round += (now(Clock::wall) - start) * static_cast<double>(warm + calls);
    }
    const size_t rounds = std::clamp<size_t>(static_cast<size_t>(seconds / one_round), 5, 301);
    std::vector<std::vector<double>> times(kernels.size());
    for (size_t round = 0; round < rounds; round++) {
        for (size_t k = 0; k < kernels.size(); k++) {
            const auto &[run, clock, extra] =
                std::tie(kernels[k].run, kernels[k].clock, kernels[k].extra);
            if (!run) continue;
            for (size_t i = 0; i < warm; i++) run();
            if (extra) extra();
            const double start = now(clock);
            for (size_t i = 0; i < calls; i++) run();
            double time = now(clock) - start;
            if (extra) time += extra();
            times[k].push_back(time / static_cast<double>(calls));
        }
    }
    std::vector<Timing> result;
    for (size_t k = 0; k < kernels.size(); k++) {
        double t = 0;
        if (!times[k].empty()) {
            t = kernels[k].least ? *std::min_element(times[k].begin(), times[k].end())
                                 : median(times[k]);
        }
        result.push_back(
            {kernels[k].name, t / static_cast<double>(elements) * 1e9, kernels[k].reason});
    }
    return result;
}
